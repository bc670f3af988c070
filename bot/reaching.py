"""Whether the platforms and the language model take what is set: each is asked once, and nothing is changed by it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from adapters.model import Model, NoAnswer
from adapters.slack import checking as slack
from adapters.telegram import checking as telegram
from bot.doctor import Finding, malformed
from bot.settings import Settings
from summaries.errors import KawalisError

PATIENCE_SECONDS = 20.0
FAILED_OF_LATE = timedelta(hours=1)
_QUESTION = ({"role": "user", "content": 'Answer with this JSON object alone: {"ok": true}'},)
_FORM = {
    "name": "answer",
    "strict": True,
    "schema": {
        "type": "object", "additionalProperties": False, "required": ["ok"], "properties": {"ok": {"type": "boolean"}},
    },
}  # fmt: skip
_OF_THE_MODEL = {
    "limited": "doctor.model_limited",
    "refused": "doctor.model_refused",
    "timeout": "doctor.model_silent",
    "unreachable": "doctor.model_silent",
}


async def ask_around(settings: Settings, now: datetime) -> list[Finding]:
    """Telegram of each token, Slack, and the model, as far as they are set; all at once. A token that cannot be right
    is sent nowhere.
    """
    wrong = {str(finding.values["name"]) for finding in malformed(settings)}
    tokens = () if "KAWALIS_TELEGRAM_TOKEN" in wrong else settings.telegram_tokens
    asked = [_telegram(token, settings, now) for token in tokens]
    if not any(name.startswith("KAWALIS_SLACK") for name in wrong):
        asked.append(_slack(settings))
    asked.append(_model(settings))
    return [finding for findings in await asyncio.gather(*asked) for finding in findings]


async def _telegram(token: str, settings: Settings, now: datetime) -> Sequence[Finding]:
    bot = token.partition(":")[0]
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            seen = await telegram.look(token, settings.telegram_api_url)
    except TimeoutError:
        return [Finding(good=False, key="telegram.unreachable")]
    except KawalisError as error:
        key = "doctor.telegram_refused" if error.key == "telegram.token_refused" else error.key
        return [Finding(good=False, key=key, values={"bot": bot})]
    failing = seen.failed is not None and now - seen.failed < FAILED_OF_LATE
    if failing and settings.telegram_webhook_url:
        return [
            Finding(
                good=False, key="doctor.webhook_fails", values={"bot": seen.username, "cause": seen.cause}
            )
        ]
    return [Finding(good=True, key="doctor.telegram", values={"bot": seen.username})]


async def _slack(settings: Settings) -> Sequence[Finding]:
    bot, app = (
        secret.get_secret_value() if secret else None
        for secret in (settings.slack_bot_token, settings.slack_app_token)
    )
    if not bot and not app:
        return []
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            seen = await slack.look(bot, app, settings.slack_api_url)
    except TimeoutError:
        return [Finding(good=False, key="slack.unreachable")]
    except KawalisError as error:
        return [Finding(good=False, key=error.key)]
    if seen is None:
        return []
    if seen.missing:
        values = {"team": seen.team, "scopes": ", ".join(seen.missing)}
        return [Finding(good=False, key="doctor.slack_scopes", values=values)]
    return [Finding(good=True, key="doctor.slack", values={"team": seen.team})]


async def _model(settings: Settings) -> Sequence[Finding]:
    if not settings.llm_url or not settings.llm_model:
        return []
    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    seconds = min(settings.llm_timeout_seconds, PATIENCE_SECONDS)
    async with Model(
        url=settings.llm_url, model=settings.llm_model, key=key, timeout_seconds=seconds
    ) as model:
        answer = await model.ask(_QUESTION, _FORM)
    values = {"model": settings.llm_model, "host": urlsplit(settings.llm_url).hostname or ""}
    if not isinstance(answer, NoAnswer):
        return [Finding(good=True, key="doctor.model", values=values)]
    key = _OF_THE_MODEL.get(answer.code, "doctor.model_garbled")
    return [Finding(good=False, key=key, values={**values, "status": answer.status or 200})]
