# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a package shows what its rightful owner may do, so that the proof of isolation can try it as everybody else.

A package names `probes` in its spec: a mapping from `METHOD route` (`GET defects-staff:report`) to a function that
makes an object in the entered scope, with the stage's canary in every text, and says how its owner asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from verbund.kernel.context import Scope

T = TypeVar("T")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file in the data of an Ask; built anew for each request."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request that its rightful owner may make.

    ``role``: who asks, signed in; empty for anybody. ``session``: the cookie of a browser that has come so far,
    instead of one signed in anew. ``shows``: the answer holds the canary. ``is_common``: what the path names belongs
    to nobody (a tile, a kind of page), so that it may exist elsewhere too. ``opens``: the body carries a secret of the
    owner. ``tells_association``: the one action that this request of the owner, and no other, also leaves in the
    association's record, where the association is party to it. ``refused_with``: more statuses that say no there. ``writes``: the change leaves a row in the audit record.
    ``status``: what the owner gets; 0 for anything that is no refusal.
    """

    path: str
    role: str = ""
    session: str = ""
    data: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    is_json: bool = False
    headers: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    shows: bool = False
    is_common: bool = False
    opens: bool = False
    refused_with: tuple[int, ...] = ()
    writes: bool = True
    tells_association: str = ""
    status: int = 0


@dataclass(frozen=True, kw_only=True)
class Run:
    """A command as it is run for one municipality; ``arguments`` may hold `{slug}`, `{month}` and `{folder}`.

    The folder is empty before the first command and stays until the last, in the order of the help.
    """

    arguments: tuple[str, ...]


@dataclass
class Stage:
    """A scope that is entered, with the word that marks everything made in it.

    ``person`` gives somebody of a role (always the same one), ``session`` the cookie of a person who signed in just now,
    ``browser`` a browser without a session on the scope's host.
    """

    scope: Scope
    host: str
    canary: str
    person: Callable[[str], Any]
    session: Callable[[Any], str]
    browser: Callable[[], Any]
    _kept: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[Stage], T]) -> T:
        """What ``make`` returned the first time, for probes that only look."""
        if name not in self._kept:
            self._kept[name] = make(self)
        found: T = self._kept[name]
        return found

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """What is made once within the block is made anew after it."""
        kept = dict(self._kept)
        try:
            yield
        finally:
            self._kept = kept


Probe = Callable[[Stage], Ask]
Probes = Mapping[str, Probe]


@dataclass(frozen=True)
class Rehearsed:
    """A probe whose owner really carries it out, in a transaction that is taken back when everybody has asked.

    For what a worker would begin with at once, and for what real people would read: what the probe makes and what
    its requests write is never seen by another connection.
    """

    probe: Probe

    def __call__(self, stage: Stage) -> Ask:
        return self.probe(stage)
