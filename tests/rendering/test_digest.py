"""What a digest says by mail and on Slack, and the deadlines that travel with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.builders import config, notices, obligation, places, utc
from tipcycle.intake.read_submission import read_submission
from tipcycle.model.answer import Answer, ShortAnswer
from tipcycle.model.message import Message
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.reminders.decide_messages import Digest
from tipcycle.rendering.deadline_ics import deadline_ics
from tipcycle.rendering.digest import render_digest
from tipcycle.rendering.digest_line import DigestFacts
from tipcycle.rendering.how_to_answer import how_to_answer
from tipcycle.settings import ROOT

THIRTEENTH = utc("2009-11-13 09:00")


def rendered(
    position: str,
    days: int,
    *owed: Obligation,
    at: datetime,
    history: Sequence[Notice] = (),
    siblings: Sequence[Obligation] = (),
    forced: str = "",
    alarm: bool = False,
    reason: str = "",
    answers: Sequence[Answer] = (),
    link: str = "",
) -> Message:
    """The message of one rung about `owed` to `position`; `history` and `siblings` are those of every country."""
    due = [
        replace(one, alarm=alarm, reason=reason)
        for obligation_ in owed
        for one in notices(obligation_)
        if (one.days, one.position) == (days, position)
    ]
    where = config().positions[position]
    local_on = places().of(where).local_date(at)
    digest = Digest(
        key=f"message:2010:{position}:{due[0].channel}:{local_on}:1",
        position=position,
        channel=due[0].channel,
        address=where.address(due[0].channel) or "",
        local_on=local_on,
        n=1,
        notices=tuple(due),
        replaced={},
        forced=forced,
    )
    facts = DigestFacts(
        obligations={one.key: one for one in owed},
        history={one.key: [past for past in history if past.obligation == one.key] for one in owed},
        siblings={one.key: [other for other in siblings if other.country == one.country] for one in owed},
        answers={one.key: [said for said in answers if said.obligation == one.key] for one in owed},
        links={one.key: link for one in owed},
    )
    return render_digest(
        digest,
        facts,
        config=config(),
        places=places(),
        templates=ROOT / "config" / "templates",
        ui_url="http://127.0.0.1:4200",
        at=at,
    )


def sent(owed: Obligation, days: int, at: str) -> list[Notice]:
    """The rung's notices as they stand once they went out."""
    return [replace(one, state="sent", decided_at=utc(at)) for one in notices(owed) if one.days == days]


SENEGAL, GUINEA_BISSAU = obligation("SEN"), obligation("GNB")


def dakar() -> Message:
    return rendered("dakar.action-officer", -1, GUINEA_BISSAU, SENEGAL, at=THIRTEENTH)


def test_dakar_is_reminded_of_its_two_countries_in_one_mail() -> None:
    mail = dakar()

    assert mail.subject == ("Progress report on the action plan, with statistics: Guinea-Bissau, Senegal (2 days left)")
    assert (mail.channel, mail.address) == ("email", "dakar.action-officer@posts.example")
    assert "Cycle 2010: 2 items are owed." in mail.body
    assert "1. Progress report on the action plan, with statistics: Guinea-Bissau\n" in mail.body
    assert "2. Progress report on the action plan, with statistics: Senegal\n" in mail.body
    assert "3. " not in mail.body


def test_a_reminder_tells_the_deadline_in_local_time_and_utc_and_whether_the_post_works_then() -> None:
    mail = rendered("baku.action-officer", -1, obligation("AZE"), at=utc("2009-11-13 05:00"))

    assert "Sun 15 Nov 2009 23:59 (UTC+4) at Baku\n" in mail.body
    assert "Sun 15 Nov 2009 19:59 UTC\n" in mail.body
    assert "Sunday, a rest day at Baku\n" in mail.body
    assert "last working day before it: Fri 13 Nov 2009\n" in mail.body


def test_where_the_deadline_is_a_working_day_the_reminder_says_so() -> None:
    mail = rendered("cairo.action-officer", -1, obligation("EGY"), at=utc("2009-11-12 07:00"))

    assert "Sunday, a working day at Cairo\n" in mail.body
    assert "rest day" not in mail.body


def test_a_mail_says_whom_to_ask_and_is_marked_at_both_ends() -> None:
    mail = dakar()

    assert "Whom to ask: Reports officer, G/TIP, reports@gtip.example\n" in mail.body
    assert "artifacts/key" not in mail.body, "a post does not reach Prefect"
    assert mail.body.strip().startswith("UNCLASSIFIED\n")
    assert mail.body.strip().endswith("\nUNCLASSIFIED")


