"""An editor's conversations: draft, change, approve, schedule, correct, in Telegram and in Slack."""

import dataclasses
from datetime import timedelta

import pytest

from bot.application import build_application, running
from bot.gateways import open_gateways
from storage.chat_keys import ChatKey
from storage.editors import DraftState
from tests.application.conftest import EDITOR, Bench
from tests.fakes.slack import CHANNEL, PERSON
from tests.fakes.slack.world import Message, words
from tests.fakes.telegram.world import Sent

NEWS = -100
KEY = ChatKey(platform="telegram", bot="7000001", chat=str(NEWS))
OTHER_EDITOR = 78


@pytest.fixture
def channel(bench: Bench) -> None:
    """A channel whose owner is the editor, and in which the bot may post."""
    bench.telegram.add_chat(NEWS, "channel", username="news")
    bench.telegram.make_member(NEWS, 7000001, "administrator", can_post_messages=True)
    bench.telegram.make_member(NEWS, EDITOR, "creator")


def cards(bench: Bench, person: int = EDITOR) -> list[Sent]:
    return [m for m in bench.telegram.sent(person) if any(d.startswith("draft:") for d in m.buttons)]


async def drafted(bench: Bench, typed: str = "/broadcast @news", person: int = EDITOR) -> Sent:
    """Type it, and wait for the draft's card."""
    before = len(cards(bench, person))
    bench.telegram.type(person, typed)
    await bench.telegram.wait_until(lambda: len(cards(bench, person)) > before)
    return cards(bench, person)[-1]


async def press(bench: Bench, card: Sent, verb: str, *, person: int = EDITOR, edits: int = 1) -> None:
    """Press the first button of this verb, and wait until the card says something else."""
    data = next(d for d in card.buttons if d.split(":")[2] == verb)
    before = card.edits
    bench.telegram.press(card, data, person=person)
    await bench.telegram.wait_until(lambda: card.edits >= before + edits)


async def said(bench: Bench, typed: str, person: int = EDITOR) -> str:
    """What the bot answers to a line."""
    before = len(bench.telegram.sent(person))
    bench.telegram.type(person, typed)
    await bench.telegram.wait_sent(person, before + 1)
    return bench.telegram.sent(person)[-1].text.replace("\u2068", "").replace("\u2069", "")


async def posted(bench: Bench) -> list[Sent]:
    await bench.pump()
    return bench.telegram.sent(NEWS)


@pytest.mark.usefixtures("channel")
async def test_nothing_is_posted_before_an_editor_approves(bench: Bench) -> None:
    """The command makes a draft that its editor sees whole; the post is what they saw, and comes once."""
    card = await drafted(bench)
    preview = bench.telegram.sent(EDITOR)[0]
    assert await posted(bench) == []
    assert "مسودة للنشر في" in card.text
    await press(bench, card, "approve")
    posts = await posted(bench)
    assert posts[0].html == preview.html
    assert "نُشرت في" in card.text
    assert not [d for d in card.buttons if d.endswith(("approve", "now"))]


@pytest.mark.usefixtures("channel")
async def test_a_double_press_posts_once(bench: Bench) -> None:
    """Of two presses on one button, and of two editors, one posts; the other is told so."""
    card = await drafted(bench)
    data = next(d for d in card.buttons if d.endswith("approve"))
    bench.telegram.press(card, data)
    bench.telegram.press(card, data)
    await bench.telegram.wait_until(lambda: len(bench.telegram.world.answered) == 2)
    posts = await posted(bench)
    assert sum("كواليس" in post.text for post in posts) == 1
    notices = sorted(str(answer.get("text")) for answer in bench.telegram.world.answered)
    assert len({notice[:10] for notice in notices}) == 2


@pytest.mark.usefixtures("channel")
async def test_the_command_sent_twice_leaves_one_draft(bench: Bench) -> None:
    """A newer draft takes the place of the editor's open one, whose buttons then post nothing."""
    first = await drafted(bench)
    second = await drafted(bench)
    await press(bench, first, "approve")
    assert await posted(bench) == []
    assert "رُفضت" in first.text
    await press(bench, second, "approve")
    assert sum("كواليس" in post.text for post in await posted(bench)) == 1


