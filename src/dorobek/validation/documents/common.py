"""What every document of a case shares: letterhead, whom it is about, words of the entry."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.documents import words
from dorobek.kernel.documents import Block, Document, Language, Text
from dorobek.people.models import Account, Institution, Person
from dorobek.register.entry import Entry
from dorobek.register.enums import ValidationMethod
from dorobek.validation.enums import VerdictChoice
from dorobek.validation.models import Application

LANGUAGE: Language = "pl"  # of the proceedings, whatever language whoever acts reads the screens in


@dataclass(frozen=True)
class Case:
    """An application with what its documents say of it."""

    application: Application

    @cached_property
    def entry(self) -> Entry:
        """The entry by whose version the case is judged."""
        return self.application.opening.entry_version.entry

    @property
    def person(self) -> Person:
        return self.application.person

    @property
    def institution(self) -> Institution:
        return self.application.opening.institution

    @property
    def title(self) -> str:
        return self.entry.title_pl or self.application.opening.qualification.title("pl")

    @property
    def number(self) -> str:
        return case_number(self.application)

    @cached_property
    def sets(self) -> Mapping[int, str]:
        """Titles of the sets by their numbers."""
        return {group.number: group.pl for group in self.entry.sets}

    @cached_property
    def outcomes(self) -> Mapping[str, str]:
        """Wordings of the outcomes by their numbers: 1.2 -> its wording."""
        return {f"{group.number}.{one.number}": one.pl for group in self.entry.sets for one in group.outcomes}

    @cached_property
    def criteria(self) -> Mapping[str, str]:
        """Wordings of the criteria by their codes; an outcome without criteria is its own."""
        return dict(self.outcomes) | {
            f"{group.number}.{outcome.number}.{one.letter}": one.pl
            for group in self.entry.sets
            for outcome in group.outcomes
            for one in outcome.criteria
        }

    def document(
        self, title: str, blocks: Iterable[Block], *, subtitle: str = "", meta: Iterable[tuple[Text, Text]] = ()
    ) -> Document:
        """The document with its letterhead; number and date are added when it is frozen."""
        rows = (
            (_("Kandydat"), self.person.name),
            (_("Kwalifikacja"), _("%(title)s (%(code)s)") % {"title": self.title, "code": self.entry.code}),
            (_("Numer sprawy"), self.number),
        )
        return Document(
            title=title,
            language=LANGUAGE,
            subtitle=subtitle,
            institution=self.institution.name,
            institution_lines=letterhead(self.institution),
            meta=(*rows, *meta),
            author=self.institution.name,
            blocks=tuple(blocks),
        )

    def by_form(self, *, madam: str, sir: str, neutral: str) -> str:
        return words.by_form(self.person, madam=madam, sir=sir, neutral=neutral)


def case_number(application: Application) -> str:
    """How documents name the case: the code of the entry and the place of the application."""
    return f"{application.opening.qualification.code}/{application.pk:06d}"


def letterhead(institution: Institution) -> tuple[str, ...]:
    phone = _("tel. %s") % institution.phone if institution.phone else ""
    lines = (institution.address, ", ".join(part for part in (phone, institution.email) if part))
    return tuple(line for line in lines if line)


def day(value: dt.date | dt.datetime | None) -> str:
    """ "21 listopada 2026", in local time; empty for none."""
    return words.day(value, LANGUAGE)


def moment(value: dt.datetime) -> str:
    """Day and hour, in local time."""
    return f"{day(value)}, {timezone.localtime(value):%H:%M}"


def named(account: Account | None) -> str:
    """Somebody who acted, with their post."""
    if account is None:
        return _("konto usunięte")
    return ", ".join(part for part in (str(account), account.title) if part)


def verdict(value: str) -> str:
    return str(dict(VerdictChoice.choices).get(value, value))


def method(code: str) -> str:
    return str(dict(ValidationMethod.choices).get(code, code))


def sentence(text: str) -> str:
    """With a capital letter at its beginning."""
    return words.capital(text)


def ended(text: str) -> str:
    """A sentence of its own: a capital letter, and a full stop where there is no other end."""
    text = sentence(text.strip())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
