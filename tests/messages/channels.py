"""A real web server in a thread that takes what is posted to a channel."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Channel:
    """What it took, as (path, JSON), and how it answers."""

    port: int
    taken: list[tuple[str, Any]] = field(default_factory=list)
    #: one a post, then 200
    statuses: list[int] = field(default_factory=list)
    location: str = ""
    #: take it in and say nothing until the test is over
    silent: bool = False
    #: answer line by line until the test is over
    drips: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks/secret"

    @property
    def listed(self) -> frozenset[str]:
        return frozenset({f"http://127.0.0.1:{self.port}"})


@contextmanager
def serve_channel() -> Iterator[Channel]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            channel.taken.append((self.path, json.loads(body)))
            if channel.silent:
                channel.over.wait(5)
                return
            if channel.drips:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while not channel.over.wait(0.02):
                    self.wfile.write(b"X-More: yes\r\n")
                return
            self.send_response(channel.statuses.pop(0) if channel.statuses else 200)
            if channel.location:
                self.send_header("Location", channel.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    channel = Channel(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield channel
    channel.over.set()
    server.shutdown()
    thread.join()
    server.server_close()
