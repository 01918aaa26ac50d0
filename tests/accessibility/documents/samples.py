"""Documents made for tests: by the libraries that make them, and then broken."""

import io
import zipfile

import pikepdf
from pikepdf import Dictionary, Name
from weasyprint import HTML

PAGE = """<html lang="en"><head><title>How samples are taken</title></head><body><h1>Samples</h1>
<p>{words}</p><ul><li>One</li><li>Two</li></ul>
<table><tr><th>Sample</th><th>Weight</th></tr><tr><td>One</td><td>2 g</td></tr></table>
<img alt="{alt}" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='20' height='20'%3E%3Crect
 width='20' height='20'/%3E%3C/svg%3E"></body></html>"""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
)
WORDS = "word " * 60


def pdf(*, tagged: bool = True, alt: str = "A black square", words: str = WORDS) -> bytes:
    """A PDF of one page, with all that it should have unless said otherwise."""
    html = HTML(string=PAGE.format(words=words, alt=alt))
    made: bytes = html.write_pdf(pdf_variant="pdf/ua-1") if tagged else html.write_pdf()
    return made


def saved(document: pikepdf.Pdf, **how: object) -> bytes:
    """The file of a changed PDF."""
    out = io.BytesIO()
    document.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def opened(data: bytes) -> pikepdf.Pdf:
    """A PDF to be changed."""
    return pikepdf.open(io.BytesIO(data))


def scanned() -> bytes:
    """A page that is a picture."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    picture = document.make_stream(
        bytes(30000),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=100,
        Height=100,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    page = document.pages[0]
    page.obj.Resources = Dictionary(XObject=Dictionary(Im0=picture))
    page.obj.Contents = document.make_stream(b"q 200 0 0 200 0 0 cm /Im0 Do Q")
    return saved(document)


def with_field(name: str = "") -> bytes:
    """A form with one text field; `name` is what is read out."""
    document = opened(pdf())
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="sample", Rect=[0, 0, 50, 20])
    if name:
        field.TU = name
    document.Root.AcroForm = Dictionary(Fields=[document.make_indirect(field)])
    return saved(document)


def package(parts: dict[str, str | bytes]) -> bytes:
    """An office file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: str, title: str = "Sample handout", language: str = "en-GB", styles: str = "") -> bytes:
    """A Word file with this body; heading styles are `Heading1` and, based on it, `Mine`."""
    language = f'<w:lang w:val="{language}"/>' if language else ""
    style = (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{language}</w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
        f'<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Heading1"/></w:style>{styles}</w:styles>'
    )
    return package(
        {
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "word/styles.xml": style,
            "docProps/core.xml": CORE.format(title=title),
        }
    )


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    """A paragraph of a Word file."""
    of_style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{of_style}<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r></w:p>"


def picture(described: str = "", *, decorative: bool = False) -> str:
    """A drawing of a Word file."""
    space = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    mark = '<x:decorative xmlns:x="urn:sample" val="1"/>' if decorative else ""
    return f'<w:p><d:docPr xmlns:d="{space}" id="1" name="Picture 1" descr="{described}">{mark}</d:docPr></w:p>'


def word_table(*, header: bool) -> str:
    """A table of two rows and columns."""
    mark = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    cells = "<w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc>" * 2
    return f"<w:tbl><w:tr>{mark}{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"


def slides(*slides: str, title: str = "Sample talk") -> bytes:
    """A presentation of these slides."""
    parts: dict[str, str | bytes] = {"ppt/presentation.xml": "<p/>", "docProps/core.xml": CORE.format(title=title)}
    for number, slide in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = (
            f'<p:sld xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>'
        )
    return package(parts)


def slide_text(text: str, *, title: bool = False) -> str:
    """A shape with text."""
    place = '<p:nvPr><p:ph type="title"/></p:nvPr>' if title else "<p:nvPr/>"
    run = f'<a:r><a:rPr lang="en-GB"/><a:t>{text}</a:t></a:r>'
    return f"<p:sp><p:nvSpPr>{place}</p:nvSpPr><p:txBody><a:p>{run}</a:p></p:txBody></p:sp>"


def slide_picture(described: str = "") -> str:
    """A picture on a slide."""
    return f'<p:pic><p:nvPicPr><p:cNvPr id="2" name="Picture 2" descr="{described}"/></p:nvPicPr></p:pic>'


def slide_table(*, header: bool) -> str:
    """A table on a slide."""
    mark = ' firstRow="1"' if header else ""
    return f"<p:graphicFrame><a:tbl><a:tblPr{mark}/><a:tr/></a:tbl></p:graphicFrame>"
