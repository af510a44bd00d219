"""One broken file per fault: each folder of `broken/` is laid over the real config and must be refused in these words.

A case holds files under their path in config/, and may hold `replace.txt` (lines `file: old => new`, `\\n` for a new
line; the old text must stand exactly once) and `delete.txt` (one path a line). `expected.txt` holds every fault that
must be told, one a line, and no other.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tipcycle.config import load_config
from tipcycle.errors import ConfigError
from tipcycle.settings import ROOT

CONFIG = ROOT / "config"
BROKEN = Path(__file__).parent / "broken"
_ABOUT = ("expected.txt", "replace.txt", "delete.txt")


def lay_over(case: Path, target: Path) -> None:
    """Copy the real config to `target` and break it as `case` says."""
    shutil.copytree(CONFIG, target)
    for path in sorted(case.rglob("*")):
        if path.is_file() and path.name not in _ABOUT:
            shutil.copy(path, target / path.relative_to(case))
    for line in lines_of(case / "replace.txt"):
        file, _, change = line.partition(": ")
        replace_once(target / file, *change.replace("\\n", "\n").split(" => "))
    for file in lines_of(case / "delete.txt"):
        (target / file).unlink()


def replace_once(path: Path, old: str, new: str) -> None:
    """Replace a text that must stand exactly once, so that no case goes stale unseen."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name}: {old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.mark.parametrize("case", sorted(path.name for path in BROKEN.iterdir()))
def test_a_broken_file_is_refused_with_every_fault_and_its_remedy(case: str, tmp_path: Path) -> None:
    lay_over(BROKEN / case, tmp_path / "config")

    with pytest.raises(ConfigError) as refused:
        load_config(tmp_path / "config", 2010)

    assert sorted(str(fault) for fault in refused.value.faults) == sorted(lines_of(BROKEN / case / "expected.txt"))


_OMAN = "cycles/2010/plans/OMN.yaml"
_CORRECTIONS = "placements/corrections.csv"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("positions.yaml", '"{post}.action-officer@', '"{pots}.action-officer@', id="unknown placeholder"),
        pytest.param(_CORRECTIONS, "iso3", "iso", id="a column of a CSV is missing"),
        pytest.param("holidays/2010.csv", "on,country,name", "on,land,name", id="a column of the holidays is missing"),
        pytest.param(_OMAN, "recommendations:\n", "recommendations: 5\nrest:\n", id="recommendations are not a list"),
        pytest.param(_OMAN, "library: protect-witnesses", "library: [protect-witnesses]", id="an id is a list"),
        pytest.param("ladders/demarche.yaml", "id: demarche\n", f"id: {'[' * 500}{']' * 500}\n", id="nested deeply"),
        pytest.param("ladders/demarche.yaml", "days: -7,", "days: -1,", id="one rung twice to one position"),
        pytest.param(
            "posts.yaml",
            "[{days: Sun-Thu}, {from: 2022-01-01, days: Mon-Fri}]",
            "[{from: 2022-01-01, days: Mon-Fri}]",
            id="no work week before 2022",
        ),
        pytest.param(_OMAN, "{id: PROS1,", "{id: PROS1, high_priority: true,", id="high priority though moved up"),
        pytest.param(
            "calendar/2010.yaml",
            "planned_on: 2009-10-19\n    opens_with: action-request",
            "planned_on: 2009-10-19\n    opens_with: demarche",
            id="a step that opens itself",
        ),
    ],
)
def test_whatever_is_wrong_in_a_file_is_told_with_the_name_of_the_file(
    file: str, old: str, new: str, tmp_path: Path
) -> None:
    shutil.copytree(CONFIG, tmp_path / "config")
    replace_once(tmp_path / "config" / file, old, new)

    with pytest.raises(ConfigError, match=f"^config/{file}: ") as refused:
        load_config(tmp_path / "config", 2010)

    assert all(fault.remedy for fault in refused.value.faults)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        pytest.param(_OMAN, b"", id="an empty plan"),
        pytest.param(_OMAN, b"- {id: PROS1}\n", id="a plan that is a list"),
        pytest.param("posts.yaml", b"", id="no posts"),
        pytest.param("countries.yaml", b"name: France\n", id="countries that are no list"),
        pytest.param("countries.yaml", b"# \xe9\n", id="not UTF-8"),
        pytest.param(
            _CORRECTIONS, b"report_year,iso3,tier,effective_on,source\n2009,SWZ,2WL,,\xe9\n", id="CSV not UTF-8"
        ),
    ],
)
def test_a_file_that_holds_something_else_is_told_first(file: str, content: bytes, tmp_path: Path) -> None:
    shutil.copytree(CONFIG, tmp_path / "config")
    (tmp_path / "config" / file).write_bytes(content)

    with pytest.raises(ConfigError) as refused:
        load_config(tmp_path / "config", 2010)

    assert refused.value.faults[0].file == f"config/{file}"
    assert refused.value.faults[0].remedy


def test_what_leans_on_a_file_that_cannot_be_read_is_not_told_as_well(tmp_path: Path) -> None:
    shutil.copytree(CONFIG, tmp_path / "config")
    replace_once(tmp_path / "config/countries.yaml", "- {iso3: AZE", "\t- {iso3: AZE")

    with pytest.raises(ConfigError) as refused:
        load_config(tmp_path / "config", 2010)

    assert {fault.file for fault in refused.value.faults} == {"config/countries.yaml"}


def test_the_real_config_is_whole() -> None:
    config = load_config(CONFIG, 2010)

    assert config.report_year == 2010
    assert len(config.posts) == 171
    assert len(config.plans) == 56
    assert len(config.positions) == 3 * 171 + 6 + 3 + 5
    assert {iso3 for post in config.posts.values() for iso3 in post.covers} == set(config.countries)


def test_config_is_read_again_once_a_file_has_changed(tmp_path: Path) -> None:
    shutil.copytree(CONFIG, tmp_path / "config")
    before = load_config(tmp_path / "config", 2010)
    replace_once(tmp_path / "config/posts.yaml", 'name: "Baku"', 'name: "Baku, Azerbaijan"')

    after = load_config(tmp_path / "config", 2010)

    assert load_config(tmp_path / "config", 2010) is after
    assert (before.posts["baku"].name, after.posts["baku"].name) == ("Baku", "Baku, Azerbaijan")


def test_a_year_without_a_calendar_is_told() -> None:
    with pytest.raises(ConfigError, match=r"^config/calendar/2031\.yaml: the file is missing"):
        load_config(CONFIG, 2031)
