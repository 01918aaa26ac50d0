"""The weeks ahead of one segment, or of all together: forecast, interval, and the back-test behind them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from campus.forecast.backtest import BackTest, SpanTest, back_test, span_test
from campus.forecast.methods import HORIZON, LAST_YEAR, METHODS, NAIVE, Numbers, ahead
from campus.forecast.views import WeeklyBooks
from campus.forecast.year_end import HIGH, LOW, side_by_side, widening

BOOKED = "booked"  # where no method knows anything: what stands in the books
BY_SEGMENT = "best by segment"  # of all together: the sum of the segments, each by its best method


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """Room-nights of `HORIZON` weeks, the next one first; NaN where nothing is known.

    `low` and `high` enclose four of five past outcomes of like forecasts. `paths` are the past errors of the methods
    that are used, `said` what these had forecast, `naive` the errors of the naive one, origins × weeks ahead.
    """

    nights: Numbers
    low: Numbers
    high: Numbers
    sold: Numbers
    held: Numbers
    last_year: Numbers
    methods: Sequence[str]
    spans: Sequence[SpanTest]
    paths: Numbers
    said: Numbers
    naive: Numbers


def forecast_segment(books: WeeklyBooks) -> Weeks:
    """Each week by the method that was best at its lead.

    Where nothing could be tested, or the best one knows too little, by last year's week, then by the naive method.
    """
    view, tested = books.view(len(books.sold) - 1), back_test(books)
    said = {name: method(view) for name, method in METHODS.items()} | {BOOKED: np.nan_to_num(ahead(view.sold))}
    methods = [_method(said, tested, lead) for lead in range(HORIZON)]
    nights = np.asarray([said[name][lead] for lead, name in enumerate(methods)])
    low, high = interval(nights, tested.paths(), tested.forecasts(), tested.spans)
    return Weeks(
        nights=nights,
        low=low,
        high=high,
        sold=ahead(view.sold),
        held=ahead(view.held),
        last_year=said[LAST_YEAR],
        methods=methods,
        spans=tested.spans,
        paths=tested.paths(),
        said=tested.forecasts(),
        naive=tested.errors[NAIVE],
    )


def together(parts: Sequence[Weeks]) -> Weeks:
    """The sum of all segments. Its errors are sums too, evening by evening, so what goes together stays together."""
    paths, said, naive = (sum(getattr(one, name) for one in parts) for name in ("paths", "said", "naive"))
    errors = {NAIVE: naive, BY_SEGMENT: paths}
    spans = [_whole_span(span, errors) for span in parts[0].spans]
    names = ("nights", "sold", "held", "last_year")
    nights, sold, held, last_year = (sum(getattr(one, name) for one in parts) for name in names)
    low, high = interval(nights, paths, said, spans)
    return Weeks(nights, low, high, sold, held, last_year, [BY_SEGMENT] * HORIZON, spans, paths, said, naive)


def _whole_span(span: SpanTest, errors: Mapping[str, Numbers]) -> SpanTest:
    return span_test(span.first, span.until, errors, dict.fromkeys(errors, np.ones(HORIZON, np.bool_)))


def _method(said: Mapping[str, Numbers], tested: BackTest, lead: int) -> str:
    test = tested.span(lead)
    order = (test.best if test else LAST_YEAR, LAST_YEAR, NAIVE)
    return next((name for name in order if not np.isnan(said[name][lead])), BOOKED)


def interval(nights: Numbers, paths: Numbers, said: Numbers, spans: Sequence[SpanTest]) -> tuple[Numbers, Numbers]:
    """Four of five outcomes, by the errors at all leads of a week's span.

    Weeks with more room-nights vary more: as with groups that come by chance, errors grow with the root of what is
    expected, so a busy week has a wider interval than a quiet one. As past forecasts share most of their weeks, only as
    many count as fit side by side.
    """
    low, high = np.full(HORIZON, np.nan), np.full(HORIZON, np.nan)
    scaled, root = paths / np.sqrt(np.maximum(said, 1.0)), np.sqrt(np.maximum(nights, 1.0))
    for span in spans:
        leads = slice(span.first, span.until)
        errors = scaled[:, leads]
        errors = errors[~np.isnan(errors)]
        if span.scores and len(errors):
            wider = widening(side_by_side(span.origins, span.until - span.first))
            below, above = np.quantile(errors, [LOW, HIGH]) * wider
            low[leads] = np.maximum(0.0, nights[leads] + min(below, 0.0) * root[leads])
            high[leads] = nights[leads] + max(above, 0.0) * root[leads]
    return low, high
