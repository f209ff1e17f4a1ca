"""Names in Chinese, which writes none with a capital: told by surnames, titles, transcription and head words. Pure.

Words and their parts of speech come from the segmenter. A person is a surname with one or two signs beside a title or a verb
of saying or met twice; a foreigner is written in the signs that transcribe, with a dot between given name and surname. An
organisation ends in its head word and begins where the nouns before it begin.

Limits: a Chinese name that stands once, with neither title nor verb beside it, is found only where the segmenter knows it.
"""

import re
from functools import lru_cache

import rjieba
from msgspec import Struct

from dragoman.lexicon import LANGUAGES, concepts
from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.lists import listed
from dragoman.read.names.words import rows

_PLACES = frozenset({"country", "region", "city"})
_BODIES = frozenset({"organisation", "agency"})
_NOUNS = frozenset({"n", "ns", "nz", "nt", "j", "vn", "b", "eng", "nrt", "l", "an", "nr", "s", "ng"})
_PAUSES = frozenset("，。、；：）（ \n的")
_NUMBERS = "一二两三四五六七八九十几多各本该这那0123456789"
_LOCAL = re.compile(r"(?<=[在由向被经的据从对与和、，。\s])[\u4e00-\u9fff]{2,3}[省市县区州]$")
_WIDE = re.compile(r"(?:国际|中国|国家|全国|世界|亚洲|欧洲)[\u4e00-\u9fff]{1,8}$")
_DOTS = "·•・‧．"
_DOT = re.compile(f"[{_DOTS}]")
_MOST = 7
"""Words that the name of an organisation may be long."""


class _Table(Struct, frozen=True, gc=False):
    surname: frozenset[str]
    compound: frozenset[str]
    role: frozenset[str]
    head: frozenset[str]
    heads: tuple[str, ...]
    verb: frozenset[str]
    stop: frozenset[str]
    famed: re.Pattern[str]
    ends: re.Pattern[str]
    office: re.Pattern[str]
    office_before: re.Pattern[str]
    saying: re.Pattern[str]
    inner: frozenset[str]
    dotted: re.Pattern[str]
    foreign: re.Pattern[str]
    titled: re.Pattern[str]
    named: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    told = {kind: said.split() for kind, said in rows("chinese.tsv")}
    signs = told["transcribed"][0]
    famed = next(said.split() for script, said in rows("famed.tsv") if script == "Hans")
    surname = "|".join(told["compound"] + told["japanese"]) + "|[" + "".join(told["surname"]) + "]"
    longest = sorted(told["titled"], key=len, reverse=True)
    roles = sorted(told["role"], key=len, reverse=True)
    verbs = "|".join(sorted(told["verb"], key=len, reverse=True))
    return _Table(
        surname=frozenset(told["surname"]),
        compound=frozenset(told["compound"] + told["japanese"]),
        role=frozenset(told["role"]),
        head=frozenset(told["orghead"]),
        heads=tuple(told["orghead"]),
        verb=frozenset(told["verb"]),
        stop=frozenset(told["stop"]),
        famed=re.compile("|".join(sorted(famed, key=len, reverse=True))),
        ends=re.compile("|".join(sorted(told["orghead"], key=len, reverse=True))),
        office=re.compile("|".join(roles)),
        office_before=re.compile(f"(?:{'|'.join(roles)})$"),
        saying=re.compile(f"[则也还就]?(?:{verbs})"),
        inner=frozenset(told["inner"]),
        dotted=re.compile(rf"[{signs}]{{1,8}}(?:[·•・‧．-][{signs}日]{{1,10}})+"),
        foreign=re.compile(rf"[{signs}]{{2,8}}"),
        titled=re.compile(rf"(?:{surname})(?={'|'.join(longest)})"),
        named=re.compile(
            rf"(?:{'|'.join(roles)})[为是]?((?:{surname})[\u4e00-\u9fff]{{1,2}}?)(?=[，。、；：”（）\s]|{verbs}|[在对与和则就也还向于当从将因等是介分还])"
        ),
    )


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The lexicon's words that are no names."""
    place = LANGUAGES.index("zh")
    return frozenset(term for one in concepts().values() if one.kind not in _BODIES for term in one.terms[place])


