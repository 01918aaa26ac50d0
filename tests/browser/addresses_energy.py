"""Pages of the energy: meters with their readings, baselines and savings, prices and degree-days, in all states."""

from core.i18n import today

ENERGY = "/works/energy"
THIS_MONTH = today().replace(day=1)

PICTURES: set[str] = {f"{ENERGY}/{{slug}}/use.svg", f"{ENERGY}/{{slug}}/savings.svg"}
FILES: set[str] = {
    f"{ENERGY}/meters.csv",
    f"{ENERGY}/{{slug}}/months.csv",
    f"{ENERGY}/{{slug}}/savings.csv",
}
ADDRESSES: dict[str, list[str]] = {
    ENERGY: [ENERGY, f"{ENERGY}?kind=electricity&pavilion=0&sort=-name"],
    f"{ENERGY}/prices": [f"{ENERGY}/prices"],
    f"{ENERGY}/degree-days": [f"{ENERGY}/degree-days"],
    f"{ENERGY}/new": [f"{ENERGY}/new"],
    f"{ENERGY}/{{slug}}": [f"{ENERGY}/sample-{name}" for name in ("north-heat", "south-electricity", "gas", "water")],
    f"{ENERGY}/{{slug}}/edit": [f"{ENERGY}/sample-north-heat/edit"],
    f"{ENERGY}/{{slug}}/baseline": [
        f"{ENERGY}/sample-north-heat/baseline?station=Sample+station&first={THIS_MONTH.year - 3}-01"
        f"&last={THIS_MONTH.year - 2}-06&nights=no",
        f"{ENERGY}/sample-south-electricity/baseline",
    ],
    f"{ENERGY}/{{slug}}/savings": [f"{ENERGY}/sample-{name}/savings" for name in ("north-heat", "south-heat", "water")]
    + [f"{ENERGY}/sample-north-heat/savings?as_of={today()}"],
    f"{ENERGY}/{{slug}}/readings/{{day}}": [f"{ENERGY}/sample-north-heat/readings/{THIS_MONTH}"],
    f"{ENERGY}/{{slug}}/readings/{{day}}/withdraw": [f"{ENERGY}/sample-north-heat/readings/{THIS_MONTH}/withdraw"],
}
