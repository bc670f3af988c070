"""Articles that arrive while the application runs, in our own words."""

from datetime import datetime

from storage.articles import Pair
from summaries.types import Article, ArticleId
from tests.application.conftest import Bench

SETTLEMENTS = (
    "البيت الأبيض ينتقد خطط إسرائيل لبناء وحدات استيطانية جديدة",
    "انتقد البيت الأبيض خطط الحكومة الإسرائيلية لبناء ثلاثة آلاف وحدة استيطانية جديدة في الضفة الغربية. "
    "وقال المتحدث باسم مجلس الأمن القومي جون كيربي إن واشنطن أبلغت إسرائيل اعتراضها على بناء الوحدات الاستيطانية. "
    "ونقلت وكالة رويترز عن مسؤول أمريكي أن الإدارة غاضبة من حكومة نتنياهو بسبب الوحدات الاستيطانية الجديدة.",
)
SETTLEMENTS_AGAIN = (
    "البيت الأبيض ينتقد خطط إسرائيل لبناء وحدات استيطانية في الضفة الغربية",
    "انتقد البيت الأبيض خطط الحكومة الإسرائيلية لبناء ثلاثة آلاف وحدة استيطانية جديدة في الضفة الغربية، بحسب ما نشره "
    "موقع أكسيوس. وقال المتحدث جون كيربي إن واشنطن أبلغت إسرائيل اعتراضها على بناء الوحدات الاستيطانية. "
    "وحذر الرئيس الأمريكي جو بايدن رئيس الوزراء بنيامين نتنياهو من فرض عقوبات على المستوطنين خلال مكالمة غاضبة.",
)
SHIPMENT = (
    "واشنطن تعلق شحنة قنابل ثقيلة إلى إسرائيل بسبب الخلاف على رفح",
    "علقت واشنطن شحنة قنابل ثقيلة كانت في طريقها إلى إسرائيل بسبب الخلاف على اجتياح رفح، بحسب ما نشره موقع أكسيوس. "
    "وقال مسؤولون أمريكيون إن البيت الأبيض قرر تعليق شحنة القنابل الثقيلة للضغط على حكومة نتنياهو.",
)
SHIPMENT_DENIED = (
    "البيت الأبيض ينفي أن تكون واشنطن علقت شحنة القنابل الثقيلة إلى إسرائيل",
    "نفى المتحدث باسم مجلس الأمن القومي الأمريكي جون كيربي أن تكون واشنطن قد علقت شحنة قنابل ثقيلة كانت في طريقها "
    "إلى إسرائيل بسبب الخلاف على اجتياح رفح. "
    "وقال كيربي إن البيت الأبيض لم يقرر تعليق شحنة القنابل الثقيلة للضغط على حكومة نتنياهو.",
)


async def arrive(bench: Bench, at: datetime, *told: tuple[str, str, str]) -> list[ArticleId]:
    """Store and understand articles of (outlet, title, text), as collected at that moment; their ids."""
    pairs: list[Pair] = [
        (
            Article(
                id=ArticleId(f"{outlet}-{at:%H%M}"), outlet=outlet, title=title, text=text, published=at,
                collected=at, url=f"https://{outlet}.example/{at:%H%M}",
            ),
            None,
        )
        for outlet, title, text in told
    ]  # fmt: skip
    kernel = bench.application.kernel
    async with kernel.database.unit() as unit:
        await unit.articles.put_many(pairs)
        await unit.commit()
    await kernel.briefing.understand(at)
    return [article.id for article, _ in pairs]
