"""What of the law is modelled, where, and what is not? The table of docs/law.md is made from it.

Source: 22 U.S.C. 7106 and 7107 as of April 2023, provision by provision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Provision:
    """One provision, the module of `tipcycle/rules/` that holds its rule, and the parameters it leans on."""

    section: str
    what: str
    modelled: Literal["yes", "partly", "no"]
    rule: str = ""
    parameters: tuple[str, ...] = ()
    note: str = ""


PROVISIONS: tuple[Provision, ...] = (
    Provision(
        "7106(a)",
        "minimum standards, and whom they are about",
        "partly",
        "standards_in_force",
        ("minimum-standards", "standards-apply-to"),
        "listed by Report; whether a government meets them is a person's judgment",
    ),
    Provision(
        "7106(b)",
        "indicia of serious and sustained efforts",
        "partly",
        "standards_in_force",
        ("indicia",),
        "listed by Report; how they weigh is a person's judgment",
    ),
    Provision(
        "7106(b)(1), (7)",
        "figures on law enforcement, and what is presumed without them",
        "yes",
        "data_provision",
        ("statistic-categories", "statistic-bases", "data-presumption", "data-grace-reports"),
        "what a government could give is told by the post, never assumed",
    ),
    Provision(
        "practice (09 STATE 97909 para 7)",
        "work by others counts only with the government's role",
        "yes",
        "host_government_role",
        ("host-government-role",),
    ),
    Provision(
        "7107(b)(1)",
        "the three lists, by the Department's tiers",
        "yes",
        "placement_in_force",
        ("tier-names", "tier-meanings"),
    ),
    Provision("7107(b)(1)", "due day of the Report", "yes", "statutory_due_days", ("report-due",)),
    Provision(
        "7107(b)(1)",
        "reporting period, and concrete actions only",
        "no",
        "",
        ("reporting-period", "concrete-actions"),
        "the values are kept; the period of a cycle stands in its calendar",
    ),
    Provision(
        "7107(b)(1)(H)",
        "explanation of a change of list",
        "yes",
        "tier_change_explanation",
        ("tier-change-explanation", "minimum-standards"),
    ),
    Provision(
        "7107(b)(1), (b)(2)(D)",
        "what a placement needs before it is recorded",
        "yes",
        "placement_is_allowed",
        ("tier-names", "minimum-standards", "indicia", "two-year-limit", "waiver-elements"),
        "before 2019 a change of tier is explained by practice, without the link to the standards",
    ),
    Provision(
        "7107(b)(2)(A)",
        "special watch list: groups, and days to submit it",
        "yes",
        "special_watch_list",
        ("special-watch-list-groups", "special-watch-list-window"),
        "the days are worked out from the Report's due day",
    ),
    Provision(
        "7107(b)(2)(A)(iii)",
        "grounds of Tier 2 Watch List",
        "partly",
        "watch_list_grounds",
        ("watch-list-grounds",),
        "listed by Report; which ground holds is a person's judgment",
    ),
    Provision(
        "7107(b)(2)(B)",
        "interim assessment: due day, and what it covers",
        "yes",
        "statutory_due_days",
        ("interim-due", "interim-coverage"),
    ),
    Provision(
        "7107(b)(2)(C)",
        "the interim assessment prejudges no tier",
        "yes",
        "no_tier_change_at_interim",
        ("interim-prejudges-no-tier",),
    ),
    Provision(
        "7107(b)(2)(D)(i)",
        "two-year limit",
        "yes",
        "two_year_limit",
        ("two-year-limit", "limit-counts-from"),
        "decisions 0008 and 0009",
    ),
    Provision(
        "7107(b)(2)(D)(ii)",
        "waiver: length, elements, who decides",
        "yes",
        "waiver",
        ("waiver-length", "waiver-elements", "waiver-decided-by"),
        "a placement with a waiver holds its evidence by element; whether it is credible is a person's judgment",
    ),
    Provision(
        "7107(b)(2)(E)",
        "publication of the evidence behind a waiver",
        "partly",
        "waiver_publication",
        ("waiver-publication",),
        "forecast from the Report's due day, held against its release; the briefing is not modelled",
    ),
    Provision(
        "7107(b)(2)(F)",
        "watch list again after limit and Tier 3",
        "partly",
        "watch_list_after_downgrade",
        ("watch-list-after-downgrade",),
        "a warning, never a placement",
    ),
    Provision(
        "7107(b)(3)",
        "significant efforts, and proof of failure",
        "no",
        note="a person's judgment; the factors are not kept as values",
    ),
    Provision(
        "7107(b)(4)",
        "action plan for a move from Tier 3 to Tier 2 Watch List",
        "yes",
        "action_plan_duty",
        ("action-plan-duty",),
        "the briefings of committees are not modelled",
    ),
    Provision(
        "7107(c)", "days of the President's notification", "yes", "statutory_due_days", ("determination-window",)
    ),
    Provision(
        "7107(d)",
        "kinds of determination",
        "partly",
        "",
        ("determination-kinds",),
        "listed; which one is made is recorded, not worked out",
    ),
    Provision("7107(e), (f)", "certification and later text", "no"),
    Provision("5 FAH-2 H-421", "precedences of cables", "yes", "cable_precedence", ("cable-precedences",)),
)
