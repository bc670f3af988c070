"""F27 from end to end: a feed dies, and the operators in Telegram and Slack hear of it in their languages."""

from datetime import timedelta
from pathlib import Path

from bot.presenting.reports import notice_words
from bot.texts import texts
from storage.chat_keys import ChatKey
from storage.chats import Chat
from summaries.types import Source, SourceId
from tests.application.conftest import EDITOR, SLACK_EDITOR, Bench, opened
from tests.application.talk import plain
from tests.fakes.slack.world import read
from tests.fakes.web import Answer, ScriptedWeb, feed

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>جريدة</title>{}</channel></rss>"""
ITEM = "<item><guid>1</guid><title>خبر أول</title><link>https://one.example/1</link></item>"
OUTLET = "جريدة الواحة"


async def poll(bench: Bench, times: int) -> None:
    """As many rounds, each long enough after the last for any back-off, with the decisions of their minute."""
    for _ in range(times):
        now = bench.clock.forward(hours=25)
        await bench.application.collect(now)
        await bench.application.tick(now)
        await bench.application.tick(now + timedelta(minutes=1))
    for _ in range(4):  # Slack takes one message a second for a chat
        await bench.pump()
        bench.clock.forward(minutes=1)
        await bench.pace.sleep(60)


def heard(bench: Bench) -> tuple[list[str], list[str]]:
    """What the operators read of that outlet: in Telegram, in Slack."""
    telegram = [plain(message.text) for message in bench.telegram.sent(EDITOR)]
    slack = [plain(read(message)) for message in bench.slack.sent(SLACK_EDITOR)]
    return [t for t in telegram if OUTLET in t], [t for t in slack if OUTLET in t]


async def test_a_feed_that_dies_is_told_once_and_again_when_it_dies_again(
    newsroom_database: Path, tmp_path: Path
) -> None:
    """Five answers of 500 in a row are one alarm to each operator, in the language of his chat, with what to do; that
    it answers again is no message, and the next death is another alarm.
    """
    dead, well = Answer(status=500), feed(FEED.format(ITEM))
    async with ScriptedWeb() as web:
        web.on("/rss", well, *[dead] * 7, well, *[dead] * 7)
        source = Source(id=SourceId("oasis"), outlet=OUTLET, url=f"http://127.0.0.1:{web.port}/rss")
        other = Source(id=SourceId("other"), outlet="الأخرى", url=f"http://127.0.0.1:{web.port}/other")
        web.on("/other", well)
        async with opened(newsroom_database, tmp_path / "k.db", {("127.0.0.1", web.port)}) as bench:  # fmt: skip
            bench.telegram.add_chat(EDITOR)
            bench.slack.world.add_person(SLACK_EDITOR)
            async with bench.application.kernel.database.unit() as unit:
                key = ChatKey(platform="telegram", bot="7000001", chat=str(EDITOR))
                await unit.chats.put(Chat(platform=key.platform, bot=key.bot, chat=key.chat, language="en"))
                for known, _ in await unit.sources.all():
                    await unit.sources.remove(known.id)
                await unit.sources.upsert([source, other])
                await unit.commit()
            await poll(bench, 5)
            assert heard(bench) == ([], [])
            await poll(bench, 3)
            values = {"error": "http_500", "failures": "5"}
            english, arabic = (notice_words("failing", OUTLET, values, texts(lang)) for lang in ("en", "ar"))
            [[telegram], [slack]] = heard(bench)
            assert plain(english) in telegram
            assert plain(arabic) in slack
            await poll(bench, 2)
            assert [len(one) for one in heard(bench)] == [1, 1]
            await poll(bench, 6)
            assert [len(one) for one in heard(bench)] == [2, 2]
