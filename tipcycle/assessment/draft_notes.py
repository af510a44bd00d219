"""What has a drafter to look at in a chapter? What rests on nothing, what is not said, what is stale, talk of tiers."""

from __future__ import annotations

from dataclasses import dataclass

from tipcycle.assessment.inputs import Inputs
from tipcycle.assessment.stale import stale_sentences
from tipcycle.assessment.support import unsupported, unused
from tipcycle.assessment.tier_change_talk import sentences_on_tier_change
from tipcycle.model.chapter import Chapter, Sentence, Source, Stale


@dataclass(frozen=True)
class DraftNotes:
    """Each list in the order of the page. `behind` is what changed since the chapter was last assembled.

    `stale` is what a person wrote (or took out) and has to look at again.
    """

    unsupported: tuple[Sentence, ...]
    unused: tuple[Source, ...]
    stale: tuple[Sentence, ...]
    tier_talk: tuple[Sentence, ...]
    behind: tuple[Stale, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """A line each, for the end of a draft; none where there is nothing to look at."""
        return (
            *(f"Unsupported, it names no source: {one.anchor}: {one.text}" for one in self.unsupported),
            *(f"Unused input: {one.input}: {one.value}" for one in self.unused),
            *(line for one in self.stale for line in stale_lines(one)),
            *(f"Speaks of a tier that changes: {one.anchor}: {one.text}" for one in self.tier_talk),
        )


def draft_notes(chapter: Chapter, inputs: Inputs) -> DraftNotes:
    """What a drafter has to look at, with the inputs as they are now."""
    marked = tuple(one for one in (*chapter.sentences(), *chapter.removed) if one.stale)
    known = {(one.anchor, one.input, one.now) for sentence in marked for one in sentence.stale}
    behind = (one for one in stale_sentences(chapter, inputs) if (one.anchor, one.input, one.now) not in known)
    return DraftNotes(
        unsupported(chapter),
        tuple(inputs.by_name[name] for name in unused(chapter, inputs)),
        marked,
        sentences_on_tier_change(chapter),
        tuple(behind),
    )


def stale_lines(sentence: Sentence) -> tuple[str, ...]:
    """Old and new input beside each other, and what would now be assembled."""
    told = tuple(
        f"Stale {one.anchor}, {one.input}: was: {_shown(one.was)} now: {_shown(one.now)}" for one in sentence.stale
    )
    fresh = sentence.generated or "nothing"
    return (*told, f"Stale {sentence.anchor}, newly assembled: {fresh}") if told else ()


def _shown(value: str | None) -> str:
    return "(not there)" if value is None else value
