"""Every page of the works, their money, running costs and energy, with the addresses that show its states."""

from tests.browser import addresses_money as money

PICTURES: set[str] = set(money.PICTURES)
FILES: set[str] = set(money.FILES)
ADDRESSES: dict[str, list[str]] = {
    "/works": ["/works"],
    **money.ADDRESSES,
}
