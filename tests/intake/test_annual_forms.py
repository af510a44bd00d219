"""An annual submission in each kind of file: what is written is read back equal, and every fault names its place."""

from __future__ import annotations

import string
from collections.abc import Iterator
from random import Random
from typing import Any, Final

import pytest

from tests.submissions.test_annual_submission import ASKED, standards
from tests.workbooks import KEY, LIMIT, blank, cycle, filled, opened, saved
from tipcycle.intake.read_submission import Read, read_content
from tipcycle.model.plan import standards_version
from tipcycle.model.statistic import CATEGORIES
from tipcycle.model.submission import Submission
from tipcycle.model.workbook import IDENTITY
from tipcycle.rendering.answer_cable import answer_template
from tipcycle.service.rehearsal.answer_files import KINDS, Kind, written
from tipcycle.submissions import Facts
from tipcycle.submissions.gate import judge

LISTED, UNLISTED = "AZE", "FRA"
STEP: Final = "annual-submission"


@pytest.fixture(autouse=True)
def _signed_with_the_key_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPCYCLE_SIGNING_KEY", KEY.decode())


def read(raw: bytes) -> Read:
    return read_content(raw, name="annual", max_bytes=LIMIT, key=KEY)


def facts(iso3: str) -> Facts:
    config = cycle().config
    return Facts(config.plans.get(iso3), config.law, period=config.calendar.reporting_period)


def head(iso3: str) -> dict[str, Any]:
    post = cycle().config.post_for(iso3)
    return {
        "tipcycle": "submission/1",
        "report_year": 2010,
        "step": STEP,
        "country": iso3,
        "post": post.name,
        "submitted_by": f"{post.id}.action-officer",
    }


def drawn(iso3: str, seed: int) -> dict[str, Any]:
    """Any annual submission of that country, in texts that a cable can carry; some answers are left out."""
    random = Random(seed)
    plan = cycle().config.plans.get(iso3)
    return head(iso3) | {
        "standards": list(_standards(random)),
        "statistics": [_figure(category, random) for category in CATEGORIES if random.random() < 0.9],
        "items": [
            {"id": item.id, "status": random.choice(["begun", "partly"]), "narrative": _sentence(random)}
            for item in (plan.recommendations if plan else ())
            if random.random() < 0.5
        ],
        "remarks": random.choice(["", _sentence(random)]),
    }


def _standards(random: Random) -> Iterator[dict[str, Any]]:
    for number in ASKED:
        if random.random() < 0.85:
            yield {
                "id": number,
                "met": random.choice(["yes", "partly", "no", "not known"]),
                "narrative": random.choice(["", _sentence(random), f"{_sentence(random)} {_sentence(random)}"]),
                "evidence": random.choice(["", _words(random)]),
            }


def _figure(category: str, random: Random) -> dict[str, Any]:
    period = {"from": "2009-04-01", "to": random.choice(["2009-12-31", "2010-01-31"])}
    if random.random() < 0.3:
        could = random.choice(["yes", "no", "not known"])
        return {"category": category, "period": period, "status": "not provided", "could_provide": could}
    total = random.randint(0, 500)
    return {
        "category": category,
        "period": period,
        "status": random.choice(["provided", "not comparable"]),
        "total": total,
        "labour": random.randint(0, total),
        "basis": "explicit offence",
        "offence": _words(random),
    }


def _sentence(random: Random) -> str:
    return f"{_words(random).capitalize()}."


def _words(random: Random) -> str:
    letters = string.ascii_lowercase + "0123456789,'()/"
    words = ("".join(random.choices(letters, k=random.randint(1, 12))) for _ in range(random.randint(1, 25)))
    return f"made up {' '.join(words)} x"


@pytest.mark.parametrize("iso3", [LISTED, UNLISTED])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_back_equal(kind: Kind, iso3: str) -> None:
    for seed in range(4 if kind == "xlsx" else 60):
        form = drawn(iso3, seed)

        found = read(written(form, kind, cycle()))

        assert found.submission == Submission.model_validate(form), (seed, found.findings)


@pytest.mark.parametrize("iso3", [LISTED, UNLISTED])
@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_one_passes_the_gate_in_every_kind_of_file(kind: Kind, iso3: str) -> None:
    period = {"from": "2009-04-01", "to": "2010-01-31"}
    figures = [{"category": one, "period": dict(period), "status": "not provided"} for one in CATEGORIES]

    found = read(written(head(iso3) | {"standards": standards(), "statistics": figures}, kind, cycle()))

    assert found.submission is not None, found.findings
    assert judge(found.submission, facts(iso3)).findings == ()


