"""The main job, end to end: ask, subscribe, broadcast, on real articles fetched over HTTP."""

import json
import re
from datetime import timedelta

import pytest

from adapters.terminal.render import render
from bot.sample.newsroom import SAMPLE_NOW
from storage.chat_keys import ChatKey
from tests.application.conftest import READER, Bench
from tests.fakes.slack import CHANNEL, PERSON
from tests.fakes.slack.world import words

LETTERS = re.compile(r"[^\w]+")


def headlines(text: str) -> list[str]:
    """The numbered headlines of a brief, without marks."""
    found = re.findall(r"^[\u2068]?(\d)\. (.+?) \(", text.replace("\u2069", ""), re.MULTILINE)
    return [LETTERS.sub(" ", headline).strip() for _, headline in found]


async def test_a_brief_is_the_same_in_every_chat(bench: Bench) -> None:
    """Telegram, Slack and the terminal give the same stories in the same order."""
    bench.telegram.type(READER, "/brief")
    await bench.telegram.wait_until(lambda: any(m.buttons for m in bench.telegram.sent(READER)))
    sent = bench.telegram.sent(READER)
    await bench.slack.slash(CHANNEL, PERSON, "/kawalis brief")
    await bench.slack.until(lambda: "أجاب" in " ".join(words(m.blocks) for m in bench.slack.sent(CHANNEL)))
    typed = await bench.ask("brief")
    terminal = headlines(render(typed.messages[0], width=400))
    assert len(terminal) >= 3
    telegram_text = LETTERS.sub(" ", " ".join(message.text for message in sent))
    slack_text = LETTERS.sub(" ", " ".join(words(m.blocks) for m in bench.slack.sent(CHANNEL)))
    for text in (telegram_text, slack_text):
        places = [text.find(headline) for headline in terminal]
        assert all(place >= 0 for place in places)
        assert places == sorted(places)


async def test_every_story_has_sentences_links_origins_and_speakers(bench: Bench) -> None:
    """A brief says, for each story, what happened with links, how many origins it has, and who said what."""
    reply = await bench.ask("brief")
    shown = render(reply.messages[0], width=400)
    stories = shown.split("─" * 40)[1:-1]
    assert len(stories) >= 3
    assert all("<http://127.0.0.1" in story for story in stories)
    assert all(
        re.search(r"مصدر(?:ين)? أصلي|مصادر أصلية|غير معروف|لم نجده إلا في", story) for story in stories
    )
    assert sum("من قال ماذا" in story for story in stories) >= 3
    assert "عيّنة" in shown


async def test_a_story_is_new_once(bench: Bench) -> None:
    """Asked again at once, the chat gets what the first brief had no room for, and then is told plainly that
    there is nothing new; another chat still gets everything.
    """
    told: list[str] = []
    for _ in range(4):
        shown = render((await bench.ask("brief")).messages[0], width=400)
        told += re.findall(r"\d\. (.+) \(جديد\)", shown)
        if "لا جديد منذ آخر موجز" in shown:
            break
    assert "لا جديد منذ آخر موجز" in shown
    assert len(told) == len(set(told)) >= 3
    other = render((await bench.ask("brief", chat="another")).messages[0], width=400)
    assert "(جديد)" in other


async def test_a_reader_subscribes_and_the_digest_comes_once(bench: Bench) -> None:
    """The digest comes at the chat's own hour, once, however often the tick comes."""
    bench.telegram.type(READER, "/subscribe 13:00 Asia/Riyadh")
    await bench.telegram.wait_sent(READER)
    assert await bench.application.tick(bench.clock.forward(minutes=59)) == 0
    due = bench.clock.forward(minutes=1)
    assert due == SAMPLE_NOW + timedelta(hours=1)
    assert await bench.application.tick(due) == 1
    assert await bench.application.tick(due) == 0
    await bench.pump()
    digest = bench.telegram.sent(READER)[1:]
    assert "كواليس" in digest[0].text
    assert await bench.application.tick(bench.clock.forward(minutes=5)) == 0
    assert await bench.pump() == 0
    assert bench.telegram.sent(READER)[1:] == digest


