"""When the next send may leave: at most so many in any second for a bot, in a second for a chat, in a minute for
a group. Pure: moments are given in seconds of any monotonic clock, and waits come back.

What counts is when the platform sees a send: somewhere between its leaving and its answer. A place is therefore free
again a second after the *answer*, so that however slow either side is at times, no second holds too many.

A reply takes its place when it asks, so that replies which wait side by side keep the limits together. A
broadcast takes a place only where one is free at once: it never stands before a reply that comes later. Broadcasts
leave evenly spread over the second and not in one burst, since what a crash can double is what left just now.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

CHATS = 10_000  # remembered at once
CATCH_UP = 5  # broadcasts that may leave together after one overslept


@dataclass(slots=True, eq=False)
class Place:
    """What a send takes up in each limit it counts for."""

    leaves: float
    answered: float | None = None

    def counted(self, now: float) -> float:
        """The latest moment at which the platform may have counted it, as far as is known."""
        return max(self.leaves, now) if self.answered is None else self.answered


@dataclass(slots=True)
class Window:
    """At most `most` places in any `seconds`."""

    most: int
    seconds: float
    _taken: list[Place] = field(default_factory=list)

    def free_at(self, at: float, now: float) -> float:
        """The first moment not before `at` that has a place."""
        if len(self._taken) < self.most:
            return at
        return max(at, sorted(place.counted(now) for place in self._taken)[-self.most] + self.seconds)

    def take(self, place: Place, now: float) -> None:
        self._taken.append(place)
        while len(self._taken) > self.most:
            self._taken.remove(min(self._taken, key=lambda taken: taken.counted(now)))


class Pace:
    """Telegram's limits: 30 a second for a bot, one a second for a chat, 20 a minute for a group. `margin` is for
    clocks that are not quite alike.
    """

    def __init__(self, *, a_second: int = 30, group_a_minute: int = 20, margin: float = 0.01) -> None:
        self._bot = Window(a_second, 1.0 + margin)
        self._margin = margin
        self._group_a_minute = group_a_minute
        self._chats: OrderedDict[str, tuple[Window, Window | None]] = OrderedDict()
        self._halted = 0.0
        self._step = (1.0 + margin) / a_second
        self._even = 0.0  # when the next broadcast is to leave

    def take(self, chat: str, now: float, *, group: bool, ahead: bool = True) -> tuple[float, Place | None]:
        """Seconds from `now` until a send to `chat` may leave, and the place it has taken: none for a send that is
        not `ahead` and has to wait, which asks again afterwards. See `answered`.
        """
        windows = [window for window in (self._bot, *self._of(chat, group)) if window is not None]
        at = max(now, self._halted, 0.0 if ahead else self._even)
        while (later := max(window.free_at(at, now) for window in windows)) > at:
            at = later
        if at > now and not ahead:
            self._even = max(
                self._even, at
            )  # a burst now would be a burst, and a gap, in every second to come
            return at - now, None
        place = Place(at)
        for window in windows:
            window.take(place, now)
        if not ahead:
            self._even = max(self._even, now - CATCH_UP * self._step) + self._step
        return at - now, place

    def answered(self, place: Place, now: float) -> None:
        """The platform has answered, or will not any more."""
        place.answered = now

    def wait_of_chat(self, chat: str, now: float, *, group: bool) -> float:
        """Seconds from `now` until the chat's own limits let a send leave, whatever the bot's are."""
        return max(w.free_at(now, now) for w in self._of(chat, group) if w is not None) - now

    def halt(self, until: float) -> None:
        """The platform asked the whole bot to wait until then."""
        self._halted = max(self._halted, until)

    def _of(self, chat: str, group: bool) -> tuple[Window, Window | None]:
        windows = self._chats.pop(chat, None)
        if windows is None:
            minute = Window(self._group_a_minute, 60.0 + self._margin) if group else None
            windows = (Window(1, 1.0 + self._margin), minute)
        self._chats[chat] = windows
        while len(self._chats) > CHATS:
            self._chats.popitem(last=False)
        return windows
