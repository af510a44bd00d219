"""JSON is the form too: the same fields, no end mark, and nothing that a parser would settle silently."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.submissions.test_format_page import EXAMPLES
from tipcycle.intake.read_submission import Read, read_content
from tipcycle.model.submission_schema import submission_schema
from tipcycle.settings import ROOT
from tipcycle.submissions.gate import content_hash

LIMIT = 1_000_000
SCHEMA = json.loads(submission_schema())
FORMS: list[dict[str, Any]] = [yaml.load(text, Loader=yaml.BaseLoader) for text in EXAMPLES]


def read(text: str) -> Read:
    return read_content(text.encode(), name="answer.json", max_bytes=LIMIT)


def as_json(form: Any, name: str = "") -> Any:
    """The form with numbers and truth values as JSON has them; the base loader leaves all as text."""
    if isinstance(form, dict):
        return {key: as_json(value, key) for key, value in form.items()}
    if isinstance(form, list):
        return [as_json(value, name) for value in form]
    if form == "true":
        return True
    counts = {"report_year", "total", "labour", "sex", "last_year", "prison", "prison_months", "suspended"}
    return int(form) if name in counts | {"fine", "seizure", "life", "probation"} else form


@pytest.mark.parametrize("number", [0, 1])
def test_the_same_answer_in_json_and_in_yaml_is_one_answer(number: int) -> None:
    in_yaml = read_content(EXAMPLES[number].encode(), name="answer.yaml", max_bytes=LIMIT).submission
    in_json = read(json.dumps(as_json(FORMS[number]), indent=1)).submission

    assert in_yaml is not None
    assert in_json is not None
    assert content_hash(in_yaml) == content_hash(in_json)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        pytest.param('{"tipcycle": "submission/1", "report', "file.unreadable", "line 1", id="cut off"),
        pytest.param('{"post": "Baku", "post": "Riga"}', "file.unreadable", "file", id="a field twice"),
        pytest.param('{"report_year": NaN}', "file.unreadable", "file", id="no number"),
        pytest.param('{"report_year": ' + "9" * 5000 + "}", "file.unreadable", "file", id="5,000 digits"),
        pytest.param('{"a": "\\ud800"}', "file.field", "tipcycle", id="half a character"),
        pytest.param('{"a": 1} {"a": 2}', "file.unreadable", "line 1", id="two documents"),
        pytest.param("{", "file.unreadable", "line 1", id="a bracket"),
    ],
)
def test_a_bad_document_is_refused_with_its_place(text: str, code: str, where: str) -> None:
    found = read(text)

    assert found.submission is None
    assert (found.findings[0].code, found.findings[0].where) == (code, where)
    assert all(finding.message and finding.remedy for finding in found.findings)


@pytest.mark.parametrize("text", ['{"a":' * 100_000, '{"a": ' + "[" * 200_000 + "]" * 200_000 + "}", '"' + '\\"' * 400])
def test_a_document_nested_far_too_deep_does_not_end_the_program(text: str, tmp_path: Path) -> None:
    (tmp_path / "deep").write_text(text, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from tipcycle.intake.read_submission import read_submission; "
        f"print(read_submission(Path(sys.argv[1]), max_bytes={LIMIT}).findings[0].severity)"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "deep")], capture_output=True, text=True, timeout=20, check=False
    )

    assert (ended.returncode, ended.stdout.strip()) == (0, "blocker")


def test_the_published_schema_is_that_of_the_model() -> None:
    published = (ROOT / "docs" / "submission.schema.json").read_text(encoding="utf-8")

    assert published == submission_schema(), "tipcycle check --schema > docs/submission.schema.json"


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_fit_the_schema(number: int) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    jsonschema.validate(as_json(FORMS[number]), SCHEMA)


@pytest.mark.parametrize("changed", [{"colour": "red"}, {"step": "interim"}, {"items": [{"id": "HP1"}]}])
def test_what_the_schema_refuses_the_reader_refuses(changed: dict[str, Any]) -> None:
    form = as_json(FORMS[0]) | changed

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(form, SCHEMA)
    assert read(json.dumps(form)).submission is None
