"""The part of Amazon S3 that is used: objects, listing, deletion, multipart uploads; bucket in
the path, or in the host name ("bucket.s3..."), as the Amazon S3 API Reference says."""
import base64
import hashlib
import re
import secrets
import time
import urllib.parse
import xml.etree.ElementTree as ET
import zlib
from xml.sax.saxutils import escape

from aws_double import Fault, Response, Service

NS = "http://s3.amazonaws.com/doc/2006-03-01/"
SUMS = {"content-md5": lambda data: hashlib.md5(data).digest(),
        "x-amz-checksum-sha256": lambda data: hashlib.sha256(data).digest(),
        "x-amz-checksum-crc32": lambda data: zlib.crc32(data).to_bytes(4, "big")}


def xml(root, inner):
    return Response(200, '<?xml version="1.0" encoding="UTF-8"?>\n<%s xmlns="%s">%s</%s>' % (
        root, NS, inner, root), type="application/xml")


def etag(data):
    return '"%s"' % hashlib.md5(data).hexdigest()


def iso(t):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(t))


class S3(Service):
    name = "s3"

    def __init__(self, double):
        super().__init__(double)
        double.settings.update(s3_part_min=5 << 20, s3_buckets=["amts-test", "with.dots"])
        self.objects = {}  # (bucket, key) -> {data, etag, time, type}
        self.uploads = {}  # id -> {bucket, key, parts: {number: data}}

    def place(self, request):
        """(bucket, key), from the host's name or the path."""
        key = urllib.parse.unquote_to_bytes(request.path[1:]).decode("utf-8", "surrogateescape")
        m = re.match(r"(.+)\.s3[.-]", request.host)
        if m:
            return m[1], key
        bucket, _, key = key.partition("/")
        return bucket, key

    def action(self, request):
        scope = request.headers.get("authorization", "") + urllib.parse.unquote(request.query)
        if "/s3/aws4_request" not in scope and not re.search(r"(^|\.)s3[.-]", request.host):
            return None
        key, f = self.place(request)[1], request.fields
        if request.method == "GET" and not key:
            return "ListObjectsV2" if f.get("list-type") == "2" else "ListObjects"
        if request.method == "POST":
            return ("DeleteObjects" if "delete" in f else
                    "CreateMultipartUpload" if "uploads" in f else "CompleteMultipartUpload")
        if "uploadId" in f:
            return {"PUT": "UploadPart", "DELETE": "AbortMultipartUpload"}.get(request.method)
        return {"GET": "GetObject", "HEAD": "HeadObject" if key else "HeadBucket",
                "PUT": "PutObject", "DELETE": "DeleteObject"}.get(request.method, "Unknown")

    def handle(self, request, action):
        bucket, key = self.place(request)
        if bucket not in self.double.settings["s3_buckets"]:
            raise Fault("NoSuchBucket", "The specified bucket does not exist", 404)
        self.check_sums(request)
        do = getattr(self, action, None)
        if not do:
            raise Fault("NotImplemented", action, 501)
        return do(request, bucket, key)

    def failure(self, fault, request):
        inner = "".join("<%s>%s</%s>" % (k, escape(str(v)), k) for k, v in fault.extra.items())
        body = ('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>%s</Code><Message>%s</Message>'
                "%s<RequestId>0</RequestId></Error>" % (fault.code, escape(fault.message), inner))
        headers = {"x-amz-bucket-region": fault.extra["Region"]} if "Region" in fault.extra else {}
        return Response(fault.status, "" if request.method == "HEAD" else body, headers,
                        "application/xml")

    def state(self):
        return {"objects": {"%s/%s" % place: len(o["data"]) for place, o in self.objects.items()},
                "uploads": [u["bucket"] + "/" + u["key"] for u in self.uploads.values()]}

    def check_sums(self, request):
        for name, digest in SUMS.items():
            claim = request.headers.get(name)
            if claim and claim != base64.b64encode(digest(request.body)).decode():
                raise Fault("BadDigest", "The %s you specified did not match" % name, 400)

    # ---- objects ----

    def put(self, bucket, key, data, type="binary/octet-stream"):
        self.objects[bucket, key] = {"data": data, "etag": etag(data), "type": type,
                                     "time": self.double.now()}
        return self.objects[bucket, key]

    def get(self, bucket, key):
        if (bucket, key) not in self.objects:
            raise Fault("NoSuchKey", "The specified key does not exist.", 404)
        return self.objects[bucket, key]

    def PutObject(self, request, bucket, key):
        if request.headers.get("if-none-match") == "*" and (bucket, key) in self.objects:
            raise Fault("PreconditionFailed", "At least one of the pre-conditions you specified "
                        "did not hold", 412)
        o = self.put(bucket, key, request.body, request.headers.get("content-type", ""))
        return Response(200, headers={"ETag": o["etag"]})

    def GetObject(self, request, bucket, key):
        o = self.get(bucket, key)
        return Response(200, o["data"], {"ETag": o["etag"], "Last-Modified": time.strftime(
            "%a, %d %b %Y %H:%M:%S GMT", time.gmtime(o["time"]))}, o["type"])

    HeadObject = GetObject

    def HeadBucket(self, request, bucket, key):
        return Response(200, headers={"x-amz-bucket-region": self.double.settings["region"]})

    def DeleteObject(self, request, bucket, key):
        self.objects.pop((bucket, key), None)
        return Response(204)

    def DeleteObjects(self, request, bucket, key):
        if not set(SUMS) & set(request.headers):
            raise Fault("InvalidRequest", "Missing required header for this request: Content-MD5")
        try:
            tree = ET.fromstring(request.body)
        except ET.ParseError:
            raise Fault("MalformedXML", "The XML you provided was not well-formed") from None
        keys = [e.text or "" for e in tree.iter() if e.tag.endswith("Key")]
        if len(keys) > 1000:
            raise Fault("MalformedXML", "over 1000 keys")
        out = ""
        for k in keys:
            if k.endswith("/undeletable"):
                out += ("<Error><Key>%s</Key><Code>AccessDenied</Code><Message>Access Denied"
                        "</Message></Error>" % escape(k))
            else:
                self.objects.pop((bucket, k), None)
        return xml("DeleteResult", out)

    def ListObjectsV2(self, request, bucket, key):
        f = request.fields
        # As the form fields that S3 makes of keys: a space is a plus sign.
        show = ((lambda k: urllib.parse.quote_plus(k, "/")) if f.get("encoding-type") == "url"
                else escape)
        most = min(int(f.get("max-keys", 1000)), self.double.settings.get("s3_page", 1000))
        after = f.get("start-after", "")
        if "continuation-token" in f:
            after = bytes.fromhex(f["continuation-token"]).decode()
        keys = sorted(k for b, k in self.objects
                      if b == bucket and k.startswith(f.get("prefix", "")) and k > after)
        page, more = keys[:most], len(keys) > most
        inner = "<Name>%s</Name><IsTruncated>%s</IsTruncated><KeyCount>%d</KeyCount>" % (
            bucket, str(more).lower(), len(page))
        if "encoding-type" in f:
            inner += "<EncodingType>url</EncodingType>"
        for k in page:
            o = self.objects[bucket, k]
            inner += ("<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>%s</ETag>"
                      "<Size>%d</Size><StorageClass>STANDARD</StorageClass></Contents>" % (
                          show(k), iso(o["time"]), escape(o["etag"]), len(o["data"])))
        if more:
            inner += "<NextContinuationToken>%s</NextContinuationToken>" % page[-1].encode().hex()
        return xml("ListBucketResult", inner)

    # ---- multipart uploads ----

    def upload(self, request, bucket, key):
        u = self.uploads.get(request.fields.get("uploadId"))
        if not u or (u["bucket"], u["key"]) != (bucket, key):
            raise Fault("NoSuchUpload", "The specified multipart upload does not exist.", 404)
        return u

    def CreateMultipartUpload(self, request, bucket, key):
        id = secrets.token_urlsafe(20) + "/+="
        self.uploads[id] = {"bucket": bucket, "key": key, "parts": {},
                            "type": request.headers.get("content-type", "")}
        return xml("InitiateMultipartUploadResult", "<Bucket>%s</Bucket><Key>%s</Key>"
                   "<UploadId>%s</UploadId>" % (bucket, escape(key), escape(id)))

    def UploadPart(self, request, bucket, key):
        number = int(request.fields.get("partNumber", 0))
        if not 1 <= number <= 10000:
            raise Fault("InvalidArgument", "Part number must be between 1 and 10000")
        self.upload(request, bucket, key)["parts"][number] = request.body
        return Response(200, headers={"ETag": etag(request.body)})

    def CompleteMultipartUpload(self, request, bucket, key):
        u = self.upload(request, bucket, key)
        text = lambda e, name: next(c.text for c in e if c.tag.endswith(name))
        parts = [(int(text(e, "PartNumber")), text(e, "ETag"))
                 for e in ET.fromstring(request.body) if e.tag.endswith("Part")]
        if [n for n, _ in parts] != sorted({n for n, _ in parts}) or not parts:
            raise Fault("InvalidPartOrder", "The list of parts was not in ascending order.")
        for i, (n, tag) in enumerate(parts):
            if n not in u["parts"] or etag(u["parts"][n]).strip('"') != tag.strip('"'):
                raise Fault("InvalidPart", "One or more of the specified parts could not be found.")
            if i + 1 < len(parts) and len(u["parts"][n]) < self.double.settings["s3_part_min"]:
                raise Fault("EntityTooSmall", "Your proposed upload is smaller than the minimum")
        o = self.put(bucket, key, b"".join(u["parts"][n] for n, _ in parts), u["type"])
        del self.uploads[request.fields["uploadId"]]
        return xml("CompleteMultipartUploadResult", "<Key>%s</Key><ETag>%s</ETag>" % (
            escape(key), escape(o["etag"])))

    def AbortMultipartUpload(self, request, bucket, key):
        self.upload(request, bucket, key)
        del self.uploads[request.fields["uploadId"]]
        return Response(204)
