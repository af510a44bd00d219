"""Look at what a link is about, and keep what is answered through it.

Looking never acts: mail scanners open every link. An answer that says what the link's last one said is that one, so a
button pressed twice, or ten times at once, is one answer; a post that changes its mind gives a new one. "Nothing to
report" becomes a nil form in the inbox, in the same transaction, and goes through the same gate as any other file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import yaml

from tipcycle.intake.part_file import PartFile
from tipcycle.intake.read_short_answer import Fault, Said, read_short_answer
from tipcycle.model.answer import Answer
from tipcycle.model.keys import answer_id
from tipcycle.model.moment import iso
from tipcycle.model.obligation import Obligation
from tipcycle.model.position import Position
from tipcycle.model.submission import SubmissionFinding
from tipcycle.model.token import Grant, Void, read_token
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import Context, context
from tipcycle.operations.take_in import take_in
from tipcycle.settings import settings
from tipcycle.store import Store

MOST_ANSWERS = 30  # through one link: a person changes its mind, a program fills the ledger


@dataclass(frozen=True)
class Opened:
    """What a good link is about: `answers` are all about this obligation; `spent` says why none is asked any more."""

    cycle: Context
    obligation: Obligation
    position: Position
    answers: tuple[Answer, ...]
    spent: Literal["", "answered", "waived", "closed"]


@dataclass(frozen=True)
class Kept:
    """What became of an answer; `findings` are the gate's where it refused the nil report."""

    outcome: Literal["kept", "refused"]
    findings: tuple[SubmissionFinding, ...] = ()


def open_link(token: str, *, at: datetime) -> Opened | Void:
    """What the link shows at `at`; nothing is changed."""
    grant = read_token(token, "answer", settings().signing_secret, at=at)
    if isinstance(grant, Void):
        return grant
    with Store.read(settings().ledger_url) as store:
        return _opened(store, grant, at)


def answer_by_link(token: str, fields: Mapping[str, str], *, at: datetime) -> Kept | Fault | Opened | Void:
    """Keep what the page's form says; a link that is spent comes back opened, and nothing is kept."""
    grant = read_token(token, "answer", settings().signing_secret, at=at)
    if isinstance(grant, Void):
        return grant
    with Store.begin(settings().ledger_url) as store:
        store.require_possible(at)
        opened = _opened(store, grant, at)
        if isinstance(opened, Void):
            return opened
        obligation = opened.obligation
        today = opened.cycle.places.of_owner(obligation.post).local_date(at)
        said = read_short_answer(fields, today=today, planned_on=obligation.planned_on)
        if isinstance(said, Fault):
            return opened if opened.spent else said
        before = [one for one in opened.answers if one.id.startswith(answer_id(token, 0)[:-2])]
        if before and _says(before[-1]) == said and before[-1].settled_at is None:
            return Kept("kept")
        if opened.spent:
            return opened
        if len(before) == MOST_ANSWERS:
            return Fault(said.answer, "link", "This link was used very often; please write to us instead.")
        nil = _keep(store, _answer(answer_id(token, len(before) + 1), said, opened, at), opened, at)
    return _through_the_gate(nil, at) if nil else Kept("kept")


def _opened(store: Store, grant: Grant, at: datetime) -> Opened | Void:
    obligation = store.obligations.by_key([grant.obligation]).get(grant.obligation)
    cycle = with_contacts(store, context(obligation.report_year), at) if obligation else None
    position = cycle.config.positions.get(grant.position) if cycle else None
    if obligation is None or cycle is None or position is None:
        return Void("forged")  # signed by us, for a ledger that is not this one
    row = store.cycles.get(obligation.report_year)
    spent: Literal["", "answered", "waived", "closed"] = ""
    if obligation.standing != "missing":
        spent = "waived" if obligation.standing == "waived" else "answered"
    elif row.closed_at:
        spent = "closed"
    answers = store.answers.of_obligations([obligation.key]).get(obligation.key, ())
    return Opened(cycle, obligation, position, answers, spent)


def _says(answer: Answer) -> Said:
    return Said(answer.answer, answer.report_on, answer.note)


def _answer(key: str, said: Said, opened: Opened, at: datetime) -> Answer:
    return Answer(
        id=key,
        obligation=opened.obligation.key,
        position=opened.position.id,
        answer=said.answer,
        report_on=said.report_on,
        note=said.note,
        channel="link",
        plan_version=opened.obligation.version,
        answered_at=at,
    )


def _keep(store: Store, answer: Answer, opened: Opened, at: datetime) -> Path | None:
    """Add the answer and its act; return the nil form that lies in the inbox now, if it is one."""
    store.answers.add(answer)
    store.acts.add(
        "answer",
        answer.obligation,
        actor=answer.position,
        at=at,
        channel=answer.channel,
        answer=answer.answer,
        report_on=answer.report_on.isoformat() if answer.report_on else None,
        id=answer.id,
    )
    if answer.answer != "nothing_to_report":
        return None
    with PartFile(settings().inbox) as part:
        part.write(_nil_form(answer, opened))
        part.finish()
        return part.keep_as(
            f"answer-{opened.obligation.country or 'all'}-{answer.id.partition(':')[2].replace(':', '-')}.yaml"
        )


def _nil_form(answer: Answer, opened: Opened) -> bytes:
    owed = opened.obligation
    form = {
        "tipcycle": "submission/1",
        "report_year": owed.report_year,
        "step": owed.step,
        "country": owed.country,
        "post": owed.post,
        "submitted_by": answer.position,
        "nothing_to_report": True,
    }
    head = f"# Attested by {answer.position} through the link in a reminder, on {iso(answer.answered_at)}.\n"
    return (head + yaml.safe_dump(form, sort_keys=False) + "...\n").encode()


def _through_the_gate(nil: Path, at: datetime) -> Kept:
    """Decide the form now; if that is cut short it waits in the inbox like any other."""
    taken = take_in(nil, at)
    return Kept("refused", taken.findings) if taken.outcome == "refused" else Kept("kept")
