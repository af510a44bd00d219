"""Which levels does a split go through, and which positions may decide a placement? The shape of config/splits.yaml."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Positions = Annotated[tuple[str, ...], Field(min_length=1)]


class DecisionLevel(BaseModel):
    """A level of a split and the position that holds it there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(min_length=1, max_length=32)]
    what: Annotated[str, Field(min_length=3)]
    holder: str


class Placing(BaseModel):
    """Who may place a country: as both recommend, as a split was settled, otherwise, and with a waiver of the limit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreed: Positions
    settled: Positions
    otherwise: Positions
    waived: Positions

    def all(self) -> tuple[str, ...]:
        """Every position that may place in any case, each once."""
        return tuple(dict.fromkeys((*self.agreed, *self.settled, *self.otherwise, *self.waived)))


NOBODY = Placing.model_construct(agreed=(), settled=(), otherwise=(), waived=())


class SplitSettings(BaseModel):
    """The file as a whole; levels stand in the order in which a split is raised."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    levels: Annotated[tuple[DecisionLevel, ...], Field(min_length=1)]
    placing: Placing
    source: Annotated[str, Field(min_length=3)]
