"""What a draft would post, and what an editor changes in it. Pure.

An editor takes stories out, changes their order and adds a word of their own, which is shown as theirs. The
sentences of a story stay as their articles have them.
"""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bot.texts import Language
from summaries.types import Brief, BriefStory, State, StoryId

LONGEST_NOTE = 500  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """`note` is the editor's own word; in a correction it says what was wrong. `asked` is the key of the chat in
    which its editor hears what became of it, in the language `spoken` with them; `corrects` the id of the draft
    whose post this one takes the place of. `attempt` counts the times that it was sent and did not get through;
    `seen_before` is what the channel's readers had seen before it was posted. `changed_by` has, for each change since
    it was made, who made it.
    """

    brief: Brief
    language: Language
    asked: str
    spoken: Language = "ar"
    zone: str = "UTC"
    dropped: tuple[StoryId, ...] = ()
    note: str = ""
    corrects: str = ""
    attempt: int = 0
    seen_before: str = ""
    changed_by: tuple[str, ...] = ()

    @property
    def revision(self) -> int:
        """Stands in the buttons of a draft's card: what whoever presses them saw."""
        return len(self.changed_by)

    @property
    def kept(self) -> Brief:
        """The brief as it would be posted."""
        stories = tuple(story for story in self.brief.stories if story.id not in self.dropped)
        return replace(self.brief, stories=stories)


def changed(content: Content, after: Content, person: str) -> Content:
    """`after`, as the person's change to `content`; `content` itself where nothing is different."""
    return content if after == content else replace(after, changed_by=(*content.changed_by, person))


def known_to(content: Content, person: str, revision: int) -> bool:
    """Whether a person who saw this revision knows the draft as it is: what they changed themselves they saw too."""
    return all(by == person for by in content.changed_by[revision:])


def drop(content: Content, story: StoryId) -> Content:
    """Without this story. The last one stays: an empty post is no post."""
    if len(content.kept.stories) < 2 or all(s.id != story for s in content.kept.stories):
        return content
    return replace(content, dropped=(*content.dropped, story))


def restore(content: Content, story: StoryId) -> Content:
    return replace(content, dropped=tuple(kept for kept in content.dropped if kept != story))


def move_up(content: Content, story: StoryId) -> Content:
    """The story one place nearer to the top, among those that are kept."""
    kept = [s.id for s in content.kept.stories]
    if story not in kept or kept.index(story) == 0:
        return content
    above = kept[kept.index(story) - 1]
    stories = list(content.brief.stories)
    places = {s.id: place for place, s in enumerate(stories)}
    one, other = places[story], places[above]
    stories[one], stories[other] = stories[other], stories[one]
    return replace(content, brief=replace(content.brief, stories=tuple(stories)))


def retold(content: Content, now_told: dict[StoryId, BriefStory]) -> Content:
    """Each story as it is told now; one that is no longer kept stays as it was."""
    stories = tuple(now_told.get(story.id, story) for story in content.brief.stories)
    return replace(content, brief=replace(content.brief, stories=stories))


Kind: TypeAlias = Literal["removed", "added", "denied", "retold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that a correction changed, named by the story's headline as readers saw it."""

    kind: Kind
    headline: str


def changes(before: Brief, after: Brief) -> tuple[Change, ...]:
    """What a correction changed: stories taken out, put in, denied since, or told in other words."""
    old = {story.id: story for story in before.stories}
    new = {story.id: story for story in after.stories}
    found = [Change(kind="removed", headline=story.headline) for id, story in old.items() if id not in new]
    found += [Change(kind="added", headline=story.headline) for id, story in new.items() if id not in old]
    for id, story in new.items():
        if id in old and story.state is State.DENIED and old[id].state is not State.DENIED:
            found.append(Change(kind="denied", headline=old[id].headline))
        elif id in old and _told(story) != _told(old[id]):
            found.append(Change(kind="retold", headline=old[id].headline))
    return tuple(found)


def _told(story: BriefStory) -> tuple[object, ...]:
    sentences = tuple(sentence.shown for sentence in story.sentences)
    return story.headline, sentences, tuple((q.statement.speaker, q.text) for q in story.quotes)
