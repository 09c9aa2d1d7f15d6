"""GitHub, GitLab and Gitea as far as pull requests go, for aws_double.py.

Each service keeps its pull requests, refuses what the real one would refuse (unknown members,
wrong types, missing ones, a second open pull request of a branch), and wants the token "t0ken"
(or, for GitHub, one that it gave to an app).

State (GET /_double/state): {"github": {"pulls": [...], "labels": {...}, "asked": {...}}}
"""
import base64
import json
import re
import urllib.parse

import double_openapi
from aws_double import Fault, Response, Service

TOKEN = "t0ken"


class Forge(Service):
    signed = False
    prefix = ""
    routes = ()

    def __init__(self, double):
        super().__init__(double)
        self.pulls, self.labels, self.asked, self.tokens = [], {}, {}, set()

    def action(self, request):
        if not request.path.startswith(self.prefix):
            return None
        for method, pattern, name in self.routes:
            m = re.fullmatch(pattern, request.path[len(self.prefix):])
            if request.method == method and m:
                request.parts = [urllib.parse.unquote(g) for g in m.groups()]
                return name
        return None

    def failure(self, fault, request):
        body = {"message": fault.message or fault.code, "status": str(fault.status)}
        body.update(fault.extra)
        if "said" in body:  # GitLab's messages are lists
            body["message"] = body.pop("said")
        return Response(fault.status, json.dumps(body), type="application/json")

    def state(self):
        return {"pulls": self.pulls, "labels": self.labels, "asked": self.asked}

    def answer(self, value, status=200):
        return Response(status, json.dumps(value), type="application/json")

    def handle(self, request, action):
        self.check_token(request, action)
        return getattr(self, action)(request, *request.parts)

    def body(self, request, required, optional):
        body = request.json()
        for name, kind in required.items():
            if not isinstance(body.get(name), kind):
                raise Fault("bad", "%s is missing or of the wrong type" % name, 422)
        for name, value in body.items():
            kind = required.get(name) or optional.get(name)
            if kind is None:
                raise Fault("bad", "unknown member %s" % name, 422)
            if not isinstance(value, kind):
                raise Fault("bad", "%s is of the wrong type" % name, 422)
        if "body" in body and len(body["body"]) > 65536:
            raise Fault("bad", "body is too long (maximum is 65536 characters)", 422)
        return body

