"""The registration form: only the fields the programme asks for (SA-2, SA-17)."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.audits.rules.registration import FIELD_OF_TIE, MANY, TEXTS, asked_fields, by_field
from dorobek.kernel import teryt
from dorobek.people.enums import AddressForm, IdentifierKind
from dorobek.people.identity import FIELDS
from dorobek.people.models import Account, Unit
from dorobek.programmes.enums import EducationLevel, LabourStatus, PlaceTie, Residence, ServiceMembership
from dorobek.programmes.schema import Rules
from dorobek.web.forms import DayField, DorobekForm, LongText, ManyChoices, ShortText, YesNo

PREFERENCES = [
    ("", gettext_lazy("wszystko jedno")),
    ("phone", gettext_lazy("telefon")),
    ("email", gettext_lazy("e-mail")),
    ("text", gettext_lazy("SMS")),
    ("letter", gettext_lazy("list")),
]
SEXES = [
    ("", gettext_lazy("nie podano")),
    ("female", gettext_lazy("kobieta")),
    ("male", gettext_lazy("mężczyzna")),
    ("other", gettext_lazy("inna odpowiedź")),
]
CHOOSE = ("", gettext_lazy("(proszę wybrać)"))
TIE_LABELS = {
    PlaceTie.LIVES: gettext_lazy("Gdzie mieszka"),
    PlaceTie.WORKS: gettext_lazy("Gdzie pracuje"),
    PlaceTie.LEARNS: gettext_lazy("Gdzie się uczy"),
    PlaceTie.SERVES: gettext_lazy("Gdzie pełni służbę"),
}
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Osoba"),
        (
            "given_names", "family_name", "address_form", "birth_date", "sex", "identifier_kind", "identifier",
            "citizenship",
        ),
    ),
    (
        gettext_lazy("Kontakt"),
        (
            "email", "invite", "phone", "contact_preference", "street", "postal_code", "place", "language_of_service",
            "accessibility_needs",
        ),
    ),
    (gettext_lazy("Miejsce"), ("lives_in", "works_in", "learns_in", "serves_in", "services", "residence")),
    (gettext_lazy("Nauka i praca"), ("education", "statuses", "employer_name", "occupation", "disability")),
    (gettext_lazy("Sprawa"), ("on", "unit", "adviser", "support_number", "slip", "link_code")),
)  # fmt: skip


class PlaceField(forms.CharField):
    """A place by its TERYT code, or by a name the list knows; cleans to the code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": "miejsca", "autocomplete": "off"}))
        kwargs.setdefault("help_text", gettext_lazy("Nazwa powiatu lub miasta albo kod TERYT."))
        super().__init__(max_length=120, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if value and teryt.is_valid_code(str(value)):
            return f"{value} {teryt.display(str(value))}"
        return value

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "").strip()
        if not text:
            return ""
        coded = re.match(r"[0-9 ]{2,9}", text)
        if coded:
            try:
                return teryt.check_code(coded[0])
            except teryt.PlaceError as refusal:
                raise ValidationError(refusal.message) from refusal
        found = teryt.find(text.removeprefix("powiat ").split(",")[0])
        exact = [place for place in found if place.name.casefold() == text.casefold()] or found
        if len(exact) == 1:
            return exact[0].code
        if not exact:
            raise ValidationError(_("Nie znamy takiego miejsca. Proszę wpisać nazwę powiatu albo kod TERYT."))
        names = "; ".join(f"{place.code} {place.display()}" for place in exact[:6])
        raise ValidationError(
            _("Takich miejsc jest kilka. Proszę wpisać kod jednego z nich: %(names)s.") % {"names": names}
        )


