"""Where in the UI is the form of each flow that people start? Asked of the server, which knows its deployments."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.responses import DeploymentResponse


async def forms_by_hand(client: PrefectClient) -> list[DeploymentResponse]:
    """The deployments that people start, each with its form."""
    return [one for one in await client.read_deployments() if "manual" in one.tags]


def links(forms: Iterable[DeploymentResponse]) -> dict[str, str]:
    """Where each form is, by the name of its flow."""
    return {one.name: f"/deployments/deployment/{one.id}/run" for one in forms}


def what_they_do(forms: Iterable[DeploymentResponse]) -> dict[str, str]:
    """The first sentence of each form's description, by the name of its flow."""
    return {one.name: first_sentence(one.description or "") for one in forms}


def first_sentence(description: str) -> str:
    """Without the words that all of them begin with, and on one line."""
    told = " ".join(description.partition("\n\n")[0].split()).removeprefix("By hand: ")
    return re.split(r"(?<=\.) (?=[A-Z])", told)[0]
