"""Networks in which no listener sits (data centres), by address."""

from __future__ import annotations

import bisect
import ipaddress
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network

from pipeline.errors import LogError
from pipeline.messages import msg

Network = IPv4Network | IPv6Network


class Networks:
    """Networks, joined and sorted: an address is found by halving, also among tens of thousands."""

    def __init__(self, networks: Iterable[Network]) -> None:
        listed = tuple(networks)
        four = ipaddress.collapse_addresses(one for one in listed if isinstance(one, IPv4Network))
        six = ipaddress.collapse_addresses(one for one in listed if isinstance(one, IPv6Network))
        self._ranges = {4: _ranges(four), 6: _ranges(six)}

    def __bool__(self) -> bool:
        return any(self._ranges.values())

    def __contains__(self, ip: str) -> bool:
        try:
            address = ipaddress.ip_address(ip)
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        ranges = self._ranges[address.version]
        at = bisect.bisect_right(ranges, (int(address), 1 << 128))
        return bool(at) and int(address) <= ranges[at - 1][1]


def _ranges(joined: Iterable[Network]) -> list[tuple[int, int]]:
    return sorted((int(one.network_address), int(one.broadcast_address)) for one in joined)


def networks(text: str, where: str) -> Iterator[Network]:
    """The networks of a list: one a line (`192.0.2.0/24`), `#` begins a remark; else LogError."""
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        try:
            if said:
                yield ipaddress.ip_network(said, strict=False)
        except ValueError as error:
            raise LogError(
                msg("Line {number} is no network: {text}", number=number, text=said[:40]),
                where=where,
                hint=msg("A line holds one network, such as {example}.", example="192.0.2.0/24"),
            ) from error