class GitHub(Forge):
    name, prefix = "github", "/github"
    description = double_openapi.Description()
    routes = (
        ("GET", r"/repos/([^/]+)/([^/]+)/pulls", "ListPulls"),
        ("POST", r"/repos/([^/]+)/([^/]+)/pulls", "CreatePull"),
        ("PATCH", r"/repos/([^/]+)/([^/]+)/pulls/(\d+)", "UpdatePull"),
        ("POST", r"/repos/([^/]+)/([^/]+)/issues/(\d+)/labels", "AddLabels"),
        ("POST", r"/repos/([^/]+)/([^/]+)/pulls/(\d+)/requested_reviewers", "Ask"),
        ("GET", r"/repos/([^/]+)/([^/]+)/installation", "Installation"),
        ("POST", r"/app/installations/(\d+)/access_tokens", "AccessToken"),
    )

    def state(self):
        return dict(super().state(), described=self.description.paths is not None,
                    compared=self.description.compared)

    def handle(self, request, action):
        path = request.path[len(self.prefix):]
        wrong = self.description.request_fault(request, path)
        if wrong:
            raise Fault("bad", "OpenAPI: " + wrong, 422)
        response = super().handle(request, action)
        wrong = self.description.reply_fault(request, path, response.status,
                                             json.loads(response.body))
        if wrong:
            raise Fault("bad", "OpenAPI: " + wrong, 500)
        return response

    def check_token(self, request, action):
        auth = request.headers.get("authorization", "")
        for header in ("user-agent", "accept", "x-github-api-version"):
            if not request.headers.get(header):
                raise Fault("bad", "no " + header, 403)
        if action in ("Installation", "AccessToken"):
            parts = auth[len("Bearer "):].split(".")
            pad = lambda s: s + "=" * (-len(s) % 4)
            claims = json.loads(base64.urlsafe_b64decode(pad(parts[1])))
            if len(parts) != 3 or not 0 < claims["exp"] - claims["iat"] <= 660:
                raise Fault("bad", "'Expiration time' claim ('exp') is too far", 401)
            self.jwt = auth[len("Bearer "):]
            return
        if auth not in ["Bearer " + t for t in {TOKEN} | self.tokens]:
            raise Fault("bad", "Bad credentials", 401)

    def Installation(self, request, owner, repo):
        return self.answer({"id": 77, "account": {"login": owner}})

    def AccessToken(self, request, number):
        self.body(request, {}, {"repositories": list, "permissions": dict})
        self.tokens.add("ghs_app")
        return self.answer({"token": "ghs_app", "expires_at": "2030-01-01T00:00:00Z"}, 201)

    def ListPulls(self, request, owner, repo):
        f = request.fields
        head = f.get("head", "")
        found = [p for p in self.pulls if p["state"] == f.get("state", "open")]
        if ":" in head:  # else the filter is ignored, as it is there
            found = [p for p in found if owner + ":" + p["head"]["ref"] == head]
        if f.get("base"):
            found = [p for p in found if p["base"]["ref"] == f["base"]]
        size, page = int(f.get("per_page", 30)), int(f.get("page", 1))
        return self.answer(found[(page - 1) * size:page * size])

    def CreatePull(self, request, owner, repo):
        b = self.body(request, {"head": str, "base": str, "title": str},
                      {"body": str, "draft": bool, "maintainer_can_modify": bool})
        if b["head"] == "empty":
            raise Fault("bad", "Validation Failed", 422, errors=[
                {"resource": "PullRequest", "code": "custom",
                 "message": "No commits between %s and empty" % b["base"]}])
        if any(p["head"]["ref"] == b["head"] and p["base"]["ref"] == b["base"]
               and p["state"] == "open" for p in self.pulls):
            raise Fault("bad", "Validation Failed", 422, errors=[
                {"resource": "PullRequest", "code": "custom",
                 "message": "A pull request already exists for %s:%s." % (owner, b["head"])}])
        pull = {"number": len(self.pulls) + 1, "state": "open", "title": b["title"],
                "body": b.get("body"), "draft": b.get("draft", False),
                "head": {"ref": b["head"], "repo": {"full_name": owner + "/" + repo}},
                "base": {"ref": b["base"], "repo": {"full_name": owner + "/" + repo}},
                "html_url": "https://forge.example/%s/%s/pull/%d" % (owner, repo,
                                                                    len(self.pulls) + 1)}
        self.pulls.append(pull)
        return self.answer(pull, 201)

    def find(self, number):
        for p in self.pulls:
            if p["number"] == int(number):
                return p
        raise Fault("bad", "Not Found", 404)

    def UpdatePull(self, request, owner, repo, number):
        b = self.body(request, {}, {"title": str, "body": str, "state": str, "base": str})
        self.find(number).update(b)
        return self.answer(self.find(number))

    def AddLabels(self, request, owner, repo, number):
        b = self.body(request, {"labels": list}, {})
        self.find(number)
        self.labels.setdefault(number, []).extend(b["labels"])
        return self.answer([{"name": n} for n in self.labels[number]])

    def Ask(self, request, owner, repo, number):
        b = self.body(request, {}, {"reviewers": list, "team_reviewers": list})
        if "author" in b.get("reviewers", ()):
            raise Fault("bad", "Review cannot be requested from pull request author.", 422)
        self.asked.setdefault(number, []).extend(b["reviewers"] + b["team_reviewers"])
        return self.answer(self.find(number), 201)

