from gradcam_core.projects.edge_impulse.back.changes import Change, Standing, Wish, changes_of, from_json

NOW = Standing("7", "cat", "testing", False, {"site": "1", "gradcam_run": "old", "gradcam_verdict": "x"})


def test_only_what_differs_is_changed_and_foreign_metadata_is_none_of_it() -> None:
    wish = Wish({"gradcam_run": "new"}, "training", True)
    assert list(changes_of({"7": NOW}, {"7": wish, "8": wish})) == [
        Change("7", "metadata", {"gradcam_run": "old", "gradcam_verdict": "x"}, {"gradcam_run": "new"}),
        Change("7", "category", "testing", "training"),
        Change("7", "disabled", False, True),
    ]
    same = Wish({"gradcam_run": "old", "gradcam_verdict": "x"}, "testing")
    assert list(changes_of({"7": NOW}, {"7": same, "8": Wish()})) == []


def test_a_change_turned_round_and_through_json_is_itself() -> None:
    change = Change("7", "category", "testing", "training")
    assert change.undone() == Change("7", "category", "training", "testing")
    assert change.undone().undone() == change == from_json(change.to_json())
