"""A file from outside is read without trusting it: always a value, never an exception, never half."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tipcycle.intake.read_submission import Read, read_submission
from tipcycle.settings import ROOT

LIMIT = 1_000_000
HEAD = (
    "tipcycle: submission/1\nreport_year: 2010\nstep: progress-report\ncountry: AZE\npost: Baku\n"
    "submitted_by: baku.action-officer\n"
)
GOOD = HEAD + "items:\n- {id: HP1, status: begun}\n...\n"
PERIOD = "{from: 2009-04-01, to: 2009-10-31}"


def read(folder: Path, content: bytes) -> Read:
    path = folder / "answer.yaml"
    path.write_bytes(content)
    return read_submission(path, max_bytes=LIMIT)


def counting(total: str) -> str:
    figure = f"{{category: prosecutions, period: {PERIOD}, status: provided, total: {total}}}"
    return HEAD + f"statistics:\n- {figure}\n...\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD.encode(), id="plain"),
        pytest.param(b"\xef\xbb\xbf" + GOOD.encode(), id="with a byte order mark"),
        pytest.param(GOOD.replace("\n", "\r\n").encode(), id="with line ends of another system"),
        pytest.param(GOOD.rstrip().encode(), id="without a last newline"),
        pytest.param((json.dumps(yaml.safe_load(HEAD) | {"nothing_to_report": True}) + "\n...").encode(), id="JSON"),
        pytest.param(counting("12").encode(), id="with a figure"),
    ],
)
def test_a_good_file_is_read(tmp_path: Path, content: bytes) -> None:
    found = read(tmp_path, content)

    assert found.findings == ()
    assert found.submission is not None
    assert found.submission.country == "AZE"


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        pytest.param(GOOD.replace("...\n", "").encode(), "file.truncated", "line", id="no end mark"),
        pytest.param(GOOD.encode()[: len(GOOD) // 2], "file.truncated", "line", id="cut in the middle"),
        pytest.param(b"", "file.truncated", "line 1", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", "file.unreadable", "byte 0", id="a picture"),
        pytest.param(GOOD.encode("utf-16"), "file.unreadable", "byte", id="UTF-16"),
        pytest.param(b"a: \x00\n...\n", "file.unreadable", "byte 3", id="a zero byte"),
        pytest.param(b"a: &x [1]\nb: [*x, *x]\n...\n", "file.unreadable", "line 2", id="aliases, as of a bomb"),
        pytest.param(b"a: [1, 2\n...\n", "file.unreadable", "line", id="broken YAML"),
        pytest.param(b"- 1\n- 2\n...\n", "file.unreadable", "line 1", id="a list"),
        pytest.param(b"[" * 5000 + b"\n...\n", "file.unreadable", "line 1", id="nested without end"),
        pytest.param(
            b"[" * 499_000 + b"]" * 499_000 + b"\n...\n", "file.unreadable", "line 1", id="nested for a crash"
        ),
        pytest.param(b"a: !!python/object:os.system x\n...\n", "file.unreadable", "", id="a Python object"),
        pytest.param((HEAD + "colour: red\n...\n").encode(), "file.field", "colour", id="an unknown field"),
        pytest.param(counting("-1").encode(), "file.field", "statistics[1].total", id="a negative count"),
        pytest.param(counting("1.5").encode(), "file.field", "statistics[1].total", id="half a case"),
        pytest.param(counting('"1,000"').encode(), "file.field", "statistics[1].total", id="a thousands separator"),
        pytest.param(counting("true").encode(), "file.field", "statistics[1].total", id="a truth value as count"),
        pytest.param(
            counting("1").replace("2009-10-31", "2009-02-30").encode(),
            "file.field",
            "statistics[1].period",
            id="no date",
        ),
        pytest.param(
            counting("1").replace("2009-10-31", "2009-03-31").encode(),
            "file.field",
            "statistics[1].period",
            id="backwards",
        ),
    ],
)
def test_a_bad_file_is_refused_with_place_and_remedy(tmp_path: Path, content: bytes, code: str, where: str) -> None:
    found = read(tmp_path, content)

    assert found.submission is None
    assert {finding.code for finding in found.findings} == {code}
    assert all(finding.where and finding.message and finding.remedy for finding in found.findings)
    assert found.findings[0].where.startswith(where)


def test_a_huge_file_is_refused_by_its_size_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as sparse:
        sparse.truncate(50_000_000_000)

    found = read_submission(path, max_bytes=LIMIT)

    assert [finding.code for finding in found.findings] == ["file.too_large"]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: (text + "\n...\n").encode())))
def test_whatever_a_file_holds_reading_it_gives_a_value(tmp_path: Path, content: bytes) -> None:
    found = read(tmp_path, content)

    assert found.submission is None
    assert found.findings


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_examples_of_the_format_page_are_readable(tmp_path: Path, number: int) -> None:
    page = (ROOT / "docs" / "submission-format.md").read_text(encoding="utf-8")
    examples: list[Any] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)

    found = read(tmp_path, examples[number].encode())

    assert len(examples) == 3
    assert found.findings == ()
