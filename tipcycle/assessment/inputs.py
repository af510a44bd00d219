"""On which inputs may a chapter rest? Every sentence is made here, so that none can forget what it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tipcycle.assessment.values import one_line
from tipcycle.model.chapter import Sentence, Source


@dataclass(frozen=True)
class Inputs:
    """All inputs of one chapter by name: `progress-report/HP1`, `progress-report/statistic/prosecutions`, …

    The names: `STEP/ITEM`, `STEP/statistic/CATEGORY`, `STEP/standard/NUMBER`, `STEP/remarks`, `demarche/delivery`,
    `demarche/comments`, `plan/ITEM`, `placement/YEAR`, `ledger/STEP`, `rule/NAME`.
    """

    by_name: Mapping[str, Source]

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def value(self, name: str) -> str | None:
        """The input's value as it is now; None where there is no such input."""
        found = self.by_name.get(name)
        return found.value if found else None

    def under(self, prefix: str) -> list[str]:
        """The names that begin so, in their order."""
        return [name for name in self.by_name if name.startswith(prefix)]

    def sentence(self, anchor: str, text: str, *names: str) -> Sentence:
        """A generated sentence that rests on the inputs named; raises `KeyError` for one that is none.

        A sentence is one paragraph: its white space is evened out.
        """
        text = one_line(text)
        return Sentence(anchor, text, tuple(self.by_name[name] for name in names), generated=text)


def by_name(sources: Iterable[Source]) -> Inputs:
    """Inputs of these sources, in their order."""
    return Inputs({source.input: source for source in sources})
