"""A draft: seen whole, changed, approved or rejected; nothing is posted without an editor's word, and nothing twice."""

import asyncio
import re

from tests.application.conftest import Bench
from tests.application.editors.desk import Desk, TelegramDesk, briefs, of_draft, pressed, sent, typed


def headlines(card: str) -> list[str]:
    """The stories of a card: its numbered lines."""
    return [line.partition(". ")[2] for line in card.splitlines() if line[:1].isdigit() and ". " in line[:4]]


def card_of(desk: Desk, person: str = "") -> str:
    """The newest message that has buttons of a draft."""
    return [shown.text for shown in desk.seen(person) if of_draft(shown)][-1]


async def test_nothing_is_posted_before_an_editor_approves(desk: Desk) -> None:
    """The command makes a draft that its editor sees whole; the post is what they saw, and comes once."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء قبل موافقتكم")
    preview = desk.seen()[0]
    assert await sent(desk) == []
    assert f"مسودة للنشر في {desk.name}" in card_of(desk)
    card = await pressed(desk, "approve", f"نُشرت في {desk.name}")
    assert briefs(posts := await sent(desk)) == 1
    assert posts[0].text == preview.text
    assert "تصحيح" in str([label for shown in desk.seen() for label, _ in shown.buttons])
    assert card.count(desk.name) >= 1


async def test_a_double_press_posts_once(desk: Desk) -> None:
    """Of two presses on one button one posts; the other is told that the draft was decided before."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    [card] = [shown for shown in desk.seen() if of_draft(shown)]
    approve = next(action for _, action in card.buttons if ":approve" in action)
    await asyncio.gather(*(desk.push(card, approve, desk.editor) for _ in range(2)))
    await desk.until(lambda: any("نُشرت في" in shown.text for shown in desk.seen()))
    assert briefs(await sent(desk)) == 1


async def test_the_command_sent_twice_leaves_one_draft(desk: Desk) -> None:
    """A newer draft takes the place of the editor's open one, whose buttons then post nothing."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await pressed(desk, "approve", "رُفضت المسودة", nth=-2)
    assert await sent(desk) == []
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1


async def test_stories_are_taken_out_moved_and_put_back(desk: Desk) -> None:
    """What the editor takes out is not posted, and the order is theirs."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    told = headlines(card_of(desk))
    assert len(told) >= 3
    await pressed(desk, "edit", "تعديل مسودة")
    await pressed(desk, "drop", "خارج المسودة")
    await pressed(desk, "restore")
    await pressed(desk, "drop", "خارج المسودة")
    await pressed(desk, "up")
    await pressed(desk, "show", "مسودة للنشر")
    await pressed(desk, "approve", "نُشرت في")
    text = " ".join(post.text for post in await sent(desk))
    assert told[0] not in text
    assert text.index(told[2]) < text.index(told[1])


async def test_the_last_story_stays(desk: Desk) -> None:
    """An empty post is no post: of one story nothing more can be taken out."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    stories = len(headlines(card_of(desk)))
    await pressed(desk, "edit", "تعديل مسودة")
    for _ in range(stories - 1):
        await pressed(desk, "drop")
    [opened] = [shown for shown in desk.seen() if of_draft(shown)]
    drops = [action for _, action in opened.buttons if action.split(":")[2] == "drop"]
    assert len(drops) == 0, "the last story has no button that takes it out"


async def test_the_editors_word_is_shown_as_theirs(desk: Desk) -> None:
    """A note stands above the brief, marked as the editor's; it is theirs to take away."""
    await typed(desk, "/note كلمة", "لا مسودة مفتوحة")
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await typed(desk, "/note " + "x" * 501, "أطول من 500")
    await typed(desk, "/note -", "مسودة للنشر")
    await typed(desk, "/note نعود بالتفاصيل مساء", "كلمة المحرر: نعود بالتفاصيل مساء")
    await pressed(desk, "approve", "نُشرت في")
    assert "كلمة المحرر: نعود بالتفاصيل مساء" in (await sent(desk))[0].text


