"""Nothing of the seed lost: each line of docs/seed-duties.md names a block that exists and a fact of the cable."""

from __future__ import annotations

import re

import pytest

from tests.builders import action_request
from tipcycle.rendering.request_cable import render_request_cable
from tipcycle.settings import ROOT

FOLDER = ROOT / "config" / "templates" / "request"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "seed-duties.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]


def test_every_paragraph_of_the_seed_has_a_line() -> None:
    assert {int(row[0]) for row in ROWS} == set(range(1, 11))


@pytest.mark.parametrize(("duty", "block", "fact"), [row[1:] for row in ROWS], ids=[row[1] for row in ROWS])
def test_the_duty_is_carried_by_its_block_and_told_in_the_cable(duty: str, block: str, fact: str) -> None:
    block = block.strip("`")
    headings = re.findall(r"^== ([a-z]+) \(", (FOLDER / "cable.txt.j2").read_text(encoding="utf-8"), re.MULTILINE)
    cable = " ".join(render_request_cable(action_request("AZE"), templates=FOLDER.parent).text.split())

    assert block in headings or (FOLDER / block).is_file()
    assert fact in cable, duty


def test_every_block_of_the_cable_carries_a_duty() -> None:
    headings = re.findall(r"^== ([a-z]+) \(", (FOLDER / "cable.txt.j2").read_text(encoding="utf-8"), re.MULTILINE)
    includes = {
        "law": "two_year_limit.txt.j2",
        "statistics": "statistics.txt.j2",
        "government": "government_role.txt.j2",
    }
    papers = {"points": "talking_points.txt.j2", "plan": "non_paper.txt.j2"}
    named = {row[2].strip("`") for row in ROWS}

    assert {one for one in headings if (includes | papers).get(one, one) not in named} == set()
