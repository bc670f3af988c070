"""One address for one page: what differs between a link and its copy is taken away."""

import re
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    unquote_to_bytes,
    urlencode,
    urljoin,
    urlsplit,
)

_TRACKING = re.compile(
    r"(?:utm_.*|at_(?:medium|campaign|link_.*|format|ptr_name|bbc_team|custom\d*|creation|variation)"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|mibextid"
    r"|mc_(?:cid|eid)|mkt_tok|_ga|_gl|_hs(?:enc|mi)|hs(?:_email|Ctatracking)|oly_(?:anon|enc)_id|vero_.*"
    r"|wt[._]mc|xtor|ref_src|ref_url|rss_id|maca|ocid|cmpid|cmp|ns_(?:campaign|mchannel|source|linkname|fee)"
    r"|traffic_source|spm|guccounter|guce_.*|feature|taid|smid|ftcamp|srnd|sfnsn|__twitter_impression"
    r"|amp|amp_.*|outputtype|fb_.*|action_(?:object|type|ref)_.*|wprov)",
    re.I,
)
_AMP_VALUES = {
    ("output", "amp"),
    ("type", "amp"),
    ("view", "amp"),
    ("source", "rss"),
    ("ref", "rss"),
    ("from", "rss"),
}
_UNRESERVED = "-._~"
# Most links need no taking apart: a plain host, and a path in which letters beyond ASCII alone are escaped.
_PLAIN = re.compile(
    r"(https?://(?!m\.|mobile\.|amp\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+)"
    r"(/(?:[A-Za-z0-9/_~!$&'()*+,;=:@.-]++|(?:%[89A-Fa-f][0-9A-Fa-f])++)*+)"
)
_ESCAPED = re.compile("(?:%[0-9A-Fa-f]{2})+")
_UNSEEN = " \u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_LINE_BREAK = re.compile(r"\s*[\r\n\t]\s*")
_SCHEMES = re.compile(r"^(?:https?:/+)*(https?):/+", re.I)
_MISTYPED = re.compile(rf"[\r\n\t\\]|^[{_UNSEEN}]|[{_UNSEEN}]$|^https?:/(?:[^/]|/https?:|//)", re.I)
_FRONT_PAGE = re.compile(
    r"https?://[^/?#]*/?(?:(?:ar|en|fr|arabic)/?)?(?:(?:index|default|home)\.(?:html?|php|aspx?))?", re.I
)
_ROUTE = re.compile(r"!?/.|!.")  # behind the hash: the page itself, at sites that are one program
_KEPT_IN_PATH = "!$&'()*+,;=:@/-._~"
_KEPT_IN_QUERY = "".join(map(chr, range(128)))
_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str, base: str = "") -> str:
    """The address by which a page is known: scheme and host in lower case, no default port, no fragment but one
    that is a route (`#!/news/1`), no tracking parameters, percent signs in one form, mobile and AMP copies led back
    to the page. `base` resolves a relative address. What is not http or https comes back stripped only, what is no
    address at all (a broken host or port) empty.
    """
    url = url.strip()
    try:
        at_once = _at_once(url)
        if at_once:
            return at_once
        if _MISTYPED.search(url):
            url = _typed_right(url)
        return _taken_apart(_joined(base, url) if base else url)
    except ValueError:
        return ""


def is_front_page(url: str) -> bool:
    """Whether `url` is the root of a site, or of its Arabic or other edition: no article is there."""
    return _FRONT_PAGE.fullmatch(url) is not None


def _typed_right(url: str) -> str:
    """As a browser takes it: no marks of direction around it, no line break in it, slashes for backslashes, and one
    scheme with both slashes.
    """
    url = _LINE_BREAK.sub("", url).strip(_UNSEEN)
    address, mark, query = url.partition("?")
    address = address.replace("\\", "/")
    return _SCHEMES.sub(r"\1://", address) + mark + query


def _joined(base: str, url: str) -> str:
    """A host without its scheme is no path: `www.a.example/x`, or the base's own host again."""
    first = url.partition("/")[0].lower().removeprefix("www.")
    home = (urlsplit(base).hostname or "").removeprefix("www.")
    if "." in first and (first == home or url.lower().startswith("www.")):
        url = f"//{url}"
    return urljoin(base, url)


