"""One figure changed: exactly the sentences that rest on it are stale, and after a refresh exactly those differ."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from tests.assessment.chapters import assembled
from tests.submissions.test_rules import ALL_ITEMS, figure, report
from tipcycle.assessment.assembled import Assembled
from tipcycle.assessment.refresh import refreshed
from tipcycle.assessment.stale import stale_sentences
from tipcycle.model.chapter import Chapter, Stale, as_json, from_json
from tipcycle.model.statistic import CATEGORIES, Statistic
from tipcycle.model.submission import Submission

FIGURES = [
    figure(category="investigations", total=20, labour=5, sex=15),
    figure(),
    figure(period={"from": "2009-05-01", "to": "2009-10-31"}, total=7, labour=None, sex=7),
    figure(category="convictions", status="not provided", total=None, labour=None, sex=None, could_provide="no"),
    figure(
        category="sentences", total=9, labour=1, sex=8, sentences={"prison": 7, "prison_months": [12, 60], "fine": 2}
    ),
]


def _changes(rng: random.Random) -> dict[str, Any]:
    """One field of a figure, with a value that it may have."""
    number, word = rng.randint(0, 500), f"made up {rng.randint(0, 500)}"
    return rng.choice(
        [
            {"total": number},
            {"total": None},
            {"labour": number},
            {"sex": number},
            {"status": rng.choice(["provided", "not provided", "not comparable"])},
            {"basis": rng.choice(["explicit offence", "specific evidence", None])},
            {"category": rng.choice([*CATEGORIES, "smuggling cases"])},
            {"period": {"from": f"2009-0{rng.randint(1, 6)}-01", "to": "2009-10-31"}},
            {"period": {"from": "2009-04-01", "to": f"2009-1{rng.randint(0, 2)}-15"}},
            {"comparable": rng.choice(["yes", "no", "not known"])},
            {"could_provide": rng.choice(["yes", "no", "not known"])},
            {"last_year": rng.choice([number, None])},
            {
                "sentences": rng.choice(
                    [None, {}, {"prison": number}, {"suspended": number}, {"prison_months": [number + 1]}]
                )
            },
            *(
                {name: word}
                for name in (
                    "host_term",
                    "interpreted_by",
                    "period_reason",
                    "offence",
                    "evidence",
                    "authority",
                    "source",
                    "not_comparable_because",
                )
            ),
        ]
    )


def _said(figures: list[dict[str, Any]], *, version: int) -> Assembled:
    items = [{**item, "narrative": "Made up."} for item in ALL_ITEMS]
    return assembled(report(items=items, statistics=figures, remarks="Made up."), version=version)


def _figures_by_anchor(figures: list[dict[str, Any]]) -> dict[str, Statistic]:
    """Worked out here once more: the figures of a category are numbered in the order of the file."""
    by_anchor: dict[str, Statistic] = {}
    for one in figures:
        statistic = Statistic.model_validate(one)
        anchor = f"statistic.{statistic.category.replace(' ', '-')}"
        further = sum(name == anchor or name.startswith(f"{anchor}.") for name in by_anchor)
        by_anchor[f"{anchor}.{further + 1}" if further else anchor] = statistic
    return by_anchor


@pytest.mark.parametrize("seed", range(200))
def test_changing_one_figure_makes_exactly_the_sentences_that_use_it_stale(seed: int) -> None:
    rng = random.Random(seed)
    number = rng.randrange(len(FIGURES))
    changed = [{**one, **_changes(rng)} if place == number else one for place, one in enumerate(FIGURES)]
    first, second = _said(FIGURES, version=1), _said(changed, version=2)
    old, new = _figures_by_anchor(FIGURES), _figures_by_anchor(changed)
    expected = {anchor for anchor in old if old[anchor] != new.get(anchor)}
    law = {one.chapter.find("law.data_provision").text for one in (first, second)}  # type: ignore[union-attr]
    expected |= {"law.data_provision"} if len(law) == 2 else set()

    stale = {one.anchor for one in stale_sentences(first.chapter, second.inputs)}
    fresh = refreshed(first.chapter, second.chapter, second.inputs)

    assert stale == expected
    before, after = (_texts(chapter) for chapter in (first.chapter, fresh))
    assert {anchor for anchor in before if before[anchor] != after.get(anchor)} == expected
    assert set(after) - set(before) == set(new) - set(old)
    assert after == _texts(second.chapter)
    assert stale_sentences(fresh, second.inputs) == ()


def _texts(chapter: Chapter) -> dict[str, str]:
    return {one.anchor: one.text for one in chapter.sentences()}


def test_a_report_that_says_the_same_again_makes_nothing_stale_and_no_new_chapter() -> None:
    first, again = _said(FIGURES, version=1), _said(FIGURES, version=2)

    assert stale_sentences(first.chapter, again.inputs) == ()
    assert refreshed(first.chapter, again.chapter, again.inputs) == first.chapter


EDITED = "The prosecutor's office opened twelve cases."


def _edited(made: Assembled, anchor: str = "statistic.prosecutions") -> Chapter:
    sections = tuple(
        replace(
            section,
            sentences=tuple(
                replace(one, text=EDITED, written_by="gtip.action-officer") if one.anchor == anchor else one
                for one in section.sentences
            ),
        )
        for section in made.chapter.sections
    )
    return replace(made.chapter, sections=sections)


def _with_total(total: int) -> Assembled:
    return _said([FIGURES[0], {**FIGURES[1], "total": total}, *FIGURES[2:]], version=2)


def test_an_edited_sentence_keeps_its_text_and_shows_the_old_and_the_new_input() -> None:
    now = _with_total(15)

    fresh = refreshed(_edited(_said(FIGURES, version=1)), now.chapter, now.inputs)

    said = fresh.find("statistic.prosecutions")
    assert said is not None
    assert (said.text, said.written_by) == (EDITED, "gtip.action-officer")
    (stale,) = said.stale
    assert stale.input == "progress-report/statistic/prosecutions"
    assert ("total 12" in str(stale.was), "total 15" in str(stale.now)) == (True, True)
    assert ": 15, of them" in said.generated


def test_a_stale_mark_changes_the_content_and_goes_when_the_input_is_back() -> None:
    stored, now, back = _edited(_said(FIGURES, version=1)), _with_total(15), _said(FIGURES, version=3)

    marked = refreshed(stored, now.chapter, now.inputs)
    unmarked = refreshed(marked, back.chapter, back.inputs)

    assert marked.content_hash != stored.content_hash
    assert unmarked == stored
    assert from_json(as_json(marked)) == marked


def test_an_input_that_is_gone_is_stale_and_the_editors_text_stays() -> None:
    stored = _edited(_said(FIGURES, version=1), "statistic.sentences")
    now = _said(FIGURES[:-1], version=2)

    fresh = refreshed(stored, now.chapter, now.inputs)

    said = fresh.find("statistic.sentences")
    assert said is not None
    assert (said.text, said.generated, [one.now for one in said.stale]) == (EDITED, "", [None])


def test_a_sentence_that_would_rest_on_an_input_it_did_not_know_is_stale() -> None:
    stored = _edited(assembled(), "item.HP1.grade")
    now = _said(FIGURES, version=1)

    said = refreshed(stored, now.chapter, now.inputs).find("item.HP1.grade")

    assert said is not None
    assert Stale("item.HP1.grade", "progress-report/HP1", None, "begun; narrative: Made up.") in said.stale


def test_what_an_editor_took_out_stays_out_and_a_change_of_its_input_is_told() -> None:
    first, now = _said(FIGURES, version=1), _with_total(15)
    (out,) = (one for one in first.chapter.sentences() if one.anchor == "statistic.prosecutions")
    sections = tuple(
        replace(one, sentences=tuple(said for said in one.sentences if said != out)) for one in first.chapter.sections
    )
    stored = replace(first.chapter, sections=sections, removed=(out,))

    fresh = refreshed(stored, now.chapter, now.inputs)

    assert fresh.find("statistic.prosecutions") is None
    assert [one.input for said in fresh.removed for one in said.stale] == ["progress-report/statistic/prosecutions"]


def test_new_sentences_and_sections_come_where_they_are_assembled_and_the_editors_order_stays() -> None:
    first = assembled(Submission.model_validate(report(statistics=[FIGURES[1], FIGURES[4]]).model_dump(by_alias=True)))
    turned = tuple(
        replace(one, sentences=one.sentences[::-1]) if one.id == "statistics" else one for one in first.chapter.sections
    )
    now = _said([FIGURES[0], FIGURES[1], FIGURES[3], FIGURES[4]], version=2)

    fresh = refreshed(replace(first.chapter, sections=turned), now.chapter, now.inputs)

    (statistics,) = (one for one in fresh.sections if one.id == "statistics")
    assert [one.anchor.removeprefix("statistic.") for one in statistics.sentences] == [
        "investigations",
        "sentences",
        "prosecutions",
        "convictions",
    ]
    assert [one.id for one in fresh.sections] == [one.id for one in now.chapter.sections]
