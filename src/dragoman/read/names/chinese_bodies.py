"""Organisations in Chinese: those the lexicon knows, and head words with the nouns before them. Pure."""

import re
from collections.abc import Iterator

from dragoman.read.names.candidates import Candidate
from dragoman.read.names.chinese_words import BODIES, BODY, INNER, NOUN, PROPER, ChineseScene, common, table
from dragoman.read.names.words import ROLE, STOP, VERB, is_proper

_NUMBERS = frozenset("一二两三四五六七八九十几多各本该这那0123456789")
_MOST = 7
"""Words that the name of an organisation may be long."""
_LOCAL = re.compile(r"(?<=[在由向被经的据从对与和、，。\s])[\u4e00-\u9fff]{2,3}[省市县区州]$")
_WIDE = re.compile(r"(?:国际|中国|国家|全国|世界|亚洲|欧洲)[\u4e00-\u9fff]{1,8}$")
"""The first half of 国际桥梁与结构工程协会, before 与."""
_BRACKETED = re.compile(r"[（(](?:简称)?“?([^\s（）()，。]{2,6})”?[)）]")
_BEFORE_BRACKET = re.compile(r"[\u4e00-\u9fff]{2,4}$")
_PAPER = re.compile(r"《([^《》\n]{1,12}(?:报|杂志|周刊|评论|新闻))》")
_DEPARTMENTS = ("部", "处", "司", "科", "室", "系", "学院", "中心")
_WITH_DEPARTMENTS = (
    "公司", "证券", "集团", "商会", "协会", "大学", "银行", "联合会", "基金会", "委员会", "研究院",
)  # fmt: skip
_COMMERCIAL = frozenset({"银行", "公司", "集团", "机构"})
"""Heads that need more than a country: 美国投资银行 is any."""
_NO_CLUB = ("国家队", "部队", "军队", "小队", "代表队")


def chinese_bodies(scene: ChineseScene) -> list[Candidate]:
    """The candidates, the abbreviation in brackets behind each."""
    found: list[Candidate] = []
    taken: set[int] = set()
    for start, end, known in sorted(
        {*_known(scene), *_headed(scene)}, key=lambda span: (-span[1], span[0], -len(span[2]))
    ):
        if start in taken or end - 1 in taken:
            continue
        first, end = _whole(scene, start, end, known)
        if not known and not _is_own(scene, first, end):
            continue
        found.append(Candidate(first, end, "organisation", "sure", "", known.strip("?")))
        taken.update(range(first, end))
        if short := _BRACKETED.match(scene.text, end):
            found.append(Candidate(short.start(1), short.end(1), "organisation", "sure", alias=first))
            taken.update(range(*short.span(1)))
    papers = (one.span(1) for one in _PAPER.finditer(scene.text) if one.start(1) not in taken)
    return found + [Candidate(start, end, "organisation") for start, end in papers]


def _known(scene: ChineseScene) -> Iterator[tuple[int, int, str]]:
    """What the lexicon knows; ``?`` for a kind of body that is one here, "央行" or "最高法院"."""
    for term in scene.terms:
        size = term.end - term.start
        if term.concept.kind not in BODIES or table().ends.match(scene.text, term.end):
            continue
        proper = is_proper(term.concept)
        if proper or size > 2:
            yield term.start, term.end, term.concept.id if proper else "?" if size > 3 else ""


def _headed(scene: ChineseScene) -> Iterator[tuple[int, int, str]]:
    """Head words, from the beginning of the word they stand in."""
    told = table()
    for one in told.ends.finditer(scene.text):
        start, end = one.span()
        at = scene.of(end - 1)
        if scene.flags[at] & (STOP | ROLE) or scene.said[at][0] in _NUMBERS:
            continue
        # the segmenter takes 协会主席 for one word: a head inside a word is one where an office follows it
        if scene.ends[at] > end and not told.office.match(scene.text, end):
            continue
        office = told.office.match(scene.text, start)
        if office and office.end() > end:
            continue
        yield scene.starts[scene.of(start)], end, ""


def _whole(scene: ChineseScene, start: int, end: int, known: str) -> tuple[int, int]:
    """Where the name begins and ends, with what stands before its head and without its departments."""
    first = _leftmost(scene, start, known)
    first = _marked(scene.text, first, end)
    if local := _LOCAL.search(scene.text, max(0, first - 5), first):
        first = local.start()
        scene.in_place.update(range(first, local.end()))
    elif scene.text[first - 1 : first] in ("与", "和", "及"):
        wide = _WIDE.search(scene.text, max(0, first - 12), first - 1)
        first = wide.start() if wide else first
    return first, first + (_department(scene.text[first:end]) or end - first)


def _leftmost(scene: ChineseScene, start: int, known: str) -> int:
    """Where the nouns and places before the head begin."""
    at = scene.beginning(start)
    if at is None:
        return start
    if known:
        placed = at > 0 and scene.is_placed(at - 1) and start not in scene.in_place
        return scene.starts[at - 1] if placed else start
    first = at
    for back in range(at - 1, max(-1, at - 1 - _MOST), -1):
        flag = scene.flags[back]
        if not scene.is_placed(back) and (flag & (STOP | ROLE | VERB) or not flag & (NOUN | INNER)):
            break
        first = back
    return scene.starts[first]


def _marked(text: str, first: int, end: int) -> int:
    """Where “丝路捷运”公司 and 金禾（山东）公司 begin: with the name in marks or before the brackets."""
    if first and text[first - 1] == "）":
        opening = text.rfind("（", max(0, first - 6), first)
        before = _BEFORE_BRACKET.search(text, max(0, opening - 4), opening) if opening > 0 else None
        if before:
            return opening - len(before[0].lstrip("以由在对与和向从为被"))
    if first and text[first - 1] in "”」" and text[first:end] in table().words["orghead"]:
        opening = text.rfind("“" if text[first - 1] == "”" else "「", max(0, first - 16), first)
        return opening if opening >= 0 else first
    return first


def _department(said: str) -> int:
    """How long the body is that a department is named after; 0 where there is none: 商会|法律部."""
    if said.endswith("公司") or not said.endswith(_DEPARTMENTS):
        return 0
    for head in _WITH_DEPARTMENTS:
        at = said.find(head, 2)
        if at > 0 and 1 < len(said) - at - len(head) <= 6:
            return at + len(head)
    return 0


def _is_own(scene: ChineseScene, first: int, end: int) -> bool:
    """Has it a name of its own, not the head alone with a word as any such body has it?"""
    told, said, words = table(), scene.text[first:end], table().words
    if len(said.strip("“”《》")) < 3 or said in words["orghead"]:
        return False
    own = next((at for at in range(len(said)) if first + at not in scene.in_place), len(said))
    if said.endswith("队") and not said.endswith("总队"):
        return 0 < own < len(said) - 2 and not said.endswith(_NO_CLUB)
    flags = scene.flags[scene.of(first) : scene.of(end - 1) + 1]
    if said in words["whole"] or (len(flags) == 1 and flags[0] & BODY) or "”" in said:
        return True
    head = next((said[-size:] for size in range(told.longest_head, 0, -1) if said[-size:] in words["orghead"]), "")
    if own:
        rest = said[own:].removesuffix(head)
        return own < len(said) and not (head in _COMMERCIAL and (not rest or rest in common()))
    if said.startswith(tuple(words["begins"])):
        return True
    before = said.removesuffix(head)
    if head in words["weak"]:
        return len(before) >= 2 and before not in common() and any(flag & PROPER for flag in flags)
    return len(before) >= 2 and head not in words["never"]
