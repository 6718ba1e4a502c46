"""Which fields the classes of VC 2.0 and Open Badges 3.0 have: the tables behind `schema.check`.

One line per field: its kind, `!` when required, `*` when there may be several. As VC 2.0 (section 4.5) and Open
Badges 3.0 (section "Data models") allow, a field of several may hold one value without a list. Kinds:

- `text` a string or a language value object, `string`, `number`, `boolean`, `uri`, `time` (with its zone);
- `type=Profile` a list of types in which that one stands, `types` any types;
- `Profile` an object of that class, `Profile?` the same or only its address;
- `one:a|b` one of these words, or one of one's own with `ext:` before it;
- `Held` a credential in a presentation, `credential` the same or a token; `data` a data: address, `jws` a compact JWS;
- `index` and `multibase` as in status lists, `date` a day.
"""

from dataclasses import dataclass

_IDENTIFIERS = (
    "one:name|sourcedId|systemId|productId|userName|accountId|emailAddress|nationalIdentityNumber|isbn|issn|"
    "lisSourcedId|oneRosterSourcedId|sisSourcedId|ltiContextId|ltiDeploymentId|ltiToolId|ltiPlatformId|ltiUserId|"
    "identifier"
)
_ACHIEVEMENTS = (
    "one:Achievement|ApprenticeshipCertificate|Assessment|Assignment|AssociateDegree|Award|Badge|BachelorDegree|"
    "Certificate|CertificateOfCompletion|Certification|CommunityService|Competency|Course|CoCurricular|Degree|Diploma|"
    "DoctoralDegree|Fieldwork|GeneralEducationDevelopment|JourneymanCertificate|LearningProgram|License|Membership|"
    "ProfessionalDoctorate|QualityAssuranceCredential|MasterCertificate|MasterDegree|MicroCredential|"
    "ResearchDoctorate|SecondarySchoolDiploma"
)
_RESULTS = (
    "one:GradePointAverage|LetterGrade|Percent|PerformanceLevel|PredictedScore|RawScore|Result|RubricCriterion|"
    "RubricCriterionLevel|RubricScore|ScaledScore|Status"
)

_CREDENTIAL = {
    "id": "uri",
    "type": "type=VerifiableCredential!",
    "name": "text",
    "description": "text",
    "issuer": "Issuer?!",
    "validFrom": "time",
    "validUntil": "time",
    "credentialSubject": "Subject*!",
    "credentialStatus": "Status*",
    "credentialSchema": "Identified*",
    "termsOfUse": "Typed*",
    "evidence": "Typed*",
    "refreshService": "Typed*",
    "renderMethod": "Typed*",
    "relatedResource": "RelatedResource*",
    "proof": "Typed*",
}
_BADGE = {
    **_CREDENTIAL,
    "id": "uri!",
    "issuer": "Profile?!",
    "validFrom": "time!",
    "awardedDate": "time",
    "image": "Image",
    "endorsement": "EndorsementCredential*",
    "endorsementJwt": "jws*",
}
_FIRST = {"issuanceDate": "time!", "expirationDate": "time", "validFrom": "", "validUntil": ""}

