"""What a browser does not show is taken out of markup, in one pass, however broken or hostile it is."""

import re
from functools import cache

_COMMENT = "<!--"


def without_hidden(markup: str, *tags: str) -> str:
    """`markup` with a blank for each comment and each element of `tags`, from its start to its end. What never ends
    stays, and is looked for once only: a pattern would run to the end of the document for every start.
    """
    kept: list[str] = []
    at = 0
    endless: set[str] = set()
    for start in _starts(tags).finditer(markup):
        kind = start[0].lower()
        if start.start() < at or kind in endless:
            continue
        end = _end(kind).search(markup, start.end())
        if end is None:
            endless.add(kind)
            continue
        kept.append(markup[at : start.start()])
        at = end.end()
    return " ".join([*kept, markup[at:]]) if kept else markup


@cache
def _starts(tags: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"<(?:{'|'.join(tags)})\b|{_COMMENT}", re.I)


@cache
def _end(kind: str) -> re.Pattern[str]:
    return re.compile("-->" if kind == _COMMENT else rf"</{kind[1:]}\s*>", re.I)
