"""Take in one file: through the gate into the ledger, or into quarantine with its findings.

The ledger is written first and the file moved after it. A crash between the two leaves the file in the inbox, where
it is found again and is then an identical re-send (or the same refusal), which changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from tipcycle.errors import StoreError
from tipcycle.intake.inbox import move_aside, printable_name, waiting_files
from tipcycle.intake.read_submission import Read, read_submission
from tipcycle.model.keys import obligation_key
from tipcycle.model.moment import utc
from tipcycle.model.obligation import Obligation
from tipcycle.model.submission import Accepted, Submission, SubmissionFinding
from tipcycle.operations.added_recommendations import recommendations_added
from tipcycle.operations.contact_book import with_contacts
from tipcycle.operations.context import context
from tipcycle.operations.last_year import figures_of_last_year
from tipcycle.operations.late_effects import carry_out_effect, effect_of, renew_chapter
from tipcycle.operations.obligation_life import fulfil
from tipcycle.operations.receipt_mail import receipt_mail
from tipcycle.operations.receive_upload import decide_upload, lies_in_the_inbox, token_finding
from tipcycle.operations.refusal_mail import refusal_mail
from tipcycle.operations.who_answers import address_fault, wrong_sender
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.submissions.changes import what_changed
from tipcycle.submissions.gate import Verdict, content_hash, judge
from tipcycle.submissions.late_effect import LateEffect
from tipcycle.submissions.rule import Facts
from tipcycle.submissions.waived import with_waivers

_COPY = "submitted-"
_COPY_SECONDS = 3600  # no file takes longer to be decided


@dataclass(frozen=True)
class TakenIn:
    """What became of one file; `line` is for a log and never quotes the file.

    `taken elsewhere`: another run looked at the inbox too, and took it first. `effect` is what an accepted answer
    still touches of the interim assessment. `submission` is what was read, None where nothing could be.
    """

    file_name: str
    outcome: Literal["accepted", "identical", "refused", "taken elsewhere"]
    obligation: str | None
    findings: tuple[SubmissionFinding, ...]
    late: bool = False
    effect: LateEffect | None = None
    submission: Submission | None = None

    @property
    def line(self) -> str:
        """`2009-11-12-AZE.yaml: accepted`."""
        codes = ", ".join(sorted({finding.code for finding in self.findings}))
        return f"{self.file_name}: {self.outcome}{' late' if self.late else ''}" + (f" ({codes})" if codes else "")


@dataclass(frozen=True)
class _Addressed:
    """A submission with the obligation it answers."""

    submission: Submission
    obligation: Obligation


def files_to_take_in() -> list[Path]:
    """The files that wait in the inbox."""
    now = settings()
    return waiting_files(now.inbox, settle_seconds=now.inbox_settle_seconds)


@dataclass(frozen=True)
class Intake:
    """What became of several files, and for each that could not be decided, its name and why; it waits on."""

    taken: tuple[TakenIn, ...]
    problems: tuple[str, ...]


def take_in_each(paths: Sequence[Path], at: datetime) -> Intake:
    """Decide each file by itself: one that cannot be decided keeps no other waiting."""
    taken, problems = [], []
    for path in paths:
        try:
            taken.append(take_in(path, at))
        except StoreError:
            raise  # no file is at fault
        except Exception as error:  # whatever a stranger's file may do, the others are taken in
            problems.append(f"{printable_name(path)}: not decided, it stays in the inbox: {error!r}")
    return Intake(tuple(taken), tuple(problems))


def take_in(path: Path, at: datetime) -> TakenIn:
    """Decide one file at `at` and move it out of the inbox."""
    try:
        return _take_in(path, at)
    except FileNotFoundError:
        if path.exists():
            raise
        return TakenIn(printable_name(path), "taken elsewhere", None, ())


def take_in_copy(path: Path, at: datetime) -> TakenIn:
    """Decide a copy of a file from anywhere; a file that waits in the inbox is taken from there.

    The copy has a folder of its own: another file of that name may be waiting in the inbox.
    """
    now = settings()
    if lies_in_the_inbox(path):
        return take_in(path, at)
    now.var_dir.mkdir(parents=True, exist_ok=True)
    _sweep_copies(now.var_dir)
    with TemporaryDirectory(prefix=_COPY, dir=now.var_dir) as folder:
        return take_in(Path(shutil.copyfile(path, Path(folder) / path.name)), at)


def _sweep_copies(var_dir: Path) -> None:
    """Take away what runs left that were killed: their file still lies where it was copied from."""
    long_ago = time.time() - _COPY_SECONDS
    for folder in var_dir.glob(f"{_COPY}*"):
        if folder.stat().st_mtime < long_ago:
            shutil.rmtree(folder, ignore_errors=True)


def _take_in(path: Path, at: datetime) -> TakenIn:
    now = settings()
    read = _read(path)
    with Store.begin(now.ledger_url) as store:
        store.require_possible(at)
        addressed: _Addressed | None = None
        verdict = Verdict(read.findings)
        if read.submission:
            addressed, verdict = _judge(store, read.submission, at, read=read)
        if addressed and (finding := token_finding(store, path, addressed.obligation.key)):
            addressed, verdict = None, Verdict((finding,))
        if addressed and verdict.accepted:
            taken = _accept(store, addressed, verdict, printable_name(path), at)
        else:
            taken = _refuse(store, path, addressed, verdict.findings, at=at)
        decide_upload(store, path, taken.outcome, taken.findings, at=at)
    if read.submission and taken.effect:
        carry_out_effect(read.submission, taken.effect, at)
    if taken.outcome == "refused":
        move_aside(path, now.var_dir / "quarantine", findings=taken.findings)
    else:
        move_aside(path, now.var_dir / "taken-in" / taken.outcome)
    return replace(taken, submission=read.submission)


def _read(path: Path) -> Read:
    """The inbox may be open to others, and a link in it may lead to what is not theirs to show."""
    now = settings()
    links = not lies_in_the_inbox(path)
    return read_submission(path, max_bytes=now.max_submission_bytes, key=now.signing_secret, follow_links=links)


@dataclass(frozen=True)
class Preview:
    """What taking a file in would do at `at`: whether it is accepted, late, identical, and what it would touch."""

    accepted: bool
    findings: tuple[SubmissionFinding, ...]
    late: bool = False
    identical: bool = False
    changes: tuple[str, ...] = ()
    effect: LateEffect | None = None
    submission: Submission | None = None


def preview_take_in(path: Path, at: datetime) -> Preview:
    """Judge a file against the ledger as it stands, and say what it would touch; nothing is written or moved."""
    read = _read(path)
    if read.submission is None:
        return Preview(False, read.findings)
    with Store.read(settings().ledger_url) as store:
        addressed, verdict = _judge(store, read.submission, at, read=read)
        if addressed and (finding := token_finding(store, path, addressed.obligation.key)):
            return Preview(False, (finding,), submission=read.submission)
        if addressed is None or not verdict.accepted:
            return Preview(False, verdict.findings, submission=read.submission)
        before = store.submissions.latest(addressed.obligation.key)
        return Preview(
            accepted=True,
            findings=verdict.findings,
            late=at > addressed.obligation.due_at,
            identical=bool(before and before.content_hash == content_hash(read.submission)),
            changes=what_changed(before.submission, read.submission) if before else (),
            effect=effect_of(store, read.submission, at),
            submission=read.submission,
        )


def _judge(store: Store, submission: Submission, at: datetime, *, read: Read) -> tuple[_Addressed | None, Verdict]:
    """The gate's verdict, its findings in the places of the file."""
    finding = _wrong_address(store, submission)
    key = obligation_key(submission.report_year, submission.step, submission.country)
    found = store.obligations.by_key([key]).get(key)
    if finding or found is None:
        return None, Verdict(read.placed((finding,)) if finding else ())
    cycle = context(submission.report_year)
    added = recommendations_added(store, submission.report_year, submission.country)
    facts = Facts(
        cycle.config.plans.get(submission.country),
        cycle.config.law,
        added=tuple(one.id for one in added),
        received_on=cycle.places.of_owner(found.post).local_date(at),
        period=cycle.config.calendar.reporting_period,
        last_year=figures_of_last_year(store, submission),
        plan_answered=read.plan_version,
    )
    waivers = store.rule_waivers.of(key, content_hash(submission))
    today = cycle.places.washington.local_date(at)
    findings = with_waivers(judge(submission, facts).findings, waivers, on=today)
    return _Addressed(submission, found), Verdict(read.placed(findings))


