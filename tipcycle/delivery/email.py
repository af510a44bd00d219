"""Mail over SMTP (RFC 5321): one connection for many messages, the outcome read from the phase it failed in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable

import aiosmtplib

from tipcycle.delivery.channel import Channel
from tipcycle.delivery.mime import mail_bytes
from tipcycle.delivery.patience import NOT_TRIED, Patience
from tipcycle.errors import DeliveryError
from tipcycle.model.message import Message, Receipt
from tipcycle.settings import Settings

_ENHANCED = re.compile(r"5\.(\d{1,3}\.\d{1,3})\b")


class EmailChannel(Channel):
    """A server that hangs up is dialled once more for each message that it left, as long as patience lasts."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, messages: Iterable[Message]) -> AsyncIterator[Receipt]:
        """Receipts in order; a server that cannot be reached leaves every message `not_sent`."""
        client, patience = mail_client(self._settings), Patience()
        try:
            for message in messages:
                if patience.is_over:
                    yield Receipt(message.key, "not_sent", NOT_TRIED)
                    continue
                try:
                    mail = mail_bytes(message, sender=self._settings.mail_from)
                except DeliveryError as error:
                    yield Receipt(message.key, error.outcome, str(error))
                    continue
                try:
                    if not client.is_connected:
                        await self._connect(client)
                    detail = await self._hand_over(client, message.address, mail)
                except DeliveryError as error:
                    yield Receipt(message.key, error.outcome, str(error))
                    if client.is_connected:
                        patience.heard()
                    else:
                        patience.silent()
                        client = mail_client(self._settings)
                else:
                    patience.heard()
                    yield Receipt(message.key, "accepted", detail)
        finally:
            if client.is_connected:
                try:
                    await client.quit()
                except aiosmtplib.SMTPException:
                    client.close()

    async def _connect(self, client: aiosmtplib.SMTP) -> None:
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise DeliveryError(
                f"{self._settings.smtp_host}:{self._settings.smtp_port}: {error}", outcome="not_sent"
            ) from error

    async def _hand_over(self, client: aiosmtplib.SMTP, address: str, mail: bytes) -> str:
        """The server's word on accepting; before DATA nothing can have arrived, after it everything may have."""
        try:
            await client.mail(self._settings.mail_from)
            await client.rcpt(address)
        except aiosmtplib.SMTPResponseException as error:
            await _reset(client)
            of_the_address = isinstance(error, aiosmtplib.SMTPRecipientRefused) and _no_such_mailbox(error)
            raise DeliveryError(
                f"{error.code} {error.message}", outcome="refused" if of_the_address else "not_sent"
            ) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise DeliveryError(str(error), outcome="not_sent") from error
        try:
            response = await client.data(mail)
        except aiosmtplib.SMTPDataError as error:
            await _reset(client)
            raise DeliveryError(f"{error.code} {error.message}", outcome="not_sent") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise DeliveryError(f"no answer after DATA: {error}", outcome="unknown") from error
        return f"{response.code} {response.message}"


def mail_client(settings: Settings) -> aiosmtplib.SMTP:
    """A client of the server that the settings name, not yet connected."""
    return aiosmtplib.SMTP(
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        timeout=settings.send_timeout_seconds,
        use_tls=settings.smtp_security == "tls",
        start_tls=settings.smtp_security == "starttls",
        username=settings.smtp_user or None,
        password=settings.smtp_password.get_secret_value() or None,
    )


def _no_such_mailbox(error: aiosmtplib.SMTPResponseException) -> bool:
    """Whether a refusal is about the address itself, and not about what the server lets us do or has room for.

    Source: RFC 5321 4.2.2 (550, 551, 553) and RFC 3463 3.2 and 3.3: 5.1.x but the sender's own 5.1.7 and 5.1.8, and
    5.2.1, a mailbox that was closed. A reply without an enhanced code is taken at its word.
    """
    if error.code not in (550, 551, 553):
        return False
    enhanced = _ENHANCED.match(error.message)
    return enhanced is None or enhanced[1] == "2.1" or (enhanced[1][0] == "1" and enhanced[1] not in ("1.7", "1.8"))


async def _reset(client: aiosmtplib.SMTP) -> None:
    try:
        await client.rset()
    except (aiosmtplib.SMTPException, OSError):
        client.close()
