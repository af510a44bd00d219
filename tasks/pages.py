"""How is a page published in Prefect? So that its address shows it at once, over the whole width."""

from __future__ import annotations

from prefect.artifacts import acreate_markdown_artifact

# Prefect's page of a key shows the newest description and, of each version, no more than a link to its data.
_DATA = "This is how the page stood when that run wrote it."


async def publish_page(text: str, *, key: str) -> None:
    """Publish Markdown that opens with a heading; the key's page then shows it, above its versions."""
    await acreate_markdown_artifact(_DATA, key=key, description=text)
