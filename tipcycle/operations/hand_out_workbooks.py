"""How does the workbook reach the post with its reminders: behind the signed link, attached, or not at all?"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import cast, get_args

from tipcycle.model.message import Attachment
from tipcycle.model.obligation import Obligation
from tipcycle.model.position import Position
from tipcycle.model.submission import SubmissionStep
from tipcycle.operations.context import Context
from tipcycle.operations.make_workbook import workbook_for
from tipcycle.settings import Settings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_links(now: Settings, told: Iterable[Obligation], links: Mapping[str, str]) -> dict[str, str]:
    """`LINK/workbook` for each obligation that is answered by one, where a link is given and the setting says so."""
    if now.workbook != "link":
        return {}
    return {one.key: f"{links[one.key]}/workbook" for one in told if links.get(one.key) and _by_workbook(one)}


def workbooks_to_attach(cycle: Context, told: Sequence[Obligation], recipient: Position) -> list[Attachment]:
    """The workbooks that go along, where the setting says so; only to the post that owes."""
    if cycle.settings.workbook != "attachment":
        return []
    owed = [one for one in told if _by_workbook(one) and one.post == recipient.post]
    return [workbook_attachment(one) for one in owed]


def workbook_attachment(owed: Obligation) -> Attachment:
    """The workbook in which one obligation is answered."""
    name, content = workbook_for(owed.report_year, country=owed.country or "", step=cast("SubmissionStep", owed.step))
    return Attachment(name, XLSX, b64encode(content).decode(), "base64")


def _by_workbook(owed: Obligation) -> bool:
    return owed.step in get_args(SubmissionStep) and owed.country is not None
