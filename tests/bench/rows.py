"""Which figures are there? `ROWS` is the index, in the order of the targets; 0 are figures without a numbered one."""

from __future__ import annotations

from collections.abc import Callable

from tests.bench.against_peers import against_peers
from tests.bench.cold_start import cold_start
from tests.bench.crash_rows import kills
from tests.bench.idle import idle_tick
from tests.bench.in_flow import against_plain_prefect, memory_and_calls
from tests.bench.measured import Measured
from tests.bench.products import products
from tests.bench.replay import rules_replay
from tests.bench.scale import scale
from tests.bench.sweep import against_bare_smtp, growth
from tests.bench.workbook import read_workbook
from tests.bench.year import operations_only, rehearsed

ROWS: tuple[tuple[tuple[int, ...], Callable[[int], list[Measured]]], ...] = (
    ((1,), against_bare_smtp),
    ((2,), against_plain_prefect),
    ((3,), against_peers),
    ((4,), growth),
    ((5, 6), memory_and_calls),
    ((7,), kills),
    ((8,), idle_tick),
    ((9,), rehearsed),
    ((10,), operations_only),
    ((11,), scale),
    ((12,), cold_start),
    ((13,), products),
    ((0,), rules_replay),
    ((0,), read_workbook),
)
