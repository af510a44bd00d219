"""Keep the cables that were sent, and draw the papers that go with them, beside the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from tipcycle.model.action_request import ActionRequest
from tipcycle.model.keys import request_key
from tipcycle.operations.context import Context, context
from tipcycle.operations.request_drafts import content_of
from tipcycle.rendering.products import draw_all
from tipcycle.store import Store


def keep_papers(report_year: int, countries: Sequence[str]) -> int:
    """Keep each sealed cable of these countries, the same text as was sent, and its papers; return how many cables.

    Papers that are there already are left alone, so that keeping them again costs nothing. They are drawn right after
    the sending; kept later, they tell the deadlines and the plan of now, dated on the day of the cable, and can then
    differ from it: a sealed message holds its text and not the content that it was drawn from.
    """
    cycle = context(report_year)
    kept = 0
    cables = cycle.documents / "cables"
    cables.mkdir(parents=True, exist_ok=True)
    with Store.read(cycle.settings.ledger_url) as store:
        for iso3 in countries:
            message = store.messages.find(request_key(cycle.config.report_year, iso3))
            if message:
                (cables / f"{iso3}.txt").write_text(message.body, encoding="utf-8")
                dated = cycle.places.washington.local_date(message.sealed_at)
                _write_papers(cycle, content_of(store, cycle, iso3, dated=dated))
                kept += 1
    return kept


def _write_papers(cycle: Context, request: ActionRequest) -> None:
    """Every product but the cable; `warnings.txt` is there only where there is something to look at."""
    folder = cycle.documents / "requests" / request.about.iso3
    if folder.exists():
        return
    drawn = draw_all(request, templates=cycle.templates)
    partial = folder.with_name(f".{folder.name}.partial")
    partial.mkdir(parents=True, exist_ok=True)
    for one in drawn:
        if one.product != "cable":
            (partial / f"{one.product}.{one.format}").write_bytes(one.content)
    warnings = [f"{one.product}, {one.format}: {warning}\n" for one in drawn for warning in one.warnings]
    if warnings:
        (partial / "warnings.txt").write_text("".join(warnings), encoding="utf-8")
    partial.rename(folder)
