"""What does a chapter say, sentence by sentence, and on which input does each sentence rest?

A chapter is kept as versions in the ledger; the files are drawn from it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

ChapterKind = Literal["interim-chapter", "full-chapter"]


@dataclass(frozen=True)
class Source:
    """One input of a sentence and the value it had when the sentence was written.

    `input` names it for people: `progress-report/HP1`, `progress-report/statistic/prosecutions`, `placement/2009`,
    `ledger/progress-report`, `rule/two_year_limit`, `plan/HP1`. `value` is its text, so that an old and a new one can
    be read beside each other. `version` is that of the submission, None where the input is none.
    """

    input: str
    value: str
    version: int | None = None


@dataclass(frozen=True)
class Stale:
    """That an input of a sentence is not what it was when the sentence was written.

    `was` is None where the sentence would now rest on an input that it did not know, `now` where an input is gone.
    """

    anchor: str
    input: str
    was: str | None
    now: str | None


@dataclass(frozen=True)
class Sentence:
    """One statement with a stable anchor, such as `statistic.prosecutions` or `editor.1`.

    `sources` is empty where nobody gave one: the sentence is unsupported. `generated` is what was last assembled for
    this anchor ("" for one that an editor added, or that is assembled no more); `written_by` is `tipcycle` or the
    position that wrote `text`. `stale` is kept on what a person wrote or took out, until a person looked at it.
    """

    anchor: str
    text: str
    sources: tuple[Source, ...] = ()
    written_by: str = "tipcycle"
    generated: str = ""
    stale: tuple[Stale, ...] = ()

    @property
    def edited(self) -> bool:
        """Whether a person wrote the text as it stands."""
        return self.written_by != "tipcycle"


@dataclass(frozen=True)
class Section:
    """A heading with its sentences in order."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Chapter:
    """What is said of one country. `removed` holds the sentences that an editor took out, so that they stay out.

    `examples` are the sentences that say what in it is made up; they head every page. There is no field for a tier.
    """

    kind: ChapterKind
    report_year: int
    iso3: str
    country: str
    sections: tuple[Section, ...]
    removed: tuple[Sentence, ...] = ()
    examples: tuple[str, ...] = ()

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in the order of the page."""
        for section in self.sections:
            yield from section.sentences

    def find(self, anchor: str) -> Sentence | None:
        """The sentence of that anchor, if it stands in the chapter."""
        return next((one for one in self.sentences() if one.anchor == anchor), None)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of everything in it: texts, sources and what is stale about them."""
        return hashlib.sha256(json.dumps(as_json(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def as_json(chapter: Chapter) -> dict[str, Any]:
    """The chapter as plain values, for the ledger."""
    return asdict(chapter)


def from_json(data: dict[str, Any]) -> Chapter:
    """The chapter again."""
    sections = tuple(
        Section(
            one["id"],
            one["title"],
            tuple(_sentence(said) for said in one["sentences"]),
        )
        for one in data["sections"]
    )
    removed = tuple(_sentence(said) for said in data["removed"])
    plain = {"sections": sections, "removed": removed, "examples": tuple(data["examples"])}
    return Chapter(**{**data, **plain})


def _sentence(data: dict[str, Any]) -> Sentence:
    sources = tuple(Source(**source) for source in data["sources"])
    stale = tuple(Stale(**one) for one in data["stale"])
    return Sentence(**{**data, "sources": sources, "stale": stale})
