"""An editor's conversation told line by line, for the guide and for golden files: what is typed and pressed, and every
message that comes of it as its chat shows it.

- `/broadcast @news`  a line is typed
- `[label]`           the newest button with this label is pressed
- `+180`              so many minutes pass; what the editor is then told
- `channel`           what is new or changed in the channel
- `taken out`         the bot loses its place there, unnoticed; `put back`: it has it again
"""

import json
import re
import textwrap
from collections.abc import Iterable, Sequence

from adapters.chat.message import Message
from adapters.chat.ports import Address, Platform, Request
from adapters.slack.render import render as slack
from adapters.telegram.render import render as telegram
from bot.texts import Language
from tests.application.editors.desk import Desk, Shown, read, sent, told
from tests.application.talk import plain
from tests.fakes.slack import TEAM
from tests.fakes.telegram.html import parse

Rows = Sequence[Sequence[tuple[str, str]]]
_CUT = "…"


class Session:
    """`width`: where lines are broken; 0 leaves them as they are, with their marks of direction. `most`: so many lines
    of a message are shown, its beginning and its end.
    """

    def __init__(self, desk: Desk, language: Language, *, width: int = 0, most: int = 12) -> None:
        self.desk, self._language, self._width, self._most = desk, language, width, most
        self._known: set[tuple[str, int]] = set()
        self._buttons: list[tuple[str, str]] = []
        if desk.platform == "telegram":  # the editor has written to the bot before
            desk.bench.telegram.add_chat(int(desk.editor))

    async def step(self, line: str) -> str:
        """What comes of it."""
        if line.startswith("+"):
            before = {(shown.id, shown.version) for shown in self.desk.seen()}
            await told(self.desk, minutes=int(line))
            return self._all(s for s in self.desk.seen() if (s.id, s.version) not in before)
        if line == "channel":
            new = [s for s in await sent(self.desk) if (s.id, s.version) not in self._known]
            self._known |= {(shown.id, shown.version) for shown in new}
            return self._all(new)
        if line in ("taken out", "put back"):
            (self.desk.dismiss if line == "taken out" else self.desk.admit)()
            await self.desk.bench.pump()
            return ""
        return await self._asked(line)

    async def _asked(self, line: str) -> str:
        self.desk.bench.clock.forward(seconds=1)
        pressed = line.startswith("[")
        found = [action for label, action in self._buttons if plain(label) == line[1:-1]]
        assert found or not pressed, f"no button {line} among {[label for label, _ in self._buttons[:12]]}"
        text = found[0] if pressed else line.lstrip("/")
        reply = await self.desk.bench.application.dispatcher(
            Request(
                address=self._address(), person=self.desk.editor, text=text.replace("@news", self._channel()),
                command=not pressed, pressed=pressed, language=self._language,
                zone="Asia/Riyadh" if self.desk.platform == "slack" else None,
            )
        )  # fmt: skip
        said = self._told([part for message in reply.messages for part in self._parts(message)])
        return "\n\n".join(part for part in (said, f"({reply.notice})" if reply.notice else "") if part)

    def _address(self) -> Address:
        slack_chat = (
            self.desk.bench.slack.world.direct_with(self.desk.editor) if self.desk.platform == "slack" else ""
        )
        platform: Platform = "slack" if slack_chat else "telegram"
        return Address(platform=platform, bot=TEAM if slack_chat else self.desk.key.bot,
                       chat=slack_chat or self.desk.editor)  # fmt: skip

    def _channel(self) -> str:
        return self.desk.key.chat if self.desk.platform == "slack" else self.desk.channel

    def _parts(self, message: Message) -> list[tuple[str, Rows]]:
        """Each message that goes out: its words, and its rows of buttons as (label, action)."""
        if self.desk.platform == "slack":
            return [
                (read(part.blocks), [
                    [(e["text"]["text"], e.get("value", "")) for e in b["elements"]]
                    for b in part.blocks if b["type"] == "actions"
                ])
                for part in slack(message)
            ]  # fmt: skip
        calls = [json.loads(part.payload)["parameters"] for part in telegram(message)]
        return [
            (parse(call["text"])[0], [
                [(key["text"], key.get("callback_data", "")) for key in row]
                for row in (call.get("reply_markup") or {}).get("inline_keyboard", [])
            ])
            for call in calls
        ]  # fmt: skip

    def _all(self, messages: Iterable[Shown]) -> str:
        return self._told([(shown.text, shown.rows) for shown in messages])

    def _told(self, parts: Sequence[tuple[str, Rows]]) -> str:
        """The messages; where lines are broken for the guide, of the further parts of a long one none."""
        shown = [(self._lines(text), rows) for text, rows in parts]
        self._buttons[:0] = [button for _, rows in reversed(shown) for row in rows for button in row]
        if self._width:
            shown = [
                (lines, rows) for n, (lines, rows) in enumerate(shown) if not n or rows or _CUT not in lines
            ]
        return "\n\n".join(
            "\n".join([*lines, *(" ".join(f"[{label}]" for label, _ in row) for row in rows)])
            for lines, rows in shown
        )

    def _lines(self, text: str) -> list[str]:
        lines = re.sub(r"127\.0\.0\.1:\d+", "sample.example", text).strip().splitlines()
        if self._width:
            lines = [plain(line) for line in lines if line.strip()]
            lines = [part for line in lines for part in textwrap.wrap(line, self._width)]
        if len(lines) > self._most:
            lines = [*lines[: self._most - 3], _CUT, *lines[-2:]]
        return lines
