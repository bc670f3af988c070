"""The one guarded HTTP client, and what it gives back."""

from adapters.http.addresses import AddressRefusedError, AllowPrivate, is_public
from adapters.http.client import GuardedClient, Limits
from adapters.http.result import FetchError, FetchResult, Redirect

__all__ = [
    "AddressRefusedError",
    "AllowPrivate",
    "FetchError",
    "FetchResult",
    "GuardedClient",
    "Limits",
    "Redirect",
    "is_public",
]
