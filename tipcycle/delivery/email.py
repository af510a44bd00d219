"""Mail over SMTP (RFC 5321): one connection for many messages, the outcome read from the phase it failed in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

import aiosmtplib

from tipcycle.delivery.channel import Channel
from tipcycle.delivery.mime import as_mail
from tipcycle.errors import DeliveryError
from tipcycle.model.message import Message, Receipt
from tipcycle.settings import Settings


class EmailChannel(Channel):
    """A server that hangs up is dialled once more for each message that it left."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, messages: Iterable[Message]) -> AsyncIterator[Receipt]:
        """Receipts in order; a server that cannot be reached leaves every message `not_sent`."""
        client = self._client()
        try:
            for message in messages:
                try:
                    if not client.is_connected:
                        await self._connect(client)
                    detail = await self._hand_over(client, message)
                except DeliveryError as error:
                    yield Receipt(message.key, error.outcome, str(error))
                    if not client.is_connected:
                        client = self._client()
                else:
                    yield Receipt(message.key, "accepted", detail)
        finally:
            if client.is_connected:
                try:
                    await client.quit()
                except aiosmtplib.SMTPException:
                    client.close()

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            timeout=settings.send_timeout_seconds,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            username=settings.smtp_user or None,
            password=settings.smtp_password.get_secret_value() or None,
        )

    async def _connect(self, client: aiosmtplib.SMTP) -> None:
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise DeliveryError(
                f"{self._settings.smtp_host}:{self._settings.smtp_port}: {error}", outcome="not_sent"
            ) from error

    async def _hand_over(self, client: aiosmtplib.SMTP, message: Message) -> str:
        """The server's word on accepting; before DATA nothing can have arrived, after it everything may have."""
        mail = as_mail(message, sender=self._settings.mail_from)
        try:
            await client.mail(self._settings.mail_from)
            await client.rcpt(message.address)
        except aiosmtplib.SMTPResponseException as error:
            await _reset(client)
            of_the_address = isinstance(error, aiosmtplib.SMTPRecipientRefused) and error.code >= 500
            raise DeliveryError(
                f"{error.code} {error.message}", outcome="refused" if of_the_address else "not_sent"
            ) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise DeliveryError(str(error), outcome="not_sent") from error
        try:
            response = await client.data(mail.as_bytes())
        except aiosmtplib.SMTPDataError as error:
            await _reset(client)
            raise DeliveryError(f"{error.code} {error.message}", outcome="not_sent") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise DeliveryError(f"no answer after DATA: {error}", outcome="unknown") from error
        return f"{response.code} {response.message}"


async def _reset(client: aiosmtplib.SMTP) -> None:
    try:
        await client.rset()
    except (aiosmtplib.SMTPException, OSError):
        client.close()
