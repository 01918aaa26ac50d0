"""HTML on standard input, a tagged PDF on standard output. Nothing is fetched but the pictures inside the HTML."""

import resource
import sys

import pydyf
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SECONDS, BYTES = 60, 3 << 30
PICTURE = "data:image/svg+xml;"


class OnlyOwnPictures(URLFetcher):  # type: ignore[misc]
    """Refuses every address but pictures that stand in the document itself: the report fails, rather than lack one."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The picture."""
        if not url.startswith(PICTURE):
            raise FatalURLFetchingError(f"refused: {url[:100]}")
        return super().fetch(url, headers)


def say_scopes(_document: object, pdf: pydyf.PDF) -> None:
    """Say of every heading cell whether it heads a column or a row: the renderer only ties cells to headings."""
    for element in pdf.objects:
        if isinstance(element, pydyf.Dictionary) and element.get("S") == "/TH":
            group = _parent(pdf, _parent(pdf, element))
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _parent(pdf: pydyf.PDF, element: pydyf.Dictionary) -> pydyf.Dictionary:
    return pdf.objects[int(element["P"].split()[0])]


def main() -> None:
    """Make the document."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    html = sys.stdin.buffer.read().decode()
    document = HTML(string=html, url_fetcher=OnlyOwnPictures(allowed_protocols=("data",)))
    sys.stdout.buffer.write(document.write_pdf(pdf_variant="pdf/ua-1", finisher=say_scopes))


if __name__ == "__main__":
    main()
