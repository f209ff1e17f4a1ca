"""What gives a language away: letters few others use, and the small words no sentence of it does without. Tables."""

LETTERS: dict[str, dict[str, tuple[tuple[str, float], ...]]] = {
    "Latin": {
        "ə": (("az", 5.0),),
        "ğ": (("tr", 1.0), ("az", 1.0)),
        "ı": (("tr", 1.0), ("az", 1.0)),
        "ş": (("tr", 0.6), ("az", 0.6), ("ro", 0.3)),
        "ß": (("de", 4.0),),
        "ä": (("de", 0.8), ("fi", 0.6), ("sv", 0.6), ("et", 0.5)),
        "ö": (("de", 0.4), ("tr", 0.4), ("az", 0.4), ("hu", 0.4), ("sv", 0.4), ("fi", 0.3)),
        "ü": (("de", 0.4), ("tr", 0.4), ("az", 0.4), ("hu", 0.3), ("es", 0.1), ("et", 0.3)),
        "ñ": (("es", 3.0), ("gl", 0.4)),
        "¿": (("es", 4.0),),
        "¡": (("es", 4.0),),
        "ó": (("es", 0.6), ("pl", 0.4), ("pt", 0.4), ("hu", 0.3), ("cs", 0.2)),
        "í": (("es", 0.5), ("pt", 0.4), ("cs", 0.4), ("hu", 0.2)),
        "á": (("es", 0.4), ("pt", 0.4), ("cs", 0.4), ("hu", 0.4)),
        "œ": (("fr", 3.0),),
        "ê": (("fr", 1.0), ("pt", 0.6)),
        "è": (("fr", 0.9), ("it", 0.6)),
        "à": (("fr", 0.7), ("it", 0.5), ("pt", 0.3)),
        "û": (("fr", 1.5),),
        "î": (("fr", 1.0), ("ro", 0.8)),
        "é": (("fr", 0.5), ("es", 0.3), ("pt", 0.3), ("cs", 0.2), ("hu", 0.3)),
        "ç": (("fr", 0.4), ("tr", 0.4), ("az", 0.4), ("pt", 0.5)),
        "ã": (("pt", 3.0),),
        "õ": (("pt", 1.5), ("et", 1.5)),
        "å": (("sv", 1.0), ("da", 1.0), ("no", 1.0)),
        "ø": (("da", 1.5), ("no", 1.5)),
        "ł": (("pl", 3.0),),
        "ż": (("pl", 2.0),),
        "ř": (("cs", 3.0),),
        "ě": (("cs", 2.0),),
        "ő": (("hu", 3.0),),
        "ț": (("ro", 3.0),),
        "ă": (("ro", 2.0), ("vi", 1.0)),
        "đ": (("vi", 1.5), ("hr", 1.0)),
    },
    "Cyrillic": {
        "ы": (("ru", 1.0), ("be", 0.9), ("kk", 0.9), ("ky", 0.9)),
        "э": (("ru", 0.8), ("be", 0.7), ("ky", 0.7)),
        "ё": (("ru", 0.5), ("be", 0.7)),
        "щ": (("ru", 0.5), ("uk", 0.4), ("bg", 0.6)),
        "ї": (("uk", 6.0),),
        "є": (("uk", 6.0),),
        "ґ": (("uk", 5.0),),
        "і": (("uk", 2.0), ("be", 2.0), ("kk", 1.6)),
        "ў": (("be", 6.0), ("uz", 3.0)),
        "ә": (("kk", 6.0), ("tt", 4.0), ("az", 2.0)),
        "ғ": (("kk", 6.0), ("uz", 4.0), ("tg", 4.0)),
        "қ": (("kk", 6.0), ("uz", 4.0), ("tg", 4.0)),
        "ң": (("kk", 5.0), ("ky", 4.0), ("tt", 4.0)),
        "ұ": (("kk", 7.0),),
        "ө": (("kk", 3.0), ("ky", 4.0), ("mn", 4.0), ("tt", 3.0)),
        "ү": (("kk", 3.0), ("ky", 4.0), ("mn", 4.0), ("tt", 3.0)),
        "һ": (("kk", 4.0), ("tt", 4.0), ("az", 3.0)),
        "ҳ": (("tg", 6.0), ("uz", 5.0)),
        "ӣ": (("tg", 7.0),),
        "ҷ": (("tg", 7.0),),
        "ҝ": (("az", 7.0),),
        "ҹ": (("az", 7.0),),
        "ђ": (("sr", 6.0),),
        "ћ": (("sr", 6.0),),
        "љ": (("sr", 4.0), ("mk", 4.0)),
        "њ": (("sr", 4.0), ("mk", 4.0)),
        "ј": (("sr", 3.0), ("mk", 3.0), ("az", 2.0)),
        "ѓ": (("mk", 7.0),),
        "ќ": (("mk", 7.0),),
        "ъ": (("bg", 2.0), ("ru", 0.2)),
    },
    "Arabic": {
        "ة": (("ar", 2.0),),
        "ى": (("ar", 1.5),),
        "إ": (("ar", 2.0),),
        "أ": (("ar", 1.0), ("fa", 0.2)),
        "ك": (("ar", 1.0),),
        "ي": (("ar", 0.8),),
        "ی": (("fa", 1.5), ("ur", 1.2), ("ckb", 1.0)),
        "ک": (("fa", 1.5), ("ur", 1.2), ("ckb", 1.0)),
        "پ": (("fa", 2.0), ("ur", 1.5), ("ckb", 1.0)),
        "چ": (("fa", 2.0), ("ur", 1.5), ("ckb", 1.0)),
        "ژ": (("fa", 2.5), ("ckb", 1.0)),
        "گ": (("fa", 2.0), ("ur", 1.5), ("ckb", 1.0)),
        "ٹ": (("ur", 6.0),),
        "ڈ": (("ur", 6.0),),
        "ڑ": (("ur", 6.0),),
        "ے": (("ur", 6.0),),
        "ں": (("ur", 6.0),),
        "ۆ": (("ckb", 6.0), ("ug", 3.0)),
        "ێ": (("ckb", 6.0),),
        "ې": (("ps", 4.0), ("ug", 3.0)),
        "ۇ": (("ug", 6.0),),
        "ځ": (("ps", 6.0),),
        "ښ": (("ps", 6.0),),
        "ټ": (("ps", 6.0),),
        "ډ": (("ps", 6.0),),
        "ړ": (("ps", 6.0),),
        "ګ": (("ps", 6.0),),
        "ۍ": (("ps", 6.0),),
    },
}
"""script → letter → (language, weight). A weight is what one occurrence is worth, up to a handful of occurrences."""

