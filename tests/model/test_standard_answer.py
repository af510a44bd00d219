"""An answer on a minimum standard: its number is a text, and an answer from before there were any is what it was."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.submissions.test_rules import report
from tipcycle.model.submission import StandardAnswer, Submission
from tipcycle.submissions.gate import content_hash


def test_the_number_of_a_standard_may_be_written_as_a_number() -> None:
    assert StandardAnswer.model_validate({"id": 3, "met": "yes"}).id == "3"


@pytest.mark.parametrize("said", [4.1, True, None])
def test_the_number_of_an_indicium_stands_in_quotes(said: object) -> None:
    with pytest.raises(ValidationError):
        StandardAnswer.model_validate({"id": said, "met": "yes"})


def test_an_answer_that_was_kept_before_there_were_standards_still_reads_and_keeps_its_hash() -> None:
    kept = report().model_dump(mode="json", by_alias=True)
    del kept["standards"]

    read = Submission.model_validate(kept)

    assert read == report()
    assert content_hash(read) == "f45dc2410ef94713daece6571f1019a2392393d55f5129b6679e08257f437a66"
