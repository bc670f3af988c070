"""Whether Telegram takes a token and reaches us, asked from outside the service: nothing is changed by it."""

from dataclasses import dataclass
from datetime import datetime

from telegram import Bot
from telegram.error import TelegramError

from adapters.telegram.errors import NONSENSE, problem_with_token
from adapters.telegram.requests import make_request


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A bot as Telegram knows it. `webhook` is where it sends updates (empty: nowhere), `failed` when it last could
    not, and `cause` why.
    """

    username: str
    webhook: str
    failed: datetime | None
    cause: str


async def look(token: str, api_url: str) -> Seen:
    """What Telegram says of the token's bot. Raises `TelegramProblem` as `TelegramApp.prepare` does."""
    request = make_request(1)
    bot = Bot(token, base_url=f"{api_url.rstrip('/')}/bot", request=request, get_updates_request=request)
    try:
        me = await bot.get_me()
        webhook = await bot.get_webhook_info()
    except (TelegramError, *NONSENSE) as error:
        raise problem_with_token(error) from None
    finally:
        await request.shutdown()
    return Seen(
        username=me.username or "", webhook=webhook.url, failed=webhook.last_error_date,
        cause=webhook.last_error_message or "",
    )  # fmt: skip
