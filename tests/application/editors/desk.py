"""An editor at a chat, and the channel that they post to. The same conversation runs in Telegram and in Slack; only
here are they told apart.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import func, select

from storage.chat_keys import ChatKey
from storage.tables.outbox import deliveries
from tests.application.conftest import EDITOR, SLACK_EDITOR, Bench
from tests.application.talk import plain
from tests.fakes.slack import CHANNEL, TEAM
from tests.fakes.slack.world import Json

BOT, NEWS = 7_000_001, -100
OTHER, SLACK_OTHER = 78, "U0OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message as a person sees it: its words, and the labels of its buttons with what each does."""

    id: str
    version: int
    text: str
    rows: tuple[tuple[tuple[str, str], ...], ...]
    answers: str = ""  # the message that it is an answer to
    silent: bool = False

    @property
    def buttons(self) -> list[tuple[str, str]]:
        return [button for row in self.rows for button in row]


class Desk(Protocol):
    """`channel` is how the channel is typed, `name` how it is shown, `key` how it is kept."""

    bench: Bench
    platform: str
    channel: str
    name: str
    key: ChatKey
    editor: str
    other: str
    typed: str  # what stands before a command here

    def seen(self, person: str = "") -> list[Shown]:
        """What the editor (or `person`) sees in their own chat with us, the oldest first."""

    def posts(self) -> list[Shown]:
        """What stands in the channel."""

    async def write(self, line: str, person: str) -> None: ...

    async def show(self, caption: str = "", *, pictures: int = 1) -> None:
        """The editor sends pictures."""

    async def push(self, shown: Shown, action: str, person: str) -> None: ...

    async def until(self, true: Callable[[], object]) -> None: ...

    def let_in(self, person: str) -> None:
        """The person may post in the channel themselves."""

    def put_out(self, person: str) -> None:
        """The person may so no more."""

    def dismiss(self) -> None:
        """The bot may not post there any more; nobody tells it."""

    def admit(self) -> None:
        """The bot may post there."""


async def typed(desk: Desk, line: str, until: str = "", person: str = "") -> str:
    """Type a line (`@news` stands for the channel); everything new, once `until` stands in it."""
    who = person or desk.editor
    before = {(shown.id, shown.version) for shown in desk.seen(who)}
    await desk.write(line.replace("@news", desk.channel), who)
    return await _new(desk, who, before, until)


async def pressed(desk: Desk, verb: str, until: str = "", person: str = "", nth: int = -1) -> str:
    """Press a button of this verb (`approve`, `drop` …), of the newest card that has one; what is new or changed."""
    who = person or desk.editor
    cards = [shown for shown in desk.seen(who) if _action(shown, verb)]
    before = {(shown.id, shown.version) for shown in desk.seen(who)}
    await desk.push(cards[nth], _action(cards[nth], verb) or "", who)
    return await _new(desk, who, before, until)


def of_draft(shown: Shown) -> bool:
    """Whether it has a draft's buttons; posts, and what they will look like, have buttons for readers."""
    return any(action.startswith("draft:") for _, action in shown.buttons)


def _action(shown: Shown, verb: str) -> str | None:
    """The first action of the verb: `draft:ID:VERB`, or `draft:ID:VERB:STORY`."""
    found = [action for _, action in shown.buttons if action.startswith("draft:")]
    return next((action for action in found if action.split(":")[2] == verb), None)


async def _new(desk: Desk, who: str, before: set[tuple[str, int]], until: str) -> str:
    def text() -> str:
        new = [shown for shown in desk.seen(who) if (shown.id, shown.version) not in before]
        return "\n".join(shown.text for shown in new)

    await desk.until(lambda: text() and until in text())
    return text()


async def sent(desk: Desk) -> list[Shown]:
    """What stands in the channel once everything due is sent, and what the pace of the channel put off by seconds."""
    at = desk.bench.clock()
    await desk.bench.pump()
    while await _put_off(desk):
        desk.bench.clock.forward(seconds=1)
        await desk.bench.pump()
    desk.bench.clock.now = at
    return desk.posts()


async def _put_off(desk: Desk) -> int:
    async with desk.bench.application.kernel.database.reading() as unit:
        waits = (deliveries.c.state == "ready", deliveries.c.error == "pace")
        counted = select(func.count()).select_from(deliveries).where(*waits)
        return int((await unit.outbox.connection.execute(counted)).scalar_one())


async def told(desk: Desk, minutes: float = 1) -> str:
    """What the editor is told in the next minutes without asking."""
    before = {(shown.id, shown.version) for shown in desk.seen()}
    await desk.bench.application.tick(desk.bench.clock.forward(minutes=minutes))
    await sent(desk)
    return "\n".join(s.text for s in desk.seen() if (s.id, s.version) not in before)


def briefs(posts: Sequence[Shown]) -> int:
    """How many briefs begin among these messages."""
    return sum("كواليس:" in post.text or "Kawalis:" in post.text for post in posts)


