"""The demonstration: two institutions, three programmes, staff of every role, a dozen invented people and qualifications.

Everything goes through the same actions as on the screens, so the history of the demonstration is a true one.
"""

from collections.abc import Mapping, Sequence

from dorobek.audits.models import SkillsAudit
from dorobek.cli.demo.applications import apply_to_register
from dorobek.cli.demo.clock import days_back
from dorobek.cli.demo.counsellors import COUNSELLORS
from dorobek.cli.demo.credentials import award_credentials
from dorobek.cli.demo.entry_13477 import load_entry
from dorobek.cli.demo.office import Offices, build_offices
from dorobek.cli.demo.people import PEOPLE
from dorobek.cli.demo.proving import aim_at_a_proof
from dorobek.cli.demo.qualifications import load_qualifications
from dorobek.cli.demo.sharing import ask_specialist, employers_slip, show_something
from dorobek.cli.demo.story import DemoPerson, play
from dorobek.cli.demo.training import buy_english, follow_plan, offer_trainings
from dorobek.cli.demo.validation import validate
from dorobek.register.actions import import_catalogue
from dorobek.register.actions.info_files import import_info
from dorobek.register.info.files import read_folder

# A cashier who reaches a certificate and a farmer whose case runs.
CANDIDATES = ("Małgorzata", "Tadeusz")
# Entry 13477: the certificate, the appeal that is won, the partial result that counts later.
COUNSELLORS_JUDGED = ("Honorata", "Kornelia", "Władysław")
PLANNING, BUYING = "Małgorzata", ("Tadeusz", "Władysław")  # whose plan moves, and who buys a language course
PROVING = "Zdzisława"  # who can do what her goal asks for, and lacks the proof
PASSWORD = "Pokaz-dorobek-2026"
YEARS_AGO = 700  # since when the offices and their staff are there


def load() -> str:
    """Fill an empty database; returns what to print: accounts and the uid of one finished audit."""
    offices = _prepared()
    audits: dict[str, SkillsAudit] = {}
    for person in (*PEOPLE, *COUNSELLORS):
        with days_back(person.ended):
            audit = play(person, offices, PASSWORD)
        audits[audit.person.given_names] = audit
        _after_the_audit(person, audit, offices)
    apply_to_register(offices)
    people = {name: audit.person for name, audit in audits.items()}
    cases = validate(offices, [people[one] for one in CANDIDATES], [people[one] for one in COUNSELLORS_JUDGED])
    aim_at_a_proof(audits[PROVING])
    return _told(offices, audits, cases)


def _prepared() -> Offices:
    """The register and the info centre, institutions with their staff, the offer of trainings."""
    import_catalogue()
    import_info(list(read_folder()))
    with days_back(YEARS_AGO):
        load_qualifications()
        load_entry()
        offices = build_offices(PASSWORD)
    offices.slip = employers_slip(offices)
    offer_trainings(offices)
    return offices


def _after_the_audit(person: DemoPerson, audit: SkillsAudit, offices: Offices) -> None:
    """What somebody does with a finished audit, and a question that waits for the specialist."""
    name = audit.person.given_names
    if name == PLANNING:
        award_credentials(offices, audit.person)
        follow_plan(audit, offices)
    if name in BUYING:
        buy_english(audit, late=person.ended > 0)
    if person.until == "finished":
        show_something(audit, employer=audit.registration.referred_by is not None)
    if person.until == "interviews":
        ask_specialist(audit, offices)


def _told(offices: Offices, audits: Mapping[str, SkillsAudit], cases: Sequence[str]) -> str:
    """What the command prints."""
    staff = [f"  {account.email:<38} {account.name}, {account.title}" for account in offices.staff]
    about = zip((*PEOPLE, *COUNSELLORS), audits.values(), strict=True)
    lines = [
        f"  {audit.person.account.email:<38} {audit.person.name}, {person.about}"
        for person, audit in about
        if audit.person.account is not None
    ]
    return "\n".join(
        [
            "",
            f"Password of every account: {PASSWORD}",
            "Second factor of staff: the code stands at /outbox",
            "Staff:",
            *staff,
            "Participants:",
            *lines,
            "",
            f"A finished audit: {audits[PLANNING].uid}",
            "Validations (for `dorobek validation archive`):",
            *cases,
        ]
    )
