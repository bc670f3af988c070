"""Direction: what is written the other way inside a line, each run of it in an isolate of its own.

Without isolates the bidirectional algorithm (UAX #9) lets a Latin name pull the punctuation and numbers beside it to
its own side, and an Arabic one in an English line too. FSI … PDI (U+2068, U+2069) keep each run to itself; they have no
width. A run is made of whole tokens: `24h`, `F-16`, `1.5%`, `@name`, an address. Numbers alone need none, unless they
are joined by what is no part of a number to the algorithm (`2024-03-28`, `$3.8`): beside Arabic these change places.
"""

import re
from typing import Literal

FSI, PDI = "\u2068", "\u2069"
Direction = Literal["rtl", "ltr"]

_ISOLATES = re.compile("[\u2066-\u2069]")
_RTL = "\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_LETTER = re.compile(rf"(?=[{_RTL}])[^\W\d_]")
_LEFT = rf"(?:(?![{_RTL}])[^\W\d_][\u0300-\u036f]*)"  # a letter of a script written from the left
_LEFT_LETTER = re.compile(_LEFT)
_D = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_INNER = r"[-./:@#&'’+,~=?!%*$–—]"
_LETTER = rf"(?:{_LEFT}|{_D}|_)"
_WORD = (  # a letter of the left is near its beginning
    rf"(?:(?<!\w)(?:--|[@#/+]|-(?={_D})|~/|(?:\.{{1,2}}/){{1,8}}))?(?<!{_D})(?<!_)(?=(?:{_D}|_|{_INNER}){{0,64}}{_LEFT})"
    rf"{_LETTER}+(?:{_INNER}{{1,3}}{_LETTER}+)*(?:\+{{1,2}}|[%$€£₪])?"
)
_NUMBER = rf"{_D}+(?:[.,:/-]{_D}+)*%?"
_END = rf"(?!{_LETTER}|{_INNER}{{1,3}}{_LETTER})"
_OWN = rf"(?>{_NUMBER}){_END}(?![ («\"“]*[{_RTL}])"  # not the number of an Arabic word that follows
_INITIAL = r"(?<![^\W\d_]{2})\."
_BETWEEN = rf"(?:(?:{_INITIAL})?[ ]|,[ ]|[ ]&[ ]|[ ]\({_WORD}(?:[ ]{_WORD})*\)[ ])"
_RUN = re.compile(
    r"(?P<address>(?:https?|ftp)://[^\s<>«»\"،؛؟]+)"
    # a command with what is typed after it
    rf"|(?<!\w)/[A-Za-z_]+{_END}(?:[ ](?:https?://[^\s<>«»\"،؛؟]+|{_WORD}|(?>{_NUMBER}){_END}))*"
    rf"|{_WORD}(?:(?:{_BETWEEN}{_NUMBER})*{_BETWEEN}{_WORD})*(?:[ ]{_OWN})*"
    rf"|\+{_D}+(?:[ -]?\(?{_D}+\)?)+{_END}|\({_D}{{1,4}}\)[ ]?{_D}+-{_D}+{_END}"  # telephone numbers
    rf"|(?P<number>[$€£₪]?(?:{_D}|_)+(?:{_INNER}{{1,3}}(?:{_D}|_)+)*[%$€£₪+]?)"
)
_PLAIN_NUMBER = re.compile(rf"(?:{_D}|_)+(?:[.,:](?:{_D}|_)+)*")
# From an Arabic letter to the last before a word of the left (a name within Arabic aside), or before what parts the
# names of an English list; the full stop of what is quoted, and the number that belongs to the last word.
_NAME_WITHIN = rf"(?<!\w)[A-Z0-9]{_LETTER}*(?:[-.’']{_LETTER}+)*"
_RIGHT_RUN = re.compile(
    rf"(?=[{_RTL}])[^\W\d_](?:(?:(?!{_LEFT})[^\n,;·]|{_NAME_WITHIN})*(?=[{_RTL}])\w[\u064b-\u065f]*)?"
    rf"[؟،؛]*(?:[.!…](?=[»”\"]))?(?:[ ](?>{_NUMBER}){_END}(?![ ]*{_LEFT}))?"
)
_EDGES = " \t\n:،,;؛·–—-"
_BRACKETS = (("«", "»"), ("(", ")"), ("[", "]"), ("“", "”"))
_OPENING = {closing: opening for opening, closing in _BRACKETS}


