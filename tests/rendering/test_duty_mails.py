"""What a clearer and the holder of splits read: golden files, one item a kind of document, nothing of it on Slack.

To renew the golden files: `python -m tests.rendering.test_duty_mails`, then read the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.builders import config, places, utc
from tipcycle.calendar.obligations import due_on
from tipcycle.ladder.compile_notices import compile_notices
from tipcycle.model.message import Message
from tipcycle.model.notice import Notice
from tipcycle.model.obligation import Obligation
from tipcycle.reminders.decide_messages import Digest
from tipcycle.rendering.digest import render_digest
from tipcycle.rendering.digest_duties import ToClear, ToSettle, items_of, wrapped
from tipcycle.rendering.digest_line import DigestFacts
from tipcycle.settings import ROOT

GOLDEN = Path(__file__).parent / "golden"
AT = utc("2010-01-12 14:00")
CHAPTERS = (
    [("Azerbaijan", "AZE"), ("Cameroon", "CMR"), ("China", "CHN"), ("Congo, Democratic Republic of the", "COD")],
    [("Belize", "BLZ"), ("Dominican Republic", "DOM"), ("Fiji", "FJI")],
)


def duty(step: str, subject: str, owner: str, planned_on: date, country: str | None = None) -> Obligation:
    """A duty that was asked on 4 January."""
    return Obligation(
        key=f"obligation:2010:{step}:{subject}",
        report_year=2010,
        step=step,
        post=None,
        country=country,
        owner=owner,
        planned_on=planned_on,
        original_on=planned_on,
        due_at=due_on(planned_on, None, places()),
        opened_at=utc("2010-01-04 15:00"),
    )


def notices_of(owed: Obligation) -> list[Notice]:
    compiled = compile_notices(
        owed,
        config().ladders[owed.step],
        post=None,
        positions=config().positions,
        places=places(),
        opened_at=owed.opened_at or AT,
    )
    return list(compiled.notices)


def mail(
    position: str,
    days: int,
    *owed: Obligation,
    to_clear: Sequence[ToClear] = (),
    to_settle: Sequence[ToSettle] = (),
    told_at: datetime | None = None,
    at: datetime = AT,
) -> Message:
    """The message of one rung to `position` about duties and what they wait for, in the same order."""
    due = [one for each in owed for one in notices_of(each) if (one.days, one.position) == (days, position)]
    told = {
        each.key: [
            Notice(**(vars(one) | {"state": "sent", "decided_at": told_at}))
            for one in notices_of(each)
            if told_at and one.days == -6
        ]
        for each in owed
    }
    channel = due[0].channel
    digest = Digest("message:x", position, channel, "x@x.example", at.date(), 1, tuple(due), {})
    facts = DigestFacts(
        {one.key: one for one in owed},
        told,
        {},
        to_clear={one.key: what for one, what in zip(owed, to_clear, strict=False)},
        to_settle={one.key: what for one, what in zip(owed, to_settle, strict=False)},
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


def two_rounds(position: str = "drl.clearer", days: int = 1) -> Message:
    """Two rounds of chapters that DRL owes, and a third of which another mail told."""
    where = "var/documents/2010/interim-assessment/ISO3.docx"
    rounds = [
        ToClear("drl.clearer", "interim-chapter", "interim assessment", tuple(told), (("Mali", "MLI"),), (where,))
        for told in CHAPTERS
    ]
    owed = [
        duty("clear-documents", "drl.clearer.1", "drl.clearer", date(2010, 1, 11)),
        duty("clear-documents", "drl.clearer.2", "drl.clearer", date(2010, 1, 13)),
    ]
    return mail(position, days, *owed, to_clear=rounds, told_at=utc("2010-01-05 14:00"))


def two_splits(position: str = "gtip.director", days: int = -2, *, may_raise: bool = True) -> Message:
    """Two splits that the director holds."""
    owed = [
        duty("settle-split", "SEN.1", "gtip.director", date(2010, 1, 13), "SEN"),
        duty("settle-split", "AZE.1", "gtip.director", date(2010, 1, 14), "AZE"),
    ]
    splits = [
        ToSettle("gtip.director", "Senegal", "SEN", "Tier 3", "Tier 2 Watch List", "13 Jan", may_raise),
        ToSettle("gtip.director", "Azerbaijan", "AZE", "Tier 2", "Tier 2 Watch List", "14 Jan", may_raise),
    ]
    return mail(position, days, *owed, to_settle=splits)


GOLDEN_MAILS = {"clearer-two-rounds.txt": two_rounds, "holder-two-splits.txt": two_splits}


def text_of(message: Message) -> str:
    return f"{message.subject}\n\n{message.body}"


@pytest.mark.parametrize("name", GOLDEN_MAILS)
def test_the_mail_reads_as_its_golden_file(name: str) -> None:
    assert text_of(GOLDEN_MAILS[name]()) == (GOLDEN / name).read_text(encoding="utf-8")


def test_rounds_of_one_kind_are_one_item_due_with_the_earliest_and_one_event() -> None:
    told = two_rounds()

    assert told.subject == "Overdue: clearance of 7 chapters of the interim assessment (1 day overdue)"
    assert "1 item is owed" in told.body
    assert told.body.count("--all --by drl.clearer") == 1
    assert told.attachments[0].text.count("BEGIN:VEVENT") == 1


def test_whoever_owes_it_is_told_so_and_others_who_is_silent_since_when() -> None:
    own, other = two_rounds().body, two_rounds("gtip.action-officer", 3).body

    assert "It comes to you because you owe it yourself." in own
    assert "the last one up" not in own
    assert "Silent" not in own
    assert "   Silent      drl.clearer is silent since Tue 5 Jan 2010 on 7 documents\n" in other
    assert "tipcycle clear" not in other
    assert "you owe it yourself" not in other


def test_a_mail_on_splits_bears_its_marking_at_both_ends_and_names_no_country_in_its_subject() -> None:
    told = two_splits()

    assert told.body.startswith("SENSITIVE BUT UNCLASSIFIED\n")
    assert told.body.endswith("\nSENSITIVE BUT UNCLASSIFIED\n")
    assert told.subject == "Decision on 2 splits over a tier (1 day left)"
    assert "Senegal" not in told.attachments[0].text
    assert two_rounds().body.startswith("UNCLASSIFIED\n")


def test_who_is_the_last_to_decide_is_not_told_how_to_raise() -> None:
    assert "place raise" in two_splits().body
    assert "place raise" not in two_splits(may_raise=False).body


def test_slack_is_told_of_splits_by_their_number_alone() -> None:
    told = two_splits(days=5)

    said = f"{told.subject}\n{told.body}"
    assert told.channel == "slack"
    assert "• Washington · settle-split · 2 waiting · " in said
    assert not [word for word in ("SEN", "AZE", "Senegal", "Tier", "Watch List", "SENSITIVE") if word in said]
    assert told.attachments == ()


def test_slack_is_told_of_rounds_by_their_number_and_who_is_silent() -> None:
    told = two_rounds("gtip.director", 5)

    assert told.channel == "slack"
    assert "7 waiting · 1 day overdue · drl.clearer is silent since Tue 5 Jan 2010 on 7 documents" in told.body
    assert "AZE" not in told.body


def test_who_was_never_told_is_not_called_silent() -> None:
    owed = duty("clear-documents", "h.clearer.1", "h.clearer", date(2010, 1, 11))
    waiting = ToClear("h.clearer", "interim-assessment", "interim assessment", (), (), ())

    told = mail("gtip.action-officer", 3, owed, to_clear=[waiting]).body

    assert "   Silent      h.clearer was never told of it: no message was accepted; it waits on 1 document\n" in told
    assert "   To clear    compiled interim assessment\n" in told


def test_a_duty_is_not_told_what_the_country_has_answered() -> None:
    assert "Already in" not in two_rounds().body + two_splits().body


@pytest.mark.parametrize(
    ("kinds", "items"),
    [
        pytest.param([("drl.clearer", "interim-chapter"), ("drl.clearer", "interim-chapter")], [2], id="one kind"),
        pytest.param([("l.clearer", "interim-chapter"), ("l.clearer", "interim-assessment")], [1, 1], id="two kinds"),
        pytest.param([("l.clearer", "interim-chapter"), ("h.clearer", "interim-chapter")], [1, 1], id="two positions"),
    ],
)
def test_rounds_are_one_item_a_kind_and_position(kinds: list[tuple[str, str]], items: list[int]) -> None:
    owed = [
        duty("clear-documents", f"{owner}.{number}", owner, date(2010, 1, 11))
        for number, (owner, _) in enumerate(kinds)
    ]
    due = [next(iter(notices_of(one))) for one in owed]
    waiting = {one.key: ToClear(owner, kind, "x", (), (), ()) for one, (owner, kind) in zip(owed, kinds, strict=True)}

    assert [len(item) for item in items_of(due, waiting, {})] == items


def test_every_name_is_listed_in_lines_of_72_columns_and_none_is_torn() -> None:
    lines = wrapped((one.name, one.iso3) for one in config().countries.values())

    assert max(len(line) for line in lines) <= 57
    assert ", ".join(line.rstrip(",") for line in lines) == ", ".join(
        f"{one.name} ({one.iso3})" for one in config().countries.values()
    )


if __name__ == "__main__":
    for name, made in GOLDEN_MAILS.items():
        (GOLDEN / name).write_text(text_of(made()), encoding="utf-8", newline="\n")
