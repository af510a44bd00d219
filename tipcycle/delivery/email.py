"""Mail over SMTP (RFC 5321): a few connections for many messages, the outcome read from the phase it failed in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable

import aiosmtplib

from tipcycle.delivery.channel import Channel
from tipcycle.delivery.mime import mail_bytes
from tipcycle.delivery.patience import NOT_TRIED, Patience
from tipcycle.errors import DeliveryError
from tipcycle.model.message import Message, Receipt
from tipcycle.settings import Settings

_MAILS_A_CONNECTION = 100  # then it is dialled anew: servers limit what one may bring, and few to less
_BESIDE_OTHERS_SECONDS = 2.0  # a further connection is no loss, and what waits for it are the receipts of the group
_ENHANCED = re.compile(r"5\.(\d{1,3}\.\d{1,3})\b")


class EmailChannel(Channel):
    """A server that hangs up is dialled once more for each message that it left, as long as patience lasts.

    A connection that a group of messages leaves waits for the next group.
    """

    def __init__(self, settings: Settings) -> None:
        self.connections = settings.smtp_connections
        self._settings = settings
        self._open = 0
        self._waiting: list[_Connection] = []

    async def send(self, messages: Iterable[Message]) -> AsyncGenerator[Receipt, None]:
        """Receipts in order; a server that cannot be reached leaves every message `not_sent`.

        Beside others, a connection that the server does not grant, or whose patience is over, takes no message: they
        carry on.
        """
        connection, patience, one_by_one = self._one_that_waits(), Patience(), iter(messages)
        self._open += 1
        try:
            while self._open == 1 or await self._may_go_on(connection, patience):
                message = next(one_by_one, None)
                if message is None:
                    break
                yield await self._receipt(connection, patience, message)
        except BaseException:  # cancelled, or nobody listens any more: no time for good manners
            connection.cut()
            raise
        finally:
            self._open -= 1
        if connection.is_up:
            self._waiting.append(connection)

    async def close(self) -> None:
        """Take leave of the server on every connection that waits."""
        await asyncio.gather(*(connection.close() for connection in self._waiting))

    def cut(self) -> None:
        """End every connection that waits without a word."""
        while self._waiting:
            self._waiting.pop().cut()

    def _one_that_waits(self) -> _Connection:
        """One that is up, else a new one: a server that grants no more must not find us dialling beside it."""
        while self._waiting:
            connection = self._waiting.pop()
            if connection.is_up:
                return connection
        return _Connection(self._settings)

    async def _may_go_on(self, connection: _Connection, patience: Patience) -> bool:
        """Whether a connection has reason to, or is the last one by now, which speaks for every message left."""
        reached = not patience.is_over and await connection.reached(within_seconds=_BESIDE_OTHERS_SECONDS)
        return reached or self._open == 1

    async def _receipt(self, connection: _Connection, patience: Patience, message: Message) -> Receipt:
        if patience.is_over:
            return Receipt(message.key, "not_sent", NOT_TRIED)
        try:
            mail = mail_bytes(message, sender=self._settings.mail_from)
        except DeliveryError as error:
            return Receipt(message.key, error.outcome, str(error))
        try:
            detail = await connection.hand_over(message.address, mail)
        except DeliveryError as error:
            if connection.is_up:
                patience.heard()
            else:
                patience.silent()
            return Receipt(message.key, error.outcome, str(error))
        patience.heard()
        return Receipt(message.key, "accepted", detail)


class _Connection:
    """One connection to the server, dialled when it is needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = mail_client(settings)
        self._carried = 0

    @property
    def is_up(self) -> bool:
        """Whether the server has not hung up."""
        return self._client.is_connected

    @property
    def _takes_more(self) -> bool:
        return self.is_up and self._carried < _MAILS_A_CONNECTION

    async def reached(self, *, within_seconds: float) -> bool:
        """Whether the server grants it, now or already."""
        if self._takes_more:
            return True
        try:
            async with asyncio.timeout(within_seconds):
                await self._connect()
        except (DeliveryError, TimeoutError):
            self.cut()
            return False
        return True

    async def hand_over(self, address: str, mail: bytes) -> str:
        """The server's word on accepting; before DATA nothing can have arrived, after it everything may have.

        Raises `DeliveryError` with the outcome.
        """
        await self._connect()
        carried_before = self._carried
        try:
            await self._offer(address)
        except DeliveryError:
            if self.is_up or not carried_before:
                raise
            await self._connect()  # it had enough of that connection, and maybe not of us
            await self._offer(address)
        client = self._client
        try:
            response = await client.data(mail)
        except aiosmtplib.SMTPDataError as error:
            await self._reset()
            raise DeliveryError(f"{error.code} {error.message}", outcome="not_sent") from error
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise DeliveryError(f"no answer after DATA: {error}", outcome="unknown") from error
        return f"{response.code} {response.message}"

    async def _offer(self, address: str) -> None:
        """Name sender and receiver; whatever goes wrong, nothing has arrived."""
        self._carried += 1
        client = self._client
        try:
            await client.mail(self._settings.mail_from)
            await client.rcpt(address)
        except aiosmtplib.SMTPResponseException as error:
            await self._reset()
            of_the_address = isinstance(error, aiosmtplib.SMTPRecipientRefused) and _no_such_mailbox(error)
            raise DeliveryError(
                f"{error.code} {error.message}", outcome="refused" if of_the_address else "not_sent"
            ) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise DeliveryError(str(error), outcome="not_sent") from error

    async def close(self) -> None:
        """Take leave of the server, where it still listens."""
        if self.is_up:
            try:
                await self._client.quit()
            except aiosmtplib.SMTPException:
                self._client.close()

    def cut(self) -> None:
        """End it without a word."""
        self._client.close()

    async def _connect(self) -> None:
        if self._takes_more:
            return
        await self.close()
        self._client, self._carried = mail_client(self._settings), 0
        try:
            await self._client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            self._client.close()
            raise DeliveryError(
                f"{self._settings.smtp_host}:{self._settings.smtp_port}: {error}", outcome="not_sent"
            ) from error

    async def _reset(self) -> None:
        try:
            await self._client.rset()
        except (aiosmtplib.SMTPException, OSError):
            self._client.close()


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
