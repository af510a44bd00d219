"""What do two plans ask differently? Items added, removed, changed in words, or moved to another place."""

from __future__ import annotations

from dataclasses import dataclass

from tipcycle.model.plan import ActionPlan, Recommendation

_WORDS = ("text", "answers", "note")


@dataclass(frozen=True)
class Change:
    """One field of an item, before and after; `field` is a field of `Recommendation`, or `id` or `place`."""

    id: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class PlanDiff:
    """`added` and `removed` are items; `changed` are words; `moved` are ids, weight, pillars and places in the order.

    An item is the same if its id is, or else if its text is.
    """

    added: tuple[Recommendation, ...]
    removed: tuple[Recommendation, ...]
    changed: tuple[Change, ...]
    moved: tuple[Change, ...]

    @property
    def equal(self) -> bool:
        """Nothing is asked differently."""
        return not (self.added or self.removed or self.changed or self.moved)


def compare_plans(before: ActionPlan, after: ActionPlan) -> PlanDiff:
    """The difference, in the order of `after`; the place of an item is told only where the kept items change order."""
    pairs = _pairs(before, after)
    kept_before = {old.id for old, _ in pairs}
    kept_after = {new.id for _, new in pairs}
    words = [
        Change(new.id, field, getattr(old, field), getattr(new, field))
        for old, new in pairs
        for field in _WORDS
        if getattr(old, field) != getattr(new, field)
    ]
    moved = [change for old, new in pairs for change in _moves(old, new)]
    return PlanDiff(
        added=tuple(item for item in after.recommendations if item.id not in kept_after),
        removed=tuple(item for item in before.recommendations if item.id not in kept_before),
        changed=tuple(words),
        moved=tuple(moved + _places(before, pairs)),
    )


def _pairs(before: ActionPlan, after: ActionPlan) -> list[tuple[Recommendation, Recommendation]]:
    """The items that both plans have, in the order of `after`.

    A text that stands in both under different ids was renumbered; that is decided first, so that giving its old id
    to a new item does not look like a change of words.
    """
    texts = {item.text: item for item in before.recommendations}
    ids = {item.id: item for item in before.recommendations}
    same_text = {item.id: texts[item.text] for item in after.recommendations if item.text in texts}
    taken = {item.id for item in same_text.values()}
    pairs = []
    for item in after.recommendations:
        old = same_text.get(item.id) or (ids.get(item.id) if item.id not in taken else None)
        if old:
            pairs.append((old, item))
    return pairs


def _moves(old: Recommendation, new: Recommendation) -> list[Change]:
    changes = [Change(new.id, "id", old.id, new.id)] if old.id != new.id else []
    if old.high_priority != new.high_priority:
        changes.append(Change(new.id, "high_priority", _weight(old), _weight(new)))
    if old.pillar != new.pillar:
        changes.append(Change(new.id, "pillar", old.pillar, new.pillar))
    return changes


def _weight(item: Recommendation) -> str:
    return "high-priority" if item.high_priority else "further"


def _places(before: ActionPlan, pairs: list[tuple[Recommendation, Recommendation]]) -> list[Change]:
    """Items of one weight and pillar that stand in another order among themselves."""
    old_order = {item.id: place for place, item in enumerate(before.recommendations)}
    changes = []
    for group in dict.fromkeys(_group(old, new) for old, new in pairs):
        kept = [(old, new) for old, new in pairs if _group(old, new) == group and group]
        was = sorted(kept, key=lambda pair: old_order[pair[0].id])
        for place, (old, new) in enumerate(kept, 1):
            if was[place - 1][0].id != old.id:
                changes.append(Change(new.id, "place", str(was.index((old, new)) + 1), str(place)))
    return changes


def _group(old: Recommendation, new: Recommendation) -> str:
    """Where the item stands in the non-paper; empty if it moved from one group to another."""
    was, now = (one.pillar if not one.high_priority else "high-priority" for one in (old, new))
    return now if was == now else ""
