"""Which paragraphs does a filled template hold? One a heading, `== name (portion mark)`; numbers are computed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tipcycle.cables.read_paragraphs import PORTION_MARKS
from tipcycle.errors import ConfigError, Fault
from tipcycle.model.cable import Paragraph
from tipcycle.rendering.templates import render

_HEADING = re.compile(r"^== (?P<name>[a-z]+) \((?P<mark>[A-Z/]+)\)$", re.MULTILINE)


def cable_paragraphs(templates: Path, name: str, **values: Any) -> tuple[Paragraph, ...]:
    """Fill the template twice: once to learn the order of its headings, once with the numbers in place.

    A template refers to a paragraph as `para("name")` and to several as `paras("first", "last")`.
    """
    unnumbered = render(templates, name, **values, **_references(None, name))
    order = [found["name"] for found in _HEADING.finditer(unnumbered)]
    if faults := _heading_faults(unnumbered, templates, name):
        raise ConfigError(faults)
    text = render(templates, name, **values, **_references(order, name))
    parts = _HEADING.split(text)[1:]
    return tuple(
        Paragraph(number, mark, tuple(re.split(r"\n\s*\n", body.strip())))
        for number, (mark, body) in enumerate(zip(parts[1::3], parts[2::3], strict=True), 1)
    )


def _heading_faults(text: str, templates: Path, name: str) -> list[Fault]:
    """What keeps a filled template from being a cable: no heading, a mistyped one, one twice, one without text."""
    file = f"config/templates/{name}"
    if not text.strip():
        return [Fault(file, "", "the template is empty", "restore its paragraphs, each under == name (portion mark)")]
    source = (templates / name).read_text(encoding="utf-8").splitlines()
    faults, met = [], list[str]()
    if not text.lstrip().startswith("== "):
        faults.append(Fault(file, "", "begins without a heading", "write == name (portion mark) above it"))
    for line in re.findall(r"^==.*$", text, re.MULTILINE):
        place = f"line {source.index(line) + 1}" if line in source else ""
        found = _HEADING.fullmatch(line)
        if not found or found["mark"] not in PORTION_MARKS:
            marks = ", ".join(f"({mark})" for mark in PORTION_MARKS)
            remedy = f"write == name and one of {marks}; a name is small letters only"
            faults.append(Fault(file, place, f'"{line[:60]}" is no heading', remedy))
        elif found["name"] in met:
            faults.append(Fault(file, "", f'the heading "{found["name"]}" stands twice', "give one another name"))
        met += [found["name"]] if found else []
    parts = _HEADING.split(text)[1:]
    empty = [heading for heading, body in zip(parts[::3], parts[2::3], strict=True) if not body.strip()]
    return faults + [Fault(file, "", f'no text under "{one}"', "write it, or take the heading out") for one in empty]


def _references(order: Sequence[str] | None, template: str) -> dict[str, Callable[..., str]]:
    """`para` and `paras` for a template; `order` is None while the paragraphs are not known yet."""

    def number(name: str) -> str:
        if order is None:
            return "0"
        if name not in order:
            remedy = f'there is no paragraph "{name}" to refer to; name one of {", ".join(order)}'
            raise ConfigError([Fault(f"config/templates/{template}", f'para("{name}")', "", remedy)])
        return str(order.index(name) + 1)

    def para(name: str) -> str:
        return f"para {number(name)}"

    def paras(first: str, last: str) -> str:
        return para(first) if first == last else f"paras {number(first)}-{number(last)}"

    return {"para": para, "paras": paras}
