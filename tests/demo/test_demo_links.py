"""What the demo plans point to is there, and whatever should be pointed to is."""

from planwizard.blueprint.kinds import Reference


def test_every_reference_points_to_something(plan):
    ch1 = plan.part("ch1")
    targets = {
        "issue": {row.key for row in ch1.rows("issues")},
        "evidence": {piece for path in ch1.values for piece in path.split(".")[1:2]},
        "own_pillar": {row.key for row in plan.content.basics.rows("own_pillars")},
        "measure": {part.key for part in plan.measures},
        **{to: set(names) for to, names in plan.content.names.items()},
    }
    gone = [
        (part.key, path, key)
        for part, path, field, value in plan.answers()
        if isinstance(field, Reference)
        for key in (value if isinstance(value, list) else [value])
        if key not in targets.get(field.to, set())
    ]
    assert gone == []


def test_every_issue_has_a_measure_and_every_measure_an_issue(plan):
    answered = {key for part in plan.measures for key in part.answers.keys("issues")}
    assert answered == {row.key for row in plan.part("ch1").rows("issues")}
    assert all(part.answers.keys("issues") for part in plan.measures)


def test_an_issue_names_the_pillars_of_the_measures_that_answer_it(plan):
    for issue in plan.part("ch1").rows("issues"):
        pillars = {part.pillar for part in plan.measures if issue.key in part.answers.keys("issues")}
        assert pillars <= set(issue.keys("pillar")), issue.text("no")


def test_every_issue_has_evidence_and_a_priority_and_its_number_in_order(plan):
    ch1 = plan.part("ch1")
    issues = ch1.rows("issues")
    assert [row.text("no") for row in issues] == [f"I-{n}" for n in range(1, len(issues) + 1)]
    assert all(row.keys("evidence_ref") for row in issues)
    assert [row.text("issue") for row in ch1.rows("issue_priority")] == [row.key for row in issues]


def test_every_expected_effect_names_measures(plan):
    effects = ("effect_civic", "effect_cost", "effect_digital_first", "effect_one_stop", "effect_once_only")
    for effect in effects:
        assert plan.part("ch2").keys(f"expected_effects.{effect}.measure_refs"), effect


def test_the_key_measures_are_those_marked_as_such(plan):
    marked = {part.key for part in plan.measures if part.answers["is_priority"] is True}
    assert set(plan.part("ch5").keys("key_measures")) == marked


def test_a_measure_belongs_to_an_own_pillar_that_takes_up_its_pillar(shiomino):
    rows = {row.key: row.keys("pillars") for row in shiomino.content.basics.rows("own_pillars")}
    assert all(part.pillar in rows[part.answers.text("own_pillar")] for part in shiomino.measures)


def test_what_adopts_a_national_measure_says_so(plan):
    for part in plan.measures:
        assert (part.answers.text("kind") == "national") == bool(part.adoptions), part.title


def test_measures_are_numbered_in_their_order_within_each_pillar(plan):
    marks = dict(zip(("online", "open_data", "mynumber", "divide", "standard"), "①②③④⑤", strict=True))
    for pillar, mark in marks.items():
        own = [part for part in plan.measures if part.pillar == pillar]
        assert [part.measure_no for part in own] == [f"6-{mark}-{n:02}" for n in range(1, len(own) + 1)]
        assert [part.position for part in own] == list(range(len(own)))


def test_a_measure_does_not_wait_for_itself_and_its_departments_differ(plan):
    for part in plan.measures:
        assert part.key not in part.answers.keys("depends_on")
        assert part.department not in part.answers.keys("related_departments"), part.title
