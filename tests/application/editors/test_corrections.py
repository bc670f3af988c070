"""A correction: the post is edited where it stands, and answered with the reason and with what changed."""

from tests.application.editors.desk import Desk, pressed, sent, typed
from tests.application.editors.test_drafts import card_of, headlines


async def posted(desk: Desk) -> str:
    """A brief is posted; its first headline."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    first = headlines(card_of(desk))[0]
    await pressed(desk, "approve", "نُشرت في")
    assert first in " ".join(post.text for post in await sent(desk))
    return first


async def test_a_correction_edits_in_place_and_says_what_changed(desk: Desk) -> None:
    """From the button under the posted draft: a story is taken out, a reason is asked for and given."""
    first = await posted(desk)
    before = desk.posts()
    await pressed(desk, "correct", "تصحيح لما نُشر")
    await pressed(desk, "drop", "خارج المسودة")
    await pressed(desk, "approve", "ما الذي كان خطأ؟")
    assert await sent(desk) == before
    await typed(desk, "/note نسبنا التصريح إلى غير قائله.", "سبب التصحيح: نسبنا")
    await pressed(desk, "approve", "نُشرت في")
    *whole, answer = await sent(desk)
    assert [post.id for post in whole] == [post.id for post in before]
    assert {post.version for post in whole} == {1}
    assert first not in " ".join(post.text for post in whole)
    assert "صُحّح في" in whole[0].text
    assert answer.answers == before[0].id
    assert "نسبنا التصريح إلى غير قائله." in answer.text
    assert f"حُذف: {first}" in answer.text
    assert (desk.bench.telegram.refused, desk.bench.slack.refused) == ([], [])


async def test_a_correction_can_be_corrected(desk: Desk) -> None:
    """A second correction begins with the post as it stands, and answers only with what it changed itself."""
    await posted(desk)
    length = len(desk.posts())
    for number, reason in enumerate(("أول", "ثان"), start=1):
        desk.bench.clock.forward(minutes=10)
        await typed(desk, f"/correct @news {reason}", "تصحيح لما نُشر")
        await pressed(desk, "drop", "خارج المسودة")
        await pressed(desk, "approve", "نُشرت في")
        posts = await sent(desk)
        assert len(posts) == length + number
        assert posts[-1].text.count("حُذف") == 1
        assert reason in posts[-1].text
        assert posts[-1].answers == posts[0].id


async def test_what_is_not_yet_sent_cannot_be_corrected(desk: Desk) -> None:
    """A correction has nothing to edit before the post has arrived; the editor is told to try again."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await pressed(desk, "approve", "نُشرت في")
    await typed(desk, "/correct @news عجلنا", "تصحيح لما نُشر")
    await pressed(desk, "approve", "لم يُرسل المنشور الأصلي بعد")
