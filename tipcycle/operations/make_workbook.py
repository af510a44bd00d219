"""Make the workbook, or the cable, in which a post answers for one country: from config alone, no ledger is needed."""

from __future__ import annotations

from tipcycle.config.find_country import find_country
from tipcycle.model.moment import long_day
from tipcycle.model.plan import standards_version
from tipcycle.model.submission import SubmissionStep
from tipcycle.model.workbook import Identity
from tipcycle.operations.context import Context, context
from tipcycle.rendering.answer_cable import answer_template
from tipcycle.rendering.workbook import Form, make_workbook
from tipcycle.rules.standards_in_force import asked_standards


def workbook_for(report_year: int, *, country: str, step: SubmissionStep) -> tuple[str, bytes]:
    """The file's name and content; `country` is a name or ISO3. Raises `ConfigError` for an unknown one."""
    cycle = context(report_year)
    form = workbook_form(cycle, find_country(cycle.config, country).iso3, step)
    return f"{form.identity.country}-{step}-{report_year}.xlsx", make_workbook(form, key=cycle.settings.signing_secret)


def template_for(report_year: int, *, country: str, step: SubmissionStep) -> tuple[str, bytes]:
    """The same as the text of a cable: the file's name and content."""
    cycle = context(report_year)
    iso3 = find_country(cycle.config, country).iso3
    text = answer_template(cycle.config, iso3, step, templates=cycle.templates)
    return f"{iso3}-{step}-{report_year}.txt", text.encode("ascii")


def workbook_form(cycle: Context, iso3: str, step: SubmissionStep) -> Form:
    """What stands in the workbook of one country before it is filled in."""
    config = cycle.config
    standards = asked_standards(config.law, report_year=config.report_year) if step == "annual-submission" else {}
    post, plan, asked = config.post_for(iso3), config.plans.get(iso3), config.calendar.step(step)
    period = config.calendar.reporting_period
    return Form(
        identity=Identity(
            config.report_year,
            step,
            iso3,
            post.name,
            plan.version if plan else "",
            standards_version(standards.items()) if standards else "",
        ),
        country=config.countries[iso3].name,
        what=asked.what,
        due=long_day(asked.planned_on),
        plan=plan,
        positions=[one.id for one in config.positions.values() if one.post == post.id],
        period=(period.start, period.end if asked.planned_on > period.end else None),
        standards=standards,
    )
