"""Sentiment is told only by a method that passed its test, and never by the comment's own rating."""

from random import Random

import pytest

from campus.feedback.comments import sentiment
from campus.feedback.comments.rules import NEGATIVE, POSITIVE, SENTIMENTS, UNCERTAIN
from campus.feedback.comments.sentiment import Pair, balanced_accuracy, is_good

GOOD = ("lovely", "great", "excellent", "friendly", "perfect", "comfortable")
BAD = ("dirty", "noisy", "broken", "rude", "awful", "cold")
PLAIN = ("room", "food", "staff", "bed", "wifi", "stay", "week", "the", "was", "very")


def pairs(n: int, *, honest: bool) -> list[Pair]:
    chance, made = Random(3), []
    for number in range(n):
        good = number % 3 > 0
        mood = chance.sample(GOOD if good else BAD, 2) if honest else chance.sample(GOOD + BAD, 2)
        made.append(Pair(f"{number:04}", " ".join([*chance.sample(PLAIN, 4), *mood]), good))
    return made


def test_words_that_tell_of_ratings_are_learnt_and_told_with_their_accuracy() -> None:
    found = sentiment.tested(pairs(240, honest=True), {"new": "awful dirty room", "odd": "zzz"}, fewest=200, floor=0.7)
    assert found.in_use
    assert found.low is not None
    assert found.low > 0.9
    assert (found.told["new"], found.told["0001"]) == (NEGATIVE, POSITIVE)
    assert set(found.told.values()) <= set(SENTIMENTS)


def test_a_comment_of_the_pairs_is_not_told_by_its_own_rating() -> None:
    odd = Pair("9999", "awful dirty broken rude noisy cold", True)
    assert sentiment.tested([*pairs(240, honest=True), odd], {}, fewest=200, floor=0.7).told["9999"] == NEGATIVE


def test_words_that_tell_nothing_pass_no_test() -> None:
    found = sentiment.tested(pairs(240, honest=False), {"new": "great"}, fewest=200, floor=0.7)
    assert (found.in_use, dict(found.told)) == (False, {})
    assert found.accuracy is not None
    assert found.accuracy < 0.65


@pytest.mark.parametrize("some", [pairs(199, honest=True), [one for one in pairs(900, honest=True) if one.good]])
def test_too_few_pairs_or_of_one_class_alone_are_not_tested(some: list[Pair]) -> None:
    found = sentiment.tested(some, {"new": "great"}, fewest=200, floor=0.7)
    assert (found.pairs, found.accuracy, found.in_use) == (len(some), None, False)


def test_balanced_accuracy_is_the_mean_of_the_shares_found_of_each_class() -> None:
    value, low, high = balanced_accuracy([True] * 90 + [False] * 10, [True] * 100)
    assert value == 0.5
    assert low < 0.5 < high


def test_ratings_between_good_and_bad_are_of_no_class() -> None:
    assert [is_good(one) for one in (0.75, 0.6, 0.5)] == [True, None, False]
    assert UNCERTAIN in SENTIMENTS
