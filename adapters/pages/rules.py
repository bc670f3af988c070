"""What we know of an outlet's pages: small versioned files, one an outlet (outlets/*.toml)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How to read one outlet's pages. Selectors are CSS; `signature` and `drop` are regular expressions for
    whole lines of the text. All may be empty: then the general way is gone alone.
    """

    outlet: str = ""
    version: int = 0
    hosts: tuple[str, ...] = ()
    body: tuple[str, ...] = ()  # the first that holds text wins
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    zone: str = "UTC"


GENERAL = Rules()


def read_rules(text: str) -> Rules:
    """The rules in TOML `text`. Raises: ValueError where a key is unknown, a pattern is broken or
    hosts are missing."""
    data = tomllib.loads(text)
    unknown = set(data) - set(Rules.__dataclass_fields__)
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    rules = Rules(**values)
    if not rules.hosts:
        raise ValueError("hosts must name at least one host")
    for pattern in rules.drop:
        re.compile(pattern)
    return rules


@cache
def packaged_rules() -> tuple[Rules, ...]:
    """The rules that come with the program, read once."""
    folder = files("adapters.pages") / "outlets"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return tuple(
        read_rules(entry.read_text("utf-8")) for entry in sorted(found, key=lambda entry: entry.name)
    )


def rules_for(url: str, rules: tuple[Rules, ...] | None = None) -> Rules:
    """The rules of the outlet at `url` (the longest host that fits, subdomains included), else the
    general ones.
    """
    host = (urlsplit(url).hostname or "").lower()
    fitting = [
        (len(known), candidate)
        for candidate in (packaged_rules() if rules is None else rules)
        for known in candidate.hosts
        if host == known or host.endswith("." + known)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else GENERAL
