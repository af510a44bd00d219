"""How does a chapter take in what became known, without losing what a person wrote in it?

What nobody touched is assembled anew. What a person wrote stays as it is and is marked stale where an input of it
changed, with the old and the new value and the text that would now be assembled; what a person took out stays out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tipcycle.assessment.inputs import Inputs
from tipcycle.assessment.stale import stale_inputs
from tipcycle.model.chapter import Chapter, Section, Sentence, Stale


def refreshed(stored: Chapter, assembled: Chapter, inputs: Inputs) -> Chapter:
    """The stored chapter with what `assembled`, made of `inputs`, says anew; the order of the page stays."""
    new = {sentence.anchor: sentence for sentence in assembled.sentences()}
    belongs = {sentence.anchor: section.id for section in assembled.sections for sentence in section.sentences}
    kept: dict[str, list[Sentence]] = {}
    for section in stored.sections:
        # An untouched sentence that belongs elsewhere now (an item that became urgent) is put there below.
        here = [one for one in section.sentences if one.edited or belongs.get(one.anchor) == section.id]
        kept[section.id] = [_sentence_now(one, new, inputs) for one in here]
    placed = {one.anchor for sentences in kept.values() for one in sentences} | {one.anchor for one in stored.removed}
    for section in assembled.sections:
        _insert(kept.setdefault(section.id, []), section.sentences, placed)
    return replace(
        assembled,
        sections=_in_order(stored, assembled, kept),
        removed=tuple(_marked(one, new, inputs) for one in stored.removed),
    )


def _sentence_now(stored: Sentence, new: dict[str, Sentence], inputs: Inputs) -> Sentence:
    if stored.edited:
        return _marked(stored, new, inputs)
    now = new[stored.anchor]
    return stored if _says_the_same(stored, now) else now


def _says_the_same(stored: Sentence, now: Sentence) -> bool:
    """A source keeps the version in which its value was first said: a re-sent answer alone changes no chapter."""
    return stored.text == now.text and _values(stored) == _values(now)


def _values(sentence: Sentence) -> list[tuple[str, str]]:
    return [(source.input, source.value) for source in sentence.sources]


def _marked(stored: Sentence, new: dict[str, Sentence], inputs: Inputs) -> Sentence:
    """What a person wrote or took out: an input that is what it was again is no longer stale."""
    now = new.get(stored.anchor)
    known = {source.input for source in stored.sources}
    unknown = [
        Stale(stored.anchor, source.input, None, source.value)
        for source in (now.sources if now else ())
        if source.input not in known
    ]
    stale = (*stale_inputs(stored, inputs), *unknown)
    return replace(stored, generated=now.text if now else "", stale=stale)


def _insert(here: list[Sentence], sentences: Iterable[Sentence], placed: set[str]) -> None:
    """Put each sentence that stands nowhere yet behind the one it was assembled behind, or at the section's head."""
    behind = 0
    for sentence in sentences:
        anchors = [one.anchor for one in here]
        if sentence.anchor in anchors:
            behind = anchors.index(sentence.anchor) + 1
        elif sentence.anchor not in placed:
            here.insert(behind, sentence)
            behind += 1


def _in_order(stored: Chapter, assembled: Chapter, kept: dict[str, list[Sentence]]) -> tuple[Section, ...]:
    """The stored sections in their order, new ones behind the one they were assembled behind; empty ones go."""
    order = [(section.id, section.title) for section in stored.sections]
    behind = 0
    for section in assembled.sections:
        ids = [one for one, _ in order]
        if section.id in ids:
            behind = ids.index(section.id) + 1
        else:
            order.insert(behind, (section.id, section.title))
            behind += 1
    return tuple(Section(name, title, tuple(kept[name])) for name, title in order if kept[name])
