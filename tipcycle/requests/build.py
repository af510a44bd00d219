"""What does the action request of one country say, whatever it is written on?

Source: 09 STATE 97909 paras 2 to 4 (what is asked and why), 6 (the two-year limit), 8 (the points), 9 (the items).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tipcycle.calendar.places import Places
from tipcycle.model.action_request import (
    About,
    ActionRequest,
    AskedItem,
    Deadline,
    LimitLaw,
    NonPaper,
    PillarItems,
    PostNote,
    PostNotes,
    TalkingPoints,
    TwoYearLimit,
)
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.obligation import Obligation
from tipcycle.model.placement import Group, Listed
from tipcycle.model.plan import PILLARS, ActionPlan, Recommendation, year_asked
from tipcycle.model.post import Post

_MOVED: dict[Group, str] = {
    "tier_2_watch_list": "",
    "moved_up_to_1": "to Tier 1",
    "moved_up_from_3": "from Tier 3 to Tier 2",
}


def build_action_request(
    entry: Listed,
    *,
    demarche: Obligation,
    report: Obligation,
    config: CycleConfig,
    places: Places,
    dated: date,
    limit: TwoYearLimit | None = None,
    proposed_by_post: Sequence[AskedItem] = (),
    precedence: str = "PRIORITY",
    executive_order: str = "12958",
) -> ActionRequest:
    """The content for one entry of the special watch list; `dated` is the day of the request in Washington.

    `limit` is None where the two-year limit does not touch the country (or is not known): then no count is told.
    `precedence` and `executive_order` default to those of September 2009.
    """
    country = config.countries[entry.iso3]
    post = config.post_for(entry.iso3)
    plan = config.plans.get(entry.iso3) or _no_plan(entry.iso3, config.report_year)
    concerns = tuple(dict.fromkeys(item.answers for item in plan.high_priority))
    about = About(
        iso3=entry.iso3,
        country=country.in_text,
        post=post.name,
        post_title=title_of(post),
        report_year=config.report_year,
        years=f"{config.report_year - 1}-{config.report_year}",
        period=(config.calendar.reporting_period.start, config.calendar.reporting_period.end),
        interim_by=_interim_by(config),
        moved_up=_MOVED[entry.group],
        demarche_due=deadline_of(demarche, post, places),
        report_due=deadline_of(report, post, places),
        limit=limit,
        limit_law=_limit_law(config, dated),
        dated=dated,
        has_non_paper=bool(plan.recommendations or proposed_by_post),
        example=plan.example,
    )
    non_paper = _non_paper(about, plan, concerns, tuple(proposed_by_post))
    kind = "TIP SPECIAL WATCH LIST UPDATE" if about.moved_up else "TIP TIER 2 WATCH LIST ACTION PLAN"
    return ActionRequest(
        about=about,
        addressee=post.designator,
        precedence=precedence,
        executive_order=executive_order,
        tags=country.tags,
        subject=f"{country.in_text.upper()}: {kind} ({about.years})",
        references=config.references,
        non_paper=non_paper,
        talking_points=_talking_points(about, plan, non_paper, config),
        post_notes=PostNotes(about, _notes(plan, concerns)),
    )


def _no_plan(iso3: str, report_year: int) -> ActionPlan:
    """A country that moved up may have no plan; its update request then has no recommendations."""
    return ActionPlan.model_construct(
        country=iso3, report_year=report_year, example=False, source="", ground=None, recommendations=()
    )


def _limit_law(config: CycleConfig, dated: date) -> LimitLaw | None:
    """The limit for the Report to come, and who may waive it on the day of the request; None before there was one."""
    law = config.law
    reports, waiver = (one.for_report(config.report_year) for one in (law.two_year_limit, law.waiver_length))
    decider, counts_from = law.waiver_decided_by.on(dated), law.limit_counts_from.on(dated)
    if reports is None or waiver is None or decider is None or counts_from is None:
        return None
    return LimitLaw(reports.value, counts_from.value, waiver.value, decider.value)


def _talking_points(about: About, plan: ActionPlan, non_paper: NonPaper, config: CycleConfig) -> TalkingPoints:
    """The ground of a placement is in the words of the law that governed its Report, the one before."""
    law = config.law.watch_list_grounds
    coming, placed = law.for_report(config.report_year), law.for_report(config.report_year - 1)
    return TalkingPoints(
        about=about,
        grounds=tuple(coming.value.values()) if coming else (),
        grounds_since=law.values[0].start.year,
        ground=placed.value.get(plan.ground, "") if placed and plan.ground else "",
        high_priority=non_paper.high_priority,
        has_further=bool(non_paper.further),
    )


def _interim_by(config: CycleConfig) -> date:
    step = config.calendar.step("interim-release")
    return step.statutory_on or step.planned_on


def title_of(post: Post) -> str:
    """`Embassy Baku`; a desk goes by its name."""
    return post.name if post.kind in ("desk", "institute") else f"{post.kind.title()} {post.name}"


def deadline_of(obligation: Obligation, post: Post, places: Places) -> Deadline:
    """When the obligation is due on the post's own clock."""
    working = places.of_post(post)
    return Deadline(
        due_at=obligation.due_at,
        zone=working.zone,
        day_off=working.day_off(obligation.planned_on) or "",
        last_working_day=working.last_working_day(obligation.planned_on),
    )


def _non_paper(
    about: About, plan: ActionPlan, concerns: tuple[str, ...], proposed_by_post: tuple[AskedItem, ...]
) -> NonPaper:
    further = (PillarItems(pillar, tuple(_item(one, ()) for one in plan.further(pillar))) for pillar in PILLARS)
    return NonPaper(
        about=about,
        concerns=concerns,
        high_priority=tuple(_item(one, concerns) for one in plan.high_priority),
        further=tuple(group for group in further if group.items),
        proposed_by_post=proposed_by_post,
    )


def _item(one: Recommendation, concerns: tuple[str, ...]) -> AskedItem:
    number = concerns.index(one.answers) + 1 if one.high_priority and concerns else None
    return AskedItem(one.id, one.text, one.pillar, one.answers, number)


def _notes(plan: ActionPlan, concerns: tuple[str, ...]) -> tuple[PostNote, ...]:
    by_weight = sorted(plan.recommendations, key=lambda one: not one.high_priority)  # stable: the plan's order stays
    noted = ((one, _note(one, plan.report_year)) for one in by_weight)
    return tuple(PostNote(_item(one, concerns), one.high_priority, note) for one, note in noted if note)


def _note(item: Recommendation, report_year: int) -> str:
    """What is carried on from earlier cycles says so, to the post alone."""
    year = item.year_asked(report_year)
    if year == 1:
        return item.note
    carried = f"{year_asked(year).capitalize()}, since the cycle of the {item.first_asked} Report."
    return f"{carried} {item.note}".rstrip()