@pytest.mark.usefixtures("channel")
async def test_stories_are_taken_out_moved_and_put_back(bench: Bench) -> None:
    """What the editor takes out is not posted, and the order is theirs."""
    card = await drafted(bench)
    headlines = [line.partition(". ")[2] for line in card.text.splitlines() if line[:1].isdigit()]
    assert len(headlines) >= 3
    for verb in ("edit", "drop", "restore", "drop", "up", "show", "approve"):
        await press(bench, card, verb)
    text = " ".join(post.text for post in await posted(bench))
    assert headlines[0] not in text
    assert text.index(headlines[2]) < text.index(headlines[1])


@pytest.mark.usefixtures("channel")
async def test_the_editors_word_is_shown_as_theirs(bench: Bench) -> None:
    """A note stands above the brief, marked as the editor's; it is theirs to take away."""
    assert "لا مسودة مفتوحة" in await said(bench, "/note كلمة")
    await drafted(bench)
    await said(bench, "/note " + "x" * 501)
    assert "أطول من 500" in bench.telegram.sent(EDITOR)[-1].text
    await drafted(bench, "/note نعود بالتفاصيل مساء")
    card = cards(bench)[-1]
    await press(bench, card, "approve")
    first = (await posted(bench))[0].text
    assert "كلمة المحرر: نعود بالتفاصيل مساء" in first


@pytest.mark.usefixtures("channel")
async def test_a_rejected_draft_is_not_posted(bench: Bench) -> None:
    """Rejected is rejected, also for a button that is still on the screen."""
    card = await drafted(bench)
    stale = next(d for d in card.buttons if d.endswith("approve"))
    await press(bench, card, "reject")
    assert "رُفضت المسودة" in card.text
    reply = await bench.ask(stale, pressed=True)
    assert await posted(bench) == []
    assert "لستم من محرري" in str(reply.messages[0].blocks)


@pytest.mark.usefixtures("channel")
async def test_a_scheduled_post_comes_at_its_hour_in_the_editors_zone(bench: Bench) -> None:
    """15:00 is 15:00 where the editor lives (12:00 UTC); it comes at that minute, once, and the editor is told."""
    assert "بأي توقيت" in await said(bench, "/broadcast @news 18:00")
    card = await drafted(bench, "/broadcast @news 15:00 Asia/Riyadh")
    assert "15:00" in card.text
    await press(bench, card, "approve")
    assert "وُوفق عليها" in card.text
    bench.clock.forward(minutes=179)
    await bench.application.tick(bench.clock())
    assert await posted(bench) == []
    due = bench.clock.forward(minutes=1)
    await bench.application.tick(due)
    await bench.application.tick(due)
    assert sum("كواليس" in post.text for post in await posted(bench)) == 1
    assert "أُدرج للنشر" in bench.telegram.sent(EDITOR)[-1].text


@pytest.mark.usefixtures("channel")
async def test_a_scheduled_post_survives_a_restart(bench: Bench) -> None:
    """Approved before the process died, posted once by the next one."""
    card = await drafted(bench, "/broadcast @news 15:00 Asia/Riyadh")
    await press(bench, card, "approve")
    await bench.application.stop()
    kernel = bench.application.kernel
    again = build_application(kernel, owner="test2")
    gateways = open_gateways(kernel.settings, kernel.database, again.dispatcher, again.changed)
    async with running(again, gateways[:1]):
        await again.tick(bench.clock.forward(hours=3))
        await again.tick(bench.clock.forward(minutes=1))
        while await again.drain():
            pass
    assert sum("كواليس" in post.text for post in bench.telegram.sent(NEWS)) == 1


