# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""A run: the material in, every share and charge out, and a record that is the same bytes whenever it is made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from billing.allocation import canonical
from billing.allocation.charging import ChargeLine, charge
from billing.allocation.ground import Ground
from billing.allocation.keys import KeyVersion
from billing.allocation.material import Material
from billing.allocation.prices import PriceVersion
from billing.allocation.refusal import Refused
from billing.allocation.sharing import Share, share
from billing.allocation.versions import in_force
from verbund.kernel.msgids import gettext_noop

# Raised with every change to what comes out for the same input (docs/adr/0015).
ENGINE = "verbund-allocation/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came out, by cost centre or service, then by member; ``keys`` and ``prices`` are the versions that held."""

    material: Material
    keys: tuple[KeyVersion, ...]
    prices: tuple[PriceVersion, ...]
    shares: tuple[Share, ...]
    charges: tuple[ChargeLine, ...]
    engine: str = ENGINE

    @property
    def input_sha256(self) -> str:
        """The hash of everything that went in, in whatever order."""
        return canonical.sha256(canonical.plain(self.material, unordered=True))

    def record(self) -> bytes:
        """The run as canonical JSON: input, hash, engine, and every figure with its derivation."""
        given = canonical.plain(self.material, unordered=True)
        content: canonical.Json = {
            "engine": self.engine,
            "input": given,
            "input_sha256": canonical.sha256(given),
            "shares": canonical.plain(self.shares),
            "charges": canonical.plain(self.charges),
        }
        return canonical.text(content).encode() + b"\n"


def calculate(material: Material) -> Run:
    """Share every cost that was posted and price every service that was booked.

    Raises:
        Refused: something is missing, twice there or impossible; nothing is calculated then.
    """
    ground = Ground(material)
    totals: dict[str, int] = defaultdict(int)
    for posting in material.postings:
        totals[posting.cost_centre] += posting.cents
    centres = {centre.code: centre for centre in material.cost_centres}
    _check_centres(material, totals.keys() - centres.keys())
    keys: dict[str, KeyVersion] = {}
    shares: list[Share] = []
    for code in sorted(totals):
        centre = centres[code]
        key = keys.get(centre.key) or _key_of(material, centre.key)
        keys[centre.key] = key
        found = share(ground, centre, totals[code], key)
        if sum(item.cents for item in found) != totals[code]:
            message = f"the shares of {code} are not its cost"
            raise RuntimeError(message)
        shares.extend(found)
    prices = tuple(
        in_force(
            "prices", service, [item for item in material.prices if item.service == service], material.period
        )
        for service in sorted({item.service for item in material.prices})
    )
    return Run(
        material=material,
        keys=tuple(keys[key] for key in sorted(keys)),
        prices=prices,
        shares=tuple(shares),
        charges=tuple(line for item in prices for line in charge(ground, item)),
    )


def _key_of(material: Material, key: str) -> KeyVersion:
    return in_force("keys", key, [item for item in material.keys if item.key == key], material.period)


def _check_centres(material: Material, unknown: set[str]) -> None:
    if unknown:
        raise Refused(
            "cost_centre",
            gettext_noop(
                "Die Kostenstelle „%(code)s“ gibt es nicht. Legen Sie sie an oder buchen Sie auf eine andere."
            ),
            {"code": min(unknown)},
        )
    codes = [centre.code for centre in material.cost_centres]
    double = sorted(code for code in set(codes) if codes.count(code) > 1)
    if double:
        raise Refused(
            "cost_centre",
            gettext_noop("„%(name)s“ ist doppelt angegeben. Streichen Sie die falsche Angabe."),
            {"name": double[0]},
        )
