"""A form: several choices answered at once, where a chat has such a thing (Slack's modals). Chat-neutral.

What a person answers comes back as a request whose `text` is the form's `name` and whose `fields` are the values.
A reply with `errors` names the fields whose answers cannot be used.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several; `options` are (value, what is shown), at most 100."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """A time of the day, `HH:MM`; may be left empty."""

    name: str
    label: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A line of text; may be left empty."""

    name: str
    label: str
    value: str | None = None


Field: TypeAlias = Choice | Hour | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    name: str  # the command that takes the answers
    title: str
    submit: str
    close: str
    fields: tuple[Field, ...]
    language: Literal["ar", "en"] = "ar"
