"""The terms of our own JSON-LD context: what Open Badges 3.0 has no word for (Council Recommendation 2022/C 243/02).

The context published at `CONTEXT` must hold exactly these; it never changes, a new term needs a new version. Terms
stand on the achievement unless told otherwise, and no name is one that VC 2.0 or Open Badges 3.0 already uses.
"""

CONTEXT = "https://w3id.org/dorobek/v1"
VOCABULARY = "https://w3id.org/dorobek/vocab#"

ID = "@id"
TEXT = ""  # a plain string, with no coercion
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"

# name -> (IRI, type): the type is `@id` (an address), "" (plain string) or the IRI of a datatype.
TERMS: dict[str, tuple[str, str]] = {
    "workloadHours": (f"{VOCABULARY}workloadHours", INTEGER),
    "ects": (f"{VOCABULARY}ects", DECIMAL),  # written as text, "1.5"
    "prkLevel": (f"{VOCABULARY}prkLevel", INTEGER),
    "eqfLevel": (f"{VOCABULARY}eqfLevel", INTEGER),
    "levelReason": (f"{VOCABULARY}levelReason", TEXT),
    "assessmentType": (f"{VOCABULARY}assessmentType", TEXT),  # codes of `vocabulary.ASSESSMENTS`
    "assessmentDescription": (f"{VOCABULARY}assessmentDescription", TEXT),
    "assessmentSupervision": (f"{VOCABULARY}assessmentSupervision", TEXT),  # codes of `vocabulary.SUPERVISION`
    "participationForm": (f"{VOCABULARY}participationForm", TEXT),  # codes of `vocabulary.PARTICIPATION`
    "participationDescription": (f"{VOCABULARY}participationDescription", TEXT),
    "qualityAssurance": (f"{VOCABULARY}qualityAssurance", TEXT),
    "qualityAssuranceBody": (f"{VOCABULARY}qualityAssuranceBody", TEXT),
    "qualityAssuranceReport": (f"{VOCABULARY}qualityAssuranceReport", ID),
    "entryRequirements": (f"{VOCABULARY}entryRequirements", TEXT),
    "stackability": (f"{VOCABULARY}stackability", TEXT),  # codes of `vocabulary.STACKABILITY`
    "stackabilityDescription": (f"{VOCABULARY}stackabilityDescription", TEXT),
    "stacksInto": (f"{VOCABULARY}stacksInto", ID),  # qualifications, or larger micro-credentials
    "furtherInformation": (f"{VOCABULARY}furtherInformation", ID),
    "identityCheck": (f"{VOCABULARY}identityCheck", TEXT),  # on the subject: how the holder's identity was checked
    "replaces": (f"{VOCABULARY}replaces", ID),  # on the credential: the one that this one corrects
}
