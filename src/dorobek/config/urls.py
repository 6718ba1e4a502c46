"""Addresses: screens, REST API, sign-in."""

from django.urls import include, path

from dorobek.api.main import api
from dorobek.web.accounts.views import outbox

urlpatterns = [
    path("api/", api.urls),
    path("vc-api/", include("dorobek.api.vc_api.urls")),
    path("accounts/", include("dorobek.web.accounts.urls")),
    path("outbox", outbox, name="outbox"),
    path("", include("dorobek.web.urls")),
]
handler429 = "dorobek.web.accounts.views.too_many"
