"""Addresses of the VC-API."""

from django.urls import path

from dorobek.api.vc_api import checking, issuing, lists

urlpatterns = [
    path("credentials/issue", issuing.issue, name="vc-api-issue"),
    path("credentials/verify", checking.verify, name="vc-api-verify"),
    path("presentations/verify", checking.verify_shown, name="vc-api-verify-presentation"),
    path("status/<slug:purpose>", lists.status_list, name="vc-api-status-list"),
]
