"""No other site may act in a trainer's name. Judged by what every browser says of a request, not by tokens in forms.

After Filippo Valsorda, https://words.filippo.io/csrf/: `Sec-Fetch-Site` where the browser sends it, else `Origin`.
The cookie is SameSite=Strict besides. A request that changes something and names neither comes from no browser page.
"""

from __future__ import annotations

from typing import Mapping, Optional
from urllib.parse import urlsplit

from naast.settings import LOOPBACK

SAFE = ("GET", "HEAD", "OPTIONS")


def is_own(method: str, headers: Mapping[str, str], url: str) -> bool:
    """True when a request may act: it only reads, or one of our own pages sent it."""
    if method in SAFE:
        return True
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None and origin != url:
        return False
    if site is not None:
        return site == "same-origin"
    return origin == url


def other_name(method: str, headers: Mapping[str, str], url: str) -> Optional[str]:
    """The address of the desk, where somebody on this machine reads it under another name of the same machine: with
    `localhost` in the address for `127.0.0.1` the login would come from another origin, and be refused. Else None."""
    own, asked = urlsplit(url), urlsplit(f"//{headers.get('host', '')}")
    try:
        same_port = asked.port == own.port
    except ValueError:
        return None
    here = asked.hostname in LOOPBACK and own.hostname in LOOPBACK and same_port
    return url if method in ("GET", "HEAD") and here and asked.hostname != own.hostname else None
