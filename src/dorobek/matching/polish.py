"""A light Polish stemmer on folded words, so that text typed without Polish letters is treated alike.

Snowball's Polish stemmer needs the diacritics and keeps "liczyłam" and "liczenie" apart; people's own words
mix verb forms and miss letters, so endings are cut here by one table, longest first. Three levels:

- `stem`: the word without its ending ("liczyłam", "liczenie" -> "licz");
- `soft_key`: stems that differ by a consonant alternation fall together ("zwrot", "zwróc(ić)");
- `root`: also without an aspect prefix ("policz", "rozlicz", "oblicz" -> "licz").
"""

import re
from functools import lru_cache

_PREFIX = re.compile(r"^(przed|prze|przy|roz|pod|nad|ode|wy|za|na|po|do|od|ob|u|o)(.+)$")
_SHORT_ROOTS = frozenset({"pis", "kup", "kos", "kop", "mal", "lad", "wag", "waz", "gry", "sad", "lew", "kry"})

# Nouns whose last letters look like a past tense or a participle: cut only what follows them.
_NOUN = re.compile(
    r"^("
    r"nauczyciel|przedszkol|przyjaciel|wlasciciel|cmentarz|festiwal|material|mieszkan|niedziel|"
    r"obywatel|personel|terminal|urzadzen|zamowien|artykul|kapital|kieszen|szkolen|szpital|"
    r"tydzien|jesien|kamien|korzen|portal|profil|sygnal|wentyl|zebran|chwil|detal|fabul|fotel|"
    r"hotel|kabel|kafel|kanal|kapel|lokal|mebel|metal|model|ogien|panel|pytan|regal|szkol|"
    r"tabel|tunel|ubran|urzad|zadan|cial|mebl|styl"
    r")(?:a|u|e|i|y|o|ie|iu|ia|em|iem|om|iom|ach|iach|ami|iami|ow|owi|k|ka|ke|ki)?$"
)

