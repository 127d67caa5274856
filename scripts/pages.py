"""Pictures of pages to look at: PDF beside Word, of both demo plans. ``pages.py FOLDER`` fills FOLDER.

The plans are made anew in a data folder that vanishes. Word is drawn by LibreOffice, if there is one.
"""

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
PLANS = {
    "shiomino": ("潮見野市（25施策）", "fixtures/demo/shiomino.json", "992011", "shiomino-jimukyoku"),
    "isonami": ("磯波町（小さい計画）", "fixtures/demo/isonami.json", "993018", "isonami-jimukyoku"),
}
FORMATS = ("pdf", "docx")
# {name of the file: (what it is, words by which the page is known)}; the words stand without white space.
PAGES = {
    "cover": ("表紙", r"^"),
    "contents": ("目次", r"目次"),
    "chapter": ("章の初めと図", r"図\d+総人口の見通し"),
    "issues": ("課題の表", r"表\d+課題(?!・)"),
    "position": ("位置付けの図", r"図\d+他計画との関係"),
    "period": ("期間の図", r"図\d+計画の期間"),
    "organisation": ("体制図", r"図\d+推進体制"),
    "index": ("施策の一覧", r"表\d+施策の一覧"),
    "sheet": ("施策シート", r"表\d+施策シート"),
    "kpis": ("指標の一覧", r"表\d+成果指標（KPI）の一覧"),
    "schedule": ("工程表", r"表\d+工程表"),
    "map": ("課題・施策・指標の対応", r"表\d+課題・施策・成果指標の対応"),
    "sources": ("現状の数値の出典", r"表\d+現状の数値の出典"),
    "imprint": ("奥付", r"表\d+計画の概要"),
}
SCALE = 1.4  # pixels for each of the 72 points of an inch


@dataclass(frozen=True)
class Picture:
    """A page of one plan: file names by format."""

    what: str
    files: dict[str, str]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="planwizard-pages-") as data:
        made = {title: pictures(name, Path(data), folder) for name, (title, *_) in PLANS.items()}
    (folder / "index.html").write_text(index(made), encoding="utf-8")
    print(f"できました：{folder / 'index.html'}")


def pictures(name: str, data: Path, folder: Path) -> list[Picture]:
    """Make both files of a plan, and a picture of each named page."""
    print(f"{name} の文書を作り、ページを描いています。")
    papers = {format_: paper for format_ in FORMATS if (paper := _paper(name, format_, data))}
    drawn = {format_: dict(draw(paper, f"{name}-{format_}", folder)) for format_, paper in papers.items()}
    return [
        Picture(what, {format_: files[key] for format_, files in drawn.items() if key in files})
        for key, (what, _) in PAGES.items()
    ]


def _paper(name: str, format_: str, data: Path) -> Path | None:
    """The pages of one format as a PDF; None where nothing can draw them."""
    made = data / f"{name}.{format_}"
    if format_ == "docx" and not shutil.which("soffice"):
        print("LibreOffice がないため、Word のページは描きません。")
        return None
    run(data, "export_plan", _version(name, data), "--format", format_, "--output", str(made))
    return made if format_ == "pdf" else _by_office(made, data)


def _version(name: str, data: Path) -> str:
    """Bring the demo plan in; the id of its version."""
    _, fixture, code, person = PLANS[name]
    if not (data / "stamps").exists():
        subprocess.run(
            [sys.executable, "scripts/prepare.py"],
            cwd=ROOT,
            env=environment(data),
            check=True,
            capture_output=True,
        )
    said = run(data, "import_plan", fixture, "--municipality", code, "--user", person)
    return said.split()[-1]


def _by_office(file: Path, data: Path) -> Path:
    profile, out = f"-env:UserInstallation=file://{data}/office", data / "office-pages"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / f"{file.stem}.pdf"


def run(data: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(data),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def environment(data: Path) -> dict[str, str]:
    """As `make run` has it: nothing of the developer's own settings gets in."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PLANWIZARD_", "DJANGO_"))
    }
    return kept | {
        "PLANWIZARD_DATA": str(data),
        "PLANWIZARD_INSECURE_LOCALHOST": "1",
        "XDG_CACHE_HOME": str(data / "cache"),
    }


def draw(paper: Path, prefix: str, folder: Path) -> Iterator[tuple[str, str]]:
    """(key, file name) of each named page that ``paper`` has."""
    with pypdfium2.PdfDocument(paper) as file:
        texts = [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in file]
        for key, (_, words) in PAGES.items():
            at = next((nth for nth, text in enumerate(texts) if re.search(words, text)), None)
            if at is not None:
                name = f"{prefix}-{key}.png"
                file[at].render(scale=SCALE).to_pil().save(folder / name)
                yield key, name


def index(made: dict[str, list[Picture]]) -> str:
    """A page without styles: PDF left, Word right."""
    rows = "".join(
        f"<h2>{html.escape(title)}</h2>\n<table>\n{''.join(map(_row, found))}</table>\n"
        for title, found in made.items()
    )
    return (
        '<!doctype html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<title>ページの見本</title>\n</head>\n'
        f"<body>\n<h1>ページの見本</h1>\n<p>左がPDF、右がLibreOfficeで描いたWordです。</p>\n{rows}</body>\n</html>\n"
    )


def _row(picture: Picture) -> str:
    what = html.escape(picture.what)
    cells = "".join(
        f'<td><a href="{name}"><img src="{name}" width="620" alt="{what}（{format_}）"></a></td>'
        for format_, name in picture.files.items()
    )
    return f'<tr><th scope="row" colspan="2">{what}</th></tr>\n<tr valign="top">{cells}</tr>\n'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
