"""The titles of the handbook's own lists, edition 2021, with the clause of each.

The Russian words are the handbook's; the Kazakh and English ones are translations.
"""

from domain.catalogue.codes import (
    Direction,
    Finding,
    HelpCategory,
    HelpType,
    LegalForm,
    ObstacleKind,
    ParticipationMode,
    QualityIndicator,
    TeamType,
    VerificationMethod,
    VolunteerGroup,
)
from domain.catalogue.entry import Entry, entry

# A table is read by its rows: one entry, one line.
# fmt: off
TEAM_TYPES = (
    entry(TeamType.NGO, "1.5.1", "Волонтёрская НПО или НКО", "Волонтерлік ҮЕҰ немесе КЕҰ", "Volunteer NGO or non-profit"),
    entry(TeamType.INITIATIVE_GROUP, "1.5.2", "Волонтёрская инициативная группа", "Волонтерлік бастамашыл топ", "Volunteer initiative group"),
)
LEGAL_FORMS = (
    entry(LegalForm.ASSOCIATION_OF_LEGAL_ENTITIES, "1.5.1", "Объединение юридических лиц", "Заңды тұлғалар бірлестігі", "Association of legal entities"),
    entry(LegalForm.PUBLIC_FOUNDATION, "1.5.1", "Общественный фонд", "Қоғамдық қор", "Public foundation"),
    entry(LegalForm.PUBLIC_ASSOCIATION, "1.5.1", "Общественное объединение", "Қоғамдық бірлестік", "Public association"),
)
DIRECTIONS = (
    entry(Direction.AYALA, "1.6.1", "BIRGEMIZ: AYALA — забота о животных", "BIRGEMIZ: AYALA — жануарларға қамқорлық", "BIRGEMIZ: AYALA — animals"),
    entry(Direction.ASYL_MURA, "1.6.2", "BIRGEMIZ: ASYL MURA — историко-культурное наследие", "BIRGEMIZ: ASYL MURA — тарихи-мәдени мұра", "BIRGEMIZ: ASYL MURA — historical and cultural heritage"),
    entry(Direction.BILIM, "1.6.3", "BIRGEMIZ: BILIM — цифровая, финансовая, языковая, компьютерная грамотность", "BIRGEMIZ: BILIM — цифрлық, қаржылық, тілдік, компьютерлік сауаттылық", "BIRGEMIZ: BILIM — digital, financial, language and computer literacy"),
    entry(Direction.QAMQOR, "1.6.4", "BIRGEMIZ: QAMQOR — дома престарелых, центры социального обслуживания", "BIRGEMIZ: QAMQOR — қарттар үйлері, әлеуметтік қызмет көрсету орталықтары", "BIRGEMIZ: QAMQOR — homes for the elderly and social service centres"),
    entry(Direction.SAULYQ, "1.6.5", "BIRGEMIZ: SAÝLYQ — охрана здоровья, уход за больными, донорство", "BIRGEMIZ: SAÝLYQ — денсаулық сақтау, науқастарға күтім, донорлық", "BIRGEMIZ: SAÝLYQ — health care, care of the sick, donation"),
    entry(Direction.SABAQTASTYQ, "1.6.6", "BIRGEMIZ: SABAQTASTYQ — наставничество над детьми и молодёжью", "BIRGEMIZ: SABAQTASTYQ — балалар мен жастарға тәлімгерлік", "BIRGEMIZ: SABAQTASTYQ — mentoring of children and young people"),
    entry(Direction.TAZA_ALEM, "1.6.7", "BIRGEMIZ: TAZA ÁLEM — защита окружающей среды", "BIRGEMIZ: TAZA ÁLEM — қоршаған ортаны қорғау", "BIRGEMIZ: TAZA ÁLEM — protection of the environment"),
    entry(Direction.UMIT, "1.6.8", "BIRGEMIZ: ÚMIT — чрезвычайные ситуации, поиск пропавших", "BIRGEMIZ: ÚMIT — төтенше жағдайлар, жоғалғандарды іздеу", "BIRGEMIZ: ÚMIT — emergencies and the search for missing people"),
    entry(Direction.MEDIA, "1.6.9", "Медиаволонтёрство", "Медиаволонтерлік", "Media volunteering"),
    entry(Direction.CULTURE_ARTS, "1.6.10", "Волонтёрство в сфере культуры и искусства", "Мәдениет және өнер саласындағы волонтерлік", "Volunteering in culture and the arts"),
    entry(Direction.SPORT_HEALTHY_LIVING, "1.6.11", "Спортивное и ЗОЖ волонтёрство", "Спорт және салауатты өмір салты волонтерлігі", "Volunteering in sport and healthy living"),
    entry(Direction.OTHER_SOCIAL, "1.6.12", "Другое социальное волонтёрство", "Басқа әлеуметтік волонтерлік", "Other social volunteering"),
)
VOLUNTEER_GROUPS = (
    entry(VolunteerGroup.PRO_BONO, "1.7.1", "Провоно волонтёрство (профессионалы)", "Про боно волонтерлік (кәсіби мамандар)", "Pro bono (professionals)"),
    entry(VolunteerGroup.MINORS, "1.7.2", "Детское волонтёрство (до 18 лет)", "Балалар волонтерлігі (18 жасқа дейін)", "Minors (under 18)"),
    entry(VolunteerGroup.INCLUSIVE, "1.7.3", "Инклюзивное волонтёрство", "Инклюзивті волонтерлік", "Inclusive"),
    entry(VolunteerGroup.CORPORATE, "1.7.4", "Корпоративное волонтёрство", "Корпоративтік волонтерлік", "Corporate"),
    entry(VolunteerGroup.INTERNATIONAL, "1.7.5", "Международное волонтёрство", "Халықаралық волонтерлік", "International"),
    entry(VolunteerGroup.SILVER, "1.7.6", "Серебряное волонтёрство (от 55 лет)", "Күміс волонтерлік (55 жастан бастап)", "Silver (55 and over)"),
    entry(VolunteerGroup.GENERAL, "1.7.7", "Общее волонтёрство", "Жалпы волонтерлік", "General"),
)
PARTICIPATION_MODES = (
    entry(ParticipationMode.AUTO, "1.8.1", "Автоволонтёрство", "Автоволонтерлік", "Auto volunteering"),
    entry(ParticipationMode.ONLINE, "1.8.2", "Онлайн-волонтёрство", "Онлайн волонтерлік", "Online"),
    entry(ParticipationMode.OFFLINE, "1.8.3", "Офлайн-волонтёрство", "Офлайн волонтерлік", "Offline"),
)
FINDINGS = (
    entry(Finding.VOLUNTARY, "1.2.1", "Добровольно", "Ерікті түрде", "Voluntary"),
    entry(Finding.UNPAID, "1.2.2", "Безвозмездно", "Өтеусіз", "Unpaid"),
    entry(Finding.PUBLIC_BENEFIT, "1.2.3", "На благо общества", "Қоғам игілігі үшін", "For the benefit of society"),
    entry(Finding.CONCRETE_DEEDS, "1.3.1", "Конкретные дела", "Нақты істер", "Concrete deeds"),
    entry(Finding.AWARE, "1.3.2", "Осознанность", "Саналылық", "Awareness"),
    entry(Finding.HARMLESS, "1.3.3", "«Не навреди!»", "«Зиян келтірме!»", "Do no harm"),
)
VERIFICATION_METHODS = (
    entry(VerificationMethod.PLATFORM_REGISTRATION, "2.2.1", "Регистрация на платформе Qazvolunteer.kz по ID коду", "Qazvolunteer.kz платформасында ID код бойынша тіркелуі", "Registration on Qazvolunteer.kz by ID"),
    entry(VerificationMethod.PAST_EXPERIENCE, "2.2.2", "Отчёты о прошлом опыте и связь с бенефициарами", "Өткен тәжірибе туралы есептер және бенефициарлармен байланыс", "Reports on past work, checked with beneficiaries"),
    entry(VerificationMethod.PARTNER_RECOMMENDATION, "2.2.3", "Рекомендательное письмо партнёров или бенефициаров", "Серіктестердің немесе бенефициарлардың ұсыным хаты", "Letter of partners or beneficiaries"),
    entry(VerificationMethod.NETWORK_RECOMMENDATION, "2.2.4", "Рекомендательное письмо партнёров Национальной волонтёрской сети", "Ұлттық волонтерлік желі серіктестерінің ұсыным хаты", "Letter of partners of the National Volunteer Network"),
    entry(VerificationMethod.SITE_VISIT, "2.2.5", "Посещение мероприятия, акции или места деятельности", "Іс-шараға, акцияға немесе қызмет орнына бару", "Visit to an event or place of work"),
)
HELP_CATEGORIES = (
    entry(HelpCategory.ADMINISTRATIVE, None, "Административная помощь", "Әкімшілік көмек", "Administrative help"),
    entry(HelpCategory.CONSULTATIVE, None, "Консультативная помощь", "Консультациялық көмек", "Consultative help"),
    entry(HelpCategory.INFORMATIONAL, None, "Информационная помощь", "Ақпараттық көмек", "Informational help"),
)
HELP_TYPES = (
    entry(HelpType.STATE_BODY_LIAISON, "2.3.1", "Налаживание взаимодействия с государственными органами", "Мемлекеттік органдармен өзара іс-қимылды жолға қою", "Liaison with state bodies"),
    entry(HelpType.PREMISES_AND_EQUIPMENT, "2.3.2", "Временное обеспечение помещением и оборудованием", "Үй-жаймен және жабдықпен уақытша қамтамасыз ету", "Premises and equipment for a time"),
    entry(HelpType.TRAINING, "2.3.3", "Обучающие тренинги, семинары и курсы", "Оқыту тренингтері, семинарлар мен курстар", "Training, seminars and courses"),
    entry(HelpType.REGISTRATION_ADVICE, "2.4.1", "Консультации и поддержка в регистрации организаций", "Ұйымдарды тіркеу бойынша консультация және қолдау", "Advice on registering an organization"),
    entry(HelpType.GRANT_AND_REPORT_ADVICE, "2.4.2", "Помощь в подготовке грантовых заявок и отчётов", "Гранттық өтінімдер мен есептерді дайындауға көмек", "Help with grant applications and reports"),
    entry(HelpType.GRANT_INFORMATION, "2.5.1", "Информирование о грантах и программах поддержки", "Гранттар мен қолдау бағдарламалары туралы ақпараттандыру", "Information on grants and programmes"),
    entry(HelpType.PARTNER_INFORMATION, "2.5.2", "Информирование о других организациях и сотрудничестве", "Басқа ұйымдар және ынтымақтастық туралы ақпараттандыру", "Information on other organizations"),
    entry(HelpType.MEDIA_COVERAGE, "2.5.3", "Освещение деятельности в СМИ и соцсетях", "Қызметті БАҚ пен әлеуметтік желілерде жариялау", "Coverage in the media and social networks"),
    entry(HelpType.MEDIA_ATTRACTION, "2.5.4", "Привлечение интереса СМИ", "БАҚ қызығушылығын тарту", "Raising the interest of the media"),
)
OBSTACLE_KINDS = (
    entry(ObstacleKind.BROKEN_COMMUNICATION_WITH_AUTHORITIES, "2.8.2", "Нарушенные коммуникации с местными исполнительными органами", "Жергілікті атқарушы органдармен байланыстың бұзылуы", "Broken communication with local authorities"),
    entry(ObstacleKind.LACK_OF_PROJECT_SKILLS, "2.8.2", "Недостаточно знаний в ведении социальных проектов", "Әлеуметтік жобаларды жүргізуде білімнің жетіспеуі", "Too little knowledge of running social projects"),
    entry(ObstacleKind.NO_PREMISES, "2.8.2", "Не хватает помещения для собраний", "Жиналыстар өткізуге үй-жай жетіспейді", "No premises for meetings"),
    entry(ObstacleKind.HOSTILE_ATTITUDE, "2.8.2", "Население настроено негативно", "Халықтың теріс көзқарасы", "A hostile public attitude"),
    entry(ObstacleKind.OTHER, "2.8.2", "Другое", "Басқа", "Other"),
)
QUALITY_INDICATORS = (
    entry(QualityIndicator.CONTACTS, "2.8.1", "Налаженные контакты с организациями в областном центре и всех районах", "Облыс орталығы мен барлық аудандардағы ұйымдармен орнатылған байланыс", "Contacts in the regional centre and every district"),
    entry(QualityIndicator.UNDERSTANDING_OF_NEEDS, "2.8.2", "Чёткое понимание потребностей движения региона", "Өңір қозғалысының қажеттіліктерін нақты түсіну", "A clear understanding of the movement's needs"),
    entry(QualityIndicator.PLATFORM_FOR_INTERACTION, "2.8.3", "Площадка для взаимодействия и диалога", "Өзара іс-қимыл мен диалог алаңы", "A platform for working together and for dialogue"),
    entry(QualityIndicator.FEEDBACK, "2.8.4", "Постоянная обратная связь с республиканским фронт-офисом", "Республикалық фронт-офиспен тұрақты кері байланыс", "Constant exchange with the republican front office"),
)
ALL: dict[str, tuple[Entry, ...]] = {
    "team_types": TEAM_TYPES,
    "legal_forms": LEGAL_FORMS,
    "directions": DIRECTIONS,
    "volunteer_groups": VOLUNTEER_GROUPS,
    "participation_modes": PARTICIPATION_MODES,
    "findings": FINDINGS,
    "verification_methods": VERIFICATION_METHODS,
    "help_categories": HELP_CATEGORIES,
    "help_types": HELP_TYPES,
    "obstacle_kinds": OBSTACLE_KINDS,
    "quality_indicators": QUALITY_INDICATORS,
}
