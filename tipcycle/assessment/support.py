"""What in a chapter rests on nothing, and what is known and not said?"""

from __future__ import annotations

from tipcycle.assessment.inputs import Inputs
from tipcycle.model.chapter import Chapter, Sentence

_EARLIER, _NEWER = "progress-report/statistic/", "annual-submission/statistic/"


def unsupported(chapter: Chapter) -> tuple[Sentence, ...]:
    """The sentences for which nobody named an input, in the order of the page."""
    return tuple(sentence for sentence in chapter.sentences() if not sentence.sources)


def unused(chapter: Chapter, inputs: Inputs) -> tuple[str, ...]:
    """The names of the inputs on which no sentence rests, in their order; an editor may have taken it out.

    A figure of the progress report is passed over where the annual submission tells of the same category.
    """
    used = {source.input for sentence in chapter.sentences() for source in sentence.sources}
    return tuple(name for name in inputs.by_name if name not in used and not _overtaken(name, inputs))


def _overtaken(name: str, inputs: Inputs) -> bool:
    if not name.startswith(_EARLIER):
        return False
    return f"{_NEWER}{name.removeprefix(_EARLIER).partition('.')[0]}" in inputs
