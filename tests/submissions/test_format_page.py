"""docs/submission-format.md is the reference: what it shows passes, and what the gate can say stands on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.submissions.test_rules import FACTS
from tipcycle.intake.read_submission import read_submission
from tipcycle.model.answer_cable import DEMARCHE_LABELS, ITEM_LABELS, STANDARD_LABELS, STATISTIC_LABELS
from tipcycle.model.statistic import CATEGORIES, Sentences, Statistic
from tipcycle.model.submission import ItemAnswer, StandardAnswer, Submission
from tipcycle.rules.standards_in_force import asked_standards
from tipcycle.settings import ROOT
from tipcycle.submissions.gate import judge

PAGE = (ROOT / "docs" / "submission-format.md").read_text(encoding="utf-8")
EXAMPLES: list[str] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("number", "nil"), [(0, False), (1, True), (2, False)])
def test_the_examples_of_the_page_pass_the_gate_without_a_finding(tmp_path: Path, number: int, *, nil: bool) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLES[number], encoding="utf-8")

    found = read_submission(path, max_bytes=1_000_000)

    assert len(EXAMPLES) == 3
    assert found.submission is not None, found.findings
    assert judge(found.submission, FACTS).findings == ()
    assert found.submission.nothing_to_report is nil


@pytest.mark.parametrize("model", [Submission, ItemAnswer, Statistic, Sentences, StandardAnswer])
def test_every_field_of_the_form_stands_on_the_page(model: type[Submission]) -> None:
    assert {name for name in model.model_fields if f"`{name}`" not in PAGE} == set()


def test_the_worked_example_shows_every_field_of_a_statistic_and_an_item() -> None:
    names = {*ItemAnswer.model_fields, *Statistic.model_fields}

    assert {name for name in names if not re.search(rf"\b{name}:", EXAMPLES[0])} == set()


def test_the_annual_example_answers_every_standard_of_its_report() -> None:
    numbers = re.findall(r'^  - id: "([0-9.]+)"$', EXAMPLES[2], re.MULTILINE)

    assert numbers == list(asked_standards(FACTS.law, report_year=2010))


def test_the_page_explains_the_four_categories_in_the_words_of_the_gate() -> None:
    assert all(f"| {name} | {counts} |" in PAGE for name, counts in CATEGORIES.items())


def test_made_up_figures_are_marked_so() -> None:
    assert all("EXAMPLE: every figure and narrative here is made up" in EXAMPLES[number] for number in (0, 2))


def test_every_label_of_a_cable_stands_on_the_page() -> None:
    labels = {*ITEM_LABELS, *STANDARD_LABELS, *STATISTIC_LABELS, *DEMARCHE_LABELS} - {"Labour", "Offence"}

    assert {label for label in labels if not re.search(rf"[ ,]{label}[, (]", PAGE)} == set()
