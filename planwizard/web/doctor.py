"""What must be right on this machine, each with the line to type when it is not.

A check is a function that returns a ``Finding``. Those in ``AT_START`` keep the server from starting; the others
are told by ``make doctor`` only.
"""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from planwizard.common import files

FONTS = {
    "BIZ UDGothic": "fonts-morisawa-bizud-gothic",
    "BIZ UDMincho": "fonts-morisawa-bizud-mincho",
    "Noto Sans CJK JP": "fonts-noto-cjk",
    "Noto Color Emoji": "fonts-noto-color-emoji",
}
PDF_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
SHORTEST_SECRET = 50
LEAST_FREE_BYTES = 1024**3
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]"}
SYNCHRONOUS = {2: "FULL", 3: "EXTRA"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor. ``remedy`` is empty when all is well."""

    says: str
    remedy: str = ""

    @property
    def is_good(self) -> bool:
        return not self.remedy


def look(*, at_start: bool = False) -> list[Finding]:
    """Run the checks: all of them, or only those that keep the server from starting."""
    return [check() for check in (AT_START if at_start else AT_START + ON_DEMAND)]


def line(finding: Finding) -> str:
    """As it is printed: 良い, or 直す with the remedy below."""
    if finding.is_good:
        return f"良い　{finding.says}"
    return f"直す　{finding.says}\n　　　→ {finding.remedy}"


def debug_is_off() -> Finding:
    if settings.DEBUG:
        return Finding("DEBUG が入っています", "PLANWIZARD_DEBUG=1 を環境変数から消してください")
    return Finding("DEBUG は切れています")


def secret_is_strong() -> Finding:
    if len(settings.SECRET_KEY) < SHORTEST_SECRET or len(set(settings.SECRET_KEY)) < 5:
        return Finding(
            f"秘密の鍵が短すぎます（{SHORTEST_SECRET}文字以上にしてください）",
            "python3 -c 'import secrets; print(secrets.token_urlsafe(64))' の結果を鍵のファイルに書いてください",
        )
    path = settings.SECRET_KEY_FILE
    if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("鍵のファイルを、ほかの利用者も読めます", f"chmod 600 {path}")
    return Finding("秘密の鍵は十分に長く、ほかの利用者には読めません")


def insecure_is_local() -> Finding:
    if settings.INSECURE_LOCALHOST and not set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS:
        return Finding(
            "暗号化しない設定のまま、ほかの端末から開ける名前が許されています",
            "PLANWIZARD_INSECURE_LOCALHOST か PLANWIZARD_HOSTS を環境変数から消してください",
        )
    return Finding(
        "暗号化しない設定は、この端末の中だけです" if settings.INSECURE_LOCALHOST else "https だけで開けます"
    )


def data_folder_is_private() -> Finding:
    mode = stat.S_IMODE(settings.DATA_DIR.stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(
            f"データのフォルダを、ほかの利用者も開けます（{mode:o}）", f"chmod 700 {settings.DATA_DIR}"
        )
    probe = settings.DATA_DIR / ".doctor"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Finding(
            f"データのフォルダに書けません（{files.reason(error)}）",
            f"sudo chown -R $(id -un) {settings.DATA_DIR}",
        )
    return Finding("データのフォルダに書けて、ほかの利用者からは開けません")


def disk_has_room() -> Finding:
    free = shutil.disk_usage(settings.DATA_DIR).free
    says = f"ディスクの空きは {free / 1024**3:.1f} GB です"
    return Finding(
        says, "" if free >= LEAST_FREE_BYTES else f"1 GB 以上空けてください: du -sh {settings.DATA_DIR}/*"
    )


def clock_zone_is_japan() -> Finding:
    offset = timezone.localtime().utcoffset()
    if settings.TIME_ZONE != "Asia/Tokyo" or offset != timedelta(hours=9):
        return Finding(
            "日本の時刻になっていません", "sudo apt-get install -y tzdata のあと、もう一度試してください"
        )
    return Finding("時刻は日本時間です")


def database_is_durable() -> Finding:
    """What is really in force on a connection, not what the settings ask for."""
    try:
        return _sqlite_is_durable() if connection.vendor == "sqlite" else _postgresql_is_durable()
    except DatabaseError as error:
        return Finding(
            f"データベースを開けません（{type(error).__name__}）",
            "DATABASE_URL とデータベースの状態を確かめてください",
        )


def _sqlite_is_durable() -> Finding:
    version, journal, synchronous = (
        _ask("SELECT sqlite_version()"),
        str(_ask("PRAGMA journal_mode")).upper(),
        SYNCHRONOUS.get(_ask("PRAGMA synchronous"), "?"),
    )
    says = f"SQLite {version}、記録の方式 {journal}・{synchronous}"
    if (
        f"journal_mode={journal}; " in settings.SQLITE_PRAGMAS
        and f"={synchronous};" in settings.SQLITE_PRAGMAS
    ):
        return Finding(says)
    return Finding(
        f"{says}（決めた方式と違います）", "データのフォルダを、端末自身のディスクに置いてください"
    )


def _postgresql_is_durable() -> Finding:
    version, synchronous, lock_timeout = (
        _ask("SHOW server_version"),
        _ask("SHOW synchronous_commit"),
        _ask("SHOW lock_timeout"),
    )
    says = f"PostgreSQL {version}、確定時の書き込み {synchronous}、待つ時間 {lock_timeout}"
    if synchronous == "off":
        return Finding(says, "ALTER DATABASE … SET synchronous_commit = on を実行してください")
    if lock_timeout == "0":
        return Finding(says, "DATABASE_URL の前に立つ中継が options を通すようにしてください")
    return Finding(says)


def _ask(question: str):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def migrations_are_applied() -> Finding:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return Finding("データベースの表を調べられません", "データベースの行の直し方に従ってください")
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding(f"データベースの表が古いままです（{len(waiting)}件）", f"{_manage()} migrate")
    return Finding("データベースの表は最新です")


def production_has_no_demo_accounts() -> Finding:
    if settings.INSECURE_LOCALHOST:
        return Finding("見本の利用者は、この端末の中だけで使えます")
    try:
        count = get_user_model().objects.filter(is_demo=True).count()
    except DatabaseError:
        return Finding("見本の利用者を調べられません", f"{_manage()} migrate")
    if count:
        return Finding(
            f"本番の設定なのに、見本の利用者が{count}人います",
            "見本の入っていないデータベースを使ってください（DATABASE_URL か PLANWIZARD_DATA を変えます）",
        )
    return Finding("見本の利用者はいません")


def static_files_are_collected() -> Finding:
    """Pages name their files through the storage's manifest; without it each page would fail."""
    needs_manifest = isinstance(staticfiles_storage, ManifestFilesMixin)
    if needs_manifest and not (settings.STATIC_ROOT / staticfiles_storage.manifest_name).exists():
        return Finding("画面の部品が用意されていません", f"{_manage()} collectstatic --noinput")
    return Finding("画面の部品はそろっています")


def pdf_can_be_made() -> Finding:
    """In a process of its own: a web process never loads WeasyPrint."""
    result = subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, check=False)
    if result.returncode == 0:
        return Finding("PDF を作れます")
    return Finding(
        "PDF：この端末では作成できません（Word は作れます）",
        f"sudo apt-get install -y --no-install-recommends {PDF_PACKAGES}",
    )


def fonts_are_present() -> Finding:
    listing = shutil.which("fc-list")
    if listing is None:
        return Finding("書体を調べられません", "sudo apt-get install -y --no-install-recommends fontconfig")
    known = subprocess.run([listing, ":", "family"], capture_output=True, text=True, check=False).stdout
    families = {name.strip() for line in known.splitlines() for name in line.split(",")}
    missing = [package for name, package in FONTS.items() if name not in families]
    if missing:
        return Finding(
            "PDF の書体が足りません", f"sudo apt-get install -y --no-install-recommends {' '.join(missing)}"
        )
    return Finding("PDF の書体はそろっています")


def _manage() -> str:
    return f"{Path(sys.executable).name if sys.prefix == sys.base_prefix else '.venv/bin/python'} manage.py"


Check = Callable[[], Finding]
AT_START: tuple[Check, ...] = (
    debug_is_off,
    secret_is_strong,
    insecure_is_local,
    data_folder_is_private,
    clock_zone_is_japan,
    database_is_durable,
    migrations_are_applied,
    production_has_no_demo_accounts,
    static_files_are_collected,
)
ON_DEMAND: tuple[Check, ...] = (disk_has_room, pdf_can_be_made, fonts_are_present)
