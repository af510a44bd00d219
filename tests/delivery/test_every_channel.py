"""One contract for all channels, each against a real receiver on loopback."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tipcycle.delivery import CHANNELS, Channel
from tipcycle.model.message import Attachment, Message, Receipt
from tipcycle.model.position import Channel as ChannelName
from tipcycle.service.receivers.mailbox import Mailbox, free_port
from tipcycle.service.receivers.web import GatewayReceiver, SlackReceiver, WebReceiver
from tipcycle.settings import Settings

Accepted = Callable[[], dict[str, int]]
_ADDRESS = {
    "email": "officer@posts.example",
    "file": "officer@posts.example",
    "slack": "#tip-eur",
    "cable": "AMEMBASSY X",
}


def message(channel: str, n: int, address: str | None = None) -> Message:
    """A sealed message with a text that any charset trouble would spoil."""
    name: ChannelName = channel  # type: ignore[assignment]
    return Message(
        key=f"message:2010:x.action-officer:{channel}:2009-11-13:{n}",
        report_year=2010,
        position="x.action-officer",
        channel=name,
        address=address or _ADDRESS[channel],
        local_on=date(2009, 11, 13),
        n=n,
        subject="Due: Côte d'Ivoire\nX-Injected: yes",
        body="Due Sun 15 Nov 2009 · São Tomé\n.\nafter a lone dot\n",
        sealed_at=datetime(2009, 11, 13, 9, tzinfo=UTC),
        message_id=f"<m{n}@tipcycle.example>",
        attachments=() if channel in ("slack", "cable") else (Attachment("deadlines.ics", "text/calendar", "BEGIN\n"),),
    )


def send(channel: Channel, *messages: Message) -> list[Receipt]:
    """All receipts, in order."""

    async def collect() -> list[Receipt]:
        async with channel:
            return [receipt async for receipt in channel.send(messages)]

    return asyncio.run(collect())


@pytest.fixture(params=sorted(CHANNELS))
def up(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Channel, Accepted]]:
    """A channel, and what its receiver accepted by key."""
    name = str(request.param)
    with ExitStack() as undo:
        mailbox = Mailbox(tmp_path / "mails")
        slack, gateway = SlackReceiver(tmp_path / "slack"), GatewayReceiver(tmp_path / "cables")
        for receiver in (mailbox, slack.web, gateway.web):
            receiver.start()
            undo.callback(receiver.stop)
        settings = Settings(
            var_dir=tmp_path,
            smtp_host="127.0.0.1",
            smtp_port=mailbox.port,
            slack_url=slack.url,
            slack_token=SecretStr("test"),
            gateway_url=gateway.url,
            send_timeout_seconds=5,
        )
        outbox = tmp_path / "outbox"
        accepted: dict[str, Accepted] = {
            "email": lambda: dict(mailbox.accepted),
            "slack": lambda: dict(slack.accepted),
            "cable": lambda: dict(gateway.accepted),
            "file": lambda: {path.stem.replace("_", ":"): 1 for path in outbox.glob("*.eml")},
        }
        yield name, CHANNELS[name](settings), accepted[name]  # type: ignore[call-arg]


def test_each_message_is_accepted_once_and_in_order(up: tuple[str, Channel, Accepted]) -> None:
    name, channel, accepted = up
    messages = [message(name, n) for n in range(1, 6)]

    receipts = send(channel, *messages)

    assert [receipt.key for receipt in receipts] == [one.key for one in messages]
    assert [receipt.outcome for receipt in receipts] == ["accepted"] * 5
    assert accepted() == {one.key: 1 for one in messages}


def test_no_answer_of_a_receiver_waits_for_an_acknowledgement(up: tuple[str, Channel, Accepted]) -> None:
    name, channel, _ = up
    messages = [message(name, n) for n in range(50)]
    began = time.monotonic()

    send(channel, *messages)

    assert time.monotonic() - began < 50 * 0.04, "Linux holds an acknowledgement back for 40 ms (tcp(7), TCP_NODELAY)"


def test_a_receiver_that_is_down_leaves_every_message_unsent(tmp_path: Path) -> None:
    nobody = free_port()
    settings = Settings(
        var_dir=tmp_path / "a-file" / "below",
        smtp_host="127.0.0.1",
        smtp_port=nobody,
        slack_url=f"http://127.0.0.1:{nobody}/api/",
        slack_token=SecretStr("test"),
        gateway_url=f"http://127.0.0.1:{nobody}",
    )
    (tmp_path / "a-file").write_text("so no folder can be made here")

    for name, kind in CHANNELS.items():
        receipts = send(kind(settings), message(name, 1), message(name, 2))  # type: ignore[call-arg]
        assert [receipt.outcome for receipt in receipts] == ["not_sent", "not_sent"], name


def test_a_repeat_takes_effect_once_where_the_channel_says_so(up: tuple[str, Channel, Accepted]) -> None:
    name, channel, accepted = up

    outcomes = [receipt.outcome for _ in range(2) for receipt in send(channel, message(name, 1))]

    assert outcomes == ["accepted", "accepted"]
    assert (accepted()[message(name, 1).key] == 1) == channel.honours_key


def test_a_header_of_one_word_is_never_folded_away_from_its_name(tmp_path: Path) -> None:
    long = "message.2010." + "x" * 90 + ".action-officer.email.2009-11-13.1@tipcycle.example"
    sent = replace(message("file", 1), message_id=f"<{long}>", key="message:2010:" + "y" * 90, subject="Due: São Tomé")

    send(CHANNELS["file"](Settings(var_dir=tmp_path)), sent)  # type: ignore[call-arg]

    (mail,) = (tmp_path / "outbox").glob("*.eml")
    lines = mail.read_bytes().split(b"\r\n")
    assert f"Message-ID: <{long}>".encode() in lines
    assert f"X-Tipcycle-Key: {sent.key}".encode() in lines
    assert message_from_bytes(mail.read_bytes(), policy=default)["Subject"] == "Due: São Tomé"


def test_a_newline_in_a_subject_makes_no_second_header(tmp_path: Path) -> None:
    send(CHANNELS["file"](Settings(var_dir=tmp_path)), message("file", 1))  # type: ignore[call-arg]

    (mail,) = (tmp_path / "outbox").glob("*.eml")
    assert not [line for line in mail.read_text(encoding="utf-8").splitlines() if line.startswith("X-Injected")]


def test_an_unknown_mailbox_is_refused_for_good_and_the_next_message_still_goes(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path, refused={"gone@posts.example"})
    mailbox.start()
    try:
        channel = CHANNELS["email"](Settings(smtp_host="127.0.0.1", smtp_port=mailbox.port))  # type: ignore[call-arg]

        receipts = send(channel, message("email", 1, "gone@posts.example"), message("email", 2))
    finally:
        mailbox.stop()

    assert [receipt.outcome for receipt in receipts] == ["refused", "accepted"]
    assert receipts[0].detail.startswith("550")


class _HangsUp(Mailbox):
    """Takes the mail and hangs up without an answer, once."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if sum(self.accepted.values()) == 1:
            transport = server.transport
            assert transport is not None
            transport.close()
        return answer


