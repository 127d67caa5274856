"""The mark of a field that hangs on another answer."""

import pytest

from tests.wizard.screens import step_url, write

pytestmark = pytest.mark.django_db


def mark_of(look, client, url, control):
    """What stands beside the label of a control."""
    heads = (node for node in look(client, url).all("div") if node.get("class") == "pw-field__head")
    head = next(node for node in heads if node.find("label").get("for") == f"id_{control}")
    return "".join(head.find("span").itertext())


@pytest.mark.parametrize(
    ("said", "title", "note"),
    [
        (None, "※必須（県計画がある場合だけ）", "※必須（県計画が見つからない場合だけ）"),
        ("no", "※必須（公表まで）", "※任意"),
        ("yes", "※任意", "※必須（公表まで）"),
    ],
)
def test_the_mark_follows_the_answer_it_hangs_on_after_a_save(client, version, look, said, title, note):
    url = step_url(version, "ch3")
    write(client, url, prefectural_plan_ref__none=said)
    assert mark_of(look, client, url, "prefectural_plan_ref.title") == title
    assert mark_of(look, client, url, "prefectural_plan_ref.note") == note


def test_the_plan_of_the_prefecture_in_the_example_is_nobodys(client, version):
    shown = client.get(step_url(version, "ch3")).content.decode()
    assert "例：△△県デジタル推進計画（令和○年○月）" in shown
