# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Abilities one package asks of another without importing it, and who answers.

A package names its implementation in its spec (``ports={"Geocoder": "verbund.places.ports:geocoder"}``).
When nobody offers it, or the module that does is off, the caller gets None and does without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO, Literal, Protocol, runtime_checkable
from uuid import UUID

from django.db.models import QuerySet

from verbund.kernel import context, registry
from verbund.kernel.context import Municipality, Scope
from verbund.kernel.specs import ModuleSpec
from verbund.kernel.texts import LazyText


@dataclass(frozen=True, kw_only=True)
class CaseStatus:
    """What the sender of a case sees besides its timeline.

    ``question``: what the office wants to know from them, empty when nothing. ``url``: its public page, if there is one.
    """

    question: str = ""
    url: str = ""


# What is of no day, such as a bench, stands behind what is of one, and shows none.
TIMELESS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class LinkEnd:
    """An end of a link as one person may see it; ``may_change``: they may link it, not only read it."""

    title: str
    url: str
    state: str = ""
    may_change: bool = False


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """Something that can be found, naming nobody. Without ``public_url`` the office alone finds it.

    ``title`` is the same for both, so it holds only what everybody may read. ``at`` may be TIMELESS.
    """

    key: str
    title: str
    at: datetime
    public_text: str = ""
    public_url: str = ""
    staff_text: str = ""
    staff_url: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldRecord:
    """One thing that is kept of a person, in words they understand.

    ``reference`` is what both sides call it, ``subject`` and ``actor`` are its names in the audit record. ``fields`` are
    labels and values. ``kept_because``: the legal ground on which it stays although its person wants it erased;
    ``remains``: what stays of something that is erased, and why that is about nobody. ``count``: how many it stands for.
    """

    kind: LazyText
    reference: str = ""
    at: datetime | None = None
    fields: tuple[tuple[LazyText, str], ...] = ()
    subject: str = ""
    actor: str = ""
    kept_because: LazyText = ""
    remains: LazyText = ""
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class IncomingMessage:
    """A message of another municipality, opened and checked; ``at`` is the moment it was taken."""

    id: UUID
    sender: int
    sender_name: str
    kind: str
    body: Mapping[str, Any]
    in_reply_to: UUID | None
    sent_at: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True)
class UndeliveredMessage:
    """A message of ours that was given up; ``reason`` is a word for programs."""

    id: UUID
    receiver: int
    kind: str
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class News:
    """Something people may hear of by mail, in the official language and made of what everybody may read.

    ``state``: where it stands, in a word. Without a position (degrees, WGS 84) it concerns the whole municipality.
    ``path`` is its page on the municipality's host.
    """

    key: str
    title: str
    path: str
    state: str = ""
    text: str = ""
    position: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class StepContext:
    """What a lifecycle step works with.

    ``has_been_active``: it has served people, so that taking a step back must not destroy what they left;
    who does not know says yes.
    """

    municipality: Municipality
    at: datetime
    admin_email: str = ""
    requested_by: str = ""
    has_been_active: bool = True


@dataclass(frozen=True, kw_only=True)
class RekeyContext:
    """What a step of `rekey` works with, in the entered scope, which may be the association.

    ``progress`` tells people how far a long step is.
    """

    at: datetime
    progress: Callable[[str], None] = lambda _text: None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Why a municipality may not go active, and where that is mended."""

    code: str
    message: str
    url_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something the pages of a municipality's staff, or of the console, say at their top until it is settled.

    ``link`` and ``button`` are label and address; the button posts. ``order`` is its place among the others.
    """

    kind: Literal["info", "warning", "danger"]
    title: str
    text: str = ""
    link: tuple[str, str] | None = None
    button: tuple[str, str] | None = None
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """What a look of the Doctor found: ``at`` is the moment of the last success or of the trouble."""

    code: str
    level: Literal["ok", "warning", "error"]
    message: str
    at: datetime | None = None
    url_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class ArchiveFile:
    """One file of an archive: ``name`` is relative, with slashes, below the part's own folder."""

    name: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, kw_only=True)
class FoundAddress:
    """An address with its position in degrees (WGS 84); ``is_exact``: a house, not a whole street."""

    label: str
    lat: float
    lon: float
    is_exact: bool


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """What the competent archive sees of a record: nothing that says who sent it.

    ``subject`` stays as evidence after the deletion, so it names nobody. ``fields`` are labels and texts, ``files`` gives
    names and contents when they are wanted.
    """

    subject: str
    fields: tuple[tuple[LazyText, str], ...] = ()
    files: Callable[[], Iterable[tuple[str, bytes]]] = tuple


@runtime_checkable
class Keeping(Protocol):
    """What a RetentionRule names: which of its objects are over, and how some of them go."""

    def over(self, until: datetime) -> QuerySet[Any]:
        """Those closed by then that nothing waits for, each with its ``key`` (text) and ``closed_at``, oldest first."""
        ...

    def delete(self, rows: Sequence[Any], *, months: int, at: datetime) -> None:
        """Delete rows of ``over``, locked in the caller's transaction, with all that hangs on them and an audit row each."""
        ...


class Geocoder(Protocol):
    """The port `Geocoder`: from what people type to a place on the map, and back."""

    def find(self, text: str) -> list[FoundAddress]:
        """What may be meant, best first; empty when nothing fits."""
        ...

    def nearest(self, lat: float, lon: float, *, within_m: float = 250) -> FoundAddress | None:
        """The house nearest to a point, None when none is that near."""
        ...


def is_active(scope: Scope, module: str) -> bool:
    """Whether the module serves there. The association serves none."""
    return isinstance(scope, Municipality) and module in scope.modules


def port(name: str) -> object | None:
    """The implementation of a port for what is entered now, or None."""
    for spec in registry.all_specs():
        dotted = spec.ports.get(name)
        if dotted is None:
            continue
        if isinstance(spec, ModuleSpec) and not is_active(context.current(), spec.slug):
            continue
        return registry.load(dotted)
    return None