@pytest.mark.parametrize(
    ("at", "left"),
    [
        pytest.param("2009-11-13 09:00", "2 days left", id="two days before"),
        pytest.param("2009-11-14 09:00", "1 day left", id="the day before"),
        pytest.param("2009-11-15 23:59", "due today", id="the last minute of the day"),
        pytest.param("2009-11-16 00:00", "1 day overdue", id="the first minute after"),
        pytest.param("2009-11-17 09:00", "2 days overdue", id="two days after"),
    ],
)
def test_the_days_left_are_counted_on_the_post_s_own_calendar(at: str, left: str) -> None:
    mail = rendered("dakar.action-officer", -1, SENEGAL, at=utc(at))

    assert f"Now         {left}\n" in mail.body
    assert mail.subject.endswith(f"({left})")
    assert mail.subject.startswith("Overdue: progress report") is ("overdue" in left)


def test_an_escalation_says_when_the_post_was_really_reminded() -> None:
    owed = obligation("AZE")
    history = [*sent(owed, -7, "2009-11-06 05:00"), *sent(owed, 1, "2009-11-16 05:00"), *notices(owed)]

    mail = rendered("baku.front-office", 3, owed, at=utc("2009-11-18 05:00"), history=history)

    assert "Before      reminded twice: 6 Nov, 16 Nov\n" in mail.body
    assert "3 days overdue" in mail.body


def test_a_notice_that_was_never_sent_is_not_told_as_a_reminder() -> None:
    owed = obligation("AZE")
    history = [replace(one, state="unknown", decided_at=utc("2009-11-06 05:00")) for one in notices(owed)]

    mail = rendered("baku.front-office", 3, owed, at=utc("2009-11-18 05:00"), history=history)

    assert "Before      not reminded before\n" in mail.body


def test_what_the_country_has_answered_already_is_thanked_for() -> None:
    demarche = obligation("SEN", key="demarche", step="demarche", answered_at=utc("2009-10-08 10:00"))

    mail = rendered("dakar.action-officer", -1, GUINEA_BISSAU, SENEGAL, at=THIRTEENTH, siblings=[demarche])

    assert mail.body.count("Already in  nothing yet") == 1
    assert mail.body.count("Already in  report on the delivery of the non-paper (8 Oct)") == 1


def test_a_message_that_may_not_wait_says_why_it_comes_now() -> None:
    why = "sent outside working hours, because its time runs out at 2009-11-15T23:59:59Z"

    assert f"This message is {why}." in rendered("dakar.action-officer", -1, SENEGAL, at=THIRTEENTH, forced=why).body
    assert "This message is" not in dakar().body


def test_an_alarm_says_that_nobody_below_can_be_reached() -> None:
    mail = rendered("dakar.front-office", 3, SENEGAL, at=utc("2009-11-18 09:00"), alarm=True)

    assert "nobody below you has a valid address" in mail.body
    assert "1. Progress report on the action plan, with statistics: Senegal (!)" in mail.body
    assert "nobody below you" not in dakar().body


def slack() -> Message:
    return rendered("af.bureau", 7, GUINEA_BISSAU, SENEGAL, at=utc("2009-11-23 14:00"))


def test_slack_gets_counts_and_a_link() -> None:
    message = slack()

    assert (message.channel, message.address) == ("slack", "#tip-af")
    assert message.subject == "Cycle 2010: 2 owed, 2 overdue"
    assert "Trafficking officer, Bureau AF: 2 owed, 2 overdue in cycle 2010." in message.body
    assert "• Dakar SEN · progress-report · 8 days overdue · not reminded before\n" in message.body
    assert "<http://127.0.0.1:4200/artifacts/key/status-board-2010|Status board>" in message.body


def test_nothing_that_carries_a_marking_goes_to_slack() -> None:
    message = slack()

    said = f"{message.subject}\n{message.body}"
    items = [item for country in ("SEN", "GNB") for item in config().plans[country].recommendations]
    assert items
    assert "SBU" not in said
    assert "UNCLAS" not in said
    assert not [item.id for item in items if item.text[:30] in said or f" {item.id}" in said]
    assert message.attachments == ()


