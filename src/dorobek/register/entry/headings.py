"""The headings of a register print-out and the field each opens."""

# Heading -> field. A field in capitals is a part with a reader of its own; an empty one is a frame without content.
HEADINGS: dict[str, str] = {
    "Krótka charakterystyka kwalifikacji": "characteristics",
    "Informacje o kwalifikacji": "",
    "Grupy osób, które mogą być zainteresowane uzyskaniem kwalifikacji": "target_groups",
    "W razie potrzeby warunki, jakie musi spełniać osoba przystępująca do walidacji": "entry_conditions",
    "Wymagane kwalifikacje poprzedzające": "PRECEDING",
    "Typowe możliwości wykorzystania kwalifikacji": "uses",
    "Okres ważności dokumentu potwierdzającego nadanie kwalifikacji i warunki przedłużenia jego ważności": "validity",
    "Zapotrzebowanie na kwalifikację": "demand",
    "Odniesienie do kwalifikacji o zbliżonym charakterze oraz wskazanie kwalifikacji ujętych w ZRK zawierających "
    "wspólne zestawy efektów uczenia się": "similar",
    "Wymagania dotyczące walidacji i podmiotów przeprowadzających walidację": "validation",
    "Informacje dodatkowe": "",
    "Podstawa prawna włączenia kwalifikacji do ZSK": "legal_base",
    "Data rozpoczęcia funkcjonowania kwalifikacji w ZSK": "EFFECTIVE_FROM",
    "Orientacyjny nakład pracy potrzebny do uzyskania kwalifikacji (w godzinach)": "HOURS",
    "Termin dokonywania przeglądu kwalifikacji": "review_rule",
    "Termin następnego przeglądu kwalifikacji": "NEXT_REVIEW",
    "Kod dziedziny kształcenia": "FIELD",
    "Kod PKD": "ACTIVITY",
    "Kod kwalifikacji (do 2020 roku)": "CODE_BEFORE_2020",
    "Kod kwalifikacji (od 2020 roku)": "CODE",
    "Streszczenie opinii uzyskanych podczas konsultacji projektu kwalifikacji": "consultation",
    "Efekty uczenia się": "",
    "Syntetyczna charakterystyka efektów uczenia się": "synopsis",
    "Zestawy efektów uczenia się": "SETS",
    "Instytucje certyfikujące i podmioty powiązane z kwalifikacją": "BODIES",
    "Wnioskodawca:": "APPLICANT",
    "Minister właściwy dla kwalifikacji:": "MINISTER",
    # Lines that newer print-outs carry and the oldest do not.
    "Nazwa kwalifikacji": "TITLE",
    "Poziom PRK": "LEVEL",
    "Status": "STATUS",
}
LONGEST = 4  # lines that a heading may be broken over


def folded(text: str) -> str:
    """A heading as it is compared: lower case, single spaces, no closing colon."""
    return " ".join(text.casefold().split()).rstrip(":").strip()


FOLDED = {folded(heading): field for heading, field in HEADINGS.items()}