@pytest.mark.usefixtures("channel")
async def test_what_an_outage_made_late_goes_back_to_its_editor(bench: Bench) -> None:
    """Old news is not posted hours late: the editor gets the draft back and decides."""
    card = await drafted(bench, "/broadcast @news 15:00 Asia/Riyadh")
    await press(bench, card, "approve")
    await bench.application.tick(bench.clock.forward(hours=7))
    assert await posted(bench) == []
    told = bench.telegram.sent(EDITOR)[-1]
    assert "فات موعد المسودة" in told.text
    async with bench.application.kernel.database.reading() as unit:
        [draft] = await unit.editors.drafts(KEY)
    assert (draft.state, draft.scheduled) == (DraftState.DRAFT, None)


@pytest.mark.usefixtures("channel")
async def test_a_scheduled_post_can_be_called_off(bench: Bench) -> None:
    """Until its hour an approved draft can be cancelled, and is then not posted."""
    card = await drafted(bench, "/broadcast @news 15:00 Asia/Riyadh")
    await press(bench, card, "approve")
    await press(bench, card, "reject")
    await bench.application.tick(bench.clock.forward(hours=3))
    assert await posted(bench) == []


@pytest.mark.usefixtures("channel")
async def test_the_rights_are_asked_again_at_the_hour(bench: Bench) -> None:
    """An editor who lost their right before the hour posts nothing, and is told what is missing."""
    card = await drafted(bench, "/broadcast @news 15:00 Asia/Riyadh")
    await press(bench, card, "approve")
    bench.telegram.make_member(NEWS, EDITOR, "member")
    await bench.application.tick(bench.clock.forward(hours=3))
    assert await posted(bench) == []
    assert "لا تملكون حق النشر" in bench.telegram.sent(EDITOR)[-1].text


@pytest.mark.usefixtures("channel")
async def test_a_post_at_night_is_silent(bench: Bench) -> None:
    """What is posted in the channel's night comes without a sound; by day it sounds."""
    card = await drafted(bench, "/broadcast @news 23:30 Asia/Riyadh")
    await press(bench, card, "approve")
    await bench.application.tick(bench.clock.forward(hours=11, minutes=30))
    assert (await posted(bench))[0].parameters.get("disable_notification") is True
    card = await drafted(bench, "/broadcast @news 12:00 Asia/Riyadh 10d")
    await press(bench, card, "approve")
    before = len(bench.telegram.sent(NEWS))
    await bench.application.tick(bench.clock.forward(hours=12, minutes=30))
    assert "disable_notification" not in (await posted(bench))[before].parameters


@pytest.mark.usefixtures("channel")
async def test_a_draft_that_another_post_overtook_must_be_refreshed(bench: Bench) -> None:
    """Two editors draft the same news: the second is told that it was posted, and posts it no second time."""
    operator = await drafted(bench)
    await said(bench, f"/editors @news add {OTHER_EDITOR}")
    bench.telegram.make_member(NEWS, OTHER_EDITOR, "administrator", can_post_messages=True)
    other = await drafted(bench, person=OTHER_EDITOR)
    await press(bench, operator, "approve")
    count = len(await posted(bench))
    before = len(bench.telegram.sent(OTHER_EDITOR))
    bench.telegram.press(other, next(d for d in other.buttons if d.endswith("approve")), person=OTHER_EDITOR)
    await bench.telegram.wait_sent(OTHER_EDITOR, before + 1)
    assert "نُشر موجز آخر" in bench.telegram.sent(OTHER_EDITOR)[-1].text
    assert len(await posted(bench)) == count


