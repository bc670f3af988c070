"""The command menus that chats can show, in each language."""

from bot.commands.dispatch import COMMANDS
from bot.texts import LANGUAGES, texts


def menus() -> dict[str, dict[str, str]]:
    """Language -> command -> what it does, in the order of the help."""
    return {
        language: {c.name: texts(language)(f"help.{c.name}") for c in COMMANDS.values() if c.menu}
        for language in LANGUAGES
    }
