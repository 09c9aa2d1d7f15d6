"""Signatures as AWS checks them: recomputed from what came over the wire, with the rules of
the "Signature Version 4 signing process", and nothing taken from the client's code."""
import calendar
import hashlib
import hmac
import re
import time
import urllib.parse

SKEW = 900  # seconds a request's date may be off


def fault(code, message, status):
    import aws_double

    return aws_double.Fault(code, message, status)


def quote(text, safe=""):
    return urllib.parse.quote(text, safe="-_.~" + safe)


def normal_path(path):
    """Dot segments and repeated slashes resolved, as all services but S3 do."""
    out = []
    for part in path.split("/"):
        if part == "..":
            out[-1:] = []
        elif part and part != ".":
            out.append(part)
    return "/" + "/".join(out) + ("/" if out and path.endswith(("/", "/.", "/..")) else "")


def canonical_path(service, wire_path):
    if service == "s3":
        return quote(urllib.parse.unquote_to_bytes(wire_path or "/"), "/")
    return quote(normal_path(wire_path), "/")


def canonical_query(query, without=()):
    pairs = []
    for field in query.split("&") if query else []:
        name, _, value = field.partition("=")
        name = quote(urllib.parse.unquote_to_bytes(name))
        if name not in without:
            pairs.append((name, quote(urllib.parse.unquote_to_bytes(value))))
    return "&".join("%s=%s" % pair for pair in sorted(pairs))


def signature(secret, scope, stamp, canonical):
    to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope,
                         hashlib.sha256(canonical.encode()).hexdigest()])
    key = b"AWS4" + secret.encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


def parse_authorization(request):
    """-> credential, signed headers, signature, stamp, payload hash, query fields apart"""
    h, f = request.headers, request.fields
    if "X-Amz-Signature" in f:
        return (f.get("X-Amz-Credential", ""), f.get("X-Amz-SignedHeaders", ""),
                f["X-Amz-Signature"], f.get("X-Amz-Date", ""), "UNSIGNED-PAYLOAD",
                f.get("X-Amz-Security-Token"), ("X-Amz-Signature",))
    m = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=([^ ,]+), ?SignedHeaders=([a-z0-9;-]+), ?"
                     r"Signature=([0-9a-f]{64})", h.get("authorization", ""))
    if not m:
        if "authorization" in h:
            raise fault("IncompleteSignature", "Authorization header is malformed", 403)
        raise fault("MissingAuthenticationToken", "Missing Authentication Token", 403)
    body_hash = hashlib.sha256(request.body).hexdigest()
    return (m[1], m[2], m[3], h.get("x-amz-date", ""),
            h.get("x-amz-content-sha256", body_hash), h.get("x-amz-security-token"), ())


def check_headers(service, request, signed, payload_hash):
    names = signed.split(";")
    if names != sorted(set(names)) or "host" not in names:
        raise fault("InvalidSignatureException", "SignedHeaders is not in order", 403)
    apart = [n for n in request.headers
             if n.startswith("x-amz-") and n not in names and "X-Amz-Signature" not in request.fields]
    if apart:
        raise fault("AccessDenied", "There were headers present in the request which were not "
                    "signed: " + ", ".join(apart), 403)
    if service == "s3" and "x-amz-content-sha256" not in request.headers \
            and "X-Amz-Signature" not in request.fields:
        raise fault("InvalidRequest", "Missing required header for this request: "
                    "x-amz-content-sha256", 400)
    if payload_hash != "UNSIGNED-PAYLOAD" and \
            payload_hash != hashlib.sha256(request.body).hexdigest():
        raise fault("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header "
                    "does not match what was computed.", 400)


def check_time(double, service, stamp, lifetime):
    try:
        then = calendar.timegm(time.strptime(stamp, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        raise fault("IncompleteSignature", "Date must be in ISO-8601 'basic format'", 403) from None
    early, late = then - SKEW, then + (lifetime or SKEW)
    if early <= double.now() <= late:
        return
    if service == "s3":
        raise fault("RequestTimeTooSkewed", "The difference between the request time and the "
                    "current time is too large.", 403)
    raise fault("InvalidSignatureException", "Signature %s: %s" % (
        "not yet current" if double.now() < early else "expired", stamp), 403)


def find_key(double, service, id, token):
    key = double.keys.get(id)
    if not key:
        raise fault("InvalidAccessKeyId" if service == "s3" else "UnrecognizedClientException",
                    "The security token included in the request is invalid.", 403)
    if key["token"] != token:
        raise fault("InvalidToken" if service == "s3" else "UnrecognizedClientException",
                    "The security token included in the request is invalid.", 403)
    if key["expires"] is not None and key["expires"] < double.now():
        raise fault("ExpiredToken" if service != "translate" else "ExpiredTokenException",
                    "The security token included in the request is expired", 400)
    return key


def verify(double, service, request):
    """The key that signed the request; raises what the service would answer."""
    credential, signed, claim, stamp, payload, token, apart = parse_authorization(request)
    id, _, scope = credential.partition("/")
    parts = scope.split("/")
    if len(parts) != 4 or parts[0] != stamp[:8] or parts[3] != "aws4_request":
        raise fault("IncompleteSignature", "Credential should be scoped to a date, a region and "
                    "a service", 403)
    if parts[2] != service:
        raise fault("InvalidSignatureException", "Credential should be scoped to correct "
                    "service: '%s'." % service, 403)
    check_headers(service, request, signed, payload)
    key = find_key(double, service, id, token)
    check_time(double, service, stamp, int(request.fields.get("X-Amz-Expires", 0)))
    lines = ["%s:%s" % (n, re.sub(r"\s+", " ", request.headers.get(n, "").strip()))
             for n in signed.split(";")]
    canonical = "\n".join([request.method, canonical_path(service, request.path),
                           canonical_query(request.query, apart), *lines, "", signed, payload])
    if not hmac.compare_digest(signature(key["secret"], scope, stamp, canonical), claim):
        raise fault("SignatureDoesNotMatch" if service in ("s3", "sts")
                    else "InvalidSignatureException",
                    "The request signature we calculated does not match the signature you "
                    "provided.", 403)
    if parts[1] != double.settings["region"]:
        if service == "s3":
            f = fault("AuthorizationHeaderMalformed", "The authorization header is malformed; the "
                      "region '%s' is wrong; expecting '%s'" % (
                          parts[1], double.settings["region"]), 400)
            f.extra["Region"] = double.settings["region"]
            raise f
        raise fault("InvalidSignatureException", "Credential should be scoped to a valid region.",
                    403)
    return key
