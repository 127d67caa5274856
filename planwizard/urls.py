from django.urls import include, path

urlpatterns = [
    path("", include("planwizard.accounts.urls")),
    path("", include("planwizard.catalog.urls")),
    path("", include("planwizard.exports.urls")),
    path("", include("planwizard.wizard.urls")),
]
