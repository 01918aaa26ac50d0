"""What guests' words tell of their mood, learnt for each language from their own ratings, and tested before it is used.

A pair is a comment and the rating that its guest gave. TF-IDF of words and of parts of words, and logistic regression
with balanced classes. The test is stratified cross-validation: every comment is judged by a model that never saw it.
Balanced accuracy is the mean of the shares found of each class (Brodersen et al. 2010, The balanced accuracy and its
posterior distribution); its bounds are the means of Wilson's bounds of both shares, which is wider than needed.

Nothing trained is stored: the job trains and applies in one go. A comment of the pairs is told by the model of the
fold that left it out, so that what is shown is never its own guest's rating learnt by heart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from campus.feedback.comments.rules import NEGATIVE, POSITIVE, UNCERTAIN
from campus.feedback.figures.intervals import share

FOLDS = 5
SURE = 0.7  # probability from which on a comment is told to be positive or negative
GOOD, BAD = 0.75, 0.5  # shares of a scale: 4 of 1 to 5 or 7.5 of 0 to 10 and more; 3 or 5 and less
FEWEST_OF_A_CLASS = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """A comment's text, and whether its guest rated well."""

    comment: str
    text: str
    good: bool


@dataclass(frozen=True, slots=True)
class Tested:
    """How a method did in the test; None where it could not be tested. `told`: sentiment by comment, if in use."""

    pairs: int
    accuracy: float | None = None
    low: float | None = None
    high: float | None = None
    in_use: bool = False
    told: Mapping[str, str] = field(default_factory=dict)


def is_good(rating: float) -> bool | None:
    """Of a rating as a share of its scale; None for one between good and bad."""
    return True if rating >= GOOD else False if rating <= BAD else None


def tested(pairs: Sequence[Pair], others: Mapping[str, str], *, fewest: int, floor: float) -> Tested:
    """Train and test on the pairs of one language and, if the test is passed, tell of these and of `others` (texts).

    It is passed where the lower bound of the balanced accuracy is above `floor`.
    """
    pairs = sorted(pairs, key=lambda one: one.comment)  # ids are random: the order of the folds is, too
    classes = [one.good for one in pairs]
    if len(pairs) < fewest or min(classes.count(True), classes.count(False)) < FEWEST_OF_A_CLASS:
        return Tested(len(pairs))
    held_out = _held_out(pairs, classes)
    accuracy, low, high = balanced_accuracy(classes, [probability >= 0.5 for probability in held_out])
    if low <= floor:
        return Tested(len(pairs), accuracy, low, high)
    told = {one.comment: _said(probability) for one, probability in zip(pairs, held_out, strict=True)}
    if others:
        model = _model().fit([one.text for one in pairs], classes)
        probabilities = model.predict_proba(list(others.values()))[:, 1]
        told |= {comment: _said(float(one)) for comment, one in zip(others, probabilities, strict=True)}
    return Tested(len(pairs), accuracy, low, high, in_use=True, told=told)


def balanced_accuracy(classes: Sequence[bool], predicted: Sequence[bool]) -> tuple[float, float, float]:
    """The mean of the shares found of each class, with the means of their lower and upper bounds."""
    shares = []
    for wanted in (True, False):
        of_class = [one is wanted for good, one in zip(classes, predicted, strict=True) if good is wanted]
        shares.append(share(sum(of_class), len(of_class)))
    value, low, high = (fmean(getattr(one, name) or 0.0 for one in shares) for name in ("value", "low", "high"))
    return value, low, high


def _held_out(pairs: Sequence[Pair], classes: Sequence[bool]) -> list[float]:
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # late: the job alone pays for it

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    texts = [one.text for one in pairs]
    found = cross_val_predict(_model(), texts, list(classes), cv=folds, method="predict_proba")
    return [float(one) for one in found[:, 1]]


def _model() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    whole = TfidfVectorizer(strip_accents="unicode", ngram_range=(1, 2), sublinear_tf=True)
    parts = TfidfVectorizer(strip_accents="unicode", analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True)
    return make_pipeline(make_union(whole, parts), LogisticRegression(C=4.0, class_weight="balanced", max_iter=500))


def _said(probability: float) -> str:
    if probability >= SURE:
        return POSITIVE
    return NEGATIVE if probability <= 1 - SURE else UNCERTAIN
