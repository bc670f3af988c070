"""When a send may leave."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.pace import Pace

chats = st.sampled_from(["1", "2", "3", "-9"])


@given(st.lists(chats, min_size=1, max_size=120))
def test_no_second_and_no_minute_holds_too_many(asked: list[str]) -> None:
    """However sends come, each window of each limit holds at most what the platform takes."""
    pace = Pace(a_second=2, group_a_minute=3)
    left = [(chat, pace.wait(chat, 0.0, group=chat == "-9")) for chat in asked]
    for at in (moment for _, moment in left):
        within = [(chat, moment) for chat, moment in left if at <= moment < at + 1.0]
        assert len(within) <= 2
        assert len({chat for chat, _ in within}) == len(within)
        assert sum(1 for chat, moment in left if chat == "-9" and at <= moment < at + 60.0) <= 3


def test_a_reply_goes_ahead_of_a_broadcast() -> None:
    """However many broadcasts wait, a reply leaves as soon as a second has room."""
    pace = Pace(a_second=30)
    waits = [pace.wait(str(number), 0.0, group=False, ahead=False) for number in range(1_000)]
    assert waits.count(0.0) == 1
    assert pace.wait("reader", 0.0, group=False) == 0.0


def test_broadcasts_are_spread_evenly_and_none_is_wasted() -> None:
    """A crash doubles what left just now, so broadcasts do not leave in bursts; nor does a sleeper's oversleeping
    lose places: asked every 5 ms for ten seconds, a bot still sends 29 a second.
    """
    pace, left = Pace(), []
    for tick in range(2_000):
        now = tick * 0.005
        if pace.wait(str(len(left)), now, group=False, ahead=False) == 0.0:
            left.append(now)
    assert len(left) >= 290
    assert all(sum(1 for at in left if start <= at < start + 1.0) <= 30 for start in left)
    assert all(sum(1 for at in left if start <= at < start + 0.1) <= 8 for start in left)


def test_a_halt_holds_every_chat() -> None:
    """After the platform asked the bot to wait, nothing leaves before."""
    pace = Pace()
    pace.halt(10.0)
    assert pace.wait("1", 4.0, group=False) == 6.0
