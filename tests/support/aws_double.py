#!/usr/bin/env python3
"""A local server that stands in for AWS (and any other web service) in tests.

    aws_double.py [--stay] [--tls CERT KEY]

Listens on 127.0.0.1 only, prints the port it was given, and ends when its standard input
closes (or, with --stay, when it is killed).  Only Python's standard library is used.

A service is a class like those in double_s3.py and double_identity.py, put into SERVICES:

    class Thing(Service):
        name = "thing"                       # the service's name in the signature's scope
        signed = True                        # False: action() decides what needs no signature
        def action(self, request):           # "Operation" if this request is ours, else None
        def handle(self, request, action):   # -> Response; raise Fault(code, message, status)
        def failure(self, fault, request):   # -> Response, in the service's own format
        def state(self):                     # for GET /_double/state, JSON

The request arrives verified: its signature was recomputed by AWS's rules from what came over
the wire (double_sigv4.py); request.caller is the access key's entry.  self.double has now()
(the double's clock), new_key() (temporary credentials) and settings.

Tests talk to it under /_double/ (JSON):
    POST /_double/fault     one fault or a list; they are used up in order:
        match    shell pattern over "service:Operation /path?query" ("s3:PutObject *"; "*")
        times    how often (1; -1: always), skip: how many matching requests go through first
        status, headers, body      answer with these instead of asking the service
        error    answer as the service would with this error code (and status, message)
        after    true: let the service do its work, then answer with the fault
        delay    seconds before anything is sent;  cut: send so many bytes of the body only
        length   a Content-Length that is a lie;   close: hang up without an answer
        raw      exactly these bytes (latin-1) as the whole answer
    POST /_double/set       settings: skew (seconds the clock is ahead), s3_part_min, region...
    POST /_double/key       {"id", "secret", "token", "expires_in"}: another access key
    GET  /_double/log       what arrived: [{action, method, target, host, headers, size, status}]
    GET  /_double/state     {service: its state}
    POST /_double/reset     everything as it was at the start
Requests no service wants are answered by what `fault`s say, else 404.
"""
import fnmatch
import http.server
import json
import secrets
import socket
import ssl
import sys
import threading
import time
import urllib.parse

sys.dont_write_bytecode = True  # nothing is left in the project's folders

import double_sigv4  # noqa: E402

SERVICES = []


class Fault(Exception):
    """An error as the service reports it."""

    def __init__(self, code, message="", status=400, **extra):
        super().__init__(message)
        self.code, self.message, self.status, self.extra = code, message, status, extra


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body
        self.host = headers.get("host", "")
        if "://" in target:  # a proxy is asked for the whole address
            parts = urllib.parse.urlsplit(target)
            self.host = parts.netloc
            target = parts.path + ("?" + parts.query if parts.query else "")
        self.path, _, self.query = target.partition("?")
        self.fields = dict(urllib.parse.parse_qsl(self.query, keep_blank_values=True))
        self.caller = None

    def form(self):
        """The fields of a form body; {} for another body."""
        if "x-www-form-urlencoded" not in self.headers.get("content-type", ""):
            return {}
        return dict(urllib.parse.parse_qsl(self.body.decode("utf-8", "replace")))

    def json(self):
        try:
            return json.loads(self.body or b"{}")
        except ValueError as e:
            raise Fault("SerializationException", str(e)) from e


class Response:
    def __init__(self, status=200, body=b"", headers=None, type=None):
        self.status = status
        self.body = body if isinstance(body, bytes) else str(body).encode()
        self.headers = dict(headers or {})
        if type:
            self.headers.setdefault("Content-Type", type)


class Service:
    name, signed = "", True

    def __init__(self, double):
        self.double = double

    def action(self, request):
        return None

    def needs_signature(self, action):
        return self.signed

    def failure(self, fault, request):
        """AWS JSON 1.1, unless a service says otherwise."""
        body = {"__type": "com.amazonaws#" + fault.code, "message": fault.message}
        return Response(fault.status, json.dumps(body), type="application/x-amz-json-1.1")

    def state(self):
        return {}


class Nothing(Service):
    """Requests that are no service's: 404 unless a fault answers."""

    name, signed = "http", False

    def action(self, request):
        return request.method

    def handle(self, request, action):
        return Response(404, "nothing here\n", type="text/plain")

    def failure(self, fault, request):
        return Response(fault.status, fault.message, type="text/plain")


