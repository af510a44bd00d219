"""What does a person fill in to recommend a tier, and to place a country? Forms of flows, files and commands."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tipcycle.model.placement import Tier

LONGEST = 20_000
Text = Annotated[str, Field(max_length=LONGEST)]


def _numbers_as_text(value: Any) -> Any:
    """YAML reads 4 and 4.1 as numbers; a comma or a blank separates them in a cell."""
    if isinstance(value, str):
        value = value.replace(",", " ").replace(";", " ").split()
    if isinstance(value, list):
        return [str(one) if isinstance(one, (int, float)) and not isinstance(one, bool) else one for one in value]
    return value


def _tier_as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_TIERS = "1, 2, 2WL (Tier 2 Watch List), 3, special (in the Report, on no list), or none (not placed in it)."
Standards = Annotated[list[Annotated[str, Field(max_length=8)]], BeforeValidator(_numbers_as_text)]
TierChoice = Annotated[Tier, BeforeValidator(_tier_as_text)]


class RecommendationForm(BaseModel):
    """One country's tier as the office or its bureau recommends it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: str = Field(description="Name or ISO3 code, such as SEN.")
    tier: TierChoice = Field(description=_TIERS)
    rationale: Text = Field(description="Why, in words that stand by themselves.")
    standards: Standards = Field(
        default_factory=list, description="Numbers of the minimum standards it rests on; 4.3 is the third indicium."
    )


class PlacementForm(BaseModel):
    """One country's tier as it is decided."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: str = Field(description="Name or ISO3 code, such as SEN.")
    tier: TierChoice = Field(description=_TIERS)
    rationale: Text = Field(description="Why, in words that stand by themselves.")
    explanation: Text = Field(default="", description="Why the tier changes, or differs from what was recommended.")
    standards: Standards = Field(
        default_factory=list, description="Numbers of the minimum standards that the explanation links to."
    )
    waiver: dict[str, Text] = Field(
        default_factory=dict, description="Evidence by element, where the two-year limit is waived."
    )
    replaces: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="The number of the placement that this one replaces, if there is one."
    )


SplitOutcome = Literal["settled", "raised"]
