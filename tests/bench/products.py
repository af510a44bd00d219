"""How long do the products of 190 action requests take, in two processes? BENCH row 13: at most 5 s and 12 s."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice

from tests.bench.measured import Measured, interleaved
from tests.builders import action_request, listed
from tipcycle.model.action_request import Product
from tipcycle.rendering.products import FORMATS, Format, draw_product
from tipcycle.settings import ROOT

REQUESTS = 190
_PROCESSES = 2
_TEMPLATES = ROOT / "config" / "templates"
_Wanted = tuple[tuple[Product, Format], ...]
_MUST: _Wanted = (("cable", "txt"), ("non-paper", "docx"), ("non-paper", "pdf"))
_ALL: _Wanted = tuple((product, format) for product, formats in FORMATS.items() for format in formats)


def products(rounds: int) -> list[Measured]:
    """Wall seconds with the start of the processes; the 56 entries of cycle 2010 are drawn in turn."""
    found = interleaved(rounds, {"must": lambda: _seconds(_MUST), "all": lambda: _seconds(_ALL)})
    return [
        Measured(13, "190 requests: cable, non-paper as DOCX and PDF, 2 processes", found["must"], "s", 5),
        Measured(13, "  all products in all formats", found["all"], "s", 12),
    ]


def _seconds(wanted: _Wanted) -> float:
    countries = list(islice(cycle(sorted(listed())), REQUESTS))
    began = time.perf_counter()
    with ProcessPoolExecutor(_PROCESSES) as pool:
        drawn = sum(pool.map(_draw, countries, [wanted] * REQUESTS, chunksize=10))
    seconds = time.perf_counter() - began
    assert drawn == REQUESTS * len(wanted)
    return seconds


def _draw(iso3: str, wanted: _Wanted) -> int:
    request = action_request(iso3)
    drawn = (draw_product(product, request, format, templates=_TEMPLATES) for product, format in wanted)
    return sum(bool(one.content) for one in drawn)
