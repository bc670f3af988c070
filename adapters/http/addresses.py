"""Which addresses may be connected to. The check sees the address of the very socket about to be
opened, so that no name, redirect or rebinding can lead round it.
"""

import socket
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, TypeAlias

# `True` allows every address; a set allows exactly these (address, port) pairs besides public ones.
AllowPrivate: TypeAlias = bool | frozenset[tuple[str, int]]

_V4_IN_LAST_32_BITS = tuple(
    IPv6Network(network) for network in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")
)
_6TO4 = IPv6Network("2002::/16")
# Special-purpose blocks that older Pythons count as global, and tunnels whose other end nobody can tell.
_NEVER = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "64:ff9b:1::/48",
        "2001::/23",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


class AddressRefusedError(OSError):
    """The name led to an address that is not public. Says no address: it is nobody's business whether
    a private host exists."""

    def __init__(self) -> None:
        super().__init__("address refused")


@lru_cache(maxsize=4096)
def is_public(address: str) -> bool:
    """Whether this literal address is one of the public internet. What cannot be read is not."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    inner = _embedded(ip) if isinstance(ip, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    if any(ip.version == network.version and ip in network for network in _NEVER):
        return False
    return ip.is_global and not ip.is_multicast


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one carries (mapped, compatible, translated, NAT64, 6to4)."""
    if any(ip in network for network in _V4_IN_LAST_32_BITS):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _6TO4:
        return IPv4Address(int(ip) >> 80 & 0xFFFFFFFF)
    return None


def is_allowed(address: str, port: int, allow: AllowPrivate) -> bool:
    """Whether `address` (a literal) and `port` may be connected to under the setting `allow`."""
    if allow is True or is_public(address):
        return True
    return isinstance(allow, frozenset) and (address, port) in allow


def guarded_sockets(allow: AllowPrivate) -> Callable[[Any], socket.socket]:
    """A socket factory for aiohttp's connector: it is called with each resolved address right before
    the connection is made, literal addresses included.

    Raises: AddressRefusedError, which aiohttp reports as a failed connection.
    """

    def open_socket(address_info: Any) -> socket.socket:
        family, kind, protocol, _, address = address_info
        if not is_allowed(str(address[0]), int(address[1]), allow):
            raise AddressRefusedError
        return socket.socket(family=family, type=kind, proto=protocol)

    return open_socket
