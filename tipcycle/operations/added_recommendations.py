"""What did a post recommend on its own, beside the plan? As its latest report on the demarche says."""

from __future__ import annotations

from tipcycle.model.keys import obligation_key
from tipcycle.model.submission import AddedRecommendation
from tipcycle.store import Store


def recommendations_added(store: Store, report_year: int, iso3: str) -> tuple[AddedRecommendation, ...]:
    """The post's own recommendations to one country, in its order; none before the demarche is reported."""
    delivery = store.submissions.latest(obligation_key(report_year, "demarche", iso3))
    made = delivery.submission.demarche if delivery else None
    return made.recommendations_added if made else ()
