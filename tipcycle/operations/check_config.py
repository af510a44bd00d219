"""Is everything under config/ sound? Every cycle that has a calendar, and the words of every template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tipcycle.config.check import not_written_yet
from tipcycle.config.load import known_cycles, load_config
from tipcycle.errors import ConfigError, Fault
from tipcycle.rendering.templates import template_faults
from tipcycle.settings import settings


@dataclass(frozen=True)
class CheckedConfig:
    """The cycles looked at, and every fault once: file, place, value, remedy.

    `remarks` say what a cycle still lacks before its action requests can be drafted.
    """

    cycles: Sequence[int]
    faults: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def check_config(report_year: int | None = None) -> CheckedConfig:
    """Check one cycle, or every one that has a calendar; a folder without a calendar is a fault too."""
    folder = settings().config_dir
    cycles = [report_year] if report_year else known_cycles(folder)
    faults: list[Fault] = []
    remarks: list[str] = []
    if not cycles:
        remedy = "write one such as calendar/2010.yaml, or point TIPCYCLE_CONFIG_DIR at the config folder"
        faults.append(Fault(str(folder), "calendar", "there is no calendar of any cycle", remedy))
    for year in cycles:
        try:
            remarks += not_written_yet(load_config(folder, year))
        except ConfigError as error:
            faults += error.faults
    faults += template_faults(folder / "templates")
    return CheckedConfig(cycles, tuple(dict.fromkeys(str(fault) for fault in faults)), tuple(remarks))
