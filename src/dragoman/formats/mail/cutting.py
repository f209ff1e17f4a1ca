"""Where the copy in a mail begins and ends: signature, the mail it answers, disclaimers; each told with its reason. Pure.

Works on lines, or on the blocks of an HTML body: what mail programs put around copy looks the same in both. A mail that was
only handed on is opened: its copy is what was forwarded.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from dragoman.model.item import Removed
from dragoman.text.cleaning import squeeze

_SHOWN = 300  # characters of what was removed
_LONG_SIGNATURE = 1_500  # what is longer behind two dashes is copy
_COVER = 240  # characters that may stand above what was handed on
_DEEPEST = 5

_SUBJECT_MARK = re.compile(
    r"\s*(?:\[[^\]]{0,40}\]\s*)?(?:(?:re|fw|fwd|aw|wg|antw|tr|rv|res|enc|vs|sv|ref|rép|отв|пересл|ynt|ilt|cvb|yön|رد|إعادة توجيه|回复|答复|转发)"
    r"(?:\s*\[\d{1,3}\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_FORWARD_MARK = re.compile(r"\s*(?:fw|fwd|wg|tr|rv|enc|пересл|ilt|yön|إعادة توجيه|转发)\s*[:：]", re.IGNORECASE)
_SIGNATURE = re.compile(r"--\s*\Z")
_STAMPED = re.compile(r"@|\d{1,2}[:.h]\d\d")
"""What mail programs put into the line before a quotation: an address or a clock. "On 12 May the minister wrote:" is copy."""
_RULE = re.compile(r"[_=*~-]{8,}\s*\Z")
_FORWARDED = re.compile(
    r"[-\s>*_]*(?:begin )?(?:forwarded message|weitergeleitete nachricht|message transféré|message transmis|mensaje reenviado|"
    r"пересылаемое сообщение|пересланное сообщение|yönləndirilmiş (?:məktub|mesaj)|رسالة محولة|رسالة معاد توجيهها|转发(?:的)?邮件)[-\s:：*_]*\Z",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[-\s>*_]*(?:original message|ursprüngliche nachricht|original-nachricht|message d['’]origine|mensaje original|исходное сообщение|"
    r"orijinal mesaj|الرسالة الأصلية|原始邮件)[-\s:：*_]*\Z",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"(?=[^\n]{6,400}\Z)(?=[^\n]*\d)(?:on\b.{4,300}\bwrote|am\b.{4,300}\bschrieb\b.{0,120}|le\b.{4,300}\ba écrit|el\b.{4,300}\bescribió|"
    r".{4,300}(?:\bпишет|\bнаписала?|\bписала?|\byazdı|\byazıb|كتب|كتبت|写道)[^:：]{0,60})\s?[:：]\s*\Z",
    re.IGNORECASE,
)
_KEYS = {
    "from": "from|von|de|от|отправитель|kimdən|göndərən|من|发件人",
    "date": "sent|date|gesendet|datum|envoyé|enviado|enviado el|fecha|дата|отправлено|tarix|göndərilib|göndərilmə tarixi|تاريخ|التاريخ|تم الإرسال|发送时间|日期|时间",
    "to": "to|an|à|para|кому|kimə|إلى|收件人|cc|kopie|copie|копия|抄送|reply-to|bcc",
    "subject": "subject|betreff|objet|asunto|тема|mövzu|الموضوع|主题",
}
_KEYED = re.compile(
    r"[\s>*_]*(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _KEYS.items()) + r")\s?\*{0,2}\s?[:：]\s?\*{0,2}\s*(?P<value>[^\n]{0,500}?)\s*\Z",
    re.IGNORECASE,
)  # fmt: skip
_MAY_BEGIN = re.compile(r"[:：]|--|forward|original", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"(?:this|the information (?:contained )?in this) (?:e-?mail|message|transmission|communication)\b.{0,400}(?:confidential|intended|privileged|error)"
    r"|(?:important|confidentiality) (?:notice|note)\b.{0,40}|disclaimer\s*[:.]?\s*\Z|if you (?:have received|receive) (?:this|an) (?:e-?mail|message)"
    r"|please consider the environment|(?:the )?views expressed in this (?:e-?mail|message)"
    r"|diese (?:e-?mail|nachricht)\b.{0,300}vertraulich|ce (?:courriel|message|e-?mail)\b.{0,300}confidentiel|este (?:mensaje|correo)\b.{0,300}confidencial"
    r"|(?:данное|это|настоящее) (?:электронное )?(?:сообщение|письмо)\b.{0,300}конфиденциальн"
    r"|bu (?:e-?mail|məktub|elektron məktub|mesaj)\b.{0,300}(?:məxfi|konfidensial)|هذه الرسالة.{0,300}(?:سرية|سري)|(?:本|此)(?:电子)?邮件.{0,120}(?:保密|机密)"
    r"|(?:avis de confidentialité|vertraulichkeitshinweis|haftungsausschluss|aviso (?:legal|de confidencialidad))\b.{0,80}",
    re.IGNORECASE | re.DOTALL,
)
_SENT_FROM = re.compile(
    r"(?:sent from (?:my|outlook|mail for|yahoo|samsung)|von meinem .{1,40} gesendet|envoyé (?:de|depuis) (?:mon|outlook)|enviado desde (?:mi|outlook)|"
    r"отправлено (?:с|из) |get outlook for|gesendet von (?:mail|outlook)|发自我的|أُرسلت من|iphone-dan göndərildi).{0,80}\Z",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:to )?unsubscribe\b.{0,200}|you (?:are receiving|received) this (?:e-?mail|message) because\b.{0,300}|"
    r"(?:чтобы )?отписаться\b.{0,200}|se désabonner\b.{0,200}|abmelden\b.{0,120}|darse de baja\b.{0,120}|退订.{0,80}",
    re.IGNORECASE,
)


class Cut(Struct, frozen=True):
    """Which lines are copy; what was removed; what the header of a forwarded mail said, by `from`, `date`, `subject`."""

    kept: tuple[int, ...]
    removed: tuple[Removed, ...] = ()
    forwarded: dict[str, str] = {}


def subject_of(raw: str) -> tuple[str, str]:
    """The subject without the marks of replies and forwards, and those marks."""
    found = _SUBJECT_MARK.match(raw)
    return (raw[found.end() :].strip(), found[0].strip()) if found and raw[found.end() :].strip() else (raw, "")


def is_forward(raw: str) -> bool:
    return bool(_FORWARD_MARK.match(raw))


def cut(lines: Sequence[str], *, forward: bool = False) -> Cut:
    """What of `lines` is copy. `forward`: the subject says that the mail was handed on."""
    removed: list[Removed] = []
    said: dict[str, str] = {}
    first, last = 0, len(lines)
    for _ in range(_DEEPEST):
        found = _other_mail(lines, first, last)
        if found is None:
            break
        at, behind, header, handed_on = found
        above = sum(len(line.strip()) for line in lines[first:at])
        if above == 0 or ((handed_on or forward) and above <= _COVER):
            _remove(removed, lines, range(first, at), "covering note")
            _remove(removed, lines, range(at, behind), "header of a forwarded mail")
            said = said | header
            first = behind
            continue
        _remove(removed, lines, range(at, last), "the mail it answers")
        last = at
        break
    kept = _unquoted(lines, range(first, last), removed)
    kept = _without_signature(lines, kept, removed)
    kept = _without_disclaimer(lines, kept, removed)
    return Cut(tuple(kept), tuple(removed), said)


def _other_mail(lines: Sequence[str], first: int, last: int) -> tuple[int, int, dict[str, str], bool] | None:
    """The first place where another mail begins: (where, behind its header, its header, was it forwarded)."""
    for at in range(first, last):
        line = lines[at].strip()
        if not line or len(line) > 500 or not _MAY_BEGIN.search(line):
            continue
        marked = bool(_FORWARDED.match(line))
        if marked or _ORIGINAL.match(line):
            behind, header = _header(lines, at + 1, last)
            return at, behind, header, marked
        if taken := _attribution(lines, at, last):
            return at, at + taken, {}, False
        if (keyed := _KEYED.match(line)) and keyed["from"]:
            behind, header = _header(lines, at, last)
            if len(header) >= 2 and header.keys() & {"date", "subject", "to"}:
                return at, behind, header, False
    return None


def _attribution(lines: Sequence[str], at: int, last: int) -> int:
    """How many lines the words before a quotation take ("On …, … wrote:"), which may be broken once; 0 where it is none."""
    line = lines[at].strip()
    for taken in (1, 2):
        following = next((one.lstrip() for one in lines[at + taken : min(last, at + taken + 3)] if one.strip()), "")
        if _WROTE.match(line) and (_STAMPED.search(line) or following.startswith(">")):
            return taken
        if at + 1 >= last or len(line) > 120:
            return 0
        line = f"{line} {lines[at + 1].strip()}"
    return 0


def _header(lines: Sequence[str], at: int, last: int) -> tuple[int, dict[str, str]]:
    """The `Key: value` lines that begin at `at` (empty lines before and between them), and where they end."""
    said: dict[str, str] = {}
    behind = at
    for here in range(at, min(at + 14, last)):
        whole = lines[here].strip()
        if not whole:
            continue
        found = [match for line in whole.split("\n") if (match := _KEYED.match(line))]
        if not found or len(found) < len(whole.split("\n")):
            break
        for match in found:
            said.setdefault(next(name for name in _KEYS if match[name]), match["value"])
        behind = here + 1
    return behind, said


def _unquoted(lines: Sequence[str], kept: range, removed: list[Removed]) -> list[int]:
    """Without the lines that quote (``>``): where all are quoted, the mail was handed on so, and they stay."""
    quoted = [at for at in kept if lines[at].lstrip().startswith(">")]
    spoken = [at for at in kept if lines[at].strip() and not lines[at].lstrip().startswith(">")]
    if len(quoted) < 2 or not spoken:
        return list(kept)
    _remove(removed, lines, quoted, "the mail it answers")
    gone = set(quoted)
    return [at for at in kept if at not in gone]


def _without_signature(lines: Sequence[str], kept: list[int], removed: list[Removed]) -> list[int]:
    for index, at in enumerate(kept):
        if not _SIGNATURE.match(lines[at].strip() if index else ""):
            continue
        behind = kept[index:]
        if sum(len(lines[here].strip()) for here in behind) > _LONG_SIGNATURE:
            continue
        if any(_WROTE.match(lines[here].strip()) for here in behind):
            continue
        _remove(removed, lines, behind, "signature")
        return kept[:index]
    return kept


def _without_disclaimer(lines: Sequence[str], kept: list[int], removed: list[Removed]) -> list[int]:
    half = len(kept) // 2 if len(kept) > 3 else 0  # what stands in front of the copy is no small print
    for index, at in enumerate(kept):
        line = lines[at].strip()
        if index < half or not line:
            continue
        if reason := _small_print(line):
            start = index
            while start and (not lines[kept[start - 1]].strip() or _RULE.match(lines[kept[start - 1]].strip())):
                start -= 1
            _remove(removed, lines, kept[start:], reason)
            return kept[:start]
    return kept


def _small_print(line: str) -> str:
    head = line[:800]
    if _DISCLAIMER.match(head):
        return "disclaimer"
    if _SENT_FROM.match(head):
        return "signature"
    return "mailing list" if _LIST.match(head) else ""


def _remove(removed: list[Removed], lines: Sequence[str], at: Sequence[int], reason: str) -> None:
    if words := squeeze(" ".join(lines[here] for here in at)):
        removed.append(Removed(text=words[:_SHOWN], reason=reason))
