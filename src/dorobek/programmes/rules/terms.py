"""The enum values as they stand inside a reason, in both languages (labels of `enums` follow the reader instead)."""

from dorobek.programmes.enums import EducationLevel, Labelled, LabourStatus, Residence, ServiceMembership
from dorobek.programmes.rules.words import Bilingual

_TERMS: dict[Labelled, Bilingual] = {
    EducationLevel.NONE: Bilingual("brak ukończonej szkoły", "no school finished"),
    EducationLevel.PRIMARY: Bilingual("podstawowe", "primary"),
    EducationLevel.LOWER_SECONDARY: Bilingual("gimnazjalne", "lower secondary"),
    EducationLevel.BASIC_VOCATIONAL: Bilingual("zasadnicze zawodowe lub branżowe", "basic vocational"),
    EducationLevel.UPPER_SECONDARY: Bilingual("średnie bez matury", "upper secondary without the final exam"),
    EducationLevel.UPPER_SECONDARY_MATURA: Bilingual("średnie z maturą", "upper secondary with the final exam"),
    EducationLevel.POST_SECONDARY: Bilingual("policealne", "post-secondary"),
    EducationLevel.BACHELOR: Bilingual("wyższe (licencjat, inżynier)", "bachelor's degree"),
    EducationLevel.MASTER: Bilingual("wyższe (magister)", "master's degree"),
    EducationLevel.DOCTORATE: Bilingual("doktorat", "doctorate"),
    LabourStatus.EMPLOYEE: Bilingual("umowa o pracę", "employment contract"),
    LabourStatus.CIVIL_LAW: Bilingual("umowa cywilnoprawna", "civil-law contract"),
    LabourStatus.SELF_EMPLOYED: Bilingual("działalność bez zatrudniania ludzi", "self-employment without employees"),
    LabourStatus.EMPLOYER: Bilingual("działalność z zatrudnionymi ludźmi", "business with employees"),
    LabourStatus.FARMER: Bilingual("gospodarstwo rolne", "farming"),
    LabourStatus.FAMILY_HELPER: Bilingual("pomoc w firmie rodziny bez zapłaty", "unpaid family work"),
    LabourStatus.UNEMPLOYED_REGISTERED: Bilingual("rejestracja w urzędzie pracy", "registered unemployment"),
    LabourStatus.UNEMPLOYED: Bilingual("szukanie pracy poza urzędem", "looking for work, not registered"),
    LabourStatus.INACTIVE: Bilingual("przerwa w pracy zawodowej", "outside the labour market"),
    LabourStatus.STUDENT: Bilingual("nauka", "in education"),
    LabourStatus.CARER: Bilingual("opieka nad bliską osobą", "care for a family member"),
    LabourStatus.PENSIONER: Bilingual("emerytura lub renta", "pension"),
    ServiceMembership.TERRITORIAL_DEFENCE: Bilingual("Wojska Obrony Terytorialnej", "territorial defence"),
    ServiceMembership.VOLUNTEER_FIRE_BRIGADE: Bilingual("ochotnicza straż pożarna", "volunteer fire brigade"),
    Residence.POLISH_CITIZEN: Bilingual("obywatelstwo polskie", "Polish citizenship"),
    Residence.EU_CITIZEN: Bilingual("obywatelstwo kraju Unii Europejskiej", "citizenship of an EU country"),
    Residence.PERMIT: Bilingual("zezwolenie na pobyt i pracę", "permit to stay and work"),
    Residence.TEMPORARY_PROTECTION: Bilingual("ochrona czasowa", "temporary protection"),
    Residence.NO_RIGHT_TO_WORK: Bilingual("brak prawa do pracy w Polsce", "no right to work in Poland"),
}


def term(member: Labelled) -> Bilingual:
    """The value in words for use in the middle of a sentence."""
    return _TERMS[member]
