"""Every page of the works, their money, running costs and energy, with the addresses that show its states."""

PICTURES: set[str] = set()
FILES: set[str] = set()
ADDRESSES: dict[str, list[str]] = {
    "/works": ["/works"],
}
