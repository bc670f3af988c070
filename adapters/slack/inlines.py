"""Lines of a message as Slack's inline forms: rich text elements, mrkdwn, plain text. Pure.

Rich text is preferred for whatever came from outside: Slack parses nothing in it, so that an asterisk
or `:name:` in a headline stays what it is, and bold needs no space around it, as Arabic often has none.
"""

import re
from dataclasses import replace
from typing import Any

from adapters.chat.links import web_address
from adapters.chat.message import Line, Text
from adapters.chat.units import units
from adapters.slack import limits

Json = dict[str, Any]

# mrkdwn has no escape for these: a line that holds one goes out as rich text.
_PARSED = re.compile(r"[*_~`]|:[\w+'-]+:")


def escape(text: str) -> str:
    """The three characters that Slack decodes in text objects, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(line: Line) -> str:
    """The words alone."""
    return "".join(inline.text for inline in line)


def is_bare(line: Line) -> bool:
    """Neither link nor style: fits a plain text object."""
    return all(not (link(i) or i.bold or i.italic or i.code) for i in line)


def fits_mrkdwn(line: Line) -> bool:
    """Whether mrkdwn would show this line as it is meant: styled text is left to rich text."""
    return all(not (i.bold or i.italic or i.code or _PARSED.search(i.text)) for i in line)


def mrkdwn(line: Line) -> str:
    """Escaped text with links as `<address|label>`; only for lines that `fits_mrkdwn`."""
    return "".join(_mrkdwn(inline) for inline in line)


def _mrkdwn(inline: Text) -> str:
    address = link(inline)
    label = escape(inline.text).replace("\n", " ")
    return f"<{escape(address)}|{label}>" if address else escape(inline.text)


def link(inline: Text) -> str | None:
    """The address, if Slack would take it as a link."""
    url = web_address(inline.url)
    return url if url and "|" not in url and units(url) <= limits.URL else None


def elements(line: Line) -> list[Json]:
    """The line as elements of a rich text section; nothing for an empty one."""
    return [_element(inline) for inline in line if inline.text]


def _element(inline: Text) -> Json:
    address = link(inline)
    element: Json = {"type": "link", "url": address} if address else {"type": "text"}
    element["text"] = inline.text
    style = {name: True for name in ("bold", "italic", "code") if getattr(inline, name)}
    if style:
        element["style"] = style
    return element


def bold(line: Line) -> Line:
    return tuple(replace(inline, bold=True) for inline in line)
