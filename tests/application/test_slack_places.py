"""Where a person in Slack may ask for what comes later, and what becomes of it when we go and come back."""

import pytest

from adapters.chat.ports import Address
from adapters.slack.incoming import Membership
from bot.gateways import open_gateways
from storage.chat_keys import ChatKey
from storage.chats import Chat
from tests.application.arriving import SHIPMENT, SHIPMENT_DENIED, arrive
from tests.application.conftest import Bench
from tests.application.conversations import brought
from tests.application.talk import SlackTalk, plain, values
from tests.fakes.slack import CHANNEL, PERSON, TEAM
from tests.fakes.slack.world import Channel, read

HERE = ChatKey(platform="slack", bot=TEAM, chat=CHANNEL)


async def answer(bench: Bench, line: str, *, place: str = CHANNEL) -> str:
    """Type a slash command; the one message that answers it."""
    before = len(bench.slack.sent(place))
    await bench.slack.slash(place, PERSON, line)
    return plain(read((await bench.slack.answers(before + 1, place))[before]))


async def kept(bench: Bench, key: ChatKey = HERE) -> tuple[Chat | None, int, int]:
    async with bench.application.kernel.database.reading() as unit:
        chats = unit.chats
        return await chats.get(key), len(await chats.subscriptions(key)), len(await chats.follows(key))


@pytest.mark.parametrize("line", ["subscribe 13:00", "follow نتنياهو", "follow breaking"])
async def test_nothing_is_promised_where_we_are_not(bench: Bench, line: str) -> None:
    """A digest or an alert for a channel without us would never come: we say how to invite us, and after that it works.
    Two others' conversation, into which nobody can invite us, is told where to ask.
    """
    bench.slack.world.people[PERSON]["is_admin"] = True
    channel = bench.slack.world.channels[CHANNEL]
    channel.private, channel.member = True, False
    assert "/invite @Kawalis" in await answer(bench, f"/kawalis {line}")
    others = Channel(id="D0OTHERS", name="directmessage", private=True, member=False, people={PERSON})
    bench.slack.world.channels["D0OTHERS"] = others
    assert "محادثتكم مع كواليس" in await answer(bench, f"/kawalis {line}", place="D0OTHERS")
    assert (await kept(bench))[1:] == (0, 0)
    assert (await kept(bench, ChatKey(platform="slack", bot=TEAM, chat="D0OTHERS")))[1:] == (0, 0)
    channel.member = True
    assert "/invite" not in await answer(bench, f"/kawalis {line}")
    assert sum((await kept(bench))[1:]) == 1


async def test_a_brief_is_read_anywhere(bench: Bench) -> None:
    """What is answered at once needs no place of ours."""
    bench.slack.world.channels[CHANNEL].member = False
    assert "كواليس: الخلاف" in await answer(bench, "/kawalis brief")


@pytest.mark.parametrize(
    "typed", ["\u2068/kawalis brief\u2069", "\u200f/kawalis brief", "kawalis brief", "/kawalis موجز"]
)
async def test_a_command_copied_from_our_help(bench: Bench, typed: str) -> None:
    """With a mark of direction before it Slack takes a copied command for plain words; we do what is meant."""
    bench.slack.world.direct_with(PERSON)
    await bench.slack.dm(PERSON, typed)
    assert "كواليس: الخلاف" in plain(read((await bench.slack.answers(1, PERSON))[0]))


async def test_the_shortcut_on_a_message_without_a_link(bench: Bench) -> None:
    """It says what is missing, to the one who pressed it."""
    written = await bench.slack.mention(CHANNEL, PERSON, "latest")
    await bench.slack.answers(1)
    before = len(bench.slack.sent())
    await bench.slack.shortcut(written)
    shown = (await bench.slack.answers(before + 1))[before]
    assert "لا رابط في هذه الرسالة" in plain(read(shown))
    assert shown.seen_by == PERSON


@pytest.mark.parametrize("line", ["هراء", "search زبرجد", "subscribe 99:99"])
async def test_wrong_input_in_a_channel_is_told_to_its_writer(bench: Bench, line: str) -> None:
    """Nobody can have us say their words before a whole channel: what repeats them is seen by them alone."""
    bench.slack.world.people[PERSON]["is_admin"] = True
    await answer(bench, f"/kawalis {line}")
    assert [m.seen_by for m in bench.slack.sent()] == [PERSON]


async def paused(bench: Bench, error: str) -> None:
    """A digest is subscribed and could not be sent for this reason: the channel rests."""
    bench.slack.world.people[PERSON]["is_admin"] = True
    await answer(bench, "/kawalis subscribe 13:00")
    assert await bench.application.tick(bench.clock.forward(hours=1)) == 1
    bench.slack.fail_next("chat.postMessage", error)
    await bench.pump()
    chat, _, _ = await kept(bench)
    assert chat is not None
    assert (chat.paused, chat.pause_cause) == (True, error)
    assert await bench.application.tick(bench.clock.forward(days=1)) == 0


