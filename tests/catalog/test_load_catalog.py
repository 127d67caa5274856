import pytest
from django.core.management import CommandError, call_command

from planwizard.catalog.models import NationalMeasure

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path, catalog):
    path = tmp_path / "catalog.json"
    path.write_text(catalog(), encoding="utf-8")
    return path


def test_counts_are_printed_for_each_table(file, capsys):
    call_command("load_catalog", file)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "カタログの版：追加 1・更新 0・変わらず 0・残した 0"
    assert lines[-1] == "国の施策：追加 1・更新 0・変わらず 0・残した 0"


def test_kept_entries_are_named(file, capsys):
    call_command("load_catalog", file)
    NationalMeasure.objects.update(notes="確認済み")
    capsys.readouterr()
    call_command("load_catalog", file)
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "national_measures の1件目（NM-060）：管理者が直しているため、今の内容を残しました。"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "何も読み込んでいません。\nJSONとして読めません（1行2文字目）。書式を直してください。"),
        ("題".encode("cp932"), "UTF-8 の文字として読めません。"),
        (None, "を開けません："),
    ],
)
def test_a_bad_file_fails_with_its_reason(tmp_path, content, reason):
    path = tmp_path / "bad.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match="(?s)" + reason.replace("（", ".").replace("）", ".")) as failed:
        call_command("load_catalog", path)
    assert failed.value.returncode == 1
