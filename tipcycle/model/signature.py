"""Did we write this text, and was it changed since? HMAC-SHA256 in unpadded base64url, 43 characters."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode


def sign(text: str, key: bytes) -> str:
    """The signature of `text` under `key`; the same for the same text."""
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def verify(text: str, signature: str, key: bytes) -> bool:
    """Whether `signature` is that of `text`; takes the same time wherever the two differ."""
    return hmac.compare_digest(sign(text, key).encode(), signature.encode())