def test_the_book_has_every_standard_of_its_report_locked_with_its_words() -> None:
    page = opened(UNLISTED, STEP)["Standards"]

    rows = [(page.cell(row, 1).value, page.cell(row, 2).value) for row in range(5, 5 + len(ASKED))]
    assert dict(rows) == ASKED
    assert page.max_row == 4 + len(ASKED)
    assert all(page.cell(row, column).protection.locked for row in range(1, page.max_row + 1) for column in (1, 2))
    assert not any(page.cell(row, column).protection.locked for row in range(5, 20) for column in (3, 4, 5))
    offered = {rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"}
    assert offered == {'"yes,partly,no,not known"'}


def test_a_standard_that_is_left_open_is_told_by_its_cell() -> None:
    cells = {f"Standards!C{row}": "no" for row in range(5, 20) if row != 18}

    found = read(filled({"Answer!B5": "paris.action-officer", **cells}, iso3=UNLISTED, step=STEP))

    assert found.submission is not None, found.findings
    told = [
        one for one in found.placed(judge(found.submission, facts(UNLISTED)).findings) if one.code[:9] == "standard."
    ]
    assert [(one.code, one.where) for one in told] == [("standard.unanswered", "Standards!C18")]
    assert "4.10" in told[0].message


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        pytest.param({"Standards!C5": "mostly"}, "Standards!C5", id="another word"),
        pytest.param({"Standards!D5": "Made up."}, "Standards!C5", id="a narrative without a choice"),
        pytest.param({"Standards!C5": "yes", "Standards!E5": "a\u202eb"}, "Standards!E5", id="text turned round"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_cell(cells: dict[str, Any], where: str) -> None:
    found = read(filled({"Answer!B5": "paris.action-officer", **cells}, iso3=UNLISTED, step=STEP))

    assert found.submission is None
    assert [(one.code, one.where) for one in found.findings] == [("file.field", where)]


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"Standards!A5": "2", "Standards!A6": "1"}, id="numbers exchanged"),
        pytest.param({"Standards!A18": 4.1}, id="4.10 turned into a number"),
        pytest.param({"Standards!B5": "be kind"}, id="other words"),
        pytest.param({"Standards!A5": None, "Standards!B5": None}, id="a row emptied"),
        pytest.param({"Standards!A20": "5", "Standards!B20": "made up"}, id="a row added"),
    ],
)
def test_a_book_whose_standards_were_moved_is_refused(cells: dict[str, Any]) -> None:
    found = read(filled({"Answer!B5": "paris.action-officer", **cells}, iso3=UNLISTED, step=STEP))

    assert [one.code for one in found.findings] == ["file.identity"]
    assert found.findings[0].where.startswith("Standards!A5")


def test_standards_of_another_report_do_not_fit_into_a_signed_book() -> None:
    book = opened(UNLISTED, STEP)
    book[IDENTITY]["A7"].value = standards_version({"1": "of another year"}.items())

    assert [one.where for one in read(saved(book)).findings] == [f"{IDENTITY}!A8"]


def test_a_progress_report_s_book_is_signed_as_before() -> None:
    page = opened(LISTED)[IDENTITY]

    assert [page.cell(row, 1).value for row in (8, 9)] == [None, None]
    assert read(blank(LISTED)).findings[0].code == "file.field", "nobody filled it in, and it is ours"


def cable(standards: str, *, more: str = "") -> Read:
    text = (
        "1. (U) TIPCYCLE ANSWER. Report: 2010. Step: annual-submission. Country: FRA. Post: Paris. Submitted by: "
        f"paris.action-officer.\n\n2. (SBU) Minimum standards:\n\n{standards}\n\n{more}5. (U) End of answer.\n"
    )
    return read(text.encode())


def test_a_cable_may_say_how_without_a_label_and_in_several_blocks() -> None:
    found = cable(
        "Standard 1: yes. Law 12 (made up) prohibits it.\n\nIt was changed in 2009.\n\n"
        "indicium 4.10: NOT KNOWN. Evidence: none yet (made up)."
    )

    assert found.submission is not None, found.findings
    assert [one.model_dump() for one in found.submission.standards] == [
        {
            "id": "1",
            "met": "yes",
            "narrative": "Law 12 (made up) prohibits it.\n\nIt was changed in 2009.",
            "evidence": "",
        },
        {"id": "4.10", "met": "not known", "narrative": "", "evidence": "none yet (made up)"},
    ]


@pytest.mark.parametrize(
    ("standards", "code", "where"),
    [
        pytest.param("Standard 1: mostly. Made up.", "file.field", "paragraph 2, line 5", id="another word"),
        pytest.param("Standard one: yes.", "file.line", "paragraph 2, line 5", id="a number in letters"),
        pytest.param("Standard 1: yes.\n\nStandard 4.1 yes", "file.line", "paragraph 2, line 7", id="no colon"),
        pytest.param(
            "Standard 1: yes. Evidence: a. Evidence: b.", "file.line", "paragraph 2, line 5", id="a label twice"
        ),
    ],
)
def test_a_fault_in_a_cable_names_paragraph_and_line(standards: str, code: str, where: str) -> None:
    found = cable(standards)

    assert found.submission is None
    assert [(one.code, one.where) for one in found.findings] == [(code, where)]


def test_an_open_place_of_the_template_is_told_by_its_line() -> None:
    template = answer_template(cycle().config, UNLISTED, STEP, templates=cycle().templates)
    text = template.replace("[choose]", "paris.action-officer", 1).replace("Standard 2: [choose]", "Standard 2: no")

    found = read(text.encode())

    assert found.submission is not None, found.findings
    assert [(one.id, one.met) for one in found.submission.standards] == [("2", "no")]
    told = found.placed(judge(found.submission, facts(UNLISTED)).findings)
    first = next(one for one in told if one.code == "standard.unanswered")
    line = next(n for n, text in enumerate(text.splitlines(), 1) if text.startswith("Standard 1: "))
    assert first.where == f"paragraph 2, line {line}"


def test_a_number_without_quotes_in_yaml_is_refused_with_the_remedy() -> None:
    form = written(head(UNLISTED) | {"standards": [{"id": "4.10", "met": "no"}]}, "yaml", cycle()).decode()

    (finding,) = read(form.replace("'4.10'", "4.10").encode()).findings

    assert (finding.code, finding.where) == ("file.field", "standards[1].id")
    assert "quotes" in finding.message
