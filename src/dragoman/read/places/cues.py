"""Words beside a place's name that speak for it or against it, in our languages and some neighbours. Plain data."""

from dragoman.text.fold import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word.replace("_", " ")) for word in words.split())


WITHIN = _folded(
    "in from near outside around inside across в во из под à en dans près in aus nach en desde في у із unweit près"
)
"""What stands before a place and hardly before anything else that has a name."""
BEFORE = WITHIN | _folded(
    "to at into towards between through toward via "
    "близ около возле до через на к ко с со над за от между "
    "au aux de du d depuis vers pour entre "
    "bei von um nahe zwischen bis im "
    "de hacia a cerca hasta para entre por del al "
    "من إلى الى قرب نحو عبر بين على "
    "з до біля"
)
"""What stands before places and before people."""

KIND_WORDS = _folded(
    "city town village port province region district county capital state governorate municipality suburb island airport "
    "город города городе городу городом г поселок поселке село селе район районе столица столицы столице области регион порт порту "
    "ville villes village commune région province département capitale port île aéroport "
    "stadt gemeinde dorf region provinz kreis hauptstadt hafen insel ort "
    "ciudad localidad municipio provincia región capital estado departamento pueblo puerto isla "
    "şəhəri şəhərində şəhərinin şəhərinə şəhərindən rayonu rayonunda rayonunun rayonuna rayonundan kəndi kəndində qəsəbəsi qəsəbəsində paytaxtı "
    "مدينة محافظة بلدة قرية منطقة ولاية إقليم ميناء العاصمة بمدينة ومدينة لمدينة بمحافظة بولاية مقاطعة بلدية ضاحية "
)
"""City of, город, مدينة: what follows (or in Azerbaijani, precedes) is a place, however little known."""
HAN_KINDS = "市省县州区镇村岛國国"
BEFORE_HAN = "在于从到抵赴往至由访驻"

GIVEN_NAMES = _folded(
    "maurice leslie tyler brent wayne gary norman elizabeth adam howard vladimir wladimir wladimir paris jordan chad georgia sydney austin florence madison israel chelsea brooklyn dallas houston kenya india asia savannah "
    "carolina virginia sofia vienna victoria alexandria lourdes valencia jackson lincoln denver milan roman adelaide charlotte "
    "montana dakota troy lancaster santiago diego cristobal salvador jose carlos felix francisco orlando phoenix hamilton nelson "
    "bristol chester lauren regina marsala carmen mercedes trinidad dolores angel florida santa leon guadalupe rosario belen "
    "владимир киров роман адлер аслан владимира владимиру владимиром марсель милан авель виктория тимур "
    "aslan yevlax bakir fuzuli nizami nəsimi xətai sabir samir turan yasamal füzuli "
    "louis pierre martin bernard vincent claude "
)
"""Names of places that are also given names: a name that follows makes a person of them."""
SURNAMES = _folded(
    "washington jordan london lincoln jackson cleveland houston hamilton wellington melbourne nelson kingston churchill berlin "
    "wien hamburg frank brandenburg madrid medina valencia toledo zamora cordoba barcelona leon burgos soria avila cuenca "
    "kent york lancaster bedford windsor clinton warren trump bush carter ford fords reagan kennedy livingston murphy perry wayne graham anderson holt rowlett sanford middleton howard baldwin montgomery mendoza rosenberg morales leslie kim tyler bolton brent  johnson wilson adams madison monroe "
    "columbus sheffield bradford preston burton ashton milton norman stanford carson arlington pasadena perth dover "
    "киров калинин жуков пушкин королев энгельс фрунзе горький ленин сталин волжский невский донской "
    "aliyev nizami nesimi xetai lyon nice paris dijon orleans chartres bourges milan roma romano napoli israel chad"
)
"""Names of places that are also family names: a name that goes before makes a person of them."""
TITLES = _folded(
    "mr mrs ms miss dr prof sir lady lord herr frau madame monsieur mme mlle señor señora sr sra don doña г-н г-жа bay bəy xanım cənab m"
)
"""A name that follows is a person's."""
GOES_BEFORE = _folded(
    "the north south east west northern southern eastern western central greater upper lower downtown inner outer mid "
    "nord süd ost west nord-est sud est ouest norte sur este oeste centro "
    "северный южный восточный западный центральный "
    "city port mount lake river president minister mayor governor king prince pope ambassador university monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september october november december"
)
"""Capitalised words before a place that make no person of it."""
