"""The language of a text, and "not identified" rather than a wrong one."""

from campus.feedback.comments.languages import identified

KNOWN = {
    "The room was very noisy at night": "en",
    "La chambre était très bruyante": "fr",
    "La habitación era muy ruidosa por la noche": "es",
    "La camera era molto rumorosa di notte": "it",
    "الغرفة صغيرة جدا": "ar",
}
DOUBTFUL = (
    "Das Zimmer war sehr laut in der Nacht",
    "Pokój był bardzo głośny",
    "O quarto era muito barulhento à noite",
    "Комната была шумной",
    "ok",
    "👍👍👍",
    "12345",
    "",
    "Wifi lento",
)


def test_the_five_languages_are_identified_and_what_is_doubtful_is_not() -> None:
    assert dict(zip(KNOWN, identified(list(KNOWN)), strict=True)) == KNOWN
    assert dict(zip(DOUBTFUL, identified(DOUBTFUL), strict=True)) == dict.fromkeys(DOUBTFUL, "")