@pytest.mark.parametrize("error", ["account_inactive", "token_revoked"])
async def test_installed_again_after_sends_that_failed(bench: Bench, error: str) -> None:
    """Where we heard of the uninstallation by a failed send alone, the digests come again with the new installation."""
    await paused(bench, error)
    back = Membership(address=Address(platform="slack", bot=TEAM, chat=""), kind="installed")
    await bench.application.changed(back)
    assert await bench.application.tick(bench.clock.forward(days=1)) == 1


@pytest.mark.parametrize("error", ["token_revoked", "is_archived"])
async def test_a_start_with_a_new_token(bench: Bench, error: str) -> None:
    """The operator installs again and puts the new token in: at the start the workspace's digests go on, but not what
    rests for a reason of its own.
    """
    await paused(bench, error)
    application = bench.application
    await application.stop()
    gateways = open_gateways(
        application.kernel.settings, application.kernel.database, application.dispatcher, application.changed,
        clock=bench.pace, sleep=bench.pace.sleep,
    )  # fmt: skip
    await application.start(gateways)
    assert await application.tick(bench.clock.forward(days=1)) == (1 if error == "token_revoked" else 0)


async def test_a_channel_that_asks_us_is_alive(bench: Bench) -> None:
    """No event tells that an admin lets us post again; whoever asks us something in the channel wakes its digest."""
    await paused(bench, "restricted_action")
    await answer(bench, "/kawalis brief")
    assert await bench.application.tick(bench.clock.forward(days=1)) == 1


async def test_a_channel_that_asks_us_from_outside_stays_paused(bench: Bench) -> None:
    """We were taken out, and somebody there asks for a brief: that is answered, and invites us to nothing."""
    await paused(bench, "not_in_channel")
    bench.slack.world.channels[CHANNEL].member = False
    bench.pace.now += 600  # what Slack said of the channel is remembered for ten minutes
    await answer(bench, "/kawalis brief")
    assert await bench.application.tick(bench.clock.forward(days=1)) == 0


async def test_an_alert_names_its_command_as_it_is_typed_here(bench: Bench) -> None:
    """What comes by itself tells how to stop it, with the prefix that Slack takes."""
    await SlackTalk(bench).type("follow نتنياهو", "ننبّهكم حين يرد «نتنياهو»")
    await bench.application.tick(bench.clock())
    await arrive(bench, bench.clock.forward(minutes=20), ("dar", *SHIPMENT))
    alert = await brought(bench, SlackTalk(bench), SHIPMENT[0])
    assert "لإيقافه: /kawalis unfollow" in alert.text


async def test_what_is_muted_below_a_brief_is_muted_in_the_channel(bench: Bench) -> None:
    """The card of a story opens below the brief; what is muted there is muted for the channel."""
    bench.slack.world.people[PERSON]["is_admin"] = True
    sent = bench.slack.sent
    await bench.slack.slash(CHANNEL, PERSON, "/kawalis brief")
    await bench.slack.until(lambda: any(values(m.blocks) for m in sent()))
    told, brief = "".join(plain(read(m)) for m in sent()), next(m for m in sent() if values(m.blocks))
    before = len(sent())
    await bench.slack.press(brief.ts, next(v for v in values(brief.blocks) if v.endswith(":more")))
    card = (await bench.slack.answers(before + 1))[before]
    muted = next(v for v in values(card.blocks) if v.startswith("mute:"))
    await bench.slack.press(card.ts, muted)
    notice = plain(read((await bench.slack.answers(before + 2))[before + 1]))
    headline = notice.partition("هنا: ")[2].partition(". للعودة")[0]
    assert headline
    assert headline in told
    key = ChatKey(platform="slack", bot=TEAM, chat=CHANNEL)
    async with bench.application.kernel.database.reading() as unit:
        assert len(await unit.chats.mutes(key)) == 1


async def test_a_denial_of_a_deleted_brief_stands_in_the_channel(bench: Bench) -> None:
    """Somebody deleted the brief that is denied: the denial comes all the same, and the channel's digests go on."""
    talk = SlackTalk(bench)
    await talk.type("brief", "أجاب")
    await talk.type("brief", "أجاب")
    await arrive(bench, bench.clock.forward(minutes=15), ("dar", *SHIPMENT))
    bench.clock.forward(minutes=1)
    await talk.type("brief", SHIPMENT[0])
    bench.slack.world.messages.clear()
    await arrive(bench, bench.clock.forward(minutes=30), ("qalam", *SHIPMENT_DENIED))
    denial = await brought(bench, talk, "نُفي ما نقلناه إليكم")
    assert denial.answers == ""
    chat, _, _ = await kept(
        bench, ChatKey(platform="slack", bot=TEAM, chat=bench.slack.world.direct_with(PERSON))
    )
    assert chat is None or not chat.paused
