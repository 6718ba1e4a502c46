"""Writing the sections of reports, with what the case holds beside them as help (SA-11, SA-12)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.actions.documents import write_report_section
from dorobek.audits.documents import case_file
from dorobek.audits.documents.missing import missing_content
from dorobek.audits.documents.sections import SECTIONS
from dorobek.audits.enums import EventKind
from dorobek.audits.models import ReportSection, SkillsAudit
from dorobek.audits.queries.documents import CaseFile
from dorobek.audits.rules.sections import required_documents, required_sections
from dorobek.programmes.enums import DocumentKind
from dorobek.web.audits.documents import PART, name_of
from dorobek.web.doors import CaseRequest, attempt, case_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText

HINTS = {
    "scope-and-goal": gettext_lazy("Na co się umówiliśmy, co udało się zrobić, a co nie i dlaczego?"),
    "situation": gettext_lazy("Gdzie ta osoba jest dziś: nauka, praca, warunki, plany pracodawcy?"),
    "interests": gettext_lazy("Co lubi i co przychodzi łatwo? Co powiedziały rozmowy i testy?"),
    "competences-held": gettext_lazy("Lista wejdzie sama. Tu można dodać jedno zdanie od siebie."),
    "competences-to-develop": gettext_lazy("Lista wejdzie sama. Tu można napisać, od czego zacząć."),
    "values-and-goals": gettext_lazy("Co jest ważne w pracy i w życiu? Dokąd ta osoba chce dojść?"),
    "summary": gettext_lazy("Najważniejsze ustalenia w kilku zdaniach."),
    "gaps": gettext_lazy("Lista braków wejdzie sama. Tu można napisać, które są ważne."),
    "next": gettext_lazy("Co zrobimy teraz i po co?"),
    "course": gettext_lazy("Jak szła praca, co pomagało, co przeszkadzało? Spotkania wejdą same."),
    "results": gettext_lazy("Do jakich wniosków doszliśmy razem?"),
    "recommendations": gettext_lazy("Co warto zrobić dalej i kto może pomóc?"),
}


class SectionForm(DorobekForm):
    text = LongText(label=gettext_lazy("Tekst"), required=False, rows=10)


def find_kind(audit: SkillsAudit, kind: str) -> DocumentKind:
    """A report of this case's variant that has sections to write; 404 otherwise."""
    for one in required_documents(audit.rules, audit.variant):
        if str(one) == kind and one in SECTIONS:
            return one
    raise Http404


@case_page(PART)
def report(request: CaseRequest, audit: SkillsAudit, kind: str) -> HttpResponse:
    """The sections of one report: which are written, which are drawn from data."""
    wanted = find_kind(audit, kind)
    file = case_file(audit, request.user)
    drawn = set(SECTIONS[wanted]) - set(required_sections()) if wanted == DocumentKind.FEEDBACK_REPORT else set()
    rows = [
        {"code": code, "title": title, "text": file.section(wanted, code), "drawn": code in drawn}
        for code, title in SECTIONS[wanted].items()
    ]
    context = {
        "audit": audit,
        "tab": "case-documents",
        "kind": wanted,
        "name": name_of(audit, wanted),
        "rows": rows,
        "missing": missing_content(wanted, file),
        "writable": request.leads and audit.is_open,
    }
    return render(request, "audits/reports.html", context)


@case_page(PART)
def section(request: CaseRequest, audit: SkillsAudit, kind: str, code: str) -> HttpResponse:
    """One section, with what the case holds beside it."""
    wanted = find_kind(audit, kind)
    sections = SECTIONS[wanted]
    if code not in sections:
        raise Http404
    held = ReportSection.objects.visible_to(request.user).filter(audit=audit, kind=wanted, section=code).first()
    form = form_for(
        request, SectionForm, initial={"text": held.text if held else ""}, base_version=held.version if held else 0
    )
    form.fields["text"].label, form.fields["text"].help_text = sections[code], HINTS[code]
    if request.method == "POST" and form.is_valid():
        given = {"text": form.cleaned_data["text"], "base_version": form.cleaned_data["base_version"]}
        if attempt(
            form,
            lambda: write_report_section(audit=audit, kind=wanted, section=code, acting_user=request.acting, **given),
        ):
            finish(request)
            messages.success(request, _("Zapisano: %s.") % sections[code])
            return _onward(request, audit, wanted, code)
    context = {
        "audit": audit,
        "tab": "case-documents",
        "kind": wanted,
        "name": name_of(audit, wanted),
        "code": code,
        "title": sections[code],
        "form": form,
        "writable": request.leads and audit.is_open,
        "help": help_for(case_file(audit, request.user), code),
        "last": code == list(sections)[-1],
    }
    return render(request, "audits/reports_section.html", context)


