"""A mail goes to whoever fills the position on its day."""

from __future__ import annotations

from datetime import date
from email import policy
from email.parser import BytesParser

import pytest

from tests.databases import on_both_databases
from tests.smoke.story import YEAR, Story, utc
from tipcycle.errors import StoreError
from tipcycle.operations.change_contact import change_contact, delegate
from tipcycle.operations.read_contacts import read_contacts
from tipcycle.settings import settings
from tipcycle.store import Store

pytestmark = on_both_databases

AT = utc("2009-10-12 12:00")
OFFICER = "dakar.action-officer"


def change(
    address: str = "new.officer@posts.example", *, preview: bool = False, by: str = "gtip.action-officer"
) -> None:
    change_contact(
        YEAR,
        position=OFFICER,
        address=address,
        from_on=date(2009, 10, 14),
        reason="a new officer came",
        approver=by,
        at=AT,
        preview=preview,
    )


def stand_in(to: str = "dakar.alternate", *, until: date = date(2009, 10, 20)) -> None:
    delegate(
        YEAR,
        position=OFFICER,
        to=to,
        from_on=date(2009, 10, 14),
        until_on=until,
        reason="leave",
        approver="gtip.action-officer",
        at=AT,
        preview=False,
    )


def recipients(cycle: Story) -> set[str]:
    """The To addresses of every mail that went to the action officer's position at Dakar."""
    found = set()
    for path in (cycle.folder / "mails").rglob("*.eml"):
        mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        if f".{OFFICER}." in str(mail["Message-ID"]):
            found.add(str(mail["To"]))
    return found


def test_a_reminder_goes_to_the_new_address_from_its_day_on(asked: Story) -> None:
    change()

    asked.tick(utc("2009-10-16 10:00"))

    assert recipients(asked) == {"new.officer@posts.example"}


def test_a_delegation_ends_by_itself(asked: Story) -> None:
    stand_in()

    asked.tick(utc("2009-10-16 10:00"))
    asked.tick(utc("2009-11-02 10:00"))

    assert recipients(asked) == {"dakar.alternate@posts.example", "dakar.action-officer@posts.example"}


def test_a_preview_changes_nothing_and_the_log_holds_no_address(asked: Story) -> None:
    change(preview=True)
    with Store.read(settings().ledger_url) as store:
        assert store.contacts.all() == []

    change()

    dakar = read_contacts(YEAR, "Dakar", utc("2009-10-14 12:00"))["positions"][0]
    assert dakar["addresses"]["email"] == "new.officer@posts.example"
    assert dakar["recorded"][0]["reason"] == "a new officer came"
    with Store.read(settings().ledger_url) as store:
        logged = [act for act in store.acts.all() if act.act == "change-contact"]
        assert list(store.acts.breaks()) == []
    assert len(logged) == 1
    assert "new.officer" not in str(logged[0])


@pytest.mark.parametrize(
    "address", ["", "nobody", "a b@posts.example", "x@y", "a@b.example\nBcc: c@d.example", "<a@b.example>"]
)
def test_what_is_no_mail_address_is_refused(asked: Story, address: str) -> None:
    with pytest.raises(StoreError, match=r"is no mail address|an address is needed"):
        change(address)


def test_nobody_unknown_approves_and_nobody_stands_in_for_itself(asked: Story) -> None:
    with pytest.raises(StoreError, match='"nobody" is not a position'):
        change(by="nobody")
    with pytest.raises(StoreError, match="cannot stand in for itself"):
        stand_in(OFFICER)
    with pytest.raises(StoreError, match="ends after it begins"):
        stand_in(until=date(2009, 10, 1))
    with pytest.raises(StoreError, match="a year at most"):
        stand_in(until=date(2011, 10, 1))