def isolate(text: str, direction: Direction) -> str:
    """The text with each run of the other direction isolated. Isolates that it had are set anew."""
    text = _ISOLATES.sub("", text)
    rights, lefts = _RTL_LETTER.search(text), _LEFT_LETTER.search(text)
    if direction == "rtl":
        return _whole(text) if lefts and not rights else _RUN.sub(_wrapped, text)
    if not rights:
        return text
    return _whole(text) if written_from(text) == "rtl" else _rights(text)


def written_from(text: str) -> Direction:
    """The side from which a text of both scripts is read: the right where it begins with a letter of the right and
    has few of the left (`1. عنوان (new)`), else the left.
    """
    rights, lefts = _RTL_LETTER.findall(text), _LEFT_LETTER.findall(text)
    if not rights or len(rights) < 2 * len(lefts):
        return "ltr"
    first = first_strong(text)
    return first if first is not None else "ltr"


def mostly(text: str) -> Direction:
    """The direction of most of its letters; of none, the left."""
    return "rtl" if len(_RTL_LETTER.findall(text)) > len(_LEFT_LETTER.findall(text)) else "ltr"


def first_strong(text: str) -> Direction | None:
    """The direction of the first letter, from which a platform takes that of the line."""
    right, left = _RTL_LETTER.search(text), _LEFT_LETTER.search(text)
    if right is None or left is None:
        return "rtl" if right else "ltr" if left else None
    return "rtl" if right.start() < left.start() else "ltr"


def _wrapped(found: re.Match[str]) -> str:
    run = found[0]
    kinds = found.groupdict()
    if kinds.get("number") and _PLAIN_NUMBER.fullmatch(run):
        return run
    end = len(run)
    if kinds.get("address"):
        end = len(run.rstrip(".,:;!?'’]}*_"))
        end -= run.endswith(")", 0, end) and "(" not in run
    return f"{FSI}{run[:end]}{PDI}{run[end:]}"


def _rights(text: str) -> str:
    """The text with each run from the right isolated, and with it the brackets that close what was opened in it."""
    made, done = [], 0
    for found in _RIGHT_RUN.finditer(text):
        end = found.end()
        while (opening := _OPENING.get(text[end : end + 1])) and text.count(
            opening, found.start(), end
        ) > text.count(text[end], found.start(), end):
            end += 1
        made += [text[done : found.start()], FSI, text[found.start() : end], PDI]
        done = end
    return "".join([*made, text[done:]])


def _whole(text: str) -> str:
    """A text of the other direction: all of it but what stands at its edges, inner runs isolated in their turn."""
    start, end = 0, len(text)
    moved = True
    while moved:
        before = start, end
        start = end - len(text[start:end].lstrip(_EDGES))
        end = start + len(text[start:end].rstrip(_EDGES))
        for opening, closing in _BRACKETS:
            inside = text[start:end]
            if inside.startswith(opening) and (closing not in inside or inside.endswith(closing)):
                start += 1
            framed = inside.endswith(closing) and (opening not in inside or inside.startswith(opening))
            end -= framed or inside.endswith(opening)
        if " " not in text[start:end]:  # a name, not a sentence with its own full stop
            end = start + len(text[start:end].rstrip(".!?؟…"))
        moved = (start, end) != before
    inner = text[start:end]
    if written_from(inner) == "rtl":
        inner = _RUN.sub(_wrapped, inner)
    return f"{text[:start]}{FSI}{inner}{PDI}{text[end:]}"
