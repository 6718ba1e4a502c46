"""Persons, accounts, institutions with units, roles, consents, access grants, drafts."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from dorobek.kernel.tables import DataClass, Public, Row, Versioned
from dorobek.kernel.text import normalised, sort_key
from dorobek.people.enums import AddressForm, IdentifierKind, InstitutionKind, Role, Scope


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password) if password else account.set_unusable_password()
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser, Public):
    """Who signs in: a member of staff, a participant, an employer, a machine. Roles lie in memberships."""

    data_class = DataClass.PERSON
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=120, blank=True)  # how the post is called: „doradczyni zawodowa"
    language = models.CharField(max_length=5, default="pl")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)  # administers the whole installation
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def active_memberships(self) -> list["Membership"]:
        """Roles held today, with unit and institution, in one statement per request."""
        today = timezone.localdate()
        held = self.memberships.filter(models.Q(until=None) | models.Q(until__gte=today), since__lte=today)
        return list(held.select_related("institution", "unit"))

    @cached_property
    def participant(self) -> "Person | None":
        """The person whose own record this account opens."""
        return Person.objects.filter(account_id=self.pk).first()

    def has_role(self, *roles: str, institution: "Institution | int | None" = None) -> bool:
        """True when one of the roles is held today, in the institution if one is given."""
        where = institution.pk if isinstance(institution, Institution) else institution
        return any(m.role in roles and where in (None, m.institution_id) for m in self.active_memberships)

    @property
    def works_here(self) -> bool:
        """True for anyone with a role: staff needs a second factor and sees the staff screens."""
        return self.is_operator or bool(self.active_memberships)

    @cached_property
    def supervised_units(self) -> list[int]:
        """Units whose cases this coordinator supervises: own ones and all below them."""
        paths = [m.unit.path for m in self.active_memberships if m.role == Role.COORDINATOR and m.unit]
        if not paths:
            return []
        below = models.Q()
        for path in paths:
            below |= models.Q(path__startswith=path)
        return list(Unit.objects.filter(below).values_list("pk", flat=True))


class Institution(Versioned):
    """An office, a centre, an employer. Walled off from every other (XX-7)."""

    data_class = DataClass.INSTITUTION
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=InstitutionKind.choices, default=InstitutionKind.GUIDANCE)
    address = models.CharField(max_length=250, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    case_prefix = models.CharField(max_length=12, default="NR")

    def __str__(self) -> str:
        return self.name


class Unit(Versioned):
    """A unit or a branch. `path` lists the keys from the top, so that a subtree is one prefix."""

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    path = models.CharField(max_length=200, db_index=True, default="")
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(Row):
    """A role of an account in an institution, for a time; bound to a unit or to the whole institution."""

    data_class = DataClass.INSTITUTION
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "institution", "unit", "role"], name="one_role_once")]


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: Account) -> Self:
        """The user's own record, and everyone a current grant opens to them."""
        if not user.is_authenticated:
            return self.none()
        opened = AccessGrant.objects.current().held_by(user).filter(person_id=models.OuterRef("pk"))
        return self.filter(models.Q(account_id=user.pk) | models.Exists(opened))


class Person(Versioned):
    """A participant: identity, contact, place. One row for life, whatever the institution or programme (PF-3)."""

    data_class = DataClass.PERSON
    apart = True
    together = (
        ("given_names", "family_name", "sort_key", "search_text"),
        ("identifier_kind", "identifier"),
        ("street", "postal_code", "place", "teryt"),
    )
    erase = ("given_names", "family_name", "identifier", "email", "phone", "street", "place", "postal_code")
    account = models.OneToOneField(Account, null=True, blank=True, on_delete=models.SET_NULL)
    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    address_form = models.CharField(max_length=10, choices=AddressForm.choices, default=AddressForm.NEUTRAL)
    birth_date = models.DateField(null=True)
    identifier_kind = models.CharField(max_length=10, choices=IdentifierKind.choices, default=IdentifierKind.NONE)
    identifier = models.CharField(max_length=40, blank=True)
    citizenship = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    place = models.CharField(max_length=120, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    language = models.CharField(max_length=5, default="pl")
    sort_key = models.CharField(max_length=120, editable=False, default="")
    search_text = models.CharField(max_length=300, editable=False, default="")
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_in_order"),
            models.Index(fields=["email"], name="person_by_email"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    def prepare(self) -> None:
        """Fill the columns that searching and ordering use; every action that names a person calls it."""
        self.sort_key = sort_key(f"{self.family_name} {self.given_names}")
        self.search_text = normalised(f"{self.given_names} {self.family_name} {self.given_names}")[:300]

    def age_on(self, day: dt.date) -> int | None:
        """Completed years on the day; None without a birth date."""
        if self.birth_date is None:
            return None
        had = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had)


class GrantQuerySet(models.QuerySet["AccessGrant"]):
    def current(self) -> Self:
        now = timezone.now()
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=now), valid_from__lte=now)

    def held_by(self, user: Account) -> Self:
        """Grants to the account itself, and to units it supervises."""
        held = models.Q(grantee_id=user.pk)
        if user.supervised_units:
            held |= models.Q(unit_id__in=user.supervised_units, scope=Scope.SUPERVISION)
        return self.filter(held)


