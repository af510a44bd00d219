"""Where in the UI is the form of each flow that people start? Asked of the server, which knows its deployments."""

from __future__ import annotations

from prefect.client.orchestration import PrefectClient


async def forms_by_hand(client: PrefectClient) -> dict[str, str]:
    """The address of each form, by the name of its flow."""
    return {
        one.name: f"/deployments/deployment/{one.id}/run"
        for one in await client.read_deployments()
        if "manual" in one.tags
    }
