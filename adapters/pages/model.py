"""What an article page gives: its text, or the reason why there is none."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """An article as its page shows it. `text` has one paragraph a line and does not repeat the title;
    `method` tells what found it: rules, trafilatura, readability, json_ld.
    """

    title: str
    text: str
    published: datetime | None = None
    author: str | None = None
    url: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFailure:
    """No article. `code`: challenge, login, paywall, cookie_wall, no_article, not_html, robots,
    extract_timeout, extract_died, extract_failed, or the code of a `FetchError`. `detail` is for the log.
    """

    code: str
    detail: str = ""
    url: str = ""
