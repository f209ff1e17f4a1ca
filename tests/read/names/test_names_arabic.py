"""Names in Arabic: where bodies and people begin and end. All of them are invented."""

import pytest

from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names import find_names

HELD = [
    ("وقع مركز نخلة لعلوم البحار اتفاقا.", "مركز نخلة لعلوم البحار"),
    ("زار الوفد جامعة الأمير سالم بن ناصر أمس.", "جامعة الأمير سالم بن ناصر"),
    ("نشرت صحيفة تيدن هوفر كارلند الخبر.", "صحيفة تيدن هوفر كارلند"),
    ("باعت شركة ترولين الكندية حصتها.", "شركة ترولين"),
    ("وقالت كيرلان للاستثمار العقاري إنها باعت.", "كيرلان للاستثمار العقاري"),
    ("وقال أوردن كاسلي، المدير العام، إن العمل بدأ.", "أوردن كاسلي"),
    ("وقال مايك كوب إن العمل بدأ.", "مايك كوب"),
]


def found(text: str) -> list[str]:
    names = find_names(Document(text, language="ar"), Reading(version=1, language="ar"))
    return [name.text for name in names]


@pytest.mark.parametrize(("text", "name"), HELD)
def test_a_name_ends_where_it_should(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    "text", ["وصلت الشرطة إلى موقع الكارثة.", "اجتمع مجلس أمناء المركز.", "تعمل شركة تركية في البلاد."]
)
def test_what_is_only_meant_is_no_name(text: str) -> None:
    assert found(text) == []
