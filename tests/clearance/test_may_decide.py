"""Who may decide upon what, in whose name, and who may sign for a silent position."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.builders import config, utc
from tests.clearance.chains import decision, seats, standing
from tipcycle.clearance.chain import seats_of
from tipcycle.clearance.may_decide import why_no_seat, why_not_decide
from tipcycle.clearance.override import why_no_override
from tipcycle.model.clearance import Decision

IN_ORDER = seats(["eur.bureau"], ["drl.clearer"])


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
        pytest.param("drl.clearer", "AZE", "it is not of its chain, which is eur.bureau", id="an office beside"),
    ],
)
def test_only_the_posts_bureau_or_the_director_clears_an_action_request(position: str, country: str, why: str) -> None:
    chain, post = config().clearance["action-request"], config().post_for(country)
    found = seats_of(chain, bureau=post.bureau, drafters=chain.drafted_by)

    said = why_no_seat(config().positions[position], chain, found, post)

    assert (why in said) if why else (said == "")


@pytest.mark.parametrize(
    ("made", "position", "acting", "decided", "why"),
    [
        pytest.param([], "eur.bureau", "", "cleared", "", id="its turn"),
        pytest.param(
            [], "drl.clearer", "", "cleared", "not yet the turn of drl.clearer: eur.bureau is before it", id="too early"
        ),
        pytest.param(
            [decision("eur.bureau")], "eur.bureau", "", "commented", "eur.bureau cleared this text on 2010-01-11",
            id="the second of two",
        ),
        pytest.param(
            [decision("eur.bureau", acting="l.clearer")], "eur.bureau", "", "cleared",
            "eur.bureau cleared this text on 2010-01-11 (acting: l.clearer)", id="somebody acted for it",
        ),
        pytest.param([decision("eur.bureau")], "eur.bureau", "", "returned", "", id="another mind before the release"),
        pytest.param(
            [decision("eur.bureau", "returned", note="why?")], "drl.clearer", "", "cleared",
            "returned by eur.bureau on 2010-01-11: why?; it goes on when its text changes", id="returned by another",
        ),
        pytest.param([decision("eur.bureau", "returned", note="?")], "eur.bureau", "", "cleared", "", id="after all"),
        pytest.param([], "eur.bureau", "l.clearer", "cleared", "", id="a delegation in force"),
        pytest.param(
            [], "eur.bureau", "h.clearer", "cleared",
            "h.clearer may not act for eur.bureau: eur.bureau has delegated to l.clearer; record it: "
            "form change-contact, or tipcycle contact delegate",
            id="not that one",
        ),
        pytest.param(
            [], "eur.bureau", "gtip.action-officer", "cleared",
            "gtip.action-officer drafted or edited this text, and nobody clears a draft of its own, for itself or for "
            "another",
            id="the drafter acting",
        ),
        pytest.param([], "h.clearer", "", "cleared", "h.clearer has no seat in its chain", id="no seat"),
    ],
)  # fmt: skip
def test_a_decision_is_refused_in_words(
    made: list[Any], position: str, acting: str, decided: Decision, why: str
) -> None:
    said = why_not_decide(
        standing(IN_ORDER, *made),
        position=position,
        acting=acting,
        decision=decided,
        drafters=["gtip.action-officer"],
        stand_in="l.clearer",
    )

    assert said == why


ASKED, DUE = utc("2010-01-04 15:00"), utc("2010-01-12 04:59")
DATES = (ASKED, DUE)


@pytest.mark.parametrize(
    ("made", "without_by", "asked", "at", "why"),
    [
        pytest.param([], ("eur.bureau", "gtip.director"), DATES, "2010-01-12 05:00", "", id="silent and overdue"),
        pytest.param(
            [], ("eur.bureau", "gtip.director"), DATES, "2010-01-12 04:59", "has time until 2010-01-12 04:59Z",
            id="the last moment",
        ),
        pytest.param(
            [], ("eur.bureau", "gtip.director"), (None, None), "2010-01-20 05:00", "was never asked", id="never asked"
        ),
        pytest.param(
            [], ("eur.bureau", "gtip.director"), (None, DUE), "2010-01-20 05:00", "eur.bureau was never told: no",
            id="asked, but no mail was accepted",
        ),
        pytest.param(
            [decision("eur.bureau", "returned", note="no")], ("eur.bureau", "gtip.director"), DATES, "2010-01-20 05:00",
            "that is no silence", id="a return",
        ),
        pytest.param(
            [], ("drl.clearer", "gtip.director"), DATES, "2010-01-20 05:00", "not yet the turn of drl.clearer",
            id="not its turn",
        ),
        pytest.param(
            [decision("eur.bureau")], ("eur.bureau", "gtip.director"), DATES, "2010-01-20 05:00",
            "cleared by eur.bureau", id="it did clear",
        ),
        pytest.param(
            [], ("eur.bureau", "drl.clearer"), DATES, "2010-01-20 05:00", "drl.clearer may not sign for it",
            id="not entitled",
        ),
        pytest.param([], ("h.clearer", "gtip.director"), DATES, "2010-01-20 05:00", "no seat", id="no seat"),
    ],
)  # fmt: skip
def test_only_silence_after_the_due_day_is_overridden_and_only_by_whoever_may(
    made: list[Any], without_by: tuple[str, str], asked: tuple[datetime | None, datetime | None], at: str, why: str
) -> None:
    said = why_no_override(
        standing(IN_ORDER, *made),
        *without_by,
        chain=config().clearance["interim-chapter"],
        drafters=["gtip.action-officer"],
        asked_at=asked[0],
        due_at=asked[1],
        at=utc(at),
    )

    assert (why in said) if why else (said == "")


def test_an_editor_does_not_sign_for_its_own_text_nor_for_itself() -> None:
    chain = config().clearance["interim-assessment"]
    found = standing(
        seats(["l.clearer"], ["h.clearer"], ["gtip.director"]), decision("l.clearer"), decision("h.clearer")
    )

    edited, itself, other = (
        why_no_override(
            found,
            "gtip.director",
            approver,
            chain=chain,
            drafters=drafters,
            asked_at=ASKED,
            due_at=DUE,
            at=utc("2010-01-20 05:00"),
        )
        for approver, drafters in (("g.principal", ["g.principal"]), ("gtip.director", []), ("g.principal", []))
    )

    assert "nobody signs for a draft of its own" in edited
    assert "does not go on without itself" in itself
    assert other == ""
