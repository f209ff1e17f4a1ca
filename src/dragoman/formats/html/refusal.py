"""Pages that are no article: error pages, walls, checks for robots, lists; told by what they say. Pure."""

import re

from dragoman.formats.html.body import MOST, Text, link_share
from dragoman.formats.html.linked import is_list
from dragoman.formats.html.page import Page

_ERROR = re.compile(
    r"(?:\W*(?:error|http|fehler|erreur|ошибка|xəta|خطأ|错误)\W{0,3})?(?:40[0134]|410|429|50[0234]|52\d)\b(?!\s*(?:\w+ )?(?:people|dead|killed|million|million|menschen|человек|nəfər))"
    r"|\W*(?:page |site |document |file )?(?:not found|can(?:no|')t be found|could not be found|no longer exists|unavailable|forbidden|access denied)\b"
    r"|(?:bad gateway|service unavailable|internal server error|gateway time-?out|too many requests|under maintenance|site maintenance)\b"
    r"|(?:seite|artikel) (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|страница не найдена|səhifə tapılmadı|(?:الصفحة غير موجودة)|页面(?:不存在|未找到)|找不到(?:该)?页面",
    re.IGNORECASE,
)  # fmt: skip
_ROBOTS = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser|captcha|robot check|ddos protection|"
    r"please enable (?:javascript|cookies)|проверка браузера|подтвердите,? что вы не робот|安全验证|访问验证",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:log|sign) ?in\b|login\b|anmelden\b|einloggen|connexion|se connecter|iniciar sesión|войти|вход\b|авторизация|daxil ol|giriş|تسجيل الدخول|登录|register to|subscribe to (?:read|continue)|registrieren",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"<input\b[^>]{0,400}?type\s*=\s*[\"']?password", re.IGNORECASE)
_SHORT, _LINKS = 1_200, 0.6


def why_no_article(page: Page, body: Text, headline: str) -> str:
    """Why the page is no article, or nothing. What schema.org calls one is one, unless it has no text at all."""
    if body.length > MOST:
        return f"its text is longer than any article: {body.length:,} letters"
    title = f"{headline} {page.title}".strip()
    short = body.length < _SHORT
    if short and _ROBOTS.search(title):
        return "it asks whether we are a robot"
    if short and (_ERROR.match(page.title) or _ERROR.match(headline)):
        return f"it is an error page: {page.title[:80]}"
    if page.article is not None and (body.is_enough or (headline and body.length)):
        return ""
    if short and (_PASSWORD.search(page.markup[:400_000]) or (not body.is_enough and _LOGIN.search(title))):
        return "it asks for a login"
    if is_list(page.linked):
        return "it calls itself a list"
    if not body.is_enough:
        return "there is hardly any text in it"
    if link_share(page, body) > _LINKS or (
        _many_articles(page) and page.meta("og:type").lower() not in ("article", "news")
    ):
        return "it is a list of links to other pages"
    return "" if headline else "it has neither headline nor title"


def _many_articles(page: Page) -> bool:
    """Is it made of many <article>s, none of which is most of the page?"""
    if page.root is None:
        return False
    lengths = sorted(len("".join(map(str, each.itertext()))) for each in page.root.iter("article"))
    return len(lengths) > 3 and lengths[-1] * 2 < sum(lengths)
