"""Two small web receivers on loopback: one shaped like Slack, one that keeps the cable gateway's contract."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


class WebReceiver:
    """A Starlette application served from a thread."""

    def __init__(self, application: Starlette) -> None:
        # Bound at once: a port that is only known to be free may be another's by then. Said to be TCP, for asyncio lets
        # small answers go at once (TCP_NODELAY) only over what says so; else each waits 40 ms for an acknowledgement.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def start(self) -> None:
        """Listen; returns when connections are taken, raises after 10 s without that."""
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError(f"the receiver on port {self.port} did not start")
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop listening and end the thread."""
        self._server.should_exit = True
        self._thread.join(timeout=10)


class SlackReceiver:
    """Takes chat.postMessage like Slack does; `accepted` counts messages by key."""

    def __init__(self, folder: Path) -> None:
        self.accepted: Counter[str] = Counter()
        self._folder = folder
        self.web = WebReceiver(Starlette(routes=[Route("/api/chat.postMessage", self._post, methods=["POST"])]))

    @property
    def url(self) -> str:
        """What `TIPCYCLE_SLACK_URL` is set to."""
        return f"http://127.0.0.1:{self.web.port}/api/"

    async def _post(self, request: Request) -> JSONResponse:
        sent = await _fields(request)
        metadata = sent.get("metadata", "{}")
        key = (json.loads(metadata) if isinstance(metadata, str) else metadata)["event_payload"]["key"]
        channel = str(sent["channel"]).lstrip("#")
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{key.replace(':', '_')}.{channel}.txt").write_text(sent["text"], encoding="utf-8")
        self.accepted[key] += 1
        return JSONResponse({"ok": True, "ts": f"{sum(self.accepted.values())}.0", "channel": channel})


class GatewayReceiver:
    """Keeps docs/cable-gateway.md: a key is taken once, and a repeat gets the same number again.

    `accepted` counts cables that took effect, by key; `repeats` counts the calls that were repeats.
    """

    def __init__(self, folder: Path) -> None:
        self.accepted: Counter[str] = Counter()
        self.repeats = 0
        self._folder = folder
        self._numbers: dict[str, int] = {}
        self.web = WebReceiver(Starlette(routes=[Route("/v1/cables", self._post, methods=["POST"])]))

    @property
    def url(self) -> str:
        """What `TIPCYCLE_GATEWAY_URL` is set to."""
        return f"http://127.0.0.1:{self.web.port}"

    async def _post(self, request: Request) -> JSONResponse:
        key = request.headers.get("Idempotency-Key", "")
        cable = await request.json()
        if not key or not isinstance(cable, dict) or not {"to", "subject", "text"} <= cable.keys():
            return JSONResponse({"error": "Idempotency-Key, to, subject and text are required"}, 422)
        if key in self._numbers:
            self.repeats += 1
        else:
            self._numbers[key] = len(self._numbers) + 1
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{key.replace(':', '_')}.txt").write_text(cable["text"], encoding="utf-8")
            self.accepted[key] += 1
        return JSONResponse({"number": f"rehearsal {self._numbers[key]}"}, 202)


async def _fields(request: Request) -> dict[str, str]:
    if request.headers.get("content-type", "").startswith("application/json"):
        return dict(await request.json())
    form = await request.form()
    return {name: str(value) for name, value in form.items()}
