"""Ready settings for a kind of platform: addresses never visited, and requests that only read."""

from dataclasses import dataclass

from accessibility.engine.platform import HarmlessRequest, PlatformSettings


@dataclass(frozen=True, slots=True)
class Preset:
    """What a preset adds to the settings: regular expressions like `exclude`, and requests like `harmless`."""

    exclude: tuple[str, ...] = ()
    harmless: tuple[HarmlessRequest, ...] = ()


# Moodle changes much by GET; what carries a sesskey or an edit parameter is refused for every platform already.
_MOODLE_EXCLUDE = (
    r"/login/logout\.php",
    r"/admin/(?:cron|index|upgrade\w*)\.php",  # runs tasks, installs
    r"/course/(?:switchrole|mod|modedit|edit|editsection|togglecompletion|reset|delete)\.php",
    r"/course/(?:management|changenumsections|jumpto|dndupload|loginas)\.php",
    r"/(?:my|user)/[^?]*\?(?:.*&)?(?:edit|reset)",
    r"[?&](?:blockaction|bui_\w+|hidesection|showsection|marker|notifyeditingon|theme)=",
    r"/theme/switchdevice\.php",
    r"/calendar/(?:event|set|delete|export_execute|managesubscriptions)\.php",
    r"/calendar/view\.php\?(?:.*&)?view=day(?:&|$)",  # a page for every day: the month shows the same
    r"/user/(?:edit|editadvanced|emailupdate|loginas|action_redir)\.php",  # opening these makes draft files
    r"/message/(?:index\.php\?|output/popup/mark_notification_read\.php)",  # opening a message marks it as read
    r"/notes/(?:edit|delete)\.php",
    r"/mod/[^/]+/(?:mod|edit|delete|add|deleteentry|approve|lock|startattempt|processattempt|launch|player)\w*\.php",
    r"/mod/quiz/(?:attempt|summary)\.php",  # a running attempt is counted against its time
    r"/mod/scorm/(?:loadSCO|datamodel)\.php",
    r"/mod/lesson/continue\.php",
    r"/mod/forum/(?:post|subscribe|markposts|maildigest|settracking|unsubscribeall)\.php",
    r"/mod/wiki/(?:create|restoreversion|overridelocks|instancecomments|admin)\.php",
    r"/mod/bigbluebuttonbn/(?:bbb_view|bbb_ajax|guest)\.php",  # joins the meeting
    r"/mod/assign/view\.php\?(?:.*&)?action=(?:editsubmission|removesubmission|submit|grade|grader|lock|unlock)",
    r"/enrol/(?:[^/]+/)?(?:unenrolself|unenroluser|editenrolment|manage|renameroles)\.php",
    r"/(?:rating|comment|backup|repository|webservice|lib/ajax|rss|badges/action|tag/user|grade/export)(?:/|\.php)",
    r"/blocks/[^/]+/(?:edit|delete|action|manage)\w*\.php",
)

# Functions that Moodle's own service descriptions declare as "read" and that pages call while they load. Left out:
# core_get_fragment (runs any plugin's callback, some of which write), core_session_touch (prolongs the session) and
# everything that marks, sets, updates or completes. core_fetch_notifications hands our own session its messages once,
# as showing the page does. The start of a tour writes one line to the log, as every page view does; without it the
# tour that hides the page from visitors would not be seen.
_MOODLE_READS = (
    "block_recentlyaccesseditems_get_recent_items",
    "block_starredcourses_get_starred_courses",
    "core_calendar_get_action_events_by_course",
    "core_calendar_get_action_events_by_courses",
    "core_calendar_get_action_events_by_timesort",
    "core_calendar_get_calendar_day_view",
    "core_calendar_get_calendar_event_by_id",
    "core_calendar_get_calendar_monthly_view",
    "core_calendar_get_calendar_upcoming_view",
    "core_course_get_enrolled_courses_by_timeline_classification",
    "core_course_get_enrolled_courses_with_action_events_by_timeline_classification",
    "core_course_get_recent_courses",
    "core_courseformat_get_state",
    "core_fetch_notifications",
    "core_get_string",
    "core_get_strings",
    "core_message_get_conversation_counts",
    "core_message_get_conversations",
    "core_message_get_unread_conversation_counts",
    "core_message_get_unread_conversations_count",
    "core_output_load_fontawesome_icon_map",
    "core_output_load_fontawesome_icon_system_map",
    "core_output_load_template",
    "core_output_load_template_with_dependencies",
    "core_session_time_remaining",
    "message_popup_get_popup_notifications",
    "message_popup_get_unread_popup_notification_count",
    "tool_usertours_fetch_and_start_tour",
)

PRESETS: dict[str, Preset] = {
    "": Preset(),
    "moodle": Preset(
        exclude=_MOODLE_EXCLUDE,
        harmless=tuple(
            HarmlessRequest(path=path, json_field="methodname", values=_MOODLE_READS)
            for path in ("lib/ajax/service.php", "lib/ajax/service-nologin.php")
        ),
    ),
}


def preset(settings: PlatformSettings) -> Preset:
    """The preset that the settings name."""
    return PRESETS[settings.preset]