class _Word(Struct, frozen=True, gc=False):
    said: str
    tag: str
    start: int
    end: int


def chinese_names(document: Document, so_far: Reading) -> list[Candidate]:
    """The candidates, organisations first."""
    text = document.text
    cut = _cut(text)
    places = [(one.start, one.end) for place in so_far.places for one in place.mentions]
    places += [(one.start, one.end) for one in document.terms if one.concept.kind in _PLACES]
    in_place = {at for start, end in places for at in range(start, end)}
    bodies = _bodies(text, document, cut, in_place)
    taken = {at for one in bodies for at in range(one.start, one.end)}
    return bodies + _people(text, cut, in_place, taken)


def _cut(text: str) -> list[_Word]:
    found = []
    start = 0
    for said, tag in rjieba.tag(text):
        found.append(_Word(said, tag, start, start + len(said)))
        start += len(said)
    return found


def _bodies(text: str, document: Document, cut: list[_Word], in_place: set[int]) -> list[Candidate]:
    table = _table()
    found: list[Candidate] = []
    begins = {word.start: at for at, word in enumerate(cut)}
    taken: set[int] = set()
    ends = {word.end: at for at, word in enumerate(cut)}
    spans: list[tuple[int, int, str]] = []
    for term in document.terms:
        if term.concept.kind in _BODIES and (term.concept.terms[1][0][:1].isupper() or term.end - term.start > 2):
            proper = term.concept.terms[1][0][:1].isupper()
            at = ends.get(term.end)
            if at is not None and table.ends.match(text, term.end):
                continue
            spans.append(
                (term.start, term.end, term.concept.id if proper else "?" if term.end - term.start > 3 else "")
            )
    inside = {at: word for word in cut for at in range(word.start, word.end)}
    for one in table.ends.finditer(text):
        start, end = one.span()
        word = inside[end - 1]
        office = table.office.match(text, start)
        if (
            office
            and office.end() > end
            or word.said in table.stop
            or word.said in table.role
            or word.said[0] in _NUMBERS
        ):
            continue
        # the segmenter takes "协会主席" for one word: a head inside a word is one where an office follows it
        if word.end > end and not table.office.match(text, end):
            continue
        spans.append((min(start, inside[start].start), end, ""))
    for start, end, known in sorted(spans, key=lambda span: (-span[1], span[0])):
        if start in taken or end - 1 in taken:
            continue
        first = _leftmost(text, cut, begins, start, in_place, table, known)
        first, end = _marked(text, first, end)
        if local := _LOCAL.search(text, max(0, first - 5), first):
            first = local.start()
            in_place.update(range(first, local.end()))
        elif text[first - 1 : first] in ("与", "和", "及") and (wide := _WIDE.search(text, max(0, first - 12), first - 1)):
            first = wide.start()
        if part := _department(text[first:end]):
            end = first + part
        said = text[first:end]
        if not known and (
            len(said.strip("“”《》")) < 3
            or said in table.head
            or not _is_own(
                said, first, start, end, in_place, table, [word.tag for word in cut if first <= word.start < end]
            )
        ):
            continue
        found.append(Candidate(first, end, "organisation", "sure", "", known.strip("?")))
        taken.update(range(first, end))
        behind = re.compile(r"[（(](?:简称)?[“]?([^\s（）()，。]{2,6})[”]?[)）]").match(text, end)
        if behind:
            found.append(Candidate(behind.start(1), behind.end(1), "organisation", "sure", alias=first))
            taken.update(range(*behind.span(1)))
    found += _papers(text, taken)
    return found


def _department(said: str) -> int:
    """How long the body is that a department is named after; 0 where there is none."""
    for head in ("公司", "证券", "集团", "商会", "协会", "大学", "银行", "联合会", "基金会", "委员会", "研究院"):
        at = said.find(head, 2)
        if (
            at > 0
            and 1 < len(said) - at - len(head) <= 6
            and not said.endswith("公司")
            and said.endswith(("部", "处", "司", "科", "室", "系", "学院", "中心"))
        ):
            return at + len(head)
    return 0


