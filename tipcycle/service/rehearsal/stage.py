"""What does a rehearsal stand on? A folder, a ledger, three receivers and a Prefect server of its own.

Whatever the shell's environment says is set aside; nothing of it can be reached from a rehearsal.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tipcycle.config.find_post import find_post
from tipcycle.errors import TipcycleError
from tipcycle.model.cycle import CycleConfig
from tipcycle.service.one_authority import one_authority
from tipcycle.service.prefect_server import (
    IN_BATCHES,
    NO_EVENTS_KEPT,
    NO_SCHEDULES,
    PrefectServer,
    quiet_environment,
    require_server,
    without_prefect,
    without_proxies,
)
from tipcycle.service.receivers.mailbox import Mailbox
from tipcycle.service.receivers.web import GatewayReceiver, SlackReceiver
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.store.store import forget

_LOCK, _LEDGER, _PREFECT = ".rehearsal", "tipcycle.sqlite3", "prefect"
_RESULTS_BLOCK = {"PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK": "local-file-system/rehearsal"}


@dataclass(frozen=True)
class Stage:
    """Everything that runs; `server` is None when `--prefect-api` names another one."""

    folder: Path
    mailbox: Mailbox
    slack: SlackReceiver
    gateway: GatewayReceiver
    server: PrefectServer | None
    startup_s: float

    @property
    def accepted(self) -> Counter[str]:
        """How often each message was accepted, over all receivers."""
        return self.mailbox.accepted + self.slack.accepted + self.gateway.accepted


@contextmanager
def stage(folder: Path, *, prefect_api: str | None, keep_server: bool) -> Iterator[Stage]:
    """Set everything up anew in `folder` and take it down again; no process outlives the `with` block.

    What is left when the process is killed lies in `folder`, and the next rehearsal there takes it away.
    """
    began = time.monotonic()
    config_dir = settings().config_dir
    with ExitStack() as undo:
        undo.enter_context(_own(folder))
        home = folder / _PREFECT
        home.mkdir()
        undo.callback(shutil.rmtree, home, ignore_errors=True)
        mailbox = Mailbox(folder / "mails")
        slack, gateway = SlackReceiver(folder / "slack"), GatewayReceiver(folder / "cables")
        for receiver in (mailbox, slack.web, gateway.web):
            receiver.start()
            undo.callback(receiver.stop)
        if prefect_api:
            require_server(prefect_api)
        server = None if prefect_api else PrefectServer(home, extra=_server_settings(keep_server))
        api_url = prefect_api or (server.api_url if server else "")
        undo.enter_context(
            _environment(
                quiet_environment(home, api_url)
                | {
                    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # a refused mailbox fails its run, and is part of the play
                    **(one_authority(home, server.api_url) | _RESULTS_BLOCK if server else {}),
                    "TIPCYCLE_CONFIG_DIR": str(config_dir),
                    "TIPCYCLE_VAR_DIR": str(folder),
                    "TIPCYCLE_SMTP_HOST": "127.0.0.1",
                    "TIPCYCLE_SMTP_PORT": str(mailbox.port),
                    "TIPCYCLE_SLACK_URL": slack.url,
                    "TIPCYCLE_SLACK_TOKEN": "rehearsal",
                    "TIPCYCLE_SIGNING_KEY": "rehearsal",  # equal seeds give equal workbooks
                    "TIPCYCLE_GATEWAY_URL": gateway.url,
                    "TIPCYCLE_UI_URL": server.ui_url if server else api_url.removesuffix("/api"),
                    "TIPCYCLE_INBOX_SETTLE_SECONDS": "0",
                }
            )
        )
        Store.create(settings().ledger_url, rehearsal=True)
        undo.callback(forget, settings().ledger_url)
        if server:
            undo.callback(server.stop)
            server.start()
        import_module("flows")  # two seconds of imports, while the server gets ready
        if server:
            server.wait_until_healthy()
            _name_results_block(home)
        yield Stage(folder, mailbox, slack, gateway, server, time.monotonic() - began)


def _server_settings(kept: bool) -> dict[str, str]:
    """Nobody will ever look at the events of a server that ends, with all that it holds, when the play does."""
    return NO_SCHEDULES | IN_BATCHES | ({} if kept else NO_EVENTS_KEPT)


def _name_results_block(home: Path) -> None:
    """Say where results would lie; as long as nobody says so, each flow run asks the server twice."""
    from prefect.filesystems import LocalFileSystem

    name = _RESULTS_BLOCK["PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK"].rpartition("/")[2]
    LocalFileSystem(basepath=str(home / "results")).save(name)


def refuse_mail_of(stage: Stage, config: CycleConfig, post: str) -> str:
    """Let the mailbox of a post's action officer refuse everything from now on; return the position's id."""
    position = config.positions[f"{find_post(config, post).id}.action-officer"]
    stage.mailbox.refused.add(position.address("email") or "")
    return position.id


@contextmanager
def _own(folder: Path) -> Iterator[None]:
    """Hold the folder for this rehearsal alone, emptied; raises `TipcycleError` if it is another's, or not ours.

    Only what an earlier rehearsal left is taken away. The lock ends with the process, however that ends.
    """
    lock = folder / _LOCK
    if folder.exists() and not folder.is_dir():
        raise TipcycleError(f"{folder} is a file; name a folder with --out")
    if folder.exists() and any(folder.iterdir()) and not {_LOCK, _LEDGER} & {one.name for one in folder.iterdir()}:
        raise TipcycleError(f"{folder} holds something that is not a rehearsal; name another with --out")
    folder.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TipcycleError(f"a rehearsal runs in {folder} already; name another with --out") from error
        for old in folder.iterdir():
            if old.is_dir():
                shutil.rmtree(old)
            elif old != lock:
                old.unlink()
        yield


@contextmanager
def _environment(ours: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    clean = without_proxies(without_prefect(before))
    kept = {name: value for name, value in clean.items() if not name.startswith("TIPCYCLE_")}
    try:
        os.environ.clear()
        os.environ.update(kept | ours)
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
