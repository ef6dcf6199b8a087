# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs the services and the processes of the application, and brings back whatever dies."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Self

from verbund.embedded.errors import EmbeddedError
from verbund.embedded.process import Child, minimal_environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType, TracebackType

    from verbund.embedded.installation import Installation

Kind = Literal["started", "died", "restarted", "stopping", "stopped"]

Handler = Callable[[int, "FrameType | None"], object] | int | None

_POLL: Final = 0.1
_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 15.0
# Who ran this long was well: the next death counts as the first.
_WELL_AFTER: Final = 30.0


@dataclass(frozen=True)
class Application:
    """A process of the application: its arguments, and what its environment holds beside the minimum."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: str = "."


@dataclass(frozen=True)
class Event:
    """Something a user interface may show; ``detail`` is for people."""

    name: str
    kind: Kind
    detail: str = ""


@dataclass
class _Watched:
    child: Child
    started_at: float
    deaths: int = 0
    next_start: float | None = None


@dataclass
class Supervisor:
    """Starts an installation and applications, watches them until told to end, and stops all in order.

    A process that dies is started again after a pause that doubles each time; one that dies more than
    ``patience`` times in a row ends everything, so that nobody waits for what cannot work.
    """

    installation: Installation
    applications: Sequence[Application] = ()
    on_event: Callable[[Event], None] = lambda event: None  # noqa: ARG005
    patience: int = 8
    _watched: dict[str, _Watched] = field(default_factory=dict, init=False)
    _services: dict[str, _Watched] = field(default_factory=dict, init=False)
    _is_ending: bool = field(default=False, init=False)
    _handlers: dict[signal.Signals, Handler] = field(default_factory=dict, init=False)

    def start(self) -> None:
        """Start the services, wait until they are ready, then start the applications.

        Raises:
            EmbeddedError: a service does not start, or another supervisor uses the data; nothing is left running.
        """
        self._take_signals()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        self.installation.start()
        now = time.monotonic()
        self._services = {name: _Watched(child, now) for name, child in self.installation.children().items()}
        for name in self._services:
            self.on_event(Event(name, "started"))
        for application in self.applications:
            self.add(application)

    def add(self, application: Application) -> None:
        """Start one more application and watch it from now on."""
        installation = self.installation
        child = Child(
            application.name,
            application.argv,
            run=installation.data / "run",
            log=installation.logs / f"{application.name}.log",
            mark=" ".join(application.argv[1:]) or application.argv[0],
            env=minimal_environment(**application.env),
            cwd=application.cwd,
        )
        child.start()
        self._watched[application.name] = _Watched(child, time.monotonic())
        self.on_event(Event(application.name, "started"))

    def run(self) -> None:
        """Watch until Ctrl-C, SIGTERM, SIGHUP or ``request_stop``, then stop everything.

        Raises:
            EmbeddedError: a process cannot be kept alive; everything has been stopped.
        """
        try:
            while not self._is_ending:
                self.check()
                time.sleep(_POLL)
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()

    def request_stop(self) -> None:
        """Let ``run`` end; may be called from a signal handler or another thread."""
        self._is_ending = True

    def check(self) -> None:
        """Look once after every process and start again what died and has waited long enough.

        Raises:
            EmbeddedError: a process died too often.
        """
        for name, watched in self._services.items():
            watched.child = self.installation.children().get(name, watched.child)
            self._look_after(name, watched, lambda name=name: self.installation.restart(name))  # type: ignore[misc]
        for name, watched in self._watched.items():
            self._look_after(name, watched, watched.child.start)

    def _look_after(self, name: str, watched: _Watched, start: Callable[[], None]) -> None:
        now = time.monotonic()
        if watched.child.is_running:
            return
        if watched.next_start is None:
            watched.deaths = 1 if now - watched.started_at > _WELL_AFTER else watched.deaths + 1
            self.on_event(Event(name, "died", str(watched.child.failure())))
            if watched.deaths > self.patience:
                raise watched.child.failure()
            pause = min(_FIRST_PAUSE * 2 ** (watched.deaths - 1), _LONGEST_PAUSE)
            watched.next_start = now + pause
        elif now >= watched.next_start:
            watched.next_start, watched.started_at = None, now
            try:
                start()
            except EmbeddedError as error:
                self.on_event(Event(name, "died", str(error)))
            else:
                self.on_event(Event(name, "restarted"))

    def stop(self) -> None:
        """Stop the applications, then the services; safe to repeat, and no second Ctrl-C disturbs it."""
        for number in self._handlers:
            signal.signal(number, signal.SIG_IGN)
        for name, watched in self._watched.items():
            self.on_event(Event(name, "stopping"))
            watched.child.ask_to_stop()
        for name, watched in self._watched.items():
            watched.child.stop(timeout=20)
            self.on_event(Event(name, "stopped"))
        self._watched.clear()
        self.installation.stop()
        for name in self._services:
            self.on_event(Event(name, "stopped"))
        self._services.clear()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()

    def _take_signals(self) -> None:
        """Let SIGTERM and SIGHUP interrupt like Ctrl-C from now on, also what the caller does meanwhile."""
        if threading.current_thread() is not threading.main_thread():
            return  # only the main thread may; there, Ctrl-C is somebody else's business too
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._handlers.setdefault(number, signal.signal(number, signal.default_int_handler))

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()