class Double:
    def __init__(self):
        self.lock = threading.RLock()
        self.reset()

    def reset(self):
        self.settings = {"skew": 0, "region": "us-east-1", "account": "123456789012"}
        self.keys = {}
        self.add_key("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        self.faults, self.log = [], []
        self.services = [make(self) for make in SERVICES] + [Nothing(self)]

    def now(self):
        return time.time() + self.settings["skew"]

    def add_key(self, id, secret, token=None, expires_in=None, **more):
        expires = None if expires_in is None else self.now() + expires_in
        self.keys[id] = dict(more, id=id, secret=secret, token=token, expires=expires)
        return self.keys[id]

    def new_key(self, expires_in=3600, **more):
        return self.add_key("ASIA" + secrets.token_hex(8).upper(), secrets.token_urlsafe(30),
                            "TOKEN" + secrets.token_urlsafe(60), expires_in, **more)

    def expiration(self, key):
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(key["expires"]))

    # ---- one request ----

    def find(self, request):
        for service in self.services:
            action = service.action(request)
            if action:
                return service, action
        raise AssertionError("Nothing takes everything")

    def fault_for(self, subject):
        for fault in self.faults:
            if fault.get("times", 1) == 0 or not fnmatch.fnmatchcase(subject, fault.get("match", "*")):
                continue
            if fault.get("skip", 0) > 0:
                fault["skip"] -= 1
                continue
            if fault.get("times", 1) > 0:
                fault["times"] = fault.get("times", 1) - 1
            return fault
        return {}

    def serve(self, service, action, request):
        try:
            if service.needs_signature(action):
                request.caller = double_sigv4.verify(self, service.name, request)
            return service.handle(request, action)
        except Fault as fault:
            return service.failure(fault, request)

    def answer(self, request):
        """-> (response, fault): what the service says, and what to do to it on the way."""
        with self.lock:
            service, action = self.find(request)
            fault = self.fault_for("%s:%s %s" % (service.name, action, request.target))
            response = None
            if fault.get("after") or not any(k in fault for k in ("status", "body", "error")):
                response = self.serve(service, action, request)
            if "error" in fault:
                response = service.failure(Fault(fault["error"], fault.get("message", "as told"),
                                                 fault.get("status", 400)), request)
            elif "status" in fault or "body" in fault:
                response = Response(fault.get("status", 200), fault.get("body", ""))
            response.headers.update(fault.get("headers", {}))
            self.log.append({"action": "%s:%s" % (service.name, action), "method": request.method,
                             "target": request.target, "host": request.host,
                             "headers": dict(request.headers), "size": len(request.body),
                             "key": request.caller and request.caller["id"],
                             "status": response.status})
            return response, fault

    def control(self, request):
        what = request.path[len("/_double/"):]
        body = request.json()
        with self.lock:
            if what == "fault":
                self.faults += body if isinstance(body, list) else [body]
            elif what == "set":
                self.settings.update(body)
            elif what == "key":
                self.add_key(**body)
            elif what == "reset":
                self.reset()
            elif what == "log":
                return Response(200, json.dumps(self.log), type="application/json")
            elif what == "state":
                state = {s.name: s.state() for s in self.services}
                return Response(200, json.dumps(state), type="application/json")
            else:
                return Response(404)
        return Response(200, "{}", type="application/json")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    double = None

    def log_message(self, *args):
        pass

    def setup(self):
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.one
        raise AttributeError(name)

    def read_body(self):
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while True:
            size = int(self.rfile.readline().split(b";")[0], 16)
            body += self.rfile.read(size)
            self.rfile.readline()
            if not size:
                return body

    def one(self):
        words = self.requestline.split(" ")
        headers = {}
        for name, value in self.headers.items():
            name = name.lower()
            headers[name] = headers[name] + "," + value if name in headers else value
        request = Request(self.command, words[1], headers, self.read_body())
        if request.path.startswith("/_double/"):
            self.send(self.double.control(request), {}, request)
        else:
            response, fault = self.double.answer(request)
            self.send(response, fault, request)

    def send(self, response, fault, request):
        time.sleep(fault.get("delay", 0))
        if "raw" in fault or fault.get("close"):
            self.wfile.write(fault.get("raw", "").encode("latin-1"))
            self.close_connection = True
            return
        self.send_response_only(response.status)
        date = self.date_time_string(self.double.now())
        headers = {"Date": date, "x-amzn-RequestId": secrets.token_hex(8), **response.headers}
        if response.status != 204:
            headers.setdefault("Content-Length", str(fault.get("length", len(response.body))))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        body = response.body
        if "cut" in fault:
            body = body[:fault["cut"]]
        if request.method != "HEAD":
            self.wfile.write(body)
        if "cut" in fault or "length" in fault:
            self.close_connection = True


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], (ConnectionError, ssl.SSLError)):
            super().handle_error(request, client_address)


def main(argv):
    Handler.double = Double()
    server = Server(("127.0.0.1", 0), Handler)
    if "--tls" in argv:
        at = argv.index("--tls")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(argv[at + 1], argv[at + 2])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    if "--stay" in argv:
        server.serve_forever()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    sys.modules["aws_double"] = sys.modules["__main__"]  # the services import this file
    import double_forge
    import double_identity
    import double_s3
    import double_translate

    SERVICES += [double_forge.GitHub, double_forge.GitLab, double_forge.Gitea,
                 double_identity.Sts, double_identity.Iam, double_identity.Imds, double_identity.Container,
                 double_identity.Sso, double_identity.GithubOidc, double_s3.S3,
                 double_translate.Translate]
    main(sys.argv[1:])
