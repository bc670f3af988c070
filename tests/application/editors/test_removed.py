"""Who is an editor no more: what they approved for an hour is not posted on their word alone, and is not lost."""

from dataclasses import replace

from bot.application import build_application, running
from bot.gateways import open_gateways
from storage.editors import DraftState
from tests.application.editors.desk import Desk, briefs, pressed, sent, told, typed
from tests.application.editors.test_schedule import approved

HOUR = "/broadcast @news 15:00 Asia/Riyadh"


async def by_another(desk: Desk) -> None:
    """Another editor of the channel has a draft approved for its hour."""
    desk.let_in(desk.other)
    await typed(desk, f"/editors @news add {desk.other}", f"محررو {desk.name}")
    await typed(desk, HOUR, "بعد موافقتكم تُنشر في", desk.other)
    await pressed(desk, "approve", "وُوفق عليها", desk.other)


async def test_a_post_of_a_removed_editor_is_held_and_the_others_are_told(desk: Desk) -> None:
    """Between approval and hour an operator takes the editor off the channel. At the hour nothing is posted; the
    operator is shown why and, by the button, the draft; their press posts it once. The one removed hears it too.
    """
    await by_another(desk)
    await typed(desk, f"/editors @news remove {desk.other}", f"محررو {desk.name}")
    said = await told(desk, minutes=180)
    assert f"وافق عليها {desk.platform}:{desk.other}، ولم يعد من محرري القناة" in said
    assert f"لم تعودوا من محرري {desk.name}" in desk.seen(desk.other)[-1].text
    assert desk.seen(desk.other)[-1].buttons == []
    assert await sent(desk) == []
    assert await told(desk) == ""
    await pressed(desk, "show", "مسودة للنشر")
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1


async def test_a_post_of_a_removed_operator_is_held(desk: Desk) -> None:
    """The same of one who stands no more in KAWALIS_ADMINS, as the service reads it when it starts again."""
    desk.let_in(desk.other)
    await typed(desk, f"/editors @news add {desk.other}", f"محررو {desk.name}")
    await typed(desk, "/draft", "لا مسودة مفتوحة لكم", desk.other)
    await approved(desk, HOUR)
    await desk.bench.application.stop()
    kernel = desk.bench.application.kernel
    without = kernel.settings.admins - {(desk.platform, desk.editor)}
    kernel = replace(kernel, settings=kernel.settings.model_copy(update={"admins": without}))
    again = build_application(kernel, owner="test2")
    gateways = open_gateways(
        kernel.settings, kernel.database, again.dispatcher, again.changed,
        clock=desk.bench.pace, sleep=desk.bench.pace.sleep,
    )  # fmt: skip
    async with running(again, gateways):
        await again.tick(desk.bench.clock.forward(hours=3))
        while await again.drain():
            pass
    assert desk.posts() == []
    assert f"وافق عليها {desk.platform}:{desk.editor}، ولم يعد" in desk.seen(desk.other)[-1].text
    async with kernel.database.reading() as unit:
        [draft] = await unit.editors.drafts(desk.key)
    assert (draft.state, draft.scheduled) == (DraftState.DRAFT, None)


async def test_an_editor_who_is_one_again_at_the_hour_posts(desk: Desk) -> None:
    """What counts is who is an editor at the hour."""
    await by_another(desk)
    await typed(desk, f"/editors @news remove {desk.other}", f"محررو {desk.name}")
    await typed(desk, f"/editors @news add {desk.other}", f"محررو {desk.name}")
    await told(desk, minutes=180)
    assert briefs(await sent(desk)) == 1


async def test_who_approved_it_answers_for_it_not_who_wrote_it(desk: Desk) -> None:
    """A draft whose author was removed is posted where one who still edits the channel approved it; they hear of it in
    the author's place.
    """
    desk.let_in(desk.other)
    await typed(desk, f"/editors @news add {desk.other}", f"محررو {desk.name}")
    await typed(desk, HOUR, "بعد موافقتكم تُنشر في", desk.other)
    async with desk.bench.application.kernel.database.reading() as unit:
        [draft] = await unit.editors.drafts(desk.key)
    await typed(desk, f"/draft {draft.id}", "بعد موافقتكم")
    await pressed(desk, "approve", "وُوفق عليها")
    await typed(desk, f"/editors @news remove {desk.other}", f"محررو {desk.name}")
    assert "وأُدرجت للنشر" in await told(desk, minutes=180)
    assert briefs(await sent(desk)) == 1
