"""Addresses of the issuer's desk."""

from django.urls import path

from dorobek.web.credentials import design, issued, issuer_desk, issuing, picture

urlpatterns = [
    path("wystawianie/", issuing.home, name="issuing"),
    path("wystawianie/wystawca/", issuer_desk.show, name="issuing-issuer"),
    path("wystawianie/wystawca/<uuid:uid>/klucz/", issuer_desk.replace, name="issuing-key-replace"),
    path("wystawianie/klucze/<uuid:uid>/ujawniony/", issuer_desk.compromised, name="issuing-key-compromised"),
    path("wystawianie/wzory/nowy/", design.new, name="issuing-template-new"),
    path("wystawianie/wzory/<uuid:uid>/", design.show, name="issuing-template"),
    path("wystawianie/wzory/<uuid:uid>/opublikuj/", design.publish, name="issuing-template-publish"),
    path("wystawianie/wzory/<uuid:uid>/wycofaj/", design.withdraw, name="issuing-template-withdraw"),
    path("wystawianie/wzory/<uuid:uid>/obrazek/", picture.edit, name="issuing-template-picture"),
    path("wystawianie/wzory/<uuid:uid>/odznaka.svg", picture.draft, name="issuing-template-badge"),
    path("wystawianie/wzory/<uuid:uid>/wystaw/", issuing.one, name="issuing-one"),
    path("wystawianie/wzory/<uuid:uid>/lista/", issuing.new_list, name="issuing-list-new"),
    path("wystawianie/wzory/<uuid:uid>/<slug:part>/", design.step, name="issuing-template-step"),
    path("wystawianie/listy/<uuid:uid>/", issuing.show_list, name="issuing-list"),
    path("wystawianie/listy/<uuid:uid>/podpisz/", issuing.sign_list, name="issuing-list-sign"),
    path("wystawianie/listy/<uuid:uid>/zatrzymaj/", issuing.stop_list, name="issuing-list-stop"),
    path("wystawianie/poswiadczenia/", issued.found, name="issuing-credentials"),
    path("wystawianie/poswiadczenia/<uuid:uid>/", issued.show, name="issuing-credential"),
    path("wystawianie/poswiadczenia/<uuid:uid>/popraw/", issued.correct, name="issuing-credential-correct"),
    path("wystawianie/poswiadczenia/<uuid:uid>/plik/<str:ending>", issued.download, name="issuing-credential-file"),
    path("wystawianie/poswiadczenia/<uuid:uid>/<slug:what>/", issued.change, name="issuing-credential-change"),
]