_PRE = r"(?:prze|przy|roz|pod|nad|wy|za|na|po|do|od|ob|u|o|s|z|w)?"
# Short or irregular families, where cutting endings would leave too little or split what belongs together.
_FAMILIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), family)
    for pattern, family in (
        (rf"^{_PRE}my(c|cie|cia|ciu|ciem|l\w*|je|jesz|jemy|ja|jac|tych|te|ty|wa\w*)$", "myc"),
        (rf"^{_PRE}szy(c|cie|cia|ciu|ciem|l|la|lam|lem|li|ly|je|jesz|jemy|ja|jac|te|ty|wa\w*)$", "szyc"),
        (rf"^{_PRE}(pra(c|l|la|lam|lem|li|ly|nie|nia|niu|niem|lni\w*|lk\w*)|pior\w{{1,3}})$", "prac-"),
        (rf"^{_PRE}sia(c|l|la|lam|lem|li|ly|nie|nia|niu)$|^siew\w*$|^{_PRE}siej\w*$|^zasiew\w*$", "siew"),
        (rf"^{_PRE}ora(c|l|la|lam|lem|li|ly|nie|nia|niu)$|^{_PRE}orze$|^ork(a|i|e|ami|)$", "orka"),
        (r"^(?:wy|u|na|za|s|z|po|przy|od|do)?(piec|piecz\w*|piekl\w*|piek[ea]|wypiek\w*)$", "piek"),
        (r"^piekarn\w*$|^piekarz\w*$", "piekar"),
        (rf"^{_PRE}(jezd\w+|jezdz\w+|jechal\w*|jecha\w+|jazd\w*)$", "jezd"),
        (r"^(prze|wy|za|do|od|przy|roz|po|z|)(woz\w*|wiez\w*|wioz\w+)$", "woz"),
        (r"^(prze|wy|za|do|od|przy|roz|po|w|)(nos(ic|il\w*|ze|i|zen\w*)|nies(c|ie\w*)|nios\w+)$", "nos"),
        (r"^sprzed\w*$", "sprzed"),
        (r"^dziec\w*$", "dziec"),
        (r"^(niemowl\w*|bobas\w*)$", "niemowl"),
        (rf"^{_PRE}strzy(c|gl\w*|ze\w*|go\w*)$", "strzyg"),
        (
            rf"^{_PRE}(ciec(ie|ia|iu|iem)?|ciac|cial\w*|ciel(a|am|i|y|em)|cinal\w*|cina\w*|tne|tnie|tniemy)$",
            "ciec",
        ),
        (rf"^{_PRE}doi(c|l|la|lam|lem|li|ly)$|^{_PRE}doj(e|enie|enia|eniu|ark\w*|on\w*)$", "doic"),
        (rf"^{_PRE}(spaw\w+)$", "spaw"),
        (r"^(auto|aut|auta|autem|autach|autami|samochod\w*)$", "samochod"),
        (r"^komp(a|y|ie|em|ow|uter\w*)?$", "komputer"),
        (r"^(tel|telefon\w*|dzwoni\w*|zadzwoni\w*|dzwonie\w*)$", "telefon"),
        (r"^(mail\w*|e?majl\w*|email\w*)$", "mail"),
        (r"^(faktur\w*)$", "faktur"),
        (rf"^{_PRE}(kro(ic|il\w*|je|jen\w*))$", "kroic"),
        (rf"^{_PRE}(uczyl\w*|uczy\w*|ucze\w*|uczen(ie|ia|iu|iem)|nauk\w*|naucza\w*|nauczy(l\w*|c))$", "ucz"),
        (r"^(pieniadz\w*|pieniedzy|pieniedzmi|kasiork\w*)$", "pieniad"),
        (r"^(lek|leki|lekow|lekami|lekarstw\w*|tabletk\w*|tabletek)$", "lek"),
        (r"^(chor(y|a|e|ego|ej|ych|ym|ymi|emu)|chorob\w*|chorow\w*)$", "chor"),
        (r"^(mam(a|y|e|ie|usi\w*)|matk\w*|matce)$", "mama"),
        (r"^(tat(a|y|e|o)|tacie|ojc\w*|ojciec)$", "ojciec"),
        (r"^(babc\w*|babci\w*|dziadk\w*|dziadek)$", "babc"),
        (r"^(kon|konie|koni|koniom|konmi|koniach|koniem|konia)$", "kon"),
        (r"^(ludz\w*|czlowiek\w*)$", "ludz"),
        (r"^(umow(a|y|e|ie|ami|ach)|umow)$", "umow"),
        (r"^(rekl?amacj\w*|reklamow\w*|zareklamow\w*)$", "reklamacj"),
        (
            r"^(plac(e|i|il\w*|ic|imy|en\w*)|zaplac\w*|oplac\w*|oplat\w*|platn\w*|zaplat\w*|wplac\w*|wplat\w*)$",
            "plac",
        ),
        (r"^(zlosc\w*|zdenerw\w*|nerw\w*|wkurz\w*|zl(y|a|ego|ych|ym))$", "zlosc"),
        (rf"^{_PRE}(wypelni\w*)$", "wypelni"),
    )
)

