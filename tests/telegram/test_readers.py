"""Whole conversations of a reader, from an empty chat, through the real application."""

import pytest

from bot.sample.newsroom import Newsroom
from storage.chat_keys import ChatKey
from tests.application import conversations
from tests.application.conftest import Bench, bench, newsroom_database, reading  # noqa: F401
from tests.application.talk import TelegramTalk, plain

HERE = ChatKey(platform="telegram", bot="7000001", chat="42")


@pytest.mark.parametrize("part", conversations.PARTS)
async def test_a_reader(bench: Bench, part: str) -> None:  # noqa: F811
    """Each conversation of tests/application/conversations.py, as its text says, with nothing refused."""
    await getattr(conversations, part)(bench, TelegramTalk(bench), HERE)
    assert bench.telegram.refused == []


async def test_bad_input(bench: Bench) -> None:  # noqa: F811
    """Nonsense, wrong hours, unknown zones: one clear sentence each."""
    await conversations.errs(TelegramTalk(bench))


async def test_arabic_command_words(bench: Bench) -> None:  # noqa: F811
    """Commands have Arabic names."""
    await conversations.speaks_arabic(TelegramTalk(bench))


async def test_the_settings_of_a_group_belong_to_its_admins(bench: Bench) -> None:  # noqa: F811
    """A member reads, an administrator sets; a forum's topic has settings of its own."""
    fake = bench.telegram
    fake.add_chat(-5, "supergroup", forum=True, topics={9})
    fake.make_member(-5, 42, "member")
    fake.make_member(-5, 77, "administrator")
    fake.type(-5, "/zone الرياض", person=42)
    assert "لمشرفيها" in plain((await fake.wait_sent(-5))[0].text)
    fake.type(-5, "/zone القاهرة", person=77, topic=9)
    await fake.wait_sent(-5, 2)
    async with bench.application.kernel.database.reading() as unit:
        topic = await unit.chats.get(ChatKey(platform="telegram", bot="7000001", chat="-5", thread="9"))
        whole = await unit.chats.get(ChatKey(platform="telegram", bot="7000001", chat="-5"))
    assert topic is not None
    assert (topic.zone, whole) == ("Africa/Cairo", None)


@pytest.mark.parametrize(("typed", "least"), [("", 3), ("رفح", 3), ("زبرجد", 0), ("من:لا_وجود", 0)])
async def test_inline_offers(bench: Bench, typed: str, least: int) -> None:  # noqa: F811
    """After our name in any chat: nothing typed offers the brief's stories, words what the archive has."""
    bench.telegram.type_inline(42, typed)
    await bench.telegram.wait_until(lambda: bench.telegram.world.offered)
    [answer] = bench.telegram.world.offered
    assert len(answer["results"]) >= least
    assert (least == 0) == (answer["results"] == [])
    assert bench.telegram.refused == []


async def said_to(bench: Bench, person: int, until: str) -> str:  # noqa: F811
    """All that the bot wrote to a person, once this is in it."""

    def seen() -> str:
        return plain("\n".join(sent.text for sent in bench.telegram.sent(person)))

    await bench.telegram.wait_until(lambda: until in seen())
    return seen()


async def test_a_broadcasts_links_lead_to_its_stories_and_to_a_digest(bench: Bench) -> None:  # noqa: F811
    """Who reads a channel comes by a link below the post to a story's card, and from there to a digest of their own;
    or by the last link to the hour of the digest at once, greeted, since nobody knows them yet.
    """
    fake = bench.telegram
    fake.add_chat(-100, "channel", username="news")
    fake.make_member(-100, 7000001, "administrator", can_post_messages=True)
    fake.make_member(-100, 77, "creator")
    fake.type(77, "/broadcast @news")
    await fake.wait_until(lambda: any(":approve" in d for m in fake.sent(77) for d in m.buttons))
    card = next(m for m in fake.sent(77) if any(":approve" in d for d in m.buttons))
    fake.press(card, next(d for d in card.buttons if ":approve" in d))
    await fake.wait_until(lambda: card.edits)
    await bench.pump()
    links = fake.sent(-100)[-1].links
    *cards, digest = links.values()
    headline = next(line for line in plain(fake.sent(-100)[0].text).splitlines() if line.startswith("1. "))
    fake.follow_link(cards[0], 43)
    assert headline.removeprefix("1. ").removesuffix(" (جديد)") in await said_to(bench, 43, "لماذا هنا؟")
    fake.press(fake.sent(43)[-1], "do:start", person=43)
    await said_to(bench, 43, "بأي لغة")
    fake.follow_link(digest, 44)
    asked = await said_to(bench, 44, "متى يصلكم الملخص")
    assert "أهلًا بكم في كواليس" in asked
    fake.press(fake.sent(44)[-1], "do:setup hour 08:00 Africa/Cairo", person=44)
    await fake.wait_until(lambda: "سيصلكم الملخص" in fake.sent(44)[-1].text)
    assert fake.refused == []