def events(text: str) -> list[dict[str, str]]:
    """Each event's lines by their names, as any calendar program reads them."""
    return [
        dict(line.split(":", 1) for line in event.to_ical().decode().replace("\r\n ", "").splitlines())
        for event in Calendar.from_ical(text).walk("VEVENT")
    ]


def test_a_mail_carries_each_deadline_as_one_calendar_event() -> None:
    attached, _ = dakar().attachments

    assert (attached.name, attached.content_type) == ("deadlines.ics", "text/calendar")
    assert [(event["UID"], event["DTSTART"]) for event in events(attached.text)] == [
        ("obligation.2010.progress-report.GNB@tipcycle.example", "20091115T235959Z"),
        ("obligation.2010.progress-report.SEN@tipcycle.example", "20091115T235959Z"),
    ]


@pytest.mark.parametrize(("version", "sequence"), [(1, "0"), (2, "1"), (5, "4")])
def test_a_changed_deadline_updates_the_event_that_was_there(version: int, sequence: str) -> None:
    attached = deadline_ics([(obligation("SEN", version=version), "Progress report: Senegal")], at=THIRTEENTH)

    (event,) = events(attached.text)
    assert event["SEQUENCE"] == sequence
    assert event["UID"] == "obligation.2010.progress-report.SEN@tipcycle.example"
    assert event["SUMMARY"] == "Due: Progress report: Senegal"


def test_the_same_digest_keeps_its_message_id() -> None:
    assert dakar().message_id == "<message.2010.dakar.action-officer.email.2009-11-13.1@tipcycle.example>"
    assert dakar() == dakar()


@pytest.mark.parametrize(
    ("position", "days", "at", "told"),
    [
        pytest.param("baku.action-officer", 1, "2009-11-16 05:00", None, id="the officer is reminded"),
        pytest.param("baku.front-office", 3, "2009-11-18 05:00", "it is your post that owes it", id="front office"),
        pytest.param("eur.bureau", 7, "2009-11-23 14:00", "ask these posts when their answer comes", id="bureau"),
        pytest.param("gtip.director", 14, "2009-11-30 14:00", "This is an escalation", id="director, on Slack"),
    ],
)
def test_an_escalation_says_that_it_is_one_and_what_is_expected_of_its_reader(
    position: str, days: int, at: str, told: str | None
) -> None:
    body = rendered(position, days, obligation("AZE"), at=utc(at)).body

    assert ("This is an escalation" in body) is (told is not None)
    assert told is None or told in body


def test_a_stand_in_is_told_in_whose_place() -> None:
    mail = rendered(
        "baku.front-office", 3, obligation("AZE"), at=utc("2009-11-18 05:00"), reason="in place of baku.alternate"
    )

    assert "   In place of Alternate action officer, Baku, whose address does not work\n" in mail.body
    assert "In place of" not in rendered("baku.front-office", 3, obligation("AZE"), at=utc("2009-11-18 05:00")).body


def department(step_id: str, days: int, position: str, at: str) -> Message:
    """One rung of a step of the Department, as the cycle's own ladder compiles it."""
    from tipcycle.calendar.obligations import obligations_of
    from tipcycle.ladder.compile_notices import compile_notices

    step = config().calendar.step(step_id)
    (owed,) = obligations_of(step, config=config(), places=places(), special_watch_list=())
    compiled = compile_notices(
        owed,
        config().ladders[step.ladder],
        post=None,
        positions=config().positions,
        places=places(),
        opened_at=utc("2009-09-14 12:00"),
    )
    due = tuple(one for one in compiled.notices if (one.days, one.position) == (days, position))
    digest = Digest("message", position, "email", "x@gtip.example", step.planned_on, 1, due, {})
    return render_digest(
        digest,
        DigestFacts({owed.key: owed}, {owed.key: ()}, {}),
        config=config(),
        places=places(),
        templates=ROOT / "config" / "templates",
        ui_url="http://127.0.0.1:4200",
        at=utc(at),
    )


def test_a_step_of_the_department_names_what_is_owed_and_asks_for_no_form() -> None:
    mail = department("interim-release", 1, "gtip.action-officer", "2010-02-01 14:00")

    assert mail.subject == "Overdue: release of the interim assessment to Congress (3 days overdue)"
    assert "how-to-answer" not in mail.body
    assert "Once a step is done the Department records it" in mail.body
    assert [one.name for one in mail.attachments] == ["deadlines.ics"]