_ENDINGS: tuple[tuple[str, int, str], ...] = tuple(
    sorted(
        (
            # gerunds
            *((f"owan{e}", 2, "ow") for e in ("ie", "ia", "iu", "iem", "iach", "iami")),
            *((f"{v}wan{e}", 3, "") for v in "yi" for e in ("ie", "ia", "iu", "iem", "iach", "iami")),
            *((f"{v}n{e}", 3, "") for v in ("a", "e", "ie") for e in ("ie", "ia", "iu", "iem", "iach", "iami")),
            # past tense
            *(
                (f"{v}l{e}", m, put)
                for v, m, put in (
                    ("owa", 2, "ow"),
                    ("ywa", 3, ""),
                    ("iwa", 3, ""),
                    ("a", 3, ""),
                    ("e", 3, ""),
                    ("i", 3, ""),
                    ("y", 3, ""),
                    ("ia", 3, ""),
                    ("ie", 3, ""),
                    ("ne", 3, ""),
                )
                for e in ("em", "am", "es", "as", "a", "o", "i", "y", "ismy", "ysmy", "iscie", "yscie", "")
                if not (e == "" and v == "e")
            ),
            *((f"{v}no", m, put) for v, m, put in (("owa", 2, "ow"), ("ywa", 3, ""), ("a", 4, ""), ("io", 4, ""))),
            # infinitive
            ("owac", 2, "ow"),
            ("ywac", 3, ""),
            ("iwac", 3, ""),
            ("nac", 3, ""),
            *((e, 3, "") for e in ("ac", "ec", "ic", "yc", "iac", "iec")),
            # present
            *(
                (f"uj{e}", 2, "ow")
                for e in ("e", "esz", "emy", "ecie", "a", "ac", "acy", "aca", "ace", "acych", "acym")
            ),
            *((e, 3, "") for e in ("asz", "amy", "acie", "aja", "ajac", "ajacy", "ajaca", "ajace", "ajacych", "aj")),
            *((e, 3, "") for e in ("isz", "ysz", "imy", "ymy", "icie", "ycie", "iac", "ac", "iacy", "acy", "acych")),
            # participles
            *(
                (f"{v}n{e}", m, put)
                for v, m, put in (("owa", 2, "ow"), ("ywa", 3, ""), ("a", 4, ""), ("io", 3, ""), ("o", 4, ""))
                for e in ("y", "a", "e", "ego", "ej", "emu", "ych", "ym", "ymi")
            ),
            # abstract nouns
            *((f"osc{e}", 3, "") for e in ("", "i", "ia", "iom", "iach", "iami")),
            # nouns and adjectives
            *((e, 3, "") for e in ("ami", "iami", "ach", "iach", "om", "iom", "owi", "iowi", "ow", "iow", "em", "iem")),
            *((e, 3, "") for e in ("ego", "iego", "emu", "iemu", "ych", "ich", "ym", "im", "ymi", "imi", "ej", "iej")),
            *((e, 3, "") for e in ("a", "ia", "e", "ie", "i", "y", "o", "io", "u", "iu", "am", "iam")),
        ),
        key=lambda rule: -len(rule[0]),
    )
)
_BY_LAST: dict[str, list[tuple[str, int, str]]] = {}
for _rule in _ENDINGS:
    _BY_LAST.setdefault(_rule[0][-1], []).append(_rule)

# What the last consonants of a stem may turn into when the word is inflected.
_SOFT = (
    ("szcz", "st"),
    ("sci", "st"),
    ("dz", "d"),
    ("rz", "r"),
    ("cz", "k"),
    ("sz", "s"),
    ("c", "t"),
    ("g", "z"),
)


@lru_cache(maxsize=200_000)
def stem(form: str) -> str:
    """The stem of a folded word; a family's name for irregular words; numbers and short words as they are."""
    if len(form) < 4 and form not in ("lek", "kon", "aut"):
        return form
    for pattern, family in _FAMILIES:
        if pattern.match(form):
            return family
    noun = _NOUN.match(form)
    if noun:
        return noun.group(1)
    for ending, least, put in _BY_LAST.get(form[-1], ()):
        if form.endswith(ending) and len(form) - len(ending) >= least:
            return form[: -len(ending)] + put
    return form


@lru_cache(maxsize=200_000)
def soft_key(stemmed: str) -> str:
    """The stem with its last consonants reduced, so that alternating forms share a key."""
    key = stemmed
    if len(key) > 4 and key.endswith("i"):
        key = key[:-1]
    if len(key) >= 4:
        for ending, put in _SOFT:
            if key.endswith(ending) and len(key) - len(ending) >= 2:
                return key[: -len(ending)] + put
    return key


@lru_cache(maxsize=200_000)
def root(stemmed: str) -> str:
    """The soft key without a prefix of aspect, without "-ow-" and without the feminine "-k-"."""
    bare = stemmed
    for tail in ("ow", "yw"):
        if bare.endswith(tail) and len(bare) - 2 >= 5:
            bare = bare[:-2]
    if len(bare) >= 6 and bare.endswith(("erk", "ark", "ork", "tk")):
        bare = bare[:-1]
    elif len(bare) >= 7 and bare.endswith(("acz", "arz")):
        bare = bare[:-3]
    elif len(bare) >= 8 and bare.endswith("aczk"):
        bare = bare[:-4]
    cut = _PREFIX.match(bare)
    if cut:
        prefix, rest = cut.groups()
        if len(rest) >= (5 if len(prefix) == 1 else 4) or rest in _SHORT_ROOTS:
            return soft_key(rest)
    return soft_key(bare)
