"""The commands of the law, as a coordinator and a program use them."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.test_special_watch_list import JUNE_2009
from tipcycle.cli import main
from tipcycle.settings import ROOT

HISTORY = ROOT / "config" / "placements" / "tier_history.csv"
CORRECTIONS = ROOT / "config" / "placements" / "corrections.csv"


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command that must succeed prints."""
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_the_watch_list_of_2009_is_the_one_that_state_named(capsys: pytest.CaptureFixture[str]) -> None:
    command = (
        "rules",
        "watch-list",
        str(HISTORY),
        "--corrections",
        str(CORRECTIONS),
        "--report-year",
        "2009",
        "--json",
    )

    listed = json.loads(printed(capsys, *command))

    assert {one["iso3"] for one in listed} == {*JUNE_2009, "SWZ", "MUS", "NGA", "OMN"}
    assert sum(one["counted"] for one in listed) == 55
    assert [one for one in listed if not one["counted"]] == [
        {"iso3": "ANT", "country": "Netherlands Antilles", "group": "tier_2_watch_list", "counted": False}
    ]
    assert [one["iso3"] for one in listed] == sorted(one["iso3"] for one in listed)


def test_without_corrections_the_given_file_alone_counts(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(printed(capsys, "rules", "watch-list", str(HISTORY), "--report-year", "2009", "--json"))

    assert len(listed) == 55
    assert "SWZ" not in {one["iso3"] for one in listed}


@pytest.mark.parametrize(("year", "missing"), [("2001", "2000"), ("2011", "2011"), ("2012", "2011")])
def test_a_watch_list_without_the_report_before_is_refused_and_names_it(
    capsys: pytest.CaptureFixture[str], year: str, missing: str
) -> None:
    assert main(["rules", "watch-list", str(HISTORY), "--report-year", year, "--json"]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert f"has no row of the {missing} Report" in told.err


def test_replay_prints_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.csv"
    rows = "".join(f"{year},Q,QQQ,2WL\n" for year in range(2009, 2014))
    path.write_text("report_year,country,iso3,tier\n" + rows)

    plain = json.loads(printed(capsys, "rules", "replay", str(path), "--json"))
    told = json.loads(printed(capsys, "rules", "replay", str(path), "--json", "--findings"))

    assert plain[-1] == {
        "report_year": 2013,
        "iso3": "QQQ",
        "counted_reports_before": 4,
        "waiver_allowed": 2,
        "waiver_used_before": 2,
        "exhausted": True,
        "tier": "2WL",
        "outcome": "contradiction",
    }
    assert [one["outcome"] for one in plain] == ["waived", "waived", "contradiction"]
    assert {finding["rule"] for finding in told[-1]["findings"]} >= {"two_year_limit", "limit_outcome"}
    assert all(finding["source"] for one in told for finding in one["findings"])


def test_a_faulty_file_is_refused_with_every_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("report_year,country,iso3,tier\n2009,Q,QQQ,4\nx,Q,QQQ,2\n")

    assert main(["rules", "replay", str(path), "--json"]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert "line 2" in told.err
    assert "line 3" in told.err


def test_explain_traces_every_line_to_a_reference(capsys: pytest.CaptureFixture[str]) -> None:
    explained = json.loads(printed(capsys, "explain", "azerbaijan", "--json"))

    limit = explained["findings"][0]
    assert (explained["report_year"], limit["outcome"]) == (2011, "must_be_tier_3")
    assert limit["inputs"]["counted_reports_before"] == 2
    said = explained["findings"] + [finding for choice in explained["choices"] for finding in choice["findings"]]
    assert all(finding["source"] and finding["law_version"] for finding in said)


def test_every_choice_can_be_asked_for_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for choice in ("1", "2", "2WL", "3", "waived"):
        explained = json.loads(printed(capsys, "explain", "AZE", "--if", choice, "--json"))
        assert [one["choice"] for one in explained["choices"]] == [choice]


def test_explain_all_is_the_list_of_spring(capsys: pytest.CaptureFixture[str]) -> None:
    spring = json.loads(printed(capsys, "explain", "--all", "--json"))

    must = {one["iso3"] for one in spring["must_unless_waived"]}
    assert len(must) == 37
    assert {"AZE", "SWZ"} <= must
    assert spring["no_waiver_left"] == spring["unknown"] == []
    assert all(notice["source"] for notice in spring["notices"])
    assert all(one["source"] and one["law_version"] for one in spring["must_unless_waived"])
    assert {one["verified"] for one in spring["must_unless_waived"]} == {True}


def test_text_for_people_names_tiers_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "explain", "AZE")

    assert "2010  Tier 2 Watch List                           number 2 toward the limit" in text
    assert "Tier 2 Watch List, with a waiver: possible" in text
    assert "22 U.S.C. 7107(b)(2)(D)(i)" in " ".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["explain"], 2, "name a country, or --all"),
        (["explain", "AZE", "--all"], 2, "name a country, or --all"),
        (["explain", "Azerbajan"], 1, 'did you mean "Azerbaijan"?'),
        (["explain", "AZE", "--report-year", "1999"], 1, "name a report year from 2001 to 2100"),
    ],
)
def test_what_cannot_be_explained_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, told: str
) -> None:
    assert main(arguments) == code

    said = capsys.readouterr()
    assert told in said.out + said.err


