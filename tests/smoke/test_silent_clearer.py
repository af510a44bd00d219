"""Five clearers, one of them silent: chased like a post, signed for by the director, held for a day and released."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tests.assessments import (
    YEAR,
    clear_chapters,
    clear_compiled,
    draft_interim,
    release_interim,
    why_not_released,
)
from tests.smoke.story import Story, utc
from tipcycle.clearance.override import in_words
from tipcycle.operations.change_contact import delegate
from tipcycle.operations.clear_documents import clear_documents
from tipcycle.operations.find_neglected import find_neglected
from tipcycle.operations.read_calendar import read_calendar
from tipcycle.operations.read_clearances import read_clearances
from tipcycle.operations.read_proof import read_proof
from tipcycle.operations.read_status import read_status
from tipcycle.operations.write_ledger import write_ledger
from tipcycle.settings import settings
from tipcycle.store import Store

ASKED_AT = utc("2010-01-04 15:00")
DUTY = "clear-documents:h.clearer.1"


def test_a_silent_clearer_is_chased_signed_for_and_named_in_the_ledger(asked: Story) -> None:
    delegate(
        YEAR,
        position="l.clearer",
        to="drl.clearer",
        from_on=date(2010, 1, 1),
        until_on=date(2010, 1, 8),
        reason="on leave (made up)",
        approver="gtip.director",
        at=utc("2009-12-30 15:00"),
        preview=False,
    )
    draft_interim(ASKED_AT)
    clear_chapters(ASKED_AT)
    clear_documents(
        YEAR,
        document="interim-assessment",
        decision="commented",
        position="l.clearer",
        acting="drl.clearer",
        note="no objection",
        at=ASKED_AT,
        preview=False,
    )
    override = {"without": ["h.clearer"], "reason": "the law's day is near"}
    never_told = why_not_released(utc("2010-01-04 16:00"), **override)
    for day in (5, 8, 11):
        asked.tick(utc(f"2010-01-{day:02d} 14:00"))
    too_early = why_not_released(utc("2010-01-11 16:00"), **override)
    for day in (12, 13, 14, 15):
        asked.tick(utc(f"2010-01-{day:02d} 14:00"))
    before_director = _sent(asked)
    asked.tick(utc("2010-01-19 14:00"))

    assert "h.clearer was never told: no message that asks it to clear this text was accepted" in never_told
    assert "h.clearer was asked on 2010-01-05 and has time until 2010-01-12 04:59Z" in too_early
    assert before_director == {-6: "2010-01-05", -2: "2010-01-08", 1: "2010-01-12", 3: "2010-01-14"}
    assert _sent(asked)[5] == "2010-01-19", "five days on is a Saturday, and Monday a holiday"
    assert asked.notices(DUTY)[5, "gtip.director"][0] == "sent"
    assert "h.clearer is silent since Tue 5 Jan 2010 on 1 document" in _body("gtip.director", "slack")
    mail = _body("h.clearer", "email")
    assert "   To clear    compiled interim assessment\n" in mail
    assert "   tipcycle clear interim-assessment --report-year 2010 --by h.clearer\n" in mail

    release_interim(utc("2010-01-19 16:00"), **override)
    with Store.read(settings().ledger_url) as store:
        ((signed,),) = store.clearances.overrides(YEAR).values()
        duty = store.obligations.get(f"obligation:{YEAR}:{DUTY}")
    assert in_words(signed) == (
        "released without concurrence of h.clearer, asked on Tue 5 Jan 2010, "
        "reminded on Fri 8 Jan 2010, Tue 12 Jan 2010 and Thu 14 Jan 2010"
    )
    assert duty.standing == "received"
    clear_compiled(utc("2010-01-19 17:00"), "gtip.director")
    assert "held until 2010-01-20 17:00Z" in why_not_released(utc("2010-01-20 16:59"))
    assert release_interim(utc("2010-01-20 17:00")).released == 1


def test_what_is_owed_beside_the_calendar_disturbs_no_reader(asked: Story) -> None:
    draft_interim(ASKED_AT)
    asked.tick_hourly(utc("2010-01-08 13:00"), utc("2010-01-08 16:00"))

    with Store.read(settings().ledger_url) as store:
        assert len(store.obligations.of_cycle(YEAR, step="clear-documents")) == 6
    status = read_status(YEAR)
    assert sum(step["missing"] for step in status["steps"]) > 0
    assert all(step["step"] != "clear-documents" for step in status["steps"])
    assert find_neglected(YEAR, utc("2010-01-08 16:00")) == []
    assert {entry["step"] for entry in read_calendar(YEAR)} >= {"interim-clearance"}
    assert read_proof("Baku", YEAR)["post"] == "Baku"
    written = write_ledger(asked.folder / "ledger.csv", YEAR)
    assert len(written) == 64
    assert "obligation:2010:clear-documents:eur.bureau.1" in (asked.folder / "ledger.csv").read_text(encoding="utf-8")


def test_two_rounds_of_one_morning_are_one_item_of_one_mail_and_both_count_as_told(asked: Story) -> None:
    draft_interim(ASKED_AT)
    for position in ("eur.bureau", "af.bureau"):
        clear_documents(
            YEAR, document="interim-chapter", decision="cleared", position=position, at=ASKED_AT, preview=False
        )
    asked.tick(utc("2010-01-05 14:00"))

    with Store.read(settings().ledger_url) as store:
        (mail,) = [one for one in store.messages.of_cycle(YEAR) if one.position == "drl.clearer"]
        told = [one.state for one in store.notices.of_message(mail.key)]
        rounds = {
            one.obligation: one.document for one in store.clearances.rounds(YEAR) if one.position == "drl.clearer"
        }
    assert (len(rounds), told) == (2, ["sent", "sent"])
    assert "1. Clearance of " in mail.body
    assert "2. " not in mail.body
    assert mail.body.count("--all --by drl.clearer") == 1
    names = mail.body.partition("To clear ")[2].partition("   Texts")[0]
    assert len(re.findall(r"\([A-Z]{3}\)", names)) == int(mail.subject.split()[2])
    assert names.index("Angola (AGO)") < names.index("Azerbaijan (AZE)") < names.index("Senegal (SEN)")
    assert "/2010/interim-assessment/ISO3.docx\n" in mail.body


def test_whom_no_mail_ever_reached_is_not_silent_however_late_it_is(asked: Story) -> None:
    draft_interim(ASKED_AT)
    clear_chapters(ASKED_AT)
    long_after = utc("2010-02-16 15:00")
    waits_for = _compiled()["waits_for"]

    why = why_not_released(long_after, without=["l.clearer"], reason="the law's day has passed")

    assert "l.clearer was never told: no message that asks it to clear this text was accepted" in why
    assert waits_for == [{"position": "l.clearer", "asked": True, "since": None}]
    asked.tick(long_after)
    assert _compiled()["waits_for"] == [{"position": "l.clearer", "asked": True, "since": "2010-02-16T15:00:00Z"}]


def _compiled() -> dict[str, Any]:
    """How the compiled interim assessment stands."""
    (one,) = [one for one in read_clearances(YEAR)["documents"] if one["kind"] == "interim-assessment"]
    return dict(one)


def _sent(cycle: Story) -> dict[int, str]:
    """The day on which each rung of the silent clearer's duty went out."""
    with Store.read(settings().ledger_url) as store:
        notices = store.notices.of_obligations([f"obligation:{YEAR}:{DUTY}"])
    return {one.days: f"{one.decided_at:%Y-%m-%d}" for one in notices if one.state == "sent" and one.decided_at}


def _body(position: str, channel: str) -> str:
    """What a position read last on a channel."""
    with Store.read(settings().ledger_url) as store:
        mine = [one for one in store.messages.of_cycle(YEAR) if (one.position, one.channel) == (position, channel)]
    return max(mine, key=lambda one: one.sealed_at).body
