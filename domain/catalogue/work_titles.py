"""The titles of the codes that an office works with."""

from domain.actors import Role
from domain.catalogue.codes import (
    Audience,
    BeneficiaryResult,
    Channel,
    CheckOutcome,
    DeclineReason,
    ErasureGround,
    GrantDocument,
    LoanKind,
    MediaKind,
    PermitResult,
    RefusalGround,
    RegistrationResult,
    Relation,
    StepKind,
)
from domain.catalogue.entry import Entry, entry

# A table is read by its rows: one entry, one line.
# fmt: off
CHECK_OUTCOMES = (
    entry(CheckOutcome.CONFIRMED, None, "подтверждено", "расталды", "confirmed"),
    entry(CheckOutcome.DENIED, None, "опровергнуто", "теріске шығарылды", "denied"),
    entry(CheckOutcome.INCONCLUSIVE, None, "не установлено", "анықталмады", "inconclusive"),
)
BENEFICIARY_RESULTS = (
    entry(BeneficiaryResult.CONFIRMED, "2.2.2", "подтвердил", "растады", "confirmed"),
    entry(BeneficiaryResult.DENIED, "2.2.2", "не подтвердил", "растамады", "denied"),
    entry(BeneficiaryResult.UNREACHABLE, "2.2.2", "связаться не удалось", "байланысу мүмкін болмады", "could not be reached"),
)
REFUSAL_GROUNDS = (
    entry(RefusalGround.NOT_VOLUNTARY, "1.2.1", "Деятельность не добровольная", "Қызмет ерікті емес", "Not voluntary"),
    entry(RefusalGround.PAID, "1.2.2", "Труд оплачивается", "Еңбекке ақы төленеді", "The work is paid"),
    entry(RefusalGround.PRIVATE_INTEREST, "1.2.3", "Деятельность в частных интересах", "Жеке мүдде үшін қызмет", "In private interest"),
    entry(RefusalGround.NO_REAL_ACTIVITY, "1.3.1", "Нет конкретных дел", "Нақты істер жоқ", "No real activity"),
    entry(RefusalGround.HARMFUL, "1.3.3", "Деятельность наносит вред", "Қызмет зиян келтіреді", "Harmful"),
    entry(RefusalGround.NOT_CONFIRMED, None, "Не удалось подтвердить", "Растау мүмкін болмады", "Could not be confirmed"),
)
DECLINE_REASONS = (
    entry(DeclineReason.NOT_POSSIBLE_NOW, "2.1.3", "Сейчас нет возможности", "Қазір мүмкіндік жоқ", "Not possible now"),
    entry(DeclineReason.OUTSIDE_POWERS, "2.1.3", "Вне полномочий фронт-офиса", "Фронт-офис өкілеттігінен тыс", "Outside the office's powers"),
    entry(DeclineReason.NOT_VOLUNTEER_ACTIVITY, "1.1", "Не волонтёрская деятельность", "Волонтерлік қызмет емес", "Not volunteer activity"),
    entry(DeclineReason.NOT_VERIFIED, None, "Организация не проверена", "Ұйым тексерілмеген", "The organization is not verified"),
)
CHANNELS = (
    entry(Channel.VISIT, None, "личное посещение", "жеке бару", "visit"),
    entry(Channel.PHONE, None, "телефон", "телефон", "phone"),
    entry(Channel.EMAIL, None, "электронная почта", "электрондық пошта", "e-mail"),
    entry(Channel.MESSENGER, None, "мессенджер", "мессенджер", "messenger"),
    entry(Channel.LETTER, None, "письмо", "хат", "letter"),
    entry(Channel.PLATFORM, None, "платформа Qazvolunteer.kz", "Qazvolunteer.kz платформасы", "the Qazvolunteer.kz platform"),
    entry(Channel.EVENT, None, "мероприятие", "іс-шара", "event"),
)
STEP_KINDS = (
    entry(StepKind.LETTER_SENT, "2.3.1", "Отправлено письмо в госорган", "Мемлекеттік органға хат жіберілді", "Letter sent to a state body"),
    entry(StepKind.ANSWER_RECEIVED, "2.3.1", "Получен ответ госоргана", "Мемлекеттік органның жауабы алынды", "Answer of a state body received"),
    entry(StepKind.LENT, "2.3.2", "Предоставлено во временное пользование", "Уақытша пайдалануға берілді", "Lent for a time"),
    entry(StepKind.RETURNED, "2.3.2", "Возвращено", "Қайтарылды", "Returned"),
    entry(StepKind.TRAINING_HELD, "2.3.3", "Проведено обучение", "Оқыту өткізілді", "Training held"),
    entry(StepKind.ADVICE_GIVEN, None, "Дана консультация", "Консультация берілді", "Advice given"),
    entry(StepKind.PROGRAMMES_SENT, "2.5.1", "Сообщено о грантах и программах", "Гранттар мен бағдарламалар туралы хабарланды", "Told of grants and programmes"),
    entry(StepKind.INTRODUCTION_MADE, "2.5.2", "Организации познакомлены", "Ұйымдар таныстырылды", "Organizations introduced"),
    entry(StepKind.PUBLICATION, "2.5.3", "Вышла публикация", "Жарияланым шықты", "Publication appeared"),
    entry(StepKind.MEDIA_CONTACTED, "2.5.4", "Состоялся разговор со СМИ", "БАҚ-пен сөйлесу өтті", "Media contacted"),
    entry(StepKind.OTHER_STEP, None, "Другой шаг", "Басқа қадам", "Another step"),
)
RELATIONS = (
    entry(Relation.CONTINUES, None, "продолжает", "жалғастырады", "continues"),
    entry(Relation.RELATED, None, "связано с", "байланысты", "is related to"),
    entry(Relation.SAME_SUBJECT, None, "о том же, что и", "сол туралы", "is about the same as"),
)
MEDIA_KINDS = (
    entry(MediaKind.NEWSPAPER, "2.5.3", "газета", "газет", "newspaper"),
    entry(MediaKind.TELEVISION, "2.5.3", "телевидение", "телевизия", "television"),
    entry(MediaKind.RADIO, "2.5.3", "радио", "радио", "radio"),
    entry(MediaKind.WEBSITE, "2.5.3", "сайт", "сайт", "website"),
    entry(MediaKind.SOCIAL_NETWORK, "2.5.3", "социальная сеть", "әлеуметтік желі", "social network"),
)
PERMIT_RESULTS = (
    entry(PermitResult.GRANTED, "2.3.1", "разрешение получено", "рұқсат алынды", "granted"),
    entry(PermitResult.REFUSED, "2.3.1", "в разрешении отказано", "рұқсаттан бас тартылды", "refused"),
    entry(PermitResult.CONTACT_ESTABLISHED, "2.3.1", "взаимодействие налажено", "өзара іс-қимыл жолға қойылды", "contact established"),
)
REGISTRATION_RESULTS = (
    entry(RegistrationResult.REGISTERED, "2.4.1", "организация зарегистрирована", "ұйым тіркелді", "registered"),
    entry(RegistrationResult.DOCUMENTS_PREPARED, "2.4.1", "документы подготовлены", "құжаттар дайындалды", "documents prepared"),
    entry(RegistrationResult.ADVISED, "2.4.1", "консультация дана", "консультация берілді", "advised"),
)
GRANT_DOCUMENTS = (
    entry(GrantDocument.GRANT_APPLICATION, "2.4.2", "грантовая заявка", "гранттық өтінім", "grant application"),
    entry(GrantDocument.REPORT, "2.4.2", "отчётный документ", "есептік құжат", "report"),
)
AUDIENCES = (
    entry(Audience.NGO_STAFF, "2.3.3", "сотрудники волонтёрских НПО", "волонтерлік ҮЕҰ қызметкерлері", "staff of volunteer NGOs"),
    entry(Audience.INITIATIVE_GROUP, "2.3.3", "участники инициативных групп", "бастамашыл топтардың мүшелері", "initiative groups"),
    entry(Audience.VOLUNTEER_LEADERS, "2.3.3", "лидеры волонтёров", "волонтерлер көшбасшылары", "volunteer leaders"),
)
LOAN_KINDS = (
    entry(LoanKind.PREMISES, "2.3.2", "помещение", "үй-жай", "premises"),
    entry(LoanKind.EQUIPMENT, "2.3.2", "оборудование", "жабдық", "equipment"),
)
ERASURE_GROUNDS = (
    entry(ErasureGround.CONSENT_WITHDRAWN, None, "человек отозвал согласие", "адам келісімін қайтарып алды", "consent withdrawn"),
    entry(ErasureGround.PURPOSE_REACHED, None, "данные больше не нужны", "деректер енді қажет емес", "no longer needed"),
    entry(ErasureGround.UNLAWFUL, None, "данные собраны незаконно", "деректер заңсыз жиналған", "collected unlawfully"),
    entry(ErasureGround.ERASED_BEFORE, None, "данные были удалены раньше", "деректер бұрын жойылған", "erased before"),
)
ROLES = (
    entry(Role.SPECIALIST, None, "специалист", "маман", "specialist"),
    entry(Role.HEAD, None, "руководитель", "басшы", "head"),
    entry(Role.REPUBLICAN_SPECIALIST, None, "специалист республиканского уровня", "республикалық деңгей маманы", "republican specialist"),
    entry(Role.REPUBLICAN_HEAD, None, "руководитель республиканского уровня", "республикалық деңгей басшысы", "republican head"),
    entry(Role.AUDITOR, None, "аудитор", "аудитор", "auditor"),
    entry(Role.ADMINISTRATOR, None, "администратор", "әкімші", "administrator"),
    entry(Role.SERVICE, None, "служебная программа", "қызметтік бағдарлама", "service account"),
)
ALL: dict[str, tuple[Entry, ...]] = {
    "check_outcomes": CHECK_OUTCOMES,
    "beneficiary_results": BENEFICIARY_RESULTS,
    "refusal_grounds": REFUSAL_GROUNDS,
    "decline_reasons": DECLINE_REASONS,
    "channels": CHANNELS,
    "step_kinds": STEP_KINDS,
    "relations": RELATIONS,
    "media_kinds": MEDIA_KINDS,
    "permit_results": PERMIT_RESULTS,
    "registration_results": REGISTRATION_RESULTS,
    "grant_documents": GRANT_DOCUMENTS,
    "audiences": AUDIENCES,
    "loan_kinds": LOAN_KINDS,
    "erasure_grounds": ERASURE_GROUNDS,
    "roles": ROLES,
}
