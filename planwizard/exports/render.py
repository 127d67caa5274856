"""The child process that makes one file: ``python -m planwizard.exports.render FOLDER``.

In: ``order.json``. Out: ``file`` and ``result.json``, of a Word file ``tree.json.gz`` as well, and on the way, a line each on stdout, the
name of the stage and how many percent are done.
It knows no database and opens no connection, runs at low priority, and ends with the process that started it.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import json
import os
import sys
import threading
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

from planwizard.common.limits import limit_process
from planwizard.exports import making
from planwizard.exports.order import Order

ORDER, FILE, TREE, RESULT = "order.json", "file", "tree.json.gz", "result.json"
# Address space, not memory: the fonts of the machine are mapped into it.
MOST_BYTES = 3 * 2**30
NICE = 10


@dataclass(frozen=True, slots=True)
class Result:
    """What came out. With a ``failure`` there is no file; ``trace`` is where it happened, without any text."""

    sha256: str = ""
    size: int = 0
    warnings: tuple[str, ...] = ()
    pages: dict[str, str] | None = None  # {id of a block: page}, if the plan was laid out
    failure: str = ""
    trace: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> Result:
        data = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        return cls(**{**data, "warnings": tuple(data["warnings"]), "trace": tuple(data["trace"])})


def main(folder: Path) -> int:
    confine()
    try:
        result = make(folder, _say)
    except making.CannotMake as refusal:
        result = Result(failure=str(refusal), trace=refusal.details)
    except MemoryError:
        result = Result(failure=making.TOO_LARGE)
    except Exception as error:  # its message may quote the plan, so only its place is kept
        places = tuple(
            f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
        )
        result = Result(failure=making.BROKEN, trace=(type(error).__qualname__, *places))
    (folder / RESULT).write_text(json.dumps(asdict(result), ensure_ascii=False), encoding="utf-8")
    return 1 if result.failure else 0


def make(folder: Path, say: making.Say) -> Result:
    """Write ``file`` from ``order.json``. Raises CannotMake."""
    order = Order.loads((folder / ORDER).read_text(encoding="utf-8"))
    made = making.make(order, say)
    if made.tree:
        (folder / TREE).write_bytes(gzip.compress(made.tree.encode(), mtime=0))
    draft = folder / f"{FILE}.part"
    with draft.open("wb") as file:
        file.write(made.data)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / FILE)
    return Result(
        sha256=hashlib.sha256(made.data).hexdigest(),
        size=len(made.data),
        warnings=made.warnings,
        pages=dict(made.pages) if made.pages is not None else None,
    )


def confine() -> None:
    """Stand behind those who type, and take nothing that the work does not need."""
    os.nice(NICE)
    gc.disable()  # a quarter of the time; the process gives all memory back by ending
    limit_process(memory_bytes=MOST_BYTES)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """The parent holds the other end of stdin; it closes when the parent is gone, however it ended."""
    os.read(0, 1)
    os._exit(1)


def _say(stage: str, percent: int) -> None:
    print(stage, percent, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
