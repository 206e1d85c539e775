"""A real mail server for tests, which takes mails, or does what mail servers do on their worse days."""

import asyncio
import email
import socket
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Server:
    """A mail server on a port of its own. `moods` says by recipient what it does: "451", "550", "drops" or "slow".

    `hangs` makes it take connections and say nothing.
    """

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.taken: list[Message] = []
        self.moods: dict[str, str] = {}
        self.hangs = False
        self.connections = 0
        self.controller: Controller | None = None
        self.lines: list[asyncio.Transport] = []

    def start(self) -> None:
        """Open the port."""
        server = self

        class Moody(SMTP):
            async def _handle_client(self):
                server.connections += 1
                server.lines.append(self.transport)
                if server.hangs:
                    await asyncio.sleep(3600)
                await super()._handle_client()

        class OnOurPort(Controller):
            def factory(self):
                return Moody(self.handler, hostname="mail.test")

        self.controller = OnOurPort(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        # The controller has just connected, to see whether it answers.
        self.connections = 0

    def stop(self) -> None:
        """Close the port, and every line that is still open: the controller would wait for them."""
        if self.controller:
            for line in self.lines:
                self.controller.loop.call_soon_threadsafe(line.abort)
            self.lines.clear()
            self.controller.stop()
            self.controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Refuse whom it does not want."""
        mood = self.moods.get(address)
        if mood in {"451", "550"}:
            return f"{mood} {address} is not welcome"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Take the mail; perhaps without telling."""
        mood = self.moods.get(envelope.rcpt_tos[0])
        if mood == "slow":
            await asyncio.sleep(0.3)
        self.taken.append(email.message_from_bytes(envelope.content))
        if mood == "drops":
            server.transport.abort()
        return "554 not this mail" if mood == "554" else "250 OK"

    @property
    def message_ids(self) -> list[str]:
        """Give the Message-IDs of what it has taken, in its order."""
        return [message["Message-ID"] for message in self.taken]

    def mailers(self, *, timeout: float = 1) -> dict:
        """Give the setting by which the app sends here."""
        return {
            "default": {"BACKEND": "desk.mail.OutboxBackend"},
            "delivery": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": self.port, "timeout": timeout},
            },
        }
