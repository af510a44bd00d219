"""How do the rehearsal's posts answer in winter? Seeded annual submissions: on time, late, corrected, partial, never.

Like the answers of autumn they are files in the inbox and nothing shorter, and every text says that it is made up.
The shares are ours, so that each case occurs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

from tipcycle.operations.context import Context
from tipcycle.rules.standards_in_force import asked_standards
from tipcycle.service.rehearsal.answer_files import Kind, kind_of, written
from tipcycle.service.rehearsal.simulated_posts import Dropped, beside_last_year

Conduct = Literal["on time", "late", "never", "corrected", "partial", "nil"]

STEP = "annual-submission"
# How many of a hundred countries do what; the rest is on time.
_SHARES: tuple[tuple[Conduct, int], ...] = (("late", 15), ("corrected", 5), ("partial", 5), ("never", 3), ("nil", 2))
_MOST_LATE, _AGAIN_AFTER = 40, (4, 11, 18)  # days: after the due day, and after the draft
_NOTE = "Made-up answer for a rehearsal."
_FAULTS = ("truncated", "wrong post", "trafficking-related", "binary", "no basis")
_DONE = (
    "The courts of two regions tried such cases.",
    "The budget pays for a shelter and a telephone line.",
    "The police trained officers in every district.",
    "A law of this year closed the gap that the last Report named.",
    "The government and two neighbors exchanged evidence.",
    "A campaign in schools told of false offers of work.",
)
_NOT_DONE = ("Nothing was reported to post.", "The government says that it has no means for it.")


def annual_answers(cycle: Context, asked: Sequence[str], seed: int) -> tuple[Dropped, ...]:
    """The files of the countries `asked` (iso3), in order of day; the same for the same seed.

    Every third country answers by workbook, YAML or cable. A file whose name begins with `first-` is refused and
    followed by a whole one; one that begins with `again-` is a newer version, sent after the draft.
    """
    random = Random(f"annual {seed}")  # noqa: S311 - a play, not a secret
    conduct = _conduct(asked, random)
    punctual = [iso3 for iso3 in asked if conduct[iso3] == "on time"]
    again = dict(zip(random.sample(punctual, min(len(_AGAIN_AFTER), len(punctual))), _AGAIN_AFTER, strict=False))
    faults = iter(_FAULTS * len(asked))
    files: list[Dropped] = []
    for number, iso3 in enumerate(asked):
        by = _Sender(cycle, iso3, kind_of(number))
        files += _files(by, conduct[iso3], random=random, faults=faults, again_after=again.get(iso3))
    return tuple(sorted(files, key=lambda one: (one.on, one.name)))


def _conduct(asked: Sequence[str], random: Random) -> dict[str, Conduct]:
    order = list(asked)
    random.shuffle(order)
    conduct: dict[str, Conduct] = {}
    for kind, share in _SHARES:
        for _ in range(max(1, len(asked) * share // 100)):
            if order:
                conduct[order.pop()] = kind
    return conduct | dict.fromkeys(order, "on time")


@dataclass(frozen=True)
class _Sender:
    """A post that answers for one country, and the kind of its files."""

    cycle: Context
    iso3: str
    kind: Kind

    def file(self, form: dict[str, Any]) -> bytes:
        """The form in this post's kind of file."""
        return written(form, self.kind, self.cycle)

    @property
    def name(self) -> str:
        """`FRA-annual-submission.yaml`."""
        return f"{self.iso3}-{STEP}.{self.kind}"

    @property
    def head(self) -> dict[str, Any]:
        """Who answers what."""
        post = self.cycle.config.post_for(self.iso3)
        return {
            "tipcycle": "submission/1",
            "report_year": self.cycle.config.report_year,
            "step": STEP,
            "country": self.iso3,
            "post": post.name,
            "submitted_by": f"{post.id}.action-officer",
        }


