from django.urls import include, path

from planwizard.compliance.views import checklist, item, own_items

app_name = "compliance"

_of_version = [
    path("checklist/", checklist.checklist, name="checklist"),
    path("checklist/maps/", checklist.maps, name="maps"),
    path("checklist/next/", checklist.next_stop, name="next_stop"),
    path("checklist/<str:item_id>/", item.item, name="item"),
    path("checklist/<str:item_id>/confirm/", item.confirm, name="confirm"),
    path("checklist/<str:item_id>/answer/", item.answer, name="answer"),
    path("checklist/<str:item_id>/decline/", item.decline, name="decline"),
    path("confirmations/<uuid:confirmation_id>/withdraw/", item.withdraw, name="withdraw"),
    path("parts/<str:key>/checks/", checklist.part_checks, name="part_checks"),
]

urlpatterns = [
    path("plans/<uuid:version_id>/", include(_of_version)),
    path("checklist/items/", own_items.own_items, name="own_items"),
    path("checklist/handing-out/", own_items.handing_out, name="handing_out"),
    path("checklist/items/<uuid:item_id>/retire/", own_items.retire_own_item, name="retire_own_item"),
]
