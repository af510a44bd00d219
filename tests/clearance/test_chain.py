"""How a document stands with its chain: order, returns, texts, comments, overrides and retractions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import config, utc
from tests.clearance.chains import decision, override, seats, standing
from tipcycle.clearance.chain import ChainStanding, seats_of, standing_of
from tipcycle.clearance.hold import held_until
from tipcycle.clearance.override import in_words

SIDE_BY_SIDE = seats(["eur.bureau", "drl.clearer"])
IN_ORDER = seats(["eur.bureau"], ["drl.clearer"])


def states(of: ChainStanding) -> dict[str, str]:
    return {one.seat.position: one.state for one in of.seats}


@pytest.mark.parametrize(
    ("found", "stands", "because", "waits_for"),
    [
        pytest.param(standing(IN_ORDER), "waiting", "nobody has decided yet", ("eur.bureau",), id="no decision"),
        pytest.param(
            standing(IN_ORDER, decision("eur.bureau")),
            "waiting",
            "cleared by eur.bureau on 2010-01-11; waits for drl.clearer",
            ("drl.clearer",),
            id="the next one's turn",
        ),
        pytest.param(
            standing(SIDE_BY_SIDE),
            "waiting",
            "nobody has decided yet",
            ("eur.bureau", "drl.clearer"),
            id="side by side",
        ),
        pytest.param(
            standing(IN_ORDER, decision("eur.bureau"), decision("drl.clearer", "commented", note="see line 1")),
            "cleared",
            "cleared by eur.bureau on 2010-01-11; cleared by drl.clearer on 2010-01-11 with comments: see line 1",
            (),
            id="comments clear",
        ),
        pytest.param(
            standing(
                SIDE_BY_SIDE, decision("eur.bureau", "returned", note="name the ministry"), decision("drl.clearer")
            ),
            "returned",
            "returned by eur.bureau on 2010-01-11: name the ministry",
            (),
            id="one return holds all",
        ),
        pytest.param(
            standing(SIDE_BY_SIDE, decision("eur.bureau", "returned", note="why?"), decision("eur.bureau")),
            "waiting",
            "cleared by eur.bureau on 2010-01-11; waits for drl.clearer",
            ("drl.clearer",),
            id="cleared after all by whoever returned it",
        ),
        pytest.param(
            standing(IN_ORDER, decision("eur.bureau"), decision("drl.clearer"), text="new"),
            "changed",
            "its text changed after it was cleared by drl.clearer on 2010-01-11; clear it again",
            ("eur.bureau",),
            id="a new text starts anew",
        ),
        pytest.param(
            standing(IN_ORDER, decision("eur.bureau", "returned", note="mend it"), text="new"),
            "changed",
            "its text changed after it was returned by eur.bureau on 2010-01-11: mend it",
            ("eur.bureau",),
            id="mended",
        ),
        pytest.param(
            standing(IN_ORDER, decision("eur.bureau", acting="drl.clearer")),
            "waiting",
            "cleared by eur.bureau on 2010-01-11 (acting: drl.clearer); waits for drl.clearer",
            ("drl.clearer",),
            id="acting for another is not one's own decision",
        ),
        pytest.param(
            standing(IN_ORDER, blocked="its draft is not made yet"),
            "waiting",
            "its draft is not made yet",
            (),
            id="nobody's turn",
        ),
    ],
)
def test_a_document_stands_by_the_decisions_upon_its_present_text(
    found: ChainStanding, stands: str, because: str, waits_for: tuple[str, ...]
) -> None:
    assert (found.standing, found.because, found.waits_for) == (stands, because, waits_for)


def test_an_override_settles_a_silent_seat_for_one_text_only() -> None:
    signed = override("eur.bureau")

    assert standing(IN_ORDER, overrides=[signed]).waits_for == ("drl.clearer",)
    assert standing(IN_ORDER, decision("drl.clearer"), overrides=[signed]).standing == "cleared"
    assert states(standing(IN_ORDER, overrides=[signed], text="new"))["eur.bureau"] == "silent"


def test_what_a_position_says_after_an_override_governs() -> None:
    later = decision("eur.bureau", "returned", note="not so", at=utc("2010-01-12 09:00"))

    assert standing(IN_ORDER, later, decision("drl.clearer"), overrides=[override("eur.bureau")]).standing == "returned"


def test_a_retraction_waits_for_its_position_again_also_for_one_without_a_seat() -> None:
    both = [decision("eur.bureau"), decision("drl.clearer")]
    own = standing(IN_ORDER, *both, decision("eur.bureau", "retracted", note="wrong figure"))
    stopped = standing(IN_ORDER, *both, decision("gtip.director", "retracted", note="not today"))
    going_on = standing(
        IN_ORDER, *both, decision("gtip.director", "retracted", note="not today"), decision("gtip.director")
    )

    assert (own.standing, own.waits_for) == ("waiting", ("eur.bureau",))
    assert (stopped.standing, stopped.waits_for) == ("waiting", ("gtip.director",))
    assert going_on.standing == "cleared"


def test_a_text_with_faults_is_not_fit_whatever_was_decided() -> None:
    found = standing_of(IN_ORDER, content_hash="text", decisions=[decision("eur.bureau")], faults=["a", "b"])

    assert (found.standing, found.because) == ("not fit", "not fit to go out: a (and 1 more)")


def test_the_hold_counts_from_the_last_decision_of_all_documents() -> None:
    early = standing(IN_ORDER, decision("eur.bureau"), decision("drl.clearer"))
    late = standing(IN_ORDER, decision("eur.bureau"), decision("drl.clearer", at=utc("2010-01-12 10:00")))

    assert held_until([early, late]) == utc("2010-01-13 10:00")
    assert held_until([early, standing(IN_ORDER)]) is None
    assert held_until([]) is None


@pytest.mark.parametrize(
    ("kind", "country", "drafters", "wanted"),
    [
        pytest.param("interim-chapter", "AZE", [], [("eur.bureau", 0), ("drl.clearer", 1)], id="its bureau first"),
        pytest.param("interim-chapter", "USA", [], [("gtip.director", 0), ("drl.clearer", 1)], id="no bureau"),
        pytest.param("full-chapter", "AZE", [], [("eur.bureau", 0), ("drl.clearer", 0)], id="side by side"),
    ],
)
def test_a_chain_has_the_bureau_of_the_country(
    kind: str, country: str, drafters: list[str], wanted: list[tuple[str, int]]
) -> None:
    found = seats_of(config().clearance[kind], bureau=config().post_for(country).bureau, drafters=drafters)

    assert [(seat.position, seat.stage) for seat in found] == wanted


def test_whoever_may_override_decides_in_place_of_a_position_that_edited_the_text() -> None:
    found = seats_of(config().clearance["interim-chapter"], bureau="EUR", drafters=["eur.bureau"])

    assert [seat.holders for seat in found] == [("eur.bureau", "gtip.director"), ("drl.clearer",)]


def test_the_paper_says_who_did_not_concur_and_how_it_was_asked() -> None:
    signed = override("eur.bureau")
    never = replace(signed, reminded=())
    thrice = replace(signed, reminded=("2010-01-08", "2010-01-12", "2010-01-14"))

    assert in_words(signed) == (
        "released without concurrence of eur.bureau, asked on Mon 4 Jan 2010, "
        "reminded on Fri 8 Jan 2010 and Tue 12 Jan 2010"
    )
    assert in_words(never).endswith("asked on Mon 4 Jan 2010, not reminded")
    assert in_words(thrice).endswith("reminded on Fri 8 Jan 2010, Tue 12 Jan 2010 and Thu 14 Jan 2010")