@pytest.mark.usefixtures("channel")
async def test_a_correction_edits_in_place_and_says_what_changed(bench: Bench) -> None:
    """The post is edited where it stands and answered with the reason and the story that was taken out."""
    card = await drafted(bench)
    await press(bench, card, "approve")
    posts = await posted(bench)
    count, headline = (
        len(posts),
        next(line.partition(". ")[2] for line in card.text.splitlines() if line.startswith("1.")),
    )
    assert headline in " ".join(post.text for post in posts)
    before = len(cards(bench))
    bench.telegram.press(card, next(d for d in card.buttons if d.endswith("correct")))
    await bench.telegram.wait_until(lambda: len(cards(bench)) == before + 2)
    editing, correction = cards(bench)[-2:]
    await press(bench, editing, "drop")
    bench.telegram.press(correction, next(d for d in correction.buttons if d.endswith("approve")))
    await bench.telegram.wait_until(lambda: "ما الذي كان خطأ" in bench.telegram.sent(EDITOR)[-1].text)
    await said(bench, "/note نسبنا التصريح إلى غير قائله.")
    await press(bench, cards(bench)[-1], "approve")
    posts = await posted(bench)
    whole = " ".join(post.text for post in posts[:count])
    assert headline not in whole
    assert "صُحّح في" in posts[0].text
    assert posts[0].edits == 1
    assert len(posts) == count + 1
    answer = posts[-1]
    assert int(answer.parameters["reply_parameters"]["message_id"]) == posts[0].id
    assert answer.parameters["reply_parameters"]["allow_sending_without_reply"] is True
    assert "نسبنا التصريح إلى غير قائله." in answer.text
    assert f"حُذف: {headline}" in answer.text
    assert bench.telegram.refused == []


@pytest.mark.usefixtures("channel")
async def test_a_correction_can_be_corrected(bench: Bench) -> None:
    """A second correction begins with the post as it stands, and answers only with what it changed itself."""
    card = await drafted(bench)
    await press(bench, card, "approve")
    await posted(bench)
    for reason in ("أول", "ثان"):
        bench.clock.forward(minutes=10)
        before = len(cards(bench))
        bench.telegram.type(EDITOR, f"/correct @news {reason}")
        await bench.telegram.wait_until(lambda before=before: len(cards(bench)) == before + 2)
        editing, correction = cards(bench)[-2:]
        await press(bench, editing, "drop")
        await press(bench, correction, "approve")
        answer = (await posted(bench))[-1].text
        assert reason in answer
        assert answer.count("حُذف:") == 1


async def test_what_is_missing_is_said(bench: Bench) -> None:
    """No such channel, no right of the bot, no right of the person: each is one sentence."""
    assert "لا أجد @news" in await said(bench, "/broadcast @news")
    bench.telegram.add_chat(NEWS, "channel", username="news")
    assert "لا أجد" in await said(bench, "/broadcast @news")
    bench.telegram.make_member(NEWS, 7000001, "administrator", can_post_messages=False)
    assert "لا يملك البوت حق النشر" in await said(bench, "/broadcast @news")


@pytest.mark.usefixtures("channel")
async def test_the_persons_own_right_is_needed(bench: Bench) -> None:
    """An editor who may not post in the channel themselves does not post through the bot."""
    bench.telegram.make_member(NEWS, EDITOR, "administrator", can_post_messages=False)
    assert "لا تملكون حق النشر" in await said(bench, "/broadcast @news")


