"""Notices in words: that copy is killed, held, corrected, sent again; as agencies print them, in eight languages. Pure.

A notice stands alone on its line, or in front of a headline and apart from it by a colon or a dash. Inside the text the
same words are news. A line that stands alone may be in any letters; in front of a headline a kill must be in capitals
where the script has them: "KILL: ferry story" takes copy back, "Kill: a film of the harbour" does not.
"""

import re

from msgspec import Struct

from dragoman.formats._status import CorrectionKind
from dragoman.text.fold import fold

_PHRASES: tuple[tuple[CorrectionKind, str], ...] = (
    (
        "substitute",
        "substitute|sub|substitution|substituted|annule et remplace|remplace la précédente|ersetzt|ersatzmeldung|sustituye|sustituye a la anterior|"
        "anula y sustituye|взамен|взамен ранее переданного|замена|əvəz edir|əvvəlkini əvəz edir|يلغي ويحل محل|يحل محل|بديل|替换|代替前稿|取代前稿",
    ),
    (
        "release",
        "embargo lifted|hold released|released from hold|embargo levé|sperrfrist aufgehoben|embargo levantado|эмбарго снято|embarqo götürüldü|رفع الحظر|解禁",
    ),
    (
        "kill",
        "kill|kill kill kill|killed|elimination|eliminate|eliminated|withdrawal|withdraw|withdrawn|retraction|retract|retracted|deleted|disregard|"
        "annulation|avis d annulation|annulé|annulée|annule|annuler|à annuler|prière d annuler|dépêche annulée|dépêche retirée|avis de retrait|"
        "zurückgezogen|wird zurückgezogen|meldung zurückgezogen|zurückziehung|zurückziehen|bitte zurückziehen|rückzug|storno|storniert|nicht verwenden|bitte nicht verwenden|"
        "meldung nicht verwenden|anulación|anulacion|anulado|anulada|anúlese|anular|nota anulada|información anulada|noticia anulada|retirada de nota|retirada de noticia|"
        "аннулируется|аннулировать|аннулирован|аннулирована|аннулировано|аннуляция|аннулирование|просьба аннулировать|сообщение аннулируется|сообщение аннулировано|"
        "сообщение снято|сообщение отозвано|отзыв сообщения|ləğv|ləğv edilir|ləğv edildi|ləğv edilib|ləğv olunur|ləğv olundu|ləğv olunub|xəbər ləğv edilir|xəbər ləğv olunur|"
        "geri çağırılır|xəbər geri çağırılır|geri götürülür|إلغاء|الغاء|إلغاء خبر|الغاء خبر|إلغاء الخبر|سحب خبر|سحب الخبر|حذف خبر|حذف الخبر|الخبر ملغى|خبر ملغى|ملغى|يلغى|"
        "يرجى إلغاء الخبر|يرجى حذف الخبر|يرجى سحب الخبر|撤稿|撤稿通知|撤稿启事|撤销|撤销稿件|撤回|撤回稿件|作废|此稿作废|删稿|删稿通知|取消播发|取消稿件|annullamento|anulação|iptal",
    ),
    (
        "hold",
        "hold|please hold|withheld|withhold|à retenir|retenue|sperre|gesperrt|zurückhalten|bitte zurückhalten|retenida|retener|задержать|придержать|задержано|"
        "saxlanılır|saxlayın|تأجيل النشر|وقف النشر|يرجى عدم النشر|暂缓播发|暂缓发布|暂缓发稿|缓发|停发",
    ),
    (
        "correction",
        "correction|corrections|corrected|corrects|correcting|corrective|corr|rectificatif|rectification|correctif|corrigé|erratum|errata|"
        "korrektur|berichtigung|berichtigt|korrigiert|richtigstellung|corrección|correccion|corregido|corregida|rectificación|fe de erratas|"
        "исправление|исправлено|исправленное|поправка|уточнение|коррекция|düzəliş|dəqiqləşdirmə|düzəldilib|تصحيح|تصويب|更正|勘误|订正",
    ),
    (
        "update",
        "lead|ld|writethru|ld writethru|lead writethru|lead all|ld all|lead net|ld net|lead writethru net|add|adds|update|updates|updated|updating|"
        "actualisé|actualisation|mise à jour|aktualisiert|aktualisierung|neufassung|actualización|actualizado|actualizada|"
        "обновлено|обновление|дополнение|yenilənib|yeniləndi|əlavə|تحديث|محدث|إضافة|更新|补充|加写",
    ),
    (
        "refile",
        "refile|refiled|refiles|resend|resent|repeat|repeats|repeating|repetition|rpt|rptg|crtg|rptg crtg|répétition|reprise|wiederholung|wiederholt|repetición|repite|"
        "повтор|повторно|повторяется|təkrar|təkrarən|إعادة|مكرر|重发|重播|再发",
    ),
)  # fmt: skip
_BEFORE = frozenset(
    [
        "bulletin",
        "mandatory",
        "advisory",
        "urgent",
        "editors",
        "editor",
        "flash",
        "please",
        "achtung",
        "eilig",
        "eil",
        "внимание",
        "تنبيه",
        "عاجل",
        "attention",
        "atención",
        "ojo",
    ]
)
_AROUND = frozenset(
    [
        "notice",
        "advisory",
        "mandatory",
        "bulletin",
        "story",
        "item",
        "copy",
        "report",
        "the",
        "this",
        "previous",
        "earlier",
    ]
)
"""Words that may stand before a notice, and before or behind it, and change nothing."""
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|er|e|º|ª)?")
_WORD = re.compile(r"\w+")
_EDGE = " \t*/+#=-–—.!:：;,،|~\"'“”«»"
_MARK = re.compile(r"\s*[:：–—]\s*|\s+-+\s+|-(?=[A-ZÀ-ÞА-ЯЁ])")
_BRACKETS = re.compile(r"[\s*/+#=~-]*[(\[（【]+([^()\[\]（）【】]{2,48})[)\]）】]+[\s*/+#=~-]*")
_CJK = re.compile("[\u3400-\u9fff]")
_LONGEST, _MOST_WORDS = 64, 6
_TAKES_BACK = frozenset({"kill", "hold"})
_NAMED = re.compile(r"\b([A-Za-z]{1,4}\d{3,5})\b")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower() if text.isascii() else fold(text))


