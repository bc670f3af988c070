"""Each message of a reader as each chat shows it, in both languages, kept as golden files to look at and compare.

`KAWALIS_WRITE=1` writes them anew. What articles say in them is invented; commands run on the sample newsroom.
"""

import json
import os
import re
from pathlib import Path

import pytest

from adapters.chat.message import Message
from adapters.chat.ports import Address, Request
from adapters.slack.render import render as slack
from adapters.telegram.render import render as telegram
from adapters.terminal.render import render as terminal
from bot.texts import Digits, Language, texts
from tests.application.conftest import Bench
from tests.bot.samples import messages

GOLDEN = Path(__file__).parents[1] / "bot" / "golden"
LINES = (
    "start", "!do:setup language {language}", "!do:setup topic us-israel", "!do:setup zone",
    "!do:setup hour 08:00 Asia/Riyadh", "settings", "topics", "zone", "digits", "quiet", "quiet 23:00 07:00 critical",
    "follow", "follow MK-84", "follow breaking", "!do:follow", "mute", "mute CNN", "!do:mute", "forget", "quiet 8 8",
    "zone Mars", "help", "why", "brief 1h", "xyzzy", "search «مجلس الأمن» 2024-03-25", "subscribe", "language fr",
)  # fmt: skip


def shown(message: Message, chat: str) -> str:
    """The message as it goes out to the chat, made readable for a comparison by lines."""
    if chat == "terminal":
        return terminal(message, width=100)
    if chat == "slack":
        return "\n".join(json.dumps(p.blocks, ensure_ascii=False, indent=1) for p in slack(message))
    calls = [json.loads(rendered.payload)["parameters"] for rendered in telegram(message)]
    keys = [
        [f"[{key['text']}]" for key in row]
        for c in calls
        for row in c.get("reply_markup", {}).get("inline_keyboard", [])
    ]
    return "\n".join([*(call["text"] for call in calls), *(" ".join(row) for row in keys)])


async def everything(bench: Bench, language: Language) -> list[tuple[str, Message]]:
    found: list[tuple[str, Message]] = []
    address = Address(platform="terminal", bot="terminal", chat=f"golden-{language}")
    for line in LINES:
        typed = line.format(language=language)
        request = Request(
            address=address, person="reader", text=typed.lstrip("!"), command=not typed.startswith("!"),
            pressed=typed.startswith("!"), language=f"{language}-SA",
        )  # fmt: skip
        found += [(typed, message) for message in (await bench.application.dispatcher(request)).messages]
    digits: tuple[Digits, ...] = ("latn", "arab") if language == "ar" else ("latn",)
    for each in digits:
        found += [(f"{name} ({each})", m) for name, m in messages(texts(language, each)).items()]
    return found


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_golden_messages(bench: Bench, language: Language) -> None:
    """What readers see changes only where somebody meant it to: compared letter by letter, marks of direction too."""
    told = await everything(bench, language)
    different = []
    for chat in ("telegram", "slack", "terminal"):
        text = "\n\n".join(f"=== {name}\n{shown(message, chat)}" for name, message in told) + "\n"
        text = re.sub(r"127\.0\.0\.1:\d+", "sample.example", text)
        text = re.sub(r"unfollow:\w{32}", "unfollow:ID", text)
        file = GOLDEN / f"{chat}_{language}.txt"
        if os.environ.get("KAWALIS_WRITE"):
            file.write_text(text, "utf-8")
        elif file.read_text("utf-8") != text:
            different.append(file.name)
    assert different == []
