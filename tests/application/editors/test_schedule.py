"""A post at an hour: once, at that minute on the editor's clock, or back to its editor with the reason."""

from bot.application import build_application, running
from bot.gateways import open_gateways
from storage.editors import DraftState
from tests.application.conftest import Bench
from tests.application.editors.desk import Desk, SlackDesk, TelegramDesk, briefs, pressed, sent, told, typed


async def approved(desk: Desk, line: str = "/broadcast @news 15:00 Asia/Riyadh") -> None:
    """A draft for an hour, approved for it."""
    await typed(desk, line, "بعد موافقتكم تُنشر في")
    await pressed(desk, "approve", "وُوفق عليها")


async def test_a_scheduled_post_comes_at_its_hour_in_the_editors_zone(desk: Desk) -> None:
    """15:00 is 15:00 where the editor lives (12:00 UTC); it comes at that minute, once, and the editor is told. It
    is corrected like any other: edited where it stands, and answered with what changed.
    """
    await approved(desk)
    assert await told(desk, minutes=179) == ""
    assert await sent(desk) == []
    assert f"حان موعد مسودة {desk.name}، وأُدرجت للنشر" in await told(desk)
    posts = await sent(desk)
    assert briefs(posts) == 1
    assert await told(desk) == ""
    assert await sent(desk) == posts
    await typed(desk, "/correct @news سقط اسم المصدر", "تصحيح لما نُشر")
    await pressed(desk, "drop", "خارج المسودة")
    await pressed(desk, "approve", "نُشرت في")
    corrected = await sent(desk)
    assert (corrected[0].id, corrected[0].version) == (posts[0].id, 1)
    assert "صُحّح في" in corrected[0].text
    assert corrected[-1].answers == posts[0].id
    assert "سقط اسم المصدر" in corrected[-1].text
    assert "حُذف: " in corrected[-1].text


async def test_where_the_zone_is_not_known_it_is_asked_for(bench: Bench) -> None:
    """Telegram does not tell a person's zone: the hour is not guessed. Slack does, and nothing is asked."""
    await typed(TelegramDesk(bench), "/broadcast @news 18:00", "بأي توقيت")
    card = await typed(SlackDesk(bench), "/broadcast @news 18:00", "بعد موافقتكم")
    assert "18:00" in card
    assert "بتوقيت الرياض" in card


async def test_a_scheduled_post_survives_a_restart(bench: Bench, desk: Desk) -> None:
    """Approved before the process died, posted once by the next one."""
    await approved(desk)
    await bench.application.stop()
    kernel = bench.application.kernel
    again = build_application(kernel, owner="test2")
    gateways = open_gateways(
        kernel.settings, kernel.database, again.dispatcher, again.changed,
        clock=bench.pace, sleep=bench.pace.sleep,
    )  # fmt: skip
    async with running(again, gateways):
        await again.tick(bench.clock.forward(hours=3))
        await again.tick(bench.clock.forward(minutes=1))
        while await again.drain():
            pass
    assert briefs(desk.posts()) == 1


async def test_what_an_outage_made_late_goes_back_to_its_editor(desk: Desk) -> None:
    """Old news is not posted hours late: the editor gets the draft back and decides."""
    await approved(desk)
    assert "كانت الخدمة متوقفة حتى فات الموعد" in await told(desk, minutes=7 * 60)
    assert await sent(desk) == []
    async with desk.bench.application.kernel.database.reading() as unit:
        [draft] = await unit.editors.drafts(desk.key)
    assert (draft.state, draft.scheduled) == (DraftState.DRAFT, None)
    await pressed(desk, "show", "مسودة للنشر")
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1


async def test_a_scheduled_post_can_be_called_off(desk: Desk) -> None:
    """Until its hour an approved draft can be cancelled, and is then not posted."""
    await approved(desk)
    await pressed(desk, "cancel", "رُفضت المسودة")
    assert await told(desk, minutes=180) == ""
    assert await sent(desk) == []


async def test_an_approved_draft_can_be_posted_at_once(desk: Desk) -> None:
    """«Publish now» does not wait for the hour, and at the hour nothing more comes."""
    await approved(desk)
    await pressed(desk, "now", "نُشرت في")
    assert briefs(await sent(desk)) == 1
    await told(desk, minutes=181)
    assert briefs(await sent(desk)) == 1


async def test_the_rights_are_asked_again_at_the_hour(desk: Desk) -> None:
    """An editor who lost their right before the hour posts nothing, and is told what is missing and that the draft
    is kept; once that is mended one press posts it. So it is where the bot was taken out.
    """
    await approved(desk)
    desk.put_out(desk.editor)
    lost = await told(desk, minutes=180)
    assert "لم تُنشر" in lost
    assert ("لا تملكون حق النشر" if desk.platform == "telegram" else "لستم في #news") in lost
    assert "المسودة محفوظة" in lost
    assert await sent(desk) == []
    desk.let_in(desk.editor)
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1


async def test_a_platform_that_does_not_answer_at_the_hour_is_asked_again(desk: Desk) -> None:
    """Nobody lost a right: the post comes a minute later, and the editor is not troubled."""
    await approved(desk)
    if desk.platform == "telegram":
        desk.bench.telegram.fail_next("getChatMember", "429")
    else:
        desk.bench.slack.fail_next("conversations.info", status=503)
    assert await told(desk, minutes=180) == ""
    assert await sent(desk) == []
    assert "حان موعد مسودة" in await told(desk)
    assert briefs(await sent(desk)) == 1


async def test_a_post_at_night_is_silent(bench: Bench) -> None:
    """In Telegram, what is posted in the channel's night comes without a sound; by day it sounds. (Slack has no silent
    messages: there each person's own do-not-disturb hours hold.)
    """
    desk = TelegramDesk(bench)
    await approved(desk, "/broadcast @news 23:30 Asia/Riyadh")
    await told(desk, minutes=690)
    night = await sent(desk)
    assert all(post.silent for post in night)
    bench.clock.forward(minutes=1)
    await approved(desk, "/broadcast @news 12:00 Asia/Riyadh 10d")
    await told(desk, minutes=749)
    assert not any(post.silent for post in (await sent(desk))[len(night) :])


async def test_a_bot_that_lost_its_right_before_the_hour(desk: Desk) -> None:
    """What it lacks is said at the hour; pressed too early the button says it again and loses nothing, and once the bot
    is back one press posts it, once.
    """
    await approved(desk)
    desk.dismiss()
    lost = await told(desk, minutes=180)
    missing = "لا نجد @news" if desk.platform == "telegram" else "/invite @Kawalis"
    assert missing in lost
    assert "المسودة محفوظة" in lost
    await pressed(desk, "approve", missing)
    desk.admit()
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1
    assert await told(desk) == ""
