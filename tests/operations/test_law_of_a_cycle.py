"""What the law says of the countries of a cycle, and of those entering a Report of the coordinator's own config."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.builders import config
from tests.smoke.story import YEAR, Story, utc
from tipcycle.cli import main
from tipcycle.operations.context import context
from tipcycle.operations.country_limits import country_limits
from tipcycle.operations.explain_law import explain_all, explain_country
from tipcycle.operations.read_status import read_status
from tipcycle.operations.request_content import planned_request
from tipcycle.settings import ROOT


def test_a_territory_assessed_as_if_a_country_is_not_bound() -> None:
    limit = country_limits(config(), ["ANT"], on=date(2009, 12, 18))["ANT"]

    assert (limit.counted, limit.earliest_effect, limit.territory) == (1, None, True)
    assert (limit.finding.outcome, limit.finding.severity) == ("does_not_bind", "info")
    assert "territory assessed as if it were a country" in limit.finding.because


def test_its_action_request_says_nothing_of_the_limit_to_it() -> None:
    assert planned_request(context(YEAR), "ANT").about.limit is None
    assert planned_request(context(YEAR), "AZE").about.limit is not None


def test_explain_flags_a_territory_and_the_list_of_spring_leaves_it_out() -> None:
    explained = explain_country("ANT", report_year=2010)

    assert explained.findings[0].outcome == "does_not_bind"
    assert "ANT" not in {one.iso3 for one in explain_all(report_year=2010).next_year}
    assert "AZE" in {one.iso3 for one in explain_all(report_year=2010).next_year}


def test_status_counts_the_countries_that_would_reach_the_limit_and_no_territory(asked: Story) -> None:
    asked.tick(utc("2009-10-16 09:00"))

    limit = read_status(YEAR)["two_year_limit"]

    assert limit["must_be_tier_3"] == limit["unknown"] == []
    assert len(limit["would_reach_it_next"]) == 52
    assert {"AZE", "SWZ"} <= set(limit["would_reach_it_next"])
    assert not {"ANT", "MUS", "NGA", "OMN"} & set(limit["would_reach_it_next"])


@pytest.mark.parametrize(("on", "counted"), [(date(2009, 9, 13), 0), (date(2009, 9, 14), 1)])
def test_the_limit_is_that_of_the_placements_on_the_day(on: date, counted: int) -> None:
    assert country_limits(config(), ["SWZ"], on=on)["SWZ"].counted == counted


Grow = Callable[[str], None]


@pytest.fixture
def grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grow:
    """Lets the config's placements grow by the rows `YEAR,NAME,ISO3,TIER` given."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    monkeypatch.setenv("TIPCYCLE_CONFIG_DIR", str(tmp_path / "config"))

    def more(rows: str) -> None:
        path = tmp_path / "config" / "placements" / "tier_history.csv"
        head = path.read_text(encoding="utf-8").partition("\n")[0].split(",")
        with path.open("a", encoding="utf-8") as out:
            for row in rows.split():
                year, iso3, tier = row.split(",")
                cells = {"report_year": year, "country": iso3, "iso3": iso3, "tier": tier}
                out.write(",".join(cells.get(name, "test") for name in head) + "\n")

    return more


def test_the_list_of_spring_tells_who_has_no_waiver_left_and_who_comes_next(grow: Grow) -> None:
    grow("2011,AZE,2WL 2012,AZE,2WL 2011,SWZ,2WL 2012,SWZ,2 2011,ALB,2 2012,ALB,2WL")

    spring = explain_all()

    assert spring.report_year == 2013
    assert [one.iso3 for one in spring.no_waiver_left] == ["AZE"]
    assert [one.iso3 for one in spring.must_unless_waived] == []
    assert [one.iso3 for one in spring.next_year] == ["ALB"]
    assert [one.iso3 for one in explain_all(report_year=2012).must_unless_waived] == ["AZE", "SWZ"]
    assert [one.iso3 for one in explain_all(report_year=2012).no_waiver_left] == []


def test_status_says_one_territory_and_that_no_tick_ran(asked: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0

    text = capsys.readouterr().out
    assert ", 1 territory\n" in text
    assert "0 countries must go to Tier 3" in text
    assert "never" not in text
