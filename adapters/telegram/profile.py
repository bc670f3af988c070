"""What Telegram shows of a bot before anybody writes to it: command menus, description, short description."""

import logging
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

log = logging.getLogger(__name__)

COMMAND_TEXT, DESCRIPTION, SHORT = 256, 512, 120  # letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """In one language: command -> what it does, for each scope, and the two descriptions. A group's members see
    what anyone may ask there; its administrators also what sets the group.
    """

    private: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    admins: Mapping[str, str] = field(default_factory=dict)
    description: str = ""  # in the empty chat
    short: str = ""  # on the profile, and where the bot is shared


async def publish(bot: Bot, profiles: Mapping[str, Profile]) -> None:
    """Publish each language's profile; Arabic is everybody's, others are for those whose Telegram speaks them. A
    failure is logged and stops nothing: the bot works without.
    """
    for language, profile in profiles.items():
        code = None if language == "ar" else language
        scopes: tuple[tuple[BotCommandScope, Mapping[str, str]], ...] = (
            (BotCommandScopeAllPrivateChats(), profile.private),
            (BotCommandScopeAllGroupChats(), profile.groups),
            (BotCommandScopeAllChatAdministrators(), profile.admins),
        )
        for scope, commands in scopes:
            listed = [BotCommand(name, text[:COMMAND_TEXT]) for name, text in commands.items()]
            if listed:
                await _tried(bot.set_my_commands(listed, scope=scope, language_code=code), scope.type)
        if profile.description:
            text = profile.description[:DESCRIPTION]
            await _tried(bot.set_my_description(text, language_code=code), "description")
        if profile.short:
            await _tried(
                bot.set_my_short_description(profile.short[:SHORT], language_code=code), "short description"
            )


async def _tried(call: Awaitable[bool], what: str) -> None:
    try:
        await call
    except TelegramError as error:
        log.warning("Telegram did not take the %s: %s", what, error.message)
