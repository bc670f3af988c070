"""Slack's App Home is the settings page: opened, changed in a modal, shown anew."""

import pytest

from storage.chat_keys import ChatKey
from storage.chats import Chat, Follow, Subscription
from tests.application.conftest import Bench
from tests.fakes.slack import PERSON, TEAM
from tests.fakes.slack.world import Json, words


async def opened(bench: Bench) -> Json:
    """The home is opened and its button pressed: the modal."""
    await bench.slack.open_home()
    await bench.slack.until(lambda: PERSON in bench.slack.world.homes)
    await bench.slack.press_home("do:preferences")
    await bench.slack.until(lambda: bench.slack.world.views)
    return bench.slack.world.views[-1]


async def kept(bench: Bench) -> tuple[Chat | None, list[Subscription], list[Follow]]:
    key = ChatKey(platform="slack", bot=TEAM, chat=bench.slack.world.direct_with(PERSON))
    async with bench.application.kernel.database.reading() as unit:
        return await unit.chats.get(key), await unit.chats.subscriptions(key), await unit.chats.follows(key)


async def test_every_setting_is_changed_in_one_form(bench: Bench) -> None:
    """Language, topic, digest hour, zone, quiet hours and a follow are set at once; the home shows them at once."""
    view = await opened(bench)
    assert [block["block_id"] for block in view["blocks"]] == [
        "language", "topic", "zone", "hour", "quiet_from", "quiet_to", "follow",
    ]  # fmt: skip
    before = words(bench.slack.home()["blocks"])
    answers = {"language": "en", "zone": "القاهرة", "hour": "07:30", "quiet_from": "22:00", "quiet_to": "06:00",
               "follow": "بلينكن"}  # fmt: skip
    await bench.slack.submit(view, answers)
    await bench.slack.until(lambda: "Settings of this chat" in words(bench.slack.home()["blocks"]))
    chat, [digest], [followed] = await kept(bench)
    assert chat is not None
    assert (chat.language, chat.zone, chat.quiet_from, chat.quiet_to) == ("en", "Africa/Cairo", 1320, 360)
    assert (digest.time, digest.zone) == (450, "Africa/Cairo")
    assert (followed.kind, followed.value) == ("name", "بلينكن")
    assert words(bench.slack.home()["blocks"]) != before
    assert bench.slack.refused == []


async def test_the_form_opens_with_what_holds(bench: Bench) -> None:
    """Sent as it was opened, the form changes nothing; emptied, it ends the digest and the quiet hours."""
    view = await opened(bench)
    await bench.slack.submit(view, {"hour": "07:30", "quiet_from": "22:00", "quiet_to": "06:00"})
    await bench.slack.answers(1, PERSON)
    first = await kept(bench)
    bench.slack.world.views.clear()
    view = await opened(bench)
    await bench.slack.submit(view, {})
    await bench.slack.answers(2, PERSON)
    assert await kept(bench) == first
    await bench.slack.submit(view, {"hour": None, "quiet_from": None, "quiet_to": None})
    await bench.slack.answers(3, PERSON)
    chat, digests, _ = await kept(bench)
    assert chat is not None
    assert (chat.quiet_from, digests) == (None, [])


WRONG: list[tuple[dict[str, str | None], str, str, str]] = [
    ({"zone": "Mars"}, "zone", "لا نعرف المنطقة الزمنية «Mars»", "We do not know the time zone “Mars”"),
    ({"hour": "07:30", "zone": None}, "zone", "بأي توقيت ساعة الملخص", "In which time is the digest"),
    ({"quiet_from": "22:00"}, "quiet_to", "املؤوا هذه الساعة أيضًا", "fill this hour in too"),
    ({"quiet_to": "06:00"}, "quiet_from", "املؤوا هذه الساعة أيضًا", "fill this hour in too"),
    ({"quiet_from": "06:00", "quiet_to": "06:00"}, "quiet_to", "غيّروا إحداهما", "Both hours are the same"),
    ({"follow": "؟"}, "follow", "لا نستطيع متابعة", "cannot be followed"),
]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(("answers", "field", "arabic", "english"), WRONG)
async def test_a_wrong_answer_is_said_beside_its_field(
    bench: Bench, language: str, answers: dict[str, str | None], field: str, arabic: str, english: str
) -> None:
    """The modal stays open and says below the field what is wrong, in the person's language; nothing is stored, and
    no message is sent.
    """
    if language == "en":
        await bench.slack.submit(await opened(bench), {"language": "en"})
        await bench.slack.until(lambda: "Settings of this chat" in words(bench.slack.home()["blocks"]))
    view, before, said = await opened(bench), await kept(bench), len(bench.slack.sent(PERSON))
    await bench.slack.submit(view, answers)
    shown = bench.slack.world.view_errors
    assert set(shown) == {field}
    assert (arabic if language == "ar" else english) in shown[field].replace("\u2068", "").replace(
        "\u2069", ""
    )
    assert (await kept(bench), len(bench.slack.sent(PERSON))) == (before, said)
    await bench.slack.submit(view, {})
    assert bench.slack.world.view_errors == {}


async def test_all_wrong_answers_are_said_at_once(bench: Bench) -> None:
    """Whoever filled in two fields wrongly is told both, and mends them in one go."""
    await bench.slack.submit(await opened(bench), {"zone": "Mars", "follow": "؟", "quiet_from": "22:00"})
    assert set(bench.slack.world.view_errors) == {"zone", "follow", "quiet_to"}