def _files(
    by: _Sender, conduct: Conduct, *, random: Random, faults: Iterator[str], again_after: int | None
) -> Iterator[Dropped]:
    calendar = by.cycle.config.calendar
    due, draft = calendar.step(STEP).planned_on, calendar.step("full-draft").planned_on
    early = due - timedelta(days=random.randint(1, 28))
    form = _answers(by, random)
    match conduct:
        case "never":
            return
        case "nil":
            yield Dropped(early, by.name, by.file(by.head | {"nothing_to_report": True, "remarks": _NOTE}))
        case "late":
            yield Dropped(due + timedelta(days=random.randint(1, _MOST_LATE)), by.name, by.file(form))
        case "partial":
            yield Dropped(early, by.name, by.file(form | {"standards": form["standards"][: random.randint(4, 12)]}))
        case "corrected":
            yield Dropped(early, f"first-{by.name}", _broken(by, form, next(faults)))
            yield Dropped(early + timedelta(days=random.randint(2, 6)), by.name, by.file(form))
        case "on time":
            yield Dropped(early, by.name, by.file(form))
    if again_after is not None:
        newer = form | {"standards": [_newer(form["standards"][0]), *form["standards"][1:]]}
        yield Dropped(draft + timedelta(days=again_after), f"again-{by.name}", by.file(newer))


def _newer(answer: dict[str, Any]) -> dict[str, Any]:
    met = "partly" if answer["met"] != "partly" else "yes"
    return answer | {"met": met, "narrative": f"{_NOTE} Corrected after the draft. {_DONE[0]}"}


def _answers(by: _Sender, random: Random) -> dict[str, Any]:
    config = by.cycle.config
    plan = config.plans.get(by.iso3)
    items = [
        {"id": item.id, "status": random.choice(["partly", "begun"]), "narrative": f"{_NOTE} {random.choice(_DONE)}"}
        for item in (plan.high_priority if plan and random.random() < 0.5 else ())
    ]
    numbers = asked_standards(config.law, report_year=config.report_year)
    return by.head | {
        "standards": [_standard(number, random) for number in numbers],
        "statistics": list(_statistics(by, random)),
        "items": items,
        "remarks": _NOTE,
    }


def _standard(number: str, random: Random) -> dict[str, Any]:
    met = random.choice(["yes", "yes", "partly", "partly", "no", "not known"])
    done = random.choice(_DONE if met in ("yes", "partly") else _NOT_DONE)
    answer = {"id": number, "met": met, "narrative": f"{_NOTE} {done}"}
    return answer | ({"evidence": "yearly report of the ministry (made up)"} if random.random() < 0.3 else {})


def _statistics(by: _Sender, random: Random) -> Iterator[dict[str, Any]]:
    """Each figure at most the one before it; a quarter of the governments give no convictions and sentences."""
    start = by.cycle.config.calendar.reporting_period.start
    most, silent = random.randint(2, 160), random.random() < 0.25
    for category in ("investigations", "prosecutions", "convictions", "sentences"):
        period = {"from": start.isoformat(), "to": date(start.year + 1, 1, 31).isoformat()}
        figure: dict[str, Any] = {"category": category, "period": period}
        if silent and category in ("convictions", "sentences"):
            could = random.choice(["yes", "no", "not known"])
            yield figure | {"status": "not provided", "could_provide": could}
            continue
        total = most = random.randint(0, most)
        labour = random.randint(0, total)
        figure |= {"status": "provided", "total": total, "labour": labour, "sex": total - labour}
        figure |= {
            "basis": "explicit offence",
            "offence": "Criminal code, article on trafficking in persons (made up)",
            "source": "Prosecutor general (made up)",
        } | beside_last_year(by.iso3, category, total)
        if category == "sentences" and total:
            prison = random.randint(0, total)
            months = [random.choice([12, 24, 36, 60, 96]) for _ in range(prison)]
            figure["sentences"] = {"prison": prison, "prison_months": months, "suspended": total - prison}
        yield figure


def _broken(by: _Sender, form: dict[str, Any], fault: str) -> bytes:
    first, *others = form["statistics"]
    match fault:
        case "truncated":
            return by.file(form)[:-40]
        case "wrong post":
            return by.file(form | {"post": "Atlantis"})
        case "binary":
            return b"\x89PNG\r\n\x1a\n\x00\x00" + by.file(form)
        case "no basis":
            return by.file(form | {"statistics": [first | {"basis": None, "offence": ""}, *others]})
        case _:
            return by.file(form | {"statistics": [first | {"offence": "Law on Prostitution (made up)"}, *others]})
