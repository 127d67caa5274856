from django.urls import path

from planwizard.exports import views

app_name = "exports"
urlpatterns = [
    path("plans/<uuid:version_id>/exports/", views.exports, name="exports"),
    path("exports/<uuid:job_id>/", views.job, name="job"),
    path("exports/<uuid:job_id>/file/", views.download, name="download"),
    path("exports/<uuid:job_id>/cancel/", views.cancel, name="cancel"),
]
