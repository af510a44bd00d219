"""Nobody can be told: never a log line that is written once, always an alarm that stays until somebody can."""

from __future__ import annotations

from tests.smoke.story import Story, progress_report, utc
from tipcycle.operations.read_status import read_status
from tipcycle.settings import settings
from tipcycle.store import Store

BAKU = [f"baku.{role}@posts.example" for role in ("action-officer", "alternate", "front-office")]
ABOVE = ["eur.tip@bureaus.example", "director@gtip.example"]
ROUNDS = ["2009-10-16 06:00", "2009-10-16 14:00", "2009-10-16 15:00"]  # morning in Baku, then in Washington


def test_when_every_mailbox_up_to_the_director_refuses_the_alarm_goes_by_slack(asked: Story) -> None:
    asked.mailbox.refused.update(BAKU + ABOVE)

    for at in ROUNDS:
        asked.tick(utc(at))

    assert asked.sent_to("eur.bureau") == ["message:2010:eur.bureau:slack:2009-10-16:1"]
    assert asked.notices("progress-report:AZE")[-30, "eur.bureau"][0] == "sent"


def test_when_nobody_can_be_told_the_notice_stays_owed_and_every_tick_says_so(asked: Story) -> None:
    asked.mailbox.refused.update(BAKU + ABOVE)
    with Store.begin(settings().ledger_url) as store:
        for channel in ("#tip-eur", "#tip-director"):
            store.addresses.mark("slack", channel, reason="is_archived", at=utc("2009-10-01 00:00"))
    for at in ROUNDS:
        asked.tick(utc(at))

    # The last mailbox refused at send time; silence from here on was the fault.
    later = [asked.tick(utc(f"2009-10-{day} 14:00")).unreachable for day in (19, 20, 21)]

    assert all(any(":AZE:v1:-30:" in key for key in keys) for keys in later), later
    owed = [
        key for key, (state, _) in asked.notices("progress-report:AZE").items() if key[0] == -30 and state == "owed"
    ]
    assert len(owed) == 1
    assert "queued" not in {state for state, _ in asked.notices("progress-report:AZE").values()}

    asked.mailbox.refused.clear()
    with Store.begin(settings().ledger_url) as store:
        store.addresses.clear("director@gtip.example")
    report = asked.tick(utc("2009-10-22 14:00"))

    assert [key for key in report.unreachable if ":AZE:" in key] == []
    assert asked.sent_to("gtip.director") == ["message:2010:gtip.director:email:2009-10-22:1"]


def test_a_refusal_mail_to_a_mailbox_that_refuses_goes_to_the_next_one_up(asked: Story) -> None:
    asked.mailbox.refused.update(BAKU[:2])
    asked.drop("AZE.yaml", progress_report("AZE", "Baku", items=[{"id": "HP99", "status": "begun"}]))
    asked.take_in(utc("2009-10-12 06:00"))

    asked.tick(utc("2009-10-12 07:00"))

    (mail,) = (path for path in (asked.folder / "mails" / "baku").iterdir() if "refusal" in path.name)
    text = mail.read_text(encoding="utf-8")
    assert "X-Tipcycle-Position: baku.front-office" in text
    assert "in place of" in text
    assert "HP99" in text
    assert len(read_status(2010)["refused_messages"]) == 2


def test_a_refusal_mail_that_nobody_takes_can_be_sent_again_by_hand(asked: Story) -> None:
    from tipcycle.operations.settle_unknown import settle_unknown

    asked.mailbox.refused.update(BAKU + ABOVE)
    asked.drop("AZE.yaml", progress_report("AZE", "Baku", items=[{"id": "HP99", "status": "begun"}]))
    asked.take_in(utc("2009-10-12 06:00"))
    asked.tick(utc("2009-10-12 07:00"))
    first = min(one["message"] for one in read_status(2010)["refused_messages"])
    asked.mailbox.refused.clear()

    settle_unknown(first, as_="send-again", actor="gtip.action-officer", at=utc("2009-10-12 08:00"))
    asked.tick(utc("2009-10-12 09:00"))

    assert asked.mailbox.accepted == {first: 1}
    with Store.read(settings().ledger_url) as store:
        assert ("email", BAKU[0]) not in store.addresses.refused()
