"""The picture of coverage is asked for and shown, in both chats."""

from tests.application.conftest import READER, Bench
from tests.fakes.slack import CHANNEL, PERSON
from tests.fakes.slack.world import Json


async def test_telegram_shows_the_picture(bench: Bench) -> None:
    """`/coverage` sends a PNG with a caption that says what is counted."""
    bench.telegram.type(READER, "/coverage 10d")
    await bench.telegram.wait_sent(READER)
    photo = bench.telegram.sent(READER)[0]
    assert "آخر 10 أيام" in photo.text
    assert [method for method, _ in bench.telegram.calls].count("sendPhoto") == 1
    assert bench.telegram.refused == []


def images(bench: Bench) -> list[Json]:
    return [
        block for shown in bench.slack.sent(CHANNEL) for block in shown.blocks if block["type"] == "image"
    ]


async def test_slack_shows_the_picture(bench: Bench) -> None:
    """`/kawalis coverage` uploads the PNG and shows it in the channel, described for those who do not see it."""
    await bench.slack.slash(CHANNEL, PERSON, "/kawalis coverage 10d")
    await bench.slack.until(lambda: images(bench))
    [image] = images(bench)
    assert next(iter(bench.slack.world.files.values())).startswith(b"\x89PNG")
    assert "آخر 10 أيام" in image["title"]["text"]
    assert "دفتر القوافل: 4" in image["alt_text"]
    assert bench.slack.refused == []


async def test_a_window_without_articles_says_so(bench: Bench) -> None:
    """Where nothing was published there is no empty picture but a sentence; a wrong window is said to be wrong."""
    bench.clock.forward(days=40)
    bench.telegram.type(READER, "/coverage 1h")
    [sent] = await bench.telegram.wait_sent(READER)
    assert "لا مقالات" in sent.text
    bench.telegram.type(READER, "/coverage soon")
    assert "لم نفهم المدة" in (await bench.telegram.wait_sent(READER, 2))[1].text
