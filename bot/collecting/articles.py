"""From entries to articles. Pure: which entries want a page, and what an article is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from adapters.pages import Extracted, PageFailure
from bot.collecting.decide import believable, too_old
from bot.collecting.policy import Policy
from storage.sources import SourceState
from summaries.types import LONGEST_TEXT, LONGEST_TITLE, Article, ArticleId, Entry, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to do with the entries of a feed.

    `read`: new or changed, their pages are wanted now; `later`: too many for this round; `elsewhere`: stored
    under their address already (another section, another guid), only noted; `copies`: the same link again
    in this very feed; the others are known.
    """

    read: tuple[Entry, ...] = ()
    later: tuple[Entry, ...] = ()
    elsewhere: tuple[tuple[Entry, Article], ...] = ()
    copies: tuple[Entry, ...] = ()


def article_id(source: Source, entry: Entry) -> ArticleId:
    """From the address, so that whoever finds the article finds the same id; else from the entry."""
    name = entry.link or f"{source.id}\n{entry.id}"
    return ArticleId(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest())


def choose(
    entries: Sequence[Entry],
    known: Mapping[str, tuple[ArticleId, str]],
    at_address: Mapping[str, Article],
    state: SourceState,
    now: datetime,
    policy: Policy,
) -> Choice:
    """Which entries want reading. `known` are those stored for this source with their fingerprints,
    `at_address` what is stored under their links.
    """
    seen_before = set(state.last_entry_ids) - set(known)
    wanted: list[Entry] = []
    elsewhere: list[tuple[Entry, Article]] = []
    for entry in entries:
        if entry.id in known:
            if known[entry.id][1] != entry.fingerprint:
                wanted.append(entry)
            continue
        stored = at_address.get(entry.link or "")
        if stored is not None and (stored.source != entry.source or stored.title == entry.title):
            elsewhere.append((entry, stored))
        elif stored is not None or not (entry.id in seen_before or _skipped(entry, state, now, policy)):
            wanted.append(entry)
    read, copies = _apart(wanted)
    read.sort(key=lambda entry: entry.published or now, reverse=True)  # undated ones keep the feed's order
    return Choice(
        read=tuple(read[: policy.pages]),
        later=tuple(read[policy.pages :]),
        elsewhere=tuple(elsewhere),
        copies=tuple(copies),
    )


def _skipped(entry: Entry, state: SourceState, now: datetime, policy: Policy) -> bool:
    return not state.first_poll_done and too_old(entry.published, now, policy.oldest_at_first)


def _apart(wanted: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The first entry of each link, and those that name a link again."""
    first: list[Entry] = []
    again: list[Entry] = []
    links: set[str] = set()
    for entry in wanted:
        if entry.link and entry.link in links:
            again.append(entry)
        else:
            first.append(entry)
            links.add(entry.link or "")
    return first, again


def compose(
    source: Source,
    entry: Entry,
    page: Extracted | PageFailure | None,
    now: datetime,
    policy: Policy,
    stored: Article | None = None,
) -> Article:
    """The article of `entry`: the page's text, else what the feed tells. Where the page failed and
    the article is `stored`, its fuller text stays: a bad moment of a server must not cost what we had.
    """
    extracted = page if isinstance(page, Extracted) else None
    text = extracted.text if extracted is not None else entry.text
    if extracted is None and stored is not None and len(stored.text) > len(text):
        text = stored.text
    published = believable(entry.published, now, policy)
    if published is None and extracted is not None:
        published = believable(extracted.published, now, policy)
    return Article(
        id=article_id(source, entry),
        outlet=source.outlet,
        title=(entry.title or (extracted.title if extracted else ""))[:LONGEST_TITLE],
        text=text[:LONGEST_TEXT],
        url=entry.link or "",
        published=published,
        collected=now,
        source=source.id,
    )


def filled(stored: Article, page: Extracted | PageFailure, now: datetime, policy: Policy) -> Article | None:
    """A stub whose page has more to say by now; None where it has not."""
    if not isinstance(page, Extracted) or len(page.text) <= len(stored.text):
        return None
    published = stored.published or believable(page.published, now, policy)
    return replace(stored, text=page.text[:LONGEST_TEXT], collected=now, published=published)
