"""Organisations where names begin with a capital: those the lexicon knows, head words, legal forms, acronyms. Pure."""

import re
from collections.abc import Iterator

from dragoman.read.names.candidates import Candidate
from dragoman.read.names.scene import Scene
from dragoman.read.names.words import (
    BRAND,
    COMMON,
    CONNECTOR,
    GIVEN,
    HEAD,
    HONORIFIC,
    LOW_HEAD,
    MODIFIER,
    NOT,
    OPENER,
    PARTICLE,
    ROLE,
    SPOT,
    TAIL,
    TYPE,
    VERB,
    brands,
    forms,
)
from dragoman.text.fold import fold

_KINDS = frozenset({"organisation", "agency"})
_JOINS = frozenset({" ", "-", "\u00a0", " & ", "&", "/"})
_LEGAL = re.compile(
    r"H & Co\.? KG(?:aA)?|(?:S\.\s?[AL]\.(?:\s?de C\.\s?V\.)?|A\.\s?Ş\.)|.\s(?:S\.\s?[AL]\.|A\.\s?Ş\.|e\.\s?V\.|gGmbH\b|eG\b|mbH\b|S\.\s?p\.\s?A\.)"
)
"""Legal forms with full stops, from the last sign of the name on."""
_AZ_ENDING = re.compile(r"-(?:n?[ıiuü]n|d[əa]n?|[ys]?[əaıiuü]|n?[ıiuü]|l[əa])(?!\w)")
_FORMS = frozenset({"Inc", "Ltd", "LLC", "Corp", "Co", "SA"})
_DOTTED = re.compile(r"(?:[A-ZА-Я]\.)+[A-ZА-Я]")
_ARTICLES = frozenset({"The", "Der", "Die", "Das", "Dem", "Den", "Des", "Le", "La", "Les", "El", "Los", "Las"})
_OF = frozenset({"do", "da", "dos", "di", "del", "della"})
_PAPER = re.compile(r"(?:blatt|zeitung|anzeiger|kurier|rundschau|nachrichten|bote|presse)n?$")
_COURT = frozenset({"суд", "суда", "суду", "судом", "суде"})
_ROMAN = re.compile(r"[IVXLCDM]+$")
_OPENING = {"«": "»", "“": "”", "„": "“”", '"': '"', "‹": "›", "‘": "’"}
_GERMAN_HEAD = re.compile(
    r"(?:gesellschaft|gericht|gerichtshof|ministerium|verband|genossenschaft|institut|universitat|hochschule|kommission|behorde|stiftung"
    r"|gewerkschaft|partei|agentur|anstalt|betriebe?|werke|zentrale|akademie|klinikum|museum|parlament|kammer|kanzlei"
    r"|anwaltschaft|amt|stadtwerke|sparkasse|reederei|brauerei|theater|philharmonie|archiv|landtag|inspektion|prasidium|hilfswerk|bahnhof-mission"
    r"|bundesbahn(?:en)?|bistum|verwaltung|zentrum|bibliothek|schule|kolleg|dienst|werft|messe|hafen|flughafen-gesellschaft|union|liga|bundnis"
    r"|rat|bund|bank|verein|zeitung|tagblatt|tageblatt|anzeiger|kurier|rundschau|kirche|orchester|fonds|konzern|polizei|feuerwehr|direktion|klinik)"
    r"(?:e?s|en|e)?$"
)
_AZ_OWNED = re.compile(r"(?:s[ıiuü]|y[ıiuü]|t[ıiuü])(?:n[ıiuüəad].*)?$")
"""Bodies are named with the possessive: Azərbaycanın səfirliyi, Bakı məhkəməsi."""
_GERMAN_KIND = re.compile(
    r"(?:genossenschaft|investor|handler|hersteller|konzern|zulieferer|bauer|anbieter|betreiber|versicherer|unternehmen|firma|sender|zeitung|magazin"
    r"|verband|gewerkschaft|verlag|kette|gruppe|discounter|dienstleister|produzent|riese|portal|dienst|partei|organisation"
    r"|agentur|stiftung|kasse|verein|initiative|plattform|brauerei|reederei|airline|spezialist|entwickler|blatt)(?:e?s|n)?$"
)
_GERMAN_ALONE = re.compile(
    r"(?:.{4}institut|.{4}ministerium|.{4}rat|.{4}gericht|.{4}gerichtshof|bundes.{3,}amt|landes.{3,}amt|.{4}kommission|.{4}kanzlei|.{4}klinikum|(?<!zentral)(?<!noten)(?<!gross)(?<!haus).{4}bank)(?:e?s)?$"
)
_GERMAN_ADJECTIVE = re.compile(r"(?:isch|lich|al|iv|ell|är|ut|er|bar|arbeitend|igt|ös)?e[nrsm]?$")
_GERMAN_NOUN_END = re.compile(r"(?:ung|heit|keit|schaft|tion|ismus|nis|tum)$")
_ALONE = frozenset({"Congreso", "Senado", "Sénat", "Congress", "Senate", "Bundesrat", "Bundestag"})
_RUSSIAN_BODY = re.compile(
    r"^(?:рос|мин|гос|бел|каз|уз|укр|аз|сев|мос|глав|газ|нац|центр|евро|ген)[а-я]*?"
    r"(?:надзор|стат|банк|фин|обороны|здрав|юст|энерго|транс|газ|нефть|авиа|космос|атом|рыболовств|имущества|туризм"
    r"|связь|почта|потреб|аккредитаци|лесхоз|природ|образовани|культуры|спорт|торг|экономик|развити|прокуратур"
    r"|комисси|парламент|штаб|совет|дум|музей|гидромет)[а-я]{0,3}$"
)


