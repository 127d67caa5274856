"""Two wordings in one: nothing is lost of either, numbers stay whole, the share says how far they moved apart."""

from hypothesis import given
from hypothesis import strategies as st

from planwizard.common.wording import changed_share, pieces

texts = st.text(alphabet="国の施策をデータで0123件\n。", max_size=60)


@given(texts, texts)
def test_both_wordings_can_be_read_back(old, new):
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "in") == old
    assert "".join(piece.text for piece in found if piece.kind != "out") == new
    assert (changed_share(found) == 0) == (old == new)
    assert changed_share(found) <= 100


def test_a_number_is_changed_as_a_whole():
    found = [(piece.kind, piece.text) for piece in pieces("50件まで", "100件まで")]
    assert found == [("out", "50"), ("in", "100"), ("same", "件まで")]
