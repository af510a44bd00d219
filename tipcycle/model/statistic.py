"""What does a post say of one law enforcement figure? A number with its legal basis, or that there is none.

Source: 09 STATE 97909 para 5.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tipcycle.model.plain_text import Line
from tipcycle.model.step import Period

Category = Literal["investigations", "prosecutions", "convictions", "sentences"]
Answer = Literal["yes", "no", "not known"]
Status = Literal["provided", "not provided", "not comparable"]
Basis = Literal["explicit offence", "specific evidence"]

# What each category counts, in our words; told to whoever has to read a host's term into one of them.
CATEGORIES: dict[Category, str] = {
    "investigations": "cases that police or prosecutors opened",
    "prosecutions": "persons whom a prosecutor brought before a court",
    "convictions": "persons whom a court found guilty",
    "sentences": "persons on whom a court imposed a penalty",
}

Count = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]
Months = Annotated[int, Field(ge=1, le=1_200, strict=True)]


class Sentences(BaseModel):
    """How many persons got which kind; one person may have several. None is not known, never 0.

    `prison` counts terms to be served, `prison_months` their lengths, one a person; `life` is counted in `prison`
    and has no length. `suspended` terms are not served and not counted in `prison`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prison: Count | None = None
    prison_months: Annotated[tuple[Months, ...], Field(max_length=5_000)] = ()
    life: Count | None = None
    suspended: Count | None = None
    probation: Count | None = None
    fine: Count | None = None
    seizure: Count | None = None


class Statistic(BaseModel):
    """A count of one of the four categories over `period`; an unknown is a status, never a 0.

    `host_term` is the government's own word, and `interpreted_by` the position or authority that read it into the
    category. `period_reason` says why the period reaches outside the reporting period. `last_year` is the figure of
    the year before, if the post has it. `could_provide` is whether the government could give what it did not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: Annotated[Line, Field(min_length=1, max_length=200)]
    host_term: Line = ""
    interpreted_by: Line = ""
    period: Period
    period_reason: Line = ""
    status: Status
    total: Count | None = None
    labour: Count | None = None
    sex: Count | None = None
    basis: Basis | None = None
    offence: Line = ""
    evidence: Line = ""
    authority: Line = ""
    source: Line = ""
    last_year: Count | None = None
    comparable: Answer = "not known"
    not_comparable_because: Line = ""
    could_provide: Answer = "not known"
    sentences: Sentences | None = None

    @field_validator("category")
    @classmethod
    def _as_we_spell_it(cls, said: str) -> str:
        """`Prosecutions` is prosecutions; anything that is none of the four stays as it was said."""
        spelt = said.strip().lower()
        return spelt if spelt in CATEGORIES else said

    @property
    def has_number(self) -> bool:
        """Whether any count is given, so that somebody could use it."""
        return any(one is not None for one in (self.total, self.labour, self.sex))