class RegistrationForm(DorobekForm):
    """Identity, contact, ties, work and learning, consents; built for one programme."""

    person = forms.CharField(required=False, label=gettext_lazy("Czy to ta sama osoba?"))
    exception_reason = LongText(
        label=gettext_lazy("Uzasadnienie wyjątku"),
        help_text=gettext_lazy("Dlaczego ta osoba ma wziąć udział, choć nie spełnia warunków?"),
        required=False,
        max_length=1000,
        rows=3,
    )

    def __init__(
        self,
        *args: Any,
        rules: Rules,
        units: list[Unit] | None = None,
        advisers: list[Account] | None = None,
        correcting: bool = False,
        **kwargs: Any,
    ) -> None:
        self.rules, self.correcting = rules, correcting
        made = _fields(rules)
        if correcting:
            for name in ("invite", "on", "support_number"):
                made.pop(name, None)
        else:
            made.update(_case_fields(units or [], advisers or []))
            made["slip"] = ShortText(
                label=gettext_lazy("Kod skierowania od pracodawcy"),
                help_text=gettext_lazy("Jeśli uczestnik je ma i chce pokazać. Pracodawca nie dowie się, że tu był."),
                required=False,
                max_length=12,
            )
            made["link_code"] = ShortText(
                label=gettext_lazy("Kod z konta w innej instytucji"),
                help_text=gettext_lazy(
                    "Jeśli ta osoba ma już konto i chce mieć wszystko na jednym. Kod znajdzie u siebie: „Moje dane”."
                ),
                required=False,
                max_length=20,
            )
            made.update(_consent_fields(rules))
        self.base_fields = {**made, **self.base_fields}  # type: ignore[misc]
        super().__init__(*args, **kwargs)

    @property
    def parts(self) -> list[tuple[Any, list[Any]]]:
        """Bound fields by part, for the template; parts without fields are left out."""
        found = [(title, [self[name] for name in names if name in self.fields]) for title, names in SECTIONS]
        return [(title, bound) for title, bound in found if bound]

    @property
    def consents(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("consent_")]

    def identity(self) -> dict[str, Any]:
        """Columns of Person."""
        given = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        if "lives_in" in self.cleaned_data:
            given["teryt"] = self.cleaned_data["lives_in"]
        return given

    def answers(self) -> dict[str, Any]:
        """What eligibility is judged on."""
        names = (*TEXTS, *MANY, "education", "residence", "disability")
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        ties = {tie: code.replace("-", "_") for tie, code in FIELD_OF_TIE.items()}
        places = {str(tie): self.cleaned_data[name] for tie, name in ties.items() if name in self.cleaned_data}
        return {**given, "places": places}

    def consents_given(self) -> dict[str, bool]:
        prefix = "consent_"
        return {n.removeprefix(prefix): v for n, v in self.cleaned_data.items() if n.startswith(prefix)}


def initial_of(audit: SkillsAudit) -> dict[str, Any]:
    """What the correction starts from: the person as known, and the answers kept."""
    registration = getattr(audit, "registration", None)
    facts = registration.facts if registration else {}
    found: dict[str, Any] = {name: getattr(audit.person, name) for name in FIELDS}
    return {**found, **by_field(facts)}


def _fields(rules: Rules) -> dict[str, forms.Field]:
    asked = asked_fields(rules)
    made: dict[str, forms.Field] = {
        "given_names": ShortText(label=gettext_lazy("Imię lub imiona"), max_length=120),
        "family_name": ShortText(label=gettext_lazy("Nazwisko"), max_length=120),
        "address_form": forms.ChoiceField(
            label=gettext_lazy("Jak się zwracać"), choices=AddressForm.choices, initial=AddressForm.NEUTRAL
        ),
        "birth_date": DayField(label=gettext_lazy("Data urodzenia"), not_after=timezone.localdate),
        "on": DayField(
            label=gettext_lazy("Dzień zgłoszenia"),
            help_text=gettext_lazy("Na ten dzień sprawdzamy warunki."),
            not_after=timezone.localdate,
        ),
    }
    for code, build in _BUILDERS.items():
        if code in asked:
            made.update(build(asked[code]))
    for tie, code in FIELD_OF_TIE.items():
        if code in asked:
            made[code.replace("-", "_")] = PlaceField(label=TIE_LABELS[tie], required=asked[code])
    language = get_language() or "pl"
    for one in rules.card.registration_fields:
        if one.label and (named := made.get(one.code.replace("-", "_"))):
            named.label = one.label.text(language)
    return made


def _identifier(needed: bool) -> dict[str, forms.Field]:
    kinds = [choice for choice in IdentifierKind.choices if not needed or choice[0] != IdentifierKind.NONE]
    return {
        "identifier_kind": forms.ChoiceField(
            label=gettext_lazy("Numer, po którym można rozpoznać osobę"), choices=kinds, initial=IdentifierKind.PESEL
        ),
        "identifier": ShortText(label=gettext_lazy("Numer"), required=needed, max_length=40),
    }


def _address(needed: bool) -> dict[str, forms.Field]:
    return {
        "street": ShortText(label=gettext_lazy("Ulica i numer"), required=needed, max_length=200),
        "postal_code": ShortText(label=gettext_lazy("Kod pocztowy"), required=False, max_length=12),
        "place": ShortText(label=gettext_lazy("Miejscowość"), required=needed, max_length=120),
    }


