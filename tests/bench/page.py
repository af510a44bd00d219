"""What does docs/performance.md say? Between its two marks, the figures of the last whole run; around them, prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.bench.measured import Measured
from tipcycle.model.counted import counted_of
from tipcycle.settings import ROOT

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "performance.svg"
_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"


def renewed(page: str, results: dict[str, Any], measured: Sequence[Measured]) -> str:
    """The page with the new figures between its marks."""
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} has lost one of its marks, {_BEGIN} and {_END}; put it back")
    return before + begin + "\n\n" + "\n".join(_figures(results, measured)) + "\n\n" + end + after


def _figures(results: dict[str, Any], measured: Sequence[Measured]) -> Iterator[str]:
    on, rounds = results["machine"], counted_of(results["rounds"], "round")
    yield (
        f"Measured on {results['date']} by `make bench`: {on['cores']} cores, {on['memory_gb']} GB, "
        f"Python {on['python']}, {on['system']}; sides of a comparison in turn, {rounds}, medians."
    )
    yield ""
    yield f"![Each figure as a share of its bar]({PICTURE.name})"
    yield ""
    yield "| # | what | measured | bar | |"
    yield "|---|---|---|---|---|"
    for one in measured:
        row = str(one.row) if one.row and not one.what.startswith(" ") else ""
        what = one.what.strip() + (f" ({one.note})" if one.note else "")
        yield f"| {row} | {what} | {one.told} | {one.bar_told} | {one.verdict} |"
    for gap in results["not_measured"]:
        yield f"| {', '.join(map(str, gap['rows']))} | not measured: {gap['why']} | | | |"
