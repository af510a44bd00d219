"""On which inputs may a chapter rest? Every sentence is made here, so that none can forget what it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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

    def sentence(self, anchor: str, text: str, *names: str) -> Sentence:
        """A generated sentence that rests on the inputs named; raises `KeyError` for one that is none."""
        return Sentence(anchor, text, tuple(self.by_name[name] for name in names), generated=text)
