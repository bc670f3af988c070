"""The command menus that chats can show, in each language."""

from adapters.telegram.profile import Profile
from bot.commands.dispatch import COMMANDS
from bot.texts import LANGUAGES, texts

PRIVATE_ONLY = frozenset({"export", "forget"})
"""What concerns a person's own data: not offered in a group's menu, though its admins may ask for it."""


def profiles() -> dict[str, Profile]:
    """What Telegram shows of the bot, by language; the commands in the order of the help."""
    made: dict[str, Profile] = {}
    for language in LANGUAGES:
        spoken = texts(language)
        listed = {c.name: (c.who, spoken(f"help.{c.name}")) for c in COMMANDS.values() if c.menu}
        shared = {name: of for name, of in listed.items() if name not in PRIVATE_ONLY}
        made[language] = Profile(
            private={name: text for name, (_, text) in listed.items()},
            groups={name: text for name, (who, text) in shared.items() if who == "reader"},
            admins={name: text for name, (_, text) in shared.items()},
            description=spoken("telegram.description"),
            short=spoken("telegram.short"),
        )
    return made
