"""The page of reliability says what the tables say, and refuses a table that does not say where it is from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.__main__ import main, page

TABLE: dict[str, Any] = {
    "title": "Kills",
    "source": "make crash",
    "date": "2026-11-25",
    "machine": {"cores": 2, "memory_gb": 23},
    "columns": ["instant", "kills"],
    "rows": [["a|b", 1250]],
    "notes": ["Made up."],
}


def test_each_table_has_its_command_its_day_and_its_machine() -> None:
    text = page([TABLE])

    assert "## Kills\n\n`make crash`, 2026-11-25; cores 2, memory gb 23.\n" in text
    assert "| instant | kills |\n| --- | --- |\n| a\\|b | 1,250 |\n\nMade up.\n" in text


@pytest.mark.parametrize("lacking", ["source", "date", "machine", "columns", "rows"])
def test_a_table_that_lacks_something_is_refused(lacking: str) -> None:
    with pytest.raises(ValueError, match=f"Kills: has no {lacking}"):
        page([{name: value for name, value in TABLE.items() if name != lacking}])


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a row has 1 cells under 2 columns"):
        page([TABLE | {"rows": [["alone"]]}])


def test_without_findings_nothing_is_written(tmp_path: Path) -> None:
    assert main(tmp_path, tmp_path / "page.md") == 1
    (tmp_path / "crash.json").write_text(json.dumps(TABLE), encoding="utf-8")
    assert main(tmp_path, tmp_path / "page.md") == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8").count("## ") == 1
