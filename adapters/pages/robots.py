"""robots.txt as RFC 9309 has it: the group of our name, the longest matching rule, `*` and `$`."""

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_LONGEST = 512 * 1024  # bytes that must be read, by the RFC
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """`rules` are (pattern, allowed); `delay` the crawl delay asked for, in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether this address may be fetched. The longest rule counts, of equals the kind one."""
        parts = urlsplit(url)
        path = _form(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if path == "/robots.txt":
            return True
        matching = [(len(pattern), allowed) for pattern, allowed in self.rules if _matches(pattern, path)]
        return max(matching)[1] if matching else True


ALLOW_ALL = Robots()
ALLOW_NONE = Robots(rules=(("/", False),))


def read_robots(text: str, agent: str) -> Robots:
    """The rules for `agent` (our product name) in a robots.txt; those for `*` where none names us."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    in_rules = False
    for line in text.removeprefix("\ufeff")[:_LONGEST].splitlines():
        key, colon, value = line.split("#", 1)[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            names = [] if in_rules else names
            in_rules = False
            names.append(value.lower())
            groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            for name in names:
                groups[name].append((key, value))
    ours = [lines for name, lines in groups.items() if name != "*" and agent.lower() == name.split("/")[0]]
    lines = [line for group in ours for line in group] if ours else groups.get("*", [])
    rules = tuple((_form(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    return Robots(
        rules=rules, delay=max((_delay(value) for key, value in lines if key == "crawl-delay"), default=0)
    )


def _delay(value: str) -> float:
    try:
        return min(max(float(value), 0.0), _LONGEST_DELAY)
    except ValueError:
        return 0.0


def _form(path: str) -> str:
    """One form of percent signs on both sides."""
    return quote(unquote(path), safe="/*$?=&;:@!'()+,~-._%")


def _matches(pattern: str, path: str) -> bool:
    """Part by part, each at the first place it fits: a pattern of many stars costs no more than the path is long."""
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at, last = len(first), ""
    if pattern.endswith("$"):
        if not parts:
            return at == len(path)
        last = parts.pop()
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return path.endswith(last) and len(path) - len(last) >= at
