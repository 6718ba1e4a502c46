"""Records of the two interviews (SA-7, SA-8, SA-11): what was asked and told, in the person's own words."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from dorobek.audits.documents import words
from dorobek.audits.documents.common import Writer, nothing
from dorobek.audits.documents.drawings import life_line, numbered
from dorobek.audits.documents.events import event_table
from dorobek.audits.enums import MeetingKind, MeetingState, PersonalDetail
from dorobek.audits.models import Episode, InterviewAnswer, LifeEvent
from dorobek.kernel.documents import (
    Block,
    Bullets,
    Cell,
    DefinitionList,
    Document,
    Heading,
    Notice,
    Numbered,
    Paragraph,
)
from dorobek.programmes.enums import DocumentKind, EpisodePart, InterviewArea


def biographical(writer: Writer) -> Document:
    events = told_events(writer)
    today = _as_of(writer, events)
    numbers = numbered(events, today)
    line = life_line(writer, events, numbers, today)
    if line is None:
        numbers = {}
    blocks: list[Block] = list(meetings_held(writer, MeetingKind.BIOGRAPHICAL))
    blocks += [Heading(1, _("Przebieg życia")), line or _no_line(len(events))]
    for area in InterviewArea:
        spec = writer.file.rules.area(area)
        blocks.append(Heading(1, words.capital(writer.bilingual(spec.name) if spec else str(area.label))))
        if area == InterviewArea.PERSONAL:
            blocks += personal_choice(writer)
        blocks += _area(writer, area, [event for event in events if event.area == area], numbers)
    return writer.document(DocumentKind.INTERVIEW_BIOGRAPHICAL, tuple(blocks))


def _as_of(writer: Writer, events: Sequence[LifeEvent]) -> dt.date:
    """Where the line of what still lasts ends. Never the day of printing: the same case gives the same document."""
    days = [event.sort_day for event in events if event.sort_day]
    return max([writer.file.audit.registered_on, *days])


def _no_line(count: int) -> Block:
    if count:
        return Paragraph(_("Wydarzenia są w tabelach poniżej."), muted=True)
    return nothing(_("Nie zapisaliśmy jeszcze żadnego wydarzenia z datą."))


def meetings_held(writer: Writer, *kinds: str) -> tuple[Block, ...]:
    """When and for how long the talk took place; nothing when no meeting of the kind was noted."""
    held = [one for one in writer.file.meetings if one.kind in kinds and one.state == MeetingState.HELD]
    if not held:
        return ()
    rows = tuple(
        (writer.day(one.starts_at), writer.typed(", ".join((words.minutes(one.minutes), one.place)))) for one in held
    )
    return (Heading(1, _("Kiedy rozmawialiśmy")), DefinitionList(rows))


# ---- the choice about the personal area, and what it leaves to be printed ----


def detail_of(writer: Writer) -> str:
    held = writer.file.biographical
    return held.personal_detail if held else PersonalDetail.NOT_ASKED


def may_be_printed(writer: Writer, area: str, said_at: dt.datetime) -> bool:
    """False for what the participant chose not to talk about, and for what was noted after they had stopped."""
    if area != InterviewArea.PERSONAL:
        return True
    held = writer.file.biographical
    if held is not None and held.personal_detail == PersonalDetail.STOPPED and held.stopped_at:
        return said_at <= held.stopped_at
    return detail_of(writer) != PersonalDetail.NONE


def told_events(writer: Writer) -> list[LifeEvent]:
    """Life events that may be printed; what stands on the participant card was given for that purpose."""
    return [
        event for event in writer.file.events if event.from_card or may_be_printed(writer, event.area, event.created_at)
    ]


def personal_choice(writer: Writer) -> tuple[Block, ...]:
    """The notice before the personal area, and what the participant decided."""
    detail, held = detail_of(writer), writer.file.biographical
    sentences = {
        PersonalDetail.FULL: writer.by_form(
            madam=_("Po tej informacji zdecydowała Pani, że chce o tym opowiedzieć dokładnie."),
            sir=_("Po tej informacji zdecydował Pan, że chce o tym opowiedzieć dokładnie."),
            neutral=_("Po tej informacji zapadła decyzja, żeby opowiedzieć o tym dokładnie."),
        ),
        PersonalDetail.GENERAL: writer.by_form(
            madam=_("Rozmawialiśmy ogólnie, bez szczegółów, bo tak Pani zdecydowała."),
            sir=_("Rozmawialiśmy ogólnie, bez szczegółów, bo tak Pan zdecydował."),
            neutral=_("Rozmawialiśmy ogólnie, bez szczegółów. Taka była decyzja osoby uczestniczącej."),
        ),
        PersonalDetail.CHOSEN: writer.by_form(
            madam=_("Rozmawialiśmy tylko o wybranych sprawach, bo tak Pani zdecydowała."),
            sir=_("Rozmawialiśmy tylko o wybranych sprawach, bo tak Pan zdecydował."),
            neutral=_("Rozmawialiśmy tylko o wybranych sprawach. Taka była decyzja osoby uczestniczącej."),
        ),
        PersonalDetail.NONE: writer.by_form(
            madam=_("Nie rozmawialiśmy o życiu osobistym, bo tak Pani zdecydowała."),
            sir=_("Nie rozmawialiśmy o życiu osobistym, bo tak Pan zdecydował."),
            neutral=_("Nie rozmawialiśmy o życiu osobistym. Taka była decyzja osoby uczestniczącej."),
        ),
        PersonalDetail.STOPPED: writer.by_form(
            madam=_("Tę część rozmowy przerwaliśmy na Pani życzenie. Jest tu tylko to, co padło wcześniej."),
            sir=_("Tę część rozmowy przerwaliśmy na Pana życzenie. Jest tu tylko to, co padło wcześniej."),
            neutral=_("Tę część rozmowy przerwaliśmy na życzenie. Jest tu tylko to, co padło wcześniej."),
        ),
        PersonalDetail.NOT_ASKED: _("O życiu osobistym jeszcze nie rozmawialiśmy."),
    }
    spec = writer.file.rules.area(InterviewArea.PERSONAL)
    blocks: list[Block] = []
    if spec and spec.notice:
        shown = held.notice_shown_at if held else None
        title = _("Informacja, podana %s") % writer.day(shown) if shown else _("Informacja przed tą częścią")
        blocks.append(Notice(writer.bilingual(spec.notice), title=title))
    blocks.append(Paragraph(sentences[PersonalDetail(detail)]))
    if held and held.detail_note:
        blocks.append(Paragraph(writer.typed(held.detail_note), quote=True))
    return tuple(blocks)


# ---- the areas ----


def _area(writer: Writer, area: InterviewArea, events: Sequence[LifeEvent], numbers: dict[int, int]) -> list[Block]:
    answers = [one for one in writer.file.answers if one.area == area and may_be_printed(writer, area, one.created_at)]
    brief = area == InterviewArea.PERSONAL and detail_of(writer) == PersonalDetail.GENERAL
    blocks: list[Block] = []
    if events:
        spec = writer.file.rules.area(area)
        name = (writer.bilingual(spec.name) if spec else str(area.label)).lower()
        blocks.append(event_table(writer, _("Wydarzenia: %s") % name, events, numbers=numbers, brief=brief))
    if answers:
        blocks.append(Heading(2, _("Pytania i odpowiedzi")))
        for answer in answers:
            blocks += _answer(writer, answer)
    if not blocks and area != InterviewArea.PERSONAL:
        blocks.append(nothing(_("O tym jeszcze nie rozmawialiśmy.")))
    return blocks


def _answer(writer: Writer, answer: InterviewAnswer) -> tuple[Block, ...]:
    spec = writer.file.rules.area(InterviewArea(answer.area))
    bank = {one.code: one.text for one in spec.questions} if spec else {}
    blocks: list[Block] = [Heading(3, writer.asked(bank, answer.question_code, answer.question))]
    blocks += writer.told(answer.answer, quote=True)
    if not answer.answer.strip():
        empty = _("To pytanie zostało pominięte.") if answer.skipped else _("Na to pytanie nie ma jeszcze odpowiedzi.")
        blocks.append(nothing(empty))
    return tuple(blocks)


# ---- the behavioural interview ----


def behavioural(writer: Writer) -> Document:
    blocks: list[Block] = list(meetings_held(writer, MeetingKind.BEHAVIOURAL))
    for part in EpisodePart:
        spec = writer.file.rules.episode_part(part)
        blocks.append(Heading(1, words.capital(writer.bilingual(spec.name) if spec else str(part.label))))
        episodes = [one for one in writer.file.episodes if one.part == part]
        for episode in episodes:
            blocks += _episode(writer, episode)
        if not episodes:
            blocks.append(nothing(_no_episode(writer, part)))
    return writer.document(DocumentKind.INTERVIEW_BEHAVIOURAL, tuple(blocks))


def _no_episode(writer: Writer, part: EpisodePart) -> str:
    if part == EpisodePart.PERSONAL and detail_of(writer) in (PersonalDetail.NONE, PersonalDetail.STOPPED):
        return writer.by_form(
            madam=_("Nie rozmawialiśmy o sytuacjach z życia osobistego, bo tak Pani zdecydowała."),
            sir=_("Nie rozmawialiśmy o sytuacjach z życia osobistego, bo tak Pan zdecydował."),
            neutral=_("Nie rozmawialiśmy o sytuacjach z życia osobistego. Taka była decyzja osoby uczestniczącej."),
        )
    return {
        EpisodePart.WORK: _("Nie opisaliśmy jeszcze żadnej sytuacji z pracy."),
        EpisodePart.PERSONAL: _("Nie opisaliśmy żadnej sytuacji z życia osobistego."),
        EpisodePart.KEY: _("Nie opisaliśmy innych ważnych doświadczeń."),
    }[part]


def _episode(writer: Writer, episode: Episode) -> tuple[Block, ...]:
    untold = _("tego jeszcze nie opisano")
    steps = (
        (_("Sytuacja"), episode.situation),
        (_("Zadanie"), episode.task),
        (_("Działanie"), episode.action),
        (_("Rezultat"), episode.result),
        (_("Co się przydało"), episode.useful),
        (_("Jak to można udokumentować"), episode.documentable),
    )
    rows = [(label, Cell(writer.told(text) or (nothing(untold),))) for label, text in steps]
    rows.append((_("Dowody, które są"), _proofs(writer, episode)))
    rows.append((_("Dowody, których brakuje"), Cell(writer.told(episode.evidence_missing) or (nothing("–"),))))
    rows.append((_("Kompetencje, które stąd wynikają"), _drawn(writer, episode)))
    blocks: list[Block] = [Heading(2, writer.typed(episode.title))]
    if episode.life_event:
        where = (episode.life_event.title, episode.life_event.organisation, writer.when(episode.life_event))
        blocks.append(Paragraph(writer.typed(", ".join(part for part in where if part)), muted=True))
    return (*blocks, DefinitionList(tuple(rows)))


def _proofs(writer: Writer, episode: Episode) -> Cell:
    """Evidence named with the episode, and that of the competences resting on it; each piece once."""
    found = {one.pk: one for one in episode.evidence.all() if one.removed_at is None}
    found |= {
        proof.evidence.pk: proof.evidence for weave in writer.file.weaves_of_episode(episode) for proof in weave.proofs
    }
    if not found:
        return Cell((nothing(_("nie ma jeszcze żadnego")),))
    return Cell((Bullets(tuple(writer.typed(one.title) for one in found.values())),))


def _drawn(writer: Writer, episode: Episode) -> Cell:
    drawn = [weave.competence for weave in writer.file.weaves_of_episode(episode)]
    if not drawn:
        return Cell((nothing(_("jeszcze ich nie nazwaliśmy")),))
    items = tuple((writer.typed(one.wording), f" ({one.get_state_display()})") for one in drawn)
    return Cell((Numbered(items) if len(items) > 1 else Bullets(items),))
