"""A rule can be waived for one submission, by the Department, until a day; the waiver stands beside the figure."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.databases import on_both_databases
from tests.smoke.story import YEAR, Story, progress_report, utc
from tipcycle.cli import main
from tipcycle.errors import StoreError, SubmissionError
from tipcycle.operations.assemble_interim_assessment import write_chapters
from tipcycle.operations.context import context
from tipcycle.operations.waive_rule import waive_rule
from tipcycle.settings import settings
from tipcycle.store import Store

pytestmark = on_both_databases

ON_TIME = utc("2009-11-10 09:00")
LAST_DAY = date(2009, 11, 12)
FIGURE = {
    "category": "convictions",
    "period": {"from": "2008-01-01", "to": "2008-12-31"},
    "status": "provided",
    "total": 7,
    "basis": "explicit offence",
    "offence": "Criminal Code, article on trafficking (made up)",
    "source": "Supreme Court (made up)",
}
REPORT = progress_report("AZE", "Baku", statistics=[FIGURE])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "AZE.yaml"
    path.write_text(yaml.safe_dump(REPORT) + "...\n", encoding="utf-8")
    return path


def waived(file: Path, **changed: Any) -> str:
    values: dict[str, Any] = {
        "code": "statistic.period",
        "reason": "the court publishes calendar years only",
        "approver": "gtip.director",
        "until_on": LAST_DAY,
        "at": ON_TIME,
    }
    return waive_rule(file, **values | changed)


def test_a_waived_rule_lets_the_submission_in_and_is_told_by_its_finding(asked: Story, file: Path) -> None:
    asked.drop("first.yaml", REPORT)
    (refused,) = asked.take_in(ON_TIME)

    line = waived(file)
    asked.drop("second.yaml", REPORT)
    (taken,) = asked.take_in(ON_TIME)

    assert (refused.outcome, taken.outcome) == ("refused", "accepted")
    assert "waived by gtip.director until 2009-11-12" in line
    (finding,) = (one for one in taken.findings if one.code == "statistic.period")
    assert finding.severity == "warning"
    assert "the court publishes calendar years only" in finding.message


def test_the_chapter_says_at_the_figure_that_a_rule_was_waived_for_it(asked: Story, file: Path) -> None:
    waived(file)
    asked.drop("AZE.yaml", REPORT)
    asked.take_in(ON_TIME)

    write_chapters(YEAR, ("AZE",), utc("2009-12-18 12:00"))

    text = (context(YEAR).documents / "interim-assessment" / "AZE.md").read_text(encoding="utf-8")
    assert "Convictions (rule statistic.period waived by gtip.director until 2009-11-12: the court publishes" in text


def test_a_waiver_is_for_that_answer_only_and_ends(asked: Story, file: Path) -> None:
    waived(file)
    asked.drop("other.yaml", REPORT | {"statistics": [FIGURE | {"total": 8}]})
    asked.drop("second.yaml", REPORT | {"statistics": [FIGURE | {"basis": None}]})
    other, second = asked.take_in(ON_TIME)

    asked.drop("late.yaml", REPORT)
    (late,) = asked.take_in(utc("2009-11-13 12:00"))

    assert [one.outcome for one in (other, second, late)] == ["refused"] * 3


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({"approver": "baku.front-office"}, "is at a post", id="by the post itself"),
        pytest.param({"approver": "nobody"}, "is not a position", id="by nobody"),
        pytest.param({"reason": " "}, "for a reason", id="without a reason"),
        pytest.param({"until_on": date(2009, 11, 9)}, "is over already", id="until yesterday"),
        pytest.param({"code": "obligation.wrong_post"}, "is not waived", id="whose file it is"),
        pytest.param({"code": "file.identity"}, "is not waived", id="an identity"),
        pytest.param({"code": "item.unknown"}, "is not waived", id="an item that was never asked"),
    ],
)
def test_what_cannot_be_waived_is_refused_with_its_reason(
    asked: Story, file: Path, changed: dict[str, Any], told: str
) -> None:
    with pytest.raises(StoreError, match=told):
        waived(file, **changed)

    with Store.read(settings().ledger_url) as store:
        assert store.rule_waivers.next_number() == 1


def test_a_file_that_cannot_be_read_is_not_waived(asked: Story, tmp_path: Path) -> None:
    (tmp_path / "cut.yaml").write_text("tipcycle: submission/1", encoding="utf-8")

    with pytest.raises(SubmissionError, match="cannot be read"):
        waived(tmp_path / "cut.yaml")


def test_a_rule_is_waived_from_the_command_line(asked: Story, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["waive-rule", str(file), "--code", "statistic.period", "--reason", "calendar years", "--until"]

    assert main([*words, "2009-11-12", "--by", "gtip.director", "--at", "2009-11-10T09:00Z"]) == 0
    assert "rule statistic.period waived by gtip.director" in capsys.readouterr().out
    assert main(["verify"]) == 0
