from django.urls import include, path

from planwizard.wizard.views import (
    adopting_many,
    answers,
    arrangement,
    dictionary,
    finishing,
    guidance,
    help_page,
    hints,
    history,
    measures,
    national,
    national_changes,
    parts,
    paste,
    preview,
    said,
    search,
    start,
    trash,
    usage,
)
from planwizard.wizard.views.walk import walk

app_name = "wizard"

_of_part = [
    path("", preview.preview_part, name="preview_part"),
    path("beside/", preview.preview_beside, name="preview_beside"),
    path("guide/", guidance.guide, name="guide"),
    path("guide/beside/", guidance.guide_beside, name="guide_beside"),
    path("guide/<str:path>/", guidance.note, name="note"),
    path("hints/", hints.hints, name="hints"),
    path("hints/beside/", hints.hints_beside, name="hints_beside"),
    path("draft/", parts.draft_text, name="draft"),
    path("picture/<str:path>/", parts.picture, name="picture"),
    path("said/", said.said_back, name="said"),
    path("rows/<str:path>/paste/", paste.paste_rows, name="paste"),
    path("answers/", answers.answers, name="answers"),
    path("history/", history.history, name="history"),
    path("history/<uuid:edit_id>/", history.edit, name="edit"),
    path("history/<uuid:edit_id>/restore/", history.restore, name="restore"),
    path("resolve/", parts.resolve, name="resolve"),
    path("hand-in/", parts.hand_in, name="hand_in"),
    path("take-in-hand/", parts.take_in_hand_again, name="take_in_hand"),
]

_of_measure = [
    path("", measures.measure, name="measure"),
    path("duplicate/", measures.duplicate_measure, name="duplicate_measure"),
    path("move/", measures.move_measure, name="move_measure"),
    path("delete/", trash.delete_measure, name="delete_measure"),
    path("take-back/", trash.take_back_measure, name="take_back_measure"),
    path("adoptions/<uuid:adoption_id>/drop/", national.drop_adoption, name="drop_adoption"),
]

_of_version = [
    path("", start.home, name="home"),
    path("write/", walk, name="walk"),
    path("write/<str:step>/", walk, name="step"),
    path("hints/", hints.plan_hints, name="plan_hints"),
    path("search/", search.search, name="search"),
    path("measures/", measures.measures, name="measures"),
    path("measures/add/", measures.add_measure, name="add_measure"),
    path("measures/renumber/", measures.renumber_measures, name="renumber_measures"),
    path("measures/<str:key>/", include(_of_measure)),
    path("national-changes/", national_changes.national_changes, name="national_changes"),
    path("national-changes/decide/", national_changes.decide_national_change, name="decide_national_change"),
    path("national/", national.national_measures, name="national_measures"),
    path("national/adopt/", adopting_many.adopt_many, name="adopt_many"),
    path("national/<str:edition>/<str:code>/", national.national_measure, name="national_measure"),
    path("national/<str:edition>/<str:code>/adopt/", national.adopt, name="adopt"),
    path("preview/", preview.preview, name="preview"),
    path("parts/<str:key>/", include(_of_part)),
    path("pictures/<str:sha256>/", preview.asset, name="asset"),
    path("chapters/", arrangement.chapters, name="chapters"),
    path("chapters/add/", arrangement.add_chapter, name="add_chapter"),
    path("chapters/<str:key>/", arrangement.change_chapter, name="change_chapter"),
    path("chapters/<str:key>/delete/", trash.delete_chapter, name="delete_chapter"),
    path("chapters/<str:key>/take-back/", trash.take_back_chapter, name="take_back_chapter"),
    path("finish/", finishing.finish_parts, name="finish_parts"),
    path("trash/", trash.trash, name="trash"),
    path("copy/", arrangement.copy_version, name="copy_version"),
    path("name/", arrangement.name_version, name="name_version"),
    path("small-start/", arrangement.start_small, name="start_small"),
]

_dictionary = [
    path("", dictionary.dictionary, name="dictionary"),
    path("import/", dictionary.import_dictionary, name="import_dictionary"),
    path("export/", dictionary.export_dictionary, name="export_dictionary"),
    path("rules/", dictionary.choose_rules, name="choose_rules"),
    path("<uuid:word_id>/", dictionary.dictionary_word, name="dictionary_word"),
    path("<uuid:word_id>/drop/", dictionary.drop_word, name="drop_word"),
]

urlpatterns = [
    path("", start.start, name="start"),
    path("help/", help_page.help_page, name="help"),
    path("help/questions/", help_page.questions, name="questions"),
    path("catalog/usage/", usage.catalog_usage, name="catalog_usage"),
    path("dictionary/", include(_dictionary)),
    path("plans/new/", start.new_plan, name="new_plan"),
    path("plans/new/copy/", start.copy_plan, name="copy_plan"),
    path("plans/new/example/", start.plan_from_example, name="plan_from_example"),
    path("plans/new/import/", start.import_plan, name="import_plan"),
    path("plans/<uuid:version_id>/", include(_of_version)),
]
