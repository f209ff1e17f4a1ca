"""Cities that stand in datelines, as they are written in our eight languages, by country (ISO 3166-1 alpha-2).

A city's spellings are parted by ``|``, cities by `` / ``. Our own list, filled up with the city names of Unicode CLDR.
"""

CITY_NAMES = """
AD Andorra la Vella / Andorra|Андорра|Andorre|أندورا|安道尔
AE Abu Dhabi|Abu-Dabi|Abou Dhabi|Abou Dabi|Abu Dabi|Абу-Даби|أبوظبي|أبو ظبي|阿布扎比 / Dubai|Dubay|Дубай|دبي|迪拜 / Sharjah|Шарджа|الشارقة|沙迦 / Ajman|عجمان / Fujairah|الفجيرة / Al Ain|العين
AF Kabul|Kabil|Kaboul|Кабул|كابل|كابول|喀布尔 / Kandahar|قندهار
AG Antigua|Antiqua|Антигуа|أنتيغوا|安提瓜
AI Anguilla|Angilya|Ангилья|Anguila|أنغويلا|安圭拉
AL Tirana|Tiran|Тирана|تيرانا|地拉那 / Tirane
AM Yerevan|İrəvan|Erevan|Erivan|Eriwan|Jerewan|Ереван|يريفان|埃里温 / Gyumri|Гюмри
AO Luanda|Луанда|罗安达 / لواندا
AR Buenos Aires|Buenos-Ayres|Буэнос-Айрес|بوينس آيرس|布宜诺斯艾利斯 / La Rioja|Rioxa|Ла-Риоха|لا ريوجا|拉里奥哈 / Rio Gallegos|Rio Qalyeqos|Рио-Гальегос|ريو جالييوس|里奥加耶戈斯 / Salta|Сальта|سالطا|萨尔塔 / San Xuan|Сан-Хуан|سان خوان|圣胡安 / San Luis|Сан-Луис|سان لويس|圣路易斯 / Tucuman|Tukuman|Тукуман|تاكمان|图库曼 / Ushuaia|Uşuaya|Ушуая|أشوا|乌斯怀亚
AS Pago Pago|Paqo Paqo|Паго-Паго|باغو باغو|帕果帕果
AT Vienna|Vyana|Vienne|Wien|Viena|Вена|فيينا|维也纳 / Salzburg|Salzbourg|Зальцбург / Graz|Грац / Linz|Линц / Innsbruck|Инсбрук
AU Canberra|Kanberra|Канберра|كانبرا|堪培拉 / Sydney|Sidney|Сидней|سيدني|悉尼 / Melbourne|Melburn|Мельбурн|ملبورن|墨尔本 / Brisbane|Брисбен|布里斯班 / Perth|Перт|珀斯 / Adelaide|Adelaida|Аделаида|أديليد|阿德莱德 / Brisbeyn|برسيبان / Broken Hill|Брокен-Хилл|بروكن هيل|布罗肯希尔 / Darwin|Darvin|Дарвин|دارون|达尔文 / Eucla|Yukla|Юкла|أوكلا|尤克拉 / Hobart|Хобарт|هوبارت|霍巴特 / Lindeman|Линдеман|ليندمان|林德曼 / Lord Howe Island|Lord Hau|Лорд-Хау|لورد هاو|豪勋爵岛 / ميلبورن / Pert|برثا
AW Aruba|Аруба|أروبا|阿鲁巴
AX Mariehamn|Mariham|Мариехамн|ماريهامن|玛丽港
AZ Bakı|Bakou|БАКУ|باكو / Ganja|Gəncə|Gandja|Gandscha|Гянджа|گنجة|غنجة|كنجه|占贾 / Sumgait|Sumqayıt|Soumgaït|Sumgayit|Сумгаит|سومغاييت|苏姆盖特 / Shusha|Şuşa|Choucha|Schuscha|Шуша|شوشا|舒沙 / Khankendi|Xankəndi|Khankendy|Khankandi|Chankendi|Ханкенди|خانكندي|汗肯迪 / Nakhchivan|Naxçıvan|Nakhitchevan|Nachitschewan|Najicheván|Нахчыван|Нахичевань|نخجوان|纳希切万 / Lankaran|Lənkəran|Lenkoran|Ленкорань|لنكران / Sheki|Şəki|Cheki|Шеки|شكي|舍基 / Gabala|Qəbələ|Габала|قبالا / Quba|Guba|Губа / Mingachevir|Mingəçevir|Мингячевир / Aghdam|Ağdam|Агдам|أغدام|阿格达姆 / Zangilan|Zəngilan|Зангилан|زنغيلان / Fuzuli|Fizouli|Физули|فضولي / Lachin|Laçın|Latchine|Latschin|Лачин|لاتشين / Kalbajar|Kəlbəcər|Кельбаджар / Shamakhi|Şamaxı|Шамахы / Jabrayil|Cəbrayıl|Джебраил / Baku|巴库
BA Sarajevo|Sarayevo|Сараево|سراييفو|萨拉热窝
BB Barbados|Барбадос|La Barbade|بربادوس|巴巴多斯
BD Dhaka|Dəkkə|Dacca|Daca|Дакка|دكا|达卡
BE Brussels|Brüssel|Bruxelles|Bruselas|Брюссель|بروكسل|布鲁塞尔 / Antwerp|Anvers|Antwerpen|Amberes|Антверпен / Liège|Lieja
BF Ouagadougou|Уагадугу / Uqaduqu|Uagadugú|واغادوغو|瓦加杜古
BG Sofia|Sofiya|София|صوفيا|索非亚 / Varna|Варна / Plovdiv|Пловдив
BH Manama|Манама|المنامة|麦纳麦 / Bahrain|Bəhreyn|Бахрейн|Bahreïn|Baréin|البحرين|巴林
BI Bujumbura|Бужумбура|بوجومبورا|布琼布拉
BJ Porto-Novo|Порто-Ново|Porto Novo|Portonovo|بورتو نوفو|波多诺伏
BL St. Barthélemy|Sent-Bartelemi|Сен-Бартелеми|Saint-Barthélemy|San Bartolomé|سانت بارتيليمي|圣巴泰勒米岛
BM Bermuda|Bermud adaları|Бермудские о-ва|Bermudes|Bermudas|برمودا|百慕大
BN Brunei|Bruney|Бруней|Brunei Darussalam|بروناي|文莱
BO La Paz|Ла-Пас|لاباز|拉巴斯 / La Pas|لا باز
BQ Kralendijk|Kralendik|Кралендейк|كرالنديك|克拉伦代克
BR Brasilia|Braziliya|Бразилиа|برازيليا|巴西利亚 / Rio de Janeiro|Rio-de-Janeyro|Рио-де-Жанейро|ريو دي جانيرو|里约热内卢 / Sao Paulo|San-Paulu|Сан-Паулу|ساو باولو|圣保罗 / Salvador|Belem|Белен / Araguaina|Araguayna|Арагуаина|أروجوانيا|阿拉瓜伊纳 / Bahia|Bahiya|Баия|باهيا|巴伊亚 / Belén|بلم|贝伦 / Boa Vista|Боа-Виста|باو فيستا|博阿维斯塔 / Campo Grande|Kampo Qrande|Кампу-Гранди|كومبو جراند|大坎普 / Cuiaba|Kuyaba|Куяба|كيابا|库亚巴 / Eirunepe|İrunepe|Эйрунепе|ايرونبي|依伦尼贝 / Fortaleza|Форталеза|فورتاليزا|福塔雷萨 / Maceio|Maseyo|Масейо|ماشيو|马塞约 / Manaus|Манаус|Manaos|ماناوس|马瑙斯 / Fernando de Noronha|Noronya|Норонья|نوروناه|洛罗尼亚 / Porto Velho|Porto Velyo|Порту-Велью|بورتو فيلو|波多韦柳 / Recife|Resif|Ресифи|ريسيف|累西腓 / Rio Branco|Rio Branko|Риу-Бранку|ريوبرانكو|里奥布郎库 / Santarem|Сантарен|سانتاريم|圣塔伦 / San Paulo
BS Nassau|Нассау|ناسو|拿骚
BT Thimphu|Тхимпху|Timbu|تيمفو|廷布
BW Gaborone|Qaboron|Габороне|غابورون|哈博罗内
BY Minsk|Минск|مينسك|明斯克 / Brest|Брест / Gomel|Гомель|Homel / Grodno|Гродно / Vitebsk|Витебск / Mogilev|Могилев
BZ Belize|Beliz|Белиз|Belice|بليز|伯利兹
CA Ottawa|Ottava|Оттава|أوتاوا|渥太华 / Toronto|Торонто|تورونتو|多伦多 / Montreal|Monreal|Монреаль|مونتريال|蒙特利尔 / Vancouver|Vankuver|Ванкувер|温哥华 / Quebec|Квебек / Calgary / Winnipeg / Blanc-Sablon|Blank-Sablon|Бланк-Саблон|بلانك-سابلون|布兰克萨布隆 / Cambridge Bay|Kembric Körfəzi|Кеймбридж-Бей|كامبرديج باي|剑桥湾 / Creston|Kreston|Крестон|كريستون|克雷斯顿 / Dawson|Douson|Доусон|داوسان|道森 / Dawson Creek|Douson Krik|Доусон-Крик|داوسن كريك|道森克里克 / Edmonton|Edmondton|Эдмонтон|ايدمونتون|埃德蒙顿 / Fort Nelson|Форт Нельсон|فورت نيلسون|纳尔逊堡 / Glace Bay|Qleys Körfəzi|Глейс-Бей|جلاس باي|格莱斯贝 / Goose Bay|Quz Körfəzi|Гус-Бей|جوس باي|古斯湾 / Halifax|Halifaks|Галифакс|هاليفاكس|哈利法克斯 / Inuvik|Инувик|اينوفيك|伊努维克 / Iqaluit|Икалуит|اكويلت|伊魁特 / Moncton|Monkton|Монктон|وينكتون|蒙克顿 / Rankin Inlet|Rankin Girişi|Ранкин-Инлет|رانكن انلت|兰今湾 / Regina|Recina|Реджайна|ريجينا|里贾纳 / Resolute|Rezolyut|Резольют|ريزولوت|雷索卢特 / St. John’s|Sent Cons|Сент-Джонс|Saint-Jean de Terre-Neuve|San Juan de Terranova|سانت جونس|圣约翰斯 / Swift Current|Svift Kurent|Свифт-Керрент|سوفت كارنت|斯威夫特卡伦特 / فانكوفر / Whitehorse|Uaythors|Уайтхорс|وايت هورس|怀特霍斯 / Vinnipeq|Виннипег|وينيبيج|温尼伯
CC Cocos Islands|Kokos|Кокосовые о-ва|كوكوس|可可斯
CD Kinshasa|Kinchassa|Киншаса|كينشاسا|金沙萨 / Kinşasa / Lubumbashi|Lubumbaşi|Лубумбаши|لومبباشا|卢本巴希
CF Bangui|Banqui|Банги|بانغوي|班吉
CG Brazzaville|Brazzavil|Браззавиль|برازافيل|布拉柴维尔
CH Geneva|Cenevrə|Genève|Genf|Ginebra|Женева|جنيف|日内瓦 / Bern|Berne|Berna|Берн|برن|伯尔尼 / Zurich|Sürix|Цюрих|زيورخ|苏黎世 / Davos|Давос|دافوس|达沃斯 / Basel|Bâle|Basilea|Базель|巴塞尔 / Lausanne|Lausana|Лозанна|洛桑
CI Abidjan|Абиджан|أبيدجان|阿比让 / Abican|Abiyán
CK Rarotonga|Rarotonqa|Раротонга|راروتونغا|拉罗汤加
CL Valparaíso|Valparaiso|Вальпараисо|瓦尔帕莱索 / Santiago|Santiago de Chile|Santyaqo|Сантьяго|سانتياغو|圣地亚哥 / Punta Arenas|Пунта-Аренас|بونتا أريناز|蓬塔阿雷纳斯 / Easter Island|Pasxa|о-в Пасхи|Île de Pâques|Osterinsel|Isla de Pascua|استر|复活节岛
CM Yaoundé|Яунде / Douala|Duala|Дуала|دوالا|杜阿拉
CN Beijing|Pekin|Peking|Пекин|بكين|بيجين|北京 / Shanghai|Şanxay|Schanghai|Шанхай|شانغهاي|شنغهاي|上海 / Guangzhou|Quançjou|Canton|Kanton|Гуанчжоу|广州 / Shenzhen|Шэньчжэнь|深圳 / Tianjin|天津 / Chongqing|重庆 / Wuhan|武汉|Ухань|ووهان / Xi'an|西安|Сиань / Chengdu|成都 / Nanjing|南京 / Hangzhou|杭州 / Urumqi|乌鲁木齐|Урумчи / Lhasa|拉萨|Лхаса / Guiyang|贵阳 / Kunming|昆明 / Shenyang|沈阳 / Harbin|哈尔滨|Харбин / Qingdao|青岛 / Jinan|济南 / Zhengzhou|郑州 / Changsha|长沙 / Fuzhou|福州 / Xiamen|厦门 / Haikou|海口 / Sanya|三亚 / Nanning|南宁 / Lanzhou|兰州 / Yinchuan|银川 / Xining|西宁 / Hohhot|呼和浩特 / Taiyuan|太原 / Shijiazhuang|石家庄 / Hefei|合肥 / Nanchang|南昌 / Changchun|长春 / Dalian|大连 / Urumçi|أرومكي
CO Bogota|Богота|بوغوتا|波哥大 / Medellín / Boqota
CR San José / Costa Rica|Kosta Rika|Коста-Рика|كوستاريكا|哥斯达黎加
CU Havana|La Havane|Havanna|La Habana|Гавана|هافانا|哈瓦那
CV Cape Verde|Kape Verde|Кабо-Верде|Cap-Vert|Cabo Verde|الرأس الأخضر|佛得角
CW Curaçao|Kurasao|Кюрасао|Curazao|كوراساو|库拉索
CX Christmas Island|Milad|о-в Рождества|Weihnachtsinsel|Navidad|كريسماس|圣诞岛
CY Nicosia|Nikosiya|Nicosie|Nikosia|Никосия|نيقوسيا|尼科西亚 / Famagusta|Famaqusta|Фамагуста|Famagouste|فاماغوستا|法马古斯塔
CZ Prague|Praqa|Prag|Praga|Praha|Прага|براغ|布拉格
DE Berlin|Берлин|برلين|柏林 / Bonn|Бонн / Munich|Münhen|München|Мюнхен|ميونيخ|慕尼黑 / Frankfurt|Francfort|Frankfurt am Main|Франкфурт|Франкфурт-на-Майне|فرانكفورت|法兰克福 / Hamburg|Hamburq|Hambourg|Hamburgo|Гамбург|هامبورغ|汉堡 / Cologne|Köln|Colonia|Кельн|科隆 / Dresden|Dresde|Дрезден / Leipzig|Лейпциг / Stuttgart|Штутгарт|斯图加特 / Düsseldorf|Duesseldorf|Дюссельдорф / Hannover|Hanover|Hanovre|Ганновер / Karlsruhe / Nürnberg|Nuremberg|Нюрнберг / Bremen / Mainz / Wiesbaden / Erfurt / Potsdam / Magdeburg / Schwerin / Kiel / Saarbrücken / Eschborn / Busingen|Бюзинген-на-Верхнем-Рейне|بوسنغن|布辛根
DJ Djibouti|Джибути|جيبوتي / Cibuti|Dschibuti|Yibuti|吉布提
DK Copenhagen|Kopenhagen|Copenhague|København|Копенгаген|كوبنهاغن|哥本哈根
DM Dominica|Dominika|Доминика|Dominique|دومينيكا|多米尼加
DO Santo Domingo|Санто-Доминго / Santo Dominqo|Saint-Domingue|سانتو دومينغو|圣多明各
DZ Algiers|Əlcəzair|Alger|Algier|Argel|Алжир|الجزائر|阿尔及尔 / Oran|وهران
EC Quito|Kito|Кито|كيتو|基多 / Guayaquil / Quayakil|Гуаякиль|غواياكويل|瓜亚基尔 / Galapagos|Qalapaqos|Галапагосские о-ва|جلاباجوس|科隆群岛
EE Tallinn|Tallin|Таллин|تالين|塔林
EG Cairo|Qahirə|Le Caire|Kairo|El Cairo|Каир|القاهرة|开罗 / Alexandria|İsgəndəriyyə|Alexandrie|Alejandría|Александрия|الإسكندرية / Sharm el-Sheikh|Charm el-Cheikh|Scharm el-Scheich|Шарм-эш-Шейх|شرم الشيخ|沙姆沙伊赫
EH El Aaiun|Əl Əyun|Эль-Аюн|阿尤恩
ES Madrid|Мадрид|مدريد|马德里 / Barcelona|Barselona|Barcelone|Барселона|برشلونة|巴塞罗那 / Valencia|Valence|Валенсия|بلنسية|瓦伦西亚 / Seville|Sevilla|Севилья|إشبيلية / Bilbao|Бильбао / Malaga|Малага / Granada|Grenade|غرناطة / Zaragoza|Saragossa / Toledo / Palma|Palma de Mallorca / San Sebastián / Salamanca / Valladolid / Vitoria / Pamplona / Oviedo / Santander / Logroño / Burgos / León / Cáceres / Badajoz / Mérida / Córdoba / Murcia / Alicante / Almería / Cádiz / Huelva / Jaén / Girona|Gerona / Lleida|Lérida / Tarragona / A Coruña|La Coruña / Santiago de Compostela / Vigo / Gijón / Huesca / Teruel / Cuenca / Guadalajara / Segovia / Avila / Zamora / Palencia / Soria / Ourense / Lugo / Pontevedra / Ceuta / Melilla / Las Palmas de Gran Canaria|Las Palmas / Santa Cruz de Tenerife / Ferrol / Getafe / Alcorcón / Elche / Cartagena / Torrelavega / Seuta|Сеута|سيتا|休达 / Canary|Kanar|Канарские о-ва|Îles Canaries|Kanaren|Canarias|كناري|加那利
ET Addis Ababa|Əddis-Əbəbə|Addis-Abeba|Addis Abeba|Adís Abeba|Аддис-Абеба|أديس أبابا|亚的斯亚贝巴 / Əddis Əbəbə
FI Helsinki|Хельсинки|هلسنكي|赫尔辛基
FJ Fiji|Fici|Фиджи|Fidji|Fidschi|Fiyi|فيجي|斐济
FK Stanley|Stenli|Стэнли|استانلي|斯坦利
FM Kosrae|Kosraye|Косрае|كوسرا|库赛埃
FR Paris|Париж|باريس|巴黎 / Strasbourg|Strasburq|Straßburg|Estrasburgo|Страсбург|ستراسبورغ|斯特拉斯堡 / Lyon|Lion|Лион|ليون|里昂 / Marseille|Marsel|Marsella|Марсель|مرسيليا|马赛 / Nice|Nitsa|Niza|Ницца|نيس|尼斯 / Cannes|Канны|كان / Toulouse|Тулуза / Bordeaux|Бордо / Lille|Лилль / Nantes
GA Libreville|Librevil|Либревиль|ليبرفيل|利伯维尔
GB London|Londres|Лондон|لندن|伦敦 / Edinburgh|Edinburq|Édimbourg|Edimburgo|Эдинбург|إدنبرة|爱丁堡 / Manchester|Манчестер|曼彻斯特 / Glasgow|Qlazqo|Глазго|غلاسكو|格拉斯哥 / Belfast|Белфаст / Birmingham / Liverpool|Ливерпуль / Oxford / Cambridge / Cardiff|Кардифф
GD Grenada|Qrenada|Гренада|غرينادا|格林纳达
GE Tbilisi|Tiflis|Tbilissi|Тбилиси|تبليسي|تيبيليسي|第比利斯 / Batumi|Batoumi|Батуми|باتومي|巴统 / Kutaisi|Кутаиси
GF Cayenne|Kayen|Кайенна|Cayena|كايين|卡宴
GG Guernsey|Gernzey|Гернси|Guernesey|غيرنزي|根西岛
GH Accra|Akkra|Аккра|أكرا|阿克拉 / Acra
GI Gibraltar|Cəbəli-Tariq|Гибралтар|جبل طارق|直布罗陀
GL Nuuk / Danmarkshavn|Danmarkşavn|Денмарксхавн|دانمرك شافن|丹马沙文 / Ittoqqortoormiit|Skoresbisund|Скорсбисунн|سكورسبيسند|斯科列斯比桑德 / Thule|Tul|Туле|ثيل|图勒
GM Banjul|Bancul|Банжул|بانجول|班珠尔
GN Conakry|Konakri|Конакри|Conakri|كوناكري|科纳克里
GP Guadeloupe|Qvadelupa|Гваделупа|Guadalupe|غوادلوب|瓜德罗普
GQ Malabo|Малабо|مالابو|马拉博
GR Athens|Afina|Athènes|Athen|Atenas|Афины|أثينا|雅典 / Thessaloniki|Saloniki|Salónica|Салоники
GS South Georgia|Cənubi Corciya|Южная Георгия|Géorgie du Sud|Südgeorgien|Georgia del Sur|جورجيا الجنوبية|南乔治亚
GT Guatemala City|Guatemala|Ciudad de Guatemala / Qvatemala|Гватемала|غواتيمالا|危地马拉
GU Guam|Quam|Гуам|غوام|关岛
GW Bissau|Бисау|Bisáu|بيساو|比绍
GY Guyana|Qayana|Гайана|غيانا|圭亚那
HK Hong Kong|Honkonq|Hongkong|Гонконг|هونغ كونغ|香港 / Honq Konq
HN Tegucigalpa|Тегусигальпа / Tequsiqalpa|تيغوسيغالبا|特古西加尔巴
HR Zagreb|Zaqreb|Загреб|زغرب|萨格勒布
HT Port-au-Prince|Puerto Príncipe|Порт-о-Пренс|太子港 / Port-o-Prins|بورت أو برنس
HU Budapest|Будапешт|بودابست|布达佩斯
ID Jakarta|Cakarta|Yakarta|Djakarta|Джакарта|جاكرتا|雅加达 / Denpasar / Surabaya / Pariaman / Bandung / Bali / Jayapura|Cayapura|Джаяпура|جايابيورا|查亚普拉 / Makassar|Makasar|Макасар|Macassar|ماكسار|望加锡 / Pontianak|Понтианак|بونتيانك|坤甸
IE Dublin|Дублин|دبلن|都柏林
IL Jerusalem|Qüds|Yerusəlim|Jerusalén|Иерусалим|القدس|耶路撒冷 / Tel Aviv|Tel-Əviv|Tel-Aviv|Тель-Авив|تل أبيب|特拉维夫 / Haifa|حيفا
IM Isle of Man|Men Adası|о-в Мэн|Île de Man|Isla de Man|جزيرة مان|马恩岛
IN New Delhi|Yeni Dehli|Neu-Delhi|Neu Delhi|Nueva Delhi|Нью-Дели|نيودلهي|新德里 / Delhi|Дели|دلهي / Mumbai|Bombay|Мумбаи|مومباي|孟买 / Kolkata|Calcutta|Калькутта / Chennai / Bengaluru|Bangalore|班加罗尔 / Hyderabad / Srinagar
IO Chagos|Çaqos|Чагос|تشاغوس|查戈斯
IQ Baghdad|Bağdad|Багдад|بغداد|巴格达 / Erbil|Ərbil|Эрбиль|أربيل|埃尔比勒 / Basra|Bəsrə|البصرة / Mosul|الموصل / Najaf|النجف
IR Tehran|Téhéran|Тегеран|طهران|تهران|德黑兰 / Tabriz|Təbriz|Тебриз|تبريز|大不里士 / Isfahan|Исфахан|أصفهان / Mashhad|Məşhəd|مشهد
IS Reykjavik|Рейкьявик|ريكيافيك / Reykyavik|Reikiavik|雷克雅未克
IT Rome|Roma|Rom|Рим|روما|罗马 / Milan|Milano|Mailand|Милан|ميلانو|米兰 / Venice|Venezia|Venise|Venedig|Venecia|Венеция|البندقية|威尼斯 / Naples|Napoli|Neapel|Nápoles|Неаполь|نابولي|那不勒斯 / Turin|Torino|Турин|都灵 / Florence|Firenze|Florenz|Florencia|Флоренция|佛罗伦萨 / Genoa|Genova|Gênes|Genua|Генуя / Bologna|Bolonia|Болонья / Palermo|Палермо / Trieste|Триест / Bari / Verona / Padua|Padova
JE Jersey|Cersi|Джерси|جيرسي|泽西岛
JM Kingston|Кингстон / Jamaica|Yamayka|Ямайка|Jamaïque|Jamaika|جامايكا|牙买加
JO Amman|Əmman|Амман|عمان|安曼
JP Tokyo|Tokio|Токио|طوكيو|东京|東京 / Osaka|Осака|أوساكا|大阪 / Kyoto|Kioto|Киото|京都 / Hiroshima|Hiroşima|Хиросима|广岛|広島 / Nagasaki|Нагасаки|长崎 / Saitama / Sapporo|札幌 / Nagoya|名古屋 / Fukuoka|福岡
KE Nairobi|Nayrobi|Найроби|نيروبي|内罗毕
KG Bishkek|Bişkek|Bichkek|Bischkek|Бишкек|بيشكك|比什凯克 / Osh|Ош / Cholpon-Ata|Чолпон-Ата / بشكيك
KH Phnom Penh|Pnompen|Пномпень|بنوم بنه|金边 / Pnom Pen
KI Кантон|كانتون|坎顿岛 / Kiritimati|Kirimati|Киритимати|كيريتي ماتي|基里地马地岛 / Tarawa|Tarava|Тарава|تاراوا|塔拉瓦
KM Moroni|موروني / Comoro|Komoro|Коморы|Comores|Komoren|Comoras|جزر القمر|科摩罗
KN St. Kitts|San Kits|Сент-Китс|Saint-Christophe|San Cristóbal|سانت كيتس|圣基茨
KP Pyongyang|Pxenyan|Pjöngjang|Pionyang|Пхеньян|بيونغ يانغ|平壤|평양
KR Seoul|Seul|Сеул|سول|سيول|首尔|서울 / Busan|Пусан|부산|釜山
KW Kuwait City|Kuwait|Koweït|Kuweit|Эль-Кувейт|الكويت|科威特城|科威特 / Küveyt|Кувейт
KY Cayman|Kayman|Острова Кайман|Caïmans|Kaimaninseln|Caimán|كايمان|开曼
KZ Astana|Nur-Sultan|Астана|Нур-Султан|أستانا|阿斯塔纳 / Almaty|Alma-Ata|Алматы|Алма-Ата|ألماتي|阿拉木图 / Aktau|Актау|阿克套 / Atyrau|Атырау / Shymkent|Шымкент / Turkistan|Туркестан / Almatı|Alma Ata / Aqtau|Aktaou|أكتاو / Aqtobe|Актобе|Aktioubinsk|Aktobe|أكتوب|阿克托别 / Atırau|Atyraou|أتيراو|阿特劳 / Oral|Уральск|Ouralsk|أورال|乌拉尔 / Kostanay|Костанай|Kostanaï|Qostanai|قوستاناي|库斯塔奈 / Qyzylorda|Qızılorda|Кызылорда|Kzyl Orda|Qysylorda|Kyzylorda|كيزيلوردا|克孜洛尔达
LA Vientiane|Вьентьян|万象 / Vyentyan|Vientián|فيانتيان
LB Beirut|Beyrut|Beyrouth|Бейрут|بيروت|贝鲁特
LC St. Lucia|San Lüsiya|Сент-Люсия|Sainte-Lucie|Santa Lucía|سانت لوشيا|圣卢西亚
LI Vaduz|Vaduts|Вадуц|فادوز|瓦杜兹
LK Colombo|Kolombo|Коломбо|كولومبو|科伦坡
LR Monrovia|Монровия|مونروفيا|蒙罗维亚
LS Maseru|Масеру|ماسيرو|马塞卢
LT Vilnius|Vilnüs|Wilna|Вильнюс|فيلنيوس|维尔纽斯 / Vilna
LU Luxembourg|Lüksemburq|Luxemburg|Luxemburgo|Люксембург|لوكسمبورغ|卢森堡
LV Riga|Riqa|Рига|ريغا|里加
LY Tripoli|Триполи|طرابلس|的黎波里 / Benghazi|بنغازي / Tripolis
MA Rabat|Рабат|الرباط|拉巴特 / Casablanca|Kasablanka|Касабланка|الدار البيضاء|卡萨布兰卡 / Marrakech|Marrakesch|Marrakesh|Marruecos|مراكش|马拉喀什 / Tangier|Tanger|طنجة / Laayoune|العيون
MC Monaco|Монако|موناكو|摩纳哥 / Monako
MD Chisinau|Kişinyov|Kischinau|Кишинев|كيشيناو|基希讷乌 / Tiraspol|Тирасполь / تشيسيناو
ME Podgorica|Подгорица / Podqoritsa|بودغوريكا|波德戈里察
MF Marigot|Mariqot|Мариго|ماريغوت|马里戈特
MG Antananarivo / Антананариву|أنتاناناريفو|安塔那那利佛
MH Kwajalein|Kvajaleyn|Кваджалейн|كواجالين|夸贾林 / Majuro|Macuro|Маджуро|ماجورو|马朱罗
MK Skopje|Skopye|Скопье|سكوبي|斯科普里 / Skopie
ML Bamako|Бамако|باماكو / 巴马科
MM Yangon|Rangun|Янгон|仰光 / Naypyitaw|Найпьидо|内比都
MN Ulaanbaatar|Ulan-Bator|Oulan-Bator|Ulán Bator|Улан-Батор|أولان باتور|乌兰巴托 / Hovd|Ховд|Chowd|هوفد|科布多 / Ulanbator|آلانباتار
MO Macau|Macao|澳门 / Makao|Макао|ماكاو
MP Saipan|Saypan|Сайпан|سايبان|塞班
MQ Martinique|Martinik|Мартиника|Martinica|المارتينيك|马提尼克
MR Nouakchott|نواكشوط|Нуакшот / Nouakşot|Nuakchot|努瓦克肖特
MS Montserrat|Monserat|Монтсеррат|مونتسيرات|蒙特塞拉特
MT Valletta|La Valette|La Valeta|Валлетта|فاليتا / Malta|Мальта|Malte|مالطة|马耳他
MU Mauritius|Mavriki|Маврикий|Maurice|Mauricio|موريشيوس|毛里求斯
MV Maldives|Maldiv|Мальдивы|Malediven|Maldivas|المالديف|马尔代夫
MW Blantyre|Blantir|Блантайр|بلانتاير|布兰太尔
MX Mexico City|Mexiko|México|Ciudad de México|Mexiko-Stadt|Мехико|مكسيكو|مدينة مكسيكو|墨西哥城 / Cancún|Канкун|坎昆 / Guadalajara de México / Acapulco / Monterrey / Bahía de Banderas|Bahia Banderas|Баия-де-Бандерас|باهيا بانديراس|巴伊亚班德拉斯 / Kankun|كانكون / Chihuahua|Çihuahua|Чиуауа|تشيواوا|奇瓦瓦 / Ciudad Juárez|Сьюдад-Хуарес|سيوداد خواريز|华雷斯城 / Hermosillo|Hermosilo|Эрмосильо|هيرموسيلو|埃莫西约 / Matamoros|Матаморос|ماتاموروس|马塔莫罗斯 / Mazatlan|Mazaltan|Масатлан|مازاتلان|马萨特兰 / Мерида|ميريدا|梅里达 / مكسيكو سيتي / Monterey|Монтеррей|مونتيري|蒙特雷 / Ojinaga|Ocinaqa|Охинага|أوجيناجا|奥希纳加 / Tijuana|Tixuana|Тихуана|تيخوانا|蒂华纳
MY Kuala Lumpur|Kuala-Lumpur|Куала-Лумпур|كوالالمبور|吉隆坡 / Putrajaya|Путраджая / Melaka|Malacca / Penang / Johor Bahru / Kota Kinabalu / Kuching / كوالا لامبور / Kuçinq|Кучинг|كيشينج|古晋
MZ Maputo|Мапуту / مابوتو|马普托
NA Windhoek|Vindhuk|Виндхук|ويندهوك|温得和克
NC Noumea|Нумеа|Numea|نوميا|努美阿
NE Niamey|Ниамей|نيامي / 尼亚美
NF Norfolk Island|Норфолк|نورفولك|诺福克
NG Abuja|Abuca|Абуджа|أبوجا|阿布贾 / Lagos|Laqos|Лагос|لاغوس|拉各斯
NI Managua|Манагуа / Manaqua|ماناغوا|马那瓜
NL Amsterdam|Амстердам|أمستردام|阿姆斯特丹 / The Hague|Haaqa|La Haye|Den Haag|La Haya|Гаага|لاهاي|海牙 / Rotterdam|Róterdam|Роттердам|鹿特丹
NO Oslo|Осло|أوسلو|奥斯陆 / Bergen
NP Kathmandu|Katmandu|Katmandou|Катманду|加德满都
NR Nauru|Науру|ناورو|瑙鲁
NU Niue|Ниуэ|نيوي|纽埃
NZ Wellington|Vellinqton|Веллингтон|ويلينغتون|惠灵顿 / Auckland|Окленд|奥克兰 / Oklənd|أوكلاند / Chatham|Çatam|Чатем|تشاثام|查塔姆
OM Muscat|Maskat|Mascate|Маскат|مسقط|马斯喀特 / Muskat
PA Panama City|Panamá|Ciudad de Panamá|Панама|巴拿马城 / بنما|巴拿马
PE Lima|Лима|ليما|利马
PF Gambier|Qambiyer|о-ва Гамбье|جامبير|甘比尔 / Marquesas|Markesas|Маркизские о-ва|Marquises|ماركيساس|马克萨斯 / Tahiti|Таити|تاهيتي|塔希提
PG Bougainville|Buqanvil|Бугенвиль|بوغانفيل|布干维尔 / Port Moresby|Port Moresbi|Порт-Морсби|بور مورسبي|莫尔兹比港
PH Manila|Manille|Манила|مانيلا|马尼拉
PK Islamabad|Исламабад|إسلام آباد|伊斯兰堡 / Karachi|Karaçi|Карачи|كراتشي|卡拉奇 / Lahore|Lahor|Лахор|لاهور|拉合尔 / Peshawar|Пешавар / Karatschi
PL Warsaw|Varşava|Varsovie|Warschau|Varsovia|Warszawa|Варшава|وارسو|华沙 / Krakow|Cracovie|Krakau|Cracovia|Краков / Gdansk|Danzig|Гданьск
PM Miquelon|Mikelon|Микелон|مكويلون|密克隆
PN Pitcairn|Pitkern|Питкэрн|بيتكيرن|皮特凯恩
PR San Juan / Puerto Rico|Puerto Riko|Пуэрто-Рико|Porto Rico|بورتوريكو|波多黎各
PS Ramallah|Ramalá|Рамалла|رام الله|拉马拉 / Gaza|Qəzza|Qəza|Газа|غزة|加沙 / Bethlehem|بيت لحم / Nablus|نابلس / Hebron|الخليل / Хеврон|希伯伦
PT Lisbon|Lissabon|Lisbonne|Lisboa|Лиссабон|لشبونة|里斯本 / Porto|Oporto|Порту / Azores|Azor|Азорские о-ва|Açores|Azoren|أزورس|亚速尔群岛 / Madeira|Madeyra|Мадейра|Madère|ماديرا|马德拉
PW Palau|Палау|Palaos|بالاو|帕劳
PY Asuncion|Асунсьон|亚松森 / Asunsion|أسونسيون
QA Doha|Doxa|Доха|الدوحة|多哈 / Qatar|Катар|Katar|Catar|قطر|卡塔尔
RE Réunion|Реюньон|La Réunion|ريونيون|留尼汪
RO Bucharest|Buxarest|Bucarest|Bukarest|București|Бухарест|بوخارست|布加勒斯特
RS Belgrade|Belqrad|Belgrad|Belgrado|Белград|بلغراد|贝尔格莱德
RU Moscow|Moskva|Moscou|Moskau|Moscú|Москва|موسكو|莫斯科 / Saint Petersburg|St. Petersburg|St Petersburg|Sankt-Peterburq|Saint-Pétersbourg|Sankt Petersburg|San Petersburgo|Санкт-Петербург|سانت بطرسبرغ|سان بطرسبورغ|圣彼得堡 / Kazan|Казань|Казан|قازان|喀山 / Astrakhan|Həştərxan|Астрахань|أستراخان|阿斯特拉罕 / Sochi|Soçi|Sotchi|Sotschi|Сочи|سوتشي|索契 / Vladivostok|Владивосток|فلاديفوستوك|符拉迪沃斯托克|海参崴 / Grozny|Qroznı|Грозный|غروزني|格罗兹尼 / Makhachkala|Mahaçqala|Махачкала|محج قلعة / Derbent|Dərbənd|Дербент / Novosibirsk|Новосибирск|新西伯利亚 / Yekaterinburg|Ekaterinburg|Yekaterinburq|Екатеринбург|يكاترينبورغ|叶卡捷琳堡 / Rostov-on-Don|Ростов-на-Дону / Kaliningrad|Калининград|加里宁格勒 / Ufa|Уфа / Samara|Самара / Nizhny Novgorod|Нижний Новгород / Volgograd|Волгоград / Krasnodar|Краснодар / Voronezh|Воронеж / Pyatigorsk|Пятигорск / Belgorod|Белгород / Omsk|Омск / Tula|Тула / Tver|Тверь / Khabarovsk|Хабаровск|哈巴罗夫斯克 / Murmansk|Мурманск / Arkhangelsk|Архангельск / Petrozavodsk|Петрозаводск / Elista|Элиста / Anadyr|Anadır|Анадырь|أندير|阿纳德尔 / Barnaul|Барнаул|بارناول|巴尔瑙尔 / Chita|Çita|Чита|Tchita|Tschita|تشيتا|赤塔 / Irkutsk|Иркутск|Irkoutsk|ايركيتسك|伊尔库茨克 / Kamchatka|Kamçatka|Петропавловск-Камчатский|Kamtchatka|Kamtschatka|كامتشاتكا|堪察加 / Khandyga|Xandıqa|Хандыга|Chandyga|Khandiga|خانديجا|汉德加 / Krasnoyarsk|Красноярск|Krasnoïarsk|Krasnojarsk|كراسنويارسك|克拉斯诺亚尔斯克 / Magadan|Maqadan|Магадан|مجادن|马加丹 / Novokuznetsk|Новокузнецк|Nowokuznetsk|نوفوكوزنتسك|新库兹涅茨克 / Novossibirsk|Nowosibirsk|نوفوسبيرسك / أومسك|鄂木斯克 / Sakhalin|Saxalin|о-в Сахалин|Sakhaline|Sachalin|Sajalín|سكالين|萨哈林 / Srednekolymsk|Srednekolımsk|Среднеколымск|سريدنكوليمسك|中科雷姆斯克 / Tomsk|Томск|تومسك|托木斯克 / Ust-Nera|Усть-Нера|أوست نيرا|乌斯内拉 / Wladiwostok|فلاديفوستك / Yakutsk|Якутск|Iakoutsk|Jakutsk|ياكتسك|雅库茨克 / Ekaterinbourg|Jekaterinburg|Ekaterimburgo|يكاترنبيرج / Astrachan|Astracán / Kalininqrad|Kaliningrado|كالينجراد / Kirov|Киров|Kirow|كيروف|基洛夫 / سمراء|萨马拉 / Saratov|Саратов|Saratow|ساراتوف|萨拉托夫 / Ulyanovsk|Ульяновск|Oulianovsk|Uljanowsk|Uliánovsk|أوليانوفسك|乌里扬诺夫斯克 / Volqoqrad|Wolgograd|Volgogrado|فولوجراد|伏尔加格勒
RW Kigali|Кигали|كيغالي|基加利 / Kiqali
SA Riyadh|Ər-Riyad|Riyad|Riad|Эр-Рияд|الرياض|利雅得 / Jeddah|Ciddə|Djeddah|Dschidda|Yeda|Джидда|جدة|吉达 / Mecca|Makkah|Məkkə|La Mecque|Mekka|La Meca|Мекка|مكة المكرمة|مكة|麦加 / Medina|Madinah|Mədinə|Médine|Медина|المدينة المنورة|麦地那 / Dammam|الدمام
SB Guadalcanal|Quadalkanal|Гуадалканал|غوادالكانال|瓜达尔卡纳尔
SC Mahe|Маэ|ماهي|马埃岛
SD Khartoum|Xartum|Khartum|Jartum|Хартум|الخرطوم|喀土穆 / Port Sudan|بورتسودان
SE Stockholm|Stokholm|Estocolmo|Стокгольм|ستوكهولم|斯德哥尔摩 / Gothenburg|Göteborg|Гетеборг / Malmö
SG Singapore|Sinqapur|Singapour|Singapur|Сингапур|سنغافورة|新加坡
SH St. Helena|Müqəddəs Yelena|о-в Святой Елены|Sainte-Hélène|Santa Elena|سانت هيلينا|圣赫勒拿
SI Ljubljana|Lyublyana|Laibach|Любляна|卢布尔雅那 / Liubliana|ليوبليانا
SK Bratislava|Pressburg|Братислава|براتيسلافا|布拉迪斯拉发
SL Freetown / Fritaun|Фритаун|فري تاون|弗里敦
SM San Marino|Сан-Марино|Saint-Marin|سان مارينو|圣马力诺
SN Dakar|Дакар|داكار|达喀尔
SO Mogadishu|Moqadişo|Mogadiscio|Mogadischu|Могадишо|مقديشو|摩加迪沙 / Moqadişu|مقديشيو
SR Paramaribo|Парамарибо|باراماريبو|帕拉马里博
SS Juba|Джуба|جوبا|朱巴
ST São Tomé|San Tom|Сан-Томе|Santo Tomé|ساو تومي|圣多美
SV San Salvador / El Salvador|Сальвадор|السلفادور|萨尔瓦多
SX Lower Prince’s Quarter|Aşağı Prins Kvartalı|Лоуэр-Принс-Куотер|حي الأمير السفلي|下太子区
SY Damascus|Dəməşq|Damas|Damaskus|Damasco|Дамаск|دمشق|大马士革 / Aleppo|Hələb|Alep|Alepo|Алеппо|حلب|阿勒颇 / Homs|حمص / Latakia|اللاذقية
SZ Mbabane|Мбабане|مباباني|姆巴巴纳
TC Grand Turk|Qrand Turk|Гранд-Терк|Gran Turca|غراند ترك|大特克
TD Ndjamena|Ncamena|Нджамена|N’Djamena|Yamena|نجامينا|恩贾梅纳
TF Kerguelen|Kergelen|Кергелен|كيرغويلين|凯尔盖朗
TG Lome|Ломе|لومي|洛美
TH Bangkok|Banqkok|Бангкок|بانكوك|曼谷
TJ Dushanbe|Düşənbə|Douchanbé|Duschanbe|Dusambé|Душанбе|دوشنبه|杜尚别 / دوشانبي
TK Fakaofo|Факаофо|فاكاوفو|法考福
TL Dili|Дили|ديلي|帝力
TM Ashgabat|Aşqabad|Achgabat|Aschgabat|Asjabad|Ашхабад|Ашгабат|عشق آباد|阿什哈巴德 / Turkmenbashi|Türkmənbaşı|Туркменбаши / Avaza|Аваза / Aşqabat|Aşgabat
TN Tunis|Túnez|Тунис|تونس|突尼斯
TO Tongatapu|Tonqapatu|Тонгатапу|تونغاتابو|东加塔布
TR Ankara|Анкара|أنقرة|安卡拉 / Istanbul|Stambul|Estambul|Стамбул|إسطنبول|伊斯坦布尔 / Izmir|Измир|إزمير|伊兹密尔 / Antalya|Antaliya|Анталья|أنطاليا|安塔利亚 / Gaziantep|Газиантеп / Kars|Карс / Trabzon|Трабзон / Konya|Конья / Bursa|Бурса / Adana|Адана / Diyarbakir / Iğdır
TT Port of Spain|İspan Limanı|Порт-оф-Спейн|Port-d’Espagne|Puerto España|بورت أوف سبين|西班牙港
TV Funafuti|Фунафути|فونافوتي|富纳富提
TW Taipei|Taybey|Taipeh|Тайбэй|تايبيه|台北
TZ Dar es Salaam|Дар-эс-Салам|دار السلام|达累斯萨拉姆 / Dodoma / Dar es Salam|Daressalam|Dar es-Salam
UA Kiev|Kyiv|Kyjiw|Kiyev|Kiew|Киев|Київ|كييف|基辅 / Odessa|Odesa|Одесса|Одеса|أوديسا|敖德萨 / Kharkov|Kharkiv|Charkow|Харьков|Харків|خاركيف / Lviv|Lvov|Lwiw|Львов|Львів|لفيف / Kherson|Herson|Херсон|خيرسون|赫尔松 / Donetsk|Донецк|دونيتسك|顿涅茨克 / Mariupol|Мариуполь / Zaporozhye|Zaporizhzhia|Запорожье / Genichesk|Genischesk|Геническ / Dnipro|Днепр / Simferopol|Симферополь|سيمفروبول|辛菲罗波尔
UG Kampala|Кампала|كمبالا|坎帕拉 / كامبالا
UM Midway|Midvey|о-ва Мидуэй|ميدواي|中途岛 / Wake Island|Veyk|Уэйк|واك|威克
US Washington|Vaşinqton|Вашингтон|واشنطن|华盛顿 / New York|Nyu-York|Nueva York|Нью-Йорк|نيويورك|纽约 / United Nations|BMT|Nations Unies|Vereinte Nationen|Naciones Unidas|ООН|الأمم المتحدة|联合国 / Los Angeles|Los-Anceles|Лос-Анджелес|لوس أنجلوس|洛杉矶 / San Francisco|San-Fransisko|Сан-Франциско|سان فرانسيسكو|旧金山 / Chicago|Çikaqo|Чикаго|شيكاغو|芝加哥 / Houston|Hyuston|Хьюстон|هيوستن|休斯敦 / Boston|Бостон|بوسطن|波士顿 / Miami|Mayami|Майами|ميامي|迈阿密 / Atlanta|Атланта / Philadelphia|Филадельфия|费城 / Dallas|Даллас / Seattle|Сиэтл|西雅图 / Las Vegas|Лас-Вегас|拉斯维加斯 / Detroit|Детройт / Austin / Phoenix / Denver / San Diego / Honolulu / Portland / Salt Lake City / Minneapolis / St. Louis / New Orleans / Baltimore / Nashville / Cape Canaveral / Palo Alto / Cleveland / Pittsburgh / Louisville / Adak|Адак|أداك|埃达克 / Anchorage|Ankorac|Анкоридж|أنشوراج|安克雷奇 / Boise|Boyse|Бойсе|بويس|博伊西 / Денвер|دنفر|丹佛 / Detroyt|ديترويت|底特律 / Juneau|Cuno|Джуно|جوني|朱诺 / Los Anceles / Menominee|Menomini|Меномини|مينوميني|梅诺米尼 / Metlakatla|Метлакатла|ميتلاكاتلا|梅特拉卡特拉 / Nyu York / Nome|Nom|Ном|نوم|诺姆 / Feniks|Финикс|فينكس|凤凰城 / Sitka|Ситка|سيتكا|锡特卡 / Yakutat|Якутат|ياكوتات|亚库塔特 / Гонолулу|هونولولو|檀香山
UY Montevideo|Montevidéu|Монтевидео|مونتفيديو|蒙得维的亚
UZ Tashkent|Daşkənd|Taschkent|Tachkent|Taskent|Ташкент|طشقند|塔什干 / Samarkand|Səmərqənd|Samarcande|Samarcanda|Самарканд|سمرقند|撒马尔罕 / Bukhara|Buxara|Boukhara|Бухара|بخارى / Khiva|Хива
VA Vatican City|Vatican|Vatikan|Vatikanstadt|Cité du Vatican|Ciudad del Vaticano|Ватикан|الفاتيكان|梵蒂冈 / Le Vatican|El Vaticano
VC St. Vincent|San Vinsent|Сент-Винсент|Saint-Vincent|San Vicente|سانت فنسنت|圣文森特
VE Caracas|Karakas|Каракас|كاراكاس|加拉加斯
VG Tortola|Тортола|تورتولا|托尔托拉
VI St. Thomas|San Tomas|Сент-Томас|Saint-Thomas|سانت توماس|圣托马斯
VN Hanoi|Hanoy|Ханой|هانوي|河内 / Ho Chi Minh City|Хошимин|胡志明市
VU Efate|Эфате|إيفات|埃法特
WF Wallis|Uollis|Уоллис|واليس|瓦利斯
WS Apia|Апиа|أبيا|阿皮亚
XK Pristina|Приштина|بريشتينا|普里什蒂纳
YE Sanaa|Səna|Sana|Сана|صنعاء|萨那 / Aden|Ədən|عدن|亚丁 / Аден
YT Mayotte|Mayot|Майотта|مايوت|马约特
ZA Pretoria|Претория|بريتوريا|比勒陀利亚 / Johannesburg|Yohannesburq|Johannesbourg|Johannesburgo|Йоханнесбург|جوهانسبرغ|约翰内斯堡 / Cape Town|Keyptaun|Le Cap|Kapstadt|Ciudad del Cabo|Кейптаун|كيب تاون|开普敦 / Soweto / Yohanesburq
ZM Lusaka|Лусака / لوساكا|卢萨卡
ZW Harare|Хараре|哈拉雷 / هراري
"""
