"""Answers that are none, and lines that cannot be trusted: nothing is lost, raised, or said in clear."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tests.delivery.test_every_channel import answering, message, send
from tests.receivers.faults import Fault
from tests.receivers.mail import FaultyMailbox
from tipcycle.delivery import CHANNELS, Channel
from tipcycle.delivery.patience import MOST_SILENCES, NOT_TRIED
from tipcycle.service.receivers.mailbox import Mailbox
from tipcycle.settings import Settings

PASSWORD = "a-password-of-great-secrecy"


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's side of TLS with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "made-up.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + certificate.public_bytes(pem))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context


class _Guarded(FaultyMailbox):
    """`said` is what a client said to log in."""

    def __init__(self, folder: Path, **controller: Any) -> None:
        self.said: list[object] = []
        super().__init__(folder, {}, authenticator=self._note, auth_require_tls=False, **controller)

    def _note(self, server: SMTP, session: object, envelope: object, mechanism: str, said: object) -> AuthResult:
        self.said.append(said)
        return AuthResult(success=True)


@contextmanager
def listening(mailbox: Mailbox) -> Iterator[None]:
    mailbox.start()
    try:
        yield
    finally:
        mailbox.stop()


@pytest.mark.parametrize(("security", "ours"), [("starttls", "tls_context"), ("tls", "ssl_context")])
@pytest.mark.parametrize("offers", ["no TLS at all", "a certificate of its own"])
def test_a_line_that_cannot_be_trusted_carries_neither_mail_nor_password(
    tmp_path: Path, own_certificate: ssl.SSLContext, security: str, ours: str, offers: str
) -> None:
    mailbox = _Guarded(tmp_path, **({} if offers == "no TLS at all" else {ours: own_certificate}))
    settings = Settings(
        smtp_host="localhost",
        smtp_port=mailbox.port,
        smtp_security=security,
        smtp_user="tipcycle",
        smtp_password=SecretStr(PASSWORD),
        send_timeout_seconds=3,
    )
    with listening(mailbox):
        receipts = send(_mail(settings), message("email", 1), message("email", 2))

    assert [one.outcome for one in receipts] == ["not_sent", "not_sent"]
    assert (mailbox.said, mailbox.arrived) == ([], [])
    assert PASSWORD not in str(receipts)


@pytest.mark.parametrize(
    ("fault", "outcomes"),
    [
        pytest.param("drop", ["unknown"] * MOST_SILENCES, id="hanging up after the text"),
        pytest.param("hang up", ["not_sent"] * MOST_SILENCES, id="hanging up before it"),
    ],
)
def test_a_server_that_never_answers_is_left_alone_after_three_mails(
    tmp_path: Path, fault: Fault, outcomes: list[str]
) -> None:
    mails = [message("email", n, f"box-{n}@posts.example") for n in range(6)]
    mailbox = FaultyMailbox(tmp_path, {one.address: fault for one in mails})
    settings = Settings(smtp_host="127.0.0.1", smtp_port=mailbox.port, send_timeout_seconds=5)
    with listening(mailbox):
        receipts = send(_mail(settings), *mails)

    assert [one.outcome for one in receipts] == [*outcomes, "not_sent", "not_sent", "not_sent"]
    assert {one.detail for one in receipts[3:]} == {NOT_TRIED}
    assert mailbox.done == {fault: MOST_SILENCES}


def test_refusals_are_answers_and_try_nobody_s_patience(tmp_path: Path) -> None:
    mails = [message("email", n, f"box-{n}@posts.example") for n in range(6)]
    mailbox = FaultyMailbox(tmp_path, {one.address: "busy" for one in mails[:5]})
    settings = Settings(smtp_host="127.0.0.1", smtp_port=mailbox.port)
    with listening(mailbox):
        receipts = send(_mail(settings), *mails)

    assert [one.outcome for one in receipts] == ["not_sent"] * 5 + ["accepted"]


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param({"address": "a@posts.example\r\nBcc: b@posts.example"}, id="a line break in the address"),
        pytest.param({"position": "x\nBcc: b@posts.example"}, id="a line break in the position"),
        pytest.param({"message_id": "<a@b>\r\nBcc: b@posts.example"}, id="a line break in the Message-ID"),
        pytest.param({"body": "half a letter: \ud800"}, id="half a letter"),
    ],
)
@pytest.mark.parametrize("channel", ["email", "file"])
def test_a_message_that_makes_no_mail_is_not_sent_and_keeps_no_other_waiting(
    tmp_path: Path, channel: str, spoilt: dict[str, str]
) -> None:
    mailbox = FaultyMailbox(tmp_path, {})
    settings = Settings(var_dir=tmp_path, smtp_host="127.0.0.1", smtp_port=mailbox.port)
    with listening(mailbox):
        made = CHANNELS[channel](settings)  # type: ignore[call-arg]
        receipts = send(made, replace(message(channel, 1), **spoilt), message(channel, 2))  # type: ignore[arg-type]

    assert [one.outcome for one in receipts] == ["not_sent", "accepted"]
    assert "cannot be written as a mail" in receipts[0].detail


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        pytest.param(200, '{"ok": tr', "unknown", id="cut off"),
        pytest.param(200, "<html>a proxy</html>", "unknown", id="a page"),
        pytest.param(200, "[]", "unknown", id="a list"),
        pytest.param(200, '{"ok": false, "error": "internal_error"}', "unknown", id="Slack does not know itself"),
        pytest.param(200, '{"ok": false, "error": "invalid_auth"}', "not_sent", id="a bad token"),
        pytest.param(500, "<html>broken</html>", "unknown", id="broken"),
        pytest.param(502, "", "unknown", id="a gateway that heard nothing"),
        pytest.param(503, "later", "not_sent", id="away"),
        pytest.param(404, "<html>nothing here</html>", "not_sent", id="a wrong address"),
    ],
)
def test_an_answer_that_is_not_slack_s_own_is_never_taken_for_one(status: int, body: str, outcome: str) -> None:
    async def answer(_: Request) -> Response:
        return PlainTextResponse(body, status)

    with answering("/api/chat.postMessage", answer) as url:
        (receipt,) = send(_slack(url), message("slack", 1))

    assert receipt.outcome == outcome
    assert "html" not in receipt.detail, "a stranger's page is not kept"


@pytest.mark.parametrize("wait", ["3600", "Wed, 25 Nov 2009 10:00:00 GMT", ""])
def test_slack_s_long_wait_is_left_to_the_next_tick(wait: str) -> None:
    asked: list[int] = []

    async def answer(_: Request) -> Response:
        asked.append(1)
        return PlainTextResponse('{"ok": false, "error": "ratelimited"}', 429, headers={"Retry-After": wait})

    began = time.monotonic()
    with answering("/api/chat.postMessage", answer) as url:
        (receipt,) = send(_slack(url), message("slack", 1))

    assert (receipt.outcome, receipt.detail, len(asked)) == ("not_sent", "slack: ratelimited", 1)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("body", ["2 posts are late.\n(SBU) The host government …", "Sensitive but unclassified\n"])
def test_a_marked_text_never_goes_to_slack_whatever_a_template_says(body: str) -> None:
    asked: list[int] = []

    async def answer(_: Request) -> Response:
        asked.append(1)
        return PlainTextResponse('{"ok": true, "ts": "1"}')

    with answering("/api/chat.postMessage", answer) as url:
        receipts = send(_slack(url), replace(message("slack", 1), body=body), message("slack", 2))

    assert [one.outcome for one in receipts] == ["not_sent", "accepted"]
    assert len(asked) == 1


def _slack(url: str) -> Channel:
    return CHANNELS["slack"](Settings(slack_url=f"{url}/api/", slack_token=SecretStr("test")))  # type: ignore[call-arg]


def _mail(settings: Settings) -> Channel:
    return CHANNELS["email"](settings)  # type: ignore[call-arg]