class AccessGrant(Row):
    """The one table that opens a person's data to somebody else; `visible_to` joins only this.

    `case_uid` limits the grant to what belongs to one case; null opens the whole portfolio.
    """

    data_class = DataClass.PERSON
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    case_uid = models.UUIDField(null=True)
    grantee = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="grants")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="grants")
    scope = models.CharField(max_length=20, choices=Scope.choices)
    reason = models.CharField(max_length=200)
    valid_from = models.DateTimeField(default=timezone.now)
    valid_until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_has_one_grantee",
                condition=models.Q(grantee__isnull=False, unit__isnull=True)
                | models.Q(grantee__isnull=True, unit__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["person", "case_uid", "grantee"], name="grant_to_account"),
            models.Index(fields=["person", "case_uid", "unit"], name="grant_to_unit"),
            models.Index(fields=["grantee", "case_uid"], name="grant_of_account"),
        ]


class PersonalQuerySet(models.QuerySet[Any]):
    """Rows about a person: seen by the person, and by whoever a grant opens their case to."""

    def visible_to(self, user: Account) -> Self:
        if not user.is_authenticated:
            return self.none()
        opened = (
            AccessGrant.objects.current()
            .held_by(user)
            .filter(person_id=models.OuterRef("person_id"), scope__in=self.model.opened_by)
            .filter(models.Q(case_uid=None) | models.Q(case_uid=models.OuterRef(self.model.case_column)))
        )
        if user.participant is None:  # nobody's own record: the planner is spared an OR over two tables
            return self.filter(models.Exists(opened))
        return self.filter(models.Q(person__account_id=user.pk) | models.Exists(opened))


class PersonalRow(Versioned):
    """A table of a person's data that belongs to a case; every query goes through `visible_to(user)`."""

    data_class = DataClass.PERSON
    case_column = "case_uid"
    opened_by: ClassVar[tuple[Scope, ...]] = (Scope.CASE, Scope.SUPERVISION)  # scopes of a grant that show its rows
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    case_uid = models.UUIDField(db_index=True)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True


class AccessLog(Row):
    """A reading of a case, for the person to see: who, when, what part."""

    data_class = DataClass.PERSON
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_log")
    case_uid = models.UUIDField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    part = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="access_log_newest"),
            models.Index(fields=["case_uid", "account", "part", "-at"], name="access_log_repeat"),
        ]


class Consent(PersonalRow):
    """A consent as given: the code and version of its wording, when, how, and when withdrawn (XX-3)."""

    code = models.CharField(max_length=60)
    wording_version = models.CharField(max_length=20)
    wording = models.TextField()
    given = models.BooleanField()
    decided_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    assisted_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_uid", "code"], name="one_consent_per_code")]


class Draft(Row):
    """What somebody is typing in a form, kept until it is sent. Outside the history; never shown to others."""

    data_class = DataClass.PERSON
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=250)  # the address of the form
    case_uid = models.UUIDField(null=True, db_index=True)
    client = models.CharField(max_length=60, blank=True)
    client_seq = models.PositiveBigIntegerField(default=0)
    base_version = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "form"], name="one_draft_per_form")]


class ApiToken(Public):
    """A key of an institution for the REST API; only its hash is kept. Acts as its account, with its roles."""

    data_class = DataClass.INSTITUTION
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="tokens")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=12)
    secret_hash = models.CharField(max_length=64, unique=True)
    read_only = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class ErasureRequest(Versioned):
    """A person asks to be erased; an administrator answers with what the law makes them keep."""

    data_class = DataClass.PERSON
    erase = ("reason", "answer")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="erasure_requests")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    erased = models.BooleanField(default=False)


class Erasure(Row):
    """The list that `restore` replays: whoever was erased stays erased after a backup comes back."""

    data_class = DataClass.SYSTEM
    person_uid = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    kept = models.JSONField(default=dict)