async def test_a_topic_link_does_not_set_a_group_for_a_member(bench: Bench) -> None:  # noqa: F811
    """What `/topics` refuses a member of a group, a deep link typed there refuses too."""
    bench.telegram.add_chat(-5, "supergroup")
    bench.telegram.make_member(-5, 42, "member")
    bench.telegram.type(-5, "/start topic_saudi-iran", person=42)
    await said_to(bench, -5, "لمشرفيها")
    async with bench.application.kernel.database.reading() as unit:
        assert await unit.chats.get(ChatKey(platform="telegram", bot="7000001", chat="-5")) is None


async def test_a_link_to_a_story_that_is_gone(bench: Bench) -> None:  # noqa: F811
    """An old link says that the story is no longer kept, and what to ask for instead."""
    bench.telegram.follow_link("https://t.me/kawalis_bot?start=story_gone", 42)
    assert "/brief" in await said_to(bench, 42, "لم يعد هذا الخبر محفوظًا")


async def test_inline_offers_lead_to_the_bot(bench: Bench) -> None:  # noqa: F811
    """A story that is posted into another chat shows the article's preview and leads to its card; above the offers
    stands the way to a digest.
    """
    fake = bench.telegram
    fake.type_inline(42, "")
    await fake.wait_until(lambda: fake.world.offered)
    [answer] = fake.world.offered
    first = answer["results"][0]
    [[key]] = first["reply_markup"]["inline_keyboard"]
    shown = first["input_message_content"]["link_preview_options"]
    assert shown["url"] in first["input_message_content"]["message_text"]
    fake.follow_link(key["url"], 42)
    await said_to(bench, 42, "لماذا هنا؟")
    fake.follow_link(f"https://t.me/kawalis_bot?start={answer['button']['start_parameter']}", 42)
    await said_to(bench, 42, "متى يصلكم الملخص")
    assert fake.refused == []


async def test_which_link_is_previewed(bench: Bench) -> None:  # noqa: F811
    """A brief of many stories shows no preview; a story's card shows that of the article its first sentence is from,
    once, and small.
    """
    talk = TelegramTalk(bench)
    await talk.type("/brief", "أجاب")
    briefs = bench.telegram.sent(42)
    assert all(m.parameters["link_preview_options"] == {"is_disabled": True} for m in briefs)
    await talk.press(next(action for action in talk.actions() if action.endswith(":more")), "لماذا هنا؟")
    card = [m for m in bench.telegram.sent(42) if m not in briefs]
    shown = [m.parameters["link_preview_options"] for m in card]
    assert [options.get("prefer_small_media") for options in shown] == [True] + [None] * (len(shown) - 1)
    assert card[0].html.index(shown[0]["url"]) == card[0].html.index("http://")


async def test_a_pasted_link(reading: tuple[Bench, Newsroom]) -> None:  # noqa: F811
    """See `pastes_a_link`; and after our name in another chat a link is briefed too."""
    made, newsroom = reading
    await conversations.pastes_a_link(made, TelegramTalk(made), newsroom.root)
    made.telegram.type_inline(42, f"{newsroom.root}/{conversations.LINKED}")
    await made.telegram.wait_until(lambda: made.telegram.world.offered)
    [offer] = made.telegram.world.offered[0]["results"]
    assert offer["input_message_content"]["link_preview_options"]["url"].startswith(newsroom.root)
    assert made.telegram.refused == []


async def test_alerts_stop_at_the_days_cap(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """See `is_not_flooded`."""
    monkeypatch.setattr("bot.alerting.MOST_A_DAY", 2)
    await conversations.is_not_flooded(bench, TelegramTalk(bench), HERE)


async def test_what_is_for_one_alone_never_shows_in_a_group(bench: Bench) -> None:  # noqa: F811
    """An administrator who never wrote to the bot asks for the group's data there: the group sees only how to get it
    in private, and once that chat is open it comes there.
    """
    fake = bench.telegram
    fake.add_chat(-5, "supergroup")
    fake.make_member(-5, 43, "administrator")
    fake.type(-5, "/zone القاهرة", person=43)
    await said_to(bench, -5, "توقيت القاهرة")
    fake.type(-5, "/export", person=43)
    await said_to(bench, -5, "لكم وحدكم")
    assert not any(sent.upload for sent in fake.sent(-5))
    [way] = fake.sent(-5)[-1].links.values()
    fake.follow_link(way, 43)
    await said_to(bench, 43, "أهلًا بكم في كواليس")
    fake.type(-5, "/export", person=43)
    await said_to(bench, 43, "كل ما نحفظه")
    assert not any(sent.upload for sent in fake.sent(-5))
    assert fake.sent(43)[-1].upload is not None
