"""When a send may leave."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from adapters.chat.pace import Pace, Place

chats = st.sampled_from(["1", "2", "3", "-9"])


@given(st.lists(chats, min_size=1, max_size=120))
def test_no_second_and_no_minute_holds_too_many(asked: list[str]) -> None:
    """However sends come, each window of each limit holds at most what the platform takes."""
    pace = Pace(a_second=2, group_a_minute=3)
    left = [(chat, pace.take(chat, 0.0, group=chat == "-9")[0]) for chat in asked]
    for at in (moment for _, moment in left):
        within = [(chat, moment) for chat, moment in left if at <= moment < at + 1.0]
        assert len(within) <= 2
        assert len({chat for chat, _ in within}) == len(within)
        assert sum(1 for chat, moment in left if chat == "-9" and at <= moment < at + 60.0) <= 3


def test_a_reply_goes_ahead_of_a_broadcast() -> None:
    """However many broadcasts wait, a reply leaves as soon as a second has room."""
    pace = Pace(a_second=30)
    waits = [pace.take(str(number), 0.0, group=False, ahead=False)[0] for number in range(1_000)]
    assert waits.count(0.0) == 1
    assert pace.take("reader", 0.0, group=False)[0] == 0.0


def test_broadcasts_are_spread_evenly_and_none_is_wasted() -> None:
    """A crash doubles what left just now, so broadcasts do not leave in bursts; nor does a sleeper's oversleeping
    lose places: asked every 5 ms for ten seconds, a bot still sends 29 a second.
    """
    pace, left = Pace(), []
    for tick in range(2_000):
        now = tick * 0.005
        _, place = pace.take(str(len(left)), now, group=False, ahead=False)
        if place is not None:
            left.append(now)
            pace.answered(place, now + 0.01)
    assert len(left) >= 290
    assert all(sum(1 for at in left if start <= at < start + 1.0) <= 30 for start in left)
    assert all(sum(1 for at in left if start <= at < start + 0.1) <= 8 for start in left)


def test_a_burst_is_not_repeated_in_every_second_after_it() -> None:
    """Once a sleeper has caught up, broadcasts are spread evenly again: the places that a burst took come free
    together, and were they taken together, each second would hold a burst and a gap.
    """
    pace, now, left = Pace(), 0.0, list[float]()
    while now < 10.0:
        wait, place = pace.take(str(len(left)), now, group=False, ahead=False)
        if place is not None:
            left.append(now)
            pace.answered(place, now + 0.003)
        now += wait if wait or len(left) != 40 else 0.3  # it sleeps once
    gaps = [after - before for before, after in pairwise(left[80:])]
    assert max(gaps) < 0.05
    assert min(gaps) > 0.02


@given(st.lists(st.floats(0.0, 2.5), min_size=100, max_size=100), st.floats(0.0, 1.0))
def test_no_second_holds_too_many_however_slow_the_way_is(ways: list[float], seen_after: float) -> None:
    """Sends take longer and shorter ways, and the platform sees each anywhere on its own: no second of the platform's
    clock ever holds more than thirty.
    """
    pace, seen, answers = Pace(), list[float](), list[tuple[float, Place]]()
    for tick in range(400):
        now = tick * 0.01
        for at, place in [answer for answer in answers if answer[0] <= now]:
            pace.answered(place, at)
            answers.remove((at, place))
        _, taken = pace.take(str(tick), now, group=False, ahead=False)
        if taken is not None:
            way = ways[len(seen) % len(ways)]
            seen.append(now + way * (seen_after if len(seen) % 2 else 1 - seen_after))
            answers.append((now + way, taken))
    assert all(sum(1 for at in seen if start <= at < start + 1.0) <= 30 for start in seen)


def test_a_halt_holds_every_chat() -> None:
    """After the platform asked the bot to wait, nothing leaves before."""
    pace = Pace()
    pace.halt(10.0)
    assert pace.take("1", 4.0, group=False)[0] == 6.0
