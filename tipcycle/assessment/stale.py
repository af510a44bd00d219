"""Which sentences rest on an input that is not what it was when they were written?"""

from __future__ import annotations

from dataclasses import replace

from tipcycle.assessment.inputs import Inputs
from tipcycle.model.chapter import Chapter, Sentence, Source, Stale


def stale_sentences(chapter: Chapter, inputs: Inputs) -> tuple[Stale, ...]:
    """Each input of a sentence that changed or is gone, in the order of the page; then those of removed sentences."""
    return tuple(one for sentence in (*chapter.sentences(), *chapter.removed) for one in stale_inputs(sentence, inputs))


def stale_inputs(sentence: Sentence, inputs: Inputs) -> tuple[Stale, ...]:
    """The inputs of one sentence whose value changed, in their order; a new version that says the same is not one."""
    return tuple(
        Stale(sentence.anchor, source.input, source.value, inputs.value(source.input))
        for source in sentence.sources
        if inputs.value(source.input) != source.value
    )


def settled(sentence: Sentence, inputs: Inputs) -> Sentence:
    """The sentence after a person looked at what is stale about it: its inputs as they were shown to be now.

    An input that changed once more since it was shown is of no version, and will be marked again.
    """
    shown = {one.input: one.now for one in sentence.stale}
    sources = [one for one in sentence.sources if one.input not in shown]
    now = [_as_shown(name, value, inputs) for name, value in shown.items() if value is not None]
    order = [source.input for source in sentence.sources]
    both = sorted((*sources, *now), key=lambda one: order.index(one.input) if one.input in order else len(order))
    return replace(sentence, sources=tuple(both), stale=())


def _as_shown(name: str, value: str, inputs: Inputs) -> Source:
    return inputs.by_name[name] if inputs.value(name) == value else Source(name, value)
