"""Recordings: captions, transcripts and descriptions (1.2.1, 1.2.2, 1.2.3, 1.2.5).

Certain is only that captions are offered which do not load, or hold nothing, while the video sounds. Whether a
recording without tracks has captions in its picture, and whether a text says all of it, a person has to see and hear:
one question for each recording, which says what to look for. Captions that are not there at all are axe's question.

Live broadcasts are no recordings, and a silent loop behind a page is decoration. What the page clearly calls an
alternative for its text needs neither captions nor another text (1.2.1 to 1.2.3); 1.2.5 knows no such exception.
"""

from typing import Any

from accessibility.engine.checks.check import Judgement, OwnCheck
from accessibility.engine.checks.found import Raw, Tally, ask_frames, script_beside
from accessibility.engine.checks.rule import Profile, Reach, Rule
from accessibility.engine.crawl.fresh import Conditions
from accessibility.engine.crawl.live_page import LivePage
from accessibility.engine.finding import Impact, Outcome
from core.i18n import marked

CAPTIONS = Rule(
    "captions-empty",
    marked("Captions that a video offers must load, and last as long as it does"),
    ("1.2.2",),
    Impact.CRITICAL,
    Reach.PARTLY,
    "captions-prerecorded",
    act=("eac66b", "f51b46"),
)
ALTERNATIVE = Rule(
    "media-alternative",
    marked("Is there a text for a recording of sound alone or picture alone?"),
    ("1.2.1",),
    Impact.SERIOUS,
    Reach.ASKS,
    "audio-only-and-video-only-prerecorded",
    act=("e7aa44", "c3232f"),
)
DESCRIPTION = Rule(
    "video-description",
    marked("Is what a video shows also said, or written?"),
    ("1.2.3", "1.2.5"),
    Impact.SERIOUS,
    Reach.ASKS,
    "audio-description-or-media-alternative-prerecorded",
    act=("c5a4ea", "1ec09b"),
)
AUDIO_DESCRIPTION = Rule(
    "video-audio-description",
    marked("Does the sound of a video say what it shows?"),
    ("1.2.5",),
    Impact.SERIOUS,
    Reach.ASKS,
    "audio-description-prerecorded",
    act=("1ec09b",),
)
PLAYER = Rule(
    "player-captions",
    marked("Does a recording in a player have captions, and words for what it shows?"),
    ("1.2.2", "1.2.3", "1.2.5", "1.2.1"),
    Impact.SERIOUS,
    Reach.ASKS,
    "captions-prerecorded",
)
MOST = 4  # recordings of one frame
LOADED, FAILED_TO_LOAD = 2, 3  # states of a track
LONG = 60.0  # seconds: a shorter video may end in silence
SPOKEN = 0.5  # of a video's time: where captions end earlier, something may be missing
MUCH_TEXT = 80  # words near a recording that may be its whole text


class MediaCheck(OwnCheck):
    """Looks for recordings whose captions, descriptions or texts may be missing, and for captions that do not load."""

    name = "media"
    own_rules = (CAPTIONS, ALTERNATIVE, DESCRIPTION, AUDIO_DESCRIPTION, PLAYER)
    profile = Profile.DEEP
    conditions = Conditions(once=True)
    seconds = 20.0

    async def applies(self, page: LivePage) -> bool:
        """Where there is a recording."""
        answers = await ask_frames(page, lambda frame: frame.world.call(script_beside(__file__), {"only": True}))
        return any(frame["answer"] for frame in answers["frames"])

    async def probe(self, page: LivePage) -> Any:
        """Per frame `{media, players, inPlayer}`, each recording with `at` and what the script found out of it."""
        given = {"most": MOST}
        return await ask_frames(page, lambda frame: frame.world.call(script_beside(__file__), given))

    def judge(self, probed: Raw, state: str) -> Judgement:
        """One finding of a criterion at most for each recording; what is within a player is asked at the player."""
        tally = Tally(self.name, state)
        for frame in probed["frames"]:
            answer = frame["answer"]
            for player in answer["players"]:
                question = (
                    f"Does the recording in this player ({player['host']}) have captions for all that is said, and is"
                    " what it shows also said or written?"
                )
                tally.at(PLAYER, Outcome.NEEDS_REVIEW, question, frame, player["at"])
            for recording in [] if answer["inPlayer"] else _recordings(answer["media"]):
                _judge(tally, frame, recording)
        return tally.judgement(probed["missed"])


