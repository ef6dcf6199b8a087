# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose data is being worked on: the municipality or the association, never both, never by accident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from typing_extensions import override

from verbund.kernel.errors import DomainError

Kind = Literal["gemeinde", "stadt", "amt"]
# How the slugs of the two municipalities begin that the proof of isolation makes and removes.
PROOF_SLUG = "nachweis-"


class NoContext(DomainError):
    """Data was asked for while neither a municipality nor the association was entered."""

    code = "no_context"
    status = 500
    message = "Es ist keine Kommune gewählt."


class CrossTenant(DomainError):
    """A second municipality was entered from within another one."""

    code = "cross_tenant"
    status = 500
    message = "Ein Vorgang darf nur eine Kommune betreffen."


@dataclass(frozen=True, slots=True)
class Body:
    """A Körperschaft that a municipality's administration serves; an Amt serves several."""

    ags: str
    ars: str
    name: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """A member of the association as one request or task sees it: immutable, made by `tenants`.

    ``number`` never changes and names everything outside the registry; slug, name and hosts may change.
    ``origin`` is the key its data were first made under, where they came out of an archive, and ``restored_at``
    when that was: what waited for the world then, such as mail, is the origin's business.
    """

    number: int
    slug: str
    name: str
    kind: Kind
    hosts: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    modules: frozenset[str] = frozenset()
    theme: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    profile: str = "standard"
    origin: str = ""
    restored_at: datetime | None = None

    @property
    def bound_to(self) -> str:
        """The name inside its ciphertexts: it travels with the data, unlike the key."""
        return self.origin or self.key

    @property
    def first_number(self) -> int:
        """The number its data were first made under: a copy looks like its origin."""
        return int(self.bound_to.removeprefix("m_"))

    @property
    def is_of_proof(self) -> bool:
        """Made for the proof of isolation: nobody lives there."""
        return self.slug.startswith(PROOF_SLUG)

    @property
    def key(self) -> str:
        """Name of schema, database role, Vault path, transit key and storage prefix."""
        return municipality_key(self.number)

    @property
    def display_name(self) -> str:
        """The name as people write it: `Stadt Luckau`, `Gemeinde Heideblick`, `Amt Dahme/Mark`."""
        prefix = {"gemeinde": "Gemeinde", "stadt": "Stadt", "amt": "Amt"}[self.kind]
        return self.name if self.name.startswith(prefix) else f"{prefix} {self.name}"


@dataclass(frozen=True, slots=True)
class Association:
    """The association itself: registry of municipalities, usage, its own accounts."""

    key: str = "association"

    @property
    def bound_to(self) -> str:
        """The name inside its ciphertexts."""
        return self.key


ASSOCIATION = Association()
Scope = Municipality | Association

_scope: ContextVar[Scope | None] = ContextVar("verbund_scope", default=None)
# Kept while the association is entered from within a municipality: the way back leads there and nowhere else.
_municipality: ContextVar[int | None] = ContextVar("verbund_municipality", default=None)
_request_id: ContextVar[str] = ContextVar("verbund_request_id", default="")

# What is entered now, or None: only for code that works without data, such as logging. Asked at every statement,
# so it is the variable's own method and no function around it.
current_or_none = _scope.get


@lru_cache(maxsize=4096)  # asked at every statement
def municipality_key(number: int) -> str:
    """`m_000042` for 42."""
    return f"m_{number:06d}"


def current() -> Scope:
    """What is entered now.

    Raises:
        NoContext: nothing is.
    """
    scope = _scope.get()
    if scope is None:
        raise NoContext
    return scope


def current_municipality() -> Municipality:
    """The municipality that is entered now.

    Raises:
        NoContext: nothing or the association is entered.
    """
    scope = _scope.get()
    if not isinstance(scope, Municipality):
        raise NoContext
    return scope


class _Entered(AbstractContextManager[Municipality]):
    """One stay in one municipality; a class, because every request makes one and a generator takes twice as long."""

    __slots__ = ("_municipality", "_scope_before", "_whose_before")

    def __init__(self, municipality: Municipality) -> None:
        self._municipality = municipality
        self._scope_before: Token[Scope | None] | None = None

    @override
    def __enter__(self) -> Municipality:
        municipality = self._municipality
        if self._scope_before is not None:
            raise RuntimeError("A stay is entered once; ask for another one.")
        if _municipality.get() not in {None, municipality.number}:
            raise CrossTenant
        self._whose_before = _municipality.set(municipality.number)
        self._scope_before = _scope.set(municipality)
        return municipality

    @override
    def __exit__(self, *_raised: object) -> None:
        if self._scope_before is not None:
            _scope.reset(self._scope_before)
            _municipality.reset(self._whose_before)


def enter(municipality: Municipality) -> AbstractContextManager[Municipality]:
    """Work on one municipality's data until the block ends.

    Raises:
        CrossTenant: another municipality is entered already, also when the association was entered since.
    """
    return _Entered(municipality)


@contextmanager
def enter_association() -> Iterator[Association]:
    """Work on the association's own data until the block ends."""
    token = _scope.set(ASSOCIATION)
    try:
        yield ASSOCIATION
    finally:
        _scope.reset(token)


@contextmanager
def leave() -> Iterator[None]:
    """Enter nothing until the block ends: for work on structures, which are nobody's data."""
    token = _scope.set(None)
    try:
        yield
    finally:
        _scope.reset(token)


def request_id() -> str:
    """The id of the request or task at work; empty outside of both."""
    return _request_id.get()


@contextmanager
def request(identifier: str) -> Iterator[None]:
    """Name the request or task at work, for log lines and audit rows."""
    token = _request_id.set(identifier)
    try:
        yield
    finally:
        _request_id.reset(token)
