"""Which law is new from one Report to the next, against the real parameters."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import config
from tipcycle.rollover.law_changes import LawChange, law_changes


def _changes(report_year: int) -> dict[str, LawChange]:
    until = date(report_year + 1, 6, 30)
    return {one.parameter: one for one in law_changes(config().law, report_year=report_year, until=until)}


def test_from_2010_to_2011_only_the_waivers_decider_changes() -> None:
    (change,) = _changes(2010).values()

    assert (change.parameter, change.before, change.now) == (
        "waiver-decided-by",
        "the President",
        "the Secretary of State",
    )
    assert (change.since, change.governs) == (date(2010, 9, 20), "the Report")
    assert "22 U.S.C. 7107(b)(2)(D)(ii)" in change.reference


@pytest.mark.parametrize(
    ("report_year", "parameter", "before", "now"),
    [
        pytest.param(2008, "two-year-limit", None, "2", id="the act of December 2008, the limit"),
        pytest.param(2018, "waiver-length", "2", "1", id="the acts of January 2019"),
        pytest.param(2020, "report-due", "06-01", "06-30", id="June 30 from the 2021 Report"),
    ],
)
def test_a_new_value_is_told_with_the_old_one(report_year: int, parameter: str, before: str | None, now: str) -> None:
    change = _changes(report_year)[parameter]

    assert (change.before, change.now, change.governs) == (before, now, "the Report")


def test_a_value_that_begins_after_the_laws_day_counts_from_its_day() -> None:
    law = config().law
    parameter = law.report_due
    later = parameter.values[-1].model_copy(update={"start": date(2011, 6, 10), "value": "07-01"})
    changed = law.model_copy(
        update={"report_due": parameter.model_copy(update={"values": (parameter.values[0], later)})}
    )

    told = {one.parameter: one for one in law_changes(changed, report_year=2010, until=date(2011, 6, 13))}

    assert (told["report-due"].governs, told["report-due"].before, told["report-due"].now) == (
        "from its day",
        "06-01",
        "07-01",
    )
    early = law_changes(changed, report_year=2010, until=date(2011, 6, 9))
    assert "report-due" not in {one.parameter for one in early}
