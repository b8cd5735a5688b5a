"""Show the book at 127.0.0.1, build it again whenever a file of it is saved, and let the browser load it anew: watch.py PORT."""

import functools
import http.server
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HTML = ROOT / "_build" / "html"
WATCHED = ("book", "web", "mlpkit", "_config.yml", "_toc.yml")
RELOAD = b"<script>new EventSource('/changed').onmessage = () => location.reload()</script>"

built = threading.Condition()


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the book; each page waits at /changed for the next build."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if self.path == "/changed":
            return self.tell()
        if path.suffix == ".html" and path.is_file():
            return self.answer("text/html; charset=utf-8", path.read_bytes() + RELOAD)
        return super().do_GET()

    def tell(self):
        with built:
            built.wait()
        self.answer("text/event-stream", b"data: built\n\n")

    def answer(self, kind: str, body: bytes):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Leave the terminal to the builds."""


def saved(root: Path) -> dict[Path, int]:
    """The files that the book is made of, with the times of their last change."""
    return {path: path.stat().st_mtime_ns for path in files(root) if path.is_file()}


def files(root: Path) -> Iterator[Path]:
    for name in WATCHED:
        yield from (path for path in (root / name, *(root / name).rglob("*")) if "__pycache__" not in path.parts)


def build() -> None:
    subprocess.run([sys.executable, str(ROOT / "tools" / "build_book.py")])
    with built:
        built.notify_all()


def main(port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"watch: {port!r} is not a port; choose a number from 1 to 65535, such as PORT=8001.")
    handler = functools.partial(Handler, directory=str(HTML))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), handler)
    except OSError as error:
        sys.exit(f"watch: port {port} cannot be used ({error.strerror}); choose another: make watch PORT=8001")
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known: dict[Path, int] = {}
    try:
        while True:
            if (now := saved(ROOT)) != known:
                known = now
                build()
                print(f"Watching; the book is at http://127.0.0.1:{port} (Ctrl-C ends it).", flush=True)
            time.sleep(0.5)
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main(*sys.argv[1:])
