"""What to make of an answer. Pure: the state before and what came in, the state after and what to tell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from adapters.feeds import Cadence, ParsedFeed
from adapters.http import FetchError, FetchResult
from bot.collecting.outages import OUTAGE, UNREACHED
from bot.collecting.policy import Policy
from bot.collecting.report import Notice
from bot.collecting.schedule import after_answer, after_failure, after_outage, per_week
from storage.sources import SourceState
from summaries.types import Source

FEED_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json;q=0.9, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
GONE = "http_410"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The state to keep, and what the operator should hear. `move_to` is where the source has moved."""

    state: SourceState
    notices: tuple[Notice, ...] = ()
    move_to: str | None = None


def request_headers(state: SourceState) -> dict[str, str]:
    """The validators that the server gave us, byte for byte as it gave them."""
    headers = {"Accept": FEED_ACCEPT}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def body_hash(body: bytes) -> str:
    """By which a body is known again."""
    return sha256(body).hexdigest()[:32]


def failed(
    source: Source,
    state: SourceState,
    error: FetchError,
    headers: Mapping[str, str],
    now: datetime,
    jitter: float,
    policy: Policy,
    *,
    away: bool = False,
) -> Decision:
    """Back off; 410 stops for good. Validators stay as they were: what came now was no feed. Where that goes on,
    they are dropped: some servers answer a conditional request alone with nonsense. While the network is `away` a
    source that was not reached has not failed once more.
    """
    if away and error.code in UNREACHED:
        after = after_outage(now, jitter=jitter, policy=policy)
        failures = max(state.failures, 1)
        return Decision(
            state=replace(state, failures=failures, last_error=OUTAGE, last_polled=now, next_poll=after.at)
        )
    failures = state.failures + 1
    if failures >= policy.ask_plainly_after:
        state = replace(state, etag=None, last_modified=None)
    after = after_failure(now, headers, failures=failures, jitter=jitter, policy=policy)
    state = replace(
        state,
        failures=failures,
        last_error=error.code,
        last_polled=now,
        next_poll=after.at,
        stopped=state.stopped or error.code == GONE,
    )
    notices: tuple[Notice, ...] = ()
    if error.code == GONE:
        notices = (_notice("gone", source, url=state.url),)
    elif failures == policy.notice_after:
        notices = (_notice("failing", source, error=error.code, failures=str(failures)),)
    return Decision(state=state, notices=notices)


def unchanged(
    source: Source, state: SourceState, result: FetchResult, now: datetime, jitter: float, policy: Policy
) -> Decision:
    """A 304, or the body that we had last time: nothing is parsed, validators are refreshed."""
    etag = _validator(result, "etag") or state.etag
    last_modified = _validator(result, "last-modified") or state.last_modified
    if (etag, last_modified) != (state.etag, state.last_modified):
        state = replace(state, etag=etag, last_modified=last_modified)
    return _answered(source, state, result, Cadence(), now, jitter, policy)


def read(
    source: Source,
    state: SourceState,
    result: FetchResult,
    feed: ParsedFeed,
    now: datetime,
    jitter: float,
    policy: Policy,
    *,
    mark: str,
    new: int,
    left: frozenset[str] = frozenset(),
) -> Decision:
    """A feed was read, its body known again by `mark`; `new` of its entries were new, and those of `left`
    wait for the next round. Then, and where the body was cut, the validators are not kept either, so that the
    feed comes again.
    """
    again = bool(left) or feed.cut
    ids = tuple(entry.id for entry in feed.entries if entry.id not in left)
    published = [entry.published for entry in feed.entries if entry.published is not None]
    rate = per_week(now, published, new=new, since=state.last_polled, before=state.entries_per_week)
    gap = missed_some(state, feed)
    state = replace(
        state,
        etag=None if again else _validator(result, "etag"),
        last_modified=None if again else _validator(result, "last-modified"),
        body_hash=None if again else mark,
        last_new=now if new else state.last_new or now,
        entries_per_week=rate,
        gap=gap,
        first_poll_done=True,
        last_entry_ids=ids,
    )
    decision = _answered(source, state, result, feed.cadence, now, jitter, policy)
    if left:
        soon = replace(decision.state, next_poll=now + policy.shortest)
        decision = replace(decision, state=soon)
    if gap:
        decision = replace(decision, notices=(*decision.notices, _notice("gap", source)))
    return decision


