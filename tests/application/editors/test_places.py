"""A channel that is renamed, gets another id, is archived or left; a workspace that takes the app out and puts it in
again: what editors set up there stays.
"""

import dataclasses
from collections.abc import AsyncIterator, Callable, Mapping

import pytest
from pydantic import SecretStr

from adapters.slack.app import SlackApp
from bot.application import Application, build_application, running
from bot.gateways import open_gateways
from storage.chats import Chat
from tests.application.conftest import EDITOR, Bench
from tests.application.editors.desk import (
    BOT,
    SlackDesk,
    TelegramDesk,
    briefs,
    pressed,
    read,
    sent,
    told,
    typed,
)
from tests.application.editors.test_schedule import approved
from tests.application.test_membership import until
from tests.fakes.slack import CHANNEL, TEAM
from tests.slack.test_oauth import install

GROUP, SUPERGROUP = -5, -1005
BACK = {
    "member": {"type": "member_joined_channel", "user": "U0KAWALIS", "channel": CHANNEL},
    "archived": {"type": "channel_unarchive", "channel": CHANNEL, "user": "U0OTHER"},
}


@pytest.fixture
def desk(bench: Bench) -> SlackDesk:
    return SlackDesk(bench)


async def heard(
    desk: SlackDesk, event: Mapping[str, object], is_so: Callable[[Chat], bool], chat: str = CHANNEL
) -> None:
    """Slack tells of something, and the application has written it down."""
    await desk.bench.slack.event(dict(event))
    await until(desk.bench, lambda kept: kept is not None and is_so(kept), "slack", TEAM, chat)


async def test_a_renamed_channel_is_called_by_its_new_name(desk: SlackDesk) -> None:
    """The open draft, and the notice at its hour, name the channel as it is called now."""
    await approved(desk)
    desk.bench.slack.world.channels[CHANNEL].name = "akhbar"
    renamed = {"type": "channel_rename", "channel": {"id": CHANNEL, "name": "akhbar", "created": 1}}
    await heard(desk, renamed, lambda chat: chat.title == "#akhbar")
    assert "حان موعد مسودة #akhbar" in await told(desk, minutes=180)
    assert briefs(await sent(desk)) == 1


async def test_a_channel_with_a_new_id_keeps_editors_and_drafts(desk: SlackDesk) -> None:
    """A channel's id changes when it becomes shared or private: its editors, its scheduled post, its record go too."""
    await typed(desk, f"/editors @news add {desk.other}", "محررو #news")
    await approved(desk)
    channels = desk.bench.slack.world.channels
    channels["C0MOVED"] = dataclasses.replace(channels.pop(CHANNEL), id="C0MOVED")
    moved = {"type": "channel_id_changed", "old_channel_id": CHANNEL, "new_channel_id": "C0MOVED"}
    await heard(desk, moved, lambda chat: True, "C0MOVED")
    await told(desk, minutes=180)
    await desk.bench.pump()
    assert sum("كواليس:" in read(m.blocks) for m in desk.bench.slack.sent("C0MOVED")) == 1
    listed = await typed(desk, "/editors <#C0MOVED|news>", "آخر ما جرى")
    assert desk.other in listed
    assert "وافق على مسودة لموعدها" in listed


async def test_a_post_on_its_way_to_a_channel_that_we_leave(desk: SlackDesk) -> None:
    """Removed or archived between the approval and the send: the editor gets the draft back with the reason."""
    gone: tuple[tuple[Mapping[str, object], str, str], ...] = (
        (
            {"type": "channel_left", "channel": CHANNEL, "actor_id": desk.other},
            "البوت ليس في #news",
            "member",
        ),
        (
            {"type": "channel_archive", "channel": CHANNEL, "user": desk.other},
            "القناة #news مؤرشفة",
            "archived",
        ),
    )
    for event, why, mended in gone:
        desk.bench.clock.forward(minutes=1)
        await typed(desk, "/broadcast @news", "لن يُنشر شيء")
        await pressed(desk, "approve", "نُشرت في")
        setattr(desk.bench.slack.world.channels[CHANNEL], mended, mended == "archived")
        await heard(desk, event, lambda chat: chat.paused)
        assert await sent(desk) == []
        said = await told(desk)
        assert why in said
        assert "المسودة محفوظة" in said
        setattr(desk.bench.slack.world.channels[CHANNEL], mended, mended == "member")
        await heard(desk, BACK[mended], lambda chat: not chat.paused)