class _Greylists(Mailbox):
    """Says "later" to every address."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return "451 4.7.1 try again later"


class _Replies(Mailbox):
    """Answers every address with `reply`."""

    reply = ""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        return self.reply


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        pytest.param("550 no such user", "refused", id="no enhanced code"),
        pytest.param("550 5.1.1 no such user", "refused", id="no such mailbox"),
        pytest.param("551 5.1.6 has moved", "refused", id="moved"),
        pytest.param("553 5.1.3 bad syntax", "refused", id="no address at all"),
        pytest.param("550 5.2.1 mailbox disabled", "refused", id="closed"),
        pytest.param("554 5.7.1 relay access denied", "not_sent", id="relaying"),
        pytest.param("550 5.7.1 blocked by policy", "not_sent", id="policy"),
        pytest.param("550 5.1.8 sender's domain is unknown", "not_sent", id="our own address"),
        pytest.param("552 5.2.2 mailbox full", "not_sent", id="full"),
        pytest.param("530 5.7.0 authentication required", "not_sent", id="no login"),
    ],
)
def test_only_a_reply_about_the_mailbox_itself_refuses_an_address(tmp_path: Path, reply: str, outcome: str) -> None:
    mailbox = _Replies(tmp_path)
    mailbox.reply = reply
    mailbox.start()
    try:
        settings = Settings(smtp_host="127.0.0.1", smtp_port=mailbox.port, send_timeout_seconds=5)

        (receipt,) = send(CHANNELS["email"](settings), message("email", 1))  # type: ignore[call-arg]
    finally:
        mailbox.stop()

    assert receipt.outcome == outcome


@pytest.mark.parametrize(
    ("kind", "outcomes"),
    [
        pytest.param(_HangsUp, ["unknown", "accepted"], id="hanging up after DATA is unknown, and the next one goes"),
        pytest.param(_Greylists, ["not_sent", "not_sent"], id="a 4xx is tried again later"),
    ],
)
def test_an_smtp_outcome_is_read_from_the_phase_it_failed_in(
    tmp_path: Path, kind: type[Mailbox], outcomes: list[str]
) -> None:
    mailbox = kind(tmp_path)
    mailbox.start()
    try:
        settings = Settings(smtp_host="127.0.0.1", smtp_port=mailbox.port, send_timeout_seconds=5)

        receipts = send(CHANNELS["email"](settings), message("email", 1), message("email", 2))  # type: ignore[call-arg]
    finally:
        mailbox.stop()

    assert [receipt.outcome for receipt in receipts] == outcomes


@contextmanager
def answering(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Iterator[str]:
    """A receiver that answers POST `path` so; its address."""
    receiver = WebReceiver(Starlette(routes=[Route(path, answer, methods=["POST"])]))
    receiver.start()
    try:
        yield f"http://127.0.0.1:{receiver.port}"
    finally:
        receiver.stop()


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, "accepted") for status in (200, 201, 202)),
        *((status, "refused") for status in (400, 410, 413, 415, 422)),
        *((status, "not_sent") for status in (301, 401, 403, 404, 405, 408, 425, 429, 501, 503)),
        *((status, "unknown") for status in (409, 500, 502, 504)),
    ],
)
def test_the_gateway_s_answer_decides_a_cable_s_outcome(status: int, outcome: str) -> None:
    async def answer(_: Request) -> JSONResponse:
        return JSONResponse({"number": "1"}, status)

    with answering("/v1/cables", answer) as url:
        channel = CHANNELS["cable"](Settings(gateway_url=url))  # type: ignore[call-arg]

        (receipt,) = send(channel, message("cable", 1))

    assert receipt.outcome == outcome


@pytest.mark.parametrize(
    ("error", "outcome"),
    [("channel_not_found", "refused"), ("is_archived", "refused"), ("invalid_auth", "not_sent")],
)
def test_what_slack_says_decides_an_escalation_s_outcome(error: str, outcome: str) -> None:
    async def answer(_: Request) -> JSONResponse:
        return JSONResponse({"ok": False, "error": error})

    with answering("/api/chat.postMessage", answer) as url:
        (receipt,) = send(_slack(url), message("slack", 1))

    assert receipt.outcome == outcome


def test_slack_s_too_many_requests_is_waited_out_and_posts_once() -> None:
    asked: list[int] = []

    async def answer(_: Request) -> JSONResponse:
        asked.append(1)
        if len(asked) == 1:
            return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers={"Retry-After": "1"})
        return JSONResponse({"ok": True, "ts": "1"})

    with answering("/api/chat.postMessage", answer) as url:
        (receipt,) = send(_slack(url), message("slack", 1))

    assert (receipt.outcome, len(asked)) == ("accepted", 2)


def test_a_stalled_slack_leaves_the_outcome_unknown() -> None:
    async def answer(_: Request) -> JSONResponse:
        await asyncio.sleep(3)
        return JSONResponse({"ok": True, "ts": "1"})

    with answering("/api/chat.postMessage", answer) as url:
        (receipt,) = send(_slack(url, patience=1), message("slack", 1))

    assert receipt.outcome == "unknown"


def _slack(url: str, *, patience: float = 30) -> Channel:
    settings = Settings(slack_url=f"{url}/api/", slack_token=SecretStr("test"), send_timeout_seconds=patience)
    return CHANNELS["slack"](settings)  # type: ignore[call-arg]
