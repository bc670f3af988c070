"""Lines of a message as Slack's inline forms: rich text elements, mrkdwn, plain text. Pure.

Rich text is preferred for whatever came from outside: Slack parses nothing in it, so that an asterisk
or `:name:` in a headline stays what it is, and bold needs no space around it, as Arabic often has none.
"""

import re
from dataclasses import replace
from typing import Any

from adapters.chat.isolate import FSI, PDI
from adapters.chat.message import Direction, Line, Text
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
    return f"<{escape(address).replace('|', '%7C')}|{label}>" if address else escape(inline.text)


def link(inline: Text) -> str | None:
    """The address, if Slack would take it as a link."""
    url = inline.url
    if url and re.match(r"https?://[^\s<>|]+$", url) and units(url) <= limits.URL:
        return url
    return None


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


_RIGHT = "\u200f"
_NAME = r"[@#/]?(?=[0-9.:_-]*[A-Za-z])[A-Za-z0-9_](?:[A-Za-z0-9_.@/'’+:&-]*[A-Za-z0-9_+])?"
_NUMBER = r"[0-9][0-9.:]*"
# Names next to one another, with numbers between them; a number at the end belongs to the Arabic.
_LATIN = re.compile(rf"https?://\S+|{_NAME}(?:[ ,&]+(?:{_NUMBER}[ ,]+)*{_NAME})*")
_RTL_LETTER = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def is_rtl(text: str) -> bool:
    """Whether there is a letter of a script written from the right."""
    return _RTL_LETTER.search(text) is not None


def directed(line: Line, direction: Direction) -> Line:
    """The line with its runs of the other script isolated, and begun from its own side.

    Slack takes a paragraph's direction from its first strong letter: an Arabic line that begins with a
    Latin name would else be laid out from the left.
    """
    if direction == "ltr" or not plain(line).strip():
        return line
    isolated = tuple(_isolated(inline) for inline in line)
    strong = re.search(r"[A-Za-z\u0590-\u08ff]", plain(line))
    if strong is None or _RTL_LETTER.match(strong.group()):
        return isolated
    return (Text(text=_RIGHT), *isolated)


def _isolated(inline: Text) -> Text:
    if inline.code or FSI in inline.text:
        return inline
    if not is_rtl(inline.text) and re.search(r"[A-Za-z]", inline.text) and inline.text == inline.text.strip():
        return replace(inline, text=f"{FSI}{inline.text}{PDI}")  # a name by itself, with its number: `Dar 24`
    text = _LATIN.sub(lambda run: f"{FSI}{run.group()}{PDI}", inline.text)
    return replace(inline, text=text)
