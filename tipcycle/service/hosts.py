"""Who can reach what listens on a host?"""

from __future__ import annotations

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether what listens on `host` is out of reach for every other machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
