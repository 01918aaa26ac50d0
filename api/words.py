"""How roles, scopes and entries of the trail are called on pages."""

from core.i18n import lazy

ROLES = [
    ("viewer", lazy("Viewer"), lazy("Sees everything, changes nothing.")),
    ("facilities", lazy("Facilities"), lazy("Keeps the books of rooms and works.")),
    ("quality", lazy("Quality"), lazy("Looks after feedback and results.")),
    ("accessibility", lazy("Accessibility"), lazy("Sets up platforms, runs audits, works on problems.")),
    ("admin", lazy("Administrator"), lazy("May do everything, and manages people and tokens.")),
]
SCOPES = [
    ("read", lazy("Read"), lazy("See platforms, audits, problems and results.")),
    ("audits:run", lazy("Run audits"), lazy("Start and stop audits.")),
    ("gates:run", lazy("Run gates"), lazy("Ask for the verdict on a release.")),
    ("tickets:write", lazy("Work on problems"), lazy("Assign, comment, change states.")),
    ("platforms:write", lazy("Set up platforms"), lazy("Add and change platforms and their logins.")),
    ("admin", lazy("Administer"), lazy("Manage people. Not together with a limit to one platform.")),
]
SUBJECTS = {
    "person": lazy("Person"),
    "sign_in": lazy("Sign-in"),
    "token": lazy("API token"),
    "platform": lazy("Platform"),
    "section": lazy("Section"),
    "audit": lazy("Audit"),
    "ticket": lazy("Ticket"),
    "component": lazy("Problem"),
}
ACTIONS = {
    "person.create": lazy("Added a person"),
    "person.change": lazy("Changed a person"),
    "person.rename": lazy("Renamed a person"),
    "person.password": lazy("Set a password"),
    "sign_in.start": lazy("Signed in"),
    "sign_in.end": lazy("Signed out"),
    "token.create": lazy("Made an API token"),
    "token.revoke": lazy("Ended an API token"),
    "platform.save": lazy("Saved a platform's settings"),
    "platform.activate": lazy("Resumed a platform"),
    "platform.deactivate": lazy("Paused a platform"),
    "section.create": lazy("Added a section"),
    "section.change": lazy("Changed a section"),
    "section.delete": lazy("Deleted a section"),
    "audit.request": lazy("Asked for an audit"),
    "audit.cancel": lazy("Stopped an audit"),
    "audit.fail": lazy("An audit failed"),
    "audit.close": lazy("An audit ended"),
    "component.review": lazy("Decided what needed review"),
    "ticket.opened": lazy("Opened a ticket"),
    "ticket.state": lazy("Changed a ticket's state"),
    "ticket.assignee": lazy("Assigned a ticket"),
    "ticket.due": lazy("Changed a due date"),
    "ticket.impact": lazy("Changed an impact"),
    "ticket.exception": lazy("Made or ended an exception"),
    "ticket.component": lazy("Joined a problem to a ticket"),
    "ticket.comment": lazy("Commented on a ticket"),
    "ticket.undo": lazy("Took a step back"),
}
