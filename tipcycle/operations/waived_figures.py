"""Which figures of an accepted answer stand on a waived rule? The gate is asked again, and names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tipcycle.model.submission import Accepted
from tipcycle.operations.context import Context
from tipcycle.store import Store
from tipcycle.submissions.gate import judge
from tipcycle.submissions.rule import Facts

_FIGURE = re.compile(r"statistics\[(\d+)\]")


def waived_figures(store: Store, cycle: Context, accepted: Accepted | None) -> dict[int, str]:
    """What was waived, in words, by the number of the statistic (from 1) in the answer."""
    return dict(_waived(store, cycle, accepted)) if accepted else {}


def _waived(store: Store, cycle: Context, accepted: Accepted) -> Iterator[tuple[int, str]]:
    told = {one.code: one.told for one in store.rule_waivers.of(accepted.obligation, accepted.content_hash)}
    if not told:
        return
    config, submission = cycle.config, accepted.submission
    facts = Facts(config.plans.get(submission.country), config.law, period=config.calendar.reporting_period)
    for finding in judge(submission, facts).findings:
        place = _FIGURE.match(finding.where)
        if place and finding.severity == "blocker" and finding.code in told:
            yield int(place[1]), told[finding.code]
