"""One article as a message: its summary, who said what, where it comes from (F24)."""

from adapters.chat.message import Block, Bullets, Heading, Message, Note, Paragraph, Text
from bot.presenting import words
from bot.presenting.briefs import plain, sentence_line
from bot.presenting.quotes import quote_line
from bot.summarising import ArticleBrief
from bot.texts import Texts
from summaries.telling import untold
from summaries.types import LONGEST_TEXT, OriginKind


def article_message(brief: ArticleBrief, texts: Texts) -> Message:
    """The brief of one article, with a link to it."""
    article = brief.article
    blocks: list[Block] = [Heading(line=(Text(text=brief.headline, url=article.url or None),))]
    blocks += [Paragraph(line=sentence_line(s.shown, article.url, article.outlet)) for s in brief.sentences]
    if article.cut:
        blocks.append(Note(line=plain(texts("article.cut", most=LONGEST_TEXT))))
    known = [origin for origin in brief.origins if origin.kind is not OriginKind.UNKNOWN]
    if known:
        names = words.join([words.origin_name(origin, texts) for origin in known], texts)
        blocks.append(Note(line=plain(texts("article.origins", names=names))))
    else:
        blocks.append(Note(line=plain(texts("article.no_origin"))))
    said = untold(brief.quotes, brief.sentences)
    if said:
        blocks.append(Paragraph(line=(Text(text=texts("story.who_said_what"), bold=True),)))
        blocks.append(Bullets(items=tuple(quote_line(quote, texts) for quote in said)))
    return Message(blocks=tuple(blocks), language=texts.language)