class TelegramDesk:
    platform, channel, name = "telegram", "@news", "@news"
    editor, other, typed = str(EDITOR), str(OTHER), "/"

    def __init__(self, bench: Bench, language: str = "ar") -> None:
        self.bench, self._fake, self._language = bench, bench.telegram, language
        self.key = ChatKey(platform="telegram", bot=str(BOT), chat=str(NEWS))
        self._fake.add_chat(NEWS, "channel", username="news")
        self.admit()
        self.let_in(self.editor)

    def seen(self, person: str = "") -> list[Shown]:
        return self._shown(int(person or self.editor))

    def posts(self) -> list[Shown]:
        return self._shown(NEWS)

    def _shown(self, chat: int) -> list[Shown]:
        return [
            Shown(
                id=str(m.id), version=m.edits, text=plain(m.text),
                rows=tuple(tuple((key["text"], key.get("callback_data", "")) for key in row) for row in m.keyboard),
                answers=str((m.parameters.get("reply_parameters") or {}).get("message_id", "")),
                silent=bool(m.parameters.get("disable_notification")),
            )
            for m in self._fake.sent(chat)
        ]  # fmt: skip

    async def write(self, line: str, person: str) -> None:
        self._fake.type(int(person), line, language=self._language)

    async def show(self, caption: str = "", *, pictures: int = 1) -> None:
        self._fake.show(int(self.editor), caption=caption, pictures=pictures, language=self._language)

    async def push(self, shown: Shown, action: str, person: str) -> None:
        message = next(m for m in self._fake.sent(int(person)) if str(m.id) == shown.id)
        self._fake.press(message, action, person=int(person), language=self._language)

    async def until(self, true: Callable[[], object]) -> None:
        await self._fake.wait_until(true)

    def let_in(self, person: str) -> None:
        self._fake.make_member(NEWS, int(person), "administrator", can_post_messages=True)

    def put_out(self, person: str) -> None:
        self._fake.make_member(NEWS, int(person), "member")

    def dismiss(self) -> None:
        del self._fake.world.chats[NEWS].members[BOT]

    def admit(self) -> None:
        self._fake.make_member(NEWS, BOT, "administrator", can_post_messages=True)


class SlackDesk:
    """An editor in their direct message with the app."""

    platform, channel, name = "slack", f"<#{CHANNEL}|news>", "#news"
    editor, other, typed = SLACK_EDITOR, SLACK_OTHER, "/kawalis "

    def __init__(self, bench: Bench, language: str = "ar") -> None:
        self.bench, self._fake = bench, bench.slack
        self.key = ChatKey(platform="slack", bot=TEAM, chat=CHANNEL)
        locale = "en-US" if language == "en" else "ar-SA"
        for person in (self.editor, self.other):
            self._fake.world.add_person(person, locale=locale)
        self.let_in(self.editor)

    def seen(self, person: str = "") -> list[Shown]:
        return self._shown(person or self.editor)

    def posts(self) -> list[Shown]:
        return self._shown(CHANNEL)

    def _shown(self, channel: str) -> list[Shown]:
        return [
            Shown(
                id=m.ts, version=m.edited, text=plain(read(m.blocks)),
                rows=tuple(_row(b) for b in m.blocks if b["type"] == "actions"), answers=m.thread_ts or "",
            )
            for m in self._fake.sent(channel)
        ]  # fmt: skip

    async def write(self, line: str, person: str) -> None:
        await self._fake.dm(person, line.lstrip("/"))

    async def show(self, caption: str = "", *, pictures: int = 1) -> None:
        files = [{"id": f"F{place}", "mimetype": "image/png"} for place in range(pictures)]
        await self._fake.dm(self.editor, caption.lstrip("/"), subtype="file_share", files=files)

    async def push(self, shown: Shown, action: str, person: str) -> None:
        await self._fake.press(shown.id, action, user=person)

    async def until(self, true: Callable[[], object]) -> None:
        await self._fake.until(true, seconds=20)

    def let_in(self, person: str) -> None:
        self._fake.world.channels[CHANNEL].people.add(person)

    def put_out(self, person: str) -> None:
        self._fake.world.channels[CHANNEL].people.discard(person)

    def dismiss(self) -> None:
        self._fake.world.channels[CHANNEL].member = False

    def admit(self) -> None:
        self._fake.world.channels[CHANNEL].member = True


def read(blocks: Sequence[Json]) -> str:
    """The words of Slack's blocks as a person reads them, a line for a line; without the buttons."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _lines(block: Json) -> list[str]:
    match block["type"]:
        case "header" | "section":
            return [block["text"]["text"]]
        case "context":
            return [" ".join(element["text"] for element in block["elements"])]
        case "rich_text":
            return [line for element in block["elements"] for line in _rich(element)]
        case _:
            return []


def _rich(element: Json) -> list[str]:
    if element["type"] != "rich_text_list":
        return ["".join(inline.get("text", "") for inline in element["elements"])]
    numbered = element["style"] == "ordered"
    items = enumerate(element["elements"], start=element.get("offset", 0) + 1)
    return [(f"{number}. " if numbered else "• ") + _rich(item)[0] for number, item in items]


def _row(block: Json) -> tuple[tuple[str, str], ...]:
    return tuple((e["text"]["text"], e["value"]) for e in block["elements"] if "value" in e)


def desk_of(platform: str, bench: Bench, language: str = "ar") -> Desk:
    return TelegramDesk(bench, language) if platform == "telegram" else SlackDesk(bench, language)
