"""Does a text speak of a tier that changes? At the interim none does: a warning for the drafter, never a refusal.

Source: 09 STATE 97909 paras 3 and 8; 22 U.S.C. 7107(b)(2)(C).
"""

from __future__ import annotations

import re

from tipcycle.model.chapter import Chapter, Sentence

_TIER = (
    r"(?:tiers?\s*(?:[1-3]|one|two|three)|(?:the\s+)?(?:special\s+|tier\s*2\s+)?watch\s*-?list|tiers?|tier\s+placement)"
)
_MOVES = (
    r"(?:(?:up|down)grad\w*|promot\w+|demot\w+|mov(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|lower(?:s|ed|ing)?"
    r"|drop(?:s|ped|ping)?|ris(?:e|es|en|ing)|rose|fall(?:s|en|ing)?|fell|chang(?:e|es|ed|ing)|advanc(?:e|es|ed|ing)"
    r"|re-?(?:plac|rank|classif)\w*|(?:will|should|could|may|to) be placed|plac(?:e|ing)|remov(?:e|es|ed|ing|al)"
    r"|com(?:e|es|ing) off|tak(?:e|en|ing) off|graduat\w+|put|go(?:es)?|return(?:s|ed)?)"
)
_CHANGE_TO_TIER = re.compile(rf"\b{_MOVES}\b[^.;:?!]{{0,60}}?\b{_TIER}\b", re.IGNORECASE)
_TIER_CHANGES = re.compile(rf"\b{_TIER}\b[^.;:?!]{{0,40}}?\b{_MOVES}\b", re.IGNORECASE)
_GRADED = re.compile(r"\b(?:up|down)grad(?:e|es|ed|ing)\b", re.IGNORECASE)
_A_THING = re.compile(
    r"\b(?:shelters?|hotlines?|databases?|systems?|equipment|facilit\w+|laws?|units?|offices?|buildings?)\b",
    re.IGNORECASE,
)
# "No tier changes at the interim assessment", "does not change its tier": what the law says itself.
_NONE = re.compile(r"\b(?:no|not|never|neither|nor|without|cannot|nothing)\b|n['’]t\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:?!]+(?:\s+|$)|,\s*(?:but|and|so|yet)\s+|\s+but\s+", re.IGNORECASE)


def talks_of_tier_change(text: str) -> str | None:
    """The words that speak of a tier that changes, or None; a clause that says that none does is none."""
    for clause in _CLAUSE.split(text):
        if _NONE.search(clause):
            continue
        for pattern in (_CHANGE_TO_TIER, _TIER_CHANGES):
            if found := pattern.search(clause):
                return found.group()
        # An upgrade of the country, not of a shelter or a database.
        if (found := _GRADED.search(clause)) and not _A_THING.search(clause):
            return found.group()
    return None


def sentences_on_tier_change(chapter: Chapter) -> tuple[Sentence, ...]:
    """The sentences of a chapter of the interim assessment to look at; what the law and the list say is known."""
    if chapter.kind != "interim-chapter":
        return ()
    return tuple(one for one in chapter.sentences() if not _of_the_law(one) and talks_of_tier_change(one.text))


def _of_the_law(sentence: Sentence) -> bool:
    """Assembled from a rule or from the placement before: those tell what was, and what the statute says of later."""
    known = all(source.input.startswith(("rule/", "placement/")) for source in sentence.sources)
    return not sentence.edited and bool(sentence.sources) and known
