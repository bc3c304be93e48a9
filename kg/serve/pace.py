"""How many requests each address may send: a bucket that is emptied by them and fills again."""

from __future__ import annotations

import math
from collections import OrderedDict
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from kg.serve.problem import Refused

_AT_ONCE: Final = 10  # seconds' worth that may come at once
_MOST_ADDRESSES: Final = 10_000
_NETWORK: Final = 64  # bits of an IPv6 address: whoever has one has all that begin alike


class Pace:
    """Refuses whoever sends too much, and says when to come again; this machine has no limit.

    Args:
        rate: requests a second of one address, ten times as many at once; 0 for no limit.
    """

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._most = rate * _AT_ONCE
        # What each may still send, and when that was so; whoever came last is last.
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, address: str, now: float) -> None:
        """Count a request.

        Raises:
            Refused: there were too many.
        """
        who = _owner(address) if self._rate else None
        if who is None:
            return
        left, since = self._left.pop(who, (self._most, now))
        left = min(self._most, left + (now - since) * self._rate)
        allowed = left >= 1
        self._left[who] = (left - allowed, now)
        if len(self._left) > _MOST_ADDRESSES:
            self._left.popitem(last=False)
        if not allowed:
            wait = math.ceil((1 - left) / self._rate)
            detail = f"too many requests from this address: try again in {wait} s"
            raise Refused(429, detail, {"Retry-After": str(wait)})


def _owner(address: str) -> str | None:
    """Whoever an address belongs to; None for this machine."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return address[:_NETWORK]
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        if mapped is None and not found.is_loopback:
            return str(IPv6Network((found, _NETWORK), strict=False))
        found = mapped or found
    return None if found.is_loopback else str(found)
