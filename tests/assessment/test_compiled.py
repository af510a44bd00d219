"""The compiled assessments: what they count, which days they tell, and that the interim knows of no tier to come."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest

from tests.builders import listed, obligation, utc
from tests.papers import DRAFT, annual, chapter_version, full_paper, interim_paper, reminded, said
from tipcycle.assessment.compiled_full import move
from tipcycle.assessment.front_page import changed_line, due_lines, edition_line, footer_line
from tipcycle.assessment.paper_chapters import paper_chapters
from tipcycle.model.assessment_paper import Edition, InterimPaper, MissingReport, paper_as_json, paper_from_json
from tipcycle.model.chapter import Chapter, Section
from tipcycle.model.clearance import Override
from tipcycle.rendering.assessment_blocks import blocks_of

STATUTORY = date(2010, 2, 1)


def fields_of(kind: Any, seen: set[Any]) -> set[str]:
    """The name of every field at whatever depth."""
    if kind in seen or not is_dataclass(kind):
        return set().union(*(fields_of(one, seen) for one in get_args(kind)), set())
    seen.add(kind)
    hints = get_type_hints(kind)
    return {one.name for one in fields(kind)}.union(*(fields_of(hints[one.name], seen) for one in fields(kind)))


def test_the_interim_assessment_has_no_field_for_a_tier_at_any_depth() -> None:
    names = fields_of(InterimPaper, set())

    assert {"groups", "reminded", "paragraphs", "nature"} <= names
    assert not [name for name in names if "tier" in name or "placement" in name]


def test_the_list_counts_55_countries_and_tells_the_territory_apart() -> None:
    groups = {group.title: group for group in interim_paper().groups}

    assert {title: (group.counted, group.not_counted) for title, group in groups.items()} == {
        "Tier 2 Watch List": (52, 1),
        "Moved up from Tier 3": (1, 0),
        "Moved up to Tier 1": (2, 0),
    }
    assert [row.country for row in groups["Tier 2 Watch List"].rows if row.remark] == ["Netherlands Antilles"]
    assert [row.country for row in groups["Moved up to Tier 1"].rows] == ["Mauritius", "Nigeria"]


def test_an_empty_group_stays_and_counts_nothing() -> None:
    alone = interim_paper(("AZE",), listed=[listed()["AZE"]])

    assert [(group.counted, group.rows) for group in alone.groups][1:] == [(0, ()), (0, ())]


def test_chapters_stand_in_the_order_of_the_names() -> None:
    paper = interim_paper(("OMN", "AZE", "COD", "ANT"))

    assert [one.country for one in paper.chapters] == [
        "Azerbaijan",
        "Congo, Democratic Republic of the",
        "Netherlands Antilles",
        "Oman",
    ]
    assert paper.chapters[2].under == "Special watch list: Tier 2 Watch List · not counted as a country"


def test_an_item_bears_its_label_once_and_what_was_reported_stands_below_it() -> None:
    (chapter,) = interim_paper(("AZE",)).chapters

    received, items, _ = chapter.sections
    assert [one.text for one in received.paragraphs] == [
        "Tier 2 Watch List in the 2009 Report. Progress report received on November 10, 2009, version 1."
    ]
    assert [(one.label, one.text, one.continues) for one in items.paragraphs] == [
        ("HP1", "Begun: Use the referral mechanism.", False),
        ("", "Twelve persons were referred to the shelter.", True),
        ("HP2", "No answer: Pay for the plan.", False),
    ]


def test_the_annex_tells_a_missing_report_with_the_days_of_the_ledger() -> None:
    missing = obligation("AZE")

    paper = interim_paper(reports=(missing, obligation("OMN", standing="received")), notices=reminded(missing))

    assert paper.missing == (
        MissingReport(
            "Azerbaijan",
            "Baku",
            "November 15, 2009",
            "September 21, 2009",
            "October 16 and 30, November 6, 13 and 16, 2009",
            "November 18, 23 and 30, 2009",
        ),
    )


def test_only_what_really_went_out_counts_as_a_reminder() -> None:
    missing = obligation("AZE")
    (planned,) = reminded(missing).values()
    unsent = {missing.key: [replace(one, state="failed") for one in planned]}

    (told,) = interim_paper(reports=(missing,), notices=unsent).missing

    assert (told.reminded, told.escalated) == ("never", "never")


def test_waived_and_nil_reports_are_not_missing_and_name_who_answers_for_it() -> None:
    waived = obligation("AZE", standing="waived", reason="no embassy in session", approver="gtip.director")
    nil = obligation("OMN", standing="nil", answered_at=utc("2009-11-10 09:00"))

    paper = interim_paper(reports=(waived, nil))

    assert paper.missing == ()
    assert [(one.country, one.standing, one.because) for one in paper.not_required] == [
        ("Azerbaijan", "not required", "no embassy in session (waived by: Director, G/TIP)"),
        ("Oman", "nothing to report", "attested by the post on November 10, 2009"),
    ]


@pytest.mark.parametrize(
    ("edition", "line"),
    [
        (DRAFT, "DRAFT of December 18, 2009, not released"),
        (Edition("release", 1, date(2010, 1, 29)), "Released on January 29, 2010 (version 1)"),
        (
            Edition("supplement", 2, date(2010, 3, 3), "Baku reported late."),
            "Supplement, released on March 3, 2010 (version 2): Baku reported late",
        ),
        (
            Edition("erratum", 3, date(2010, 3, 4), "A total was wrong"),
            "Corrected edition, released on March 4, 2010 (version 3): A total was wrong",
        ),
    ],
)
def test_the_edition_says_what_it_is_and_why(edition: Edition, line: str) -> None:
    assert edition_line(edition) == line


@pytest.mark.parametrize(
    ("edition", "released_on", "last"),
    [
        pytest.param(DRAFT, None, "Not released.", id="a draft in time"),
        pytest.param(
            Edition("draft", 0, date(2010, 2, 3)),
            None,
            "Not released; the day set by law passed 2 days ago.",
            id="a draft after the day",
        ),
        pytest.param(Edition("release", 1, STATUTORY), None, "Released: February 1, 2010.", id="on the day"),
        pytest.param(
            Edition("release", 1, date(2010, 2, 2)),
            None,
            "Released: February 2, 2010, 1 day after the day set by law.",
            id="the day after",
        ),
        pytest.param(
            Edition("erratum", 2, date(2010, 5, 1)),
            date(2010, 2, 24),
            "Released: February 24, 2010, 23 days after the day set by law.",
            id="an erratum keeps the first release's lateness",
        ),
    ],
)
def test_lateness_against_the_law_is_told_in_days(edition: Edition, released_on: date | None, last: str) -> None:
    lines = due_lines(
        edition, statutory_on=STATUTORY, planned_on=date(2010, 1, 29), released_on=released_on, source="the Act"
    )

    assert lines == ("Due by law: February 1, 2010 (the Act).", "Planned: January 29, 2010.", last)


def override(document: str, content_hash: str) -> Override:
    return Override(
        document,
        1,
        2010,
        "eur.bureau",
        "gtip.director",
        "No word in two weeks.",
        content_hash,
        utc("2010-01-04 14:00"),
        ("2010-01-11", "2010-01-14"),
        utc("2010-01-25 14:00"),
    )


def test_who_did_not_concur_is_named_with_the_days_of_asking_and_only_for_the_text_that_is_printed() -> None:
    version = chapter_version("AZE")
    good, stale = override(version.document, version.content_hash), override(version.document, "another text")
    other = replace(stale, without="drl.clearer")

    paper = interim_paper(("AZE",), overrides={version.document: [good, other]})

    assert paper.front.without == (
        "Azerbaijan: to be released without the concurrence of Trafficking officer, Bureau EUR, asked on January 4, "
        "2010, reminded on January 11, 2010, January 14, 2010. Decided on January 25, 2010 by Director, G/TIP: No word "
        "in two weeks.",
    )


def test_the_paper_comes_back_from_its_plain_values_as_it_was() -> None:
    for paper in (interim_paper(), full_paper(decided={"AZE": "2WL"}, last={"AZE": "2"})):
        assert paper_from_json(paper_as_json(paper)) == paper


def test_a_placement_is_printed_only_once_it_was_decided() -> None:
    paper = full_paper(decided={"AZE": "2WL"}, last={"AZE": "2", "OMN": "2WL"})

    groups = {group.title: [(row.country, row.last, row.move) for row in group.rows] for group in paper.tiers}
    assert groups == {
        "Tier 1": [],
        "Tier 2": [],
        "Tier 2 Watch List": [("Azerbaijan", "Tier 2", "moved down")],
        "Tier 3": [],
        "Special case": [],
        "Not placed yet": [("Netherlands Antilles", "not placed", ""), ("Oman", "Tier 2 Watch List", "")],
    }


def test_who_is_not_placed_stands_apart_from_special_cases_and_from_who_is_open() -> None:
    paper = full_paper(("AZE", "OMN", "SEN"), decided={"AZE": "none", "SEN": "special"}, last={"AZE": "2"})

    groups = {group.title: [(row.country, row.last, row.move) for row in group.rows] for group in paper.tiers}
    assert list(groups)[-3:] == ["Special case", "Not placed in this Report", "Not placed yet"]
    assert groups["Special case"] == [("Senegal", "not placed", "first placement")]
    assert groups["Not placed in this Report"] == [("Azerbaijan", "Tier 2", "")]
    assert [one.under for one in paper.chapters if one.country == "Azerbaijan"] == [
        "Not placed in this Report · last Report: Tier 2"
    ]


@pytest.mark.parametrize(
    ("now", "last", "told"),
    [
        ("1", "2", "moved up"),
        ("2", "2WL", "moved up"),
        ("2WL", "2", "moved down"),
        ("3", "2WL", "moved down"),
        ("2", "2", ""),
        ("2", None, "first placement"),
        ("special", "3", "changed"),
        ("3", "special", "changed"),
        (None, "3", ""),
        ("none", "3", ""),
        ("none", None, ""),
    ],
)
def test_a_move_is_told_by_where_the_country_stood(now: Any, last: Any, told: str) -> None:
    assert move(now, last) == told


def test_figures_stand_beside_last_years_with_labor_in_parentheses_and_no_unknown_is_0() -> None:
    now = annual(
        "AZE",
        {"category": "prosecutions", "total": 12, "labour": 3},
        {"category": "convictions", "status": "not provided"},
        {"category": "sentences", "total": 0, "comparable": "no", "not_comparable_because": "a new code."},
    )
    before = annual("AZE", {"category": "prosecutions", "total": 9}, year=2009)

    paper = full_paper(("AZE", "OMN"), accepted={"AZE": now}, before={"AZE": before})

    azerbaijan, oman = paper.figures
    assert azerbaijan.cells == ("not reported", "12 (3)\nlast year: 9", "not provided", "0 (not stated)")
    assert azerbaijan.comparable == "sentences: not comparable (a new code)"
    assert oman.cells == ("not reported",) * 4


def test_figures_on_two_legal_bases_are_added_and_labor_only_where_both_state_it() -> None:
    both = [{"category": "prosecutions", "total": 4, "labour": 1}, {"category": "prosecutions", "total": 6}]

    paper = full_paper(("AZE",), accepted={"AZE": annual("AZE", *both)})

    assert paper.figures[0].cells[1] == "10 (not stated)"


def test_world_totals_add_up_what_was_provided_and_say_by_how_many() -> None:
    accepted = {
        "AZE": annual("AZE", {"category": "prosecutions", "total": 1200, "labour": 3}),
        "OMN": annual("OMN", {"category": "prosecutions", "total": 5}),
    }

    paper = full_paper(accepted=accepted)

    told = {one.category: (one.total, one.labour, one.given_by) for one in paper.totals}
    assert told["Prosecutions"] == ("1,205", "3 (stated by 1)", "2 of 3 countries and territories")
    assert told["Convictions"] == ("not reported", "not stated", "0 of 3 countries and territories")


def test_what_a_post_wrote_for_the_office_alone_is_not_printed() -> None:
    chapter = Chapter(
        "full-chapter",
        2010,
        "AZE",
        "Azerbaijan",
        (
            Section(
                "protection", "Protection", (said("item.HP1.grade", "HP1, begun: A."), said("item.POST1.grade", "B"))
            ),
            Section("added", "Recommendations that post added", (said("item.POST2.grade", "POST2, begun: C."),)),
            Section(
                "standards",
                "Minimum standards and indicia",
                (said("standard.4.1", "4.1 (x): It tried ten cases."), said("verdict.4.1", "Post on 4.1: not met.")),
            ),
            Section("next", "Recommendations for the next year", (said("next.POST1", "POST1: B."),)),
            Section("remarks", "Remarks of the post", (said("editor.1", "Between us."),)),
        ),
    )
    version = replace(chapter_version("AZE"), chapter=chapter)

    (printed,) = paper_chapters([version], names={"AZE": "Azerbaijan"}, under=lambda _: "")

    told = {one.title: [(each.label, each.text) for each in one.paragraphs] for one in printed.sections}
    assert told == {
        "Protection": [("HP1", "Begun: A.")],
        "Minimum standards and indicia": [("4.1", "(x): It tried ten cases.")],
    }


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        pytest.param((), "", id="a first release"),
        pytest.param(("Oman",), "Chapter changed since version 1: Oman.", id="one"),
        pytest.param(
            ("Angola", "Congo, Republic of the"),
            "Chapters changed since version 1: Angola; Congo, Republic of the.",
            id="names with commas",
        ),
    ],
)
def test_a_later_version_names_the_countries_whose_chapter_changed(changed: tuple[str, ...], line: str) -> None:
    assert changed_line(Edition("supplement", 2, date(2010, 3, 3), "Baku reported late.", changed)) == line


def test_the_foot_of_a_page_tells_the_edition_without_its_reason() -> None:
    edition = Edition("supplement", 2, date(2010, 3, 3), "Baku reported late, and this is said at length.")

    assert footer_line(edition) == "Supplement, released on March 3, 2010 (version 2)"


@pytest.mark.parametrize(
    ("edition", "interim", "full"),
    [
        pytest.param(DRAFT, "SENSITIVE BUT UNCLASSIFIED", "SENSITIVE BUT UNCLASSIFIED", id="draft"),
        pytest.param(
            Edition("release", 1, date(2010, 6, 14)), "SENSITIVE BUT UNCLASSIFIED", "UNCLASSIFIED", id="released"
        ),
        pytest.param(
            Edition("erratum", 2, date(2010, 6, 20), "A total."),
            "SENSITIVE BUT UNCLASSIFIED",
            "UNCLASSIFIED",
            id="erratum",
        ),
    ],
)
def test_the_released_report_alone_is_marked_unclassified(edition: Edition, interim: str, full: str) -> None:
    papers = interim_paper(("AZE",), edition=edition), full_paper(("AZE",), edition=edition)

    assert tuple(paper.front.marking for paper in papers) == (interim, full)


def test_which_figures_stand_beside_last_years_is_told_by_category() -> None:
    some = annual(
        "AZE", {"category": "prosecutions", "total": 1, "comparable": "yes"}, {"category": "convictions", "total": 1}
    )

    (row,) = full_paper(("AZE",), accepted={"AZE": some}).figures

    assert row.comparable == "prosecutions: comparable"


@pytest.mark.parametrize(("comparable", "columns"), [("not known", 5), ("yes", 6)])
def test_a_column_that_nobody_filled_is_not_printed(comparable: str, columns: int) -> None:
    paper = full_paper(
        ("AZE",), accepted={"AZE": annual("AZE", {"category": "prosecutions", "total": 1, "comparable": comparable})}
    )

    (table,) = (one.table for one in blocks_of(paper) if one.table and "Investigations" in one.table.head)

    assert (len(table.head), {len(row) for row in table.rows}, len(table.shares)) == (columns, {columns}, columns)
