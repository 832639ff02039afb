"""The command that edits one picture."""

from gradcam_core.cli import edit


def test_lines_speak_of_outputs_where_there_are_no_classes() -> None:
    row = {
        "title": "Border cropped", "filler": "ring", "arm": "edit", "picture": "a.png",
        "predicted_before": None, "predicted_after": None, "margin_before": 3.25, "margin_after": 1.5,
    }  # fmt: skip
    said = edit.text({"edits": [row]})
    assert said == "Border cropped (ring, edit): output 3.25 -> 1.5, moved by -1.75  a.png"
    named = edit.text({"edits": [row | {"predicted_before": "cat", "predicted_after": "dog"}]})
    assert "cat +3.25 -> dog +1.50" in named
