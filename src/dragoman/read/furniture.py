"""Page furniture: lines a web page puts around the copy, told by what they say in each language. Pure.

Only whole lines go, and only those that say nothing else; each with its reason, so that nothing disappears unseen.
"""

import re

_SITES = (
    "facebook|twitter|x|telegram|whatsapp|vkontakte|vk|вконтакте|вк|одноклассники|ok|linkedin|instagram|youtube|viber|pinterest|"
    "reddit|messenger|e-?mail|rss|tiktok|threads|weibo|wechat|微信|微博|qq|facebook messenger|copy link|link|skype|livejournal|"
    "фейсбук|телеграм|твиттер|فيسبوك|تويتر|واتساب|تلغرام|تيليجرام|إكس|朋友圈"
)
_SHARES = (
    "share(?: this)?(?: (?:article|story|page|post|news|on|via|with))*|tweet(?: this)?|send(?: by e-?mail)?|follow us(?: on)?|"
    "поделиться(?: новостью| в соцсетях| в социальных сетях| ссылкой)?|твитнуть|отправить|следите за нами(?: в)?|мы в соцсетях|"
    "partager(?: (?:cet article|l['’]article|sur|via))*|suivez[- ]nous(?: sur)?|envoyer(?: par (?:e-?mail|courriel))?|"
    "teilen|(?:diesen )?(?:artikel|beitrag) teilen|folgen sie uns(?: auf)?|"
    "compart(?:ir|e|a)(?: (?:en|este artículo|esta noticia|la noticia))*|síg(?:uenos|anos)(?: en)?|enviar(?: por correo)?|"
    "paylaş(?:ın|maq)?|sosial şəbəkələrdə paylaş|bizi izləyin|göndər|"
    "(?:شارك|مشاركة|انشر)(?: (?:المقال|الخبر|عبر|على|هذا الخبر|هذا المقال|المقالة))*|تابعونا(?: على)?|تابعنا(?: على)?|"
    "分享(?:到|至|本文|给朋友)?|转发|关注我们|扫一扫.{0,20}|share"
)
_PRINTS = (
    "print(?: (?:this page|version|article|friendly|this article))*|printable version|версия для печати|распечатать|печать|"
    "imprimer(?: (?:cet article|l['’]article|la page))?|version imprimable|(?:seite |artikel )?drucken|druckversion|"
    "imprimir(?: (?:artículo|esta página|noticia))?|versión para imprimir|çap(?: et| versiyası|a göndər)?|çap et|"
    "طباعة(?: (?:الخبر|المقال|الصفحة))?|نسخة للطباعة|اطبع|打印(?:本页|本文|此文)?|打印版"
)
_MORES = (
    "read (?:more|also|next|the full (?:story|article))|see also|more on (?:this|the) (?:topic|story)|related(?: (?:news|articles|stories|topics|links))?|"
    "most read|latest news|recommended|you may also like|continue reading|learn more|more news|"
    "читайте (?:также|далее|ещ[её])|читать (?:далее|также|дальше|полностью)|по теме|материалы по теме|подробнее|смотрите также|другие новости|"
    "последние новости|похожие новости|новости по теме|все новости|"
    "lire (?:aussi|la suite|plus|également)|voir aussi|à lire aussi|articles? (?:liés?|connexes?|associés?)|sur le même sujet|en savoir plus|"
    "dernières (?:nouvelles|actualités|infos)|"
    "(?:lesen sie (?:auch|mehr)|mehr lesen|weiterlesen|mehr zum thema|siehe auch|auch interessant|ähnliche (?:artikel|beiträge|nachrichten)|neueste nachrichten|mehr dazu)|"
    "le(?:a|er|e) (?:también|más)|ver (?:más|también)|seguir leyendo|noticias relacionadas|artículos relacionados|más (?:información|noticias)|últimas noticias|"
    "(?:həmçinin|bunu da) (?:oxuyun|bax(?:ın)?)|ardını oxu|ətraflı|davamı|oxşar xəbərlər|son xəbərlər|digər xəbərlər|əlaqəli xəbərlər|daha çox oxu|"
    "اقرأ (?:أيض[اًا]+|المزيد|أيضاً)|إقرأ (?:أيض[اًا]+|المزيد)|اقرا ايضا|المزيد|مواضيع (?:ذات صلة|متعلقة)|أخبار ذات صلة|شاهد أيضا|آخر الأخبار|"
    "相关(?:阅读|新闻|报道|链接|文章|推荐)|延伸阅读|阅读(?:更多|全文|原文)|更多(?:新闻|阅读|内容)?|推荐阅读|点击(?:查看|阅读).{0,10}|最新消息|热门新闻"
)
_FOLLOWS = (
    "(?:subscribe|sign up)(?: (?:to|for) .{0,80})?|join (?:us on|our) .{0,60}|(?:our|follow (?:our|us)).{0,20}(?:telegram|channel|newsletter).{0,40}|"
    "подпи(?:сывайтесь|шитесь|саться)(?: .{0,80})?|"
    "(?:abonnez|inscrivez)[- ]vous(?: .{0,80})?|s['’]abonner(?: .{0,60})?|(?:jetzt )?(?:abonnieren|newsletter abonnieren)(?: .{0,60})?|"
    "abonnieren sie .{0,80}|suscr[ií]b(?:e|a|ete|ase|ir|irse)(?: .{0,80})?|abunə ol(?:un)?(?: .{0,60})?|.{0,60}(?:kanalımıza|səhifəmizə) abunə olun|"
    "اشترك(?:وا)?(?: .{0,80})?|订阅.{0,40}|关注.{0,20}(?:公众号|微信|微博)"
)
_VIEWS = (
    "views?|viewed|page ?views|reads|hits|visits|просмотр(?:ов|ы|а)?|прочитано|прочтений|количество просмотров|vues?|lectures?|nombre de vues|consulté|"
    "aufrufe|ansichten|gelesen|zugriffe|vistas|visitas|lecturas|visto|leído|baxış(?:lar)?(?: sayı)?|baxılıb|oxunub|oxunma(?: sayı)?|görüntülənmə|"
    "(?:عدد )?(?:المشاهدات|مشاهدات|مشاهدة|القراءات|قراءة|الزيارات|الزوار)|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?|点击(?:次数|量|率|数)?|播放量"
)
_COMMENTS = (
    "(?:no |leave a |post a |add a |write a )?comments?|reply|комментари(?:и|ев|й|я)|оставить комментарий|комментировать|нет комментариев|"
    "(?:aucun |laisser un )?commentaires?|commenter|(?:keine )?kommentare?|kommentieren|kommentar (?:schreiben|hinterlassen)|(?:sin |deja un )?comentarios?|comentar|"
    "şərh(?:lər|ər| yaz| əlavə et)?|rəy(?:lər| yaz)?|تعليقات|التعليقات|أضف تعليق(?:اً|ا)?|اترك تعليق(?:اً|ا)?|评论|发表评论|网友评论|我要评论"
)
_RIGHTS = (
    "all rights reserved|все права (?:защищены|сохранены)|tous (?:les )?droits (?:de reproduction )?réservés|alle rechte vorbehalten|"
    "(?:todos los )?derechos reservados|(?:bütün )?hüquqlar(?:ı)? qorunur|جميع الحقوق محفوظة|(?:كل|كافة) الحقوق محفوظة|版权所有|保留所有权利|"
    "未经(?:授权|许可|书面).{0,40}|при (?:использовании|цитировании|перепечатке) .{0,100}ссылка .{0,60}|"
    "(?:use|reproduction|reprinting) of .{0,60}(?:materials?|articles?) .{0,80}|(?:xəbərdən|materiallardan) istifadə .{0,100}|"
    "(?:xəbər)?\\s*mətnində səhv.{0,120}|if you (?:notice|find|spot) .{0,40}(?:error|mistake|typo).{0,80}|"
    "(?:если вы )?(?:заметили|нашли|обнаружили) (?:ошибку|опечатку).{0,120}"
)
_PHOTO_WORDS = (
    "photos?(?: (?:credit|courtesy|by|from))?|picture(?: by)?|image(?: (?:credit|source|by))?|file photo|фото(?:графия|графии)?(?: с сайта)?|"
    "(?:crédits? )?(?:photos?|images?)|crédits?|foto(?:s|grafía)?|bild(?:quelle|nachweis)?|fotokredit|imagen|(?:foto|fotoqraf|şəkil|foto mənbə)|"
    "(?:صورة|الصورة|تصوير|صور|مصدر الصورة)|图片?(?:来源|说明)?|摄影|图源|资料图"
)
_TAG_WORDS = (
    "tags?|keywords?|topics?|labels?|теги|тэги|ключевые слова|темы?|метки|mots[- ]cl[ée]s|étiquettes?|sujets|schlagw(?:ort|örter)|stichw(?:ort|örter)(?:e)?|themen|"
    "etiquetas|palabras clave|temas|açar sözlər|teqlər|etiketlər|الكلمات (?:المفتاحية|الدلالية)|وسوم|كلمات دلالية|标签|关键词|关键字"
)
_ADS = "advertisement|advertising|sponsored(?: content)?|ad|реклама|на правах рекламы|publicité|annonce|anzeige|werbung|publicidad|anuncio|reklam|إعلان|اعلان|إعلانات|广告"
_NAVIGATION = (
    "(?:back to |go to )?top|home(?:page)?|menu|search|next|previous|prev|close|login|log in|sign in|register|loading(?:\\.{3}|…)?|listen(?: to (?:this|the) article)?|download|"
    "skip to (?:main )?content|reading time.{0,20}|\\d+ min(?:ute)?s?(?: read)?|"
    "наверх|главная(?: страница)?|меню|поиск|назад|вперед|далее|войти|загрузка(?:\\.{3}|…)?|слушать|скачать|время чтения.{0,20}|в начало|"
    "accueil|retour(?: en haut)?|haut de page|rechercher|suivant|précédent|connexion|écouter|télécharger|chargement(?:\\.{3}|…)?|temps de lecture.{0,20}|"
    "startseite|nach oben|zurück|weiter|suche|anmelden|vorlesen|herunterladen|lesezeit.{0,20}|"
    "inicio|volver(?: arriba)?|buscar|siguiente|anterior|iniciar sesión|escuchar|descargar|cargando(?:\\.{3}|…)?|tiempo de lectura.{0,20}|menú|"
    "ana səhifə|yuxarı|geri|axtar(?:ış)?|növbəti|əvvəlki|daxil ol|dinlə|yüklə|menyu|"
    "الرئيسية|الصفحة الرئيسية|العودة|بحث|التالي|السابق|القائمة|استمع|تحميل|تسجيل الدخول|إلى الأعلى|"
    "首页|返回(?:顶部|首页)?|搜索|下一[篇页]|上一[篇页]|登录|注册|菜单|【?(?:字体|字号).{0,20}|【?(?:关闭|纠错|打印|返回顶部).{0,10}】?|(?:大|中|小)(?:[\\s|]*[大中小])+|"
    "a\\s*[-–—]\\s*a?\\s*a?\\s*\\+?|a\\+\\s*a?\\s*a?-?|a{2,3}"
)
_COOKIES = (
    "(?:this (?:site|website)|we) uses? cookies.{0,160}|accept (?:all )?(?:cookies)?|.{0,60}(?:сайт использует|используем) (?:файлы )?(?:cookie|куки).{0,120}|"
    ".{0,60}utilis(?:e|ons) des cookies.{0,120}|.{0,60}verwende[tn] cookies.{0,120}|.{0,60}(?:utiliza(?:mos)?|usamos) cookies.{0,120}|accept(?:er)?(?: tout)?|alle akzeptieren|aceptar"
)
_LEAD = r"[\s•●▪■◆►▶»›>|·*\[(【#+–—-]*"
_TRAIL = r"[\s:：.…!»›>|·*\])】+→–—-]*"
_COUNT = r"[\d\s.,  ]{1,12}(?:k|K|m|M|тыс\.?|mil|mln)?"

