"""The seventeen top Media Topics of IPTC and the topics directly below them, called by us in our eight languages. Pure.

A line is a code and its names in the languages of the first line; what is indented stands below the line without indent above
it. The codes and their order are IPTC's (cv.iptc.org/newscodes/mediatopic), the names our own.
"""

TABLE = """\
code | en | az | ru | fr | de | es | ar | zh
01000000 | arts, culture, entertainment and media | incəsənət, mədəniyyət, əyləncə və media | искусство, культура, развлечения и СМИ | arts, culture, divertissement et médias | Kunst, Kultur, Unterhaltung und Medien | artes, cultura, espectáculos y medios | الفنون والثقافة والترفيه والإعلام | 艺术、文化、娱乐与媒体
 20000002 | arts and entertainment | incəsənət və əyləncə | искусство и развлечения | arts et spectacles | Kunst und Unterhaltung | arte y espectáculos | الفنون والترفيه | 艺术与娱乐
 20000038 | culture | mədəniyyət | культура | culture | Kultur | cultura | الثقافة | 文化
 20000045 | mass media | kütləvi informasiya vasitələri | средства массовой информации | médias | Massenmedien | medios de comunicación | وسائل الإعلام | 大众传媒
02000000 | crime, law and justice | cinayət, hüquq və ədliyyə | преступность, право и правосудие | criminalité, droit et justice | Kriminalität, Recht und Justiz | delincuencia, derecho y justicia | الجريمة والقانون والعدالة | 犯罪、法律与司法
 20000082 | crime | cinayət | преступность | criminalité | Kriminalität | delincuencia | الجريمة | 犯罪
 20000106 | judiciary | məhkəmə hakimiyyəti | судебная власть | pouvoir judiciaire | Gerichtsbarkeit | poder judicial | السلطة القضائية | 司法机关
 20000119 | justice | ədalət mühakiməsi | правосудие | justice | Rechtspflege | justicia | العدالة | 司法公正
 20000121 | law | qanunvericilik | право и законы | droit et lois | Recht und Gesetze | leyes | القانون | 法律
 20000129 | law enforcement | hüquq-mühafizə | охрана правопорядка | forces de l’ordre | Strafverfolgung | fuerzas de seguridad | إنفاذ القانون | 执法
03000000 | disaster, accident and emergency incident | fəlakət, qəza və fövqəladə hallar | катастрофы, аварии и чрезвычайные происшествия | catastrophes, accidents et urgences | Katastrophen, Unfälle und Notfälle | catástrofes, accidentes y emergencias | الكوارث والحوادث والطوارئ | 灾害、事故与突发事件
 20000139 | accident and emergency incident | qəza və fövqəladə hadisə | аварии и чрезвычайные происшествия | accidents et incidents | Unfälle und Notlagen | accidentes y siniestros | الحوادث الطارئة | 事故与突发事件
 20000148 | disaster | fəlakət | катастрофы | catastrophes | Katastrophen | catástrofes | الكوارث | 灾害
 20000168 | emergency response | xilasetmə işləri | реагирование на чрезвычайные ситуации | secours | Rettungseinsätze | respuesta a emergencias | الاستجابة للطوارئ | 应急救援
04000000 | economy, business and finance | iqtisadiyyat, biznes və maliyyə | экономика, бизнес и финансы | économie, entreprises et finances | Wirtschaft, Unternehmen und Finanzen | economía, empresas y finanzas | الاقتصاد والأعمال والمال | 经济、商业与金融
 20000170 | business information | şirkət xəbərləri | сведения о компаниях | informations d’entreprises | Unternehmensnachrichten | información empresarial | أخبار الشركات | 企业信息
 20000209 | economic sector | iqtisadiyyat sahəsi | отрасли экономики | secteurs économiques | Wirtschaftszweige | sectores económicos | القطاعات الاقتصادية | 经济行业
 20000344 | economy | iqtisadiyyat | экономика | économie | Volkswirtschaft | economía | الاقتصاد | 经济
 20000385 | market and exchange | bazar və birja | рынки и биржи | marchés et bourses | Märkte und Börsen | mercados y bolsas | الأسواق والبورصات | 市场与交易所
05000000 | education | təhsil | образование | éducation | Bildung | educación | التعليم | 教育
 20000398 | parent organisation | valideyn birlikləri | родительские организации | associations de parents | Elternverbände | asociaciones de padres | منظمات أولياء الأمور | 家长组织
 20000399 | religious education | dini təhsil | религиозное образование | enseignement religieux | religiöse Erziehung | educación religiosa | التعليم الديني | 宗教教育
 20000400 | school | məktəb | школы и вузы | écoles | Schulen | escuelas | المدارس | 学校
 20000410 | social learning | sosial öyrənmə | социальное обучение | apprentissage social | soziales Lernen | aprendizaje social | التعلّم الاجتماعي | 社会学习
 20000411 | teaching and learning | tədris və öyrənmə | преподавание и обучение | enseignement et apprentissage | Lehren und Lernen | enseñanza y aprendizaje | التدريس والتعلّم | 教与学
 20001216 | vocational education | peşə təhsili | профессиональное образование | formation professionnelle | Berufsbildung | formación profesional | التعليم المهني | 职业教育
06000000 | environment | ətraf mühit | окружающая среда | environnement | Umwelt | medio ambiente | البيئة | 环境
 20000418 | climate change | iqlim dəyişikliyi | изменение климата | changement climatique | Klimawandel | cambio climático | تغيّر المناخ | 气候变化
 20000420 | conservation | təbiətin mühafizəsi | охрана природы | protection de la nature | Naturschutz | conservación de la naturaleza | حماية الطبيعة | 自然保护
 20000423 | environmental politics | ekoloji siyasət | экологическая политика | politique environnementale | Umweltpolitik | política medioambiental | السياسة البيئية | 环境政策
 20000424 | environmental pollution | ətraf mühitin çirklənməsi | загрязнение окружающей среды | pollution | Umweltverschmutzung | contaminación | التلوث البيئي | 环境污染
 20000430 | natural resources | təbii ehtiyatlar | природные ресурсы | ressources naturelles | natürliche Ressourcen | recursos naturales | الموارد الطبيعية | 自然资源
 20000441 | nature | təbiət | природа | nature | Natur | naturaleza | الطبيعة | 自然
07000000 | health | səhiyyə | здоровье | santé | Gesundheit | salud | الصحة | 健康
 20000446 | diseases and conditions | xəstəliklər | болезни и состояния | maladies et affections | Krankheiten | enfermedades y dolencias | الأمراض والحالات المرضية | 疾病与病症
 20000461 | health facility | tibb müəssisəsi | медицинские учреждения | établissements de santé | Gesundheitseinrichtungen | centros sanitarios | المرافق الصحية | 医疗机构
 20000463 | health organisations | səhiyyə təşkilatları | организации здравоохранения | organisations de santé | Gesundheitsorganisationen | organizaciones sanitarias | المنظمات الصحية | 卫生组织
 20000464 | health treatment | müalicə | лечение | soins et traitements | Behandlung | tratamientos médicos | العلاج | 治疗
 20000479 | healthcare policy | səhiyyə siyasəti | политика здравоохранения | politique de santé | Gesundheitspolitik | política sanitaria | السياسة الصحية | 医疗政策
 20000485 | medical profession | həkim peşəsi | медицинские профессии | professions médicales | Heilberufe | profesiones médicas | المهن الطبية | 医疗职业
 20000493 | non-human diseases | heyvan və bitki xəstəlikləri | болезни животных и растений | maladies animales et végétales | Tier- und Pflanzenkrankheiten | enfermedades animales y vegetales | أمراض الحيوان والنبات | 动植物疾病
08000000 | human interest | insan taleləri | истории о людях | vie des gens | Menschen und Schicksale | interés humano | اهتمامات إنسانية | 社会趣闻
 20000497 | accomplishment | nailiyyət | достижения | exploits | besondere Leistungen | logros | الإنجازات | 成就
 20000500 | animal | heyvanlar | животные | animaux | Tiere | animales | الحيوانات | 动物
 20000501 | ceremony | mərasim | церемонии | cérémonies | Feierlichkeiten | ceremonias | المراسم | 典礼
 20000502 | people | insanlar | люди | personnalités | Personen | personas | أشخاص | 人物
 20000507 | plant | bitkilər | растения | plantes | Pflanzen | plantas | النباتات | 植物
 20001237 | anniversary | ildönümü | годовщины | anniversaires | Jahrestage | aniversarios | الذكرى السنوية | 周年纪念
09000000 | labour | əmək | труд | travail | Arbeit | trabajo | العمل | 劳动
 20000509 | employment | məşğulluq | занятость | emploi | Beschäftigung | empleo | التوظيف | 就业
 20000521 | employment legislation | əmək qanunvericiliyi | трудовое законодательство | droit du travail | Arbeitsrecht | legislación laboral | تشريعات العمل | 劳动法规
 20000523 | labour market | əmək bazarı | рынок труда | marché du travail | Arbeitsmarkt | mercado laboral | سوق العمل | 劳动力市场
 20000524 | labour relations | əmək münasibətləri | трудовые отношения | relations sociales | Arbeitsbeziehungen | relaciones laborales | علاقات العمل | 劳资关系
 20000531 | retirement | təqaüd | выход на пенсию | retraite | Ruhestand | jubilación | التقاعد | 退休
 20000533 | unemployment | işsizlik | безработица | chômage | Arbeitslosigkeit | desempleo | البطالة | 失业
 20000536 | unions | həmkarlar ittifaqları | профсоюзы | syndicats | Gewerkschaften | sindicatos | النقابات | 工会
10000000 | lifestyle and leisure | həyat tərzi və istirahət | образ жизни и досуг | mode de vie et loisirs | Lebensart und Freizeit | estilo de vida y ocio | نمط الحياة والترفيه | 生活方式与休闲
 20000538 | leisure | asudə vaxt | досуг | loisirs | Freizeit | ocio | أوقات الفراغ | 休闲
 20000565 | lifestyle | həyat tərzi | образ жизни | mode de vie | Lebensart | estilo de vida | نمط الحياة | 生活方式
 20001239 | exercise and fitness | idman məşqi və fitnes | физкультура и фитнес | exercice et forme | Bewegung und Fitness | ejercicio y forma física | التمارين واللياقة | 健身
11000000 | politics | siyasət | политика | politique | Politik | política | السياسة | 政治
 20000574 | election | seçki | выборы | élections | Wahlen | elecciones | الانتخابات | 选举
 20000587 | fundamental rights | əsas hüquqlar | основные права | droits fondamentaux | Grundrechte | derechos fundamentales | الحقوق الأساسية | 基本权利
 20000593 | government | hökumət | органы власти | gouvernement | Regierung | gobierno | الحكومة | 政府
 20000621 | government policy | dövlət siyasəti | государственная политика | politique publique | Regierungspolitik | política gubernamental | سياسة الحكومة | 政府政策
 20000638 | international relations | beynəlxalq münasibətlər | международные отношения | relations internationales | internationale Beziehungen | relaciones internacionales | العلاقات الدولية | 国际关系
 20000646 | non-governmental organisation | qeyri-hökumət təşkilatı | неправительственные организации | organisations non gouvernementales | Nichtregierungsorganisationen | organizaciones no gubernamentales | المنظمات غير الحكومية | 非政府组织
 20000647 | political crisis | siyasi böhran | политический кризис | crise politique | politische Krise | crisis política | أزمة سياسية | 政治危机
 20000648 | political dissent | siyasi etiraz | политическое инакомыслие | dissidence politique | politischer Widerspruch | disidencia política | المعارضة السياسية | 政治异见
 20000649 | political process | siyasi proses | политический процесс | processus politique | politischer Prozess | proceso político | العملية السياسية | 政治进程
12000000 | religion and belief | din və inanc | религия и верования | religion et croyances | Religion und Glaube | religión y creencias | الدين والمعتقدات | 宗教与信仰
 20000657 | religious belief | dini etiqad | вероучения | croyances religieuses | Glaubensrichtungen | creencias religiosas | المعتقدات الدينية | 宗教信仰
 20000687 | interreligious dialogue | dinlərarası dialoq | межрелигиозный диалог | dialogue interreligieux | interreligiöser Dialog | diálogo interreligioso | الحوار بين الأديان | 宗教间对话
 20000688 | religious conflict | dini münaqişə | религиозные конфликты | conflits religieux | Religionskonflikte | conflictos religiosos | النزاعات الدينية | 宗教冲突
 20000689 | religious event | dini tədbir | религиозные события | événements religieux | religiöse Ereignisse | actos religiosos | المناسبات الدينية | 宗教活动
 20000697 | religious facilities | ibadət yerləri | культовые сооружения | lieux de culte | religiöse Stätten | lugares de culto | دور العبادة | 宗教场所
 20000702 | religious institutions and state relations | din və dövlət münasibətləri | отношения религии и государства | relations entre religion et État | Verhältnis von Religion und Staat | relaciones entre religión y Estado | العلاقة بين الدين والدولة | 宗教与国家关系
 20000703 | religious leader | din xadimi | религиозные деятели | chefs religieux | religiöse Würdenträger | líderes religiosos | القادة الدينيون | 宗教领袖
 20000705 | religious text | dini mətn | священные тексты | textes religieux | religiöse Texte | textos religiosos | النصوص الدينية | 宗教典籍
13000000 | science and technology | elm və texnologiya | наука и технологии | sciences et technologies | Wissenschaft und Technik | ciencia y tecnología | العلوم والتكنولوجيا | 科学与技术
 20000710 | biomedical science | biotibbi elmlər | биомедицинские науки | sciences biomédicales | Biomedizin | ciencias biomédicas | العلوم الطبية الحيوية | 生物医学
 20000715 | mathematics | riyaziyyat | математика | mathématiques | Mathematik | matemáticas | الرياضيات | 数学
 20000717 | natural science | təbiət elmləri | естественные науки | sciences naturelles | Naturwissenschaften | ciencias naturales | العلوم الطبيعية | 自然科学
 20000735 | scientific research | elmi tədqiqat | научные исследования | recherche scientifique | Forschung | investigación científica | البحث العلمي | 科学研究
 20000741 | scientific institution | elmi müəssisə | научные учреждения | institutions scientifiques | Forschungseinrichtungen | instituciones científicas | المؤسسات العلمية | 科研机构
 20000742 | social sciences | ictimai elmlər | общественные науки | sciences sociales | Sozialwissenschaften | ciencias sociales | العلوم الاجتماعية | 社会科学
 20000755 | scientific standards | elmi standartlar | научные стандарты | normes scientifiques | wissenschaftliche Standards | normas científicas | المعايير العلمية | 科学标准
 20000756 | technology and engineering | texnologiya və mühəndislik | техника и инженерное дело | technologie et ingénierie | Technik und Ingenieurwesen | tecnología e ingeniería | التكنولوجيا والهندسة | 技术与工程
14000000 | society | cəmiyyət | общество | société | Gesellschaft | sociedad | المجتمع | 社会
 20000768 | communities | icmalar | сообщества | communautés | Gemeinschaften | comunidades | الجماعات | 社区群体
 20000770 | demographics | demoqrafiya | демография | démographie | Demografie | demografía | السكان | 人口
 20000771 | immigration | immiqrasiya | иммиграция | immigration | Einwanderung | inmigración | الهجرة الوافدة | 入境移民
 20000772 | emigration | mühacirət | эмиграция | émigration | Auswanderung | emigración | الهجرة المغادرة | 出境移民
 20000775 | discrimination | ayrı-seçkilik | дискриминация | discrimination | Diskriminierung | discriminación | التمييز | 歧视
 20000780 | family | ailə | семья | famille | Familie | familia | الأسرة | 家庭
 20000788 | mankind | bəşəriyyət | человечество | humanité | Menschheit | humanidad | البشرية | 人类
 20000799 | social condition | sosial vəziyyət | социальное положение | condition sociale | soziale Lage | condición social | الوضع الاجتماعي | 社会状况
 20000802 | social problem | sosial problem | социальные проблемы | problèmes sociaux | soziale Probleme | problemas sociales | المشكلات الاجتماعية | 社会问题
 20000808 | values | dəyərlər | ценности | valeurs | Werte | valores | القيم | 价值观
 20000817 | welfare | sosial təminat | социальное обеспечение | protection sociale | Sozialwesen | bienestar social | الرعاية الاجتماعية | 社会福利
15000000 | sport | idman | спорт | sport | Sport | deportes | الرياضة | 体育
 20000822 | competition discipline | idman növü | виды спорта | disciplines sportives | Sportarten | disciplinas deportivas | الألعاب الرياضية | 竞赛项目
 20001103 | disciplinary action in sport | idmanda intizam tənbehi | дисциплинарные меры в спорте | sanctions sportives | Sportstrafen | sanciones deportivas | الإجراءات التأديبية في الرياضة | 体育纪律处分
 20001104 | drug use in sport | idmanda dopinq | допинг в спорте | dopage | Doping | dopaje | المنشطات في الرياضة | 体育兴奋剂
 20001108 | sport event | idman yarışı | спортивные соревнования | événements sportifs | Sportveranstaltungen | competiciones deportivas | المنافسات الرياضية | 体育赛事
 20001124 | sport industry | idman sənayesi | спортивная индустрия | industrie du sport | Sportwirtschaft | industria del deporte | صناعة الرياضة | 体育产业
 20001125 | sport organisation | idman təşkilatı | спортивные организации | organisations sportives | Sportverbände | organizaciones deportivas | الهيئات الرياضية | 体育组织
 20001126 | sport venue | idman qurğusu | спортивные сооружения | enceintes sportives | Sportstätten | recintos deportivos | المنشآت الرياضية | 体育场馆
 20001148 | transfer | transfer | переходы спортсменов | transferts | Vereinswechsel | traspasos | انتقالات اللاعبين | 转会
 20001240 | bodybuilding | bodibildinq | бодибилдинг | culturisme | Bodybuilding | culturismo | كمال الأجسام | 健美
16000000 | conflict, war and peace | münaqişə, müharibə və sülh | конфликты, война и мир | conflits, guerre et paix | Konflikte, Krieg und Frieden | conflictos, guerra y paz | النزاعات والحرب والسلام | 冲突、战争与和平
 20000053 | act of terror | terror aktı | теракты | actes terroristes | Terroranschläge | atentados | الأعمال الإرهابية | 恐怖袭击
 20000056 | armed conflict | silahlı münaqişə | вооружённые конфликты | conflits armés | bewaffnete Konflikte | conflictos armados | النزاعات المسلحة | 武装冲突
 20000065 | civil unrest | iğtişaşlar | беспорядки | troubles civils | Unruhen | disturbios | الاضطرابات المدنية | 社会骚乱
 20000070 | coup d’état | dövlət çevrilişi | государственный переворот | coup d’État | Staatsstreich | golpe de Estado | الانقلاب | 政变
 20000071 | massacre | kütləvi qırğın | массовые убийства | massacres | Massaker | masacres | المجازر | 屠杀
 20000073 | peace process | sülh prosesi | мирный процесс | processus de paix | Friedensprozess | proceso de paz | عملية السلام | 和平进程
 20000077 | post-war reconstruction | müharibədən sonrakı bərpa | послевоенное восстановление | reconstruction d’après-guerre | Wiederaufbau nach dem Krieg | reconstrucción de posguerra | إعادة الإعمار بعد الحرب | 战后重建
 20000080 | prisoners of war | hərbi əsirlər | военнопленные | prisonniers de guerre | Kriegsgefangene | prisioneros de guerra | أسرى الحرب | 战俘
17000000 | weather | hava | погода | météo | Wetter | el tiempo | الطقس | 天气
 20001128 | weather forecast | hava proqnozu | прогноз погоды | prévisions météo | Wettervorhersage | previsión del tiempo | توقعات الطقس | 天气预报
 20001129 | weather phenomena | hava hadisələri | погодные явления | phénomènes météo | Wettererscheinungen | fenómenos meteorológicos | الظواهر الجوية | 天气现象
 20001130 | weather statistic | hava statistikası | данные о погоде | statistiques météo | Wetterdaten | datos meteorológicos | إحصاءات الطقس | 天气数据
 20001131 | weather warning | hava xəbərdarlığı | предупреждения о погоде | alertes météo | Wetterwarnungen | avisos meteorológicos | تحذيرات الطقس | 天气预警
"""