@pytest.mark.parametrize(
    ("step", "days", "at", "legal"),
    [
        pytest.param("interim-release", -1, "2010-01-28 14:00", "Mon 1 Feb 2010", id="ahead"),
        pytest.param("interim-release", 1, "2010-02-01 14:00", "Mon 1 Feb 2010", id="on the legal day"),
        pytest.param("interim-release", 1, "2010-02-02 14:00", "passed on Mon 1 Feb 2010", id="the day after"),
        pytest.param("report-release", -10, "2010-05-28 14:00", "Tue 1 Jun 2010, before the planned day", id="between"),
        pytest.param("report-release", -5, "2010-06-09 14:00", "passed on Tue 1 Jun 2010", id="planned after it"),
        pytest.param("interim-clearance", -7, "2010-01-15 14:00", None, id="a step of which the law says nothing"),
    ],
)
def test_a_mail_about_a_step_with_a_legal_bound_shows_it(step: str, days: int, at: str, legal: str | None) -> None:
    body = department(step, days, "gtip.action-officer", at).body

    assert ("Legal bound" in body) is (legal is not None)
    assert legal is None or f"   Legal bound {legal}\n" in body


def test_a_post_gets_a_form_for_each_of_its_countries_with_the_head_filled_in() -> None:
    _, form = rendered("dakar.action-officer", -1, GUINEA_BISSAU, SENEGAL, at=THIRTEENTH).attachments

    assert form.name == "how-to-answer.txt"
    assert ["country: GNB" in part or "country: SEN" in part for part in forms(form.text)] == [True, True]
    assert all("post: Dakar\nsubmitted_by: dakar.action-officer\n" in part for part in forms(form.text))


@pytest.mark.parametrize(
    ("step", "left_open"),
    [
        pytest.param("demarche", {"demarche.delivered_on", "demarche.level"}, id="demarche"),
        pytest.param("progress-report", {"items[1].status", "statistics[1].status"}, id="progress report"),
        pytest.param("annual-submission", {"standards[1].met", "statistics[1].status"}, id="annual submission"),
    ],
)
def test_a_form_has_the_shape_that_is_read_and_is_refused_until_it_is_filled_in(
    step: str, left_open: set[str], tmp_path: Path
) -> None:
    owed = obligation("AZE", step=step)
    (form,) = forms(how_to_answer([owed], config=config(), templates=ROOT / "config" / "templates").text)
    (tmp_path / "form.yaml").write_text(form, encoding="utf-8")

    findings = read_submission(tmp_path / "form.yaml", max_bytes=10_000).findings

    assert {finding.where for finding in findings} == left_open


def forms(text: str) -> list[str]:
    """What stands between the rules."""
    return [part.partition("\n")[2] for part in text.split("-" * 8)[1::2]]


def promise(answer: ShortAnswer, at: str, on: date | None = None) -> Answer:
    owed = obligation("AZE").key
    return Answer(f"answer:{at}", owed, "baku.action-officer", answer, on, "a note", "link", 1, utc(at))


SAID = (
    promise("received", "2009-11-02 10:00"),
    promise("will_report", "2009-11-12 10:00", date(2009, 11, 18)),
    promise("will_report", "2009-11-16 21:00", date(2009, 11, 20)),
)


def test_an_escalation_tells_what_the_post_said_with_its_newest_promise_and_without_its_notes() -> None:
    mail = rendered("baku.front-office", 3, obligation("AZE"), at=utc("2009-11-18 05:00"), answers=SAID)

    assert (
        "   Post said   request received (on 2 Nov)\n               will report by Fri 20 Nov 2009 (on 17 Nov)\n"
        in (mail.body)
    )
    assert "18 Nov 2009" not in mail.body
    assert "a note" not in mail.body


def test_slack_is_told_the_promise_in_one_line() -> None:
    text = rendered("eur.bureau", 7, obligation("AZE"), at=utc("2009-11-23 15:00"), answers=SAID[1:2])

    assert "not reminded before · said: will report by Wed 18 Nov 2009 (on 12 Nov)\n" in text.body


def test_each_item_has_its_own_link_on_a_line_of_its_own_or_none() -> None:
    with_link = rendered(
        "baku.action-officer", -1, obligation("AZE"), at=THIRTEENTH, link="https://tip.example/answer/x"
    )
    without = rendered("baku.action-officer", -1, obligation("AZE"), at=THIRTEENTH)

    assert "\n   https://tip.example/answer/x\n" in with_link.body
    assert "no login" not in without.body
