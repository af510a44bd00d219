"""Would each receiver take a message? Asked with the clients that send, and without sending anything."""

from __future__ import annotations

import aiosmtplib
import httpx
from slack_sdk.errors import SlackApiError, SlackClientError

from tipcycle.delivery.cable import gateway_client
from tipcycle.delivery.email import mail_client
from tipcycle.delivery.slack import slack_client
from tipcycle.errors import DeliveryError
from tipcycle.settings import Settings

_TOKEN_REFUSED = (401, 403)


async def reach_mail(settings: Settings) -> str:
    """Connect, encrypt and log in as configured, say EHLO, and leave; raises `DeliveryError` saying at what it broke.

    Source: RFC 5321 4.1.1.1, RFC 3207.
    """
    client = mail_client(settings)
    try:
        await client.connect()
        answer = await client.ehlo()
        await client.quit()
    except (aiosmtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"{type(error).__name__}: {error}", outcome="not_sent") from error
    finally:
        client.close()
    return answer.message.splitlines()[0]


def reach_slack(settings: Settings) -> str:
    """Ask Slack whose token it is (auth.test); raises `DeliveryError` with Slack's word for what is wrong."""
    try:
        answer = slack_client(settings).auth_test()
    except SlackApiError as error:
        said = error.response.get("error") or error.response.status_code
        raise DeliveryError(f"slack: {said}", outcome="not_sent") from error
    except (SlackClientError, OSError) as error:
        raise DeliveryError(f"slack: {error}", outcome="not_sent") from error
    return f"{answer.get('user')} in {answer.get('team')}"


async def reach_gateway(settings: Settings) -> str:
    """Ask the gateway's address for nothing: any answer but "who are you" and "I am broken" says that it is there.

    The contract knows only POST, so GET cannot hand over a cable; 404 and 405 are what a sound gateway says.
    """
    try:
        async with gateway_client(settings) as client:
            answer = await client.get("/v1/cables")
    except httpx.HTTPError as error:
        raise DeliveryError(f"gateway: {error!r}", outcome="not_sent") from error
    if answer.status_code in _TOKEN_REFUSED:
        raise DeliveryError(f"gateway: {answer.status_code}, it refuses our token", outcome="not_sent")
    if answer.is_server_error and answer.status_code != 501:
        raise DeliveryError(f"gateway: {answer.status_code}", outcome="not_sent")
    return f"answers ({answer.status_code} to GET)"
