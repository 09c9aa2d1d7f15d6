"""Where credentials come from: STS, the instance's and the container's metadata services, the
portal of IAM Identity Center (SSO) and the token service of GitHub Actions."""
import json
import re
import urllib.parse
from xml.sax.saxutils import escape

from aws_double import Fault, Response, Service

STS_NS = "https://sts.amazonaws.com/doc/2011-06-15/"


def as_json(value, status=200):
    return Response(status, json.dumps(value), type="application/json")


class Sts(Service):
    name = "sts"

    def __init__(self, double):
        super().__init__(double)
        double.settings.update(sts_lifetime=3600, web_identity_tokens=["web-identity-token"])

    def action(self, request):
        if request.method == "POST" and request.form().get("Version") == "2011-06-15":
            return request.form().get("Action")
        return None

    def needs_signature(self, action):
        return action != "AssumeRoleWithWebIdentity"

    def handle(self, request, action):
        f = request.form()
        if action == "GetCallerIdentity":
            return self.result(action, "<Arn>%s</Arn><UserId>%s</UserId><Account>%s</Account>" % (
                escape(request.caller.get("arn", "arn:aws:iam::123456789012:user/tester")),
                request.caller["id"], self.double.settings["account"]))
        if action not in ("AssumeRole", "AssumeRoleWithWebIdentity"):
            raise Fault("InvalidAction", "Could not find operation " + str(action))
        for name in ("RoleArn", "RoleSessionName"):
            if len(f.get(name, "")) < 2:
                raise Fault("ValidationError", "Value at '%s' failed to satisfy constraint" % name)
        if action != "AssumeRole" and \
                f.get("WebIdentityToken") not in self.double.settings["web_identity_tokens"]:
            raise Fault("InvalidIdentityToken", "Couldn't retrieve verification key")
        key = self.double.new_key(
            self.double.settings["sts_lifetime"], external_id=f.get("ExternalId"),
            arn="%s/%s" % (f["RoleArn"].replace(":iam:", ":sts:").replace(
                ":role/", ":assumed-role/"), f["RoleSessionName"]))
        return self.result(action, (
            "<Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey>"
            "<SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>"
            "<AssumedRoleUser><Arn>%s</Arn></AssumedRoleUser>") % (
                key["id"], key["secret"], key["token"], self.double.expiration(key),
                escape(key["arn"])))

    def result(self, action, inner):
        return Response(200, '<%sResponse xmlns="%s"><%sResult>%s</%sResult></%sResponse>' % (
            action, STS_NS, action, inner, action, action), type="text/xml")

    def failure(self, fault, request):
        return Response(fault.status, '<ErrorResponse xmlns="%s"><Error><Type>Sender</Type><Code>%s'
                        "</Code><Message>%s</Message></Error></ErrorResponse>" % (
                            STS_NS, fault.code, escape(fault.message)), type="text/xml")


class Iam(Sts):
    """Settings: iam_trust, what the role's trust policy names; iam_pass, whether the role may be
    handed to a service; iam_denied, actions that nobody may call."""
    name = "iam"
    role = "arn:aws:iam::123456789012:role/translator"

    def __init__(self, double):
        Service.__init__(self, double)
        double.settings.update(iam_trust="translate.amazonaws.com", iam_pass="allowed",
                               iam_denied=[])

    def action(self, request):
        if request.method == "POST" and request.form().get("Version") == "2010-05-08":
            return request.form().get("Action")
        return None

    def needs_signature(self, action):
        return True

    def handle(self, request, action):
        f, settings = request.form(), self.double.settings
        if action in settings["iam_denied"]:
            raise Fault("AccessDenied", "User is not authorized to perform: iam:" + action, 403)
        if action == "GetRole":
            if f.get("RoleName") != self.role.rpartition("/")[2]:
                raise Fault("NoSuchEntity", "The role cannot be found.", 404)
            policy = json.dumps({"Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Principal": {"Service": settings["iam_trust"]},
                "Action": "sts:AssumeRole"}]})
            return self.result(action, "<Role><Arn>%s</Arn><AssumeRolePolicyDocument>%s"
                               "</AssumeRolePolicyDocument></Role>" % (
                                   self.role, urllib.parse.quote(policy)))
        if action != "SimulatePrincipalPolicy":
            raise Fault("InvalidAction", "Could not find operation " + str(action))
        if not re.fullmatch(r"arn:aws:iam::\d{12}:(user|role)/.+", f.get("PolicySourceArn", "")) or \
                f.get("ActionNames.member.1") != "iam:PassRole" or \
                f.get("ResourceArns.member.1") != self.role:
            raise Fault("InvalidInput", "Invalid entity, action or resource")
        return self.result(action, "<EvaluationResults><member><EvalActionName>iam:PassRole"
                           "</EvalActionName><EvalDecision>%s</EvalDecision></member>"
                           "</EvaluationResults>" % settings["iam_pass"])


