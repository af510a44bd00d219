"""A choice is shown with its name and meant by its key."""

from __future__ import annotations

from enum import Enum

import pytest

from tipcycle.model.choice import key_of, labelled


class _Country(Enum):
    SEN = "Senegal (SEN)"


@pytest.mark.parametrize(
    ("choice", "key"),
    [
        pytest.param("Senegal (SEN)", "SEN", id="as the form shows it"),
        pytest.param("SEN", "SEN", id="the key alone"),
        pytest.param(_Country.SEN, "SEN", id="a member of an enum"),
        pytest.param("Burma (Myanmar) (MMR)", "MMR", id="a name with brackets"),
        pytest.param("dakar.action-officer", "dakar.action-officer", id="a position"),
        pytest.param("Atlantis", "Atlantis", id="what is none, for the operation to refuse"),
        pytest.param("", "", id="nothing"),
        pytest.param(None, "", id="what a form sends for nothing"),
    ],
)
def test_a_choice_means_its_key(choice: object, key: str) -> None:
    assert key_of(choice) == key


def test_what_is_shown_is_understood_again_whatever_its_key() -> None:
    assert key_of(labelled("a waiver that keeps harm from vulnerable populations", "(d)(5)(B)")) == "d5B"
