import json
import logging
import sys

from planwizard.web.logs import JsonLines


def record(message, *args, exc_info=None):
    return logging.LogRecord("planwizard", logging.ERROR, __file__, 1, message, args, exc_info)


def test_a_record_is_one_line_whatever_it_holds():
    line = JsonLines().format(record("saved %s", "a\nb\x1b[31m\u2028c"))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == "saved a\nb\x1b[31m\u2028c"


def test_what_an_officer_typed_is_not_logged_with_an_exception():
    try:
        raise ValueError("Failing row contains (未公表の予算)")
    except ValueError:
        line = JsonLines().format(record("Internal Server Error", exc_info=sys.exc_info()))
    assert "未公表" not in line
    assert json.loads(line)["exception"] == "ValueError"
    assert "test_logs.py" in json.loads(line)["frames"][0]
