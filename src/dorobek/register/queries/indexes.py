"""Indexes that have learned, kept in files beside the database and built by a job, so that no request waits (MT-1).

The file carries its version and what it was made from. A missing, stale or damaged one asks for the job `match-index`;
until it is done the plain index of the catalogue answers, and of ESCO the last one read, or none. Web processes and
workers on several machines share the folder of data, or each builds its own.
"""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from dorobek.kernel import jobs
from dorobek.kernel.models import Job, JobState
from dorobek.matching import Concept as Labelled
from dorobek.matching import Embedder, EmbedderError, Index, IndexFileError, load, open_embedder, save
from dorobek.matching.storing import VERSION, still_fitting
from dorobek.matching.types import Language
from dorobek.register.actions.catalogue import CATALOGUE
from dorobek.register.enums import ConceptKind
from dorobek.register.models import Concept, Framework, LearningOutcome

JOB = "match-index"
ASK_AGAIN = 60.0  # seconds before a file that could not be read is looked at once more
BUILD_AGAIN = dt.timedelta(hours=1)
LANGUAGES: tuple[Language, ...] = ("pl", "en")
SKILLS = (ConceptKind.SKILL, ConceptKind.KNOWLEDGE)
log = structlog.get_logger("dorobek.matching")


@dataclass(frozen=True)
class Source:
    """Where an index comes from: what tells that it changed (empty: there is nothing), and its concepts."""

    state: Callable[[], str]
    concepts: Callable[[Language], Iterator[Labelled]]


@dataclass
class _Slot:
    """What this process holds of one index. `missing`: the state its file could not be read for, `tried`: when."""

    state: str = ""
    index: Index | None = None
    busy: bool = False
    missing: str = ""
    tried: float = 0.0
    asked: bool = False


_lock = threading.Lock()
_slots: dict[tuple[str, Language], _Slot] = {}


def catalogue_state() -> str:
    """One statement."""
    found = LearningOutcome.objects.filter(framework=CATALOGUE).aggregate(newest=Max("id"), count=Count("id"))
    return f"{found['newest'] or 0}-{found['count']}"


def esco() -> tuple[int, str] | None:
    """The newest import of ESCO: its key and its state. One statement."""
    rows = Framework.objects.filter(code="esco", imported_at__isnull=False).order_by("-imported_at", "-pk")
    found = rows.values_list("pk", "revision").first()
    return (found[0], f"{found[0]}-{found[1]}") if found else None


def _esco_state() -> str:
    found = esco()
    return found[1] if found else ""


def _outcomes(language: Language) -> Iterator[Labelled]:
    for outcome in LearningOutcome.objects.filter(framework=CATALOGUE).order_by("id"):
        yield labelled(outcome, language)


def labelled(outcome: LearningOutcome, language: Language) -> Labelled:
    """A learning outcome for the matcher; its key as code."""
    return Labelled(
        code=str(outcome.pk),
        title=getattr(outcome, f"title_{language}"),
        words=tuple(getattr(outcome, f"words_{language}")),
        hint=getattr(outcome, f"hint_{language}"),
    )


def _of_esco(*kinds: str) -> Callable[[Language], Iterator[Labelled]]:
    def concepts(language: Language) -> Iterator[Labelled]:
        found = esco()
        rows = Concept.objects.filter(framework_id=found[0] if found else 0, kind__in=kinds, retired=False)
        rows = rows.exclude(**{f"label_{language}": ""}).order_by("pk")
        names = ("pk", f"label_{language}", f"other_{language}", f"description_{language}")
        for key, title, others, description in rows.values_list(*names).iterator():
            yield Labelled(str(key), title, tuple(others), description)

    return concepts


SOURCES: dict[str, Source] = {
    "catalogue": Source(catalogue_state, _outcomes),
    "occupations": Source(_esco_state, _of_esco(ConceptKind.OCCUPATION)),
    "skills": Source(_esco_state, _of_esco(*SKILLS)),
}


def learned(name: str, language: Language, state: str) -> Index | None:
    """The learned index in this state, else the one held before, else None. Never waits: reading is done aside."""
    with _lock:
        slot = _slots.setdefault((name, language), _Slot())
        if slot.state == state:
            return slot.index
        due = slot.missing != state or time.monotonic() - slot.tried > ASK_AGAIN
        begin = due and not slot.busy
        slot.busy = slot.busy or begin
        ask = slot.missing == state and not slot.asked
        slot.asked = slot.asked or ask
    if begin and settings.DOROBEK_JOBS == "inline":
        _read(name, language, state)
    elif begin:
        threading.Thread(target=_read, args=(name, language, state), daemon=True).start()
    if ask and settings.DOROBEK_JOBS != "inline":
        ask_for(name, language, state)
    return slot.index


def is_true(name: str, language: Language, state: str) -> bool:
    """Whether what this process holds was made from this state, and not from an older one."""
    return _slots[name, language].state == state


def _read(name: str, language: Language, state: str) -> None:
    """Read the file into this process's slot, or note that it cannot be."""
    slot = _slots[name, language]
    try:
        index = load(path_of(name, language), state=state, embedder=_model())
    except (IndexFileError, EmbedderError, OSError) as problem:
        log.info("match_index_not_read", index=name, language=language, reason=type(problem).__name__)
        with _lock:
            slot.missing, slot.tried, slot.busy, slot.asked = state, time.monotonic(), False, False
        return
    with _lock:
        slot.state, slot.index, slot.busy, slot.missing = state, index, False, ""


def ask_for(name: str, language: Language, state: str) -> None:
    """Have the index built by a worker; one that was built lately and is not found here is not built again at once."""
    key = f"{JOB}:{name}:{language}:{state}:{VERSION}"
    long_ago = timezone.now() - BUILD_AGAIN
    Job.objects.filter(key=key, state=JobState.DONE, finished_at__lt=long_ago).delete()
    jobs.start(JOB, {"index": name, "language": language}, key=key)


def ask_for_all(*names: str) -> None:
    """Have indexes built in both languages, for whatever there is."""
    for name in names:
        if state := SOURCES[name].state():
            for language in LANGUAGES:
                ask_for(name, language, state)


def build(name: str, language: Language) -> int:
    """Learn an index and write its file; how many concepts. Seconds to a minute: for a job, never for a request.

    What was learned from just these concepts is kept: Polish labels do not make English ones be learned again.
    """
    state = SOURCES[name].state()
    concepts = list(SOURCES[name].concepts(language))
    model = _model()
    path = path_of(name, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    index = still_fitting(path, concepts, language, embedder=model)
    if index is None:
        index = Index.build(concepts, language, learn=model is None and bool(concepts), embedder=model)
    save(index, language, path, state=state)
    return len(index)


def path_of(name: str, language: Language) -> Path:
    return Path(settings.DATA_DIR) / "indexes" / f"{name}-{language}.npz"


def forget() -> None:
    """Let go of everything read, as a new process would."""
    with _lock:
        _slots.clear()


@lru_cache(maxsize=1)
def _model() -> Embedder | None:
    """The operator's own embedding model, when one is set. Raises EmbedderError when it cannot be used."""
    place = settings.DOROBEK_EMBEDDING_MODEL
    return open_embedder(Path(place)) if place else None
