"""Do the files of every release lie where they should, byte for byte? Those that do not are made again."""

from __future__ import annotations

from collections.abc import Sequence

from tipcycle.errors import StoreError
from tipcycle.model.counted import counted_of
from tipcycle.model.document import Release
from tipcycle.model.keys import document_key
from tipcycle.operations.context import context
from tipcycle.operations.release_files import rebuild
from tipcycle.store import Store
from tipcycle.store.clearances import Stamp


def rebuild_releases(report_year: int, *, document: str, version: int | None = None) -> list[str]:
    """A line for each released version (or that one) of a document. Raises `StoreError` where one cannot be made."""
    cycle = context(report_year)
    with Store.read(cycle.settings.ledger_url) as store:
        released = store.releases.of_document(document_key(report_year, document, None))
    wanted = [one for one in released if version in (None, one.version)]
    if not wanted:
        which = "was not released" if version is None else f"has no released version {version}"
        raise StoreError(f"{document}: {which} in cycle {report_year}")
    lines = []
    for one in wanted:
        faults = rebuild(cycle, one)
        told = f"made again: {'; '.join(faults)}" if faults else f"{counted_of(len(one.files), 'file')} verified"
        lines.append(f"{document} v{one.version}: {told}")
    return lines


def releases_to_verify(store: Store, stamp: Stamp) -> list[Release]:
    """Every release, for the tick: once a process, and again when one was added, or its process died too early."""
    url = str(store.connection.engine.url)
    if _verified.get(url, 0) == stamp.releases:
        return []
    _verified[url] = stamp.releases
    return [one for cycle in store.cycles.all() for one in store.releases.of_cycle(cycle.report_year)]


def rebuild_after_a_crash(released: Sequence[Release]) -> list[str]:
    """Lay out the files of releases whose process died before it could; a line for each that cannot be made again."""
    problems = []
    for one in released:
        try:
            rebuild(context(one.report_year), one)
        except StoreError as error:
            problems.append(str(error))
    return problems


_verified: dict[str, int] = {}
