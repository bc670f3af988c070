"""Direction: Latin names, links and numbers inside an Arabic line, each in an isolate of its own.

Without isolates the bidirectional algorithm (UAX #9) lets a Latin name pull the punctuation and numbers beside it
to its own side. FSI … PDI (U+2068, U+2069) keep each run to itself; they have no width and are not copied as text
people see.
"""

import re

FSI, PDI = "\u2068", "\u2069"
_ISOLATES = re.compile("[\u2066-\u2069]")
# A run begins with a Latin letter, or @, #, / or digits before one, and goes on over blanks between Latin words.
# Numbers joined by hyphens, slashes or two dots are a run too: beside Arabic letters they would change places.
_RUN = re.compile(
    r"(?:https?://[^\s]+|[@#/]?[0-9]*[A-Za-z][A-Za-z0-9_./:@#&'’+-]*(?: [A-Za-z0-9][A-Za-z0-9_./:@#&'’+-]*)*"
    r"|\d+(?:(?:[-/–]|\.\.)\d+)+)"
)
_TRAILING = ".:'’/-"


def isolate(text: str) -> str:
    """The text with each left-to-right run isolated. A text that has isolates already is left as it is."""
    if _ISOLATES.search(text):
        return text
    return _RUN.sub(_wrapped, text)


def isolate_for(text: str, language: str) -> str:
    """`isolate` for a right-to-left language; the text as it is for others."""
    return isolate(text) if language == "ar" else text


def _wrapped(found: re.Match[str]) -> str:
    run = found[0]
    bare = run.rstrip(_TRAILING) or run
    return f"{FSI}{bare}{PDI}{run[len(bare) :]}"
