# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes every mail over SMTP, sends none, and shows them on a web page; a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import http.client
import os
import signal
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from verbund.embedded.errors import EmbeddedError
from verbund.embedded.locks import FolderLock
from verbund.embedded.orphans import PidFile
from verbund.embedded.ports import HOST, require_free
from verbund.embedded.process import Child, minimal_environment

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

    from verbund.embedded.mailstore import MailStore

_SIZE_LIMIT: Final = 25 * 1024 * 1024
_SOURCES: Final = Path(__file__).resolve().parents[2]


class MailSink:
    """One mail sink with its mails in ``data/mail``."""

    def __init__(self, data: Path, *, smtp_port: int, web_port: int, logs: Path, keep: int = 500) -> None:
        """Describe the mail sink; it keeps at most ``keep`` mails."""
        self.smtp_port = smtp_port
        self.web_port = web_port
        self._folder = data / "mail"
        self._logs = logs
        self._keep = keep
        self._lock = FolderLock(self._folder / "lock")
        self._child: Child | None = None

    @property
    def url(self) -> str:
        """Address of the page; ``/api/messages`` is below it."""
        return f"http://{HOST}:{self.web_port}"

    @property
    def child(self) -> Child | None:
        """The running process; None before the first start."""
        return self._child

    @property
    def _mark(self) -> str:
        return f"verbund.embedded.mailsink {self._folder}"

    def end_leftover(self) -> None:
        """End a process that a killed supervisor left running."""
        PidFile(self._folder / "mailsink.pid", mark=self._mark).end_leftover()

    def start(self) -> None:
        """Start the process; does not wait for it.

        Raises:
            EmbeddedError: ports or data are in use.
        """
        if self._child and self._child.is_running:
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock.acquire()
        self.end_leftover()
        require_free(self.smtp_port, service="den Mail-Empfang")
        require_free(self.web_port, service="die Mail-Anzeige")
        ports = ("--smtp-port", str(self.smtp_port), "--web-port", str(self.web_port))
        command = (sys.executable, "-m", "verbund.embedded.mailsink", str(self._folder), *ports)
        child = self._child = Child(
            "mailsink",
            (*command, "--keep", str(self._keep)),
            run=self._folder,
            log=self._logs / "mailsink.log",
            mark=self._mark,
            env=minimal_environment(PYTHONPATH=_import_path()),
        )
        child.start()

    def wait_ready(self, *, timeout: float = 30) -> None:
        """Wait until SMTP and page answer.

        Raises:
            EmbeddedError: the process ended or did not get ready in time.
        """
        if self._child is None:
            raise EmbeddedError("Der Mail-Empfang ist noch nicht gestartet.")
        self._child.wait_ready(self._answers, timeout=timeout)

    def stop(self, *, timeout: float = 5) -> None:
        """End the process; the mails stay."""
        if self._child:
            self._child.stop(timeout=timeout)
        self._lock.release()

    def _answers(self) -> bool:
        # The page opens after the SMTP port, so one question is enough.
        with (
            suppress(OSError, http.client.HTTPException),
            closing(http.client.HTTPConnection(HOST, self.web_port, timeout=2)) as connection,
        ):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.client.OK
        return False


def _import_path() -> str:
    """Give the child what we import from: our sources, and what the caller has added."""
    return os.pathsep.join(filter(None, (str(_SOURCES), os.environ.get("PYTHONPATH"))))


class _Receiver:
    """The SMTP server's handler: stores what it gets."""

    def __init__(self, store: MailStore) -> None:
        self._store = store

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Store one mail and accept it."""
        content = envelope.original_content or b""
        mail_id = await asyncio.to_thread(
            self._store.add, content, sender=envelope.mail_from or "", to=envelope.rcpt_tos
        )
        return f"250 OK {mail_id}"


async def _serve(store: MailStore, *, smtp_port: int, web_port: int) -> None:
    from aiosmtpd.smtp import SMTP  # noqa: PLC0415 - only the child process needs it

    from verbund.embedded.mailpage import web_server  # noqa: PLC0415

    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    receiver = _Receiver(store)
    smtp = await loop.create_server(
        lambda: SMTP(receiver, data_size_limit=_SIZE_LIMIT, enable_SMTPUTF8=True, hostname="localhost"),
        HOST,
        smtp_port,
    )
    page = web_server(store, host=HOST, port=web_port)
    threading.Thread(target=page.serve_forever, daemon=True).start()
    await ended.wait()
    page.shutdown()
    smtp.close()


def main() -> None:
    """Run the mail sink until it is told to end."""
    from verbund.embedded.mailstore import MailStore  # noqa: PLC0415 - only the child process needs it

    parser = argparse.ArgumentParser(prog="python -m verbund.embedded.mailsink")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--web-port", type=int, required=True)
    parser.add_argument("--keep", type=int, default=500)
    options = parser.parse_args()
    os.umask(0o077)
    store = MailStore(options.folder, keep=options.keep)
    asyncio.run(_serve(store, smtp_port=options.smtp_port, web_port=options.web_port))


if __name__ == "__main__":
    main()