def _wrong_address(store: Store, submission: Submission) -> SubmissionFinding | None:
    """Why this submission answers nothing that this post owes, if so."""
    cycle = store.cycles.find(submission.report_year)
    if cycle is None or cycle.closed_at:
        state = "was never opened" if cycle is None else f"was closed on {utc(cycle.closed_at or cycle.opened_at)}"
        return address_fault("obligation.unknown", "report_year", f"Cycle {submission.report_year} {state}.")
    key = obligation_key(submission.report_year, submission.step, submission.country)
    obligation = store.obligations.by_key([key]).get(key)
    if obligation is None or obligation.opened_at is None:
        what = f"No {submission.step} is asked of {submission.country} in cycle {submission.report_year}."
        return address_fault("obligation.unknown", "country", what)
    config = context(submission.report_year).config
    return wrong_sender(config, config.posts[obligation.post or ""], submission)


def _accept(store: Store, addressed: _Addressed, verdict: Verdict, file_name: str, at: datetime) -> TakenIn:
    submission, obligation = addressed.submission, addressed.obligation
    digest = content_hash(submission)
    before = store.submissions.latest(obligation.key)
    if before and before.content_hash == digest:
        return TakenIn(file_name, "identical", obligation.key, verdict.findings, before.late)
    late = at > obligation.due_at
    accepted = Accepted(
        obligation=obligation.key,
        version=before.version + 1 if before else 1,
        received_at=at,
        late=late,
        complete=verdict.complete,
        content_hash=digest,
        file_name=file_name,
        submission=submission,
    )
    store.submissions.add(accepted, verdict.findings)
    cycle = with_contacts(store, context(submission.report_year), at)
    effect = effect_of(store, submission, at)
    changes = what_changed(before.submission, submission) if before else ()
    fulfil(
        store,
        cycle,
        obligation,
        standing="nil" if submission.nothing_to_report else "received",
        complete=verdict.complete,
        at=at,
    )
    store.acts.add(
        "accept-submission",
        obligation.key,
        actor=submission.submitted_by,
        at=at,
        version=accepted.version,
        content_hash=digest,
        late=late,
        effect=effect.effect,
        changes=list(changes),
    )
    renew_chapter(store, cycle, accepted, effect, at=at)
    findings = [one for one in verdict.findings if one.severity != "info"]
    store.messages.seal(
        receipt_mail(cycle, obligation, accepted, findings=findings, changes=changes, effect=effect, at=at)
    )
    return TakenIn(file_name, "accepted", obligation.key, verdict.findings, late, effect)


def _refuse(
    store: Store,
    path: Path,
    addressed: _Addressed | None,
    findings: Sequence[SubmissionFinding],
    *,
    at: datetime,
) -> TakenIn:
    key, name = addressed.obligation.key if addressed else None, printable_name(path)
    refusal = hashlib.sha256(name.encode() + b"\0" + _digest(path)).hexdigest()[:16]
    if not store.submissions.was_refused(refusal):
        store.submissions.refuse(
            refusal_id=refusal,
            file_name=name,
            obligation=key,
            kept_as=f"quarantine/{name}",
            findings=findings,
            at=at,
        )
        store.acts.add("refuse-submission", key or name, actor="tipcycle", at=at, refusal=refusal)
        if addressed:
            cycle = with_contacts(store, context(addressed.obligation.report_year), at)
            store.messages.seal(refusal_mail(cycle, addressed.obligation, refusal, name, findings, at=at))
    return TakenIn(name, "refused", key, tuple(findings))


def _digest(path: Path) -> bytes:
    if path.is_symlink():
        return hashlib.sha256(os.fsencode(path.readlink())).digest()
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").digest()
