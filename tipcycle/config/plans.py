"""What is each country asked? Plan files, with their library entries filled in and their shortcomings resolved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tipcycle.config.read import closest, read_yaml, validated, validated_list
from tipcycle.errors import Fault
from tipcycle.model.plan import ActionPlan, LibraryEntry


def plans_folder(config_dir: Path, report_year: int) -> Path:
    """Where a cycle's plans lie; none is written while the folder is not there (decision 0016)."""
    return config_dir / "cycles" / str(report_year) / "plans"


def read_plans(config_dir: Path, report_year: int, faults: list[Fault]) -> dict[str, ActionPlan]:
    """The plans of a cycle by iso3; two files for one country are a fault."""
    library = _read_library(config_dir, faults)
    folder = plans_folder(config_dir, report_year)
    plans: dict[str, ActionPlan] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = f"cycles/{report_year}/plans/{path.name}"
        plan = _read_plan(path, library, faults, file=file)
        if plan is None:
            continue
        if plan.country in plans:
            faults.append(
                Fault(file, f'country "{plan.country}"', "", f"{files[plan.country]} has it already; keep one")
            )
        elif path.stem != plan.country:
            faults.append(Fault(file, f'country "{plan.country}"', "", f"name the file {plan.country}.yaml"))
        if plan.report_year != report_year:
            faults.append(
                Fault(file, "report_year", str(plan.report_year), f"must be {report_year}, as its folder says")
            )
        plans[plan.country] = plan
        files[plan.country] = file
    return plans


def read_plan(path: Path, config_dir: Path, faults: list[Fault], *, file: str) -> ActionPlan | None:
    """One plan, wherever it lies, with the library of `config_dir`; None with a fault added where it is no plan."""
    return _read_plan(path, _read_library(config_dir, faults), faults, file=file)


def _read_plan(path: Path, library: dict[str, LibraryEntry], faults: list[Fault], *, file: str) -> ActionPlan | None:
    before = len(faults)
    data = read_yaml(path, faults, file=file)
    if len(faults) > before:
        return None
    if not isinstance(data, dict) or not isinstance(data.get("recommendations", []), list):
        faults.append(Fault(file, "", "", "must be a plan: country, source and a list of recommendations"))
        return None
    plan = validated(ActionPlan, _filled_in(data, library, faults, file), faults, file=file)
    ids = [item.id for item in plan.recommendations] if plan else []
    for item_id in sorted({item_id for item_id in ids if ids.count(item_id) > 1}):
        faults.append(Fault(file, f'recommendation "{item_id}"', "stands twice", "number it anew"))
    first: dict[str, str] = {}
    for item in plan.recommendations if plan else ():
        same = first.setdefault(item.text.casefold(), item.id)
        if same != item.id:
            faults.append(Fault(file, f'recommendation "{item.id}"', f'asks the same as "{same}"', "keep one of them"))
    return plan


def _read_library(config_dir: Path, faults: list[Fault]) -> dict[str, LibraryEntry]:
    file = "library/recommendations.yaml"
    data = read_yaml(config_dir / file, faults, file=file)
    entries = validated_list(LibraryEntry, data, faults, file=file, noun="recommendation", name="id")
    return {entry.id: entry for entry in entries}


def _filled_in(
    data: dict[str, Any], library: dict[str, LibraryEntry], faults: list[Fault], file: str
) -> dict[str, Any]:
    """The plan with `library: id` replaced by that entry, and `answers: S1` by the shortcoming's text."""
    shortcomings = _shortcomings(data.get("shortcomings") or [], faults, file)
    items = [
        _one_filled_in(item, library, shortcomings, faults, file=file) if isinstance(item, dict) else item
        for item in data.get("recommendations") or []
    ]
    return {key: value for key, value in data.items() if key != "shortcomings"} | {
        "recommendations": [item for item in items if item is not None]
    }


def _shortcomings(entries: Any, faults: list[Fault], file: str) -> dict[str, Any]:
    """Each shortcoming's text by its id, as written; its text is judged where an item takes it over."""
    if not isinstance(entries, list):
        faults.append(Fault(file, "shortcomings", "is no list", "make it a list of entries with id and text"))
        return {}
    texts: dict[str, Any] = {}
    for number, entry in enumerate(entries, 1):
        called = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(called, str):
            remedy = "write it as {id: S1, text: what was found wanting}"
            faults.append(Fault(file, f"shortcoming number {number}", "has no id that is a text", remedy))
        elif called in texts:
            faults.append(Fault(file, f'shortcoming "{called}"', "stands twice", "number it anew"))
        else:
            texts[called] = entry.get("text", "")
    return texts


def _one_filled_in(
    item: dict[str, Any],
    library: dict[str, LibraryEntry],
    shortcomings: dict[str, Any],
    faults: list[Fault],
    *,
    file: str,
) -> dict[str, Any] | None:
    """One recommendation, or None where its library entry is not there."""
    place = f'recommendation "{item.get("id")}"'
    if "library" in item:
        wanted = item["library"]
        entry = library.get(wanted) if isinstance(wanted, str) else None
        if entry is None:
            value = f'library "{wanted}" is not in library/recommendations.yaml'
            faults.append(Fault(file, place, value, "name one that is" + closest(str(wanted), list(library))))
            return None
        return {key: value for key, value in item.items() if key != "library"} | {
            "pillar": entry.pillar,
            "text": entry.text,
            "answers": entry.shortcoming,
            "note": entry.note,
        }
    if isinstance(item.get("answers"), str) and item["answers"] in shortcomings:
        return item | {"answers": shortcomings[item["answers"]]}
    if "answers" in item and shortcomings:
        value = f'answers "{item["answers"]}"'
        faults.append(Fault(file, place, value, "name a shortcoming of this file by its id"))
    return item
