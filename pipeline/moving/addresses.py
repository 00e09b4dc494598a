"""Which addresses of the web may be fetched: http and https, and hosts that everybody can reach."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from pipeline.errors import FetchError
from pipeline.messages import msg

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: scheme, host (ASCII), port, path with query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The `Host` header (RFC 9110 § 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target(address: str) -> Target:
    """An address that may be asked for; FetchError for any other scheme, and for what is no address."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError) as error:
        raise FetchError(msg("This is no web address."), where=address) from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise FetchError(msg("Only http and https are fetched."), where=address)
    if not host or any(letter.isspace() for letter in host):
        raise FetchError(msg("This is no web address."), where=address)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return Target(scheme, host, port or _PORTS[scheme], f"{path}?{query}" if query else path)


def written(address: str) -> str:
    """An address of the web in ASCII, as feeds have to write it (RFC 3986); "" for anything else."""
    try:
        one = target(address)
        fragment = urlsplit(address.strip()).fragment
    except FetchError:
        return ""
    return f"{one.scheme}://{one.authority}{one.path}" + (f"#{quote(fragment)}" if fragment else "")


def joined(base: str, address: str) -> str:
    """Where a redirect or a relative address leads; FetchError for what is no address."""
    try:
        return urljoin(base, address.strip())
    except ValueError as error:
        raise FetchError(msg("This is no web address."), where=address) from error


def is_public(written: str) -> bool:
    """Whether an IP address can be reached by everybody, whatever form it is written in.

    Not: the machine itself, its network, link-local, reserved and multicast addresses (IANA's special-purpose
    registries), nor any of these inside an IPv6 address (mapped, 6to4, Teredo, NAT64).
    """
    try:
        address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in (address, *_inside(address)))


def _inside(address: _Ip) -> tuple[_Ip, ...]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    found: list[_Ip | None] = [address.ipv4_mapped, address.sixtofour]
    found += list(address.teredo or ())
    found += [last] if address in _NAT64 or int(address) >> 32 == 0 else []
    return tuple(one for one in found if one is not None)