@pytest.mark.usefixtures("channel")
async def test_operators_name_the_editors_of_a_channel(bench: Bench) -> None:
    """One who edits nothing is told their id; named for a channel, they edit that one and no other."""
    bench.telegram.make_member(NEWS, OTHER_EDITOR, "administrator", can_post_messages=True)
    assert f"telegram:{OTHER_EDITOR}" in await said(bench, "/broadcast @news", OTHER_EDITOR)
    listed = await said(bench, f"/editors @news add {OTHER_EDITOR}")
    assert str(OTHER_EDITOR) in listed
    assert "من محرري @news أصلًا" in await said(bench, f"/editors @news add {OTHER_EDITOR}")
    card = await drafted(bench, person=OTHER_EDITOR)
    await press(bench, card, "approve", person=OTHER_EDITOR)
    assert await posted(bench)
    bench.telegram.add_chat(-200, "channel", username="other")
    bench.telegram.make_member(-200, 7000001, "administrator", can_post_messages=True)
    assert "لستم من محرري @other" in await said(bench, "/broadcast @other", OTHER_EDITOR)
    assert "المشغّل وحده" in await said(bench, "/editors @news add 99", OTHER_EDITOR)
    record = await said(bench, "/editors @news")
    assert f"telegram:{OTHER_EDITOR}: نشر" in record
    assert f"telegram:{EDITOR}: أضاف المحرر {OTHER_EDITOR}" in record
    await said(bench, f"/editors @news remove {OTHER_EDITOR}")
    assert "للمحررين" in await said(bench, "/broadcast @news", OTHER_EDITOR)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/broadcast", "اكتبوا القناة"),
        ("/broadcast @news 25:00", "لم أفهم الساعة"),
        ("/broadcast @news 18:00 Mars/Base", "لا أعرف المنطقة"),
        ("/correct", "اكتبوا القناة"),
        ("/correct @news", "لا شيء يُصحَّح"),
        ("/editors", "اكتبوا القناة ورقم"),
        ("/editors @news add @someone", "اكتبوا القناة ورقم"),
        ("/editors @news remove 5", "ليس 5 من محرري"),
        ("/draft nothing show", "لم تعد هذه المسودة"),
    ],
)
@pytest.mark.usefixtures("channel")
async def test_an_editors_mistakes_get_one_clear_sentence(bench: Bench, typed: str, answer: str) -> None:
    """What an editor types wrongly is answered with what to type."""
    assert answer in await said(bench, typed)


def slack_cards(bench: Bench) -> list[Message]:
    return [m for m in bench.slack.sent(CHANNEL) if "draft:" in str(m.blocks)]


async def slack_press(bench: Bench, card: Message, verb: str) -> None:
    found = [e["value"] for b in card.blocks if b["type"] == "actions" for e in b["elements"]]
    before = card.edited
    await bench.slack.press(card.ts, next(v for v in found if v.split(":")[2] == verb))
    await bench.slack.until(lambda: card.edited > before)


async def test_a_slack_editor_drafts_approves_and_corrects(bench: Bench) -> None:
    """In Slack the draft is seen by its editor alone; the post, its correction and the answer are the channel's."""
    bench.slack.world.people[PERSON]["is_admin"] = True
    settings = bench.application.kernel.settings
    admins = frozenset({*settings.admins, ("slack", PERSON)})
    services = dataclasses.replace(
        bench.application.services, settings=settings.model_copy(update={"admins": admins})
    )
    bench.application.dispatcher._services = services
    await bench.slack.slash(CHANNEL, PERSON, f"/kawalis broadcast <#{CHANNEL}|news>")
    await bench.slack.until(lambda: slack_cards(bench))
    card = slack_cards(bench)[-1]
    assert {m.seen_by for m in bench.slack.sent(CHANNEL)} == {PERSON}
    await slack_press(bench, card, "approve")
    await bench.pump()
    posts = [m for m in bench.slack.sent(CHANNEL) if m.seen_by is None]
    assert sum("كواليس" in words(post.blocks) for post in posts) == 1
    bench.clock.forward(minutes=5)
    before = len(slack_cards(bench))
    await bench.slack.slash(CHANNEL, PERSON, f"/kawalis correct <#{CHANNEL}|news> سقط اسم المصدر")
    await bench.slack.until(lambda: len(slack_cards(bench)) == before + 2)
    await slack_press(bench, slack_cards(bench)[-1], "approve")
    await bench.pump()
    assert posts[0].edited == 1
    answer = [m for m in bench.slack.sent(CHANNEL) if m.seen_by is None][-1]
    assert answer.thread_ts == posts[0].ts
    assert "سقط اسم المصدر" in words(answer.blocks)
    assert bench.slack.refused == []


def test_the_clock_of_these_tests() -> None:
    """The sample begins at noon in Riyadh, on which the hours above rest."""
    from bot.sample.newsroom import SAMPLE_NOW

    assert (SAMPLE_NOW + timedelta(hours=3)).hour == 12
