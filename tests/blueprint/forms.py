"""Hypothesis strategies: forms as browsers, careless people and attackers fill them."""

from hypothesis import strategies as st

from planwizard.blueprint import edition
from planwizard.blueprint.kinds import Choice, Choices
from planwizard.blueprint.places import StoredShape, places

BLUEPRINT = edition("municipal-2019-10")
YEARS = [2027, 2028]
ROW_KEYS = ["k3f9x0a7bq", "m52c8d0e1f"]
SHEETS = list(BLUEPRINT.all_sheets())


class TwoOfEach(StoredShape):
    def row_keys(self, path, rows):
        return ROW_KEYS

    def years(self, path):
        return YEARS


def form_places(sheet):
    return list(places(sheet.fields, TwoOfEach({})))


SHREDS = st.sampled_from(
    [
        "", " ", "　", "\t", "\r\n", "\n", "約70", "70.0", "８４，３１２", "▲3.5", "-0", "1e5", "٣", "9" * 40,
        "令和9年度", "R9", "2027", "0000", "9999", "平成35年度", "令和９年３月２５日", "2027-03-25",
        "2027-02-30", "yes", "no", "on", "online", "open_data", "https://www.example.lg.jp/", "javascript:1",
        "http://[", "//", "a@example.jp", "000-000-0000", "か\u3099", "\ud800", "\x00", "\u202e", "葛\U000e0100",
        "🏖️", "k3f9x0a7bq", "M52C8D0E1F", "2026-11-a/OD-01", "0" * 64, "80", "83", "<script>", "{{x}}", "=cmd",
    ]
)  # fmt: skip
TEXTS = SHREDS | st.text(max_size=30) | st.lists(SHREDS, max_size=4).map("".join)


@st.composite
def forms(draw, sheet):
    """{path: strings} for some of the places of a sheet, and for places that it does not have."""
    all_places = form_places(sheet)
    chosen = draw(st.lists(st.sampled_from(all_places), max_size=40))
    data = {place.path: draw(_strings(place.field)) for place in chosen}
    for place in all_places:
        if type(place.field).__name__ == "Rows":
            data[place.path] = draw(st.lists(st.sampled_from(ROW_KEYS) | TEXTS, max_size=4))
        if type(place.field).__name__ == "Upload":
            data |= {
                f"{place.path}.{name}": [draw(TEXTS)] for name in ("asset", "alt", "caption", "width_mm")
            }
    return data | draw(st.dictionaries(TEXTS, st.lists(TEXTS, max_size=2), max_size=3))


def _strings(field):
    if isinstance(field, Choice | Choices):
        fitting = st.sampled_from([option.key for option in field.options])
        return st.lists(fitting | TEXTS, max_size=3) | st.lists(fitting, max_size=3)
    return st.lists(TEXTS, max_size=3)
