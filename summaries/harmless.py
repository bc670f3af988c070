"""Text from outside as it may be shown: it drives no terminal, turns nothing around and hides nothing.

What is collected comes in through here, before anybody counts offsets in it; whatever is shown goes out through here
again, for what was kept earlier, names in a list of sources and what people type come by other ways.
"""

import re

# Control characters but tab and line feed; embeddings, overrides and isolates, which turn what is beside them around
# (the isolates that a line needs are set after); what has no width at all; tags, which carry words nobody sees.
_DROPPED = (
    "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u115f\u1160\u180b-\u180f\u200b\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
)
_DROP = re.compile(f"[{_DROPPED}]+")
_BREAK = re.compile("[\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# A joiner (U+200C, U+200D) has its place after a letter of a script that joins, and inside an emoji.
_JOINERS = re.compile(
    "([\u0600-\u08ff\u0900-\u0dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]?)([\u200c\u200d]+)(?=([\u0600-\u08ff]?))"
)
_MARK = (
    "\u0300-\u036f\u0483-\u0489\u064b-\u065f\u06d6-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe0e\ufe0f\ufe20-\ufe2f"
)
_PILED = re.compile(f"([{_MARK}]{{4}})[{_MARK}]+")  # marks that climb over the lines around
_SUSPECT = re.compile(f"[{_DROPPED}\x85\u200c\u200d\u2028\u2029\ud800-\udfff]|[{_MARK}]{{5}}")


def harmless(text: str) -> str:
    """The text without what is not meant to be read. A lone surrogate becomes U+FFFD. Idempotent."""
    if _SUSPECT.search(text) is None:
        return text
    text = _SURROGATE.sub("\ufffd", _BREAK.sub("\n", _DROP.sub("", text)))
    return _PILED.sub(r"\1", _JOINERS.sub(_joined, text))


def _joined(found: re.Match[str]) -> str:
    before, joiner, after = found[1], found[2][0], found[3]
    joined_anyway = joiner == "\u200d" and "\u0600" <= before <= "\u08ff" and after
    return before + joiner if before and not joined_anyway else before
