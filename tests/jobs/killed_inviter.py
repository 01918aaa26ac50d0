"""A worker that is killed before or after the mail server has taken its second mail: `DATABASE-ADDRESS NOW STEP`."""

import os
import signal
import sys
import threading
from datetime import datetime

from campus.feedback.invitations import sending
from core import clock, mail
from core.database import Database
from jobs.send_invitations import send_invitations
from jobs.worker_id import new_worker_id

address, now, step = sys.argv[1:]
clock.now = lambda: datetime.fromisoformat(now)
calls = 0


def dying(go_on):  # type: ignore[no-untyped-def]
    """The step, that kills the process when it is reached the second time."""

    def reached(*given: object) -> object:
        global calls
        calls += 1
        if calls == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return go_on(*given)

    return reached


if step == "sending":
    mail.send = dying(mail.send)
else:
    sending.sent = dying(sending.sent)
send_invitations(Database(address), new_worker_id(), threading.Event())
