"""What may be chosen in a form? Drop-downs of config's countries, posts and positions, which the flow judges again.

A choice is a plain text to the flow: the list is only what the form shows, because Prefect can be told not to hold a
run to it, and because config may have changed since the deployment. Whether the text names something is decided by
the operation, against the config of that moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from tipcycle.assessment.follow_up import BESIDE_THE_LAW, kinds_known
from tipcycle.config.load import known_cycles, latest_planned_cycle, load_config
from tipcycle.errors import TipcycleError
from tipcycle.ladder.recipients import BUREAUS
from tipcycle.model.choice import key_of, labelled
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.parameter import Parameter
from tipcycle.settings import settings


def _config() -> CycleConfig | None:
    """Config as it is now; None where it is broken, so that forms still open and their runs say what is wrong."""
    try:
        return load_config(settings().config_dir, latest_planned_cycle(settings().config_dir))
    except (TipcycleError, ValueError):
        return None


def _listed(parameter: Parameter[Any] | None) -> dict[str, str]:
    """What the law lists under a parameter, all its versions together: a key and what it means."""
    versions = parameter.values if parameter else ()
    return {key: told for version in versions for key, told in version.value.items()}


def _labels(named: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(labelled(name, key) for key, name in named.items()))


def _of(values: Iterable[str]) -> WithJsonSchema:
    known = list(values)
    return WithJsonSchema({"type": "string", "enum": known} if any(known) else {"type": "string"})


_NOW = _config()
CYCLES = known_cycles(settings().config_dir)
COUNTRIES = _labels({key: one.name for key, one in _NOW.countries.items()} if _NOW else {})
POSTS = _labels({key: one.name for key, one in _NOW.posts.items()} if _NOW else {})
POSITIONS = tuple(sorted(_NOW.positions) if _NOW else ())
DEPARTMENT = tuple(key for key, one in _NOW.positions.items() if one.post is None) if _NOW else ()
KINDS = _labels(kinds_known(_NOW.law) if _NOW else BESIDE_THE_LAW)
ELEMENTS = _labels(_listed(_NOW.law.waiver_elements if _NOW else None))

# Without a type, for Prefect's form writes a whole number as 2,010.
CycleYear = Annotated[int, WithJsonSchema({"enum": list(CYCLES)} if CYCLES else {"type": "integer"})]
CountryChoice = Annotated[str, BeforeValidator(key_of), _of(COUNTRIES)]
PostChoice = Annotated[str, BeforeValidator(key_of), _of(POSTS)]
PositionChoice = Annotated[str, BeforeValidator(key_of), _of(POSITIONS)]
DepartmentPosition = Annotated[str, BeforeValidator(key_of), _of(DEPARTMENT)]
BureauChoice = Annotated[str, BeforeValidator(key_of), _of(BUREAUS)]
KindChoice = Annotated[str, BeforeValidator(key_of), _of(KINDS)]
ElementChoice = Annotated[str, BeforeValidator(key_of), _of(ELEMENTS)]

# What may be left empty. Prefect's form shows an `Optional` as two buttons; an empty first line is a plain drop-down.
CountryOrNone = Annotated[str, BeforeValidator(key_of), _of(("", *COUNTRIES))]
PositionOrNone = Annotated[str, BeforeValidator(key_of), _of(("", *POSITIONS))]
PostOrNone = Annotated[str, BeforeValidator(key_of), _of(("", *POSTS))]
BureauOrNone = Annotated[str, BeforeValidator(key_of), _of(("", *BUREAUS))]
TierOrNone = Annotated[
    Literal["", "1", "2", "2WL", "3", "special", "none"], BeforeValidator(lambda value: "" if value is None else value)
]
DayOrNone = Annotated[
    date | None,
    BeforeValidator(lambda value: value or None),
    WithJsonSchema({"type": "string", "format": "date"}),
]
# In no form: a person acts now. A rehearsal and the tests of a story give the moment to the flow, past its form.
At = Annotated[SkipJsonSchema[datetime | None], BeforeValidator(lambda value: value or None)]
