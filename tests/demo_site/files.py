"""What is not a page: sitemaps, robots.txt, a PDF, an attachment, stylesheet and pictures."""

import gzip
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from .courses import COURSES
from .plain import PLAIN_PAGES

STATIC = Path(__file__).parent / "static"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_paths() -> list[str]:
    """The paths that the sitemap lists; one of them is linked nowhere."""
    listed = [plain.path for plain in PLAIN_PAGES if plain.reached in ("link", "sitemap")]
    courses = [f"/course/{number}" for number in COURSES]
    return ["/", "/courses", "/calendar", "/examples", "/feedback", *courses, *listed]


async def sitemap_index(request: Request) -> Response:
    """A sitemap that only points to another one."""
    address = f"{request.base_url}sitemap-pages.xml.gz"
    body = f'<sitemapindex xmlns="{NAMESPACE}"><sitemap><loc>{address}</loc></sitemap></sitemapindex>'
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', media_type="application/xml")


async def sitemap_pages(request: Request) -> Response:
    """The list of pages, as a gzip file."""
    base = str(request.base_url).rstrip("/")
    rows = "\n".join(f"<url><loc>{base}{path}</loc></url>" for path in sitemap_paths())
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}">\n{rows}\n</urlset>\n'
    return Response(gzip.compress(body.encode(), mtime=0), media_type="application/gzip")


async def robots(request: Request) -> Response:
    """Keep robots out of /private/ and name the sitemap."""
    lines = ["User-agent: *", "Disallow: /private/", f"Sitemap: {request.base_url}sitemap.xml"]
    return PlainTextResponse("\n".join(lines) + "\n")


async def handbook(request: Request) -> Response:
    """A small valid PDF."""
    return FileResponse(STATIC / "handbook.pdf")


async def download(request: Request) -> Response:
    """A file to be saved, not shown."""
    headers = {"Content-Disposition": 'attachment; filename="worksheet.txt"'}
    return PlainTextResponse("Sample worksheet\n", headers=headers)


routes = [
    Route("/sitemap.xml", sitemap_index),
    Route("/sitemap-pages.xml.gz", sitemap_pages),
    Route("/robots.txt", robots),
    Route("/files/handbook.pdf", handbook),
    Route("/download", download),
    Mount("/static", StaticFiles(directory=STATIC)),
]
