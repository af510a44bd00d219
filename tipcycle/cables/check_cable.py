"""What is a cable made of, and what is there to mend? Parts and findings, from its text."""

from __future__ import annotations

from dataclasses import dataclass

from tipcycle.cables.lint import RULES, Known
from tipcycle.cables.named_blocks import named_blocks
from tipcycle.cables.plan_items import PlanItems, plan_items
from tipcycle.cables.read_cable import read_cable
from tipcycle.cables.reading import Reading
from tipcycle.model.cable import CableFinding, NamedBlock


@dataclass(frozen=True)
class CheckedCable:
    """What was read, its named blocks and plan items, and the findings of all rules in the order of `RULES`."""

    reading: Reading
    blocks: tuple[NamedBlock, ...]
    items: PlanItems
    findings: tuple[CableFinding, ...]

    @property
    def accepted(self) -> bool:
        """Whether there is no error; warnings may be left."""
        return all(finding.severity != "error" for finding in self.findings)


def check_cable(text: str, known: Known) -> CheckedCable:
    """Read a text and hold it against every rule; never raises, whatever the text."""
    reading = read_cable(text)
    blocks = named_blocks(reading.cable.paragraphs)
    findings = tuple(finding for rule in RULES for finding in rule(reading, known))
    return CheckedCable(reading, blocks, plan_items(blocks), findings)