async def test_a_rejected_draft_is_not_posted(desk: Desk) -> None:
    """Rejected is rejected, also for a button that is still on another screen."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    stale = next(action for _, action in desk.seen()[-1].buttons if ":approve" in action)
    await pressed(desk, "reject", "رُفضت المسودة، ولن تُنشر")
    assert desk.seen()[-1].buttons == []
    reply = await desk.bench.ask(stale, pressed=True)
    assert "لستم من محرري" in str(reply.messages[0].blocks)
    assert await sent(desk) == []


async def test_the_open_draft_is_found_again(desk: Desk) -> None:
    """`/draft` shows the newest open draft, wherever its card has scrolled to; without one it says what to type."""
    await typed(desk, "/draft", "لا مسودة مفتوحة لكم")
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await typed(desk, "/draft", "مسودة للنشر")
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1


async def test_a_draft_that_another_post_overtook_must_be_refreshed(desk: Desk) -> None:
    """Two editors draft the same news: the second is told that it was posted, and posts it no second time."""
    await typed(desk, f"/editors @news add {desk.other}", desk.other)
    desk.let_in(desk.other)
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await typed(desk, "/broadcast @news", "لن يُنشر شيء", desk.other)
    await pressed(desk, "approve", "نُشرت في")
    posts = await sent(desk)
    await pressed(desk, "approve", "موجزًا آخر", desk.other)
    assert await sent(desk) == posts
    again = await pressed(desk, "refresh", person=desk.other)
    assert "لا جديد" in again or "مسودة للنشر" in again


MISTAKES = {
    "/broadcast": "اكتبوا القناة", "/broadcast @news 25:00": "لم نفهم الساعة",
    "/broadcast @news 18:00 Mars/Base": "لا نعرف المنطقة", "/correct": "اكتبوا القناة",
    "/correct @news": "لا شيء يُصحَّح", "/editors": "اكتبوا القناة", "/editors @news add": "اكتبوا القناة",
    "/editors @news remove 5": "ليس 5 من محرري", "/draft nothing show": "لم تعد هذه المسودة",
    "/note": "لا مسودة مفتوحة",
}  # fmt: skip
COMMAND = re.compile(r"(?<![\w/])/(?:broadcast|correct|editors|note|draft)\b")


async def test_an_editors_mistakes_get_one_clear_sentence(desk: Desk) -> None:
    """What an editor types wrongly is answered with what to type, spelt as this chat takes it."""
    for line, answer in MISTAKES.items():
        said = await typed(desk, line, answer)
        assert "\n" not in said.strip()
        assert desk.platform == "telegram" or not COMMAND.search(said), said


async def test_the_editors_lines_stay_lines(desk: Desk) -> None:
    """A word of several lines, or a reason, reaches the channel with its line breaks."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await typed(desk, "/note نعود مساء\nبالتفاصيل\n\nتابعونا", "كلمة المحرر: نعود مساء\nبالتفاصيل\n\nتابعونا")
    await pressed(desk, "approve", "نُشرت في")
    assert "كلمة المحرر: نعود مساء\nبالتفاصيل\n\nتابعونا" in (await sent(desk))[0].text
    assert "سقط اسم\nالمصدر" in await typed(desk, "/correct @news سقط اسم\nالمصدر", "تصحيح لما نُشر")
    await pressed(desk, "approve", "نُشرت في")
    assert "سقط اسم\nالمصدر" in (await sent(desk))[-1].text


async def test_a_reason_that_is_too_long_is_said_to_be(desk: Desk) -> None:
    """Nothing of what readers are to see is cut off unsaid."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await pressed(desk, "approve", "نُشرت في")
    await sent(desk)
    await typed(desk, "/correct @news " + "x" * 501, "أطول من 500")


async def test_pictures_without_words_get_one_sentence(desk: Desk) -> None:
    """Pictures sent in the place of an editor's word are not taken; how a word is written is said once, for an album
    too. Words below them are read like any other.
    """
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    for pictures in (1, 3):
        before = len(desk.seen())
        await desk.show(pictures=pictures)
        await desk.until(lambda known=before: len(desk.seen()) > known)
        await typed(desk, "/draft", "مسودة للنشر")
        [said, _card] = desk.seen()[before:]
        assert (
            said.text == f"لا تُضاف الصور والملفات إلى المسودة. لكلمة المحرر اكتبوا: {desk.typed}note ثم النص."
        )
    before = len(desk.seen())
    await desk.show("/note من الميدان", pictures=3)
    await desk.until(lambda: "من الميدان" in desk.seen()[-1].text)
    await typed(desk, "/draft", "كلمة المحرر: من الميدان")
    assert len(desk.seen()[before:]) == 2


async def test_pictures_without_a_draft_get_one_sentence(desk: Desk) -> None:
    """Where no draft is open it is said that we read words."""
    await desk.show()
    await desk.until(desk.seen)
    assert desk.seen()[-1].text.startswith("لا نقرأ الصور والملفات.")


async def test_words_without_a_command_are_not_taken_for_nothing(bench: Bench) -> None:
    """In Telegram an editor who types their word alone is told how it is put on the draft."""
    desk = TelegramDesk(bench)
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await typed(desk, "نعود بالتفاصيل مساء", "لكلمة المحرر على المسودة اكتبوا: /note ثم النص.")
