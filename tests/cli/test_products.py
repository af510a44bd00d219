"""Drawing products and judging plans from the command line: files, exit codes, contracts of --json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tipcycle.cli import main
from tipcycle.settings import ROOT

PLANS = ROOT / "config" / "cycles" / "2010" / "plans"
YEAR = ("--report-year", "2010")


def plan_with(tmp_path: Path, old: str, new: str, *, of: str = "AZE") -> str:
    """A copy of a real plan in which one text is another."""
    text = (PLANS / f"{of}.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / f"{of}.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("country", ["AZE", "aze", "Azerbaijan"])
def test_text_is_printed_and_nothing_else(country: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "cable", country, *YEAR]) == 0

    printed = capsys.readouterr()
    assert printed.out.startswith("PRIORITY\nFM SECSTATE WASHDC\nTO AMEMBASSY BAKU\n")
    assert printed.err == ""


@pytest.mark.parametrize("product", ["non-paper", "talking-points", "notes"])
@pytest.mark.parametrize(("format", "begins"), [("docx", b"PK"), ("pdf", b"%PDF-"), ("txt", b"")])
def test_a_file_is_written_once_and_replaced_only_if_told(
    product: str, format: str, begins: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["render", product, "OMN", *YEAR, "--format", format, "--out", str(tmp_path)]
    path = tmp_path / f"OMN-2010-{product}.{format}"

    assert main(words) == 0
    first = path.read_bytes()
    assert main(words) == 1
    assert "is there already; add --force" in capsys.readouterr().err
    assert main([*words, "--force"]) == 0

    assert path.read_bytes() == first
    assert first.startswith(begins)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_documents_go_to_a_file_named_after_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["render", "non-paper", "AZE", *YEAR, "--format", "pdf"]) == 0

    assert capsys.readouterr().out == "written: AZE-2010-non-paper.pdf\n"
    assert (tmp_path / "AZE-2010-non-paper.pdf").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(
            ["cable", "Azerbaijn"], 'no country "Azerbaijn"; name one of that file; did you mean', id="misspelt"
        ),
        pytest.param(["cable", "KEN"], "Kenya is not on the special watch list of cycle 2010", id="not on the list"),
        pytest.param(["cable", "AZE", "--format", "pdf"], "a cable comes as txt", id="a cable as PDF"),
        pytest.param(["notes", "AZE", "--out", "no/such/folder/x.txt"], "is no folder", id="no such folder"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", *words, *YEAR]) == 1
    assert told in capsys.readouterr().err


def test_a_sound_plan_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "check", str(PLANS / "AZE.yaml"), "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == {
        "file": str(PLANS / "AZE.yaml"),
        "country": "AZE",
        "report_year": 2010,
        "high_priority": 5,
        "further": 10,
        "faults": [],
        "warnings": [],
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            "pillar: prevention\n    text: >-\n      Take",
            "pillar: preventing\n    text: >-\n      Take",
            'PREV2.pillar: "preventing" is not known; use one of',
            id="an unknown pillar",
        ),
        pytest.param(
            "Take steps to lower demand for commercial sex acts.", "[Note: ask.]", "write it under note:", id="a note"
        ),
        pytest.param("country: AZE", "country: KEN", "Kenya is not on the special watch list", id="not on the list"),
        pytest.param("id: PREV2", "id: PREV1", 'recommendation "PREV1": stands twice', id="an id twice"),
        pytest.param("source: ", "\tsource: ", "not YAML", id="not YAML"),
        pytest.param("commercial sex acts.", "sex acts ［ask NGOs］.", "write it under note:", id="a fullwidth note"),
        pytest.param("commercial sex acts.", "sex \u202eacts.", "turns the writing round", id="writing turned round"),
        pytest.param("commercial sex acts.", "sex \u200facts.", "turns the writing round", id="a mark of direction"),
        pytest.param(
            "report_year: 2010",
            "report_year: x",
            'report_year: "x" is no whole number; write it in digits, such as 2010',
            id="a year in words",
        ),
        pytest.param(
            "  - id: S1\n", "  - id: [S1]\n", "shortcoming number 1: has no id that is a text", id="an id of a list"
        ),
        pytest.param("shortcomings:\n", "shortcomings: 5\nsource_2:\n", "shortcomings: is no list", id="no list"),
    ],
)
def test_a_faulty_plan_is_refused_with_its_fault(
    old: str, new: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "check", plan_with(tmp_path, old, new)]) == 1

    printed = capsys.readouterr().out
    assert told in printed
    assert printed.startswith((str(tmp_path), "config/placements"))


def test_a_folder_is_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "check", str(tmp_path)]) == 1
    assert capsys.readouterr().out == f"{tmp_path}: cannot be read: Is a directory; name a file\n"


def test_two_items_that_ask_the_same_are_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from yaml import safe_dump, safe_load

    plan = safe_load((PLANS / "AZE.yaml").read_text(encoding="utf-8"))
    plan["recommendations"][-1]["text"] = plan["recommendations"][-2]["text"].upper()
    path = tmp_path / "AZE.yaml"
    path.write_text(safe_dump(plan), encoding="utf-8")

    assert main(["plan", "check", str(path)]) == 1
    assert "asks the same as" in capsys.readouterr().out


@pytest.mark.parametrize("words", ["x" * 80, "as in para 99", "as in reftel Z"])
def test_a_plan_whose_cable_fails_our_own_check_is_refused(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = plan_with(tmp_path, "Take steps to lower demand", f"Take steps ({words}) to lower demand")

    assert main(["plan", "check", path]) == 1
    assert f"{path}: its cable: para 9, line " in capsys.readouterr().out


def test_text_that_a_cable_must_spell_and_a_face_cannot_draw_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = plan_with(tmp_path, "Take steps to lower demand", "Take steps (بيت الأمل, 希望) to lower demand")

    assert main(["plan", "check", path]) == 0

    printed = capsys.readouterr().out
    assert "warning: A cable carries ASCII only, among it right-to-left text" in printed
    assert "warning: the PDF has no letters for 希 (U+5E0C), 望 (U+671B)" in printed
    assert printed.endswith(": sound, 5 high-priority and 10 further items\n")


def test_the_difference_of_two_plans_is_told_in_lines_and_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = str(PLANS / "SEN.yaml")
    after = plan_with(tmp_path, "{id: HP2, high_priority: true,", "{id: PROT9,", of="SEN")

    assert main(["plan-diff", before, after]) == 0
    assert capsys.readouterr().out == (
        "moved PROT9, id: HP2 to PROT9\nmoved PROT9, high_priority: high-priority to further\n"
    )
    assert main(["plan-diff", before, after, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {key: len(value) for key, value in told.items() if key != "equal"} == {
        "added": 0,
        "removed": 0,
        "changed": 0,
        "moved": 2,
    }
    assert told["equal"] is False
    assert main(["plan-diff", before, before]) == 0
    assert capsys.readouterr().out == "both plans ask the same\n"


def test_plans_of_two_countries_are_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan-diff", str(PLANS / "SEN.yaml"), str(PLANS / "AZE.yaml")]) == 1
    assert "compare two plans of one country" in capsys.readouterr().err