class BodyFinder:
    """The organisations of one text, and the words they take."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.taken: set[int] = set()
        self.found: list[Candidate] = []
        self._known()
        self._headed()
        self._quoted()
        self._of_country()
        self._short()

    def free_capitals(self) -> Iterator[int]:
        """The capitalised words that no organisation takes."""
        return (at for at, capital in enumerate(self.scene.capital) if capital and at not in self.taken)

    def _take(self, first: int, end: int, *, known: str = "", alias: int = -1, start: int = -1, stop: int = -1) -> None:
        scene = self.scene
        start = scene.starts[first] if start < 0 else start
        stop = scene.words[end - 1].end if stop < 0 else stop
        if scene.language == "az" and (ending := _AZ_ENDING.match(scene.text, stop)):
            stop = ending.end()
        if scene.text[stop : stop + 1] == "+":
            stop += 1
        if legal := _LEGAL.match(scene.text, stop - 1):
            stop = legal.end()
        if scene.text[stop : stop + 1] == "." and _DOTTED.fullmatch(scene.text, start, stop):
            stop += 1
        self.found.append(Candidate(start, stop, "organisation", "sure", "", known, alias))
        self.taken.update(range(first, end))
        self._bracketed(end, start)

    def _bracketed(self, end: int, owner: int) -> None:
        """ "World Health Organization (WHO)": the abbreviation is the same."""
        scene = self.scene
        if scene.gap(end - 1).strip('»”“"') != " (" or end >= scene.length or end in self.taken:
            return
        behind = scene.gap(end)
        if behind[:1] in (")", ",", "-", ";") and scene.capital[end] and not scene.flag(end) & GIVEN:
            word = scene.words[end]
            self.found.append(Candidate(word.start, word.end, "organisation", "sure", alias=owner))
            self.taken.add(end)

    def _known(self) -> None:
        """What the lexicon knows, where it is written as a name."""
        scene = self.scene
        place = {start: at for at, start in enumerate(scene.starts)}
        for term in scene.document.terms:
            if term.concept.kind not in _KINDS:
                continue
            first = place.get(term.start, -1)
            if first < 0 or first in self.taken:
                continue
            end = first
            while end < scene.length and scene.words[end].end <= term.end:
                end += 1
            if scene.gap(end - 1) == "-" and end < scene.length and scene.capital[end]:
                continue
            while first < end - 1 and not scene.capital[first] and scene.flags[first] & (CONNECTOR | OPENER):
                first += 1
            longer = end - first == 1 and first and scene.gap(first - 1) == " " and scene.capital[first - 1]
            if longer and scene.flags[first] & HEAD and scene.language in ("en", "de"):
                if not scene.opens(first - 1) and first - 1 not in scene.in_place and not scene.is_role(first - 1):
                    continue  # "Trades Union Congress"
            if self._is_named(term.concept.terms[1][0], first, end):
                first, end = self._widened(first, end)
                self._take(first, end, known=term.concept.id)

    def _is_named(self, english: str, first: int, end: int) -> bool:
        """Is it written as a name is? What English writes small, "central bank", is one only in capitals."""
        scene = self.scene
        if not any(scene.capital[at] for at in range(first, end)):
            return False
        if end - first == 1 and scene.flags[first] & NOT:
            return False
        if english[:1].isupper():
            return True
        if scene.language == "de":
            return end - first > 1 or self._stands_alone(first)
        return scene.capital[first] and (
            not scene.opens(first) or all(scene.capital[at] for at in range(first, end)) and end - first > 1
        )

    def _widened(self, first: int, end: int) -> tuple[int, int]:
        """With the country before or behind it that makes it whose it is, and the rest of its name."""
        scene = self.scene
        if scene.capital[first]:
            while (
                first > 0
                and scene.gap(first - 1) in _JOINS
                and scene.capital[first - 1]
                and first - 1 not in self.taken
                and not scene.opens(first - 1)
                and not scene.flag(first - 1) & (ROLE | HONORIFIC | OPENER | VERB)
                and (first - 1 in scene.in_place or scene.flag(first - 1) & NOT)
                and (scene.flag(end - 1) & HEAD or scene.flag(first) & HEAD or scene.language == "de")
            ):
                first -= 1
        if scene.language == "az" and scene.flag(end - 1) & HEAD:
            first = min(first, self._first(end - 1))
        return first, self._phrase_end(end) if any(scene.flag(at) & HEAD for at in range(first, end)) else end

    def _headed(self) -> None:
        """Names with a head word: Ministry of Trade, Harvard University, tribunal correctionnel de Nanterre."""
        scene = self.scene
        for at, flag in enumerate(scene.flags):
            if at in self.taken:
                continue
            if scene.capital[at]:
                kind = flag & TYPE or scene.language == "de" and _GERMAN_KIND.search(fold(scene.said(at)))
                if scene.language == "de" and kind and self._is_kind(at):
                    continue
                if flag & ROLE and scene.said(at).lower().endswith(("er", "or")):
                    continue
                if (
                    flag & HEAD
                    and scene.is_head(at)
                    or (scene.language == "de" and _GERMAN_HEAD.search(fold(scene.said(at))))
                ):
                    self._head(at)
            elif flag & (LOW_HEAD | TYPE | HEAD) and (not flag & ROLE or scene.said(at) in _COURT):
                self._low_head(at)

        for at, flag in enumerate(scene.flags):
            if at in self.taken or not scene.capital[at]:
                continue
            if flag & TAIL:
                self._tail(at)
            elif _LEGAL.match(scene.text, scene.words[at].end - 1) and scene.gap(at - 1) == " " and scene.said(at) in ("S", "A"):
                self._tail(at)
            elif scene.gap(at) == " & ":
                self._joint(at)

    def _is_kind(self, at: int) -> bool:
        """German: die Gewerkschaft Verdi."""
        scene = self.scene
        following = at + 1
        return (
            scene.gap(at) == " "
            and following < scene.length
            and scene.capital[following]
            and following not in self.taken
            and self._named_after(following)
        )

    def _joint(self, at: int) -> None:
        """ "Kestrel & Moore"."""
        scene = self.scene
        first, end = at, at + 1
        while (
            first > 0
            and scene.gap(first - 1) == " "
            and scene.capital[first - 1]
            and not scene.flag(first - 1) & (OPENER | ROLE)
        ):
            first -= 1
        while end < scene.length and scene.capital[end] and scene.gap(end - 1) in (" ", " & "):
            end += 1
        if end - at > 1 and not self.taken & set(range(first, end)):
            self._take(first, end)

    def _head(self, at: int) -> None:
        scene = self.scene
        first = self._first(at)
        end = at + 1
        while (
            end < scene.length
            and scene.gap(end - 1) in _JOINS
            and scene.capital[end]
            and end not in self.taken
            and not scene.is_role(end)
            and not scene.flag(end) & (HONORIFIC | VERB)
            and (not scene.flag(end) & GIVEN or end == at + 1 and scene.language in ("fr", "es"))
            and not (scene.language == "de" and end - 1 in scene.in_place and scene.gap(end - 1) != "-")
        ):
            end += 1
        if scene.language == "az" and (quoted := self._quote_before(first)):
            self._take(quoted, end, start=scene.starts[quoted] - 1)
            return
        end = self._phrase_end(end)
        if scene.gap(end - 1) == " «" and scene.language == "ru":
            close = self._quote_end(end)
            if close:
                self._take(first, close, stop=scene.words[close - 1].end + 1)
                return
        if scene.gap(end - 1) == " " and scene.flag(end) & SPOT and scene.capital[end]:
            return
        paper = _PAPER.search(fold(scene.said(end - 1)))
        if not paper and scene.gap(first - 1)[-1:] in ("“", "„", "«", '"') and scene.gap(end - 1)[:1] in (
            "”",
            "“",
            "»",
            '"',
            ",",
            ".",
        ):
            return  # a title in quotation marks
        size = end - first
        if scene.said(end - 1) == "House":
            return
        generic = size == 1 or (size == 2 and scene.flags[first] & OPENER)
        if scene.language == "de" and not self._is_german_name(first, at, end):
            return
        if generic and not self._stands_alone(at):
            return
        if size > 1 and scene.opens(first) and not any(scene.capital[each] for each in range(first + 1, end)):
            if scene.language in ("en", "fr", "es") and first == at and not scene.in_place & set(range(first, end)):
                return
        self._take(first, end)

    def _quote_before(self, at: int) -> int:
        """The first word of what stands in quotation marks right before the word, as in "Şəffaf Bazar" Mərkəzi; or 0."""
        scene = self.scene
        gap = scene.gap(at - 1)
        if gap not in ('" ', "” ", "» "):
            return 0
        for first in range(at - 1, max(0, at - 7), -1):
            opened = scene.gap(first - 1)[-1:]
            if opened in _OPENING and gap[0] in _OPENING[opened]:
                return first if first not in self.taken else 0
            if scene.gap(first - 1) not in _JOINS:
                return 0
        return 0

    def _quote_end(self, at: int) -> int:
        """Behind the last word of what is in quotation marks from the word on; 0 where they do not close soon."""
        scene = self.scene
        end = at + 1
        while end < scene.length and end - at < 6 and scene.gap(end - 1) in _JOINS:
            end += 1
        return end if scene.capital[at] and scene.gap(end - 1)[:1] == "»" else 0

    def _is_german_name(self, first: int, head: int, end: int) -> bool:
        """German writes every noun with a capital: a name has a place, an adjective with a capital or a word of its own."""
        scene = self.scene
        if end - first == 1:
            return True
        if scene.opens(first) and scene.flags[first] & (OPENER | MODIFIER):
            return False
        if scene.said(head).startswith(("Landes", "Bundes")):
            return True
        if any(scene.said(at) == "für" for at in range(first, end)):
            return True
        own = [at for at in range(first, end) if at != head and scene.capital[at]]
        return any(
            at in scene.in_place
            or (at < head and _GERMAN_ADJECTIVE.search(scene.said(at)) and not scene.opens(at))
            or not scene.flags[at] & COMMON
            and not _GERMAN_NOUN_END.search(scene.said(at))
            for at in own
        )

    def _stands_alone(self, at: int) -> bool:
        """May the word be a name by itself? Compounds may: Wirtschaftsforschungsinstitut, Минобороны."""
        scene = self.scene
        said = scene.said(at)
        if said in _ALONE:
            return not scene.opens(at)
        if scene.language == "de":
            return (
                _GERMAN_ALONE.search(fold(said)) is not None
                and len(said) > 8
                and not scene.flag(at) & TYPE
                and scene.gap(at - 1) == " "
                and bool(scene.flag(at - 1) & OPENER)
            )
        return (
            scene.language == "ru"
            and len(said) > 5
            and said.lower().startswith(("мин", "гос", "евро", "мид", "мвд", "ген"))
        )

    def _first(self, at: int) -> int:
        """Where the name with its head at `at` begins: capitals before it."""
        scene = self.scene
        first = at
        while first > 0 and scene.gap(first - 1) in _JOINS and first - 1 not in self.taken:
            before = first - 1
            flag = scene.flags[before]
            if scene.language == "az" and flag & HEAD and scene.said(before).endswith(("ə", "i", "ı", "u", "ü")):
                break
            if scene.language == "az" and scene.said(before).endswith(("nin", "nın", "nun", "nün", "in", "ın", "un", "ün")):
                if flag & HEAD or before in scene.in_place:
                    break  # whose it is: another body, or a country
            department = scene.language in ("en", "az") and flag & MODIFIER and before == at - 1
            if flag & GIVEN and at - before > 1 and scene.is_role(before - 1) and scene.gap(before - 1) == " ":
                return before + 2  # the person before it
            many = scene.language == "en" and scene.said(before).endswith("s") and not flag & GIVEN
            adjective = scene.language == "de" and _GERMAN_ADJECTIVE.search(scene.said(before)) and not self._is_form(before)
            allowed = department or many or adjective or not scene.is_role(before)
            if scene.capital[before] and not flag & (HONORIFIC | VERB) and allowed:
                if flag & OPENER and (scene.opens(before) or scene.said(before) in _ARTICLES):
                    break
                first = before
            elif scene.language == "az" and flag & CONNECTOR and before > 0 and scene.capital[before - 1]:
                first = before
            elif (
                scene.language == "en"
                and flag & CONNECTOR
                and scene.flag(before - 1) & (HEAD | COMMON)
                and scene.capital[before - 1]
                and before - 1 not in self.taken
                and scene.said(before) in {"of", "for", "and"}
            ):
                first = before
            else:
                break
        while first < at and not scene.capital[first]:
            first += 1
        return first

    def _is_form(self, at: int) -> bool:
        return fold(self.scene.said(at)) in forms("de", ROLE)

    def _phrase_end(self, end: int) -> int:
        """Behind the words that go with a head: of Trade and Industry, des marchés financiers, иностранных дел."""
        if self.scene.language != "en" and end < self.scene.length and self.scene.said(end) in ("of", "for"):
            return _english(self.scene, end, self.taken)
        reach = _PHRASES.get(self.scene.language)
        return reach(self.scene, end, self.taken) if reach else end

    def _tail(self, at: int) -> None:
        """Names with a legal form or the like at their end."""
        scene = self.scene
        first = at
        while (
            first > 0
            and (scene.gap(first - 1) in _JOINS or scene.gap(first - 1) == ", " and scene.said(at) in _FORMS and first == at)
            and scene.capital[first - 1]
            and first - 1 not in self.taken
            and not scene.flag(first - 1) & (HONORIFIC | VERB)
            and not scene.is_role(first - 1)
            and not (scene.flag(first - 1) & OPENER and (scene.opens(first - 1) or scene.language == "de"))
        ):
            first -= 1
        if first < at and first > 1 and scene.flags[first - 1] & PARTICLE and not scene.capital[first - 1]:
            if scene.capital[first - 2] and scene.gap(first - 1) == scene.gap(first - 2) == " " and scene.said(first - 1) in _OF:
                first -= 2
        end = at + 1
        if first == at and scene.language not in ("az", "tr"):
            while end < scene.length and scene.gap(end - 1) in _JOINS and scene.capital[end] and end not in self.taken:
                if scene.is_role(end) or scene.flag(end) & VERB:
                    break
                end += 1
        while end < scene.length and scene.gap(end - 1) in (" ", " & ") and scene.capital[end]:
            if not scene.flags[end] & TAIL and scene.gap(end - 1) != " & " or end in self.taken:
                break
            end += 1
        if scene.gap(end - 1) == "/" and end < scene.length and scene.capital[end]:
            end += 1
        if end - first > 1 and not all(each in scene.in_place for each in range(first, end)):
            stop = scene.words[end - 1].end
            if scene.said(end - 1) in {"Inc", "Corp", "Co", "Ltd", "Ltda", "Cía"} and scene.text[stop : stop + 1] == ".":
                stop += 1
            self._take(first, end, stop=stop)

    def _low_head(self, at: int) -> None:
        """A head or kind written small, with the name that follows: tribunal correctionnel de Nanterre, la société Ardoise
        Invest; in English the kind stands behind: the Unite union."""
        scene = self.scene
        flag = scene.flags[at]
        following = at + 1
        if (
            scene.gap(at) == " "
            and following < scene.length
            and scene.capital[following]
            and following not in self.taken
        ):
            if flag & TYPE and scene.language != "az" and self._named_after(following):
                return
        elif flag & TYPE and scene.language in ("fr", "es") and scene.gap(at) == scene.gap(following) == " ":
            # la société luxembourgeoise Ardoise Invest
            adjective = following in scene.in_place or _ROMANCE_ADJECTIVE.search(scene.said(following))
            after = following + 1
            if adjective and after < scene.length and scene.capital[after] and after not in self.taken:
                if self._named_after(after):
                    return
        if flag & TYPE and scene.language in ("en", "az") and scene.gap(at - 1) == " ":
            self._named_before(at)
        if flag & LOW_HEAD and scene.language == "az" and _AZ_OWNED.search(scene.said(at)) and at not in self.taken and scene.gap(at - 1) == " ":
            first = at
            while (
                first > 0
                and scene.capital[first - 1]
                and scene.gap(first - 1) == " "
                and first - 1 not in self.taken
                and not scene.flags[first - 1] & GIVEN
            ):
                first -= 1
            if first < at - 1 and scene.opens(first) and first not in scene.in_place:
                first += 1
            if first < at and not (at - first == 1 and scene.opens(first)):
                self._take(first, at + 1)
        if scene.language == "ru" and self._adjective_before(at):
            return
        if flag & LOW_HEAD and scene.language in _PHRASES and at not in self.taken and scene.is_head(at):
            end = _PHRASES[scene.language](scene, at + 1, self.taken)
            if any(scene.capital[each] for each in range(at + 1, end)):
                self._take(at, end)

    def _named_after(self, first: int) -> bool:
        scene = self.scene
        end = first
        while (
            end < scene.length
            and scene.capital[end]
            and end not in self.taken
            and (end == first or scene.gap(end - 1) in _JOINS)
        ):
            if end > first and scene.language == "de" and scene.flag(end) & COMMON and not _GERMAN_ADJECTIVE.search(scene.said(first)):
                break
            if scene.is_role(end) or (end == first and (scene.flag(end) & (HONORIFIC | NOT) or end in scene.in_place)):
                break
            end += 1
        if end == first or scene.flags[first] & GIVEN:
            return False
        if scene.language in ("fr", "es") and scene.gap(end - 1) == " " and scene.flag(end) & CONNECTOR:
            longer = _romance(scene, end, self.taken)
            end = longer if scene.capital[longer - 1] and longer - end < 4 else end
        self._take(first, end)
        return True

    def _named_before(self, at: int) -> None:
        scene = self.scene
        first = at
        while first > 0 and scene.capital[first - 1] and first - 1 not in self.taken and scene.gap(first - 1) in _JOINS:
            first -= 1
        while first < at and (scene.flag(first) & (OPENER | ROLE | NOT) or first in scene.in_place):
            first += 1
        if first < at and not scene.flag(first) & GIVEN:
            self._take(first, at)

    def _adjective_before(self, head: int) -> bool:
        """Европейский банк реконструкции и развития, Русский музей: a capital adjective before a small head."""
        scene = self.scene
        first = head - 1
        for _ in range(3):
            if first < 0 or scene.gap(first) != " " or first in self.taken:
                return False
            said = scene.said(first)
            if not _ADJECTIVE.search(said):
                return False
            if scene.capital[first]:
                before = first - 1
                if before >= 0 and scene.capital[before] and scene.gap(before) == " " and _ADJECTIVE.search(scene.said(before)):
                    first = before  # Государственный Русский музей
                break
            first -= 1
        else:
            return False
        if scene.opens(first) and scene.flags[first] & (OPENER | MODIFIER):
            return False
        self._take(first, _PHRASES["ru"](scene, head + 1, self.taken))
        return True

    def _quoted(self) -> None:
        """Names in quotation marks beside a kind or legal form: компания «Каспий Логистик», "Kür Enerji" QSC."""
        scene = self.scene
        for at in range(scene.length):
            if not scene.capital[at] or at in self.taken:
                continue
            before = scene.gap(at - 1)[-1:] if at else scene.text[:1]
            if before not in _OPENING or (before == '"' and scene.gap(at - 1)[:1] == '"'):
                continue
            end = at + 1
            while end < scene.length and end - at < 6 and scene.gap(end - 1) in _JOINS:
                end += 1
            if scene.gap(end - 1)[:1] not in _OPENING[before]:
                continue
            before_flag = scene.flag(at - 1) if scene.gap(at - 1)[:-1] == " " else 0
            behind_flag = scene.flag(end) if scene.gap(end - 1)[1:] == " " else 0
            open_at, close_at = scene.starts[at] - 1, scene.words[end - 1].end + 1
            if before_flag & TAIL and scene.capital[at - 1]:
                self._take(at - 1, end, stop=close_at)
            elif behind_flag & TAIL and scene.capital[end]:
                self._take(at, end + 1, start=open_at)
            elif self._is_club(at, end, before_flag):
                self._take(at, end)
            elif (
                before_flag & (TYPE | HEAD) and scene.language != "az" or behind_flag & TYPE and scene.language == "az"
            ):
                self._take(at, end)

    def _of_country(self) -> None:
        """French and Spanish: "Environnement Canada", "Météo-France", "Santé publique France"."""
        scene = self.scene
        if scene.language not in ("fr", "es"):
            return
        for at in scene.placed:
            if at < 1 or at in self.taken or scene.gap(at - 1) not in (" ", "-") or scene.is_role(at - 1):
                continue
            first = at - 1
            if not scene.capital[first] and _ROMANCE_ADJECTIVE.search(scene.said(first)) and scene.gap(first - 1) == " ":
                first -= 1
            if not scene.capital[first] or first in self.taken or first in scene.in_place:
                continue
            if scene.flags[first] & (GIVEN | NOT | OPENER | HONORIFIC | SPOT | HEAD):
                continue
            self._take(first, scene.placed[at])

    def _is_club(self, first: int, end: int, before: int) -> bool:
        """Where the item is about sport, Russian and Azerbaijani put clubs in quotation marks: «Спартак»."""
        scene = self.scene
        if scene.language not in ("ru", "az", "uk", "kk") or end - first > 2 or before & SPOT:
            return False
        return scene.is_sport and scene.capital[end - 1] and not scene.flags[first] & GIVEN

    def _short(self) -> None:
        """Acronyms."""
        scene = self.scene
        for at in range(scene.length):
            if not scene.capital[at] or at in self.taken:
                continue
            word = scene.words[at]
            size = word.end - word.start
            said = scene.text[word.start : word.end]
            if scene.flags[at] & BRAND and said in brands():
                self._take(at, at + 1)
                continue
            if scene.language == "ru" and size > 5 and _RUSSIAN_BODY.match(said.lower()):
                self._take(at, at + 1)
                continue
            if not 3 <= size <= 6 or not said.isupper() or not said.isalpha() or at in scene.in_place:
                continue
            if scene.flags[at] & (NOT | OPENER | HONORIFIC) and not said == "WHO" or _ROMAN.match(said):
                continue
            if self._in_capitals(at) or scene.gap(at - 1) == "-" and scene.capital[at - 1]:
                continue
            end = at + 1
            if (
                scene.language in ("fr", "es")
                and scene.gap(at) == " "
                and at + 2 < scene.length
                and scene.said(at + 1) in ("de", "du", "del")
            ):
                if scene.gap(at + 1) == " " and scene.capital[at + 2] and at + 2 in scene.in_place:
                    end = at + 3
            self._take(at, end)

    def _in_capitals(self, at: int) -> bool:
        """Does it stand among capitals, as in a heading?"""
        scene = self.scene
        around = [
            each for each in (at - 1, at + 1) if 0 <= each < scene.length and "\n" not in scene.gap(min(each, at))
        ]
        return any(scene.said(each).isupper() and len(scene.said(each)) > 1 for each in around) or (
            scene.gap(at)[:1] == "," and scene.opens(at)
        )


_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ей)$")
_GENITIVE = re.compile(
    r"(?:ого|его|ой|ей|ых|их|ым|им|ыми|ими|ий|ов|ев|ия|ии|ам|ям|ы|и|а|я|ю|ний|дел|сил|ств|ми|ель|ь|ость)$"
)
_ROMANCE_ADJECTIVE = re.compile(
    r"(?:al|ale|aux|ique|ien|ienne|if|ive|aire|el|elle|ier|ière|iste|ais|aise|ome|ois|oise|ime|in|ine|an|ane|ain|aine|ée|é"
    r"|ico|ica|ano|ana|ivo|iva|ario|aria|ional|ino|ina|ero|era|ente|ble|ido|ida|ado|ada|eno|ena|eño|eña|esa|uela)s?$"
)


_PURPOSE = frozenset({"pour", "sur", "en", "à", "au", "aux", "para", "por"})


def _english(scene: Scene, end: int, taken: set[int]) -> int:
    """ "of Trade and Industry", "for Refugees": connectors with a capital behind them."""
    while end < scene.length and scene.gap(end - 1) == " " and scene.said(end) in {"of", "for", "and", "on"}:
        following = end + 1
        if scene.said(end) == "and" and _another(scene, following):
            return end
        if scene.said(end) == "and" and scene.flag(following) & (GIVEN | HEAD | HONORIFIC):
            return end
        if scene.gap(end) == " " and scene.said(following) == "the" if following < scene.length else False:
            following += 1
        if (
            following >= scene.length
            or not scene.capital[following]
            or scene.gap(following - 1) != " "
            or following in taken
        ):
            return end
        if scene.is_role(following) or scene.said(end) == "and" and following in scene.in_place:
            return end
        end = following + 1
        while (
            end < scene.length
            and scene.gap(end - 1) in _JOINS
            and scene.capital[end]
            and end not in taken
            and not scene.is_role(end)
            and not scene.flag(end) & (GIVEN | HONORIFIC)
        ):
            end += 1
    return end


def _another(scene: Scene, at: int) -> bool:
    """Does another body begin there: "the University of Otago and Kyoto University"?"""
    end = at
    while end < scene.length and scene.capital[end] and end - at < 5:
        if scene.flags[end] & HEAD and end > at:
            return True
        if scene.gap(end) not in _JOINS:
            return False
        end += 1
    return False


def _romance(scene: Scene, end: int, taken: set[int]) -> int:
    """ "centrale de Tunisie", "des marchés financiers", "Nacional de Investigaciones Científicas y Técnicas"."""
    last = end
    for _ in range(8):
        if end >= scene.length or end in taken or scene.gap(end - 1) not in (" ", "-", "'", "’"):
            break
        flag, said = scene.flags[end], scene.said(end)
        if said == "a":
            break  # avoir, not à
        if flag & CONNECTOR and not scene.capital[end]:
            if said in ("y", "e", "et") and (
                scene.flag(end + 1) & (HEAD | CONNECTOR | GIVEN) or not scene.flag(end + 1)
            ):
                break
            if said in _PURPOSE:
                ahead = next(
                    (at for at in range(end + 1, min(end + 3, scene.length)) if not scene.flags[at] & CONNECTOR), end
                )
                if not scene.capital[ahead]:
                    break
            end += 1
            continue
        glued = scene.flag(end - 1) & CONNECTOR and end > last
        role = scene.is_role(end) and not glued and not _ROMANCE_ADJECTIVE.search(said)
        if role or flag & (VERB | OPENER | HONORIFIC) and not (glued and flag & VERB) or flag & GIVEN and not glued:
            break
        if scene.capital[end]:
            end = last = end + 1
            if (
                end - 1 in scene.in_place
                and (end not in scene.in_place)
                and not (end < scene.length and _ROMANCE_ADJECTIVE.search(scene.said(end)) and scene.flag(end) & COMMON)
            ):
                break
            continue
        if glued and (flag & COMMON or scene.gap(end - 1) in ("'", "’", " ")):
            end = last = end + 1
            continue
        if (end in scene.in_place or _ROMANCE_ADJECTIVE.search(said)) and not flag & VERB and scene.gap(end - 1) == " ":
            end = last = end + 1
            continue
        break
    return last


def _german(scene: Scene, end: int, taken: set[int]) -> int:
    """ "des Kantons Zürich", "für Verfassungsschutz", "zu Kiel"."""
    purpose = False
    while end < scene.length and scene.gap(end - 1) == " " and scene.flag(end) & CONNECTOR and not scene.capital[end]:
        joined = scene.said(end) == "und" and purpose
        if scene.said(end) not in {"des", "der", "für", "zu", "von"} and not joined:
            return end
        purpose = scene.said(end) == "für"
        following = end + 1
        while (
            following < scene.length
            and scene.gap(following - 1) == " "
            and following - end < 3
            and not scene.capital[following]
        ):
            following += 1
        if (
            following >= scene.length
            or not scene.capital[following]
            or scene.gap(following - 1) != " "
            or following in taken
        ):
            return end
        end = following + 1
        while (
            end < scene.length
            and scene.gap(end - 1) in _JOINS
            and scene.capital[end]
            and end not in taken
            and (end in scene.in_place or _GERMAN_ADJECTIVE.search(scene.said(end - 1)) and len(scene.said(end - 1)) > 4)
        ):
            end += 1
    return end


def _russian(scene: Scene, end: int, taken: set[int]) -> int:
    """ "иностранных дел Азербайджана", "по чрезвычайным ситуациям", "реконструкции и развития"."""
    last = end
    for _ in range(9):
        if end >= scene.length or end in taken or scene.gap(end - 1) not in (" ", "-"):
            break
        flag, said = scene.flags[end], scene.said(end)
        if flag & CONNECTOR and said in {"по", "и"}:
            end += 1
            continue
        if scene.capital[end]:
            if flag & (GIVEN | HONORIFIC) or scene.is_role(end) or scene.said(end - 1) == "и" or len(said) < 3:
                break
            if said.isupper() and len(said) < 5:
                end = last = end + 1
                continue  # СО РАН
            adjective = _ADJECTIVE.search(said) and not _SOFT_ADJECTIVE.search(said)
            if end not in scene.in_place and not adjective and not _OWNER.search(said):
                break
            end = last = end + 1
            if not adjective:
                if end < scene.length and scene.gap(end - 1) == " " and scene.said(end) in _AREAS:
                    last = end + 1
                break
            continue
        if scene.said(end - 1) == "и" and said.endswith(("ым", "им", "ыми", "ими")):
            break
        if flag & (VERB | OPENER) or scene.is_role(end) or not _GENITIVE.search(said) or _VERBAL.search(said):
            break
        if said.endswith(("ы", "и", "а", "я")) and not flag & COMMON and len(said) < 4:
            break
        end = last = end + 1
    return last


_SOFT_ADJECTIVE = re.compile(r"(?<![сц]к)(?<!н)(?<!в)(?:им|ым|ом|ем)$")
"""Endings that names have as well: Недим, Кадыром."""
_OWNER = re.compile(r"[аяыий]$")
_AREAS = frozenset({"области", "края", "района", "республики", "округа"})
_VERBAL = re.compile(r"(?:ал|ил|ел|ул|ыл|ала|ила|ела|али|или|ели|ало|ило|ает|ит|ут|ют|ят|ся|сь|ть|ны|на|но|ует)$")


def _azerbaijani(scene: Scene, end: int, taken: set[int]) -> int:
    return end


_PHRASES = {"en": _english, "fr": _romance, "es": _romance, "de": _german, "ru": _russian}
