"""Where a position is reached: addresses and delegations by day, the later recorded one governs."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import config, utc
from tipcycle.ladder.contact_book import positions_on
from tipcycle.model.contact import Contact

OFFICER, ALTERNATE, FRONT = "baku.action-officer", "baku.alternate", "baku.front-office"


def contact(number: int, position: str = OFFICER, **changed: object) -> Contact:
    values: dict[str, object] = {
        "number": number,
        "position": position,
        "channel": None,
        "address": "",
        "delegate": "",
        "from_on": date(2009, 10, 1),
        "until_on": None,
        "reason": "test",
        "approver": "gtip.action-officer",
        "recorded_at": utc("2009-09-30 12:00"),
    }
    return Contact(**(values | changed))  # type: ignore[arg-type]


def mail_of(position: str, contacts: list[Contact], day: date) -> str | None:
    days = dict.fromkeys((OFFICER, ALTERNATE, FRONT), day)
    return positions_on(config().positions, contacts, days=days)[position].address("email")


NEW = contact(1, channel="email", address="new@posts.example")
LEAVE = contact(2, delegate=ALTERNATE, from_on=date(2009, 11, 2), until_on=date(2009, 11, 6))
OWN, OTHER = "baku.action-officer@posts.example", "baku.alternate@posts.example"


@pytest.mark.parametrize(
    ("day", "address"),
    [
        pytest.param(date(2009, 9, 30), OWN, id="the day before the new address"),
        pytest.param(date(2009, 10, 1), "new@posts.example", id="its first day"),
        pytest.param(date(2009, 11, 1), "new@posts.example", id="the day before the delegation"),
        pytest.param(date(2009, 11, 2), OTHER, id="first day of the delegation"),
        pytest.param(date(2009, 11, 6), OTHER, id="its last day"),
        pytest.param(date(2009, 11, 7), "new@posts.example", id="it ended by itself"),
    ],
)
def test_an_address_holds_from_its_day_and_a_delegation_until_its_day(day: date, address: str) -> None:
    assert mail_of(OFFICER, [NEW, LEAVE], day) == address


def test_the_neighbour_keeps_its_address() -> None:
    assert mail_of(ALTERNATE, [NEW, LEAVE], date(2009, 11, 3)) == OTHER


def test_the_later_recorded_contact_governs_whatever_its_first_day() -> None:
    later = contact(3, channel="email", address="later@posts.example", from_on=date(2009, 9, 1))

    assert mail_of(OFFICER, [later, NEW], date(2009, 10, 5)) == "later@posts.example"


def test_a_stand_in_is_reached_at_its_own_address_of_the_day_and_no_further() -> None:
    moved = contact(3, ALTERNATE, channel="email", address="moved@posts.example")
    on_leave_too = contact(4, ALTERNATE, delegate=FRONT, from_on=date(2009, 11, 2), until_on=date(2009, 11, 6))

    assert mail_of(OFFICER, [LEAVE, moved], date(2009, 11, 3)) == "moved@posts.example"
    assert mail_of(OFFICER, [LEAVE, on_leave_too], date(2009, 11, 3)) == OTHER


def test_positions_that_config_no_longer_has_are_passed_over() -> None:
    gone = contact(5, delegate="nowhere.action-officer")

    assert mail_of(OFFICER, [gone], date(2009, 11, 3)) == OWN