_WORDS: dict[str, str] = {
    "en": "the of and to in is that for on was with as by at from has have been said his her its it are will were not "
    "this which who he they she we you or an be but had their after would new more about over into than could what when "
    "up out if no can all one years first two people year",
    "fr": "le la les des de du et en un une dans est que qui pour sur au aux avec par pas plus son sa ses ce cette ces il "
    "elle ils elles nous vous ont été être sont mais ou où se ne leur leurs comme entre après selon aussi avoir avait "
    "était sans sous deux fait très tout l d qu n s c j",
    "de": "der die das und in den von zu mit im ist des auf für nicht ein eine einen einem einer dem sich als auch an er es "
    "sie wir ich aus bei nach über wird werden wurde hat haben war waren sind zum zur am um bis vor durch nur noch oder "
    "aber wie dass wenn mehr unter gegen kann sein seine ihr ihre",
    "es": "el la los las de del y en que un una para con por su sus se al lo es como más no ha han fue son está este esta "
    "entre sobre pero también según desde hasta ser tiene año años sin muy ya cuando donde o le les mi si nos tras dos "
    "había era hay",
    "az": "və ilə bu da də üçün olan bir edib olub görə ki o isə deyib bildirib kimi sonra çox ən daha hər öz onun onlar "
    "haqqında üzrə tərəfindən azərbaycan qədər arasında olunub bildirilib etmək var yeni əsasən həm lakin zaman idi edir "
    "olaraq ölkə nə bütün heç artıq belə",
    "tr": "ve ile bu da de için olan bir göre ki o ise dedi olarak sonra çok en daha her kendi onun onlar hakkında "
    "tarafından kadar arasında olduğunu etti edildi var yeni ama ancak gibi değil ya ne mi olduğu eden türkiye oldu "
    "yapılan bin ilk iki şey ben sen biz",
    "it": "il lo la i gli le di del della dei delle e in che un una per con non si è sono ha hanno al alla nel nella dal da "
    "come più ma anche su questo questa tra dopo stato stata dell",
    "pt": "o os as de do da dos das e em no na nos nas que um uma para com por não se ao é foi são como mais seu sua mas "
    "também pelo pela à entre após segundo ser tem está",
    "nl": "de het een en van in op te dat is voor met zijn niet aan er om door bij uit ook naar heeft hij ze worden",
    "id": "yang dan di ke dari untuk dengan pada ini itu dalam tidak akan oleh juga sebagai telah adalah karena bisa",
    "pl": "w i z na do nie się że jest to o po od za przez dla jak są był oraz tym",
    "ro": "și în de la cu pe din pentru a al ale care nu mai este fost sunt ca un o prin",
    "sv": "och i att det som en på är av för med till den har de inte om ett han var",
    "da": "og i at det som en på er af for med til den har de ikke om et han var",
    "ru": "и в на не что с по из за к о от для это как его она они мы был была были при до также но или же у я он а год "
    "года после сообщил сообщила заявил сказал который которые во со уже ее их если все бы только так",
    "uk": "і в на не що з по за до від для це як його вона вони ми був була були при також але або у я він та року після "
    "який які та й із про є",
    "be": "і ў на не што з па за да ад для гэта як яго яна яны мы быў была былі пры таксама але або у я ён года пасля які",
    "bg": "и в на не че с по от за до това как го тя те ние е са беше при също но или той ще се да след който които си",
    "kk": "және мен пен бен үшін бұл да де бір деп осы ол болып бойынша туралы еді соң екен бар жоқ қазақстан",
}
STOP_WORDS: dict[str, tuple[str, ...]] = {}
"""word → the languages it is a small word of."""
for _tag, _list in _WORDS.items():
    for _word in dict.fromkeys(_list.split()):
        STOP_WORDS[_word] = (*STOP_WORDS.get(_word, ()), _tag)

SMALL_WORDS_KNOWN = frozenset(_WORDS)
"""Languages whose small words are here."""
_RECOGNISED = (
    """az en ru fr de es ar zh tr uk fa kk be bg it pt nl id pl ro sv da no sr mk hu cs fi et lv lt hr sk sl el """
    """uz ky tg tk mn ms vi ur ps ckb ug hi ka hy he"""
)
RECOGNISED = frozenset(_RECOGNISED.split())
"""Languages a short text may be said to be in."""

ONE_LANGUAGE_SCRIPTS: dict[str, str] = {
    "Kana": "ja",
    "Hangul": "ko",
    "Hebrew": "he",
    "Greek": "el",
    "Armenian": "hy",
    "Georgian": "ka",
    "Thai": "th",
    "Han": "zh",
}
"""Scripts that settle the matter; kana before Han, since Japanese writes both."""

USUAL: dict[str, str] = {"Cyrillic": "ru", "Arabic": "ar", "Devanagari": "hi"}
"""The commonest language of a script, where nothing in the text says otherwise."""