def _recordings(media: list[Raw]) -> list[Raw]:
    """What is asked about: no broadcasts, and no sound that stands beside a silent video to tell what it shows."""
    telling = any(one["kind"] == "video" and one["sound"] == "no" and one["audios"] for one in media)
    return [one for one in media if not one["live"] and not (telling and one["kind"] == "audio")]


def _judge(tally: Tally, frame: Raw, recording: Raw) -> None:
    if recording["kind"] == "audio":
        if recording["sound"] == "no":
            return
        _alone(tally, frame, recording, "sound", "all that is said")
    elif recording["sound"] == "no":
        _alone(tally, frame, recording, "picture", "all that the video shows")
    elif recording["sound"] == "yes":
        _captions(tally, frame, recording)
        _description(tally, frame, recording)


def _alone(tally: Tally, frame: Raw, recording: Raw, what: str, told: str) -> None:
    """A recording of sound alone or picture alone."""
    if recording["transcript"] or recording["alternative"]:
        tally.passed(ALTERNATIVE)
        return
    if recording["kind"] == "video" and recording["audios"]:
        question = f"This is a recording of {what} alone. Does the sound recording beside it tell {told}?"
    else:
        question = f"This is a recording of {what} alone. Is there a text on the page, or linked, that says {told}?"
    tally.at(ALTERNATIVE, Outcome.NEEDS_REVIEW, question, frame, recording["at"])


def _captions(tally: Tally, frame: Raw, recording: Raw) -> None:
    """Captions that are offered. Text that may be the video's own whole text makes a failure a question."""
    offered = [track for track in recording["tracks"] if track["kind"] in ("captions", "subtitles")]
    if not offered:
        return
    usable = [track for track in offered if track["cues"]]
    if usable:
        last = max(track["last"] for track in usable)
        if recording["duration"] > LONG and last < recording["duration"] * SPOKEN:
            question = (
                f"The captions end after {last:.0f} of {recording['duration']:.0f} seconds. Is nothing said later?"
            )
            tally.at(CAPTIONS, Outcome.NEEDS_REVIEW, question, frame, recording["at"])
        else:
            tally.passed(CAPTIONS)
        return
    if any(track["state"] not in (LOADED, FAILED_TO_LOAD) for track in offered):
        return  # they have not come yet
    track = offered[0]
    problem = "do not load" if track["state"] == FAILED_TO_LOAD else "hold no text"
    if recording["alternative"]:
        question = f"The captions of this video {problem}. Does the text that it is an alternative for say all of it?"
        tally.at(CAPTIONS, Outcome.NEEDS_REVIEW, question, frame, recording["at"])
        return
    if recording["transcript"] or recording["words"] >= MUCH_TEXT:
        question = f"The captions of this video {problem}. Is the text near it marked as what the video only repeats?"
        tally.at(CAPTIONS, Outcome.NEEDS_REVIEW, question, frame, recording["at"])
        return
    named = f" “{track['label']}”" if track["label"] else ""
    steps = (
        "Play the video: it has sound.",
        f"Switch on its captions{named}: none appear.",
        f"Open the file of the captions ({track['source'] or 'no address is given'}): they {problem}.",
    )
    tally.at(
        CAPTIONS, Outcome.FAILED, f"The captions{named} of this video {problem}.", frame, recording["at"], steps=steps
    )


def _description(tally: Tally, frame: Raw, recording: Raw) -> None:
    """What is only seen in a video that sounds."""
    if recording["described"] or any(
        track["kind"] == "descriptions" and track["cues"] for track in recording["tracks"]
    ):
        tally.passed(DESCRIPTION)
        return
    if recording["transcript"] or recording["alternative"]:
        question = "Does the sound of this video tell all that matters in its picture, or is there a described version?"
        tally.at(AUDIO_DESCRIPTION, Outcome.NEEDS_REVIEW, question, frame, recording["at"])
        return
    question = (
        "Does the sound of this video tell all that matters in its picture, or does a described version or a text?"
    )
    tally.at(DESCRIPTION, Outcome.NEEDS_REVIEW, question, frame, recording["at"])
