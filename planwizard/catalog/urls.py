from django.urls import path

from planwizard.catalog.admin import site

# No app_name: Django's admin pages find each other as ``admin:…`` only outside another namespace.
urlpatterns = [path("catalog-admin/", site.urls)]