def _goes_on(word: _Word, table: _Table) -> bool:
    """Is the head only the first part of a longer word: 公司 in 公司债, 部 in 部长?"""
    return word.said in table.head or word.said in ("集团", "有限公司", "总公司")


def _leftmost(
    text: str, cut: list[_Word], begins: dict[int, int], start: int, in_place: set[int], table: _Table, known: str
) -> int:
    at = begins.get(start)
    if at is None:
        return start
    first = start
    if known:
        before = cut[at - 1] if at else None
        if before and before.start in in_place and before.end - 1 in in_place and start not in in_place:
            return before.start
        return start
    for back in range(at - 1, max(-1, at - 1 - _MOST), -1):
        word = cut[back]
        if word.start in in_place and word.end - 1 in in_place:
            first = word.start
            continue
        if known:
            break
        if word.said in table.stop or word.said in table.role or word.said in table.verb:
            break
        if word.tag not in _NOUNS and word.said not in table.inner:
            break
        first = word.start
    return first


def _marked(text: str, first: int, end: int) -> tuple[int, int]:
    """“丝路捷运”公司: with the marked name before the head."""
    if first and text[first - 1] == "）":
        opening = text.rfind("（", max(0, first - 6), first)
        before = re.search(r"[\u4e00-\u9fff]{2,4}$", text[max(0, opening - 4) : opening]) if opening > 0 else None
        if before:
            name = before[0].lstrip("以由在对与和向从为被")
            return opening - len(name), end
    if first and text[first - 1] in "”」" and text[first:end] in _table().head:
        opening = text.rfind("“" if text[first - 1] == "”" else "「", max(0, first - 16), first)
        if opening >= 0:
            return opening, end
    return first, end


_WHOLE = frozenset({"国务院", "参议院", "众议院", "国会", "最高法院", "央行", "全国人大常委会", "全国人大", "预算委员会"})
_OWN = (
    "国家",
    "中国",
    "中华",
    "全国",
    "国际",
    "世界",
    "联合国",
    "欧洲",
    "亚洲",
    "非洲",
    "美洲",
    "北约",
    "欧盟",
    "中央",
    "最高",
    "皇家",
    "外交",
    "国防",
    "商务",
    "财政",
    "教育",
    "司法",
    "公安",
    "应急",
    "农业",
    "科技",
    "卫生",
    "内政",
    "国土",
    "能源",
    "交通",
    "文化",
    "环境",
    "劳工",
    "劳动",
    "经济",
    "工业",
    "信息",
    "住房",
    "水利",
    "自然资源",
    "生态",
)
"""How the names of public bodies begin."""


def _is_own(said: str, first: int, start: int, end: int, in_place: set[int], table: _Table, tags: list[str]) -> bool:
    """Has it a name of its own, not the head alone with a word as any such body has it?"""
    if said.endswith("队") and not said.endswith("总队"):
        place = next((size for size in range(len(said), 0, -1) if {first, first + size - 1} <= in_place), 0)
        return place > 0 and len(said) - place > 2 and not said.endswith(("国家队", "部队", "军队", "小队", "代表队"))
    head = next((head for head in sorted(table.heads, key=len, reverse=True) if said.endswith(head)), "")
    if first in in_place:
        own = next((at for at in range(len(said)) if first + at not in in_place), len(said))
        return own < len(said) and (said[own:] not in _common() or said[own:] in ("议会", "外交部", "国防部", "央行"))
    if "”" in said:
        return True
    head = next((head for head in sorted(table.heads, key=len, reverse=True) if said.endswith(head)), "")
    if said in _WHOLE or said.startswith(_OWN):
        return True
    if head in (
        "中心",
        "集团",
        "机构",
        "组织",
        "公司",
        "学校",
        "医院",
        "部",
        "局",
        "中学",
        "社",
        "银行",
        "俱乐部",
        "大学",
        "学院",
    ):
        own = len(said) - len(head) >= 2 and said[: -len(head)] not in _common()
        return own and (tags == ["nt"] or any(tag in ("nz", "nrt", "nr", "ns", "nt", "x") for tag in tags))
    return len(said) - len(head) >= 2 and head not in (
        "机构",
        "组织",
        "网",
        "台",
        "社",
        "中心",
        "汽车",
        "电子",
        "科技",
        "石油",
        "保险",
        "证券",
        "党",
        "署",
        "航空",
        "学校",
        "医院",
        "中学",
        "法院",
        "杂志",
        "报社",
        "局",
        "议会",
        "委",
        "总局",
    )