def _at_once(url: str) -> str | None:
    """What `_taken_apart` would give, for the common kind of address; None for all others."""
    page, mark, query = url.partition("?")
    plain = _PLAIN.fullmatch(page)
    if plain is None or "amp" in plain[2] or "/." in plain[2] or "ampproject" in plain[1] or "#" in query:
        return None
    path = _ESCAPED.sub(lambda run: run[0].upper(), plain[2]) if "%" in plain[2] else plain[2]
    kept = _query(query) if mark else ""
    return f"{plain[1]}{path}?{kept}" if kept else plain[1] + path


def _taken_apart(url: str) -> str:
    parts = urlsplit(url)
    port = parts.port
    host = parts.hostname
    if parts.scheme not in _PORTS or not host:
        return url
    inner = _unwrap(parts)
    if inner is not None:
        return canonical_url(inner)
    host = _host(host)
    if port and port != _PORTS[parts.scheme]:
        host = f"{host}:{port}"
    query = _query(parts.query)
    route = parts.fragment if _ROUTE.match(parts.fragment) else ""
    return (
        f"{parts.scheme}://{host}{_path(parts.path)}{'?' + query if query else ''}"
        f"{'#' + _percent(route) if route else ''}"
    )


def _unwrap(parts: SplitResult) -> str | None:
    """The page behind a search engine's AMP copy."""
    host = parts.hostname or ""
    if host.endswith(".cdn.ampproject.org") or (
        host.startswith("www.google.") and parts.path.startswith("/amp/")
    ):
        match = re.match(r"/(?:amp|c|v)/(s/)?(.+)", parts.path)
        if match:
            return f"http{'s' if match[1] else ''}://{match[2]}" + (f"?{parts.query}" if parts.query else "")
    return None


def _host(host: str) -> str:
    host = host.lower().rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return host
    first, _, rest = host.partition(".")
    if first in ("m", "mobile", "amp") and "." in rest:
        return rest if rest.count(".") > 1 or rest.startswith("www.") else f"www.{rest}"
    return f"[{host}]" if ":" in host else host


def _path(path: str) -> str:
    path = _percent(_dots(path)) or "/"
    if "amp" not in path:
        return path
    path = re.sub(r"^/amp(?=/.)", "", path)
    path = re.sub(r"(?<=.)/amp(?:/|\.html)?$", "", path)
    return re.sub(r"\.amp(\.html?)?$", lambda match: match[1] or "", path)


def _dots(path: str) -> str:
    """`.` and `..` resolved; a doubled slash stays, since a server may tell it apart."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept) + ("/" if path.endswith(("/.", "/..")) else "")


def _percent(path: str) -> str:
    """Percent signs in upper case, letters and digits unescaped, everything beyond ASCII escaped. What
    is reserved (an escaped slash) stays escaped.
    """
    if "%" not in path:
        return quote(path, safe=_KEPT_IN_PATH)
    pieces = re.split(r"((?:%[0-9a-fA-F]{2})+)", path)
    for i in range(1, len(pieces), 2):
        pieces[i] = quote(unquote_to_bytes(pieces[i]), safe=_UNRESERVED)
    for i in range(0, len(pieces), 2):
        pieces[i] = quote(pieces[i], safe=_KEPT_IN_PATH)
    return "".join(pieces)


def _query(query: str) -> str:
    """Without tracking parameters. The order stays: some servers read it. So do the bytes: what is escaped may be
    windows-1256, which the server that wrote it expects back.
    """
    if not query or all(_TRACKING.fullmatch(pair.partition("=")[0]) for pair in query.split("&")):
        return ""
    pairs = parse_qsl(quote(query, safe=_KEPT_IN_QUERY), keep_blank_values=True, encoding="latin-1")
    kept = [
        (name, value)
        for name, value in pairs
        if not _TRACKING.fullmatch(name) and (name.lower(), value.lower()) not in _AMP_VALUES
    ]
    bare = "=" not in query  # `?12345` is an identifier at some outlets; `urlencode` would add `=`
    if bare:
        return "&".join(quote(name, encoding="latin-1") for name, _ in kept)
    return urlencode(kept, quote_via=quote, encoding="latin-1")
