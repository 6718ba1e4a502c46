"""Choosing what a goal leads to, and its page: what it asks for, what is known of the labour market (DP-3, DP-7)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.models import SkillsAudit
from dorobek.plans.actions.labour import take_figure
from dorobek.plans.actions.targets import WISH_LETTERS, Choice, choose_target, remove_target
from dorobek.plans.gaps.choosing import find, occupations, published, skills_for
from dorobek.plans.gaps.enums import LineState, TargetKind
from dorobek.plans.gaps.queries import code_of_target, target_of
from dorobek.plans.labour.queries import figures_for
from dorobek.plans.models import Goal, LabourFigure, Source, Target
from dorobek.register.models import Concept, Qualification
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.forms import DorobekForm, LongText
from dorobek.web.plans.targets.common import address, find_goal, find_target, frame
from dorobek.web.plans.views import Side

KINDS = {"zawod": TargetKind.OCCUPATION, "kwalifikacja": TargetKind.QUALIFICATION, "mikro": TargetKind.CREDENTIAL}
WISH = "slowa"


class WishForm(DorobekForm):
    """A wish in words; the matcher turns it into outcomes to be confirmed."""

    wish = LongText(
        label=gettext_lazy("Co chcę umieć albo robić?"),
        help_text=gettext_lazy(
            "Zwykłymi słowami, na przykład: chcę układać grafik zmian i rozliczać kasę w większym sklepie. "
            "Podpowiemy umiejętności, które się z tym wiążą, a potem można je zatwierdzić albo odrzucić."
        ),
        max_length=WISH_LETTERS,
        rows=4,
    )


def page(request: CaseRequest, audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> HttpResponse:
    """What the goal leads to. POST: it leads there no more."""
    goal = find_goal(request.user, audit, goal_uid)
    target = target_of(request.user, audit.uid, goal_uid)
    if request.method == "POST":
        if target is None:
            raise Http404
        remove_target(target=target, acting_user=request.acting)
        messages.success(request, _("Usunięto. Cel został, tylko nie wskazuje już, do czego prowadzi."))
        return redirect(address(audit, side, goal_uid, "target"))
    context = frame(request, audit, side, goal, target=target)
    if target is not None:
        context |= _about(target, goal)
    return render(request, "plans/targets/page.html", context)


def _about(target: Target, goal: Goal) -> dict[str, Any]:
    figures = figures_for(target)
    taken = set(Source.objects.filter(plan=goal.plan).values_list("says", flat=True)) if figures else set()
    return {
        "kind_word": TargetKind(target.kind).label,
        "code": "" if target.kind == TargetKind.CREDENTIAL else code_of_target(target),
        "is_occupation": target.kind == TargetKind.OCCUPATION,
        "waiting": sum(line.state == LineState.PROPOSED for line in target.lines.all()),
        "figures": [(one, one.sentence in taken) for one in figures],
    }


def choose(request: CaseRequest, audit: SkillsAudit, side: Side, goal_uid: uuid.UUID) -> HttpResponse:
    """Look for an occupation, a qualification, a micro-credential, or write in words. POST: this one."""
    goal = find_goal(request.user, audit, goal_uid)
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("rodzaj", "zawod")
    kind = kind if kind in KINDS or kind == WISH else "zawod"
    form = WishForm(request.POST if request.method == "POST" and kind == WISH else None)
    if request.method == "POST" and kind == WISH:
        if form.is_valid() and attempt(form, lambda: _chosen(request, goal, Choice(wish=form.cleaned_data["wish"]))):
            return redirect(address(audit, side, goal_uid, "proposals"))
    elif request.method == "POST":
        choice = choice_of(kind, asked.get("kod", ""))
        if kind == "zawod" and "umiejetnosci" not in asked and choice.concept and skills_for(choice.concept):
            return _which_skills(request, audit, side, goal, choice.concept)
        if choice.concept and asked.get("umiejetnosci"):
            choice = Choice(concept=choice.concept, skills_of=_esco_of(choice.concept, asked["umiejetnosci"]))
        _chosen(request, goal, choice)
        return redirect(address(audit, side, goal_uid, "gaps"))
    words = request.GET.get("q", "").strip()[:100]
    context = frame(request, audit, side, goal, form=form, kind=kind, words=words, kinds=_tabs())
    context["found"] = find(KINDS[kind], words) if kind in KINDS else None
    return render(request, "plans/targets/choose.html", context, status=422 if form.errors else 200)


def _tabs() -> list[tuple[str, str]]:
    return [("zawod", _("Zawód")), ("kwalifikacja", _("Kwalifikacja")), ("mikro", _("Mikropoświadczenie")),
            (WISH, _("Własnymi słowami"))]  # fmt: skip


def _chosen(request: CaseRequest, goal: Goal, choice: Choice) -> Target:
    made = choose_target(goal=goal, choice=choice, acting_user=request.acting)
    messages.success(request, _("Zapisano, do czego prowadzi ten cel."))
    return made


def choice_of(kind: str, code: str) -> Choice:
    """What a button of the list named; 404 when there is no such thing any more."""
    found: Any = None
    if kind == "zawod" and code.isascii() and code.isdigit():
        found = occupations().select_related("framework").filter(pk=int(code[:15])).first()
        choice = Choice(concept=found)
    elif kind == "kwalifikacja":
        found = Qualification.objects.filter(code=code[:20]).exclude(current=None).first()
        choice = Choice(qualification=found)
    elif kind == "mikro":
        found = published().filter(uid=_uid(code)).first()
        choice = Choice(template=found)
    if found is None:
        raise Http404
    return choice


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None


def _which_skills(
    request: CaseRequest, audit: SkillsAudit, side: Side, goal: Goal, occupation: Concept
) -> HttpResponse:
    """An occupation of KZiS lists no skills: which one of ESCO is meant is asked, never guessed."""
    context = frame(request, audit, side, goal, occupation=occupation, offers=skills_for(occupation))
    return render(request, "plans/targets/skills.html", context)


def _esco_of(occupation: Concept, code: str) -> Concept | None:
    """The occupation of ESCO whose skills were chosen; None for "none of them"."""
    if code == "0":
        return None
    offered = {one.code for one in skills_for(occupation)}
    if code not in offered:
        raise Http404
    return occupations().select_related("framework").get(pk=int(code))


def figure(request: CaseRequest, audit: SkillsAudit, side: Side, goal_uid: uuid.UUID, key: int) -> HttpResponse:
    """POST: a figure becomes a source of the plan."""
    goal, target = find_target(request.user, audit, goal_uid)
    held = LabourFigure.objects.filter(pk=key).first()
    if request.method != "POST" or held is None or all(one.row.pk != key for one in figures_for(target)):
        raise Http404
    take_figure(plan=goal.plan, figure=held, acting_user=request.acting)
    messages.success(request, _("Liczba jest teraz wśród źródeł planu."))
    return redirect(address(audit, side, goal_uid, "target"))
