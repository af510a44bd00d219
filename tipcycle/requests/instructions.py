"""What is one post told to report for the full assessment, and by when on its own clock?

Source: 22 U.S.C. 7106 and 7107(b)(1) as in force for the Report; the day is the calendar's.
"""

from __future__ import annotations

from collections.abc import Collection

from tipcycle.calendar.places import Places
from tipcycle.model.cycle import CycleConfig
from tipcycle.model.instructions import Instructed, Instructions
from tipcycle.model.obligation import Obligation
from tipcycle.model.post import Post
from tipcycle.requests.build import deadline_of, title_of
from tipcycle.rules.standards_in_force import asked_standards


def build_instructions(
    post: Post,
    owed: Obligation,
    *,
    config: CycleConfig,
    places: Places,
    placed: Collection[str],
    executive_order: str = "12958",
) -> Instructions:
    """The content for one post; `owed` is any of its annual submissions, `placed` whom the last Report placed."""
    asked = asked_standards(config.law, report_year=config.report_year)
    measured = config.law.standards_apply_to.for_report(config.report_year)
    countries = [config.countries[iso3] for iso3 in post.covers]
    return Instructions(
        report_year=config.report_year,
        post=post.name,
        post_title=title_of(post),
        addressee=post.designator,
        executive_order=executive_order,
        countries=tuple(
            Instructed(one.iso3, one.name, one.in_text, one.tags, one.iso3 in placed, one.iso3 in config.plans)
            for one in sorted(countries, key=lambda one: one.name)
        ),
        due=deadline_of(owed, post, places),
        period=config.calendar.reporting_period,
        measured=measured.value if measured else "",
        standards={number: text for number, text in asked.items() if "." not in number},
        indicia={number: text for number, text in asked.items() if "." in number},
    )
