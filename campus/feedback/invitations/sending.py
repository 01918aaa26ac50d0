"""What the database does while mails go out, so that a crash loses no guest and no row joins an address and a code.

A mail server and a database cannot commit together: between the server's yes and our mark a crash can always fall. Had
an address been deleted before its mail, that crash would lose the guest, and nobody would know. Were the code stored
after its mail, the guest would hold a code that nobody knows. And a transaction that deletes one address and stores one
code would join the two for who reads the database's log, or compares two backups. So there are three steps:

1. `take`: some addresses, drawn at random, are claimed, and as many codes are stored, in the order of their hashes,
   in one transaction. Which code is for whom is known to the worker's memory alone. (A group of one joins what no
   database can keep apart; groups under 5 have no figures either.)
2. The mail is handed over. No transaction is open meanwhile.
3. `sent`: the address is deleted, in a transaction that touches no code.

A crash before 3 leaves the address, which is written to again with another code, after `free_lost`. Was the first mail
handed over already, then that guest has two codes, and both open: once for each worker that is killed, a guest could
answer twice, but none has a mail that leads nowhere. The codes of a lost worker that nobody holds stay unused until
the batch closes. Where a try fails and the server may nevertheless have the mail, the code is deleted, and the mail
that follows says that the newest one counts.

`codes` counts those that were stored and not taken back, so that `codes` less those left is what was answered.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from campus.feedback.invitations import queries, recent, rules
from campus.feedback.invitations.models import Invitation, InvitationAddress, InvitationBatch
from core import clock
from core.i18n import today
from core.secrets import key_hash, new_key

CLAIM_A_MAIL = timedelta(seconds=90)  # longer than a try can take


@dataclass(frozen=True, slots=True)
class Ready:
    """One mail to hand over. In the worker's memory only."""

    address_id: str
    batch_id: int
    email: str
    language: str
    closes: date
    code: str


def take(session: Session, worker: str, most: int) -> list[Ready]:
    """Claim up to so many addresses for this worker, and store a code for each. Those invited of late are dropped."""
    found = list(session.scalars(queries.due(today(), clock.now()).limit(most)))
    digests = {one.id: recent.digest(one.email) for one in found}
    known, seen, kept = queries.recent(session, set(digests.values()), today()), set[str](), []
    for address in found:
        if digests[address.id] in known | seen:
            _count(session, address.batch_id, left_out=1)
            session.delete(address)
        else:
            seen.add(digests[address.id])
            kept.append(address)
    closing = {one: queries.batch(session, one).closes for one in {address.batch_id for address in kept}}
    ready = []
    for address in kept:
        address.worker, address.claimed_until = worker, clock.now() + CLAIM_A_MAIL * most
        address.tries += 1
        code, _hash = new_key()
        ready.append(
            Ready(address.id, address.batch_id, address.email, address.language, closing[address.batch_id], code)
        )
    session.flush()
    for code_hash, batch_id in sorted((key_hash(one.code), one.batch_id) for one in ready):
        session.execute(sa.insert(Invitation).values(code_hash=code_hash, batch_id=batch_id))
        _count(session, batch_id, codes=1)
    return ready


def sent(session: Session, ready: Ready, worker: str) -> bool:
    """The server has the mail: forget the address. False when it was no longer this worker's."""
    if not _drop(session, ready, worker):
        return False
    recent.remember(session, ready.email, today())
    _count(session, ready.batch_id, invited=1)
    return True


def refused(session: Session, ready: Ready, worker: str) -> None:
    """The server will never take the mail: forget the address and the code that nobody got."""
    take_back(session, ready)
    if _drop(session, ready, worker):
        _count(session, ready.batch_id, undelivered=1)


def failed(session: Session, ready: Ready, worker: str) -> None:
    """It may be better later: another try with another code, after a pause; none after many."""
    take_back(session, ready)
    address = _ours(session, ready, worker)
    if address is None:
        return
    if address.tries >= rules.MOST_TRIES:
        session.delete(address)
        _count(session, ready.batch_id, undelivered=1)
    else:
        address.worker, address.claimed_until = "", None
        address.next_at = clock.now() + rules.pause(address.tries)


def put_back(session: Session, unsent: list[Ready], worker: str) -> None:
    """Mails that were not tried wait on, and their codes were nowhere."""
    for ready in unsent:
        take_back(session, ready)
        address = _ours(session, ready, worker)
        if address is not None:
            address.worker, address.claimed_until = "", None
            address.tries -= 1


def take_back(session: Session, ready: Ready) -> None:
    """Delete the code of a mail that did not go out."""
    gone = sa.delete(Invitation).where(Invitation.code_hash == key_hash(ready.code)).returning(Invitation.batch_id)
    if session.execute(gone).first() is not None:
        _count(session, ready.batch_id, codes=-1)


def free(session: Session, address_id: str, worker: str) -> None:
    """The worker that wrote to it is gone: try again, but not for ever."""
    address = session.get(InvitationAddress, address_id)
    if address is None or address.worker != worker:
        return
    if address.tries >= rules.MOST_TRIES:
        session.delete(address)
        _count(session, address.batch_id, undelivered=1)
    else:
        address.worker, address.claimed_until = "", None


def close(session: Session, batch_id: int) -> None:
    """The last day is over: delete the codes and addresses left, and count the answers where that may be told."""
    batch = queries.batch(session, batch_id)
    answered = batch.codes - queries.codes_left(session, batch_id)
    unsent = session.execute(
        sa.delete(InvitationAddress).where(InvitationAddress.batch_id == batch_id).returning(InvitationAddress.id)
    ).all()
    session.execute(sa.delete(Invitation).where(Invitation.batch_id == batch_id))
    batch.undelivered += len(unsent)
    batch.answered = answered if rules.may_be_told(batch.invited, answered) else None
    batch.closed_on = today()
    session.flush()


def _ours(session: Session, ready: Ready, worker: str) -> InvitationAddress | None:
    address = session.get(InvitationAddress, ready.address_id)
    return address if address is not None and address.worker == worker else None


def _drop(session: Session, ready: Ready, worker: str) -> bool:
    mine = sa.and_(InvitationAddress.id == ready.address_id, InvitationAddress.worker == worker)
    return session.execute(sa.delete(InvitationAddress).where(mine).returning(InvitationAddress.id)).first() is not None


def _count(session: Session, batch_id: int, **more: int) -> None:
    """Add to the numbers of a batch. Its version stays: staff who change it were not overtaken by anybody."""
    values = {name: getattr(InvitationBatch, name) + n for name, n in more.items()}
    session.execute(sa.update(InvitationBatch).where(InvitationBatch.id == batch_id).values(values))
