"""How does a text refer to an earlier cable: by its letter in a cable, by its number on paper? Who is never cited?"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from tipcycle.errors import ConfigError, Fault
from tipcycle.model.earlier_cable import EarlierCable


class Cited:
    """The references of one text, and which of them it cites; letters follow their order."""

    def __init__(self, references: Sequence[EarlierCable], *, by_letter: bool) -> None:
        self._letters = {one.id: letter for one, letter in zip(references, ascii_uppercase, strict=False)}
        self._numbers = {one.id: one.number for one in references}
        self._by_letter = by_letter
        self._cited: set[str] = set()

    def reftel(self, reference: str) -> str:
        """`reftel B`, or `2007 STATE 150188`; raises `ConfigError` for a reference that is not in the list."""
        if reference not in self._letters:
            value = f'reftel("{reference}")'
            known = f"name one of {', '.join(self._letters)}, or add it" if self._letters else "add it"
            remedy = f"no reference of this cycle has that id; {known}"
            raise ConfigError([Fault("config/references.yaml", "", value, remedy)])
        self._cited.add(reference)
        return f"reftel {self._letters[reference]}" if self._by_letter else self._numbers[reference]

    def warnings(self) -> tuple[str, ...]:
        """One line a reference that the text never cites."""
        return tuple(
            f"REF {letter} ({self._numbers[one]}) is never cited: cite it, or take it out of config/references.yaml"
            for one, letter in self._letters.items()
            if one not in self._cited
        )