@pytest.fixture
async def many(bench: Bench) -> AsyncIterator[Application]:
    """The application as an app of many workspaces, over signed HTTP; installed nowhere yet."""
    slack, kernel = bench.slack, bench.application.kernel
    await bench.application.stop()
    settings = kernel.settings.model_copy(update={
        "slack_bot_token": None, "slack_app_token": None, "slack_client_id": slack.client_id,
        "slack_client_secret": SecretStr(slack.client_secret), "slack_signing_secret": SecretStr(slack.signing_secret),
    })  # fmt: skip
    application = build_application(dataclasses.replace(kernel, settings=settings), owner="many")
    gateways = open_gateways(
        settings, kernel.database, application.dispatcher, application.changed,
        clock=bench.pace, sleep=bench.pace.sleep,
    )  # fmt: skip
    bench.application = application
    async with running(application, [gateway for gateway in gateways if gateway.platform == "slack"]):
        yield application


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U"]}}]
)
# slack_sdk itself still calls what aiohttp 4 will drop.
@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
async def test_an_app_that_was_taken_out_and_put_in_again(
    bench: Bench, many: Application, event: Mapping[str, object]
) -> None:
    """Uninstalled or its token revoked, the workspace's scheduled post does not go out and is kept; installed again,
    the editor finds the draft, their place among the editors and the channel as they were.
    """
    [app] = many.gateways
    assert isinstance(app, SlackApp)
    bench.slack.http = app.handle_http
    assert await install(app, bench.slack, TEAM) == 200
    desk = SlackDesk(bench)
    await typed(desk, f"/editors @news add {desk.other}", "محررو #news")
    await approved(desk)
    await heard(desk, event, lambda chat: chat.pause_cause == "uninstalled")
    bench.slack.world.teams[TEAM].revoked = True
    await told(desk, minutes=180)
    assert await sent(desk) == []
    bench.slack.world.teams[TEAM].revoked = False
    assert await install(app, bench.slack, TEAM) == 200
    await until(bench, lambda kept: kept is not None and not kept.paused, "slack", TEAM, CHANNEL)
    await typed(desk, "/draft", "مسودة للنشر في #news")
    await pressed(desk, "approve", "نُشرت في")
    assert briefs(await sent(desk)) == 1
    assert desk.other in await typed(desk, "/editors @news", "آخر ما جرى")


async def test_a_group_that_became_a_supergroup_keeps_editors_and_drafts(bench: Bench) -> None:
    """Telegram gives the group a new id: its editors and its scheduled post go along, and the post is sent there."""
    desk = TelegramDesk(bench)
    bench.telegram.add_chat(GROUP, "group", title="غرفة الأخبار")
    for person in (EDITOR, BOT):
        bench.telegram.make_member(GROUP, person, "administrator")
    await typed(desk, f"/editors {GROUP} add {desk.other}", "محررو غرفة الأخبار")
    await approved(desk, f"/broadcast {GROUP} 15:00 Asia/Riyadh")
    bench.telegram.migrate(GROUP, SUPERGROUP)
    await until(bench, lambda chat: chat is not None, "telegram", str(BOT), str(SUPERGROUP))
    assert "حان موعد مسودة غرفة الأخبار" in await told(desk, minutes=180)
    assert bench.telegram.sent(GROUP) == []
    assert sum("كواليس:" in m.text for m in bench.telegram.sent(SUPERGROUP)) == 1
    assert desk.other in await typed(desk, f"/editors {SUPERGROUP}", "آخر ما جرى")
