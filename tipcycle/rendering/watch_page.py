"""What does the watchman's page say? Its line, then every difference, the kinds together."""

from __future__ import annotations

from itertools import groupby

from tipcycle.watchman.watch import Watch

_MOST = 200


def render_watch(report_year: int, watch: Watch) -> str:
    """Markdown; of very many differences the first 200, and how many more there are."""
    lines = [f"# Watchman, cycle {report_year}", "", f"**{watch.line}**", ""]
    if not watch.differences:
        lines.append("Reckoned a second time from config and the ledger's facts: nothing differs.")
    shown = sorted(watch.differences[:_MOST], key=lambda one: one.kind)
    for kind, group in groupby(shown, key=lambda one: one.kind):
        lines += [f"## {kind.capitalize()}", "", *(f"- `{one.about}` {one.what}" for one in group), ""]
    if len(watch.differences) > _MOST:
        lines.append(f"… and {len(watch.differences) - _MOST} more: `tipcycle watchman --report-year {report_year}`")
    return "\n".join(lines) + "\n"
