"""What the content of one PDF page holds: texts and the tags they are in, and its largest picture."""

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Page

MOST_OPERATORS = 200_000
MOST_FORMS = 50  # contents that a page's content draws
DEEPEST = 4
SHOW_TEXT = {"Tj", "TJ", "'", '"'}
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]


@dataclass
class PageContent:
    """`texts` counts operators that show text, `untagged_texts` those that stand in no tag and in no artifact.

    `order` holds the numbers of marked content as they are written; `largest_picture` is a share of the page.
    """

    page: Any
    texts: int = 0
    untagged_texts: int = 0
    words: int = 0
    order: list[int] = field(default_factory=list)
    largest_picture: float = 0.0


@dataclass
class _State:
    content: PageContent
    area: float
    operators: int = 0
    forms: int = 0


def content_of(page: Page) -> PageContent:
    """What one page holds. What cannot be read of it counts as not there."""
    content = PageContent(page.obj)
    try:
        box = [float(number) for number in page.mediabox]
        area = abs((box[2] - box[0]) * (box[3] - box[1])) or 1.0
        _walk(page, page.obj.get(Name.Resources), _State(content, area), IDENTITY, depth=0, marked=False)
    except (pikepdf.PdfError, ValueError, TypeError, IndexError):
        pass  # a page that is damaged shows nothing; the others are still worth a look
    return content


def _walk(stream: Any, resources: Any, state: _State, start: Matrix, *, depth: int, marked: bool) -> None:
    matrices, tags = [start], [marked]
    instructions: Any = pikepdf.parse_content_stream(stream)
    for operands, operator in instructions:
        state.operators += 1
        if state.operators > MOST_OPERATORS:
            return
        name = str(operator)
        if name == "q":
            matrices.append(matrices[-1])
        elif name == "Q" and len(matrices) > 1:
            matrices.pop()
        elif name == "cm":
            matrices[-1] = _times(tuple(float(one) for one in operands), matrices[-1])  # type: ignore[arg-type]
        elif name in ("BDC", "BMC"):
            tags.append(tags[-1] or _is_tag(operands, resources, state.content))
        elif name == "EMC" and len(tags) > 1:
            tags.pop()
        elif name in SHOW_TEXT:
            _text(operands, state.content, tagged=tags[-1])
        elif name == "Do" and operands:
            _draw(operands[0], resources, state, matrices[-1], depth=depth, marked=tags[-1])
        elif name == "INLINE IMAGE":
            _picture(state, matrices[-1])


def _is_tag(operands: Any, resources: Any, content: PageContent) -> bool:
    """Whether marked content is in the structure, or an artifact, which is rightly in none."""
    if operands and operands[0] == Name.Artifact:
        return True
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Name) and isinstance(resources, Dictionary):
        named = resources.get(Name.Properties)
        properties = named.get(str(properties)) if isinstance(named, Dictionary) else None
    if isinstance(properties, Dictionary) and Name.MCID in properties:
        content.order.append(int(properties[Name.MCID]))
        return True
    return False


def _text(operands: Any, content: PageContent, *, tagged: bool) -> None:
    parts = operands[-1] if operands else None
    pieces = parts if isinstance(parts, pikepdf.Array) else [parts]
    length = sum(len(bytes(piece)) for piece in pieces if isinstance(piece, pikepdf.String))
    if not length:
        return
    content.texts += 1
    content.words += max(1, length // 6)
    if not tagged:
        content.untagged_texts += 1


def _draw(name: Any, resources: Any, state: _State, matrix: Matrix, *, depth: int, marked: bool) -> None:
    drawn = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
    what = drawn.get(str(name)) if isinstance(drawn, Dictionary) else None
    if not isinstance(what, pikepdf.Stream):
        return
    if what.get(Name.Subtype) == Name.Image:
        _picture(state, matrix)
    elif what.get(Name.Subtype) == Name.Form and depth < DEEPEST and state.forms < MOST_FORMS:
        state.forms += 1
        own = tuple(float(one) for one in what.get(Name.Matrix, IDENTITY))
        inner = what.get(Name.Resources, resources)
        in_tag = marked or Name.StructParent in what
        _walk(what, inner, state, _times(own, matrix), depth=depth + 1, marked=in_tag)  # type: ignore[arg-type]


def _picture(state: _State, matrix: Matrix) -> None:
    """Pictures are drawn into the unit square."""
    a, b, c, d, _, _ = matrix
    share = min(1.0, abs(a * d - b * c) / state.area)
    state.content.largest_picture = max(state.content.largest_picture, share)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
