# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails of the mail sink: one file each, the oldest go when there are too many."""

from __future__ import annotations

import json
import re
import threading
import time
from dataclasses import asdict, dataclass
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING, Final

from verbund.embedded.secret_files import write_secret

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage
    from pathlib import Path

_ID: Final = re.compile(r"\d{16}-\d{4}")


@dataclass(frozen=True)
class Mail:
    """A mail as it is shown; ``to`` are the recipients of the envelope, so hidden copies appear too."""

    id: str
    sender: str
    to: tuple[str, ...]
    subject: str
    date: str
    text: str
    html: str
    attachments: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give the mail with the field names of the interface."""
        values = asdict(self)
        return {"id": values.pop("id"), "from": values.pop("sender"), **values}


class MailStore:
    """Mails in a folder; safe to use from several threads of one process."""

    def __init__(self, folder: Path, *, keep: int = 500) -> None:
        """Use (and make) the folder; at most ``keep`` mails stay."""
        self._folder = folder
        self._keep = keep
        self._lock = threading.Lock()
        self._count = 0
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def add(self, raw: bytes, *, sender: str, to: Sequence[str]) -> str:
        """Store a mail as it came over SMTP and give its id; ids sort by arrival."""
        message = BytesParser(policy=policy.default).parsebytes(raw)
        with self._lock:
            self._count = (self._count + 1) % 10000
            mail = _read(
                message, mail_id=f"{time.time_ns() // 1000:016d}-{self._count:04d}", sender=sender, to=to
            )
            write_secret(self._folder / f"{mail.id}.json", json.dumps(mail.as_json(), ensure_ascii=False))
            for old in self._ids()[self._keep :]:
                (self._folder / f"{old}.json").unlink(missing_ok=True)
        return mail.id

    def all(self) -> list[dict[str, object]]:
        """Give all mails, the newest first."""
        return [mail for mail_id in self._ids() if (mail := self.get(mail_id))]

    def get(self, mail_id: str) -> dict[str, object] | None:
        """Give one mail; None: there is none with this id."""
        if not _ID.fullmatch(mail_id):
            return None
        try:
            mail: dict[str, object] = json.loads((self._folder / f"{mail_id}.json").read_text())
        except (FileNotFoundError, ValueError):
            return None
        return mail

    def clear(self) -> None:
        """Delete all mails."""
        with self._lock:
            for mail_id in self._ids():
                (self._folder / f"{mail_id}.json").unlink(missing_ok=True)

    def _ids(self) -> list[str]:
        return sorted((path.stem for path in self._folder.glob("*-*.json")), reverse=True)


def _read(message: EmailMessage, *, mail_id: str, sender: str, to: Sequence[str]) -> Mail:
    return Mail(
        id=mail_id,
        sender=str(message["from"] or sender),
        to=tuple(to),
        # A subject that begins on the second line, as long encoded ones do, is read with the blank of the fold.
        subject=str(message["subject"] or "").strip(),
        date=str(message["date"] or ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(
            part.get_filename() or part.get_content_type() for part in message.iter_attachments()
        ),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content()).replace("\r\n", "\n")
    except (LookupError, ValueError):  # an unknown character set
        return (part.get_payload(decode=True) or b"").decode(errors="replace")  # type: ignore[union-attr]
