"""Who may clear what, and how a document stands after a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import config, utc
from tipcycle.clearance.may_clear import why_not_clear
from tipcycle.clearance.standing import standing_of
from tipcycle.model.clearance import Clearance

DECIDED = Clearance(
    "document:2010:action-request:AZE", 1, 2010, "AZE", "cleared", "eur.bureau", "", "text", utc("2009-09-18 12:00")
)


@pytest.mark.parametrize(
    ("position", "country", "why"),
    [
        pytest.param("eur.bureau", "AZE", "", id="the post's bureau"),
        pytest.param("gtip.director", "AZE", "", id="the director"),
        pytest.param("gtip.director", "USA", "", id="the director, for a desk without a bureau"),
        pytest.param("af.bureau", "AZE", "Baku belongs to Bureau EUR", id="another bureau"),
        pytest.param("eur.bureau", "USA", "belongs to no bureau", id="a desk without a bureau"),
        pytest.param("gtip.action-officer", "AZE", "does not clear its own draft", id="the drafter"),
        pytest.param("gtip.alternate", "AZE", "does not clear its own draft", id="the drafter's alternate"),
        pytest.param("baku.front-office", "AZE", "a post does not clear what it is asked", id="the post"),
    ],
)
def test_only_the_posts_bureau_or_the_director_clears(position: str, country: str, why: str) -> None:
    said = why_not_clear(config().positions[position], config().post_for(country))

    assert (why in said) if why else (said == "")


@pytest.mark.parametrize(
    ("last", "text", "standing"),
    [
        pytest.param(None, "text", "waiting", id="no decision"),
        pytest.param(DECIDED, "text", "cleared", id="the text that was cleared"),
        pytest.param(DECIDED, "another", "changed", id="another text"),
        pytest.param(replace(DECIDED, decision="returned", note="date"), "text", "returned", id="returned"),
        pytest.param(replace(DECIDED, decision="returned", note="date"), "another", "returned", id="returned, mended"),
    ],
)
def test_a_document_stands_by_its_latest_decision_and_its_text(
    last: Clearance | None, text: str, standing: str
) -> None:
    assert standing_of(last, content_hash=text).standing == standing
