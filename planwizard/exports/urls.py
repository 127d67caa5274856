from django.urls import path

from planwizard.exports.views import export, house_styles

app_name = "exports"
urlpatterns = [
    path("plans/<uuid:version_id>/exports/", export.exports, name="exports"),
    path("exports/notice/", export.notice, name="notice"),
    path("exports/<uuid:job_id>/", export.job, name="job"),
    path("exports/<uuid:job_id>/file/", export.download, name="download"),
    path("exports/<uuid:job_id>/cancel/", export.cancel, name="cancel"),
    path("house-styles/", house_styles.house_styles, name="house_styles"),
    path("house-styles/add/", house_styles.add_house_style, name="add_house_style"),
    path("house-styles/paper/", house_styles.add_paper, name="add_paper"),
    path("house-styles/<uuid:style_id>/", house_styles.house_style, name="house_style"),
    path("house-styles/<uuid:style_id>/sample/", house_styles.house_style_sample, name="house_style_sample"),
    path("house-styles/<uuid:style_id>/accept/", house_styles.accept_house_style, name="accept_house_style"),
    path(
        "house-styles/<uuid:style_id>/discard/", house_styles.discard_house_style, name="discard_house_style"
    ),
    path(
        "house-styles/<uuid:style_id>/default/", house_styles.default_house_style, name="default_house_style"
    ),
    path("house-styles/<uuid:style_id>/retire/", house_styles.retire_house_style, name="retire_house_style"),
]
