"""An entry as a European Learning Model v3 qualification, JSON-LD (RG-6).

A `Qualification` is a learning achievement specification; sets of outcomes and outcomes become learning outcomes. Terms
from controlled lists are given by the Publications Office's addresses, as the shapes of European Digital Credentials
ask for.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dorobek.register.entry.shape import Entry, Outcome

CONTEXT = "http://data.europa.eu/snb/model/context/edc-ap"
KEYWORDS = {"id": "@id", "type": "@type"}  # the published context leaves them to that of a credential
LISTS = "http://publications.europa.eu/resource/authority"
EQF = "http://data.europa.eu/snb/eqf"
ESCO = "http://data.europa.eu/esco/concept-scheme/skills"


Skill = tuple[str, str, str]  # address, Polish label, English label


def as_elm(entry: Entry, address: str, skills: Mapping[str, Sequence[Skill]] | None = None) -> dict[str, Any]:
    """The entry as JSON-LD; `address` is its permanent address and names everything in it.

    `skills`: skills of ESCO linked to an outcome, by its place "2.1".
    """
    made: dict[str, Any] = {
        "@context": [CONTEXT, KEYWORDS],
        "id": address,
        "type": "Qualification",
        "identifier": {
            "id": f"{address}#code",
            "type": "Identifier",
            "notation": entry.code,
            "schemeName": "Zintegrowany Rejestr Kwalifikacji",
        },
        "title": languages(entry.title_pl, entry.title_en),
        "learningOutcome": [
            _outcome(entry, group.number, one, address, skills or {}) for group in entry.sets for one in group.outcomes
        ],
    }
    if about := entry.texts.get("characteristics"):
        made["description"] = languages(about.get("pl", ""), about.get("en", ""))
    if entry.text("synopsis"):
        made["learningOutcomeSummary"] = {
            "id": f"{address}#synopsis",
            "type": "Note",
            "noteLiteral": languages(entry.text("synopsis"), ""),
        }
    if entry.hours:
        made["volumeOfLearning"] = f"PT{entry.hours}H"
    if entry.level:
        made["eqfLevel"] = concept(f"{EQF}/{entry.level}", f"{EQF}/25831c2", f"EQF {entry.level}")
    if entry.field_label:
        made["thematicArea"] = [
            concept(f"{address}#field", "http://data.europa.eu/snb/isced-f/25831c2", entry.field_label)
        ]
    made["isPartialQualification"] = entry.kind == "partial"
    awarding = [body.name for body in entry.bodies if body.role == "awarding"]
    if awarding:
        made["awardingOpportunity"] = [_opportunity(name, number, address) for number, name in enumerate(awarding, 1)]
    return {name: value for name, value in made.items() if value not in ([], {})}


def languages(polish: str, english: str) -> dict[str, list[str]]:
    """A text in the languages it has; the context maps it by language."""
    return {code: [text] for code, text in (("pl", polish), ("en", english)) if text}


def concept(address: str, scheme: str, label: str) -> dict[str, Any]:
    """A term of a controlled list."""
    return {
        "id": address,
        "type": "Concept",
        "inScheme": {"id": scheme, "type": "ConceptScheme"},
        "prefLabel": languages(label, label if label.startswith("EQF") else ""),
    }


def _outcome(
    entry: Entry, group: int, outcome: Outcome, address: str, skills: Mapping[str, Sequence[Skill]]
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"{address}#efekt-{group}-{outcome.number}",
        "type": "LearningOutcome",
        "title": languages(outcome.pl, outcome.en),
    }
    if outcome.criteria:
        lines = "\n".join(f"{one.letter}. {one.pl}" for one in outcome.criteria)
        made["additionalNote"] = [{"id": f"{made['id']}-kryteria", "type": "Note", "noteLiteral": languages(lines, "")}]
    if linked := skills.get(f"{group}.{outcome.number}"):
        made["relatedESCOSkill"] = [
            {
                "id": uri,
                "type": "Concept",
                "inScheme": {"id": ESCO, "type": "ConceptScheme"},
                "prefLabel": languages(polish, english),
            }
            for uri, polish, english in linked
        ]
    return made


def _opportunity(name: str, number: int, address: str) -> dict[str, Any]:
    body = f"{address}#instytucja-{number}"
    return {
        "id": f"{address}#nadawanie-{number}",
        "type": "AwardingOpportunity",
        "awardingBody": [
            {
                "id": body,
                "type": "Organisation",
                "legalName": languages(name, ""),
                "location": [
                    {
                        "id": f"{body}-kraj",
                        "type": "Location",
                        "address": [
                            {
                                "id": f"{body}-adres",
                                "type": "Address",
                                "countryCode": concept(f"{LISTS}/country/POL", f"{LISTS}/country", "Polska"),
                            }
                        ],
                    }
                ],
            }
        ],
        "learningAchievementSpecification": {"id": address},
    }
