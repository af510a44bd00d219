"""Which chapters were written, in which versions? Versions are only added."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

import sqlalchemy as sa

from tipcycle.model.chapter import as_json, from_json
from tipcycle.model.document import ChapterVersion
from tipcycle.store.schema import chapters


@dataclass(frozen=True)
class ChapterHead:
    """What one needs to know of a chapter's newest version without reading it."""

    document: str
    version: int
    iso3: str
    made_by: str
    content_hash: str


class Chapters:
    """The chapters of the ledger."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, version: ChapterVersion) -> None:
        """Keep a new version; raises `IntegrityError` where another was kept first."""
        fields = {name: getattr(version, name) for name in chapters.c.keys() if name != "content"}  # noqa: SIM118
        self._connection.execute(chapters.insert().values(**fields, content=as_json(version.chapter)))

    def latest(self, document: str) -> ChapterVersion | None:
        """The newest version of one chapter, or None."""
        query = chapters.select().where(chapters.c.document == document)
        row = self._connection.execute(query.order_by(chapters.c.version.desc()).limit(1)).mappings().first()
        return _version(row) if row else None

    def version(self, document: str, number: int) -> ChapterVersion | None:
        """One version of a chapter, or None."""
        query = chapters.select().where(chapters.c.document == document, chapters.c.version == number)
        row = self._connection.execute(query).mappings().first()
        return _version(row) if row else None

    def latest_of_cycle(
        self, report_year: int, kind: str, countries: Collection[str] | None = None
    ) -> dict[str, ChapterVersion]:
        """The newest version of each chapter of a kind (of these iso3 codes only), by iso3 in its order."""
        where = [chapters.c.report_year == report_year, chapters.c.kind == kind]
        if countries is not None:
            where.append(chapters.c.iso3.in_(list(countries)))
        newest = sa.select(chapters.c.document, sa.func.max(chapters.c.version).label("version")).where(*where)
        last = newest.group_by(chapters.c.document).subquery()
        same = sa.and_(chapters.c.document == last.c.document, chapters.c.version == last.c.version)
        rows = self._connection.execute(chapters.select().join(last, same).order_by(chapters.c.iso3)).mappings()
        return {row["iso3"]: _version(row) for row in rows}

    def heads(self, report_year: int, kind: str) -> list[ChapterHead]:
        """The newest version of each chapter of a kind, in order of iso3."""
        names = [chapters.c[field.name] for field in fields(ChapterHead)]
        query = sa.select(*names).where(chapters.c.report_year == report_year, chapters.c.kind == kind)
        rows = self._connection.execute(query.order_by(chapters.c.iso3, chapters.c.version))
        return list({row.document: ChapterHead(*row) for row in rows}.values())

    def hashes(self, report_year: int, kind: str) -> dict[str, str]:
        """The content hash of the newest version of each chapter of a kind, by document key."""
        query = (
            sa.select(chapters.c.document, chapters.c.content_hash)
            .where(chapters.c.report_year == report_year, chapters.c.kind == kind)
            .order_by(chapters.c.document, chapters.c.version)
        )
        return {row.document: row.content_hash for row in self._connection.execute(query)}


def _version(row: sa.RowMapping) -> ChapterVersion:
    fields = {name: row[name] for name in row if name != "content"}
    return ChapterVersion(**fields, chapter=from_json(row["content"]))
