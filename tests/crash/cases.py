"""Every operation that writes, each from a beginning and at a moment, as the crash sweep does it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from tests.crash.states import (
    AZE,
    DIRECTOR,
    DRAFTED,
    FIGURE,
    KEPT,
    OFFICE,
    OVERDUE,
    RELEASED,
    REMINDED,
    chapter_file,
    hold_baku,
    linked,
    release_interim,
    sign_the_end,
)
from tests.operations.spring import PLACED, RECOMMENDED, SETTLED, place, recommend
from tests.smoke.story import YEAR, progress_report, utc
from tipcycle.intake.part_file import PartFile
from tipcycle.model.signing_code import deed_of
from tipcycle.operations.assemble_full_assessment import record_full_draft, write_full_chapters
from tipcycle.operations.assemble_interim_assessment import record_draft, write_chapters
from tipcycle.operations.back_up import back_up
from tipcycle.operations.change_contact import change_contact, delegate
from tipcycle.operations.change_deadline import change_deadline
from tipcycle.operations.clear_address import clear_address
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.close_cycle import reopen_cycle
from tipcycle.operations.correct_list import correct_list
from tipcycle.operations.determine import determine
from tipcycle.operations.export_cycle import export_cycle
from tipcycle.operations.hold import lift_hold
from tipcycle.operations.import_chapter import import_chapter
from tipcycle.operations.issue_code import mail_code
from tipcycle.operations.open_cycle import open_cycle
from tipcycle.operations.receive_upload import keep_upload
from tipcycle.operations.reconcile_deliveries import reconcile_deliveries
from tipcycle.operations.record_step import record_step
from tipcycle.operations.renew_chapter import confirm_sentences, renew_one_chapter
from tipcycle.operations.reopen_placement import reopen_placement
from tipcycle.operations.request_annual_submissions import request_annual_submissions
from tipcycle.operations.restore import restore
from tipcycle.operations.retract_release import retract_release
from tipcycle.operations.send_action_requests import send_action_requests
from tipcycle.operations.settle_answer import settle_answer
from tipcycle.operations.settle_split import settle_split
from tipcycle.operations.settle_unknown import settle_unknown
from tipcycle.operations.take_bounces import bounces_to_take, take_bounces
from tipcycle.operations.take_in import files_to_take_in, take_in_copy, take_in_each
from tipcycle.operations.tell_coordinator import seal_alarm
from tipcycle.operations.tick import tick
from tipcycle.operations.waive_obligation import waive_obligation
from tipcycle.operations.waive_rule import waive_rule
from tipcycle.operations.write_upload_token import write_upload_token
from tipcycle.settings import settings
from tipcycle.store import Store

OCTOBER, NOVEMBER, STALE = utc("2009-10-19 12:00"), utc("2009-11-10 09:00"), utc("2009-12-21 12:00")
BACK_AGAIN = utc("2009-11-24 12:00")


@dataclass(frozen=True)
class Case:
    """`run` from the beginning `state` at `at`; `ticks`: the clock goes on with ticks afterwards."""

    name: str
    state: str
    at: datetime
    run: Callable[[], object]
    ticks: bool = True
    environment: dict[str, str] = field(default_factory=dict)
    mend: Callable[[], object] | None = None  # what docs/operations.md says to do after a crash of this one
    doubled: tuple[str, ...] = ()  # the tables in which doing it twice rightly leaves another row


def _now(sending: Awaitable[Any]) -> object:
    async def wait() -> object:
        return await sending

    return asyncio.run(wait())


def _file(form: dict[str, object]) -> Path:
    path = settings().var_dir / "given" / "AZE.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(form) + "...\n", encoding="utf-8")
    return path


def _upload() -> object:
    with PartFile(settings().inbox) as part:
        part.write((yaml.safe_dump(progress_report("AZE", "Baku")) + "...\n").encode())
        part.finish()
        keep_upload(part, "yaml", obligation=AZE, at=NOVEMBER)
    return take_in_each(files_to_take_in(), NOVEMBER)


def _settle(as_: Any) -> object:
    with Store.read(settings().ledger_url) as store:
        found = store.messages.in_states(YEAR, ["unknown"])
        key = found[0].key if found else f"message:{YEAR}:baku.action-officer:email:2009-10-16:1"
    return settle_unknown(key, as_=as_, actor=OFFICE, at=REMINDED)


def _settle_wrong_office() -> object:
    with Store.read(settings().ledger_url) as store:
        answers = store.answers.of_obligations([AZE])[AZE]
    return settle_answer(answers[0].id, actor=OFFICE, at=OCTOBER)


def _refuse_then_release() -> object:
    at = utc("2010-01-28 18:00")
    return retract_release(YEAR, document="interim-assessment", position=DIRECTOR, reason="made up", at=at)


def _export() -> object:
    return export_cycle(YEAR, settings().var_dir / "exported")


def _renew() -> object:
    return renew_one_chapter(YEAR, "AZE", kind="interim-chapter", at=STALE)


def _restore() -> object:
    backup = settings().var_dir / "backed-up"
    if not backup.exists():
        back_up(backup, NOVEMBER)
    restore(backup, preview=False)
    return reconcile_deliveries(by=DIRECTOR, at=NOVEMBER)


_DEADLINE: dict[str, Any] = {"step": "progress-report", "country": "AZE", "reason_class": "post asked"}
_CONTACT: dict[str, Any] = {"position": "baku.action-officer", "reason": "made up", "approver": DIRECTOR}
_WAIVED: dict[str, Any] = {"step": "progress-report", "country": "AZE", "reason": "made up", "approver": DIRECTOR}
_RULE: dict[str, Any] = {"code": "statistic.period", "reason": "made up", "approver": DIRECTOR}

_ALL = [
    Case("tick", "asked", REMINDED, lambda: asyncio.run(tick(REMINDED))),
    Case("tick that escalates", "overdue", OVERDUE, lambda: asyncio.run(tick(OVERDUE))),
    Case("tick after an outage", "asked", BACK_AGAIN, lambda: asyncio.run(tick(BACK_AGAIN))),
    Case("tick into the outbox", "asked", REMINDED, lambda: asyncio.run(tick(REMINDED)),
         environment={"TIPCYCLE_SMTP_HOST": ""}),
    Case("tick of a roll call", "new", utc("2009-09-04 14:00"), lambda: (
        open_cycle(YEAR, utc("2009-08-31 12:00")), asyncio.run(tick(utc("2009-09-04 14:00"))))),
    Case("send_action_requests", "to_ask", utc("2009-09-21 14:00"),
         lambda: asyncio.run(send_action_requests(YEAR, KEPT, utc("2009-09-21 14:00")))),
    Case("request_annual_submissions", "winter", utc("2009-12-14 14:00"), lambda: asyncio.run(
        request_annual_submissions(YEAR, ["baku", "dakar", "moscow"], utc("2009-12-14 14:00")))),
    Case("open_cycle", "new", utc("2009-08-31 12:00"), lambda: open_cycle(YEAR, utc("2009-08-31 12:00"))),
    Case("open_cycle, the list", "new", utc("2009-09-14 12:00"), ticks=False, run=lambda: (
        open_cycle(YEAR, utc("2009-08-31 12:00")), open_cycle(YEAR, utc("2009-09-14 12:00")))),
    Case("clear_documents", "opened", utc("2009-09-18 12:00"), lambda: clear_documents(
        YEAR, decision="cleared", position=DIRECTOR, at=utc("2009-09-18 12:00"), preview=False)),
    Case("correct_list", "asked", OCTOBER, ticks=False, run=lambda: correct_list(
        YEAR, position=DIRECTOR, reason="made up", at=OCTOBER, preview=False)),
    Case("take_in", "dropped", NOVEMBER, lambda: take_in_each(files_to_take_in(), NOVEMBER)),
    Case("take_in_copy", "reminded", NOVEMBER, lambda: take_in_copy(_file(progress_report("AZE", "Baku")), NOVEMBER)),
    Case("keep_upload", "reminded", NOVEMBER, _upload, doubled=("uploads", "acts")),
    Case("answer_by_link", "reminded", utc("2009-10-27 09:00"), lambda: linked("received")),
    Case("answer_by_link, nil", "reminded", utc("2009-10-27 09:00"), lambda: linked("nil", note="Made up.")),
    Case("settle_answer", "wrong_office", OCTOBER, _settle_wrong_office),
    Case("take_bounces", "bounced", OCTOBER, lambda: take_bounces(bounces_to_take(), OCTOBER)),
    Case("settle_unknown, was sent", "unknown", REMINDED, lambda: _settle("was-sent")),
    Case("settle_unknown, send again", "unknown", REMINDED, lambda: _settle("send-again")),
    Case("clear_address", "refused", OCTOBER, lambda: clear_address(
        "baku.action-officer@posts.example", reason="made up", actor=OFFICE, at=OCTOBER)),
    Case("change_contact", "reminded", OCTOBER, lambda: change_contact(
        YEAR, **_CONTACT, address="new@posts.example", from_on=date(2009, 10, 20), at=OCTOBER, preview=False)),
    Case("delegate", "reminded", OCTOBER, lambda: delegate(
        YEAR, **_CONTACT, to="baku.alternate", from_on=date(2009, 10, 20), until_on=date(2009, 10, 30), at=OCTOBER,
        preview=False)),
    Case("change_deadline", "reminded", OCTOBER, lambda: change_deadline(
        YEAR, **_DEADLINE, planned_on=date(2009, 11, 27), reason="made up", approver=DIRECTOR, at=OCTOBER,
        preview=False)),
    Case("waive_obligation", "reminded", OCTOBER, lambda: waive_obligation(YEAR, **_WAIVED, at=OCTOBER)),
    Case("mail_code", "reminded", OCTOBER, lambda: mail_code(
        deed_of(YEAR, "waive", DIRECTOR, what="waive something made up", decided=["made up"]), at=OCTOBER),
        ticks=False, doubled=("acts", "messages", "signing_codes")),
    Case("waive_rule", "reminded", NOVEMBER, lambda: waive_rule(
        _file(progress_report("AZE", "Baku", statistics=[FIGURE])), **_RULE, until_on=date(2009, 11, 12), at=NOVEMBER)),
    Case("hold", "asked", REMINDED, lambda: hold_baku(REMINDED)),
    Case("lift_hold", "held", REMINDED, lambda: lift_hold(1, reason="made up", by=DIRECTOR, at=REMINDED)),
    Case("write_upload_token", "reminded", OCTOBER, lambda: write_upload_token(
        YEAR, step="progress-report", country="AZE", days=30, issued_by=OFFICE, at=OCTOBER), doubled=("acts",)),
    Case("seal_alarm", "reminded", OCTOBER, lambda: seal_alarm(
        "remind-and-escalate", run="/runs/1", told="made up", at=OCTOBER)),
    Case("export_cycle", "reported", NOVEMBER, ticks=False, run=_export),
    Case("restore", "reported", NOVEMBER, ticks=False, run=_restore),
    Case("write_chapters", "reported", DRAFTED, ticks=False, run=lambda: write_chapters(YEAR, KEPT, DRAFTED)),
    Case("record_draft", "written", DRAFTED, ticks=False, run=lambda: record_draft(YEAR, DRAFTED)),
    Case("import_chapter", "drafted", DRAFTED, ticks=False, run=lambda: import_chapter(
        chapter_file(), position=OFFICE, at=DRAFTED, preview=False), mend=_renew),
    Case("confirm_sentences", "stale", STALE, ticks=False, run=lambda: confirm_sentences(
        YEAR, "AZE", ["item.HP1.reported"], kind="interim-chapter", position=OFFICE, at=STALE), mend=_renew),
    Case("renew_one_chapter", "drafted", DRAFTED, ticks=False, run=lambda: renew_one_chapter(
        YEAR, "AZE", kind="interim-chapter", at=DRAFTED)),
    Case("release_document", "to_release", utc("2010-01-29 15:00"), release_interim),
    Case("retract_release", "to_release", utc("2010-01-28 18:00"), ticks=False, run=_refuse_then_release),
    Case("record_recommendations", "spring", RECOMMENDED, ticks=False, run=lambda: recommend(OFFICE, ("ERI", "3"))),
    Case("settle_split", "recommended", SETTLED, ticks=False, run=lambda: settle_split(
        YEAR, country="MLI", position=DIRECTOR, outcome="settled", tier="2", note="Made up.", at=SETTLED)),
    Case("record_placements", "recommended", PLACED, ticks=False, run=lambda: place("g.principal", ("ERI", "3"))),
    Case("reopen_placement", "placed", PLACED, ticks=False, run=lambda: reopen_placement(
        YEAR, country="ERI", position="s.principal", reason="made up", at=PLACED)),
    Case("write_full_chapters", "spring", RECOMMENDED, ticks=False, run=lambda: write_full_chapters(
        YEAR, ("AZE", "SEN"), RECOMMENDED)),
    Case("record_full_draft", "opened", RECOMMENDED, ticks=False, run=lambda: record_full_draft(YEAR, RECOMMENDED)),
    Case("record_step", "asked", RECOMMENDED, ticks=False, run=lambda: record_step(
        YEAR, step="interim-draft", actor=DIRECTOR, note="made up", at=RECOMMENDED)),
    Case("determine", "out", RELEASED, ticks=False, run=lambda: determine(
        YEAR, country="ERI", kind="d4", done_on=date(2010, 9, 13), position="s.principal", note="made up",
        at=utc("2010-09-20 15:00"))),
    Case("close_cycle", "out", utc("2010-07-01 12:00"), ticks=False, run=sign_the_end),
    Case("reopen_cycle", "closed", utc("2010-07-02 12:00"), ticks=False, run=lambda: reopen_cycle(
        YEAR, position=DIRECTOR, reason="made up", at=utc("2010-07-02 12:00"))),
]  # fmt: skip

CASES = {one.name: one for one in _ALL}
# What talks to every receiver there is, and what has mail under way over several connections.
SENDERS = frozenset({"tick that escalates", "tick after an outage", "send_action_requests"})
