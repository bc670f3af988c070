"""What comes back from the web: an object that you ask questions. Failures are values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchError:
    """Why there is no body to read.

    `code` is one of bad_url, scheme, dns, tls, connection, timeout, address_refused, too_large, encoding,
    redirect_loop, too_many_redirects, robots, http_<status>; what reads the body adds empty, not_a_feed,
    challenge, login, paywall, xml_entities and the like. `detail` is for the log.
    """

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    status: int
    url: str  # where it led

    @property
    def permanent(self) -> bool:
        """301 and 308 speak of the future; 302, 303 and 307 of this one request."""
        return self.status in _PERMANENT


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """One GET with its redirects. `headers` are those of the last answer, names in lower case; `body`
    is decompressed. `status` is 0 where nobody answered.
    """

    url: str
    final_url: str
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    redirects: tuple[Redirect, ...] = ()
    error: FetchError | None = None

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def not_modified(self) -> bool:
        return self.status == 304 and self.error is None

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def permanent_url(self) -> str | None:
        """Where permanent redirects alone have led, up to the first temporary one; None where nowhere."""
        target = None
        for redirect in self.redirects:
            if not redirect.permanent:
                break
            target = redirect.url
        return target
