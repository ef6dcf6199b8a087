# SPDX-FileCopyrightText: 2026 Verbund contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a request comes from: the one answer for lockout, limits and sign-in, whatever headers somebody sends."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# A chain of proxies is short; nobody makes us read a long list.
_MOST_HOPS = 20
# A household or a firm has a whole IPv6 network of this size: each of its addresses would count anew.
_IPV6_PREFIX = 64
_PSEUDONYMS = 0xFD << 120  # fd00::/8, addresses that exist in no public network


def client_address(request: HttpRequest) -> str:
    """The visitor's network address, empty where the server names none.

    The header is read from its right end, as long as whoever wrote the next entry is a proxy of ours
    (VERBUND_TRUSTED_PROXIES); what a visitor wrote to the left of that counts for nothing.
    """
    peer = _parsed(str(request.META.get("REMOTE_ADDR", "")))
    if peer is None:
        return ""
    trusted = settings.VERBUND.trusted_proxies
    if not _is_among(peer, trusted):
        return str(peer)
    nearest = peer
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rsplit(",", _MOST_HOPS)[-_MOST_HOPS:]
    for entry in reversed(hops):
        hop = _parsed(entry.strip())
        if hop is None:
            break
        nearest = hop
        if not _is_among(hop, trusted):
            break
    return str(nearest)


def client_pseudonym(request: HttpRequest) -> str:
    """A keyed hash of the visitor's address (IPv6: of the network) in the form of an address; for whatever is stored."""
    address = client_address(request)
    if ":" in address:
        address = str(ipaddress.ip_network(f"{address}/{_IPV6_PREFIX}", strict=False).network_address)
    digest = salted_hmac("verbund.web.clients", address, algorithm="sha256").digest()
    return str(ipaddress.IPv6Address(_PSEUDONYMS | int.from_bytes(digest[:15], "big")))


class ForwardedScheme:
    """Only a proxy of ours may say that the visitor came by TLS; where none is named, nobody may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer = _parsed(str(request.META.get("REMOTE_ADDR", "")))
        if peer is None or not _is_among(peer, settings.VERBUND.trusted_proxies):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return self.get_response(request)


def _is_among(address: Address, networks: Collection[Network]) -> bool:
    return any(address in network for network in networks)


def _parsed(text: str) -> Address | None:
    """An address as servers and proxies write it: also with a port, in brackets, or IPv4 inside IPv6."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
