"""Forms: errors, labels, purposes, names, status messages."""

from accessibility.engine.checks.check import PageCheck
from accessibility.engine.checks.forms.error_message import ErrorMessageCheck
from accessibility.engine.checks.forms.field_labels import FieldLabelsCheck
from accessibility.engine.checks.forms.field_purpose import FieldPurposeCheck
from accessibility.engine.checks.forms.label_in_name import LabelInNameCheck
from accessibility.engine.checks.forms.label_text import LabelTextCheck
from accessibility.engine.checks.forms.status_messages import StatusMessagesCheck
from accessibility.engine.checks.forms.wrong_submission import WrongSubmissionCheck

CHECKS: tuple[PageCheck, ...] = (
    LabelInNameCheck(),
    LabelTextCheck(),
    FieldLabelsCheck(),
    FieldPurposeCheck(),
    ErrorMessageCheck(),
    WrongSubmissionCheck(),
    StatusMessagesCheck(),
)
