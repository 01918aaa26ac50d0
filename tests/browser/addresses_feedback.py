"""Every page of the guests' feedback and of improvement actions, with the addresses that show its states."""

from campus.feedback.quarters import quarter_of, week_of
from core.guest_texts import LANGUAGES
from core.i18n import today
from tests.campus import sample_answering
from tests.campus.sample_comments import HOSTILE, PLAIN, RIGHT_TO_LEFT

LAST = quarter_of(week_of(today())).plus(-1)
FIRST, REWORDED, OPEN = LAST.plus(-5), LAST.plus(-2), LAST.plus(-6)
POINT, ENDED_POINT = f"/survey/{sample_answering.OPEN}", f"/survey/{sample_answering.ENDED}"
INVITED = f"/invited/{sample_answering.CODE}"
SURVEYS = [*(f"{POINT}?lang={one}" for one in LANGUAGES), f"{ENDED_POINT}?lang=ar"]

PUBLIC: set[str] = {
    *SURVEYS,
    INVITED,
    *(f"/ask?lang={language}" for language in LANGUAGES),
    *("/ask?from=samplenorthpoint&lang=fr", "/ask/sent?lang=en", "/ask/sent?lang=ar"),
}
PICTURES: set[str] = {
    "/feedback/areas.svg",
    "/feedback/scores.svg",
    "/feedback/areas/{area}/questions.svg",
    "/feedback/areas/{area}/options/{key}.svg",
    "/feedback/areas/{area}/over-time/{measure}.svg",
    "/feedback/areas/{area}/by/{dimension}.svg",
    "/feedback/groups/{dimension}/index.svg",
    "/feedback/comments/topics.svg",
    "/feedback/actions/{key}/chart.svg",
}
FILES: set[str] = {"/feedback/figures.csv", "/feedback/figures.xlsx"}
ADDRESSES: dict[str, list[str]] = {
    "/feedback/surveys": ["/feedback/surveys"],
    "/feedback/surveys/{import_id}/columns": ["/feedback/surveys/2/columns"],
    "/feedback/surveys/{import_id}/answers": ["/feedback/surveys/2/answers"],
    "/feedback/surveys/{import_id}/preview": ["/feedback/surveys/2/preview"],
    "/feedback/surveys/{import_id}/undo": ["/feedback/surveys/1/undo"],
    "/feedback/raw": ["/feedback/raw"],
    "/feedback/questionnaires": ["/feedback/questionnaires"],
    "/feedback/questionnaires/add": ["/feedback/questionnaires/add"],
    "/feedback/questionnaires/{slug}": [
        "/feedback/questionnaires/sample-feedback",
        "/feedback/questionnaires/sample-two-languages",
        "/feedback/questionnaires/sample-unopened",
        "/feedback/questionnaires/sample-empty",
    ],
    "/feedback/questionnaires/{slug}/name": ["/feedback/questionnaires/sample-feedback/name"],
    "/feedback/questionnaires/{slug}/versions/{number}/changes": [
        "/feedback/questionnaires/sample-feedback/versions/3/changes",
        "/feedback/questionnaires/sample-feedback/versions/2/changes",
        "/feedback/questionnaires/sample-feedback/versions/3/changes?from=1",
    ],
    "/feedback/questionnaires/{slug}/versions/{number}/preview/{language}": [
        "/feedback/questionnaires/sample-feedback/versions/2/preview/en",
        "/feedback/questionnaires/sample-feedback/versions/2/preview/ar",
        "/feedback/questionnaires/sample-feedback/versions/2/preview/fr",
        "/feedback/questionnaires/sample-feedback/versions/2/preview/es",
        "/feedback/questionnaires/sample-feedback/versions/2/preview/it",
        "/feedback/questionnaires/sample-empty/versions/1/preview/en",
        "/feedback/questionnaires/sample-feedback/versions/3/preview/it",
    ],
    "/feedback/questionnaires/{slug}/publish": [
        "/feedback/questionnaires/sample-feedback/publish",
        "/feedback/questionnaires/sample-two-languages/publish",
    ],
    "/feedback/questionnaires/{slug}/withdraw": ["/feedback/questionnaires/sample-unopened/withdraw"],
    "/feedback/questionnaires/{slug}/drop": ["/feedback/questionnaires/sample-feedback/drop"],
    "/feedback/questionnaires/{slug}/draft": [
        "/feedback/questionnaires/sample-feedback/draft",
        "/feedback/questionnaires/sample-two-languages/draft",
        "/feedback/questionnaires/sample-empty/draft",
    ],
    "/feedback/questionnaires/{slug}/draft/texts": ["/feedback/questionnaires/sample-feedback/draft/texts"],
    "/feedback/questionnaires/{slug}/draft/sections/add": [
        "/feedback/questionnaires/sample-feedback/draft/sections/add"
    ],
    "/feedback/questionnaires/{slug}/draft/sections/{key}": [
        "/feedback/questionnaires/sample-feedback/draft/sections/room"
    ],
    "/feedback/questionnaires/{slug}/draft/sections/{key}/remove": [
        "/feedback/questionnaires/sample-feedback/draft/sections/room/remove"
    ],
    "/feedback/questionnaires/{slug}/draft/questions/add": [
        "/feedback/questionnaires/sample-feedback/draft/questions/add?section=room"
    ],
    "/feedback/questionnaires/{slug}/draft/questions/{key}": [
        "/feedback/questionnaires/sample-feedback/draft/questions/overnight",
        "/feedback/questionnaires/sample-feedback/draft/questions/room_improve",
    ],
    "/feedback/questionnaires/{slug}/draft/questions/{key}/remove": [
        "/feedback/questionnaires/sample-feedback/draft/questions/overnight/remove"
    ],
    "/feedback/questionnaires/{slug}/draft/languages/{language}/remove": [
        "/feedback/questionnaires/sample-feedback/draft/languages/ar/remove"
    ],
    "/feedback": ["/feedback", f"/feedback?quarter={REWORDED}", f"/feedback?quarter={FIRST}"],
    "/feedback/areas/{area}": [
        "/feedback/areas/food",
        "/feedback/areas/campus",
        "/feedback/areas/overall",
        "/feedback/areas/room?group=pavilion:sample-south",
        "/feedback/areas/room?group=language:ar",
    ],
    "/feedback/groups/{dimension}": [
        "/feedback/groups/language",
        "/feedback/groups/pavilion",
        "/feedback/groups/event",
    ],
    "/feedback/groups/{dimension}/{thing}": ["/feedback/groups/pavilion/sample-south", "/feedback/groups/language/ar"],
    "/feedback/benchmarks": ["/feedback/benchmarks"],
    "/feedback/benchmarks/add": ["/feedback/benchmarks/add"],
    "/feedback/benchmarks/{benchmark_id}/edit": ["/feedback/benchmarks/1/edit"],
    "/feedback/benchmarks/{benchmark_id}/end": ["/feedback/benchmarks/1/end"],
    "/feedback/quarters": ["/feedback/quarters"],
    "/feedback/quarters/{quarter}/close": [f"/feedback/quarters/{OPEN}/close"],
    "/feedback/comments": [
        "/feedback/comments",
        "/feedback/comments?words=douche",
        "/feedback/comments?topic=noise&sentiment=negative",
        "/feedback/comments?words=nothing+fits",
    ],
    "/feedback/comments/methods": ["/feedback/comments/methods"],
    "/feedback/comments/topics": ["/feedback/comments/topics"],
    "/feedback/comments/topics/add": ["/feedback/comments/topics/add"],
    "/feedback/comments/topics/{slug}": ["/feedback/comments/topics/noise"],
    "/feedback/comments/topics/{slug}/drop": ["/feedback/comments/topics/noise/drop"],
    "/feedback/comments/{number}": [f"/feedback/comments/{one}" for one in (PLAIN, RIGHT_TO_LEFT, HOSTILE)],
    "/feedback/actions": [
        *("/feedback/actions", "/feedback/actions?stage=ended", "/feedback/actions?pavilion=sample-south"),
        *(
            "/feedback/actions?area=nothing",
            "/feedback/actions?as_of=2020-01-01",
        ),
    ],
    "/feedback/actions/add": ["/feedback/actions/add"],
    "/feedback/actions/{key}": [*(f"/feedback/actions/{key}" for key in (7, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11))],
    "/feedback/actions/{key}/edit": ["/feedback/actions/1/edit"],
    "/feedback/actions/{key}/steps/{step}": [
        *("/feedback/actions/7/steps/decide", "/feedback/actions/1/steps/start", "/feedback/actions/3/steps/done"),
        *("/feedback/actions/4/steps/without-verdict", "/feedback/actions/1/steps/abandon"),
        "/feedback/actions/7/steps/back",
    ],
    "/feedback/invitations": ["/feedback/invitations"],
    "/feedback/invitations/new": ["/feedback/invitations/new"],
    "/feedback/invitations/{number}": [f"/feedback/invitations/{number}" for number in range(1, 7)],
    "/feedback/invitations/{number}/edit": ["/feedback/invitations/1/edit"],
    "/feedback/invitations/{number}/clear": ["/feedback/invitations/2/clear"],
    "/feedback/invitations/{number}/stop": ["/feedback/invitations/2/stop"],
    "/feedback/cases": ["/feedback/cases", "/feedback/cases?group=all", "/feedback/cases?group=ended&assignee=me"],
    "/feedback/cases/{number}": [f"/feedback/cases/{number}" for number in range(1, 7)],
    "/feedback/cases/{number}/erase": ["/feedback/cases/1/erase"],
    "/ask": [*(f"/ask?lang={one}" for one in ("en", "fr", "es", "it", "ar")), "/ask?from=samplenorthpoint&lang=fr"],
    "/ask/sent": ["/ask/sent?lang=en", "/ask/sent?lang=ar"],
    "/feedback/points": ["/feedback/points", "/feedback/points?state=ended", "/feedback/points?state=nothing"],
    "/feedback/add-point": ["/feedback/add-point"],
    "/feedback/points/{point_id}/sheet": ["/feedback/points/1/sheet", "/feedback/points/2/sheet"],
    "/feedback/points/{point_id}/end": ["/feedback/points/1/end"],
    "/feedback/points/{point_id}/renew": ["/feedback/points/1/renew"],
    "/survey/{key}": SURVEYS,
    "/invited/{code}": [INVITED],
}
