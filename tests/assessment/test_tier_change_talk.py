"""Which phrases get a warning, since no tier changes at the interim, and which do not."""

from __future__ import annotations

import pytest

from tests.assessment.chapters import assembled
from tests.submissions.test_rules import ALL_ITEMS, DEMARCHE, MADE, figure, report
from tipcycle.assessment.tier_change_talk import sentences_on_tier_change, talks_of_tier_change


@pytest.mark.parametrize(
    "said",
    [
        "The country is moved to Tier 2.",
        "It should be upgraded in June.",
        "An upgrade is warranted.",
        "The government deserves an upgrade to Tier 1.",
        "Its tier placement will change.",
        "We recommend a downgrade.",
        "Post recommends moving the country off the Watch List.",
        "The country will be placed on Tier 3.",
        "It could be removed from the Tier 2 Watch List.",
        "It will drop to Tier three.",
        "Progress was made, and the tier will rise.",
        "No new law was passed, but the country moves up to Tier 2.",
        "THE COUNTRY IS PROMOTED TO TIER 1",
        "A change in tier is expected.",
        "It goes back to tier 2.",
        "Raise Azerbaijan to Tier 2!",
    ],
)
def test_a_text_that_speaks_of_a_tier_that_changes_gets_a_warning(said: str) -> None:
    assert talks_of_tier_change(said)


@pytest.mark.parametrize(
    "said",
    [
        "No tier changes at the interim assessment; placement is decided in the 2010 Report.",
        "This does not change its tier.",
        "Tier placement isn't changed by this report.",
        "The shelter was upgraded.",
        "The government upgraded the database of cases.",
        "Police moved the victims to a shelter.",
        "The court changed the sentence.",
        "The two-tier system of courts heard 12 cases.",
        "The country was on Tier 2 Watch List in the 2009 Report.",
        "The number of prosecutions rose to 12.",
        "Officials were promoted.",
        "A frontier post was moved to the border.",
        "",
    ],
)
def test_a_text_that_does_not_gets_none(said: str) -> None:
    assert talks_of_tier_change(said) is None


def test_no_sentence_that_is_assembled_from_the_ledger_and_the_law_gets_a_warning() -> None:
    answer = report(items=ALL_ITEMS, statistics=[figure()])

    for made in (assembled(), assembled(answer, delivery=report(**DEMARCHE, demarche=MADE))):
        assert sentences_on_tier_change(made.chapter) == ()


def test_what_a_post_wrote_of_it_gets_one() -> None:
    made = assembled(report(remarks="We expect the country to move up to Tier 2."))

    assert [one.anchor for one in sentences_on_tier_change(made.chapter)] == ["progress-report.remarks"]
