"""A template that cannot be filled is a fault of a file, with its line; never an empty place in a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from tipcycle.errors import ConfigError
from tipcycle.rendering.templates import render, template_faults
from tipcycle.settings import ROOT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("A\nB {{ post.nmae }}\n", "config/templates/note.txt.j2: line 2: ", id="an unknown field"),
        pytest.param("A\n\n{{ country }}\n", "config/templates/note.txt.j2: line 3: ", id="an unknown value"),
        pytest.param("A\n{% if post %}\n", "config/templates/note.txt.j2: line 2: ", id="a block without an end"),
    ],
)
def test_a_faulty_template_is_told_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "note.txt.j2").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as refused:
        render(tmp_path, "note.txt.j2", post=object())

    assert str(refused.value).startswith(told)


def test_a_missing_template_is_told() -> None:
    with pytest.raises(ConfigError, match=r"config/templates/none\.j2: the template is missing; restore it"):
        render(ROOT / "config" / "templates", "none.j2")


def test_values_are_put_in_as_they_are_and_never_filled_in_again(tmp_path: Path) -> None:
    (tmp_path / "note.txt.j2").write_text("{{ said }}", encoding="utf-8")

    assert render(tmp_path, "note.txt.j2", said="{{ 7 * 7 }} <b>&</b>") == "{{ 7 * 7 }} <b>&</b>"


def test_the_templates_of_folders_below_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "request").mkdir()
    (tmp_path / "request" / "note.txt.j2").write_text("A\n{{ post. }}\n", encoding="utf-8")

    (fault,) = template_faults(tmp_path)

    assert str(fault).startswith("config/templates/request/note.txt.j2: line 2: ")
    assert template_faults(ROOT / "config" / "templates") == []


def test_a_page_escapes_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "note.html.j2").write_text("<p title='{{ said }}'>{{ said }}", encoding="utf-8")

    assert render(tmp_path, "note.html.j2", said="'<b>&") == "<p title='&#39;&lt;b&gt;&amp;'>&#39;&lt;b&gt;&amp;"
