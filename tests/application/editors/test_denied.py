"""News that is denied after a draft was made is not posted as it stood."""

from dataclasses import replace

from bot.broadcasting.denied import denied
from summaries.types import ArticleId, Strength
from tests.application.arriving import ENVOY, SHIPMENT, SHIPMENT_DENIED, arrive
from tests.application.editors.desk import Desk, briefs, pressed, sent, told, typed
from tests.bot.samples import story

DENIED = f"نُفي خبر في هذه المسودة بعد إعدادها: «{SHIPMENT[0]}»"


async def _drafted(desk: Desk, line: str) -> None:
    await arrive(desk.bench, desk.bench.clock.forward(minutes=15), ("dar", *SHIPMENT), ("qalam", *ENVOY))
    desk.bench.clock.forward(minutes=1)
    await typed(desk, line, "مسودة")


async def _denied(desk: Desk) -> None:
    await arrive(desk.bench, desk.bench.clock.forward(minutes=30), ("white", *SHIPMENT_DENIED))
    desk.bench.clock.forward(minutes=1)


async def test_a_draft_whose_news_was_denied_is_not_posted(desk: Desk) -> None:
    """The editor who approves it reads which story was denied, and nothing is posted; made anew it tells the denial and
    can be posted.
    """
    await _drafted(desk, "/broadcast @news 6h")
    await _denied(desk)
    await pressed(desk, "approve", DENIED)
    assert await sent(desk) == []
    await pressed(desk, "refresh", "نفى المتحدث")
    await pressed(desk, "approve", "نُشرت في")
    posts = await sent(desk)
    assert briefs(posts) == 1
    assert any("نفى المتحدث" in post.text for post in posts)


async def test_a_draft_without_the_denied_story_is_posted(desk: Desk) -> None:
    """What was taken out of a draft may be denied: the rest is news as before."""
    await _drafted(desk, "/broadcast @news 6h")
    await _denied(desk)
    await pressed(desk, "edit", SHIPMENT[0])
    [(card, drop)] = [
        (shown, action) for shown in desk.seen() for _, action in shown.buttons if ":drop:dar-0915" in action
    ]
    await desk.push(card, drop, desk.editor)
    await desk.until(lambda: any("خارج المسودة" in shown.text for shown in desk.seen()))
    await pressed(desk, "show", "مسودة للنشر")
    await pressed(desk, "approve", "نُشرت في")
    posts = await sent(desk)
    assert briefs(posts) == 1
    assert not any(SHIPMENT[0] in post.text for post in posts)


async def test_what_was_denied_before_its_hour_goes_back_to_its_editor(desk: Desk) -> None:
    """Approved for an hour, denied before it: not posted, and the editor reads why and has the draft again."""
    await _drafted(desk, "/broadcast @news 15:00 Asia/Riyadh 6h")
    await pressed(desk, "approve", "وُوفق عليها")
    await _denied(desk)
    assert DENIED in await told(desk, minutes=180)
    assert await sent(desk) == []
    await pressed(desk, "show", "مسودة للنشر")
    await pressed(desk, "refresh", "نفى المتحدث")
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1


def test_a_denial_that_the_draft_was_made_with_is_no_news() -> None:
    """A story whose denial was known when the draft was made, though the draft does not repeat it (the channel has read
    it), is not held back for it.
    """
    before = story()
    [said] = before.quotes[:1]
    denial = replace(said, statement=replace(said.statement, strength=Strength.DENY), text="نفى ذلك كله")
    after = replace(before, quotes=(*before.quotes, denial))
    assert not denied(before, after)
    assert denied(
        before, replace(after, quotes=(*before.quotes, replace(denial, article=ArticleId("later"))))
    )
