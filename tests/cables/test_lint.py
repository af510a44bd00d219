"""Every rule of the check: a cable on which it speaks, the one on which all are silent, and the table of codes."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Mapping
from datetime import date

import pytest

from tests.cables.samples import DAY, NEW, known, seed
from tipcycle.cables.check_cable import check_cable
from tipcycle.cables.lint import RULES
from tipcycle.cables.read_cable import read_cable
from tipcycle.settings import ROOT

NIACT = ("ROUTINE", "NIACT IMMEDIATE")

# For each case: what is changed in a cable without a fault, and the code that is told of it, and no other.
CASES: Mapping[str, tuple[str, str, str]] = {
    "a line of 56": ("-- Do this.", f"-- Do this {'y' * 45}", "line.too_long"),
    "a word longer than a line": ("-- Do this.", "y" * 56, "line.too_long"),
    "no mark": ("1. (U) This", "1. This", "mark.missing"),
    "a mark that there is not": ("1. (U) This", "1. (X) This", "mark.unknown"),
    "a number left out": ("1. (U) This", "0. (U) This", "number.not_consecutive"),
    "a list that looks like paragraphs": ("-- Do this.", "1. (U) Do this.", "number.not_consecutive"),
    "text above the first number": ("\n1. (U)", "\nSummary.\n\n1. (U)", "number.missing"),
    "a block that is not closed": (" End action request.", "", "block.not_closed"),
    "a block closed by another name": ("End non-paper.", "End Action Plan.", "block.mismatched"),
    "a block that was not begun": ("-- Do that.", "-- Do that.\n\nEnd talking points.", "block.not_begun"),
    "an End after the End": ("End non-paper.\n", "End non-paper.\n\nEnd non-paper.\n", "block.not_begun"),
    "no FM": ("FM SECSTATE WASHDC\n", "", "header.missing"),
    "no TO": ("TO AMEMBASSY BAKU\n", "", "header.missing"),
    "no classification": ("UNCLAS STATE\n\nSENSITIVE\nSIPDIS\n", "", "header.missing"),
    "no E.O.": ("E.O. 13526: N/A\n", "", "header.missing"),
    "no TAGS": ("TAGS: KTIP PHUM AJ\n", "", "header.missing"),
    "an empty SUBJECT": ("SUBJECT: AZERBAIJAN: REQUEST FOR A REPORT", "SUBJECT:", "header.missing"),
    "a line that is no part of it": ("E.O. 13526", "EXTRA WORDS\nE.O. 13526", "caption.unknown"),
    "a line below FM": ("TO AMEMBASSY", "\nextra\n\nTO AMEMBASSY", "header.unread_line"),
    "a header twice": ("\n1. (U)", "\nTAGS: KTIP PHUM AJ\n\n1. (U)", "header.repeated"),
    "a caption that is not known": ("SENSITIVE", "SECRETIVE", "caption.unknown"),
    "captions out of order": ("SENSITIVE\nSIPDIS", "SIPDIS\nSENSITIVE", "caption.order"),
    "TAGS that are none": ("KTIP", "Ktip1", "tags.form"),
    "TAGS of no country": ("PHUM AJ", "PHUM AJ QQ", "tags.unknown_country"),
    "a country misspelt": ("AZERBAIJAN: R", "AZERBIAJAN: R", "country.subject"),
    "another country": ("AZERBAIJAN: R", "GEORGIA: R", "country.subject"),
    "a post that does not answer for it": ("AMEMBASSY BAKU", "AMEMBASSY TBILISI", "country.to_and_tags"),
    "a paragraph that is not there": ("paras 2-3", "paras 2-4", "para.not_there"),
    "a reference that is not there": ("A and B", "A, B and C", "ref.not_there"),
    "a reference that nobody speaks of": ("reftels\nA and B ask", "reftel\nA asks", "ref.not_cited"),
    "a letter that is not ASCII": ("Do this.", "Do this at the café.", "text.not_ascii"),
    "a bell": ("Do this.", "Do this.\x07", "text.not_ascii"),
    "an apostrophe lost": ("Do this.", "Do the post,s part.", "quote.scar"),
    "quotes lost": ("Do this.", "Do &this8.", "quote.scar"),
    "no precedence": ("ROUTINE\n", "", "precedence.missing"),
    "a precedence that never was": ("ROUTINE", "URGENT", "precedence.unknown"),
    "a precedence that is gone": ("ROUTINE", "PRIORITY", "precedence.not_valid"),
    "NIACT without a reason": (*NIACT, "niact.not_justified"),
    "NIACT for information": ("UNCLAS", "INFO AMEMBASSY TBILISI NIACT IMMEDIATE\nUNCLAS", "niact.information"),
}
WARNINGS = {"caption.unknown", "tags.unknown_country", "ref.not_cited"}


def codes(text: str, *, on: date | None = DAY) -> dict[str, str]:
    """The codes told of a text, with their severity."""
    return {finding.code: finding.severity for finding in check_cable(text, known(on)).findings}


def test_a_cable_without_a_fault_has_no_finding() -> None:
    assert codes(NEW) == {}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_told_once_by_its_code(case: str) -> None:
    old, new, code = CASES[case]
    assert NEW.count(old) >= 1

    found = codes(NEW.replace(old, new, 1))

    assert found == {code: "warning" if code in WARNINGS else "error"}


def test_each_finding_says_where_what_how_and_whose_rule_it_is() -> None:
    for old, new, _ in CASES.values():
        text = NEW.replace(old, new, 1)
        for finding in check_cable(text, known()).findings:
            assert finding.line is None or 1 <= finding.line <= text.count("\n") + 1
            assert finding.message.endswith(".")
            assert finding.remedy.endswith(".")
            assert finding.source


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        (NEW.replace("Do that.", "Do that, see\npara 9."), 32, "para.not_there"),
        (NEW.replace("Do that.", "Do the\npost,s part."), 32, "quote.scar"),
        (NEW.replace("SUBJECT: AZ", "SUBJECT: ZA"), 11, "country.subject"),
    ],
)
def test_a_finding_names_the_line_on_which_the_fault_stands(text: str, line: int, code: str) -> None:
    (finding,) = check_cable(text, known()).findings

    assert (finding.code, finding.line) == (code, line)


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("See paragraph 2 and paras 1, 2 and 3.", id="paragraphs that are there"),
        pytest.param("See para 40 of reftel B, and reftel A, para 12.", id="the paragraphs of another cable"),
        pytest.param("See refs A and B, and reftels A-B.", id="references that are there"),
        pytest.param("Comparatively, reference A Street.", id="words that look like it"),
        pytest.param("The governments, efforts or not, and A&B8 are meant.", id="commas and signs that are meant"),
        pytest.param("End of the matter.", id="an End that is none"),
    ],
)
def test_text_that_only_looks_faulty_is_left_in_peace(kept: str) -> None:
    assert codes(NEW.replace("-- Do this.", f"-- {kept}")) == {}


def test_one_reference_needs_no_letter() -> None:
    text = NEW.replace("REF: A. 2009 STATE 5577\n     B. 2009 STATE 62182", "REF: 2009 STATE 5577")

    assert codes(text.replace("reftels\nA and B ask", "reftel\nasks")) == {}
    assert codes(text.replace("reftels\nA and B ask", "it\nasks")) == {"ref.not_cited": "warning"}


def test_priority_is_a_question_of_the_day() -> None:
    text = NEW.replace("ROUTINE", "PRIORITY")

    assert codes(text, on=date(2009, 9, 21)) == {}
    assert codes(text, on=date(2016, 12, 31)) == {}
    assert codes(text, on=date(2017, 1, 1)) == {"precedence.not_valid": "error"}
    assert codes(text, on=None) == {"precedence.needs_day": "warning"}


def test_niact_with_a_reason_is_accepted() -> None:
    text = NEW.replace(*NIACT).replace("1. (U) This", "1. (U) NIACT is justified by the vote.\nThis")

    assert codes(text) == {}


def test_the_seed_has_only_warnings_and_they_are_its_own_faults() -> None:
    found = codes(seed(), on=None)

    assert set(found.values()) == {"warning"}
    assert set(found) == {
        "header.lines_above",
        "header.repeated",
        "country.subject",
        "ref.not_cited",
        "mark.missing",
        "block.not_closed",
        "block.mismatched",
        "quote.scar",
        "text.broken_sentence",
        "line.too_long",
    }


def test_what_keeps_a_transmitted_cable_from_being_understood_is_an_error_all_the_same() -> None:
    without = "\n".join(line for line in seed().splitlines() if not line.startswith("SUBJECT"))

    found = check_cable(without.replace("(see paras 2-4)", "(see paras 2-14)"), known()).findings

    assert {finding.code for finding in found if finding.severity == "error"} == {"header.missing", "para.not_there"}
    assert codes("") == {"header.missing": "error", "precedence.missing": "error", "number.no_paragraph": "error"}


def test_every_code_of_every_rule_stands_in_the_table_and_no_other() -> None:
    page = (ROOT / "docs" / "cable-check.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `([a-z_.]+)` \|", page, re.MULTILINE)
    spoken = {"text.transliterated"}  # the writer's own
    for rule in RULES:
        said = re.findall(r'"([a-z]+\.[a-z_]+)"', inspect.getsource(sys.modules[rule.__module__]))
        assert said, rule.__name__
        spoken.update(said)

    assert sorted(documented) == sorted(spoken)


def test_every_rule_speaks_in_some_case_and_is_silent_in_a_good_cable() -> None:
    texts = [NEW.replace(old, new, 1) for old, new, _ in CASES.values()]

    for rule in RULES:
        assert list(rule(read_cable(NEW), known())) == []
        assert any(list(rule(read_cable(text), known())) for text in texts), rule.__name__
