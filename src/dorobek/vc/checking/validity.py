"""The times within which a credential is meant to be used (VC 2.0, section 4.9; VC 1.1, sections 4.6 and 4.7)."""

from datetime import datetime

from dorobek.vc.checking.case import Case, check
from dorobek.vc.errors import VcError
from dorobek.vc.moments import CLOCK_SKEW, moment
from dorobek.vc.report import TIME, Check, Fault

STARTS, ENDS = ("validFrom", "issuanceDate"), ("validUntil", "expirationDate")


def validity(case: Case) -> Check:
    """The whole period, both ends included. A document that names no time is not limited by any."""
    faults: list[Fault] = []
    read: dict[str, datetime] = {}
    for name in (*STARTS, *ENDS):
        if name not in case.document:
            continue
        try:
            read[name] = moment(case.document[name], name)
        except VcError as error:
            faults.append(Fault(error.code, name, error.message))
    for name in STARTS:
        if name in read and read[name] > case.now + CLOCK_SKEW:
            faults.append(Fault("not-yet-valid", name, f"valid only from {case.document[name]}"))
    for name in ENDS:
        if name in read and read[name] < case.now:
            faults.append(Fault("expired", name, f"valid only until {case.document[name]}"))
    starts = [read[name] for name in STARTS if name in read]
    ends = [name for name in ENDS if name in read and any(read[name] < start for start in starts)]
    faults += [Fault("time-order", name, "ends before it begins") for name in ends]
    return check(TIME, "failed" if faults else "passed", faults)
