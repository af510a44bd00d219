"""What does a form show for one recommendation, and for one placement? Their fields with drop-downs from config."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from flows.choices import CountryChoice, ElementChoice
from tipcycle.model.tier_forms import PlacementForm, RecommendationForm, Standards, Text, TierChoice


def _plain(value: Any) -> Any:
    """From code the model's own form comes as well."""
    return value.model_dump() if isinstance(value, BaseModel) else value


def _listed(value: Any) -> Any:
    return [{"element": key, "evidence": told} for key, told in value.items()] if isinstance(value, dict) else value


class _Recommendation(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", title="Recommendation")

    country: CountryChoice = Field(description="Whose tier is recommended.")
    tier: TierChoice = Field(description="1, 2, 2WL (Tier 2 Watch List), 3, or special (on no list).")
    rationale: Text = Field(description="Why, in words that stand by themselves.")
    standards: Standards = Field(
        default=[], description="Numbers of the minimum standards it rests on; 4.3 is the third indicium."
    )

    def as_form(self) -> RecommendationForm:
        """The form that the operation judges."""
        return RecommendationForm(**self.model_dump())


class _Evidence(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", title="Evidence")

    element: ElementChoice = Field(description="What it shows.")
    evidence: Text = Field(description="The credible evidence, in words.")


class _Placement(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", title="Placement")

    country: CountryChoice = Field(description="Who is placed.")
    tier: TierChoice = Field(description="1, 2, 2WL (Tier 2 Watch List), 3, or special (on no list).")
    rationale: Text = Field(description="Why, in words that stand by themselves.")
    explanation: Text = Field(default="", description="Why the tier changes, or differs from what was recommended.")
    standards: Standards = Field(
        default=[], description="Numbers of the minimum standards that the explanation links to; 4.3 is an indicium."
    )
    waiver: Annotated[list[_Evidence], BeforeValidator(_listed)] = Field(
        default=[], description="Only where the two-year limit is waived: evidence of every element."
    )
    replaces: Annotated[int | None, Field(ge=1), WithJsonSchema({"type": "integer", "minimum": 1})] = Field(
        default=None, description="The number of the placement that this one replaces, if there is one."
    )

    def as_form(self) -> PlacementForm:
        """The form that the operation judges."""
        waiver = {one.element: one.evidence for one in self.waiver}
        return PlacementForm(**self.model_dump(exclude={"waiver"}), waiver=waiver)


RecommendationFields = Annotated[_Recommendation, BeforeValidator(_plain)]
PlacementFields = Annotated[_Placement, BeforeValidator(_plain)]
