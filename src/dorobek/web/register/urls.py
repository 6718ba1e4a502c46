"""Addresses of the public register. An entry's address never changes; neither does a version's."""

from django.urls import path

from dorobek.web.register import analysis, comparing, counting, editing, entries, exports, rules, searching, words

urlpatterns = [
    path("rejestr/", searching.search_page, name="register"),
    path("rejestr/podpowiedzi/", searching.suggestions, name="register-suggestions"),
    path("rejestr/slowa/", words.near_words, name="register-words"),
    path("rejestr/porownanie/", comparing.compare, name="register-compare"),
    path("rejestr/liczby/", counting.show, name="register-figures"),
    path("rejestr/dane/", exports.open_data, name="register-data"),
    path("rejestr/dane/rejestr.<slug:kind>", exports.whole, name="register-whole"),
    path("rejestr/analiza/", analysis.show, name="register-analysis"),
    path("rejestr/analiza/<slug:code>/", analysis.one, name="register-analysis-entry"),
    path("rejestr/zmiany/", editing.changes, name="register-changes"),
    path("rejestr/zmiany/nowy/", editing.new_entry, name="register-new"),
    path("rejestr/zmiany/<uuid:change_uid>/", editing.change, name="register-change"),
    path("rejestr/<slug:code>/zmien/", editing.edit, name="register-edit"),
    path("rejestr/<slug:code>/zasady/", rules.correct, name="register-rules"),
    path("rejestr/<slug:code>/", entries.entry, name="register-entry"),
    path("rejestr/<slug:code>/wersje/", entries.versions, name="register-versions"),
    path("rejestr/<slug:code>/podobne/", entries.similar, name="register-similar"),
    path("rejestr/<slug:code>/wpis.<slug:kind>", exports.one, name="register-export"),
    path("rejestr/<slug:code>/<int:number>/", entries.version, name="register-version"),
]
