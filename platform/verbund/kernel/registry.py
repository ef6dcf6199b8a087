# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds every package and module by its folder; nothing lists them by hand."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.module_loading import import_string

from verbund.kernel.specs import AppScope, InvalidSpec, Meter, ModuleSpec, PackageSpec

__all__ = ["all_specs", "apps", "commands", "load", "meters", "module", "modules", "packages"]

_ROOT = Path(__file__).resolve().parent.parent
# The kernel is what specs are made of, config composes, embedded only starts child processes.
_WITHOUT_SPEC = frozenset({"kernel", "config", "embedded", "modules"})
_TOP_LEVEL = ("tenants", "billing")


def _folders(parent: Path) -> Iterator[str]:
    for folder in sorted(parent.iterdir()):
        if (folder / "__init__.py").exists():
            yield folder.name


def _spec(dotted: str, attribute: str, kind: type[PackageSpec]) -> PackageSpec:
    try:
        loaded = importlib.import_module(dotted)
    except ModuleNotFoundError as error:
        if error.name == dotted:
            raise InvalidSpec(f"{dotted} fehlt: jeder Ordner braucht seine Beschreibung.") from error
        raise
    spec = getattr(loaded, attribute, None)
    if type(spec) is not kind:
        raise InvalidSpec(f"{dotted} braucht {attribute} = {kind.__name__}(...).")
    return spec


@cache
def packages() -> tuple[PackageSpec, ...]:
    """The specs of every platform package, of tenants and of billing.

    Raises:
        InvalidSpec: a folder has none.
    """
    names = [f"verbund.{name}" for name in _folders(_ROOT) if name not in _WITHOUT_SPEC]
    return tuple(_spec(f"{name}.package", "PACKAGE", PackageSpec) for name in (*names, *_TOP_LEVEL))


@cache
def modules() -> tuple[ModuleSpec, ...]:
    """The specs of every service module.

    Raises:
        InvalidSpec: a folder has none, or its slug is not the folder's name.
    """
    found = []
    for name in _folders(_ROOT / "modules"):
        spec = _spec(f"verbund.modules.{name}.module", "MODULE", ModuleSpec)
        if not isinstance(spec, ModuleSpec) or spec.slug != name:
            raise InvalidSpec(f"verbund.modules.{name}: slug muss {name} heißen.")
        found.append(spec)
    return tuple(found)


def module(slug: str) -> ModuleSpec | None:
    """The module of that name, if there is one."""
    return next((spec for spec in modules() if spec.slug == slug), None)


@cache
def all_specs() -> tuple[PackageSpec, ...]:
    """Packages first, then modules, each in the order of their names."""
    return (*packages(), *modules())


def apps(*scopes: AppScope) -> list[str]:
    """Dotted names of the Django apps whose tables stand in one of those schemas."""
    return [app.name for spec in all_specs() for app in spec.apps if app.scope in scopes]


@cache
def meters() -> dict[str, Meter]:
    """Every meter by its slug.

    Raises:
        InvalidSpec: two packages declare the same one.
    """
    found: dict[str, Meter] = {}
    for spec in all_specs():
        for meter in spec.meters:
            if meter.slug in found:
                raise InvalidSpec(f"Zähler {meter.slug} ist doppelt vergeben.")
            found[meter.slug] = meter
    return found


@cache
def commands() -> dict[str, str]:
    """What adds each command of the command line, by the command's name, in the order of the packages.

    Raises:
        InvalidSpec: two packages declare the same one.
    """
    found: dict[str, str] = {}
    for spec in all_specs():
        for name, dotted in spec.commands.items():
            if name in found:
                raise InvalidSpec(f"Befehl {name} ist doppelt vergeben.")
            found[name] = dotted
    return found


@cache
def load(dotted: str) -> object:
    """The object a spec names; ``package.module:name`` or ``package.module.name``."""
    return import_string(dotted.replace(":", "."))
