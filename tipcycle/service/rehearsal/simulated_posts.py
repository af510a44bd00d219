"""How do the rehearsal's posts behave? Seeded: on time, late, never, refused and corrected, nil, partial, extended.

Their answers are files in the inbox and nothing shorter. Every text says that it is made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

from tipcycle.model.cycle import CycleConfig
from tipcycle.operations.context import Context
from tipcycle.service.rehearsal.answer_files import Kind, kind_of, written

Conduct = Literal["on time", "late", "never", "corrected", "nil", "partial", "extended", "waived"]

# How many of the special watch list do what; the rest is on time.
_SHARES: tuple[tuple[Conduct, int], ...] = (
    ("never", 4),
    ("late", 9),
    ("corrected", 5),
    ("nil", 3),
    ("partial", 4),
    ("extended", 2),
    ("waived", 1),
)
_NOTE = "Made-up answer for a rehearsal."
_FAULTS = ("wrong item", "wrong post", "truncated", "binary", "trafficking-related")


@dataclass(frozen=True)
class Dropped:
    """A file that a post lays into the inbox on `on` (before that UTC day begins)."""

    on: date
    name: str
    content: bytes


@dataclass(frozen=True)
class Script:
    """What will happen from outside: files by day, and which countries are extended, waived or unreachable.

    `late_bureau` clears after the others. Its bureau returns the chapter on `returned`; the posts of `after_clearance`
    and `after_release` send another version of their report then. `listed` is the special watch list.
    """

    files: tuple[Dropped, ...]
    extended: tuple[str, ...]
    waived: tuple[str, ...]
    refusing_posts: tuple[str, ...]
    late_bureau: str
    returned: str
    after_clearance: str
    after_release: str
    listed: tuple[str, ...]


def write_script(cycle: Context, listed: Sequence[str], seed: int, *, second_thoughts_on: tuple[date, date]) -> Script:
    """The conduct up to the interim assessment; the same for the same seed.

    Every third country answers by workbook, YAML or cable. `second_thoughts_on`: the days on which two posts send
    another version of their report.
    """
    config = cycle.config
    random = Random(seed)  # noqa: S311 - a play, not a secret
    order = list(listed)
    random.shuffle(order)
    conduct: dict[str, Conduct] = {}
    for kind, share in _SHARES:
        for _ in range(share):
            conduct[order.pop()] = kind
    conduct |= dict.fromkeys(order, "on time")
    files: list[Dropped] = []
    faults = iter(_FAULTS * len(listed))
    for number, iso3 in enumerate(listed):
        by = _Sender(cycle, iso3, kind_of(number))
        files += _demarche(by, random)
        files += _report(by, conduct[iso3], random=random, faults=faults)
    twice = {f"{iso3}-progress-report" for iso3 in order[:3]}
    files += [
        Dropped(one.on + timedelta(days=1), f"again-{one.name}", one.content)
        for one in files
        if one.name.partition(".")[0] in twice
    ]
    late_bureau = random.choice(sorted({config.post_for(iso3).bureau or "" for iso3 in listed} - {""}))
    prompt = [iso3 for iso3 in order[3:] if config.post_for(iso3).bureau not in (None, late_bureau)]
    returned, *changing = prompt[:3]
    for iso3, on in zip(changing, second_thoughts_on, strict=True):
        by = _Sender(cycle, iso3, kind_of(listed.index(iso3)))
        form = _answers(config, iso3, Random(f"{seed} {iso3}"))  # noqa: S311
        files.append(Dropped(on, f"second-thoughts-{by.name('progress-report')}", by.file(form)))
    posts_on_time = sorted({config.post_for(iso3).id for iso3 in order})
    return Script(
        files=tuple(sorted(files, key=lambda one: (one.on, one.name))),
        extended=tuple(sorted(iso3 for iso3, kind in conduct.items() if kind == "extended")),
        waived=tuple(sorted(iso3 for iso3, kind in conduct.items() if kind == "waived")),
        refusing_posts=(random.choice(posts_on_time),),
        late_bureau=late_bureau,
        returned=returned,
        after_clearance=changing[0],
        after_release=changing[1],
        listed=tuple(listed),
    )


@dataclass(frozen=True)
class _Sender:
    """A post that answers for one country, and the kind of its files."""

    cycle: Context
    iso3: str
    kind: Kind

    @property
    def config(self) -> CycleConfig:
        """Everything known about the cycle."""
        return self.cycle.config

    def file(self, form: dict[str, Any]) -> bytes:
        """The form in this post's kind of file."""
        return written(form, self.kind, self.cycle)

    def name(self, step: str) -> str:
        """`AZE-progress-report.xlsx`."""
        return f"{self.iso3}-{step}.{self.kind}"