def _onward(request: CaseRequest, audit: SkillsAudit, kind: DocumentKind, code: str) -> HttpResponse:
    """To the next section, or back to the list."""
    codes = list(SECTIONS[kind])
    following = codes[codes.index(code) + 1 :]
    if "next" in request.POST and following:
        return redirect("case-report-section", audit.uid, str(kind), following[0])
    return redirect("case-report", audit.uid, str(kind))


def help_for(file: CaseFile, code: str) -> list[dict[str, Any]]:
    """Blocks of a title and lines from the case; empty blocks are left out."""
    made = {
        "scope-and-goal": (_plan, _goals),
        "situation": (_learning, _work),
        "interests": (_interests, _results),
        "competences-held": (_held,),
        "competences-to-develop": (_to_develop, _goals),
        "values-and-goals": (_goals, _interests),
        "summary": (_synthesis, _held),
        "gaps": (_not_held, _synthesis),
        "next": (_synthesis, _consultations),
        "course": (_meetings, _plan),
        "results": (_held, _synthesis),
        "recommendations": (_goals, _consultations),
    }[code]
    blocks = [part(file) for part in made]
    return [{"title": title, "lines": lines} for title, lines in blocks if lines]


Part = tuple[str, list[str]]


def _plan(file: CaseFile) -> Part:
    plan = file.plan
    texts = (plan.agreed_aim, plan.agreed_scope, plan.realised_scope) if plan else ()
    return _("Z planu"), [text for text in texts if text]


def _goals(file: CaseFile) -> Part:
    return _("Cele"), [f"{goal.get_kind_display()}: {goal.wording}" for goal in file.goals]


def _events(file: CaseFile, *kinds: str) -> list[str]:
    found = [one for one in file.events if one.kind in kinds]
    return [", ".join(part for part in (one.title, one.organisation, one.starts_said) if part) for one in found]


def _learning(file: CaseFile) -> Part:
    return _("Nauka, z karty"), _events(file, EventKind.SCHOOL, EventKind.COURSE)


def _work(file: CaseFile) -> Part:
    return _("Praca, z karty"), _events(file, EventKind.JOB)


def _interests(file: CaseFile) -> Part:
    note = file.notes.get("interests")
    return _("Zainteresowania, z karty"), [
        *_events(file, EventKind.INTEREST),
        *([note.text] if note and note.text else []),
    ]


def _results(file: CaseFile) -> Part:
    lines = [f"{one.tool}: {one.get_validity_display()}. {one.conclusions}" for one in file.results]
    return _("Wyniki testów"), lines


def _held(file: CaseFile) -> Part:
    return _("Potwierdzone kompetencje"), [w.competence.wording for w in file.weaves if w.competence.is_confirmed]


def _not_held(file: CaseFile) -> Part:
    return _("Opisy z brakami"), [w.competence.wording for w in file.weaves if w.missing]


def _to_develop(file: CaseFile) -> Part:
    return _("Zaznaczone jako warte rozwijania"), [
        w.competence.wording for w in file.weaves if w.competence.worth_developing
    ]


def _synthesis(file: CaseFile) -> Part:
    held = file.synthesis
    texts = (held.picture, held.strengths, held.missing, held.conclusions) if held else ()
    return _("Z syntezy"), [text for text in texts if text]


def _consultations(file: CaseFile) -> Part:
    lines = [f"{one.speciality}: {one.opinion or one.question}" for one in file.consultations]
    return _("Konsultacje i skierowania"), lines + [f"{one.directed_to}: {one.need}" for one in file.referrals]


def _meetings(file: CaseFile) -> Part:
    held = [one for one in file.meetings if one.state == "held"]
    return _("Spotkania"), [f"{one.get_kind_display()}: {one.done}" for one in held]
