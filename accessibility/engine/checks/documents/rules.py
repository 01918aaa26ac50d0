"""What can be wrong with a document. The W3C's techniques PDF1 to PDF23 say how each is met in a PDF."""

from accessibility.engine.checks.rule import Reach, Rule
from accessibility.engine.finding import Impact
from core.i18n import marked

SCANNED = Rule(
    "document-scanned",
    marked("Pages of a document must hold text, not only a picture of it"),
    ("1.1.1", "1.4.5"),
    Impact.CRITICAL,
    Reach.PARTLY,
    "non-text-content",
)
UNTAGGED = Rule(
    "document-untagged",
    marked("A document must say what its headings, lists, tables and pictures are"),
    ("1.3.1", "1.3.2"),
    Impact.SERIOUS,
    Reach.PARTLY,
    "info-and-relationships",
)
TITLE = Rule(
    "document-title",
    marked("A document must have a title"),
    ("2.4.2",),
    Impact.MODERATE,
    Reach.PARTLY,
    "page-titled",
)
TITLE_NOT_SHOWN = Rule(
    "document-title-not-shown",
    marked("A PDF must show its title, not the name of its file"),
    ("2.4.2",),
    Impact.MINOR,
    Reach.PARTLY,
    "page-titled",
)
LANGUAGE = Rule(
    "document-language",
    marked("A document must name its language"),
    ("3.1.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "language-of-page",
)
FIGURES = Rule(
    "document-alternative-texts",
    marked("Pictures in a document must have a text, or be marked as decoration"),
    ("1.1.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "non-text-content",
)
TABLES = Rule(
    "document-table-headers",
    marked("Tables in a document must name their headers"),
    ("1.3.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "info-and-relationships",
)
HEADINGS = Rule(
    "document-headings",
    marked("Are the headings of a long document marked as such?"),
    ("1.3.1", "2.4.6"),
    Impact.MODERATE,
    Reach.ASKS,
    "info-and-relationships",
)
FIELDS = Rule(
    "document-field-names",
    marked("Form fields in a document must have a name"),
    ("4.1.2", "3.3.2"),
    Impact.CRITICAL,
    Reach.PARTLY,
    "name-role-value",
)
OUTSIDE_TAGS = Rule(
    "document-content-outside-tags",
    marked("All text of a tagged PDF must be in its tags"),
    ("1.3.1",),
    Impact.SERIOUS,
    Reach.PARTLY,
    "info-and-relationships",
)
ORDER = Rule(
    "document-reading-order",
    marked("Is a document read in the order in which it is meant?"),
    ("1.3.2",),
    Impact.SERIOUS,
    Reach.ASKS,
    "meaningful-sequence",
)
LINKS = Rule(
    "document-links-outside-tags",
    marked("Are all links of a PDF in its tags?"),
    ("1.3.1", "2.1.1"),
    Impact.MODERATE,
    Reach.ASKS,
    "info-and-relationships",
)
BOOKMARKS = Rule(
    "document-bookmarks",
    marked("Can people find their way in a long PDF?"),
    ("2.4.5",),
    Impact.MINOR,
    Reach.ASKS,
    "multiple-ways",
)
SLIDE_TITLES = Rule(
    "document-slide-titles",
    marked("Does every slide have a title that tells it from the others?"),
    ("1.3.1", "2.4.6"),
    Impact.MODERATE,
    Reach.ASKS,
    "headings-and-labels",
)
ALL = (
    SCANNED,
    UNTAGGED,
    TITLE,
    TITLE_NOT_SHOWN,
    LANGUAGE,
    FIGURES,
    TABLES,
    HEADINGS,
    FIELDS,
    OUTSIDE_TAGS,
    ORDER,
    LINKS,
    BOOKMARKS,
    SLIDE_TITLES,
)
