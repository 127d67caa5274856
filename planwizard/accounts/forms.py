"""What a town's administrator types about people, roles and departments."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm

from planwizard.accounts.models import Department, Membership, Role
from planwizard.accounts.people import GRANTABLE
from planwizard.accounts.username import validate_username
from planwizard.web.forms import DayField, LineField


class UsernameField(LineField):
    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFKC", super().to_python(value))


class OwnPasswordForm(PasswordChangeForm):
    error_messages = {
        "password_incorrect": "いまのパスワードが違います。もう一度入力してください。",
        "password_mismatch": "新しいパスワードと確認の入力が違います。同じものを入力してください。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old, new, again = (self.fields[name] for name in ("old_password", "new_password1", "new_password2"))
        old.label, new.label, again.label = "いまのパスワード", "新しいパスワード", "新しいパスワード（確認）"
        new.help_text = "15文字以上にしてください。空白や日本語も使えます。氏名や利用者IDに似たもの、よくあるものは使えません。"
        again.help_text = "確認のため、もう一度入力してください。"
        for field in (old, new, again):
            field.error_messages["required"] = f"{field.label}を入力してください。"


class RoleForm(forms.Form):
    """A role, the departments a drafter writes for, and the day on which the role ends."""

    role = forms.ChoiceField(
        label="役割",
        choices=[(role.value, role.label) for role in GRANTABLE],
        widget=forms.RadioSelect,
        help_text="閲覧者は読むだけ、起案者は担当課の部分を書く、事務局は計画の全体を書く、管理者は利用者を登録する役割です。",
        error_messages={
            "required": "役割を選んでください。",
            "invalid_choice": "役割を一覧から選んでください。",
        },
    )
    departments = forms.ModelMultipleChoiceField(
        label="担当する課",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="起案者だけに使います。選んだ課が担当する章や施策を書けるようになります。",
        error_messages={
            "invalid_choice": "担当する課を一覧から選んでください。",
            "invalid_pk_value": "担当する課を一覧から選んでください。",
        },
    )
    ends_on = DayField(
        label="使えなくなる日",
        required=False,
        widget=forms.TextInput(attrs={"data-width": "short"}),
        help_text="この日の0時から使えなくなります。決まっていなければ空けておいてください（例：令和9年4月1日）。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departments"].queryset = Department.objects.in_order()

    def clean_departments(self) -> Any:
        departments = self.cleaned_data["departments"]
        if self.cleaned_data.get("role") == Role.DRAFTER and not departments:
            raise forms.ValidationError("起案者は、担当する課を1つ以上選んでください。")
        return departments

    @property
    def granted(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("role", "departments", "ends_on")}

    @staticmethod
    def stored(membership: Membership) -> dict[str, Any]:
        return {
            "role": membership.role,
            "departments": membership.departments.all(),
            "ends_on": membership.ends_on,
        }


class PersonForm(RoleForm):
    name = LineField(
        label="氏名",
        max_length=40,
        widget=forms.TextInput(attrs={"data-width": "medium", "autocomplete": "off"}),
        error_messages={
            "required": "氏名を入力してください。",
            "max_length": "氏名は40文字までで入力してください。",
        },
    )
    username = UsernameField(
        label="利用者ID",
        max_length=60,
        validators=[validate_username],
        help_text="サインインに使います。半角の英数字と . _ @ - で、職員番号などを入力してください。",
        widget=forms.TextInput(
            attrs={"data-width": "medium", "autocomplete": "off", "autocapitalize": "none"}
        ),
        error_messages={
            "required": "利用者IDを入力してください。",
            "max_length": "利用者IDは60文字までで入力してください。",
        },
    )
    field_order = ("name", "username", "role", "departments", "ends_on")


class DepartmentForm(forms.Form):
    name = LineField(
        label="課名",
        max_length=60,
        widget=forms.TextInput(attrs={"data-width": "medium"}),
        error_messages={
            "required": "課名を入力してください。",
            "max_length": "課名は60文字までで入力してください。",
        },
    )