_TABLE: tuple[tuple[str, str], ...] = (
    ("share buttons", rf"(?:{_SHARES})(?:[\s:：|,/·•–—-]*(?:{_SITES}))*(?:\s*\d+)?"),
    ("share buttons", rf"(?:{_SITES})(?:[\s|,/·•–—-]+(?:{_SITES}))+"),
    ("share buttons", r"facebook|twitter|telegram|whatsapp|vkontakte|вконтакте|linkedin|instagram|youtube|viber|messenger|微信|微博|朋友圈"),
    ("print button", rf"(?:{_PRINTS})(?:[\s|/·•,–—-]+(?:{_SHARES}|{_SITES}|{_PRINTS}|pdf|e-?mail))*"),
    ("link to other copy", rf"(?:{_MORES})(?:\s*[:：].{{0,180}})?"),
    ("subscription", _FOLLOWS),
    ("view counter", rf"(?:{_VIEWS})\s*[:：–—-]?\s*\(?{_COUNT}\)?(?:次|раз|times|mal|fois|veces|dəfə|مرة)?"),
    ("view counter", rf"{_COUNT}\s*(?:{_VIEWS})"),
    ("view counter", r"👁️?\s*\d[\d\s.,]*[kKmM]?"),
    ("comments", rf"(?:{_COMMENTS})\s*[:：]?\s*\(?\s*\d*\s*\)?|\d+\s*(?:{_COMMENTS})"),
    ("rights notice", rf"(?:(?:©|\(c\)|copyright|авторск\w+ прав\w+)[^\n]{{0,120}})?(?:{_RIGHTS})[^\n]{{0,120}}"),
    ("rights notice", r"(?:©|\(c\)|copyright(?:\s*©)?)\s*(?:\d{4}(?:\s*[-–—]\s*\d{4})?)[^\n]{0,80}"),
    ("rights notice", r"©[^\n]{0,80}(?:\bsite\b|hyperlink|\brights\b|\bused?\b|сайт|ссылк|istifadə|istinad)[^\n]{0,100}"),
    ("photo credit", r"©\s*(?!\d{4}\b)[^\n]{2,100}"),
    ("photo credit", rf"(?:{_PHOTO_WORDS})\s*(?:[:：©/]|by\s)\s*[^\n]{{2,100}}"),
    ("tags", rf"(?:{_TAG_WORDS})\s*[:：]\s*[^\n]{{0,200}}"),
    ("tags", r"(?:#[\w-]{2,40}[\s,]*){1,20}"),
    ("advertisement", _ADS),
    ("navigation", _NAVIGATION),
    ("navigation", r"(?:[^\W\d_][\w\s]{1,24}\s*[>»›→/]\s*){2,5}[^\W\d_][\w\s]{1,40}"),
    ("cookie notice", _COOKIES),
    (
        "editor's line",
        r"(?:责任编辑|责编|编辑|校对|审核|editor|edited by|редактор|rédacteur|redakteur|redaktion|redactor|edición|redaktor|المحرر|تحرير)\s*[:：]\s*[^\n]{2,60}",
    ),
    ("web address", r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|az|ru|fr|de|es|cn|ae|eg|tr|kz|uz|ge|ua|by|example)(?:/\S*)?"),
)  # fmt: skip
_RULES = tuple((reason, re.compile(rf"{_LEAD}(?:{pattern}){_TRAIL}\Z", re.IGNORECASE)) for reason, pattern in _TABLE)
_USUAL = 110
_WORDS_OF_LONG_ONES = ("©", "copyright", "(c)", "rights", "прав", "ссылк", "droits", "rechte", "derechos", "hüquq", "istifadə", "الحقوق", "版权", "未经", "cookie", "куки", "subscri", "подпи", "abon", "suscr", "اشترك", "订阅", "关注", "error", "typo", "ошибк", "опечат", "səhv", "materials", "tag", "тег", "тэг", "key", "ключев", "clés", "etiquet", "palabras", "açar", "الكلمات", "标签", "关键", "schlag", "stichw", "#", "photo", "фото", "foto", "صورة", "http", "read", "читайте", "lire", "lesen", "lea ", "oxuyun", "اقرأ", "阅读")  # fmt: skip
_ASCII_WORDS_OF_LONG_ONES = tuple(word for word in _WORDS_OF_LONG_ONES if word.isascii())
_LONGEST = 240  # characters: furniture is short


def furniture(line: str) -> str:
    """Why `line` is page furniture (`share buttons`, `photo credit`…), or an empty string where it is copy."""
    if len(line) > _LONGEST or (len(line) > _USUAL and not _may_be_long_furniture(line.lower())):
        return ""
    for reason, rule in _RULES:
        if rule.match(line):
            return reason
    return ""


def _may_be_long_furniture(lowered: str) -> bool:
    words = _ASCII_WORDS_OF_LONG_ONES if lowered.isascii() else _WORDS_OF_LONG_ONES
    return any(map(lowered.__contains__, words))
