"""What a page says: its language, links, headings, images, tables, media and frames."""

from accessibility.engine.checks.check import PageCheck
from accessibility.engine.checks.content.headings import HeadingsCheck
from accessibility.engine.checks.content.image_names import ImageNamesCheck
from accessibility.engine.checks.content.image_text import ImageTextCheck
from accessibility.engine.checks.content.language import LanguageCheck
from accessibility.engine.checks.content.link_purpose import LinkPurposeCheck
from accessibility.engine.checks.content.media import MediaCheck
from accessibility.engine.checks.content.same_frame_name import SameFrameNameCheck
from accessibility.engine.checks.content.sensory import SensoryCheck
from accessibility.engine.checks.content.table_headers import TableHeadersCheck

CHECKS: tuple[PageCheck, ...] = (
    SameFrameNameCheck(),
    HeadingsCheck(),
    LanguageCheck(),
    LinkPurposeCheck(),
    SensoryCheck(),
    ImageNamesCheck(),
    TableHeadersCheck(),
    ImageTextCheck(),
    MediaCheck(),
)
