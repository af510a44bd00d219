"""How is a drawing written down? As SVG in the page itself, with a title and a description for who does not see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

Given = Mapping[str, str | float]


def element(name: str, given: Given, inside: str = "") -> Markup:
    """One element; a plain text `inside` is escaped, as are attributes. Numbers have at most two places."""
    told = Markup().join(Markup(' {}="{}"').format(key, _number(value)) for key, value in given.items())
    return Markup("<{0}{1}>{2}</{0}>").format(name, told, inside)


def words(text: str, x: float, y: float, kind: str, *, anchor: str = "start") -> Markup:
    """A text of the style class `kind` whose `anchor` (start, middle, end) and base line stand at x and y."""
    return element("text", {"x": x, "y": y, "class": kind, "text-anchor": anchor}, text)


def figure(key: str, parts: Iterable[Markup], *, size: tuple[float, float], title: str, told: str) -> Markup:
    """The whole drawing, as wide as its place and `size` in its own units; `key` is unlike every other of the page."""
    given = {
        "class": "chart",
        "viewBox": f"0 0 {_number(size[0])} {_number(size[1])}",
        "role": "img",
        "aria-labelledby": f"{key}-title {key}-told",
    }
    head = (element("title", {"id": f"{key}-title"}, title), element("desc", {"id": f"{key}-told"}, told))
    return element("svg", given, Markup().join((*head, *parts)))


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}"