_PAPER = re.compile(r"《([^《》\n]{1,12}(?:报|杂志|周刊|时报|邮报|评论|评论报|新闻|日报|晚报))》")


def _papers(text: str, taken: set[int]) -> list[Candidate]:
    return [
        Candidate(one.start(1), one.end(1), "organisation")
        for one in _PAPER.finditer(text)
        if one.start(1) not in taken
    ]


def _people(text: str, cut: list[_Word], in_place: set[int], taken: set[int]) -> list[Candidate]:
    table = _table()
    found: list[Candidate] = []
    own: set[int] = set(taken)
    full: dict[str, str] = {}

    def take(start: int, end: int, surety: str = "sure", role: str = "") -> None:
        found.append(Candidate(start, end, "person", surety, role))  # type: ignore[arg-type]
        own.update(range(start, end))

    begins = {word.start: at for at, word in enumerate(cut)}
    inside = {at: word.start for word in cut for at in range(word.start + 1, word.end)}
    for one in table.dotted.finditer(text):
        start = _foreign_start(text, one.start(), one.group(), cut, begins, in_place, table)
        dot = max(text.rfind(sign, start, one.end()) for sign in _DOTS)
        # a word that begins within the name and ends behind it is no part of it: 特朗普|本人
        end = one.end()
        if not table.saying.match(text, end) and text[end : end + 1] not in table.stop:
            end = inside.get(end, end)
        if end < dot + 2:
            end = one.end()
        shorter = text[dot + 1 : end - 1]
        if len(shorter) > 1 and text.count(shorter) > text.count(text[dot + 1 : end]):
            end -= 1
        if start not in own:
            take(start, end, role=_role(cut, begins.get(start), table))
            for part in _DOT.split(text[start:end]):
                if len(part) > 1:
                    full[part] = text[start:end]
    for at, word in enumerate(cut):
        if word.start in own or word.start in in_place:
            continue
        end = _chinese_end(cut, at, text, in_place, table)
        if end and text[word.start : end] in _common():
            continue
        if end and not own & set(range(word.start, end)):
            role = _role(cut, at, table)
            witness = bool(role) or _says(cut, end, table) or text.count(text[word.start : end]) > 1
            if witness or (end - word.start == 3 and word.tag.startswith("nr") and len(word.said) == 3):
                take(word.start, end, role=role)
                full[text[word.start : end]] = text[word.start : end]
            continue
        foreign = table.foreign.match(text, word.start)
        if (
            foreign
            and word.end <= foreign.end()
            and (word.tag.startswith("nr") or word.tag in ("nz", "x", "n", "ns"))
            and len(foreign.group()) >= 2
        ):
            stop = word.end
            follow = at + 1
            while (
                follow < len(cut)
                and cut[follow].end <= foreign.end()
                and cut[follow].said not in table.verb
                and cut[follow].said not in table.stop
            ):
                stop = cut[follow].end
                follow += 1
            said = text[word.start : stop]
            role = _role(cut, at, table)
            if said in _common():
                continue
            if (
                len(said) >= 2
                and (word.tag.startswith("nr") and len(said) > 2 or role)
                and not own & set(range(word.start, stop))
                and stop - 1 not in in_place
            ):
                if role or _says(cut, stop, table) or text.count(said) > 1:
                    take(word.start, stop, role=role)
                    full[said] = said
    for one in table.named.finditer(text):
        start, end = one.span(1)
        word = cut[begins[start]] if start in begins else None
        known = word is not None and word.end == end and not word.tag.startswith("nr")
        if known or one[1] in _common() or any(sign in table.stop for sign in one[1][1:]):
            continue
        if not own & set(range(start, end)) and not {start, end - 1} & in_place:
            take(start, end, role=one.group()[: start - one.start()])
            full[one[1]] = one[1]
    for start, end in listed(text):
        if start not in own and not text[start:end] in _common():
            take(start, end, "likely")
    for one in table.famed.finditer(text):
        if one.start() not in own and one.end() - 1 not in own:
            take(one.start(), one.end())
    for part in sorted(full, key=len, reverse=True):
        start = text.find(part)
        while start >= 0:
            if start not in own and start + len(part) - 1 not in own:
                take(start, start + len(part), "perhaps")
            start = text.find(part, start + len(part))
    for one in table.titled.finditer(text):
        if one.start() not in own:
            title = next(title for title in ("先生", "女士", "小姐", "") if text.startswith(title, one.end()))
            if title:
                take(one.start(), one.end() + len(title), "likely")
    return found


