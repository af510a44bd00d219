"""The index of rules, the coverage table and the page of the law say the same."""

from __future__ import annotations

import pkgutil
from dataclasses import fields

import tipcycle.rules
from tests.builders import config
from tipcycle.model.finding import Finding
from tipcycle.model.law import Law
from tipcycle.model.placement import tier_name
from tipcycle.operations.law_coverage import law_coverage
from tipcycle.rules import RULES
from tipcycle.rules.coverage import PROVISIONS
from tipcycle.settings import ROOT

# What works a history through or indexes the rules, and is no rule of its own.
NO_RULES = {"coverage", "forecast", "replay"}


def test_every_module_of_rules_is_named_by_a_provision_and_every_named_one_exists() -> None:
    modules = {module.name for module in pkgutil.iter_modules(tipcycle.rules.__path__)} - NO_RULES

    assert {provision.rule for provision in PROVISIONS if provision.rule} == modules


def test_every_parameter_is_named_by_a_provision() -> None:
    named = {name for provision in PROVISIONS for name in provision.parameters}

    assert named == {name.replace("_", "-") for name in Law.model_fields}


def test_every_rule_says_what_it_returns_and_is_listed_once() -> None:
    assert len(set(RULES)) == len(RULES)
    for rule in RULES:
        assert rule.__annotations__["return"] == "Finding", rule
        assert rule.__doc__, rule
    assert {field.name for field in fields(Finding)} >= {
        "rule",
        "outcome",
        "because",
        "inputs",
        "source",
        "law_version",
    }


def test_the_page_of_the_law_holds_the_table_as_it_is_now() -> None:
    page = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")

    assert page.endswith(law_coverage()), "run: tipcycle rules coverage, and put its table into docs/law.md"


def test_tier_names_are_the_parameters() -> None:
    names = config().law.tier_names.for_report(2010)

    assert names is not None
    assert {tier: tier_name(tier) for tier in names.value} == names.value
