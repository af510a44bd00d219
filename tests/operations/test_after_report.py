"""After the Report: counted from the day on which it really went out, by the placements that were recorded."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.operations.spring import place, recommend, spring, spring_ledger
from tests.smoke.story import YEAR, Story, utc
from tests.steps import stand_done
from tipcycle.cli import main
from tipcycle.errors import StoreError
from tipcycle.operations.after_report import after_report
from tipcycle.operations.determine import determine

__all__ = ["spring", "spring_ledger"]

RELEASED, AUTUMN = utc("2010-06-16 15:00"), utc("2010-09-20 15:00")


@pytest.fixture
def released(spring: Story) -> Story:
    """Eritrea stays on Tier 3, Mali moves to Tier 2; the Report is two days late against the plan."""
    for position in ("gtip.action-officer", "af.bureau"):
        recommend(position, ("ERI", "3"), ("MLI", "2"))
    place("g.principal", ("ERI", "3"), ("MLI", "2"))
    stand_done("report-release", RELEASED)
    return spring


def determined(country: str = "ERI", kind: str = "d4", on: date = date(2010, 9, 13), **changed: str) -> str:
    position = changed.get("position", "s.principal")
    return determine(YEAR, country=country, kind=kind, done_on=on, position=position, note="made up", at=AUTUMN)


def test_the_window_is_counted_from_the_actual_release(released: Story) -> None:
    after = after_report(YEAR, utc("2010-07-01 15:00"))

    assert (after.report.on, after.report.known, after.placements) == (date(2010, 6, 16), "recorded", "the ledger")
    assert [(one.iso3, one.first, one.last, one.state) for one in after.due] == [
        ("", date(2010, 7, 31), date(2010, 9, 14), "open"),
        ("ERI", date(2010, 7, 31), date(2010, 9, 14), "open"),
    ]


def test_nothing_follows_for_a_country_that_was_decided_not_to_be_placed(spring: Story) -> None:
    for position in ("gtip.action-officer", "af.bureau"):
        recommend(position, ("ERI", "none"), standards=[])
        recommend(position, ("MLI", "3"))
    place("g.principal", ("ERI", "none"), explanation="", standards=[])
    place("g.principal", ("MLI", "3"))
    stand_done("report-release", RELEASED)

    assert [one.iso3 for one in after_report(YEAR, utc("2010-07-01 15:00")).due] == ["", "MLI"]
    with pytest.raises(StoreError, match=r"ERI: .* it has no placement in that Report"):
        determined()


def test_what_is_determined_is_done_and_what_is_not_is_late(
    released: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    late = [one.state for one in after_report(YEAR, AUTUMN).due]
    line = determined()
    main(["after-report", "--report-year", "2010", "--at", "2010-09-20T15:00Z", "--json"])

    document = json.loads(capsys.readouterr().out)
    assert late == ["late", "late"]
    assert line == "ERI: (d)(4) on Mon 13 Sep 2010: a waiver in the national interest, in whole or in part"
    assert [(one["iso3"], one["state"], one["done_on"], one["kind"]) for one in document["due"]] == [
        ("", "late", None, ""),
        ("ERI", "done", "2010-09-13", "(d)(4)"),
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        pytest.param(
            {"country": "MLI"},
            r'whole or in part \(d4\)" cannot be recorded: it is on Tier 2, and nothing',
            id="not Tier 3",
        ),
        pytest.param({"country": "FRA"}, "it has no placement in that Report", id="not placed"),
        pytest.param({"kind": "d6"}, r'"d6" cannot be recorded: it can be: .* \(d1\); ', id="no such paragraph"),
        pytest.param({"on": date(2010, 6, 15)}, "lies before the Report", id="before the Report"),
        pytest.param({"on": date(2010, 9, 21)}, "still to come", id="to come"),
        pytest.param({"position": "asmara.action-officer"}, "is at a post", id="by a post"),
    ],
)
def test_what_cannot_follow_the_report_is_refused(released: Story, changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(StoreError, match=reason):
        determined(**changed)


def test_the_same_is_not_recorded_twice(released: Story) -> None:
    determined()

    with pytest.raises(StoreError, match="was recorded already for Mon 13 Sep 2010"):
        determined(kind="(D)(4)")


def test_before_any_placement_is_recorded_those_of_config_are_followed_up(spring: Story) -> None:
    after = after_report(YEAR, utc("2010-07-01 15:00"))

    assert (after.placements, after.report.known) == ("config/placements", "calendar of the next cycle")
    assert sum(one.iso3 != "" for one in after.due) == 13