async def test_slack_subscribes_with_the_zone_it_knows(bench: Bench) -> None:
    """Slack tells a person's zone, so that the hour alone is enough; the digest goes to the channel."""
    bench.slack.world.people[PERSON]["is_admin"] = True
    await bench.slack.slash(CHANNEL, PERSON, "/kawalis subscribe 13:00")
    await bench.slack.answers(1)
    before = len(bench.slack.sent(CHANNEL))
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 1
    await bench.pump()
    assert len(bench.slack.sent(CHANNEL)) > before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/brif", "أتقصدون /brief"),
        ("/xyzzy", "لا نعرف الأمر"),
        ("/subscribe 25:00 Asia/Riyadh", "لم نفهم الساعة"),
        ("/subscribe 08:00 Mars/Base", "لا نعرف المنطقة الزمنية"),
        ("/subscribe 08:00", "بتوقيت أي مدينة"),
        ("/brief yesterday", "لم نفهم «yesterday»"),
        ("/broadcast @news", "للمحررين"),
        ("صباح الخير", "نفهم الأوامر وروابط المقالات"),
        ("http://127.0.0.1:1/x", "غير مسموح"),
        ("file:///etc/passwd", "نفهم الأوامر"),
    ],
)
async def test_bad_input_gets_one_clear_sentence(bench: Bench, typed: str, said: str) -> None:
    """Whatever is typed wrongly is answered with one sentence that says what to do, and the bot goes on."""
    bench.telegram.type(READER, typed)
    [sent] = await bench.telegram.wait_sent(READER)
    assert said in sent.text.replace("\u2068", "").replace("\u2069", "")
    bench.telegram.type(READER, "/help")
    await bench.telegram.wait_sent(READER, 2)


async def test_english_is_a_choice(bench: Bench) -> None:
    """A chat that chooses English is answered in English from then on."""
    bench.telegram.type(READER, "/language en")
    await bench.telegram.wait_sent(READER)
    bench.telegram.type(READER, "/settings")
    sent = await bench.telegram.wait_sent(READER, 2)
    assert "Settings of this chat" in sent[1].text


async def test_buttons_open_a_story(bench: Bench) -> None:
    """Each story's buttons show more of it, who said what, and its sources."""
    bench.telegram.type(READER, "/brief")
    sent = await bench.telegram.wait_sent(READER)
    await bench.telegram.wait_until(lambda: any(m.buttons for m in bench.telegram.sent(READER)))
    last = next(m for m in bench.telegram.sent(READER) if m.buttons)
    count = len(bench.telegram.sent(READER))
    for look, said in (("more", "تسلسل النشر"), ("who", "من قال ماذا"), ("sources", "مصادر الخبر")):
        data = next(d for d in last.buttons if d.endswith(look))
        bench.telegram.press(last, data)
        await bench.telegram.wait_sent(READER, count + 1)
        assert said in "".join(m.text for m in bench.telegram.sent(READER)[count:])
        count = len(bench.telegram.sent(READER))
    assert sent


async def test_a_blocked_bot_stops_its_digests_and_resumes(bench: Bench) -> None:
    """Nothing is composed for a chat that blocked us; coming back resumes its digest."""
    bench.telegram.type(READER, "/subscribe 13:00 Asia/Riyadh")
    await bench.telegram.wait_sent(READER)
    key = ChatKey(platform="telegram", bot="7000001", chat=str(READER))
    bench.telegram.block(READER)
    await wait_for_pause(bench, key, paused=True)
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 0
    bench.telegram.unblock(READER)
    await wait_for_pause(bench, key, paused=False)
    assert await bench.application.tick(bench.clock.forward(days=1)) == 1


async def wait_for_pause(bench: Bench, key: ChatKey, *, paused: bool) -> None:
    async def state() -> bool:
        async with bench.application.kernel.database.reading() as unit:
            chat = await unit.chats.get(key)
        return chat is not None and chat.paused

    for _ in range(400):
        if await state() == paused:
            return
        await bench.telegram.breathe()
    raise AssertionError("the chat's pause was not heard")


async def test_the_brief_as_json_is_valid(bench: Bench) -> None:
    """The JSON of a brief holds verbatim spans: `text` is the article's own characters."""
    from bot.presenting.exports import brief_value

    kernel = bench.application.kernel
    made = await kernel.briefing.brief(kernel.topic(None), SAMPLE_NOW, kernel.briefing.default_window)
    value = json.loads(json.dumps(brief_value(made, kernel.locate(made)), ensure_ascii=False))
    async with kernel.database.reading() as unit:
        for story in value["stories"]:
            for sentence in story["sentences"]:
                pieces = []
                for span in sentence["spans"]:
                    article = await unit.articles.by_url(span["url"])
                    assert article is not None
                    text = article.title if span.get("in") == "title" else article.text
                    pieces.append(text[span["start"] : span["end"]])
                assert sentence["text"] == " ".join(pieces)