def _email(needed: bool) -> dict[str, forms.Field]:
    hint = gettext_lazy("Bez adresu też można wziąć udział: doradca wypełni wszystko razem z uczestnikiem.")
    return {
        "email": forms.EmailField(label=gettext_lazy("E-mail"), required=needed, help_text="" if needed else hint),
        "invite": forms.BooleanField(
            label=gettext_lazy("Załóż konto i wyślij zaproszenie"), required=False, initial=True
        ),
    }


def _residence(needed: bool) -> dict[str, forms.Field]:
    return {
        "residence": forms.ChoiceField(
            label=gettext_lazy("Obywatelstwo lub prawo pobytu"),
            choices=[CHOOSE, *Residence.choices()],
            required=needed,
        ),
        "citizenship": ShortText(label=gettext_lazy("Kraj obywatelstwa"), required=False, max_length=60),
    }


def _disability(needed: bool) -> dict[str, forms.Field]:
    why = gettext_lazy(
        "Pytamy, bo w tym programie orzeczenie otwiera drogę do udziału. Odpowiedź jest dobrowolna; "
        "zapiszemy ją tylko za zgodą na dane o zdrowiu."
    )
    return {
        "disability": YesNo(
            label=gettext_lazy("Czy jest orzeczenie o niepełnosprawności?"), help_text=why, required=False
        )
    }


_BUILDERS: dict[str, Any] = {
    "sex": lambda needed: {"sex": forms.ChoiceField(label=gettext_lazy("Płeć"), choices=SEXES, required=needed)},
    "pesel": _identifier,
    "email": _email,
    "phone": lambda needed: {"phone": ShortText(label=gettext_lazy("Telefon"), required=needed, max_length=40)},
    "contact-preference": lambda needed: {
        "contact_preference": forms.ChoiceField(
            label=gettext_lazy("Najlepszy sposób kontaktu"), choices=PREFERENCES, required=False
        )
    },
    "address": _address,
    "education": lambda needed: {
        "education": forms.ChoiceField(
            label=gettext_lazy("Najwyższe ukończone wykształcenie"),
            choices=[CHOOSE, *EducationLevel.choices()],
            required=needed,
        )
    },
    "labour-status": lambda needed: {
        "statuses": ManyChoices(
            label=gettext_lazy("Sytuacja na rynku pracy"),
            help_text=gettext_lazy("Można zaznaczyć kilka odpowiedzi."),
            choices=LabourStatus.choices(),
            required=needed,
        )
    },
    "employer-name": lambda needed: {"employer_name": ShortText(label=gettext_lazy("Pracodawca"), required=needed)},
    "occupation": lambda needed: {"occupation": ShortText(label=gettext_lazy("Zawód lub stanowisko"), required=needed)},
    "residence": _residence,
    "disability": _disability,
    "service": lambda needed: {
        "services": ManyChoices(
            label=gettext_lazy("Służba ochotnicza"), choices=ServiceMembership.choices(), required=False
        )
    },
    "language-of-service": lambda needed: {
        "language_of_service": ShortText(label=gettext_lazy("Język rozmowy"), required=needed, max_length=60)
    },
    "accessibility-needs": lambda needed: {
        "accessibility_needs": LongText(
            label=gettext_lazy("Co ułatwi udział"),
            help_text=gettext_lazy("Na przykład: parter, większy druk, tłumacz. Bez podawania przyczyny."),
            required=needed,
            max_length=1000,
            rows=2,
        )
    },
    "support-number": lambda needed: {
        "support_number": ShortText(
            label=gettext_lazy("Numer ID wsparcia"),
            help_text=gettext_lazy("Puste pole: numer nada system według wzoru programu."),
            required=False,
            max_length=60,
        )
    },
}


def _case_fields(units: list[Unit], advisers: list[Account]) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {}
    if len(units) > 1:
        made["unit"] = forms.ChoiceField(
            label=gettext_lazy("Jednostka"), choices=[(str(unit.uid), unit.name) for unit in units]
        )
    if len(advisers) > 1:
        made["adviser"] = forms.ChoiceField(
            label=gettext_lazy("Kto poprowadzi sprawę"),
            choices=[(str(account.uid), account.name) for account in advisers],
        )
    return made


def _consent_fields(rules: Rules) -> dict[str, forms.Field]:
    language = get_language() or "pl"
    return {
        f"consent_{one.code}": forms.BooleanField(
            label=one.text.text(language),
            required=False,
            help_text=gettext_lazy("Bez tej zgody nie można zacząć.") if one.required else "",
        )
        for one in rules.consents
    }
