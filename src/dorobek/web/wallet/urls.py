"""Addresses of the wallet. Letters to new holders lead to the first."""

from django.urls import path

from dorobek.web.wallet import sharing, views

urlpatterns = [
    path("portfel/", views.home, name="wallet"),
    path("portfel/dodaj/", views.add, name="wallet-add"),
    path("portfel/kwalifikacje/", views.adding_up, name="wallet-adding-up"),
    path("portfel/pokaz/", sharing.share_list, name="wallet-shares"),
    path("portfel/pokaz/nowe/", sharing.new_share, name="wallet-share-new"),
    path("portfel/pokaz/<uuid:uid>/wylacz/", sharing.take_back, name="wallet-share-end"),
    path("portfel/<uuid:uid>/", views.show, name="wallet-one"),
    path("portfel/<uuid:uid>/plik/<str:ending>", views.download, name="wallet-file"),
    path("portfel/<uuid:uid>/sprawdz/", views.again, name="wallet-check"),
    path("portfel/<uuid:uid>/usun/", views.remove, name="wallet-remove"),
]
