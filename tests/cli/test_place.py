"""`tipcycle place`: one country typed or many in a file, a preview first, and faults told by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.operations.spring import spring, spring_ledger
from tipcycle.cli import main

__all__ = ["spring", "spring_ledger"]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("spring")]
YEAR = ("--report-year", "2010", "--at", "2010-04-20T15:00Z")
OFFICE = ("place", "recommend", *YEAR, "--by", "gtip.action-officer")


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_one_country_is_recommended_after_a_preview(capsys: pytest.CaptureFixture[str]) -> None:
    typed = [*OFFICE, "Senegal", "--tier", "2WL", "--rationale", "Made up.", "--standards", "1,4.1"]
    assert main(typed) == 0
    preview = capsys.readouterr().out
    before = shown(capsys, "place", "show", "SEN", *YEAR)["office"]
    assert main([*typed, "--yes"]) == 0

    assert preview.endswith("preview only; add --yes to do it\n")
    assert before is None
    office = shown(capsys, "place", "show", "SEN", *YEAR)["office"]
    assert (office["tier"], office["standards"]) == ("2WL", ["1", "4.1"])


def test_a_file_of_many_becomes_splits_that_are_listed_settled_and_placed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office, bureau = tmp_path / "office.yaml", tmp_path / "bureau.csv"
    office.write_text(
        "- {country: SEN, tier: 3, rationale: Made up., standards: [4, 4.1]}\n"
        "- {country: MLI, tier: 2WL, rationale: Made up., standards: [4]}\n",
        encoding="utf-8",
    )
    bureau.write_text(
        'country,tier,rationale,standards\nSEN,2WL,"Made up, with a comma.",4 4.1\nMLI,2WL,Made up.,4\n',
        encoding="utf-8",
    )
    assert main([*OFFICE, "--file", str(office), "--yes"]) == 0
    assert main(["place", "recommend", *YEAR, "--by", "af.bureau", "--file", str(bureau), "--yes"]) == 0

    (split,) = shown(capsys, "place", "list", "--splits", *YEAR)
    assert (split["iso3"], split["holder"]) == ("SEN", "gtip.director")
    decided = ["--by", "gtip.director", "--note", "Made up."]
    assert main(["place", "raise", "SEN", *YEAR, *decided]) == 0
    assert main(["place", "settle", "SEN", *YEAR, *decided, "--tier", "2WL"]) == 1
    assert "held by g.principal" in capsys.readouterr().err
    assert main(["place", "settle", "SEN", *YEAR, "--by", "g.principal", "--note", "Made up.", "--tier", "2WL"]) == 0
    record = ["place", "record", *YEAR, "--by", "s.principal"]
    assert main([*record, "SEN", "--tier", "2WL", "--rationale", "Made up.", "--as-recommended", "--yes"]) == 0
    capsys.readouterr()
    main(["place", "show", "SEN", *YEAR])
    printed = capsys.readouterr().out

    assert "1. working, gtip.director, since 2010-04-20: raised by gtip.director on 2010-04-20" in printed
    assert "1. Tier 2 Watch List, by s.principal on 2010-04-20: Made up." in printed
    assert "two_year_limit: " in printed
    assert "SEN" not in {one["iso3"] for one in shown(capsys, "place", "list", "--open", *YEAR)}
    main(["place", "list", *YEAR])
    assert "settled by g.principal" in capsys.readouterr().out


def test_a_split_that_was_withdrawn_is_listed_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    recommend = ["SEN", *YEAR, "--rationale", "Made up.", "--standards", "4", "--yes"]
    assert main([*OFFICE, *recommend, "--tier", "3"]) == 0
    assert main(["place", "recommend", *recommend, "--by", "af.bureau", "--tier", "2WL"]) == 0
    assert main([*OFFICE, *recommend, "--tier", "2WL"]) == 0
    capsys.readouterr()

    main(["place", "list", "--splits", *YEAR])

    told = "a split, withdrawn on 2010-04-20: both now recommend Tier 2 Watch List"
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        pytest.param("a.yaml", "- {country: SEN, tier: 4, rationale: x}\n", 'line 1: SEN: tier; "4" is not', id="tier"),
        pytest.param(
            "a.yaml",
            "- {country: SEN, tier: 2, rationale: x}\n-\n  country: MLI\n  tiers: 2\n  rationale: x\n",
            "line 3: MLI: tier; is missing; add it",
            id="a field that is missing, by its line",
        ),
        pytest.param("a.yaml", "country: SEN\n", "line 1: is no list", id="no list"),
        pytest.param("a.yaml", "- [\n", "not YAML", id="no YAML"),
        pytest.param("a.yaml", "", "is no list", id="empty"),
        pytest.param("a.csv", "country,tier,rationale\nSEN,2,x\nMLI,2\n", "line 3: has not as many", id="a short row"),
        pytest.param("a.csv", "country,tier,rationale\nSEN,5,x\n", 'line 2: SEN: tier; "5" is not known', id="cell"),
        pytest.param("a.csv", "country,tier,rationale\n", "holds no entry", id="a header alone"),
        pytest.param("a.csv", 'country,tier\n"SEN\n', "not CSV", id="an open quote"),
    ],
)
def test_a_faulty_file_is_told_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, told: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")

    assert main([*OFFICE, "--file", str(file)]) == 1
    assert told in capsys.readouterr().err


def test_what_is_typed_wrongly_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*OFFICE, "SEN"]) == 2
    assert "name a country with --tier" in capsys.readouterr().err
    assert main([*OFFICE, "--file", str(tmp_path / "none.yaml")]) == 1
    assert "No such file" in capsys.readouterr().err
    record = ["place", "record", *YEAR, "--by", "s.principal", "SEN", "--tier", "2WL", "--replaces", "0"]
    assert main(record) == 1
    assert "replaces" in capsys.readouterr().err
