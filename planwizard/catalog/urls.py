from django.urls import include, path

from planwizard.catalog import views
from planwizard.catalog.admin import site

_of_import = [
    path("", views.look_at_import, name="import"),
    path("decide/", views.decide_import, name="decide_import"),
    path("discard/", views.discard_import, name="discard_import"),
]
_screens = [
    path("", views.tables, name="tables"),
    path("editions/", views.editions, name="editions"),
    path("export/", views.export, name="export"),
    path("imports/<uuid:import_id>/", include(_of_import)),
]

# No app_name: Django's admin pages find each other as ``admin:…`` only outside another namespace.
urlpatterns = [
    path("catalog-admin/", site.urls),
    path("catalog/", include((_screens, "catalog"))),
]
