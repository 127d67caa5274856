from django.urls import include, path

urlpatterns = [
    path("", include("planwizard.web.urls")),
    path("", include("planwizard.accounts.urls")),
    path("", include("planwizard.catalog.urls")),
    path("", include("planwizard.compliance.urls")),
    path("", include("planwizard.exports.urls")),
    path("", include("planwizard.wizard.urls")),
]

handler400 = "planwizard.web.errors.bad_request"
handler403 = "planwizard.web.errors.permission_denied"
handler404 = "planwizard.web.errors.page_not_found"
handler500 = "planwizard.web.errors.server_error"
