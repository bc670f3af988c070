"""Two editors at one draft: what is posted is what the one who approves saw, once; the other hears who was first."""

import pytest

from tests.application.editors.desk import Desk, briefs, of_draft, pressed, sent, told, typed
from tests.application.editors.test_drafts import card_of, headlines


async def both(desk: Desk, line: str = "/broadcast @news", until: str = "لن يُنشر شيء") -> None:
    """An editor's draft, of which another editor of the channel has the card before them too."""
    desk.let_in(desk.other)
    await typed(desk, f"/editors @news add {desk.other}", f"محررو {desk.name}")
    await typed(desk, line, until)
    await typed(desk, f"/draft {draft_id(desk)}", until, desk.other)


def draft_id(desk: Desk) -> str:
    return [shown for shown in desk.seen() if of_draft(shown)][-1].buttons[0][1].split(":")[1]


async def test_what_another_editor_took_out_is_not_approved_unseen(desk: Desk) -> None:
    """A story was taken out after the card was shown: whoever presses its button is told so and shown the draft as it
    is; nothing is posted before they approve that.
    """
    await both(desk)
    first = headlines(card_of(desk, desk.other))[0]
    await pressed(desk, "edit", "تعديل مسودة")
    await pressed(desk, "drop", "خارج المسودة")
    said = await pressed(desk, "approve", "خارج المسودة", desk.other)
    assert "تغيّرت المسودة بعد أن رأيتموها" in said
    assert await sent(desk) == []
    assert first not in headlines(card_of(desk, desk.other))
    await pressed(desk, "approve", "نُشرت في", desk.other)
    posts = await sent(desk)
    assert briefs(posts) == 1
    assert first not in " ".join(post.text for post in posts)


@pytest.mark.parametrize("change", ["/note كلمة", "up", "refresh"])
async def test_whatever_another_editor_changed_is_shown_first(desk: Desk, change: str) -> None:
    """A word of the editor, the order, or stories composed anew: each is a draft that nobody else has seen yet."""
    await both(desk)
    if change == "up":
        await pressed(desk, "edit", "تعديل مسودة")
    if change == "refresh":
        desk.bench.clock.forward(minutes=5)
    await (typed(desk, change, "كلمة") if change.startswith("/") else pressed(desk, change))
    assert "تغيّرت المسودة" in await pressed(desk, "approve", "مسودة للنشر", desk.other)
    assert await sent(desk) == []


async def test_what_one_changed_oneself_is_approved_at_once(desk: Desk) -> None:
    """One's own change was seen when it was made: the card above it posts the draft as it is now."""
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await typed(desk, "/note كلمة", "كلمة المحرر")
    await pressed(desk, "approve", "نُشرت في", nth=0)
    assert "كلمة المحرر: كلمة" in (await sent(desk))[0].text


async def test_the_draft_of_another_is_found_by_its_channel(desk: Desk) -> None:
    """An editor need not know the number of a colleague's draft: the channel's newest open one is shown whole, and can
    be approved by its card. Where none is open, that is said.
    """
    desk.let_in(desk.other)
    await typed(desk, f"/editors @news add {desk.other}", f"محررو {desk.name}")
    assert f"لا مسودة مفتوحة لقناة {desk.name}" in await typed(desk, "/draft @news", "لا مسودة", desk.other)
    await typed(desk, "/broadcast @news", "لن يُنشر شيء")
    await typed(desk, "/draft @news", "لن يُنشر شيء", desk.other)
    await pressed(desk, "approve", "نُشرت في", desk.other)
    assert briefs(await sent(desk)) == 1
    assert "لا مسودة مفتوحة" in await typed(desk, "/draft @news", "لا مسودة", desk.other)


async def test_two_who_edit_at_once_keep_each_others_changes(desk: Desk) -> None:
    """Each change is made to the draft as it is, not to the one that its editor opened."""
    await both(desk)
    first, *_ = headlines(card_of(desk))
    for person in (desk.editor, desk.other):
        await pressed(desk, "edit", "تعديل مسودة", person)
    await pressed(desk, "drop", "خارج المسودة")
    said = await pressed(desk, "up", person=desk.other)
    assert headlines(said)[-1] == first, "left out by the other editor"
    await typed(desk, f"/draft {draft_id(desk)}", "خارج المسودة")
    assert f"خارج المسودة: {first}" in card_of(desk)


SECOND = {
    ("approve", "approve"): "نشرها {who} قبلكم", ("approve", "reject"): "نشرها {who} قبلكم",
    ("reject", "approve"): "رفضها {who} قبلكم", ("reject", "reject"): "رفضها {who} قبلكم",
    ("approve", "edit"): "نشرها {who} قبلكم",
}  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SECOND)
async def test_the_second_is_told_who_was_first(desk: Desk, first: str, second: str) -> None:
    """Of two who decide, the second reads on the card who was first and what they did; it is posted at most once."""
    await both(desk)
    await pressed(desk, first, "نُشرت في" if first == "approve" else "رُفضت المسودة")
    who = f"{desk.platform}:{desk.editor}"
    await pressed(desk, second, SECOND[first, second].format(who=who), desk.other)
    assert briefs(await sent(desk)) == (first == "approve")
    again = [shown for shown in desk.seen(desk.other) if of_draft(shown)]
    assert not again or "approve" not in str(again[-1].buttons)


@pytest.mark.parametrize("second", ["approve", "reject", "edit"])
async def test_an_hour_approved_by_one_is_not_undone_unseen(desk: Desk, second: str) -> None:
    """Who presses a card of before is told who approved it for its hour; calling it off is a press on what they then
    see, and whoever approved it hears of that.
    """
    await both(desk, "/broadcast @news 15:00 Asia/Riyadh", "بعد موافقتكم تُنشر في")
    await pressed(desk, "approve", "وُوفق عليها")
    who = f"{desk.platform}:{desk.editor}"
    await pressed(desk, second, f"وافق {who} على موعدها قبلكم", desk.other)
    await pressed(desk, "cancel", "رُفضت المسودة", desk.other)
    assert (
        await told(desk, minutes=181) == f"ألغى {desk.platform}:{desk.other} نشر مسودة {desk.name} في موعدها."
    )
    assert await sent(desk) == []


async def test_of_two_hours_one_is_posted(desk: Desk) -> None:
    """Two editors draft the same news for the same hour: one is posted, the other's editor hears whose it was."""
    desk.let_in(desk.other)
    await typed(desk, f"/editors @news add {desk.other}", f"محررو {desk.name}")
    for person in (desk.other, desk.editor):
        await typed(desk, "/broadcast @news 15:00 Asia/Riyadh", "بعد موافقتكم", person)
        await pressed(desk, "approve", "وُوفق عليها", person)
        desk.bench.clock.forward(seconds=1)
    said = await told(desk, minutes=180)
    assert briefs(await sent(desk)) == 1
    said += "".join(shown.text for shown in desk.seen(desk.other))
    assert said.count("وأُدرجت للنشر مرة واحدة") == 1
    assert f"نشر {desk.platform}:" in said
