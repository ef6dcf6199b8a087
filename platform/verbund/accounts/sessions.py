# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""The session engine: rows in the schema at work, named by a hash, bound to their scope, ended when idle."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from typing_extensions import override

from verbund.kernel import clock, context
from verbund.kernel.context import Municipality

SCOPE = "scope"
DEVICE = "device"
STAFF_IDLE = timedelta(hours=8)
ASSOCIATION_IDLE = timedelta(minutes=30)
# Also a session that is used all the time ends; people sign in at least once a day.
LONGEST = timedelta(hours=24)
_TOUCH = timedelta(minutes=1)
_PERSON_KEY = "_auth_user_id"


def idle_time() -> timedelta:
    """How long a session of the entered scope lives without use."""
    return STAFF_IDLE if isinstance(context.current(), Municipality) else ASSOCIATION_IDLE


def hashed(session_key: str) -> str:
    """What a cookie's value is called in the database: whoever reads the table can enter nothing."""
    return sha256(session_key.encode()).hexdigest()


class SessionStore(SessionBase):
    """Django's session interface over accounts.Session.

    A payload that was written in another scope is deleted and answered with an empty session.
    """

    key_salt = "verbund.accounts.sessions"

    @classmethod
    def get_model_class(cls) -> Any:
        from verbund.accounts.models import Session  # noqa: PLC0415 (read before the app registry is ready)

        return Session

    @override
    def load(self) -> dict[str, Any]:
        now = clock.now()
        row = (
            self.get_model_class()
            .objects.filter(
                session_key=hashed(self.session_key or ""), expire_date__gt=now, created_at__gt=now - LONGEST
            )
            .first()
        )
        payload: dict[str, Any] = self.decode(row.session_data) if row else {}
        if row is None or payload.get(SCOPE) != context.current().key:
            if row is not None:
                row.delete()
            self._session_key = None
            return {}
        self._touch(row, now)
        return payload

    @override
    def exists(self, session_key: str) -> bool:
        return bool(self.get_model_class().objects.filter(session_key=hashed(session_key)).exists())

    @override
    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # not in the stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    @override
    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        payload = {**self._get_session(no_load=must_create), SCOPE: context.current().key}  # type: ignore[attr-defined]
        now = clock.now()
        values = {
            "session_data": self.encode(payload),
            "expire_date": now + idle_time(),
            "last_seen_at": now,
            "person_id": _person_of(payload),
            "device": str(payload.get(DEVICE, ""))[:80],
        }
        rows = self.get_model_class().objects
        if must_create:
            try:
                with transaction.atomic():
                    rows.create(session_key=hashed(self.session_key), created_at=now, **values)
            except IntegrityError as error:
                raise CreateError from error
        elif not rows.filter(session_key=hashed(self.session_key)).update(**values):
            # Ended by somebody else while this request ran: it must not come to life again.
            raise UpdateError

    @override
    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            self.get_model_class().objects.filter(session_key=hashed(key)).delete()

    @override
    def get_expiry_age(self, **kwargs: Any) -> int:
        return int(idle_time().total_seconds())

    @override
    def get_expiry_date(self, **kwargs: Any) -> datetime:
        return clock.now() + idle_time()

    @override
    def get_expire_at_browser_close(self) -> bool:
        return True

    @classmethod
    @override
    def clear_expired(cls) -> None:
        now = clock.now()
        rows = cls.get_model_class().objects
        rows.filter(expire_date__lte=now).delete()
        rows.filter(created_at__lte=now - LONGEST).delete()

    def _touch(self, row: Any, now: datetime) -> None:
        """Note the use, at most once a minute."""
        if now - row.last_seen_at >= _TOUCH:
            self.get_model_class().objects.filter(pk=row.pk).update(
                last_seen_at=now, expire_date=now + idle_time()
            )


def _person_of(payload: dict[str, Any]) -> int | None:
    value = payload.get(_PERSON_KEY)
    return int(value) if value is not None else None
