"""Requests and replies compared with GitHub's published OpenAPI description, for double_forge.py.

The description is not part of this project: it is looked for as facts/github-openapi-extract.json
beside the folder AMTS_DATA, or in ../shared; without it nothing is compared, and the rules written
by hand in double_forge.py are all there is.  Stricter than the description, which allows any
member: what it does not name is refused.
"""
import json
import os
import re

NAME = "facts/github-openapi-extract.json"
TYPES = {"string": str, "boolean": bool, "array": list, "object": dict, "number": (int, float)}


def load():
    top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
    for folder in (os.path.join(os.environ.get("AMTS_DATA", top), ".."),
                   os.path.join(top, "../shared")):
        try:
            with open(os.path.join(folder, NAME), encoding="utf-8") as f:
                return json.load(f)["paths"]
        except OSError:
            continue
    return None


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name]) and not (name == "number" and isinstance(value, bool))


def one_of(value, schemas, where, partial):
    found = [fault(value, s, where, partial) for s in schemas]
    return None if None in found else found[0]


def fault(value, schema, where, partial):
    """What is wrong with value, or None.  partial: required members may be left out."""
    if value is None and schema.get("nullable"):
        return None
    for several in ("oneOf", "anyOf"):
        if several in schema and schema.get("type") != "object":
            return one_of(value, schema[several], where, partial)
    for part in schema.get("allOf", ()):
        wrong = fault(value, part, where, partial)
        if wrong:
            return wrong
    if "type" in schema and not is_type(value, schema["type"]):
        return "%s is no %s" % (where, schema["type"])
    if "enum" in schema and value not in schema["enum"]:
        return "%s is none of %s" % (where, schema["enum"])
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        return "%s is too long" % where
    if isinstance(value, list):
        return list_fault(value, schema, where, partial)
    return object_fault(value, schema, where, partial) if isinstance(value, dict) else None


def list_fault(value, schema, where, partial):
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return "%s has %d items" % (where, len(value))
    wrong = (fault(v, schema.get("items", {}), where + "[]", partial) for v in value)
    return next((w for w in wrong if w), None)


def object_fault(value, schema, where, partial):
    known = schema.get("properties")
    for name in () if partial else schema.get("required", ()):
        if name not in value:
            return "%s has no %s" % (where, name)
    for name, v in value.items():
        if known is not None and name not in known and not schema.get("additionalProperties"):
            return "%s has an unknown member %s" % (where, name)
        wrong = known and name in known and fault(v, known[name], where + "." + name, partial)
        if wrong:
            return wrong
    return None


class Description:
    def __init__(self):
        self.paths, self.compared = load(), 0

    def operation(self, method, path):
        for template, methods in self.paths.items():
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path):
                return methods.get(method.lower())
        return None

    def request_fault(self, request, path):
        """What is wrong with a request to path (below the API); None: nothing."""
        if self.paths is None:
            return None
        operation = self.operation(request.method, path)
        if operation is None:
            return "no such operation: %s %s" % (request.method, path)
        self.compared += 1
        known = {p["name"]: p["schema"] for p in operation.get("parameters", ())
                 if p["in"] == "query"}
        for name, value in request.fields.items():
            if name not in known:
                return "unknown parameter %s" % name
            typed = int(value) if value.isdigit() else value
            wrong = fault(typed, known[name], name, False)
            if wrong:
                return wrong
        wanted = operation.get("requestBody")
        if not wanted:
            return "a body where none belongs" if request.body else None
        if not request.body:
            return "no body" if wanted.get("required") else None
        return fault(request.json(), wanted["content"]["application/json"]["schema"], "body", False)

    def reply_fault(self, request, path, status, value):
        """What of a reply of ours the service would never say."""
        if self.paths is None or status >= 300:
            return None
        reply = self.operation(request.method, path)["responses"].get(str(status))
        if reply is None:
            return "no such reply: %d" % status
        content = reply.get("content", {}).get("application/json")
        return content and fault(value, content["schema"], "reply", True)
