"""Towns, their departments, and who may do what for which town."""

from __future__ import annotations

import uuid
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from planwizard.accounts.municipality_code import validate_municipality_code
from planwizard.accounts.tenancy import TenantManager, TenantModel
from planwizard.accounts.username import validate_username
from planwizard.blueprint import blanks
from planwizard.blueprint.town_words import kind_of
from planwizard.common.keys import new_key


class Role(models.TextChoices):
    """Roles are not ordered: a town_admin cannot write, a secretariat cannot add people."""

    VIEWER = "viewer", "閲覧者"
    DRAFTER = "drafter", "起案者"
    SECRETARIAT = "secretariat", "事務局"
    TOWN_ADMIN = "town_admin", "管理者"
    OPERATOR = "operator", "全体管理者"


class Municipality(models.Model):
    """A town: the tenant. Made by ``manage.py add_municipality``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(
        "市町村コード", max_length=6, unique=True, validators=[validate_municipality_code]
    )
    name = models.CharField("市町村名", max_length=40)
    prefecture_name = models.CharField("都道府県名", max_length=10)
    is_suspended = models.BooleanField("停止中", default=False)

    class Meta:
        verbose_name = "市町村"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        return kind_of(self.name)

    def in_its_name(self, text: str) -> str:
        """A text of the template with this town and its prefecture in the blanks."""
        return blanks.filled(text, town=self.name, prefecture=self.prefecture_name)


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person who signs in. What the person may do is said by memberships alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField("利用者ID", max_length=60, unique=True, validators=[validate_username])
    name = models.CharField("氏名", max_length=40)
    is_active = models.BooleanField("有効", default=True)
    is_demo = models.BooleanField("見本の利用者", default=False)
    must_change_password = models.BooleanField("次のサインインでパスワードを変える", default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "利用者"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class DepartmentQuerySet(models.QuerySet["Department"]):
    def in_order(self) -> DepartmentQuerySet:
        return self.order_by("position", "name")


class Department(TenantModel):
    """A section of the town hall (所管課). Answers point to it by ``key``."""

    key = models.CharField(max_length=10, default=new_key, editable=False)
    name = models.CharField("課名", max_length=60)
    position = models.PositiveIntegerField("並び", default=0)

    objects = TenantManager.from_queryset(DepartmentQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "課"
        constraints = [
            models.UniqueConstraint("municipality", "key", name="department_key_in_town"),
            models.UniqueConstraint("municipality", "name", name="department_name_in_town"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def acting(self, on: date) -> MembershipQuerySet:
        """Those that have not ended (an end date acts at its 0:00) in a town that is not suspended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), municipality__is_suspended=False)

    def with_people(self) -> MembershipQuerySet:
        """For a list of people with roles and departments, by name. Two queries."""
        return (
            self.select_related("user").prefetch_related("departments").order_by("user__name", "user", "role")
        )


class Membership(TenantModel):
    """One role of one person in one town."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    role = models.CharField("役割", max_length=20, choices=Role.choices)
    ends_on = models.DateField("終わりの日", null=True, blank=True)
    departments = models.ManyToManyField(Department, through="DepartmentSeat", related_name="+")

    objects = TenantManager.from_queryset(MembershipQuerySet)()
    all_municipalities = models.Manager.from_queryset(MembershipQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "役割"
        constraints = [
            models.UniqueConstraint("municipality", "user", "role", name="one_membership_of_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.get_role_display()}"


class DepartmentSeat(TenantModel):
    """A department that a membership writes for."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="seats")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "municipality", "membership", "department", name="one_seat_in_a_department"
            ),
        ]
