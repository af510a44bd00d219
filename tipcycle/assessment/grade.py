"""How far did a government come with one recommendation, as reported? In a word, and in words that say why.

What nobody reported is not known, and never "none". A report that came and does not speak of an item leaves it
unanswered; a post that attested that there was nothing to report says "none" of every item. Work that was taken back
(`reversed`), and work by others in which the government had no part of its own, are "none" by the government.
Source: 09 STATE 97909 paras 3, 4 and 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tipcycle.model.obligation import Standing
from tipcycle.model.submission import ItemAnswer, ItemStatus

GradeName = Literal["implemented", "partly", "begun", "none", "no answer", "no report after reminders", "not required"]

_OF_STATUS: dict[ItemStatus, GradeName] = {
    "implemented": "implemented",
    "partly": "partly",
    "begun": "begun",
    "not begun": "none",
    "reversed": "none",
}
_NO_ROLE = "no role of the government was described, so it does not count"


@dataclass(frozen=True)
class Grade:
    """The grade, and as it stands in a sentence after the item's name: `none (reversed: …)`."""

    name: GradeName
    words: str


def grade(answer: ItemAnswer | None, *, standing: Standing, reminded: bool = True) -> Grade:
    """The grade of one item; when a report was asked for stands once, at the head of the chapter.

    `reminded`: a reminder was really sent; the words claim none that was not.
    """
    if answer is None:
        return _unanswered(standing, reminded=reminded)
    name = _OF_STATUS[answer.status]
    if answer.by == "other" and not answer.government_role.strip() and name != "none":
        return Grade("none", f"none by the government (reported as {answer.status}, but by others; {_NO_ROLE})")
    if answer.status == "reversed":
        return Grade(name, "none (reversed: what was done before was taken back)")
    if answer.status == "not begun":
        return Grade(name, "none (not begun)")
    return Grade(name, name)


def _unanswered(standing: Standing, *, reminded: bool) -> Grade:
    match standing:
        case "waived":
            return Grade("not required", "not required (the report was waived, so it is not known)")
        case "nil":
            return Grade("none", "none (the post attested that there was nothing to report)")
        case "received":
            return Grade("no answer", "no answer (the report does not speak of it, so it is not known)")
        case "missing":
            came = "no report after reminders" if reminded else "no report"
            return Grade("no report after reminders", f"{came}, so not known")
