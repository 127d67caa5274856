from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from planwizard.accounts import views
from planwizard.accounts.session import session
from planwizard.accounts.sign_in import SignInForm

sign_in = LoginView.as_view(
    template_name="accounts/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
)

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in, name="sign_in"),
    path("session/", session, name="session"),
    path("signed-out/", views.signed_out, name="signed_out"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign_out"),
    path("password/", views.change_password, name="change_password"),
    path("town/", views.choose_town, name="choose_town"),
    path("members/", views.members, name="members"),
    path("members/add/", views.add_member, name="add_member"),
    path("members/<uuid:user_id>/", views.member, name="member"),
    path("members/<uuid:user_id>/password/", views.renew_password, name="renew_password"),
    path("members/<uuid:user_id>/switch/", views.switch_member, name="switch_member"),
    path("members/<uuid:user_id>/roles/add/", views.add_role, name="add_role"),
    path("roles/<uuid:membership_id>/", views.change_role, name="change_role"),
    path("roles/<uuid:membership_id>/remove/", views.remove_role, name="remove_role"),
    path("departments/", views.departments, name="departments"),
    path("departments/<uuid:department_id>/", views.rename_department, name="rename_department"),
    path("departments/<uuid:department_id>/move/", views.move_department, name="move_department"),
]