def missed_some(state: SourceState, feed: ParsedFeed) -> bool:
    """Whether entries may have come and gone between two polls: not one of the last is still listed."""
    if not state.first_poll_done or not state.last_entry_ids or not feed.entries:
        return False
    return not {entry.id for entry in feed.entries} & set(state.last_entry_ids)


def _answered(
    source: Source,
    state: SourceState,
    result: FetchResult,
    cadence: Cadence,
    now: datetime,
    jitter: float,
    policy: Policy,
) -> Decision:
    rate = state.entries_per_week * 2 if state.gap and state.entries_per_week else state.entries_per_week
    after = after_answer(
        now, result.headers, cadence, per_week=rate, last_new=state.last_new, jitter=jitter, policy=policy
    )
    silent = _falls_silent(state, now, policy)
    redirect_to, count, move_to = _redirected(state, result, policy)
    state = replace(
        state,
        failures=0,
        last_error=None,
        last_polled=now,
        last_answered=now,
        next_poll=after.at,
        interval_seconds=int(after.interval.total_seconds()),
        redirect_to=redirect_to,
        redirect_count=count,
    )
    notices = (_notice("silent", source, since=str(state.last_new)),) if silent else ()
    return Decision(state=state, notices=notices, move_to=move_to)


def _redirected(
    state: SourceState, result: FetchResult, policy: Policy
) -> tuple[str | None, int, str | None]:
    """Where permanent redirects lead, how often running they have said so, and, once that is enough, where
    to move. 302 and 307 never count; something else in between starts the count afresh.
    """
    target = result.permanent_url
    if target is None or target == state.url:
        return None, 0, None
    count = state.redirect_count + 1 if target == state.redirect_to else 1
    return target, count, target if count >= policy.redirects_before_moving else None


def moved(source: Source, state: SourceState, target: str) -> Decision:
    """The source is fetched from `target` from now on. Validators belong to an address and are dropped."""
    state = replace(
        state, url=target, etag=None, last_modified=None, body_hash=None, redirect_to=None, redirect_count=0
    )
    return Decision(state=state, notices=(_notice("moved", source, url=target),))


def postponed(state: SourceState, until: datetime) -> SourceState:
    """Not asked this time, through no fault of its own."""
    return replace(state, next_poll=until)


def _falls_silent(state: SourceState, now: datetime, policy: Policy) -> bool:
    """Exactly once: a source that wrote daily passes the time without anything new at this poll."""
    if state.last_new is None or (state.entries_per_week or 0) < 7 or state.last_answered is None:
        return False
    limit = state.last_new + policy.silent_after
    return state.last_answered < limit <= now


def _validator(result: FetchResult, name: str) -> str | None:
    value = result.headers.get(name, "")
    return value if value and value.isascii() and len(value) < 1000 else None


def _notice(code: str, source: Source, **values: str) -> Notice:
    return Notice(code=code, source=source.id, outlet=source.outlet, values=tuple(values.items()))


def look_again(collected: datetime, last_polled: datetime | None, now: datetime, policy: Policy) -> bool:
    """Whether a stub collected then should be read again in this round: a step was passed since the last."""
    before = last_polled or collected
    return any(before < collected + step <= now for step in policy.look_again)


def believable(published: datetime | None, now: datetime, policy: Policy) -> datetime | None:
    """A date that lies ahead is a clock or a zone set wrong: the article is of now at the latest."""
    if published is None or published <= now + policy.future:
        return published
    return now


def too_old(published: datetime | None, now: datetime, age: timedelta) -> bool:
    return published is not None and published < now - age
