"""The demonstration: two institutions, three programmes, staff of every role, a dozen invented people and qualifications.

Everything goes through the same actions as on the screens, so the history of the demonstration is a true one.
"""

from dorobek.cli.demo.credentials import award_credentials
from dorobek.cli.demo.office import build_offices
from dorobek.cli.demo.people import PEOPLE
from dorobek.cli.demo.qualifications import load_qualifications
from dorobek.cli.demo.sharing import ask_specialist, employers_slip, show_something
from dorobek.cli.demo.story import play
from dorobek.cli.demo.training import buy_training, offer_trainings
from dorobek.register.actions import import_catalogue
from dorobek.register.actions.info_files import import_info
from dorobek.register.info.files import read_folder

PASSWORD = "Pokaz-dorobek-2026"


def load() -> str:
    """Fill an empty database; returns what to print: accounts and the uid of one finished audit."""
    import_catalogue()
    load_qualifications()
    import_info(list(read_folder()))
    offices = build_offices(PASSWORD)
    offices.slip = employers_slip(offices)
    offer_trainings(offices)
    finished = ""
    lines = []
    for person in PEOPLE:
        audit = play(person, offices, PASSWORD)
        if audit.person.account is not None:
            lines.append(f"  {audit.person.account.email:<38} {audit.person.name}, {person.about}")
        if person.until == "finished":
            if not finished:
                award_credentials(offices, audit.person)
                buy_training(audit)
            finished = finished or str(audit.uid)
            show_something(audit, employer=audit.registration.referred_by is not None)
        if person.until == "interviews":
            ask_specialist(audit, offices)
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
        ]
    )
