#!/usr/bin/env python3
"""Git's smart HTTP on loopback: git http-backend (git-http-backend(1)) run as CGI.

    git_http.py ROOT [USER:PASSWORD]

Serves the bare repositories below ROOT, to read and to write; with USER:PASSWORD to nobody
else, but for those below ROOT/open.  Prints the port it was given and ends when its standard input closes.  A line a request,
"METHOD target user", is added to ROOT/http.log.
"""
import base64
import gzip
import http.server
import os
import subprocess
import sys
import threading

sys.dont_write_bytecode = True


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    root = wanted = None

    def log_message(self, *args):
        pass

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while True:
            size = int(self.rfile.readline().split(b";")[0], 16)
            parts.append(self.rfile.read(size))
            self.rfile.readline()
            if not size:
                return b"".join(parts)

    def user(self):
        """Who asks; None when that is nobody who may."""
        kind, _, value = self.headers.get("Authorization", "").partition(" ")
        given = base64.b64decode(value).decode() if kind.lower() == "basic" else ""
        if self.wanted and not self.path.startswith("/open/") and given != self.wanted:
            return None
        return given.partition(":")[0]

    def refuse(self):
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def serve(self):
        body, user = self.body(), self.user()
        with open(os.path.join(self.root, "http.log"), "a", encoding="utf-8") as log:
            log.write("%s %s %s\n" % (self.command, self.path, user or "-"))
        if user is None:
            return self.refuse()
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        path, _, query = self.path.partition("?")
        env = {"PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": self.root,
               "GIT_HTTP_EXPORT_ALL": "1", "REQUEST_METHOD": self.command,
               "PATH_INFO": path, "QUERY_STRING": query, "REMOTE_USER": user or "anyone",
               "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": str(len(body)),
               "CONTENT_TYPE": self.headers.get("Content-Type", ""),
               "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
               "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "http.receivepack",
               "GIT_CONFIG_VALUE_0": "true"}
        made = subprocess.run(["git", "http-backend"], input=body, env=env,
                              stdout=subprocess.PIPE, check=False).stdout
        head, _, content = made.partition(b"\r\n\r\n")
        fields = [line.split(": ", 1) for line in head.decode().split("\r\n")]
        status = next((int(v.split()[0]) for k, v in fields if k == "Status"), 200)
        self.send_response(status)
        for name, value in fields:
            if name not in ("Status", "Content-Length"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None

    do_GET = do_POST = serve


def main():
    Handler.root = os.path.abspath(sys.argv[1])
    Handler.wanted = sys.argv[2] if len(sys.argv) > 2 else None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


main()