def test_a_later_report_is_unknown_while_the_ones_between_are_missing(capsys: pytest.CaptureFixture[str]) -> None:
    explained = json.loads(printed(capsys, "explain", "AZE", "--report-year", "2013", "--json"))

    assert explained["findings"][0]["outcome"] == "unknown"
    told = {one["report_year"]: (one["known"], one["tier"]) for one in explained["placements"]}
    assert (told[2003], told[2010], told[2011], told[2012]) == (
        (True, None),
        (True, "2WL"),
        (False, None),
        (False, None),
    )
    assert 2013 not in told


def test_the_commands_of_the_law_import_neither_prefect_nor_sqlalchemy(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    dice = random.Random(1)
    countries = ["".join(dice.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3)) for _ in range(20)]
    rows = {f"{year},x,{iso3},2WL\n" for year in range(2009, 2020) for iso3 in countries}
    path.write_text("report_year,country,iso3,tier\n" + "".join(sorted(rows)))
    program = (
        "import sys; from tipcycle.cli import main\n"
        f"assert main(['rules', 'replay', {str(path)!r}, '--json']) == 0\n"
        "assert not {'prefect', 'sqlalchemy', 'httpx'} & set(sys.modules), 'slow imports'\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, corrections: str = "", rows: str = "") -> None:
    """The shipped config with further lines in its placement files."""
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    for name, more in (("corrections.csv", corrections), ("tier_history.csv", rows)):
        with (folder / "placements" / name).open("a", encoding="utf-8") as out:
            out.write(more)
    monkeypatch.setenv("TIPCYCLE_CONFIG_DIR", str(folder))


def test_a_correction_of_a_missing_report_does_not_move_the_report_to_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own_config(tmp_path, monkeypatch, corrections="2012,SWZ,2WL,2012-09-14,test,no\n")

    assert json.loads(printed(capsys, "explain", "AZE", "--json"))["report_year"] == 2011
    assert json.loads(printed(capsys, "explain", "--all", "--json"))["report_year"] == 2011
    later = json.loads(printed(capsys, "explain", "AZE", "--report-year", "2013", "--json"))
    assert later["findings"][0]["outcome"] == "unknown"


def test_every_line_for_people_can_be_traced(capsys: pytest.CaptureFixture[str]) -> None:
    spring = printed(capsys, "explain", "--all")
    chain = printed(capsys, "explain", "SWZ")

    flat = " ".join(spring.split())
    assert "AZE Azerbaijan counted 2 It was on Tier 2 Watch List in 2 counted Reports in a row (2009, 2010)" in flat
    assert flat.count("[Pub. L. 110-457, 22 U.S.C. 7107(b)(2)(D)(i)") == 2  # once for each group, not a country
    placed = [line for line in chain.splitlines() if line.startswith("  20") and "not ranked" not in line]
    assert all(line.endswith("]") for line in placed)
    assert "reassessed in September 2009" in chain


def test_what_is_wrong_with_the_command_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--json"]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert "name a country, or --all" in told.err


def test_a_file_of_the_users_own_is_named_as_the_user_gave_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "deeper" / "mine.csv"

    assert main(["rules", "replay", str(path), "--json"]) == 1

    assert f"{path}: there is no such file; name one that exists" in capsys.readouterr().err