_KINDS: dict[str, CorrectionKind] = {
    " ".join(_words(phrase)): kind for kind, phrases in _PHRASES for phrase in phrases.split("|")
}


class Notice(Struct, frozen=True):
    """What a line says is done to earlier copy. `rest` is the headline that stood behind it, if one did."""

    kind: CorrectionKind
    words: str
    rest: str = ""

    @property
    def takes_back(self) -> bool:
        """Is the earlier copy not to be used, for good or for now?"""
        return self.kind in _TAKES_BACK


def notice_of(line: str) -> Notice | None:
    """The notice `line` is or begins with; None where it is copy."""
    line = line.strip()
    alone = line.strip(_EDGE + "()[]（）【】")
    if not alone:
        return None
    if kind := _kind(alone):
        return Notice(kind, alone)
    if bracket := _BRACKETS.match(line):
        return _before(bracket[1].strip(_EDGE), line[bracket.end() :])
    if mark := _MARK.search(line, 2, _LONGEST):
        return _before(line[: mark.start()].strip(_EDGE), line[mark.end() :])
    return None


def named_copy(text: str) -> str:
    """The number of the earlier message a notice names (``eca0124``, ``V4644``), if it names exactly one."""
    found = set(_NAMED.findall(text[:2000]))
    return found.pop() if len(found) == 1 else ""


def _before(words: str, rest: str) -> Notice | None:
    kind = _kind(words)
    if kind is None or (kind in _TAKES_BACK and words.upper() != words and not _CJK.search(words)):
        return None
    return Notice(kind, words, rest.strip())


def _kind(text: str) -> CorrectionKind | None:
    if len(text) > _LONGEST or text.count(" ") > _MOST_WORDS:
        return None
    words = _words(text)
    if kind := _KINDS.get(" ".join(words)):
        return kind
    while words and words[0] in _BEFORE:
        del words[0]
    kept = [word for word in words if word not in _AROUND and not _ORDINAL.fullmatch(word)]
    return _KINDS.get(" ".join(kept)) if kept else None