def _demarche(by: _Sender, random: Random) -> list[Dropped]:
    config, iso3 = by.config, by.iso3
    due = config.calendar.step("demarche").planned_on
    draw = random.random()
    if draw < 0.06:
        return []
    delivered = due - timedelta(days=random.randint(5, 20))
    on = due + timedelta(days=random.randint(2, 9)) if draw > 0.85 else delivered + timedelta(days=2)
    made: dict[str, Any] = {
        "delivered_on": delivered.isoformat(),
        "level": random.choice(["deputy minister", "director"]),
        "officials": [random.choice(["Deputy Minister of the Interior", "Director, Ministry of Justice"])],
        "reaction": f"{_NOTE} The government took note and asked for time to study the points.",
    }
    if random.random() < 0.3:
        made["comments"] = f"{_NOTE} The government asks for help with the training of judges."
    if random.random() < 0.2:
        added = {"id": "POST1", "pillar": "protection", "text": f"{_NOTE} Open a shelter outside the capital."}
        made["recommendations_added"] = [added]
    form = _head(config, iso3, "demarche") | {"demarche": made}
    return [Dropped(on, by.name("demarche"), by.file(form))]


def _report(by: _Sender, conduct: Conduct, *, random: Random, faults: Iterator[str]) -> list[Dropped]:
    if conduct in ("never", "waived"):
        return []
    config, iso3 = by.config, by.iso3
    due = config.calendar.step("progress-report").planned_on
    form = _answers(config, iso3, random)
    name = by.name("progress-report")
    early = due - timedelta(days=random.randint(1, 25))
    match conduct:
        case "nil":
            nil = _head(config, iso3, "progress-report") | {"nothing_to_report": True, "remarks": _NOTE}
            return [Dropped(early, name, by.file(nil))]
        case "late":
            return [Dropped(due + timedelta(days=random.randint(2, 26)), name, by.file(form))]
        case "extended":
            return [Dropped(due + timedelta(days=random.randint(3, 9)), name, by.file(form))]
        case "partial":
            form["items"] = form["items"][1:]
            return [Dropped(early, name, by.file(form))]
        case "corrected":
            broken = _broken(by, form, next(faults))
            again = early + timedelta(days=random.randint(2, 6))
            return [Dropped(early, f"first-{name}", broken), Dropped(again, name, by.file(form))]
        case _:
            return [Dropped(early, name, by.file(form))]


def _head(config: CycleConfig, iso3: str, step: str) -> dict[str, Any]:
    post = config.post_for(iso3)
    return {
        "tipcycle": "submission/1",
        "report_year": config.report_year,
        "step": step,
        "country": iso3,
        "post": post.name,
        "submitted_by": f"{post.id}.action-officer",
    }


def _answers(config: CycleConfig, iso3: str, random: Random) -> dict[str, Any]:
    plan = config.plans.get(iso3)
    items = []
    for item in plan.recommendations if plan else ():
        if not item.high_priority and random.random() < 0.4:
            continue
        status = random.choice(["implemented", "partly", "partly", "begun", "not begun"])
        answer = {"id": item.id, "status": status, "narrative": f"{_NOTE} Status: {status}."}
        if random.random() < 0.2:
            answer |= {"by": "other", "government_role": "The ministry gave the building and pays two staff."}
        items.append(answer)
    return _head(config, iso3, "progress-report") | {
        "items": items,
        "statistics": [_statistic(config, iso3, category, random) for category in ("prosecutions", "convictions")],
        "remarks": _NOTE,
    }


def _statistic(config: CycleConfig, iso3: str, category: str, random: Random) -> dict[str, Any]:
    period = {"from": config.calendar.reporting_period.start.isoformat(), "to": "2009-10-31"}
    if random.random() < 0.25:
        could = ("yes", "no", "not known")[sum(map(ord, iso3)) % 3]
        return {"category": category, "period": period, "status": "not provided", "could_provide": could}
    total = random.randint(0, 40)
    labour = random.randint(0, total)
    return {
        "category": category,
        "period": period,
        "status": "provided",
        "total": total,
        "labour": labour,
        "sex": total - labour,
        "basis": "explicit offence",
        "offence": "Criminal code, article on trafficking in persons (made up)",
        "source": "Prosecutor general (made up)",
    } | beside_last_year(iso3, category, total)


def beside_last_year(iso3: str, category: str, total: int) -> dict[str, Any]:
    """The figure of the year before for two of three figures, and whether they may be compared.

    Drawn by itself, so that no other answer of the play hangs on it.
    """
    random = Random(f"last year {iso3} {category} {total}")  # noqa: S311 - a play, not a secret
    if random.random() < 1 / 3:
        return {}
    said: dict[str, Any] = {"last_year": random.randint(0, 2 * total + 3)}
    if random.random() < 0.2:
        return said | {"comparable": "no", "not_comparable_because": "a new criminal code counts otherwise (made up)"}
    return said | {"comparable": "yes"}


def _broken(by: _Sender, form: dict[str, Any], fault: str) -> bytes:
    match fault:
        case "wrong item":
            return by.file(form | {"items": [*form["items"], {"id": "HP99", "status": "begun"}]})
        case "wrong post":
            return by.file(form | {"post": "Atlantis"})
        case "truncated":
            return by.file(form)[:-40]
        case "binary":
            return b"\x89PNG\r\n\x1a\n\x00\x00" + by.file(form)
        case _:
            related = {**form["statistics"][0], "category": "trafficking-related arrests"}
            return by.file(form | {"statistics": [related]})