class GitLab(Forge):
    name, prefix = "gitlab", "/gitlab"
    routes = (
        ("GET", r"/projects/([^/]+)/merge_requests", "ListMerges"),
        ("POST", r"/projects/([^/]+)/merge_requests", "CreateMerge"),
        ("PUT", r"/projects/([^/]+)/merge_requests/(\d+)", "UpdateMerge"),
        ("GET", r"/users", "Users"),
    )

    def check_token(self, request, action):
        if request.headers.get("private-token") != TOKEN:
            raise Fault("bad", "401 Unauthorized", 401)

    def Users(self, request):
        name = request.fields.get("username")
        return self.answer([{"id": 9, "username": name}] if name == "ada" else [])

    def ListMerges(self, request, project):
        f = request.fields
        return self.answer([p for p in self.pulls if p["state"] == f["state"] and
                            p["source_branch"] == f["source_branch"] and
                            p["target_branch"] == f["target_branch"]])

    def CreateMerge(self, request, project):
        b = self.body(request, {"source_branch": str, "target_branch": str, "title": str},
                      {"description": str, "labels": str, "reviewer_ids": list})
        if any(p["source_branch"] == b["source_branch"] and p["state"] == "opened"
               for p in self.pulls):
            raise Fault("bad", "", 409, said=[
                "Another open merge request already exists for this source branch: !1"])
        pull = dict(b, iid=len(self.pulls) + 1, state="opened",
                    source_project_id=5, target_project_id=5,
                    web_url="https://forge.example/%s/-/merge_requests/1" % project)
        self.pulls.append(pull)
        return self.answer(pull, 201)

    def UpdateMerge(self, request, project, number):
        b = self.body(request, {}, {"title": str, "description": str})
        self.pulls[int(number) - 1].update(b)
        return self.answer(self.pulls[int(number) - 1])

class Gitea(Forge):
    name, prefix = "gitea", "/gitea"
    routes = (
        ("GET", r"/repos/([^/]+)/([^/]+)/pulls/([^/]+)/([^/]+)", "FindPull"),
        ("POST", r"/repos/([^/]+)/([^/]+)/pulls", "CreatePull"),
        ("PATCH", r"/repos/([^/]+)/([^/]+)/pulls/(\d+)", "UpdatePull"),
        ("POST", r"/repos/([^/]+)/([^/]+)/issues/(\d+)/labels", "AddLabels"),
        ("POST", r"/repos/([^/]+)/([^/]+)/pulls/(\d+)/requested_reviewers", "Ask"),
    )

    def check_token(self, request, action):
        if request.headers.get("authorization") != "token " + TOKEN:
            raise Fault("bad", "token is required", 401)

    def FindPull(self, request, owner, repo, base, head):
        for p in self.pulls:
            if p["base"]["ref"] == base and p["head"]["ref"] == head:
                return self.answer(p)
        raise Fault("bad", "The target couldn't be found.", 404)

    def CreatePull(self, request, owner, repo):
        b = self.body(request, {"head": str, "base": str, "title": str}, {"body": str})
        if any(p["head"]["ref"] == b["head"] and p["state"] == "open" for p in self.pulls):
            raise Fault("bad", "pull request already exists for these targets", 409)
        n = len(self.pulls) + 1
        self.pulls.append({"number": n, "state": "open", "title": b["title"],
                           "body": b.get("body"), "head": {"ref": b["head"]},
                           "base": {"ref": b["base"]},
                           "html_url": "https://forge.example/%s/%s/pulls/%d" % (owner, repo, n)})
        return self.answer(self.pulls[-1], 201)

    def UpdatePull(self, request, owner, repo, number):
        b = self.body(request, {}, {"title": str, "body": str})
        self.pulls[int(number) - 1].update(b)
        return self.answer(self.pulls[int(number) - 1], 201)

    def AddLabels(self, request, owner, repo, number):
        self.labels[number] = self.body(request, {"labels": list}, {})["labels"]
        return self.answer([])

    def Ask(self, request, owner, repo, number):
        self.asked[number] = self.body(request, {"reviewers": list}, {})["reviewers"]
        return self.answer([], 201)

