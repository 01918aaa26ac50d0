"""What moves by itself."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from accessibility.engine.checks.motion.movement import MovementCheck
from tests.accessibility.checks.fixtures import FAILED, REVIEW, Case, Found, look
from tests.accessibility.site import Answer

TEXT = "<p>Sample words that people read meanwhile, for as long as they like.</p>"
SLIDE = "<style>@keyframes slide{from{transform:none}to{transform:translateX(200px)}}.moves{animation:slide 2s infinite;width:90px;height:40px}</style>"  # noqa: E501
COUNT = "<script>setInterval(() => { t.textContent = Math.random(); }, 400)</script>"
BOX = "<div id=t style='width:90px;height:40px'>Sample</div>"
MOVES = "moves-without-stop"


def gif(frames: int, loop: int | None) -> str:
    """An address of an animated picture with half a second to a frame."""
    pictures = [Image.new("P", (60, 60), number) for number in range(frames)]
    for number, picture in enumerate(pictures):
        picture.putpalette([number * 40 % 256, 80, 200 - number] * 256)
        picture.putpixel((number, 0), number + 1)
    file = BytesIO()
    more = {} if loop is None else {"loop": loop}
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=500, **more)
    return "data:image/gif;base64," + base64.b64encode(file.getvalue()).decode()


def flashes(period: str, height: str) -> str:
    """A field that turns black and white."""
    frames = "@keyframes f{50%{background-color:#000}}"
    style = f"#t{{animation:f {period} steps(1) infinite;background-color:#fff;height:{height}}}"
    return f"<style>{frames}{style}</style>{TEXT}<div id=t>Sample</div>"


CASES = {
    "nothing moves": Case(TEXT + "<script>1</script>"),
    "an animation without end": Case(SLIDE + TEXT + "<div id=t class=moves>Go</div>", ((MOVES, FAILED, "#t"),)),
    "an animation of two seconds": Case(
        SLIDE.replace("infinite", "1") + TEXT + "<div id=t class=moves>Go</div><script>1</script>"
    ),
    "only colours change": Case(
        "<style>@keyframes hue{from{color:red}to{color:blue}}#t{animation:hue 2s infinite}</style>" + TEXT + BOX
    ),
    "exception: it shows that something loads": Case(
        SLIDE + TEXT + '<div id=t class="moves spinner" role=progressbar>…</div>'
    ),
    "nothing stands beside it": Case("<!doctype html><title>Sample</title>" + SLIDE + "<div id=t class=moves>Go</div>"),
    "rests for who asks for less motion": Case(
        SLIDE.replace(".moves{", "@media (prefers-reduced-motion: no-preference){.moves{").replace(
            "</style>", "}</style>"
        )
        + TEXT
        + "<style>.moves{width:90px;height:40px}</style><div id=t class=moves>Go</div>",
        ((MOVES, REVIEW, "#t"),),
    ),
    "a control pauses it": Case(
        SLIDE
        + TEXT
        + "<button onclick=\"t.style.animationPlayState='paused'\">Pause</button><div id=t class=moves>Go</div>"
    ),
    "a control that may or may not": Case(
        SLIDE + TEXT + "<button>Faster</button><div id=t class=moves>Go</div>", ((MOVES, REVIEW, "#t"),)
    ),
    "text that a script changes": Case(TEXT + BOX + COUNT, ((MOVES, FAILED, "#t"),)),
    "exceptions to be judged: an exercise to follow, and a clock": Case(
        SLIDE
        + TEXT
        + "<figure><div id=e class=moves>Go</div><figcaption>Breathe in while it moves.</figcaption></figure>"
        + BOX
        + "<script>setInterval(() => { t.textContent = '12:0' + Math.random(); }, 400)</script>",
        ((MOVES, REVIEW, "#e"), (MOVES, REVIEW, "#t")),
    ),
    "text that changes once": Case(TEXT + BOX + "<script>setTimeout(() => { t.textContent = 'New'; }, 600)</script>"),
    "a picture that moves without end": Case(
        f"{TEXT}<img id=t alt=Sample src='{gif(4, 0)}'>", ((MOVES, FAILED, "#t"),)
    ),
    "a picture that moves for two seconds": Case(f"{TEXT}<img id=t alt=Sample src='{gif(4, None)}'>"),
    "text that scrolls": Case(TEXT + "<marquee id=t>Sample news</marquee>", ((MOVES, FAILED, "#t"),)),
    "a sample of a second opened by the visitor": Case(
        SLIDE + TEXT + "<button aria-expanded=false onclick=\"t.className='moves'\">Open</button>" + BOX
    ),
    "a drawing that perhaps moves": Case(
        TEXT + "<canvas id=t width=99 height=60></canvas><script>let n = 0; const c = t.getContext('2d');"
        "setInterval(() => { c.fillRect(n++ % 99, n % 60, 9, 9); c.clearRect(0, 0, n % 50, 9) }, 200)</script>",
        ((MOVES, REVIEW, "#t"),),
    ),
    "an opacity that nobody sees": Case(
        "<style>@keyframes hack{from{opacity:.99}to{opacity:1}}#t{animation:hack 1s infinite}</style>" + TEXT + BOX
    ),
    "flashes": Case(
        flashes(".2s", "300px"),
        (("flashes-too-often", FAILED, "html"),),
    ),
    "flashes three times, as often as is allowed": Case(
        flashes(".34s", "300px"),
        (("flashes-too-often", REVIEW, "html"),),
    ),
    "exceptions: a small place, and a fine pattern, flash": Case(
        flashes(".2s", "20px")
        + "<style>@keyframes g{50%{filter:invert(1)}}#p{animation:g .2s steps(1) infinite;height:300px;background:"
        "repeating-conic-gradient(#000 0 25%,#fff 0 50%) 0/6px 6px}</style><div id=p></div>",
    ),
    "three flashes in two seconds": Case(
        flashes(".7s", "300px"),
    ),
}


@pytest.fixture(scope="module")
def found() -> Found:
    return look(MovementCheck(), CASES, {"/empty": Answer("")})


@pytest.mark.parametrize("name", CASES)
def test_movement_is_noticed(found: Found, name: str) -> None:
    assert found.expected(name) == CASES[name].expected


@pytest.mark.parametrize("name", ["an animation without end", "text that a script changes", "text that scrolls"])
def test_a_failure_shows_two_moments_beside_each_other(found: Found, name: str) -> None:
    (finding,) = found.findings(name)
    picture = Image.open(BytesIO(found.audited.worklist.crops[finding.component])).convert("RGB")
    half = (picture.width - 8) // 2
    one, other = (picture.crop((x, 0, x + half, picture.height)) for x in (0, picture.width - half))
    assert half > 60
    assert one.tobytes() != other.tobytes()


def test_the_question_for_flashes_says_what_to_count(found: Found) -> None:
    (finding,) = found.findings("flashes three times, as often as is allowed")
    assert finding.message.endswith("Does it flash more than three times within any one second?")
    assert finding.component in found.audited.worklist.crops


def test_flashing_brings_a_picture_of_both_states(found: Found) -> None:
    (finding,) = found.findings("flashes")
    assert found.audited.worklist.crops[finding.component].startswith(b"\x89PNG")
