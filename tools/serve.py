"""Serve a folder on this machine alone: serve.py FOLDER PORT."""

import functools
import http.server
import sys
from pathlib import Path


def main(folder: str, port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"serve: {port!r} is not a port; choose a number from 1 to 65535, such as PORT=8001.")
    if not (Path(folder) / "index.html").exists():
        sys.exit(f"serve: there is no {folder}/index.html; build it first with: make book")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), handler)
    except OSError as error:
        sys.exit(
            f"serve: port {port} cannot be used ({error.strerror}); choose another: make serve PORT={int(port) % 65535 + 1}"
        )
    print(f"The book is at http://127.0.0.1:{port} (Ctrl-C ends it).", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main(*sys.argv[1:])
