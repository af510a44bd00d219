"""Publishing the coordinator's pages as artifacts; only what changed gets a new version."""

from __future__ import annotations

from typing import Any

from prefect import get_client, task
from prefect.artifacts import acreate_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import ArtifactCollectionFilter, ArtifactCollectionFilterKey

from tasks.forms import forms_by_hand, links, what_they_do
from tasks.pages import publish_page
from tipcycle.operations.draw_desk import Page, draw_desk

_AT_ONCE = 200


@task(name="show-desk", cache_policy=NO_CACHE, timeout_seconds=600)
async def show_pages(report_year: int) -> str:
    """Draw every page of the cycle and publish those that changed; a line about both."""
    async with get_client() as client:
        forms = await forms_by_hand(client)
        desk = draw_desk(report_year, links(forms), about=what_they_do(forms))
        known = await _known(client, report_year)
    changed = [page for page in desk.pages if known.get(page.key) != _data(page)]
    for page in changed:
        await _publish(page)
    return f"{len(changed)} of {len(desk.pages)} pages changed; {desk.line}"


def _data(page: Page) -> str:
    """What the server keeps of a page, as far as it is compared."""
    return page.text if page.percent is None else f"{page.description}\n{page.percent}"


async def _known(client: PrefectClient, report_year: int) -> dict[str, str]:
    """What stands under each key of the cycle now."""
    wanted = ArtifactCollectionFilter(key=ArtifactCollectionFilterKey(like_=f"%-{report_year}%"))
    known: dict[str, str] = {}
    while True:
        found: list[Any] = await client.read_latest_artifacts(artifact_filter=wanted, limit=_AT_ONCE, offset=len(known))
        known |= {one.key: _kept(one) for one in found}
        if len(found) < _AT_ONCE:
            return known


def _kept(artifact: Any) -> str:
    """What an artifact shows; a bar may come back as a whole number."""
    told = str(artifact.description)
    return f"{told}\n{float(artifact.data)}" if artifact.type == "progress" else told


async def _publish(page: Page) -> None:
    if page.percent is None:
        await publish_page(page.text, key=page.key)
    else:
        await acreate_progress_artifact(page.percent, key=page.key, description=page.description)
