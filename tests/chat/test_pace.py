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
    assert waits.count(0.0) == 30
    assert pace.wait("reader", 0.5, group=False) < 0.6


def test_a_halt_holds_every_chat() -> None:
    """After the platform asked the bot to wait, nothing leaves before."""
    pace = Pace()
    pace.halt(10.0)
    assert pace.wait("1", 4.0, group=False) == 6.0
