"""Which addresses may stand as links."""

import re

from summaries.harmless import harmless

_WEB = re.compile(r"https?://[^\s<>]+")


def web_address(url: str | None) -> str | None:
    """The address, if it is one of the web and may stand as a link; nothing else is ever linked or written out."""
    return harmless(url) if url is not None and _WEB.fullmatch(url) else None