SHAPES: dict[str, dict[str, str]] = {
    "Credential": _CREDENTIAL,
    "Credential1": {**_CREDENTIAL, **_FIRST, "credentialStatus": "Identified*", "refreshService": "Identified*"},
    "AchievementCredential": {**_BADGE, "credentialSubject": "AchievementSubject!", "evidence": "Evidence*"},
    "AchievementCredential1": {
        **_BADGE, **_FIRST, "credentialSubject": "AchievementSubject!", "evidence": "Evidence*",
    },
    "EndorsementCredential": {**_BADGE, "type": "type=EndorsementCredential!", "credentialSubject": "EndorsementSubject!"},
    "EndorsementCredential1": {
        **_BADGE, **_FIRST, "type": "type=EndorsementCredential!", "credentialSubject": "EndorsementSubject!",
    },
    "BitstringStatusListCredential": {**_CREDENTIAL, "credentialSubject": "BitstringStatusList!"},
    "Presentation": {
        "id": "uri",
        "type": "type=VerifiablePresentation!",
        "holder": "Issuer?",
        "verifiableCredential": "Held*",
        "termsOfUse": "Typed*",
        "proof": "Typed*",
    },
    "Presentation1": {
        "id": "uri",
        "type": "type=VerifiablePresentation!",
        "holder": "Issuer?",
        "verifiableCredential": "credential*",
        "proof": "Typed*",
    },
    "Held": {"id": "uri", "type": "types!"},
    "Enveloped": {"id": "data!", "type": "types!"},
    "Issuer": {"id": "uri!", "name": "text", "description": "text", "image": "Image?"},
    "Subject": {"id": "uri"},
    "Typed": {"id": "uri", "type": "types!"},
    "Identified": {"id": "uri!", "type": "types!"},
    "Status": {"id": "uri", "type": "types!"},
    "BitstringStatusListEntry": {
        "id": "uri",
        "type": "types!",
        "statusPurpose": "string!",
        "statusListIndex": "index!",
        "statusListCredential": "uri!",
    },
    "BitstringStatusList": {
        "id": "uri",
        "type": "type=BitstringStatusList!",
        "statusPurpose": "string*!",
        "encodedList": "multibase!",
    },
    "RelatedResource": {
        "id": "uri!", "mediaType": "string", "digestSRI": "string*", "digestMultibase": "string*",
    },
    "AchievementSubject": {
        "id": "uri",
        "type": "type=AchievementSubject!",
        "activityEndDate": "time",
        "activityStartDate": "time",
        "creditsEarned": "number",
        "achievement": "Achievement!",
        "identifier": "IdentityObject*",
        "image": "Image",
        "licenseNumber": "string",
        "narrative": "text",
        "result": "Result*",
        "role": "text",
        "source": "Profile",
        "term": "text",
    },
    "Achievement": {
        "id": "uri!",
        "type": "type=Achievement!",
        "alignment": "Alignment*",
        "achievementType": _ACHIEVEMENTS,
        "creator": "Profile",
        "creditsAvailable": "number",
        "criteria": "Criteria!",
        "description": "text!",
        "endorsement": "EndorsementCredential*",
        "endorsementJwt": "jws*",
        "fieldOfStudy": "text",
        "humanCode": "text",
        "image": "Image",
        "inLanguage": "string",
        "name": "text!",
        "otherIdentifier": "IdentifierEntry*",
        "related": "Related*",
        "resultDescription": "ResultDescription*",
        "specialization": "text",
        "tag": "text*",
        "version": "text",
    },
    "EndorsementSubject": {"id": "uri!", "type": "type=EndorsementSubject!", "endorsementComment": "text"},
    "Profile": {
        "id": "uri!",
        "type": "type=Profile!",
        "name": "text",
        "url": "uri",
        "phone": "string",
        "description": "text",
        "endorsement": "EndorsementCredential*",
        "endorsementJwt": "jws*",
        "image": "Image",
        "email": "string",
        "address": "Address",
        "otherIdentifier": "IdentifierEntry*",
        "official": "text",
        "parentOrg": "Profile",
        "familyName": "text",
        "givenName": "text",
        "additionalName": "text",
        "dateOfBirth": "date",
    },
    "Address": {
        "type": "type=Address!",
        "addressCountry": "text",
        "addressCountryCode": "string",
        "addressRegion": "text",
        "addressLocality": "text",
        "streetAddress": "text",
        "postOfficeBoxNumber": "string",
        "postalCode": "string",
        "geo": "GeoCoordinates",
    },
    "GeoCoordinates": {"type": "type=GeoCoordinates!", "latitude": "number!", "longitude": "number!"},
    "Image": {"id": "uri!", "type": "type=Image!", "caption": "text"},
    "Criteria": {"id": "uri", "narrative": "text"},
    "Alignment": {
        "type": "type=Alignment!",
        "targetCode": "string",
        "targetDescription": "text",
        "targetName": "text!",
        "targetFramework": "text",
        "targetType": "one:ceasn:Competency|ceterms:Credential|CFItem|CFRubric|CFRubricCriterion|"
        "CFRubricCriterionLevel|CTDL",
        "targetUrl": "uri!",
    },
    "IdentityObject": {
        "type": "type=IdentityObject!",
        "hashed": "boolean!",
        "identityHash": "string!",
        "identityType": _IDENTIFIERS + "!",
        "salt": "string",
    },
    "IdentifierEntry": {
        "type": "type=IdentifierEntry!", "identifier": "string!", "identifierType": _IDENTIFIERS + "!",
    },
    "Evidence": {
        "id": "uri",
        "type": "type=Evidence!",
        "narrative": "text",
        "name": "text",
        "description": "text",
        "genre": "text",
        "audience": "text",
    },
    "Related": {"id": "uri!", "type": "type=Related!", "inLanguage": "string", "version": "text"},
    "Result": {
        "type": "type=Result!",
        "achievedLevel": "uri",
        "alignment": "Alignment*",
        "resultDescription": "uri",
        "status": "one:Completed|Enrolled|Failed|InProgress|OnHold|Provisional|Withdrew",
        "value": "string",
    },
    "ResultDescription": {
        "id": "uri!",
        "type": "type=ResultDescription!",
        "alignment": "Alignment*",
        "allowedValue": "string*",
        "name": "text!",
        "requiredLevel": "uri",
        "requiredValue": "string",
        "resultType": _RESULTS + "!",
        "rubricCriterionLevel": "RubricCriterionLevel*",
        "valueMax": "string",
        "valueMin": "string",
    },
    "RubricCriterionLevel": {
        "id": "uri!",
        "type": "type=RubricCriterionLevel!",
        "alignment": "Alignment*",
        "description": "text",
        "level": "text",
        "name": "text!",
        "points": "string",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One field of a class, read from its line in `SHAPES`."""

    name: str
    kind: str
    required: bool
    many: bool
    or_address: bool
    words: frozenset[str]
    any_text: bool  # any string will do
    sufficient: list[str] | None  # the usual value of a type, compared before anything else


def _rule(name: str, line: str) -> Rule:
    kind = line.rstrip("!*?")
    marks = line[len(kind) :]
    words: frozenset[str] = frozenset()
    if kind.startswith(("one:", "type=")):
        listed = kind[5:] if kind.startswith("type=") else kind[4:]
        kind, words = ("type" if kind.startswith("type=") else "one"), frozenset(listed.split("|"))
    usual = list(words) if kind == "type" else None
    return Rule(name, kind, "!" in marks, "*" in marks, "?" in marks, words, kind in ("text", "string"), usual)


def _rules(fields: dict[str, str]) -> tuple[dict[str, Rule], frozenset[str]]:
    rules = {name: _rule(name, line) for name, line in fields.items() if line}
    return rules, frozenset(name for name, rule in rules.items() if rule.required)


# For every class its rules by field, and the names of the required ones.
RULES: dict[str, tuple[dict[str, Rule], frozenset[str]]] = {shape: _rules(fields) for shape, fields in SHAPES.items()}
