"""Countries as datelines name them, in eight languages: code, then the names (Unicode CLDR 47, territories)."""

COUNTRY_NAMES = """
AC Ascension Island|Askenson adası|о-в Вознесения|Île de l’Ascension|Ascension|Isla de la Ascensión|جزيرة أسينشيون|阿森松岛
AD Andorra|Андорра|Andorre|أندورا|安道尔
AE United Arab Emirates|Birləşmiş Ərəb Əmirlikləri|ОАЭ|Émirats arabes unis|Vereinigte Arabische Emirate|Emiratos Árabes Unidos|الإمارات العربية المتحدة|阿拉伯联合酋长国
AF Afghanistan|Əfqanıstan|Афганистан|Afganistán|أفغانستان|阿富汗
AG Antigua & Barbuda|Antiqua və Barbuda|Антигуа и Барбуда|Antigua-et-Barbuda|Antigua und Barbuda|Antigua y Barbuda|أنتيغوا وبربودا|安提瓜和巴布达
AI Anguilla|Angilya|Ангилья|Anguila|أنغويلا|安圭拉
AL Albania|Albaniya|Албания|Albanie|Albanien|ألبانيا|阿尔巴尼亚
AM Armenia|Ermənistan|Армения|Arménie|Armenien|أرمينيا|亚美尼亚
AO Angola|Anqola|Ангола|أنغولا|安哥拉
AQ Antarctica|Antarktika|Антарктида|Antarctique|Antarktis|Antártida|أنتاركتيكا|南极洲
AR Argentina|Аргентина|Argentine|Argentinien|الأرجنتين|阿根廷
AS American Samoa|Amerika Samoası|Американское Самоа|Samoa américaines|Amerikanisch-Samoa|Samoa Americana|ساموا الأمريكية|美属萨摩亚
AT Austria|Avstriya|Австрия|Autriche|Österreich|النمسا|奥地利
AU Australia|Avstraliya|Австралия|Australie|Australien|أستراليا|澳大利亚
AW Aruba|Аруба|أروبا|阿鲁巴
AX Åland Islands|Aland adaları|Аландские о-ва|Îles Åland|Ålandinseln|Islas Aland|جزر آلاند|奥兰群岛
AZ Azerbaijan|Azərbaycan|Азербайджан|Azerbaïdjan|Aserbaidschan|Azerbaiyán|أذربيجان|阿塞拜疆
BA Bosnia & Herzegovina|Bosniya və Herseqovina|Босния и Герцеговина|Bosnie-Herzégovine|Bosnien und Herzegowina|Bosnia y Herzegovina|البوسنة والهرسك|波斯尼亚和黑塞哥维那
BB Barbados|Барбадос|Barbade|بربادوس|巴巴多斯
BD Bangladesh|Banqladeş|Бангладеш|Bangladesch|Bangladés|بنغلاديش|孟加拉国
BE Belgium|Belçika|Бельгия|Belgique|Belgien|Bélgica|بلجيكا|比利时
BF Burkina Faso|Буркина-Фасо|بوركينا فاسو|布基纳法索
BG Bulgaria|Bolqarıstan|Болгария|Bulgarie|Bulgarien|بلغاريا|保加利亚
BH Bahrain|Bəhreyn|Бахрейн|Bahreïn|Baréin|البحرين|巴林
BI Burundi|Бурунди|بوروندي|布隆迪
BJ Benin|Бенин|Bénin|Benín|بنين|贝宁
BL St. Barthélemy|Sent-Bartelemi|Сен-Бартелеми|Saint-Barthélemy|San Bartolomé|سان بارتليمي|圣巴泰勒米
BM Bermuda|Bermud adaları|Бермудские о-ва|Bermudes|Bermudas|برمودا|百慕大
BN Brunei|Bruney|Бруней|Brunei Darussalam|Brunéi|بروناي|文莱
BO Bolivia|Boliviya|Боливия|Bolivie|Bolivien|بوليفيا|玻利维亚
BQ Caribbean Netherlands|Karib Niderlandı|Бонэйр, Синт-Эстатиус и Саба|Pays-Bas caribéens|Karibische Niederlande|Caribe neerlandés|هولندا الكاريبية|荷属加勒比区
BR Brazil|Braziliya|Бразилия|Brésil|Brasilien|Brasil|البرازيل|巴西
BS Bahamas|Baham adaları|Багамы|جزر البهاما|巴哈马
BT Bhutan|Butan|Бутан|Bhoutan|Bután|بوتان|不丹
BV Bouvet Island|Buve adası|о-в Буве|Île Bouvet|Bouvetinsel|Isla Bouvet|جزيرة بوفيه|布韦岛
BW Botswana|Botsvana|Ботсвана|Botsuana|بوتسوانا|博茨瓦纳
BY Belarus|Беларусь|Biélorussie|Bielorrusia|بيلاروس|白俄罗斯
BZ Belize|Beliz|Белиз|Belice|بليز|伯利兹
CA Canada|Kanada|Канада|Canadá|كندا|加拿大
CC Cocos (Keeling) Islands|Kokos (Kilinq) adaları|Кокосовые о-ва|Îles Cocos|Kokosinseln|Islas Cocos|جزر كوكوس (كيلينغ)|科科斯（基林）群岛
CD Congo - Kinshasa|Konqo - Kinşasa|Конго - Киншаса|Congo-Kinshasa|Kongo-Kinshasa|República Democrática del Congo|الكونغو - كينشاسا|刚果（金）
CF Central African Republic|Mərkəzi Afrika Respublikası|Центрально-Африканская Республика|République centrafricaine|Zentralafrikanische Republik|República Centroafricana|جمهورية أفريقيا الوسطى|中非共和国
CG Congo - Brazzaville|Konqo - Brazzavil|Конго - Браззавиль|Congo-Brazzaville|Kongo-Brazzaville|Congo|الكونغو - برازافيل|刚果（布）
CH Switzerland|İsveçrə|Швейцария|Suisse|Schweiz|Suiza|سويسرا|瑞士
CI Côte d’Ivoire|Kotd’ivuar|Кот-д’Ивуар|ساحل العاج|科特迪瓦
CK Cook Islands|Kuk adaları|о-ва Кука|Îles Cook|Cookinseln|Islas Cook|جزر كوك|库克群岛
CL Chile|Çili|Чили|Chili|تشيلي|智利
CM Cameroon|Kamerun|Камерун|Cameroun|Camerún|الكاميرون|喀麦隆
CN China|Çin|Китай|Chine|الصين|中国
CO Colombia|Kolumbiya|Колумбия|Colombie|Kolumbien|كولومبيا|哥伦比亚
CP Clipperton Island|Klipperton adası|о-в Клиппертон|Île Clipperton|Clipperton-Insel|Isla Clipperton|جزيرة كليبيرتون|克利珀顿岛
CQ Sark
CR Costa Rica|Kosta Rika|Коста-Рика|كوستاريكا|哥斯达黎加
CU Cuba|Kuba|Куба|كوبا|古巴
CV Cape Verde|Kabo-Verde|Кабо-Верде|Cap-Vert|Cabo Verde|الرأس الأخضر|佛得角
CW Curaçao|Kurasao|Кюрасао|Curazao|كوراساو|库拉索
CX Christmas Island|Milad adası|о-в Рождества|Île Christmas|Weihnachtsinsel|Isla de Navidad|جزيرة كريسماس|圣诞岛
CY Cyprus|Kipr|Кипр|Chypre|Zypern|Chipre|قبرص|塞浦路斯
CZ Czechia|Çexiya|Чехия|Tchéquie|Tschechien|Chequia|التشيك|捷克
DE Germany|Almaniya|Германия|Allemagne|Deutschland|Alemania|ألمانيا|德国
DG Diego Garcia|Dieqo Qarsiya|Диего-Гарсия|Diego García|دييغو غارسيا|迪戈加西亚岛
DJ Djibouti|Cibuti|Джибути|Dschibuti|Yibuti|جيبوتي|吉布提
DK Denmark|Danimarka|Дания|Danemark|Dänemark|Dinamarca|الدانمرك|丹麦
DM Dominica|Dominika|Доминика|Dominique|دومينيكا|多米尼克
DO Dominican Republic|Dominikan Respublikası|Доминиканская Республика|République dominicaine|Dominikanische Republik|República Dominicana|جمهورية الدومينيكان|多米尼加共和国
DZ Algeria|Əlcəzair|Алжир|Algérie|Algerien|Argelia|الجزائر|阿尔及利亚
EA Ceuta & Melilla|Seuta və Melilya|Сеута и Мелилья|Ceuta et Melilla|Ceuta und Melilla|Ceuta y Melilla|سيوتا وميليلا|休达及梅利利亚
EC Ecuador|Ekvador|Эквадор|Équateur|الإكوادور|厄瓜多尔
EE Estonia|Estoniya|Эстония|Estonie|Estland|إستونيا|爱沙尼亚
EG Egypt|Misir|Египет|Égypte|Ägypten|Egipto|مصر|埃及
EH Western Sahara|Qərbi Saxara|Западная Сахара|Sahara occidental|Westsahara|Sáhara Occidental|الصحراء الغربية|西撒哈拉
ER Eritrea|Eritreya|Эритрея|Érythrée|إريتريا|厄立特里亚
ES Spain|İspaniya|Испания|Espagne|Spanien|España|إسبانيا|西班牙
ET Ethiopia|Efiopiya|Эфиопия|Éthiopie|Äthiopien|Etiopía|إثيوبيا|埃塞俄比亚
FI Finland|Finlandiya|Финляндия|Finlande|Finnland|Finlandia|فنلندا|芬兰
FJ Fiji|Fici|Фиджи|Fidji|Fidschi|Fiyi|فيجي|斐济
FK Falkland Islands|Folklend adaları|Фолклендские о-ва|Îles Malouines|Falklandinseln|Islas Malvinas|جزر فوكلاند|福克兰群岛
FM Micronesia|Mikroneziya|Федеративные Штаты Микронезии|Micronésie|Mikronesien|ميكرونيزيا|密克罗尼西亚
FO Faroe Islands|Farer adaları|Фарерские о-ва|Îles Féroé|Färöer|Islas Feroe|جزر فارو|法罗群岛
FR France|Fransa|Франция|Frankreich|Francia|فرنسا|法国
GA Gabon|Qabon|Габон|Gabun|Gabón|الغابون|加蓬
GB United Kingdom|Birləşmiş Krallıq|Великобритания|Royaume-Uni|Vereinigtes Königreich|Reino Unido|المملكة المتحدة|英国
GD Grenada|Qrenada|Гренада|Grenade|Granada|غرينادا|格林纳达
GE Georgia|Gürcüstan|Грузия|Géorgie|Georgien|جورجيا|格鲁吉亚
GF French Guiana|Fransa Qvianası|Французская Гвиана|Guyane française|Französisch-Guayana|Guayana Francesa|غويانا الفرنسية|法属圭亚那
GG Guernsey|Gernsi|Гернси|Guernesey|غيرنزي|根西岛
GH Ghana|Qana|Гана|غانا|加纳
GI Gibraltar|Cəbəllütariq|Гибралтар|جبل طارق|直布罗陀
GL Greenland|Qrenlandiya|Гренландия|Groenland|Grönland|Groenlandia|غرينلاند|格陵兰
GM Gambia|Qambiya|Гамбия|Gambie|غامبيا|冈比亚
GN Guinea|Qvineya|Гвинея|Guinée|غينيا|几内亚
GP Guadeloupe|Qvadelupa|Гваделупа|Guadalupe|غوادلوب|瓜德罗普
GQ Equatorial Guinea|Ekvatorial Qvineya|Экваториальная Гвинея|Guinée équatoriale|Äquatorialguinea|Guinea Ecuatorial|غينيا الاستوائية|赤道几内亚
GR Greece|Yunanıstan|Греция|Grèce|Griechenland|Grecia|اليونان|希腊
GS South Georgia & South Sandwich Islands|Cənubi Corciya və Cənubi Sendviç adaları|Южная Георгия и Южные Сандвичевы о-ва|Géorgie du Sud-et-les Îles Sandwich du Sud|Südgeorgien und die Südlichen Sandwichinseln|Islas Georgia del Sur y Sandwich del Sur|جورجيا الجنوبية وجزر ساندويتش الجنوبية|南乔治亚和南桑威奇群岛
GT Guatemala|Qvatemala|Гватемала|غواتيمالا|危地马拉
GU Guam|Quam|Гуам|غوام|关岛
GW Guinea-Bissau|Qvineya-Bisau|Гвинея-Бисау|Guinée-Bissau|Guinea-Bisáu|غينيا بيساو|几内亚比绍
GY Guyana|Qayana|Гайана|غيانا|圭亚那
HK Hong Kong SAR China|Honq Konq Xüsusi İnzibati Rayonu Çin|Гонконг (САР)|R.A.S. chinoise de Hong Kong|Sonderverwaltungsregion Hongkong|RAE de Hong Kong (China)|هونغ كونغ الصينية (منطقة إدارية خاصة)|中国香港特别行政区
HM Heard & McDonald Islands|Herd və Makdonald adaları|о-ва Херд и Макдональд|Îles Heard-et-MacDonald|Heard und McDonaldinseln|Islas Heard y McDonald|جزيرة هيرد وجزر ماكدونالد|赫德岛和麦克唐纳群岛
HN Honduras|Гондурас|هندوراس|洪都拉斯
HR Croatia|Xorvatiya|Хорватия|Croatie|Kroatien|Croacia|كرواتيا|克罗地亚
HT Haiti|Гаити|Haïti|Haití|هايتي|海地
HU Hungary|Macarıstan|Венгрия|Hongrie|Ungarn|Hungría|هنغاريا|匈牙利
IC Canary Islands|Kanar adaları|Канарские о-ва|Îles Canaries|Kanarische Inseln|Canarias|جزر الكناري|加纳利群岛
ID Indonesia|İndoneziya|Индонезия|Indonésie|Indonesien|إندونيسيا|印度尼西亚
IE Ireland|İrlandiya|Ирландия|Irlande|Irland|Irlanda|أيرلندا|爱尔兰
IL Israel|İsrail|Израиль|Israël|إسرائيل|以色列
IM Isle of Man|Men adası|о-в Мэн|Île de Man|Isla de Man|جزيرة مان|马恩岛
IN India|Hindistan|Индия|Inde|Indien|الهند|印度
IO British Indian Ocean Territory|Britaniyanın Hind Okeanı Ərazisi|Британская территория в Индийском океане|Territoire britannique de l’océan Indien|Britisches Territorium im Indischen Ozean|Territorio Británico del Océano Índico|الإقليم البريطاني في المحيط الهندي|英属印度洋领地
IQ Iraq|İraq|Ирак|Irak|العراق|伊拉克
IR Iran|İran|Иран|Irán|إيران|伊朗
IS Iceland|İslandiya|Исландия|Islande|Island|Islandia|آيسلندا|冰岛
IT Italy|İtaliya|Италия|Italie|Italien|Italia|إيطاليا|意大利
JE Jersey|Cersi|Джерси|جيرسي|泽西岛
JM Jamaica|Yamayka|Ямайка|Jamaïque|Jamaika|جامايكا|牙买加
JO Jordan|İordaniya|Иордания|Jordanie|Jordanien|Jordania|الأردن|约旦
JP Japan|Yaponiya|Япония|Japon|Japón|اليابان|日本
KE Kenya|Keniya|Кения|Kenia|كينيا|肯尼亚
KG Kyrgyzstan|Qırğızıstan|Киргизия|Kirghizstan|Kirgisistan|Kirguistán|قيرغيزستان|吉尔吉斯斯坦
KH Cambodia|Kamboca|Камбоджа|Cambodge|Kambodscha|Camboya|كمبوديا|柬埔寨
KI Kiribati|Кирибати|كيريباتي|基里巴斯
KM Comoros|Komor adaları|Коморы|Comores|Komoren|Comoras|جزر القمر|科摩罗
KN St. Kitts & Nevis|Sent-Kits və Nevis|Сент-Китс и Невис|Saint-Christophe-et-Niévès|St. Kitts und Nevis|San Cristóbal y Nieves|سانت كيتس ونيفيس|圣基茨和尼维斯
KP North Korea|Şimali Koreya|КНДР|Corée du Nord|Nordkorea|Corea del Norte|كوريا الشمالية|朝鲜
KR South Korea|Cənubi Koreya|Республика Корея|Corée du Sud|Südkorea|Corea del Sur|كوريا الجنوبية|韩国
KW Kuwait|Küveyt|Кувейт|Koweït|الكويت|科威特
KY Cayman Islands|Kayman adaları|о-ва Кайман|Îles Caïmans|Kaimaninseln|Islas Caimán|جزر كايمان|开曼群岛
KZ Kazakhstan|Qazaxıstan|Казахстан|Kasachstan|Kazajistán|كازاخستان|哈萨克斯坦
LA Laos|Лаос|لاوس|老挝
LB Lebanon|Livan|Ливан|Liban|Libanon|Líbano|لبنان|黎巴嫩
LC St. Lucia|Sent-Lusiya|Сент-Люсия|Sainte-Lucie|Santa Lucía|سانت لوسيا|圣卢西亚
LI Liechtenstein|Lixtenşteyn|Лихтенштейн|ليختنشتاين|列支敦士登
LK Sri Lanka|Şri-Lanka|Шри-Ланка|سريلانكا|斯里兰卡
LR Liberia|Liberiya|Либерия|ليبيريا|利比里亚
LS Lesotho|Lesoto|Лесото|ليسوتو|莱索托
LT Lithuania|Litva|Литва|Lituanie|Litauen|Lituania|ليتوانيا|立陶宛
LU Luxembourg|Lüksemburq|Люксембург|Luxemburg|Luxemburgo|لوكسمبورغ|卢森堡
LV Latvia|Latviya|Латвия|Lettonie|Lettland|Letonia|لاتفيا|拉脱维亚
LY Libya|Liviya|Ливия|Libye|Libyen|Libia|ليبيا|利比亚
MA Morocco|Mərakeş|Марокко|Maroc|Marokko|Marruecos|المغرب|摩洛哥
MC Monaco|Monako|Монако|Mónaco|موناكو|摩纳哥
MD Moldova|Молдова|Moldavie|Republik Moldau|Moldavia|مولدوفا|摩尔多瓦
ME Montenegro|Monteneqro|Черногория|Monténégro|الجبل الأسود|黑山
MF St. Martin|Sent Martin|Сен-Мартен|Saint-Martin|San Martín|سان مارتن|法属圣马丁
MG Madagascar|Madaqaskar|Мадагаскар|Madagaskar|مدغشقر|马达加斯加
MH Marshall Islands|Marşal adaları|Маршалловы о-ва|Îles Marshall|Marshallinseln|Islas Marshall|جزر مارشال|马绍尔群岛
MK North Macedonia|Şimali Makedoniya|Северная Македония|Macédoine du Nord|Nordmazedonien|Macedonia del Norte|مقدونيا الشمالية|北马其顿
ML Mali|Мали|مالي|马里
MM Myanmar (Burma)|Myanma|Мьянма (Бирма)|Myanmar (Birmanie)|Myanmar|Myanmar (Birmania)|ميانمار (بورما)|缅甸
MN Mongolia|Monqolustan|Монголия|Mongolie|Mongolei|منغوليا|蒙古
MO Macao SAR China|Makao XİR Çin|Макао (САР)|R.A.S. chinoise de Macao|Sonderverwaltungsregion Macau|RAE de Macao (China)|منطقة ماكاو الإدارية الخاصة|中国澳门特别行政区
MP Northern Mariana Islands|Şimali Marian adaları|Северные Марианские о-ва|Îles Mariannes du Nord|Nördliche Marianen|Islas Marianas del Norte|جزر ماريانا الشمالية|北马里亚纳群岛
MQ Martinique|Martinik|Мартиника|Martinica|جزر المارتينيك|马提尼克
MR Mauritania|Mavritaniya|Мавритания|Mauritanie|Mauretanien|موريتانيا|毛里塔尼亚
MS Montserrat|Monserat|Монтсеррат|مونتسرات|蒙特塞拉特
MT Malta|Мальта|Malte|مالطا|马耳他
MU Mauritius|Mavriki|Маврикий|Maurice|Mauricio|موريشيوس|毛里求斯
MV Maldives|Maldiv adaları|Мальдивы|Malediven|Maldivas|جزر المالديف|马尔代夫
MW Malawi|Malavi|Малави|Malaui|ملاوي|马拉维
MX Mexico|Meksika|Мексика|Mexique|Mexiko|México|المكسيك|墨西哥
MY Malaysia|Malayziya|Малайзия|Malaisie|Malasia|ماليزيا|马来西亚
MZ Mozambique|Mozambik|Мозамбик|Mosambik|موزمبيق|莫桑比克
NA Namibia|Namibiya|Намибия|Namibie|ناميبيا|纳米比亚
NC New Caledonia|Yeni Kaledoniya|Новая Каледония|Nouvelle-Calédonie|Neukaledonien|Nueva Caledonia|كاليدونيا الجديدة|新喀里多尼亚
NE Niger|Нигер|Níger|النيجر|尼日尔
NF Norfolk Island|Norfolk adası|о-в Норфолк|Île Norfolk|Norfolkinsel|Isla Norfolk|جزيرة نورفولك|诺福克岛
NG Nigeria|Nigeriya|Нигерия|نيجيريا|尼日利亚
NI Nicaragua|Nikaraqua|Никарагуа|نيكاراغوا|尼加拉瓜
NL Netherlands|Niderland|Нидерланды|Pays-Bas|Niederlande|Países Bajos|هولندا|荷兰
NO Norway|Norveç|Норвегия|Norvège|Norwegen|Noruega|النرويج|挪威
NP Nepal|Непал|Népal|نيبال|尼泊尔
NR Nauru|Науру|ناورو|瑙鲁
NU Niue|Ниуэ|نيوي|纽埃
NZ New Zealand|Yeni Zelandiya|Новая Зеландия|Nouvelle-Zélande|Neuseeland|Nueva Zelanda|نيوزيلندا|新西兰
OM Oman|Оман|Omán|عُمان|阿曼
PA Panama|Панама|Panamá|بنما|巴拿马
PE Peru|Перу|Pérou|Perú|بيرو|秘鲁
PF French Polynesia|Fransa Polineziyası|Французская Полинезия|Polynésie française|Französisch-Polynesien|Polinesia Francesa|بولينيزيا الفرنسية|法属波利尼西亚
PG Papua New Guinea|Papua-Yeni Qvineya|Папуа — Новая Гвинея|Papouasie-Nouvelle-Guinée|Papua-Neuguinea|Papúa Nueva Guinea|بابوا غينيا الجديدة|巴布亚新几内亚
PH Philippines|Filippin|Филиппины|Philippinen|Filipinas|الفلبين|菲律宾
PK Pakistan|Пакистан|Pakistán|باكستان|巴基斯坦
PL Poland|Polşa|Польша|Pologne|Polen|Polonia|بولندا|波兰
PM St. Pierre & Miquelon|Müqəddəs Pyer və Mikelon|Сен-Пьер и Микелон|Saint-Pierre-et-Miquelon|St. Pierre und Miquelon|San Pedro y Miquelón|سان بيير ومكويلون|圣皮埃尔和密克隆群岛
PN Pitcairn Islands|Pitkern adaları|о-ва Питкэрн|Îles Pitcairn|Pitcairninseln|Islas Pitcairn|جزر بيتكيرن|皮特凯恩群岛
PR Puerto Rico|Puerto Riko|Пуэрто-Рико|Porto Rico|بورتوريكو|波多黎各
PS Palestinian Territories|Fələstin Əraziləri|Палестинские территории|Territoires palestiniens|Palästinensische Autonomiegebiete|Territorios Palestinos|الأراضي الفلسطينية|巴勒斯坦领土
PT Portugal|Portuqaliya|Португалия|البرتغال|葡萄牙
PW Palau|Палау|Palaos|بالاو|帕劳
PY Paraguay|Paraqvay|Парагвай|باراغواي|巴拉圭
QA Qatar|Qətər|Катар|Katar|Catar|قطر|卡塔尔
RE Réunion|Reyunyon|Реюньон|La Réunion|Reunión|روينيون|留尼汪
RO Romania|Rumıniya|Румыния|Roumanie|Rumänien|Rumanía|رومانيا|罗马尼亚
RS Serbia|Serbiya|Сербия|Serbie|Serbien|صربيا|塞尔维亚
RU Russia|Rusiya|Россия|Russie|Russland|Rusia|روسيا|俄罗斯
RW Rwanda|Ruanda|Руанда|رواندا|卢旺达
SA Saudi Arabia|Səudiyyə Ərəbistanı|Саудовская Аравия|Arabie saoudite|Saudi-Arabien|Arabia Saudí|المملكة العربية السعودية|沙特阿拉伯
SB Solomon Islands|Solomon adaları|Соломоновы о-ва|Îles Salomon|Salomonen|Islas Salomón|جزر سليمان|所罗门群岛
SC Seychelles|Seyşel adaları|Сейшельские о-ва|Seychellen|سيشل|塞舌尔
SD Sudan|Судан|Soudan|Sudán|السودان|苏丹
SE Sweden|İsveç|Швеция|Suède|Schweden|Suecia|السويد|瑞典
SG Singapore|Sinqapur|Сингапур|Singapour|Singapur|سنغافورة|新加坡
SH St. Helena|Müqəddəs Yelena|о-в Св. Елены|Sainte-Hélène|Santa Elena|سانت هيلينا|圣赫勒拿
SI Slovenia|Sloveniya|Словения|Slovénie|Slowenien|Eslovenia|سلوفينيا|斯洛文尼亚
SJ Svalbard & Jan Mayen|Svalbard və Yan-Mayen|Шпицберген и Ян-Майен|Svalbard et Jan Mayen|Spitzbergen und Jan Mayen|Svalbard y Jan Mayen|سفالبارد وجان ماين|斯瓦尔巴和扬马延
SK Slovakia|Slovakiya|Словакия|Slovaquie|Slowakei|Eslovaquia|سلوفاكيا|斯洛伐克
SL Sierra Leone|Syerra-Leone|Сьерра-Леоне|Sierra Leona|سيراليون|塞拉利昂
SM San Marino|San-Marino|Сан-Марино|Saint-Marin|سان مارينو|圣马力诺
SN Senegal|Seneqal|Сенегал|Sénégal|السنغال|塞内加尔
SO Somalia|Somali|Сомали|Somalie|الصومال|索马里
SR Suriname|Surinam|Суринам|سورينام|苏里南
SS South Sudan|Cənubi Sudan|Южный Судан|Soudan du Sud|Südsudan|Sudán del Sur|جنوب السودان|南苏丹
ST São Tomé & Príncipe|San-Tome və Prinsipi|Сан-Томе и Принсипи|Sao Tomé-et-Principe|São Tomé und Príncipe|Santo Tomé y Príncipe|ساو تومي وبرينسيبي|圣多美和普林西比
SV El Salvador|Salvador|Сальвадор|السلفادور|萨尔瓦多
SX Sint Maarten|Sint-Marten|Синт-Мартен|Saint-Martin (partie néerlandaise)|سانت مارتن|荷属圣马丁
SY Syria|Suriya|Сирия|Syrie|Syrien|Siria|سوريا|叙利亚
SZ Eswatini|Esvatini|Эсватини|Esuatini|إسواتيني|斯威士兰
TA Tristan da Cunha|Tristan da Kunya|Тристан-да-Кунья|Tristán de Acuña|تريستان دا كونا|特里斯坦-达库尼亚群岛
TC Turks & Caicos Islands|Törks və Kaykos adaları|Тёркс и Кайкос|Îles Turques-et-Caïques|Turks- und Caicosinseln|Islas Turcas y Caicos|جزر توركس وكايكوس|特克斯和凯科斯群岛
TD Chad|Çad|Чад|Tchad|Tschad|تشاد|乍得
TF French Southern Territories|Fransanın Cənub Əraziləri|Французские Южные территории|Terres australes françaises|Französische Süd- und Antarktisgebiete|Territorios Australes Franceses|الأقاليم الجنوبية الفرنسية|法属南部领地
TG Togo|Toqo|Того|توغو|多哥
TH Thailand|Tailand|Таиланд|Thaïlande|Tailandia|تايلاند|泰国
TJ Tajikistan|Tacikistan|Таджикистан|Tadjikistan|Tadschikistan|Tayikistán|طاجيكستان|塔吉克斯坦
TK Tokelau|Токелау|توكيلاو|托克劳
TL Timor-Leste|Şərqi Timor|Восточный Тимор|Timor oriental|تيمور - ليشتي|东帝汶
TM Turkmenistan|Türkmənistan|Туркменистан|Turkménistan|Turkmenistán|تركمانستان|土库曼斯坦
TN Tunisia|Tunis|Тунис|Tunisie|Tunesien|Túnez|تونس|突尼斯
TO Tonga|Tonqa|Тонга|تونغا|汤加
TR Türkiye|Türkiyə|Турция|Turquie|Türkei|Turquía|تركيا|土耳其
TT Trinidad & Tobago|Trinidad və Tobaqo|Тринидад и Тобаго|Trinité-et-Tobago|Trinidad und Tobago|Trinidad y Tobago|ترينيداد وتوباغو|特立尼达和多巴哥
TV Tuvalu|Тувалу|توفالو|图瓦卢
TW Taiwan|Tayvan|Тайвань|Taïwan|Taiwán|تايوان|台湾
TZ Tanzania|Tanzaniya|Танзания|Tanzanie|Tansania|تنزانيا|坦桑尼亚
UA Ukraine|Ukrayna|Украина|Ucrania|أوكرانيا|乌克兰
UG Uganda|Uqanda|Уганда|Ouganda|أوغندا|乌干达
UM U.S. Outlying Islands|ABŞ-a bağlı kiçik adacıqlar|Внешние малые о-ва (США)|Îles mineures éloignées des États-Unis|Amerikanische Überseeinseln|Islas menores alejadas de EE. UU.|جزر الولايات المتحدة النائية|美国本土外小岛屿
US United States|Amerika Birləşmiş Ştatları|Соединенные Штаты|États-Unis|Vereinigte Staaten|Estados Unidos|الولايات المتحدة|美国
UY Uruguay|Uruqvay|Уругвай|أورغواي|乌拉圭
UZ Uzbekistan|Özbəkistan|Узбекистан|Ouzbékistan|Usbekistan|Uzbekistán|أوزبكستان|乌兹别克斯坦
VA Vatican City|Vatikan|Ватикан|État de la Cité du Vatican|Vatikanstadt|Ciudad del Vaticano|الفاتيكان|梵蒂冈
VC St. Vincent & Grenadines|Sent-Vinsent və Qrenadinlər|Сент-Винсент и Гренадины|Saint-Vincent-et-les Grenadines|St. Vincent und die Grenadinen|San Vicente y las Granadinas|سانت فنسنت وجزر غرينادين|圣文森特和格林纳丁斯
VE Venezuela|Venesuela|Венесуэла|فنزويلا|委内瑞拉
VG British Virgin Islands|Britaniyanın Virgin adaları|Виргинские о-ва (Великобритания)|Îles Vierges britanniques|Britische Jungferninseln|Islas Vírgenes Británicas|جزر فيرجن البريطانية|英属维尔京群岛
VI U.S. Virgin Islands|ABŞ Virgin adaları|Виргинские о-ва (США)|Îles Vierges des États-Unis|Amerikanische Jungferninseln|Islas Vírgenes de EE. UU.|جزر فيرجن الأمريكية|美属维尔京群岛
VN Vietnam|Vyetnam|Вьетнам|Viêt Nam|فيتنام|越南
VU Vanuatu|Вануату|فانواتو|瓦努阿图
WF Wallis & Futuna|Uollis və Futuna|Уоллис и Футуна|Wallis-et-Futuna|Wallis und Futuna|Wallis y Futuna|جزر والس وفوتونا|瓦利斯和富图纳
WS Samoa|Самоа|ساموا|萨摩亚
XK Kosovo|Косово|كوسوفو|科索沃
YE Yemen|Yəmən|Йемен|Yémen|Jemen|اليمن|也门
YT Mayotte|Mayot|Майотта|مايوت|马约特
ZA South Africa|Cənub Afrika|Южно-Африканская Республика|Afrique du Sud|Südafrika|Sudáfrica|جنوب أفريقيا|南非
ZM Zambia|Zambiya|Замбия|Zambie|Sambia|زامبيا|赞比亚
ZW Zimbabwe|Zimbabve|Зимбабве|Simbabwe|Zimbabue|زيمبابوي|津巴布韦
"""
