"""Plans and report sections of the demonstration's finished audits."""

FEEDBACK = {
    "feedback-report/scope-and-goal": "Umówiliśmy się na pełny bilans: oba wywiady, opis kompetencji z dowodami i plan. Wszystko to zrobiliśmy w czterech spotkaniach. Cel z planu jest jeden, z datą, i wynika z rozmów.",
    "feedback-report/situation": "Praca jest stała, ale zakres zadań od lat wyrósł ponad stanowisko. Szkoła jest ukończona, jeden kurs przerwany z powodów rodzinnych i możliwy do dokończenia.",
    "feedback-report/interests": "Najchętniej zajmuje się tym, co da się policzyć i uporządkować, oraz ludźmi, którym trzeba coś spokojnie wytłumaczyć.",
    "feedback-report/competences-held": "Najmocniejsze są kompetencje poparte dokumentem i historią naraz; wymienia je Karta Bilansu Kompetencji.",
    "feedback-report/competences-to-develop": "Warto dołożyć jedno formalne potwierdzenie, bo praktyka już jest.",
    "feedback-report/values-and-goals": "Ważna jest uczciwość i spokój w domu. Nowe zadania mają zmieścić się w godzinach, które dziś zajmuje praca.",
    "preliminary-report/summary": "Z wywiadów wynika długie, spójne doświadczenie. Opisy kompetencji zostały uzgodnione.",
    "preliminary-report/gaps": "Brakuje dowodu na najnowsze zadania; referencje są w drodze.",
    "preliminary-report/next": "Ocena dowodów, plan i rozmowa podsumowująca.",
    "final-report/course": "Bilans trwał krócej niż trzy miesiące. Odbyły się cztery spotkania i jedna rozmowa telefoniczna.",
    "final-report/results": "Opisano i potwierdzono kompetencje; większość ma dowód oceniony jako wystarczający.",
    "final-report/recommendations": "Zapisać się na wybrany kurs w ciągu miesiąca. Wrócić do doradcy po egzaminie, żeby dopisać wynik.",
}

QUESTIONS = {
    "resources": "Kilkanaście lat praktyki, zaufanie przełożonych, porządek w papierach.",
    "obstacles": "Mało czasu w tygodniu i obawa przed egzaminem po latach przerwy.",
    "minimise": "Kurs w soboty, nauka po pół godziny dziennie, próbny egzamin w maju.",
    "first-step": "Telefon do szkoły w poniedziałek i pytanie o zajęcia sobotnie.",
    "people": "Siostra, która skończyła ten sam kurs, i kierowniczka.",
    "information": "Daty egzaminów i cena kursu.",
    "signs": "Zaliczony pierwszy moduł i zgoda na nowy zakres zadań.",
    "fallback": "Jeśli kurs się nie otworzy, ten sam kurs przez internet od września.",
}

CASHIER_PLAN = {
    "direction": "upskilling",
    "subject": "post",
    "until": (9, 6),  # the month, and how many months away at least; its year stands for {year}
    "main": "Do września {year} zdam egzamin z podstaw księgowości i przejdę do rozliczeń w biurze marketu.",
    "measure": "Zaświadczenie z egzaminu i nowy zakres obowiązków na piśmie.",
    "step": "Do końca lutego zapiszę się na kurs księgowości w soboty.",
    "other": "Jeśli w markecie nie będzie miejsca, poszukam pracy w biurze rachunkowym do końca {year} roku.",
    "scenarios": (
        (
            "Kurs w soboty przy obecnej pracy",
            (
                ("Zapytać szkołę o kurs sobotni", "telefon do szkoły"),
                ("Złożyć wniosek o bon szkoleniowy", "doradczyni"),
                ("Kurs, 60 godzin", "siostra pomaga w domu"),
                ("Egzamin", "próbny w maju"),
            ),
        ),
        (
            "Kurs przez internet",
            (
                ("Kupić słuchawki i sprawdzić komputer", "syn"),
                ("Zapisać się na kurs od września", "doradczyni"),
                ("Egzamin zimą", ""),
            ),
        ),
    ),
    "risk": "Nie otworzą grupy sobotniej.",
    "repair": "Przejść na kurs przez internet od września.",
    "questions": QUESTIONS,
    "source": "Prognoza zapotrzebowania na zawody w powiecie, wydanie 2026",
    "says": "W powiecie brakuje osób do prostych prac księgowych; kasjerów jest dość.",
}

FARMER_PLAN = {
    "direction": "upskilling",
    "subject": "employment",
    "until": (10, 6),
    "main": "Do końca października {year} zdam egzamin na mechanika maszyn rolniczych i podpiszę umowę na zimowe miesiące.",
    "measure": "Świadectwo z egzaminu i umowa na okres od listopada do marca.",
    "step": "Do końca stycznia złożę dokumenty do egzaminu bez kursu.",
    "other": "Zimą {year} roku poprowadzę dla sąsiadów naprawy maszyn jako działalność sezonowa.",
    "scenarios": (
        (
            "Sam egzamin, bez kursu",
            (
                ("Sprawdzić wymagania egzaminu", "doradca"),
                ("Zebrać zdjęcia napraw", "syn robi zdjęcia"),
                ("Egzamin", ""),
            ),
        ),
        (
            "Krótki kurs z praktyką",
            (("Zapisać się na kurs zimowy", "bon szkoleniowy"), ("Praktyka w warsztacie", "warsztat w Łęgowicach")),
        ),
    ),
    "risk": "Termin egzaminu wypadnie w żniwa.",
    "repair": "Poprosić o termin listopadowy.",
    "questions": QUESTIONS,
    "source": "Ogłoszenia o pracy w dwóch powiatach, jesień 2026",
    "says": "Warsztaty szukają mechaników od listopada do marca, także na część etatu.",
}

RETURN_PLAN = {
    "direction": "return",
    "subject": "learning",
    "until": (6, 15),
    "main": "Do czerwca {year} skończę liceum dla dorosłych i zdam jeden egzamin maturalny.",
    "measure": "Świadectwo ukończenia szkoły.",
    "step": "Do końca lutego zapiszę się na zajęcia przedpołudniowe.",
    "other": "Od najbliższego września podejmę pracę na pół etatu jako opiekunka.",
    "scenarios": (
        (
            "Szkoła przed południem",
            (
                ("Zanieść podanie do sekretariatu", "doradczyni"),
                ("Ustalić dowóz syna", "gmina"),
                ("Pierwszy semestr", ""),
            ),
        ),
        (
            "Najpierw walidacja umiejętności opiekuńczych",
            (("Sprawdzić, która kwalifikacja pasuje", "doradczyni"), ("Zebrać dowody", "zeszyt leków, decyzje")),
        ),
    ),
    "risk": "Syn zachoruje i będę musiała przerwać.",
    "repair": "Dokończyć semestr zdalnie; sekretariat się zgadza.",
    "questions": QUESTIONS,
    "source": "Informator o szkołach dla dorosłych, 2026",
    "says": "Nauka w liceum dla dorosłych jest bezpłatna i może być przedpołudniowa.",
}
