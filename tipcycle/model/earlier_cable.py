"""Which earlier cables does a request refer to? Source: config/references.yaml, whose order gives the letters."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class EarlierCable(BaseModel):
    """One cable; `id` is how templates cite it, `title` what it is about, in our words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    year: Annotated[int, Field(ge=1973, le=2100)]
    origin: Annotated[str, Field(pattern=r"^[A-Z][A-Z ]*$")]
    serial: Annotated[int, Field(ge=1)]
    title: Annotated[str, Field(min_length=3)]
    cycles: Annotated[tuple[int, ...], Field(min_length=1)]
    source: Annotated[str, Field(min_length=3)]

    @property
    def number(self) -> str:
        """`2007 STATE 150188`."""
        return f"{self.year} {self.origin} {self.serial}"
