"""What a micro-credential lacks before it may be published or issued (MC-2)."""

import re
from datetime import datetime

from dorobek.vc.badges.model import Achievement, Award, Holder, Issuer
from dorobek.vc.badges.vocabulary import ASSESSMENTS, PARTICIPATION, STACKABILITY, SUPERVISION
from dorobek.vc.report import Fault

ACHIEVEMENT = "credentialSubject.achievement"
_COUNTRY = re.compile(r"[A-Z]{2}")


def achievement_faults(achievement: Achievement) -> list[Fault]:
    """Mandatory elements that are absent, and values that cannot be. Paths are those of the built credential."""
    found = _absent(
        (f"{ACHIEVEMENT}.id", achievement.id, "the achievement has no address"),
        (f"{ACHIEVEMENT}.name", achievement.title, "there is no title"),
        (f"{ACHIEVEMENT}.description", achievement.description, "there is no description"),
        (f"{ACHIEVEMENT}.alignment", achievement.outcomes, "there are no learning outcomes"),
        (f"{ACHIEVEMENT}.workloadHours", achievement.hours, "the workload in hours is not given"),
        (f"{ACHIEVEMENT}.assessmentType", achievement.assessment.types, "the type of assessment is not given"),
        (f"{ACHIEVEMENT}.participationForm", achievement.participation, "the form of participation is not given"),
        (f"{ACHIEVEMENT}.qualityAssurance", achievement.quality.description, "quality assurance is not described"),
        (f"{ACHIEVEMENT}.criteria.narrative", achievement.criteria, "it is not told what one must do to earn it"),
    )
    for number, outcome in enumerate(achievement.outcomes):
        found += _absent((f"{ACHIEVEMENT}.alignment[{number}].targetName", outcome.text, "an outcome has no words"))
    return found + _level_faults(achievement) + _code_faults(achievement) + _amount_faults(achievement)


def award_faults(award: Award) -> list[Fault]:
    """The achievement's faults and those of this award."""
    found = achievement_faults(award.achievement) + _issuer_faults(award.issuer) + _holder_faults(award.holder)
    found += _absent(("id", award.id, "the credential has no address"))
    if award.grade and award.achievement.grading is None:
        found.append(Fault("grade", "credentialSubject.result", "a grade is given but no scale of grades"))
    elif (grading := award.achievement.grading) and grading.allowed and award.grade not in ("", *grading.allowed):
        found.append(Fault("grade", "credentialSubject.result", "the grade is not on the scale"))
    if award.valid_until is not None and award.valid_until <= award.valid_from:
        found.append(Fault("order", "validUntil", "the credential would end before it begins"))
    for path, when in _times(award):
        if when is not None and when.tzinfo is None:
            found.append(Fault("time", path, "a time without a zone cannot be signed"))
    return found


def _times(award: Award) -> list[tuple[str, datetime | None]]:
    return [
        ("awardedDate", award.awarded),
        ("validFrom", award.valid_from),
        ("validUntil", award.valid_until),
        ("credentialSubject.activityStartDate", award.began),
        ("credentialSubject.activityEndDate", award.ended),
    ]


def _absent(*needed: tuple[str, object, str]) -> list[Fault]:
    blank = [
        (path, message) for path, value, message in needed if not (value.strip() if isinstance(value, str) else value)
    ]
    return [Fault("missing", path, message) for path, message in blank]


def _level_faults(achievement: Achievement) -> list[Fault]:
    level = achievement.level
    if level.prk is None and level.eqf is None:
        return [Fault("missing", f"{ACHIEVEMENT}.prkLevel", "the level (PRK or EQF) is not given")]
    found = [
        Fault("level", f"{ACHIEVEMENT}.{name}", "a level is a number from 1 to 8")
        for name, value in (("prkLevel", level.prk), ("eqfLevel", level.eqf))
        if value is not None and not 1 <= value <= 8
    ]
    if not found and None not in (level.prk, level.eqf) and level.prk != level.eqf:
        found.append(Fault("level", f"{ACHIEVEMENT}.eqfLevel", "levels of PRK and EQF are equal by statute"))
    return found


def _code_faults(achievement: Achievement) -> list[Fault]:
    used = [("participationForm", PARTICIPATION, achievement.participation)]
    used += [("assessmentType", ASSESSMENTS, code) for code in achievement.assessment.types]
    used.append(("assessmentSupervision", SUPERVISION, achievement.assessment.supervision))
    used.append(("stackability", STACKABILITY, achievement.stackability))
    return [
        Fault("word", f"{ACHIEVEMENT}.{term}", f"{code[:40]} is not on the list")
        for term, words, code in used
        if code and code not in words
    ]


def _amount_faults(achievement: Achievement) -> list[Fault]:
    found = []
    if achievement.hours < 0 or achievement.hours > 100_000:
        found.append(Fault("amount", f"{ACHIEVEMENT}.workloadHours", "such a workload cannot be"))
    ects = achievement.ects
    if ects is not None and not (ects.is_finite() and 0 < ects <= 500 and round(ects, 2) == ects):
        found.append(Fault("amount", f"{ACHIEVEMENT}.ects", "ECTS points are more than 0, with at most two decimals"))
    return found


def _issuer_faults(issuer: Issuer) -> list[Fault]:
    found = _absent(
        ("issuer.id", issuer.id, "the awarding body has no address"),
        ("issuer.name", issuer.name, "the awarding body has no name"),
    )
    if not _COUNTRY.fullmatch(issuer.country):
        message = "the country of the awarding body must be its code of two letters, such as PL"
        found.append(Fault("missing", "issuer.address.addressCountryCode", message))
    return found


def _holder_faults(holder: Holder) -> list[Fault]:
    if not holder.did and not holder.email:
        return [Fault("missing", "credentialSubject.identifier", "the holder has neither a DID nor an e-mail")]
    if holder.email and len(holder.salt) < 16:
        message = "an e-mail is hashed with at least 16 random characters, or it could be guessed"
        return [Fault("salt", "credentialSubject.identifier[0].salt", message)]
    return []
