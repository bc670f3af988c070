"""What is wrong with an installation, and what to do about it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import SecretStr

from bot.assemble import load_sources, load_topics, look_at_database
from bot.settings import Settings, unknown_settings
from storage.outbox import Backlog
from summaries.errors import KawalisError

SILENT = timedelta(hours=6)
WAITING = timedelta(minutes=10)
REFUSED = timedelta(days=1)
MOST_CAUSES = 3
FORMS = {
    "KAWALIS_TELEGRAM_TOKEN": (re.compile(r"\d{5,}:[\w-]{30,}", re.ASCII), "123456789:AAE…"),
    "KAWALIS_SLACK_BOT_TOKEN": (re.compile(r"xoxb-[\w-]+", re.ASCII), "xoxb-…"),
    "KAWALIS_SLACK_APP_TOKEN": (re.compile(r"xapp-[\w-]+", re.ASCII), "xapp-…"),
}
"""What a token looks like: a pattern, and how one shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `key` is the text that says what was seen and, where it is bad, what to do."""

    good: bool
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


async def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Look at topics, sources, database, chats and deliveries, in that order."""
    findings = [_files(settings), _chats(settings), *_deaf(settings), *malformed(settings)]
    try:
        async with look_at_database(settings) as database, database.reading() as unit:
            findings.append(
                Finding(good=True, key="doctor.database", values={"address": str(database.place)})
            )
            coverage = await unit.sources.coverage(now)
            counts = await unit.outbox.counts()
            waiting = await unit.outbox.backlog(now)
            refused = await unit.outbox.refused(now - REFUSED)
    except KawalisError as error:
        return [*findings, Finding(good=False, key=error.key, values=dict(error.values))]
    stale = coverage.answered == 0 or (coverage.oldest is not None and now - coverage.oldest > SILENT)
    values: dict[str, object] = {"answered": coverage.answered, "sources": coverage.sources}
    findings.append(
        Finding(good=not stale, key="doctor.silent" if stale else "doctor.sources", values=values)
    )
    held = sum(count for (_, _, state), count in counts.items() if state == "held")
    findings.append(
        Finding(good=not held, key="doctor.held" if held else "doctor.outbox", values={"count": held})
    )
    return [*findings, *_refused(refused), *_backlog(waiting, now)]


def _refused(causes: Sequence[tuple[str, int]]) -> list[Finding]:
    """What a platform took not; it is not sent again by itself, and nothing is to be settled."""
    if not causes:
        return []
    shown = ", ".join(cause or "?" for cause, _ in causes[:MOST_CAUSES])
    count = sum(rows for _, rows in causes)
    return [Finding(good=False, key="doctor.refused", values={"count": count, "causes": shown})]


def _backlog(waiting: Sequence[Backlog], now: datetime) -> list[Finding]:
    """Bots whose due deliveries wait for long: the service does not run, or the platform refuses us."""
    return [
        Finding(good=False, key="doctor.waiting", values={
            "bot": f"{one.platform}:{one.bot}", "count": one.rows,
            "time": now - one.oldest,
        })
        for one in waiting
        if now - one.oldest > WAITING
    ]  # fmt: skip


def _files(settings: Settings) -> Finding:
    try:
        sources, topics = load_sources(settings), load_topics(settings)
    except KawalisError as error:
        return Finding(good=False, key=error.key, values=dict(error.values))
    return Finding(good=True, key="doctor.files", values={"sources": len(sources), "topics": len(topics)})


def malformed(settings: Settings) -> list[Finding]:
    """Tokens that cannot be right, whatever the platform would say of them. What is set is never repeated."""
    given = {
        "KAWALIS_TELEGRAM_TOKEN": settings.telegram_tokens,
        "KAWALIS_SLACK_BOT_TOKEN": _one(settings.slack_bot_token),
        "KAWALIS_SLACK_APP_TOKEN": _one(settings.slack_app_token),
    }
    return [
        Finding(good=False, key=f"doctor.malformed.{name.split('_')[1].lower()}",
                values={"name": name, "form": FORMS[name][1], "place": place, "count": len(tokens)})
        for name, tokens in given.items()
        for place, token in enumerate(tokens, 1)
        if not FORMS[name][0].fullmatch(token)
    ]  # fmt: skip


def mistyped(given: Iterable[str]) -> list[Finding]:
    """What was set under a name that nobody reads, of the names `given`."""
    return [
        Finding(good=False, key="doctor.no_setting_near" if near else "doctor.no_setting",
                values={"name": name, "near": near})
        for name, near in unknown_settings(given)
    ]  # fmt: skip


def _deaf(settings: Settings) -> list[Finding]:
    """Slack set up so that we could post and nobody could ask us anything."""
    hears = settings.slack_app_token or settings.slack_signing_secret
    deaf = settings.has_slack and not hears
    return [Finding(good=False, key="doctor.slack_deaf")] if deaf else []


def _one(secret: SecretStr | None) -> tuple[str, ...]:
    return (secret.get_secret_value(),) if secret else ()


def _chats(settings: Settings) -> Finding:
    named = [
        name for name, here in (("Telegram", settings.telegram_tokens), ("Slack", settings.has_slack)) if here
    ]
    return Finding(
        good=bool(named), key="doctor.chats" if named else "cli.no_chats", values={"chats": ", ".join(named)}
    )