def _foreign_start(
    text: str, start: int, said: str, cut: list[_Word], begins: dict[int, int], in_place: set[int], table: _Table
) -> int:
    """Where the given name begins: behind a place, an office or a word that only looks transcribed."""
    first = len(_DOT.split(said)[0])
    best = start
    for at in range(start, start + first):
        word = begins.get(at)
        if (
            word
            and (cut[word - 1].end == at)
            and (
                table.office_before.search(text, max(0, at - 6), at)
                or cut[word - 1].said in table.stop
                or cut[word - 1].said in table.verb
                or cut[word - 1].end - 1 in in_place
            )
            and cut[word - 1].start >= start - 3
            and cut[word - 1].end > start
            and start + first - at > 1
        ):
            best = at
    return best


def _chinese_end(cut: list[_Word], at: int, text: str, in_place: set[int], table: _Table) -> int:
    """Behind the Chinese name that begins with the word at `at`; 0 where none does."""
    word = cut[at]
    follow = cut[at + 1] if at + 1 < len(cut) else None
    if len(word.said) == 2 and word.said[0] in table.surname and follow and len(follow.said) > 1:
        # 李子|健说: the last sign of the name stands at the head of the next word
        third = follow.said[0]
        verb = table.saying.match(text, follow.start + 1)
        if (
            verb
            and verb.end() >= follow.end
            and third not in table.stop
            and (word.tag.startswith("nr") or _role(cut, at, table))
        ):
            return follow.start + 1
    if (
        word.tag.startswith("nr")
        and word.said not in table.compound
        and 2 <= len(word.said) <= 4
        and (word.said[0] in table.surname or word.said[:2] in table.compound)
    ):
        if len(word.said) == 2 and follow and len(follow.said) == 1 and _is_given(follow, table):
            whole = text[word.start : follow.end]
            if (
                table.saying.match(text, follow.end)
                or text.count(whole) > 1
                or text[follow.end : follow.end + 1] in _PAUSES
            ):
                return follow.end
        return word.end
    if (
        (word.said in table.surname or word.said in table.compound)
        and word.said not in table.stop
        and at + 1 < len(cut)
    ):
        follow = cut[at + 1]
        if follow.start == word.end and 1 <= len(follow.said) <= 2 and _is_given(follow, table):
            end = follow.end
            if (
                len(follow.said) == 1
                and at + 2 < len(cut)
                and len(cut[at + 2].said) == 1
                and _is_given(cut[at + 2], table)
            ):
                end = cut[at + 2].end
            return end if _role(cut, at, table) or _says(cut, end, table) else 0
    return 0


def _is_given(word: _Word, table: _Table) -> bool:
    return (
        word.said not in table.stop
        and word.said not in table.verb
        and word.said not in table.role
        and all("\u4e00" <= sign <= "\u9fff" for sign in word.said)
    )


def _says(cut: list[_Word], end: int, table: _Table) -> bool:
    """Does a verb of saying follow, perhaps behind an adverb?"""
    at = next((place for place, word in enumerate(cut) if word.start == end), -1)
    return at >= 0 and any(word.said in table.verb for word in cut[at : at + 3])


def _role(cut: list[_Word], at: int | None, table: _Table) -> str:
    """The office right before, with the body and place it belongs to."""
    if not at:
        return ""
    before = cut[at - 1]
    if before.said in table.role or any(before.said.endswith(role) for role in table.role if len(role) > 1):
        first = at - 1
        while first > 0 and cut[first - 1].tag in ("n", "ns", "nt", "nz", "j", "b", "vn") and at - first < 6:
            first -= 1
        return "".join(word.said for word in cut[first:at])
    return ""
