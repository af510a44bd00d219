"""Does anybody outside hear that we are alive? One POST of the watchman's line; a monitor misses what stays away."""

from __future__ import annotations

import httpx

from tipcycle.settings import Settings


async def ping(settings: Settings, line: str) -> str:
    """Tell `TIPCYCLE_HEARTBEAT_URL`; why nobody heard it, or an empty text. Nothing is raised: a beat is never fatal.

    The address may hold a secret of the monitor, so it is not told. It is reached directly, without a proxy.
    """
    url = settings.heartbeat_url
    if not url:
        return ""
    try:
        async with httpx.AsyncClient(timeout=settings.send_timeout_seconds, trust_env=False) as client:
            answer = await client.post(url, content=line.encode())
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"the heartbeat was not heard: {type(error).__name__}"
    return "" if answer.is_success else f"the heartbeat was not heard: the monitor answered {answer.status_code}"
