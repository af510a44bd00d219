"""What a resubmission says otherwise, in lines that sender and clearer can read."""

from __future__ import annotations

from tests.submissions.test_rules import ALL_ITEMS, DEMARCHE, MADE, figure, report
from tipcycle.submissions.changes import what_changed


def test_an_equal_answer_has_no_changes() -> None:
    assert what_changed(report(), report()) == ()


def test_items_are_told_one_by_one_and_long_texts_are_not_quoted() -> None:
    now = [
        {"id": "HP1", "status": "partly", "narrative": "x" * 100},
        *ALL_ITEMS[2:],
        {"id": "PROS1", "status": "begun"},
    ]

    assert what_changed(report(), report(items=now)) == (
        "HP1: status begun → partly",
        "HP1: narrative changed",
        "PROS1: new",
        "HP2: gone",
    )


def test_statistics_are_told_by_category_and_period() -> None:
    before = report(statistics=[figure()])
    now = report(statistics=[figure(total=14)])

    assert what_changed(before, now) == ("prosecutions 2009-04-01 to 2009-10-31: total 12 → 14",)


def test_a_demarche_is_told_field_by_field() -> None:
    before = report(**DEMARCHE, demarche=MADE)
    now = report(**DEMARCHE, demarche=MADE | {"level": "deputy minister", "officials": ["Deputy Minister of Justice"]})

    assert what_changed(before, now) == ("demarche: level minister → deputy minister", "demarche: officials changed")
