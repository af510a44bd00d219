"""The drawings of the board: where a step is taken, how wide a part is, and that nobody needs to see them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest

from tipcycle.rendering.board_page import days_of
from tipcycle.rendering.bureau_bars import PARTS, BureauRow, draw_bars, patterns, segments, swatch, tell_bars
from tipcycle.rendering.progress_chart import (
    Frame,
    Progress,
    draw_progress,
    draw_small_progress,
    months,
    staircase,
    tell,
    ticks,
)
from tipcycle.rendering.svg import element

_SVG = "{http://www.w3.org/2000/svg}"
DUE = date(2009, 11, 15)


def _progress(**changed: Any) -> Progress:
    values: dict[str, Any] = {
        "name": "EUR",
        "asked": (date(2009, 9, 21), date(2009, 9, 21), date(2009, 9, 23)),
        "came": (date(2009, 11, 2), date(2009, 11, 18)),
        "due_on": DUE,
        "today": date(2009, 11, 20),
    }
    return Progress(**(values | changed))


def _row(**changed: int) -> BureauRow:
    return BureauRow("EUR", **({"on_time": 2, "late": 1, "overdue": 3, "not_due": 0, "waived": 1} | changed))


def test_a_staircase_counts_from_each_day_on_and_ends_today() -> None:
    first, again, later, today = date(2009, 11, 2), date(2009, 11, 2), date(2009, 11, 5), date(2009, 11, 9)

    assert staircase([first, again, later], until=today) == [(first, 2), (later, 3), (today, 3)]
    assert staircase([], until=today) == []


@pytest.mark.parametrize(
    ("most", "at_most", "marks"),
    [(1, 5, [0, 1]), (4, 2, [0, 2, 4]), (19, 2, [0, 10]), (56, 5, [0, 20, 40]), (189, 5, [0, 50, 100, 150])],
)
def test_an_axis_has_round_counts_and_few_of_them(most: int, at_most: int, marks: list[int]) -> None:
    assert ticks(most, at_most=at_most) == marks


def test_months_begin_within_the_days_that_are_drawn_over_the_year_s_end_too() -> None:
    assert list(months(date(2009, 11, 30), date(2010, 2, 1))) == [
        date(2009, 12, 1),
        date(2010, 1, 1),
        date(2010, 2, 1),
    ]


def test_days_and_counts_stand_in_proportion_and_what_lies_outside_at_the_edge() -> None:
    frame = Frame(120, 70, 10, 10, 10, 10, date(2009, 11, 1), date(2009, 11, 11), 50)

    assert [frame.x(date(2009, 11, on)) for on in (1, 6, 11)] == [10, 60, 110]
    assert frame.x(date(2010, 1, 1)) == 110
    assert [frame.y(count) for count in (0, 25, 50)] == [60, 35, 10]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2009, 11, 14), "2 of 3 came in by Sat 14 Nov 2009; the deadline, Sun 15 Nov 2009, is still to come."),
        (DUE, "2 of 3 came in by Sun 15 Nov 2009; the deadline, Sun 15 Nov 2009, is still to come."),
        (date(2009, 11, 16), "1 of 3 had come in by the deadline, Sun 15 Nov 2009, and 2 by Mon 16 Nov 2009."),
    ],
)
def test_the_drawing_is_told_before_on_and_after_the_deadline(today: date, told: str) -> None:
    late = date(2009, 11, 2) if today <= DUE else date(2009, 11, 16)

    assert tell(_progress(today=today, came=(date(2009, 11, 2), late))) == told


def test_of_months_in_which_nothing_comes_only_four_weeks_are_drawn() -> None:
    assert _progress(today=date(2010, 7, 1)).last == date(2009, 12, 16)
    assert _progress(today=date(2009, 10, 1), came=()).last == date(2009, 11, 18)


def test_the_table_beside_a_drawing_has_both_counts_of_each_day() -> None:
    assert days_of(_progress()) == [
        ("Mon 21 Sep 2009", 2, 0),
        ("Wed 23 Sep 2009", 3, 0),
        ("Mon 2 Nov 2009", 3, 1),
        ("Wed 18 Nov 2009", 3, 2),
    ]


def test_the_parts_of_a_bar_stand_side_by_side_and_add_up_to_what_was_asked() -> None:
    parts = segments(_row(), unit=10, left=50)

    assert [(one.part, one.x, one.width) for one in parts] == [
        ("on-time", 50, 20),
        ("late", 70, 10),
        ("overdue", 80, 30),
        ("waived", 110, 10),
    ]
    assert sum(one.count for one in parts) == _row().asked == 7
    assert tell_bars([_row()]) == "EUR: 7 asked, 2 in on time, 1 in late, 3 overdue, 1 waived."


@pytest.mark.parametrize("drawn", ["wide", "narrow", "small", "nothing asked", "bars", "no bars"])
def test_every_drawing_is_sound_svg_with_a_title_and_a_description_and_stays_inside(drawn: str) -> None:
    shown, empty = _progress(), _progress(asked=(), came=())
    text = {
        "wide": lambda: draw_progress("k", shown, width=760),
        "narrow": lambda: draw_progress("k", shown, width=340),
        "small": lambda: draw_small_progress("k", shown, first=shown.first, last=shown.last),
        "nothing asked": lambda: draw_progress("k", empty, width=340),
        "bars": lambda: draw_bars("k", [_row(), _row(on_time=40)], width=340),
        "no bars": lambda: draw_bars("k", [], width=340),
    }[drawn]()

    svg = ET.fromstring(str(text).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))

    title, told = svg.find(f"{_SVG}title"), svg.find(f"{_SVG}desc")
    assert title is not None
    assert told is not None
    assert svg.attrib["aria-labelledby"] == f"{title.attrib['id']} {told.attrib['id']}"
    _, _, width, height = (float(number) for number in svg.attrib["viewBox"].split())
    for one in svg.iter():
        for name, most in (("x", width), ("y", height), ("cx", width), ("cy", height)):
            assert 0 <= float(one.get(name, 0)) <= most, ET.tostring(one)
    assert "style=" not in text, "the page's policy would not heed it"


def test_parts_are_told_apart_without_colour() -> None:
    made = set(re.findall(r'id="fill-([a-z-]+)"', patterns()))

    assert made == {"late", "waived"}
    assert len({swatch(part) for _, part, _ in PARTS}) == len(PARTS)


def test_what_stands_in_a_drawing_is_escaped() -> None:
    assert element("text", {"class": '"<'}, "<b>&") == '<text class="&#34;&lt;">&lt;b&gt;&amp;</text>'
