"""What a post recommends on its own may be handed to the government, and is held to what a plan's text is."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tipcycle.model.submission import AddedRecommendation


def added(text: str) -> AddedRecommendation:
    return AddedRecommendation(id="POST1", pillar="protection", text=text)


def test_its_text_is_one_line() -> None:
    assert added("Open a shelter.\n\n# A. High-priority items").text == "Open a shelter. # A. High-priority items"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Open a shelter [ask NGOs first].", "is a note"),
        ("Open a shelter ［ask NGOs first］.", "is a note"),
        ("Open a shelter （note: ask NGOs first）.", "is a note"),
        ("Open a shelter \u202eyawa.", r"U\+202E"),
        ("Open a shelter \u200fsoon.", r"U\+200F"),
        ("=cmd|open a shelter", "reads as a formula"),
    ],
)
def test_its_text_holds_no_note_and_nothing_hidden(text: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        added(text)
