"""The origins of a story: of its articles, each counted once.

Near-copies are compared after Broder, "On the resemblance and containment of documents" (1997).
"""

from collections.abc import Mapping, Sequence

from summaries.duplicates import containment, fingerprint
from summaries.text import tokens
from summaries.types import Analysis, Article, ArticleId, Origin, OriginKind

NEAR_COPY = 0.5  # of the smaller text's four-word shingles; labelled rewrites stay below .3


def origins_of_story(
    articles: Sequence[Article], analyses: Mapping[ArticleId, Analysis]
) -> tuple[Origin, ...]:
    """The distinct origins of one story, those of more articles first.

    An article that credits somebody rests on them; an outlet that only passed a report on does not count. A near-copy
    that credits nobody inherits what it copies: the credits of the article it copies, or that article's outlet. What
    is left is its outlet's own report. An unknown origin is listed once and never counts as independent.
    """
    ordered = sorted(articles, key=lambda a: (a.published is None, a.published or a.collected, a.id))
    owners: dict[ArticleId, tuple[Origin, ...]] = {}
    copied = copies(ordered)
    for article in ordered:
        analysis = analyses.get(article.id)
        credited = first_hand(analysis.origins) if analysis else ()
        source = copied.get(article.id)
        owners[article.id] = credited or (owners.get(source, ()) if source else ()) or (_self(article),)
    counted: dict[str, tuple[int, Origin]] = {}
    for origins in owners.values():
        for origin in origins:
            count = counted[origin.name][0] if origin.name in counted else 0
            counted[origin.name] = (count + 1, origin)
    ranked = sorted(
        counted.values(), key=lambda pair: (pair[1].kind is OriginKind.UNKNOWN, -pair[0], pair[1].name)
    )
    return tuple(origin for _, origin in ranked)


def first_hand(origins: Sequence[Origin]) -> tuple[Origin, ...]:
    """The origins that reported themselves, without those that passed on another's report."""
    return tuple(origin for origin in origins if not origin.carrier)


def copies(ordered: Sequence[Article]) -> dict[ArticleId, ArticleId]:
    """Article -> the earliest article before it of which it is a near-copy. `ordered` is by publication."""
    prints = [fingerprint([token.folded for token in tokens(article.text)]) for article in ordered]
    found: dict[ArticleId, ArticleId] = {}
    for place, article in enumerate(ordered):
        for earlier in range(place):
            if (
                article.outlet != ordered[earlier].outlet
                and containment(prints[place], prints[earlier]) >= NEAR_COPY
            ):
                found[article.id] = ordered[earlier].id
                break
    return found


def _self(article: Article) -> Origin:
    return Origin(name=article.outlet, kind=OriginKind.OUTLET)
