"""A site of many generated pages, 40 to 60 kB each, in a process of its own; the same every time.

As on a real platform, pages are made from a template: their sections bear the same headings, so a problem of the
template is one component on many pages. With `unlike` every section of every page has a heading of its own, and every
problem is a new component that needs a picture.
"""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HEADINGS = ("Introduction", "Reading", "Exercise", "Discussion", "Quiz", "Glossary", "Resources", "Summary")
WORDS = "sample lesson campus course reading method figure table answer question group level module tutor".split()
STYLE = "body{font:16px/1.5 sans-serif;color:#222;margin:1rem} nav li{display:inline-block} td{padding:.3rem}"


def page(number: int, pages: int, unlike: bool) -> str:
    """Page `number` of the site; page 0 links to all others."""
    chance = random.Random(number)

    def text(words: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(words))

    links = range(1, pages) if number == 0 else range(1, 8)
    body = [f"<ul>{''.join(f'<li><a href=/page/{n}>Page {n}</a></li>' for n in links)}</ul>"]
    size, section = 0, 0
    while size < 38_000 + chance.randrange(20_000):
        section += 1
        heading = text(4) if unlike else HEADINGS[section % len(HEADINGS)]
        part = _section(section, heading, text, chance)
        body.append(part)
        size += len(part)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page {number} of a generated site</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f'<header><p>Generated site</p></header><nav aria-label="Main"><ul><li><a href="/">Start</a></li></ul></nav>'
        f"<main><h1>Page {number}</h1>{''.join(body)}</main><footer><p>Invented content.</p></footer></body></html>"
    )


def _section(number: int, heading: str, text, chance: random.Random) -> str:  # type: ignore[no-untyped-def]
    rows = "".join(
        f"<tr><th scope=row>{text(2)}</th>{''.join(f'<td>{chance.randrange(99)}</td>' for _ in range(5))}</tr>"
        for _ in range(6)
    )
    image = '<img src="data:," alt="">' if chance.random() < 0.9 else '<img src="data:,">'
    colour = "#999" if chance.random() < 0.1 else "#222"
    return (
        f"<section><h2>{heading}</h2><p>{text(60)} <a href='/page/{1 + chance.randrange(5)}'>{text(3)}</a></p>"
        f"<p style='color:{colour}'>{text(40)}</p>{image}<ul><li>{text(6)}</li><li>{text(6)}</li></ul>"
        f"<table><caption>{text(3)}</caption><tbody>{rows}</tbody></table>"
        f"<form><label>{text(2)} <input name='field_{number}'></label>"
        f"<button type='button'>{text(1)}</button></form></section>"
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: dict[str, bytes] = {}

    def do_GET(self) -> None:
        body = self.pages.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def generated_site(pages: int, *, unlike: bool = False) -> Iterator[str]:
    """The address of the running site."""
    command = [sys.executable, "-m", "tests.benchmarks.generated_site", str(pages), *(["unlike"] if unlike else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def main() -> None:
    """Serve until ended; prints the port."""
    pages, unlike = int(sys.argv[1]), "unlike" in sys.argv
    _Handler.pages = {f"/page/{n}" if n else "/": page(n, pages, unlike).encode() for n in range(pages)}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