class Imds(Service):
    """Version 2 only: no answer without a token."""

    name, signed = "imds", False

    def __init__(self, double):
        super().__init__(double)
        double.settings.update(imds_token="IMDS-TOKEN-0123456789", imds_lifetime=3600)

    def action(self, request):
        return request.method if request.path.startswith("/latest/") else None

    def handle(self, request, action):
        token = self.double.settings["imds_token"]
        if request.path == "/latest/api/token":
            if action != "PUT" or "x-aws-ec2-metadata-token-ttl-seconds" not in request.headers:
                return Response(400)
            return Response(200, token, type="text/plain")
        if request.headers.get("x-aws-ec2-metadata-token") != token:
            return Response(401)
        roles = "/latest/meta-data/iam/security-credentials/"
        if request.path == roles:
            return Response(200, "test-role", type="text/plain")
        if request.path == roles + "test-role":
            key = self.double.new_key(self.double.settings["imds_lifetime"])
            return as_json({"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": key["id"],
                            "SecretAccessKey": key["secret"], "Token": key["token"],
                            "Expiration": self.double.expiration(key)})
        if request.path == "/latest/meta-data/placement/region":
            return Response(200, self.double.settings["region"], type="text/plain")
        return Response(404)


class Container(Service):
    name, signed = "container", False

    def __init__(self, double):
        super().__init__(double)
        double.settings.update(container_token="", container_lifetime=3600)

    def action(self, request):
        return "Get" if request.path.startswith("/v2/credentials") else None

    def handle(self, request, action):
        want = self.double.settings["container_token"]
        if want and request.headers.get("authorization") != want:
            return as_json({"code": "Unauthorized", "message": "who are you"}, 401)
        key = self.double.new_key(self.double.settings["container_lifetime"])
        return as_json({"RoleArn": "arn:aws:iam::123456789012:role/task", "AccessKeyId": key["id"],
                        "SecretAccessKey": key["secret"], "Token": key["token"],
                        "Expiration": self.double.expiration(key)})


class Sso(Service):
    name, signed = "sso", False

    def __init__(self, double):
        super().__init__(double)
        double.settings.update(sso_token="SSO-ACCESS-TOKEN-0123")

    def action(self, request):
        return "GetRoleCredentials" if request.path == "/federation/credentials" else None

    def handle(self, request, action):
        if request.headers.get("x-amz-sso_bearer_token") != self.double.settings["sso_token"]:
            raise Fault("UnauthorizedException", "Session token not found or invalid", 401)
        if not request.fields.get("role_name") or not request.fields.get("account_id"):
            raise Fault("InvalidRequestException", "role_name and account_id are required")
        key = self.double.new_key(3600)
        return as_json({"roleCredentials": {
            "accessKeyId": key["id"], "secretAccessKey": key["secret"],
            "sessionToken": key["token"], "expiration": int(key["expires"] * 1000)}})


class GithubOidc(Service):
    name, signed = "oidc", False

    def __init__(self, double):
        super().__init__(double)
        double.settings.update(oidc_bearer="ACTIONS-BEARER-0123")

    def action(self, request):
        return "Token" if request.path == "/oidc/token" else None

    def handle(self, request, action):
        if request.headers.get("authorization") != "bearer " + self.double.settings["oidc_bearer"]:
            return as_json({"message": "unauthorized"}, 401)
        if request.fields.get("audience") != "sts.amazonaws.com":
            return as_json({"message": "audience"}, 400)
        return as_json({"count": 1, "value": "web-identity-token"})
