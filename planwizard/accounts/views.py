from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from planwizard.accounts import departments as department_acts
from planwizard.accounts import people
from planwizard.accounts.access import open_to
from planwizard.accounts.forms import DepartmentForm, OwnPasswordForm, PersonForm, RoleForm
from planwizard.accounts.member import SESSION_KEY, Member, without_membership
from planwizard.accounts.models import Department, Membership, Role, User
from planwizard.web.errors import Refused
from planwizard.web.interruption import Interruption, ask


@login_not_required
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("wizard:start")
    return render(request, "accounts/signed_out.html")


@without_membership
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.user.must_change_password = False
        form.save()
        update_session_auth_hash(request, request.user)
        messages.success(
            request, "パスワードを変えました。次からは新しいパスワードでサインインしてください。"
        )
        return redirect("wizard:start")
    return render(request, "accounts/change_password.html", {"form": form})


@require_POST
def choose_town(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("municipality", "")
    member = request.member
    if wanted not in {str(town.pk) for town in (member.municipality, *member.others)}:
        raise Http404
    request.session[SESSION_KEY] = wanted
    return redirect("wizard:start")


@open_to(Role.TOWN_ADMIN)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    page = Paginator(Membership.objects.with_people(), 100).get_page(request.GET.get("page"))
    return render(request, "accounts/members.html", {"page": page, "today": timezone.localdate()})


@open_to(Role.TOWN_ADMIN)
@require_http_methods(["GET", "POST"])
def add_member(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person, password = people.add_person(
                    name=form.cleaned_data["name"], username=form.cleaned_data["username"]
                )
                people.add_role(person, request.member.municipality, **form.granted)
        except IntegrityError:
            form.add_error("username", "この利用者IDはすでに使われています。別の利用者IDを入力してください。")
        else:
            return _show_password(request, person, password)
    return render(request, "accounts/add_member.html", {"form": form, "trail": _people_trail()})


@open_to(Role.TOWN_ADMIN)
@require_safe
def member(request: HttpRequest, user_id: UUID) -> HttpResponse:
    person = _person_or_404(user_id)
    context = {
        "trail": _people_trail(),
        "person": person,
        "memberships": Membership.objects.with_people().filter(user=person),
        "why_fixed": _why_fixed(request.member, person),
        "is_only_here": people.belongs_only_here(person),
        "today": timezone.localdate(),
    }
    return render(request, "accounts/member.html", context)


@open_to(Role.TOWN_ADMIN)
@require_http_methods(["GET", "POST"])
def add_role(request: HttpRequest, user_id: UUID) -> HttpResponse:
    person = _changeable_or_404(request.member, user_id)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.add_role(person, request.member.municipality, **form.granted)
        except IntegrityError:
            form.add_error("role", "この役割はすでにあります。ほかの役割を選んでください。")
        else:
            messages.success(request, f"{person.name}さんに役割を加えました。")
            return redirect("accounts:member", person.pk)
    return _role_page(request, form, person, "役割を加える")


@open_to(Role.TOWN_ADMIN)
@require_http_methods(["GET", "POST"])
def change_role(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    held = get_object_or_404(Membership.objects.select_related("user"), pk=membership_id)
    person = _changeable_or_404(request.member, held.user_id)
    form = RoleForm(request.POST or None, initial=RoleForm.stored(held))
    if request.method == "POST" and form.is_valid():
        try:
            people.change_role(held, **form.granted)
        except IntegrityError:
            form.add_error("role", "この役割はすでにあります。ほかの役割を選んでください。")
        else:
            messages.success(request, f"{person.name}さんの役割を変えました。")
            return redirect("accounts:member", person.pk)
    return _role_page(request, form, person, "役割を変える")


@open_to(Role.TOWN_ADMIN)
@require_http_methods(["GET", "POST"])
def remove_role(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    held = get_object_or_404(Membership, pk=membership_id)
    person = _changeable_or_404(request.member, held.user_id)
    if Membership.objects.filter(user=person).count() == 1:
        raise Refused("最後の役割は外せません。使えないようにするには「利用を止める」を押してください。")
    role = held.get_role_display()
    if request.method == "GET":
        facts = [
            "この役割でできたことは、次に画面を開いたときからできなくなります。",
            "その人が書いた文章は、計画に残ります。",
            "担当していた課の章や施策の担当は変わりません。ほかに書く人がいるか確かめてください。",
        ]
        asked = f"{person.name}さんの役割「{role}」を外しますか"
        return _ask(request, person, asked, facts, "役割を外す")
    held.delete()
    messages.success(
        request, f"{person.name}さんの役割「{role}」を外しました。戻すには「役割を加える」を押してください。"
    )
    return redirect("accounts:member", person.pk)


@open_to(Role.TOWN_ADMIN)
@require_http_methods(["GET", "POST"])
def renew_password(request: HttpRequest, user_id: UUID) -> HttpResponse:
    person = _changeable_or_404(request.member, user_id)
    if not people.belongs_only_here(person):
        raise Refused(
            "ほかの市町村でも働いている人のパスワードは作り直せません。全体管理者に依頼してください。"
        )
    if request.method == "GET":
        facts = [
            "いまのパスワードは、すぐに使えなくなります。元に戻す方法はありません。",
            "その人がサインイン中なら、画面はそこで終わります。書いている途中でないか、先に確かめてください。",
            "新しい初期パスワードは、次の画面に一度だけ表示します。本人に手渡すか電話で伝えます。",
        ]
        asked = f"{person.name}さんの初期パスワードを作り直しますか"
        return _ask(request, person, asked, facts, "作り直す")
    return _show_password(request, person, people.renew_password(person))


@open_to(Role.TOWN_ADMIN)
@require_http_methods(["GET", "POST"])
def switch_member(request: HttpRequest, user_id: UUID) -> HttpResponse:
    person = _changeable_or_404(request.member, user_id)
    if request.method == "GET":
        facts = [
            "その人は、すぐにサインインできなくなります。サインイン中の画面も終わります。",
            "書いた文章と保存の記録は、計画に残ります。",
            "「利用を再開する」で、いつでも元に戻せます。",
        ]
        asked = f"{person.name}さんの利用を止めますか"
        return _ask(request, person, asked, facts, "利用を止める", to="off")
    if request.POST.get("to") == "on":
        people.switch_on(person)
        messages.success(request, f"{person.name}さんがまた使えるようにしました。")
    else:
        people.switch_off(person, on=timezone.localdate())
        messages.success(
            request, f"{person.name}さんの利用を止めました。この画面の「利用を再開する」で戻せます。"
        )
    return redirect("accounts:member", person.pk)


@open_to(Role.TOWN_ADMIN, Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def departments(request: HttpRequest) -> HttpResponse:
    form = DepartmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            with transaction.atomic():
                department_acts.add_department(request.member.municipality, name)
        except IntegrityError:
            form.add_error("name", f"「{name}」はすでにあります。別の課名を入力してください。")
        else:
            messages.success(request, f"「{name}」を加えました。")
            return redirect("accounts:departments")
    context = {"form": form, "departments": Department.objects.in_order()}
    return render(request, "accounts/departments.html", context)


@open_to(Role.TOWN_ADMIN, Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def rename_department(request: HttpRequest, department_id: UUID) -> HttpResponse:
    department = get_object_or_404(Department, pk=department_id)
    form = DepartmentForm(request.POST or None, initial={"name": department.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            with transaction.atomic():
                department_acts.rename_department(department, name)
        except IntegrityError:
            form.add_error("name", f"「{name}」はすでにあります。別の課名を入力してください。")
        else:
            messages.success(request, f"課名を「{name}」に変えました。")
            return redirect("accounts:departments")
    context = {"form": form, "department": department, "trail": [(reverse("accounts:departments"), "課")]}
    return render(request, "accounts/rename_department.html", context)


@open_to(Role.TOWN_ADMIN, Role.SECRETARIAT)
@require_POST
def move_department(request: HttpRequest, department_id: UUID) -> HttpResponse:
    department = get_object_or_404(Department, pk=department_id)
    direction = "up" if request.POST.get("direction") == "up" else "down"
    department_acts.move_department(department, direction)
    return redirect("accounts:departments")


def _ask(
    request: HttpRequest, person: User, question: str, facts: list[str], act: str, **sent: str
) -> HttpResponse:
    back = reverse("accounts:member", args=[person.pk])
    return ask(request, Interruption(question, facts, act, back, sent))


def _people_trail() -> list[tuple[str, str]]:
    return [(reverse("accounts:members"), "利用者")]


def _role_page(request: HttpRequest, form: RoleForm, person: User, heading: str) -> HttpResponse:
    trail = [*_people_trail(), (reverse("accounts:member", args=[person.pk]), person.name)]
    context = {"form": form, "person": person, "heading": heading, "trail": trail}
    return render(request, "accounts/role.html", context)


def _person_or_404(user_id: UUID) -> User:
    """A person with a role, present or past, in the active town."""
    return get_object_or_404(User, pk__in=Membership.objects.filter(user_id=user_id).values("user_id"))


def _changeable_or_404(member: Member, user_id: UUID) -> User:
    person = _person_or_404(user_id)
    if reason := _why_fixed(member, person):
        raise Refused(reason)
    return person


def _why_fixed(member: Member, person: User) -> str:
    """Why the member cannot change this person; empty if the member can."""
    if person == member.user:
        return "自分の役割や利用の停止は、自分では変えられません。ほかの管理者に依頼してください。"
    if people.is_operator(person):
        return "全体管理者の登録は、この画面では変えられません。サーバーの担当者に依頼してください。"
    return ""


def _show_password(request: HttpRequest, person: User, password: str) -> HttpResponse:
    """Written in the answer itself: the password is kept nowhere, so it cannot be shown again."""
    return render(request, "accounts/initial_password.html", {"person": person, "password": password})
