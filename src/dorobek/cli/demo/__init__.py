"""The demonstration: two institutions, three programmes, staff of every role, a dozen invented people and qualifications.

Everything goes through the same actions as on the screens, so the history of the demonstration is a true one.
"""

from dorobek.cli.demo.applications import apply_to_register
from dorobek.cli.demo.clock import days_back
from dorobek.cli.demo.credentials import award_credentials
from dorobek.cli.demo.office import build_offices
from dorobek.cli.demo.people import PEOPLE
from dorobek.cli.demo.qualifications import load_qualifications
from dorobek.cli.demo.sharing import ask_specialist, employers_slip, show_something
from dorobek.cli.demo.story import play
from dorobek.cli.demo.training import AUDIT_ENDED, buy_english, follow_plan, offer_trainings
from dorobek.cli.demo.validation import validate
from dorobek.people.models import Person
from dorobek.register.actions import import_catalogue
from dorobek.register.actions.info_files import import_info
from dorobek.register.info.files import read_folder

# A cashier who reaches the certificate, one who appeals, a guide with a partial result, a farmer whose case runs.
CANDIDATES = ("Małgorzata", "Zdzisława", "Władysław", "Tadeusz")
PASSWORD = "Pokaz-dorobek-2026"
YEARS_AGO = 700  # since when the offices and their staff are there
ENDED = (AUDIT_ENDED, 0, 40)  # how many days ago the finished audits ended, in the order of the people


def load() -> str:
    """Fill an empty database; returns what to print: accounts and the uid of one finished audit."""
    import_catalogue()
    import_info(list(read_folder()))
    with days_back(YEARS_AGO):
        load_qualifications()
        offices = build_offices(PASSWORD)
    offices.slip = employers_slip(offices)
    offer_trainings(offices)
    finished = ""
    lines, ended = [], iter(ENDED)
    met: dict[str, Person] = {}
    for person in PEOPLE:
        ago = next(ended, 0) if person.until == "finished" else 0
        with days_back(ago):
            audit = play(person, offices, PASSWORD)
        met[audit.person.given_names] = audit.person
        if audit.person.account is not None:
            lines.append(f"  {audit.person.account.email:<38} {audit.person.name}, {person.about}")
        if person.until == "finished":
            if not finished:
                award_credentials(offices, audit.person)
                follow_plan(audit, offices)
            else:
                buy_english(audit, late=ago > 0)
            finished = finished or str(audit.uid)
            show_something(audit, employer=audit.registration.referred_by is not None)
        if person.until == "interviews":
            ask_specialist(audit, offices)
    apply_to_register(offices)
    cases = validate(offices, [met[name] for name in CANDIDATES])
    staff = [f"  {account.email:<38} {account.name}, {account.title}" for account in offices.staff]
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
            f"A finished audit: {finished}",
            "Validations (for `dorobek validation archive`):",
            *cases,
        ]
    )
