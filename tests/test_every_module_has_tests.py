"""``gradcam_core/PACKAGE/NAME.py`` is tested by ``tests/PACKAGE/test_NAME.py``; what differs is listed.

A file that begins with an underscore belongs to the modules beside it; an ``__init__.py`` is a door.
"""

from pathlib import Path

from tests.source_tree import CORE, ROOT

TESTS = ROOT / "tests"
MODULES = [path for path in CORE if not path.name.startswith("_")]

LAWS = {
    "maps/cams": "maps/test_cams.py",
    "maps/scores": "maps/test_scores.py",
    "projects/demos/scenes": "projects/demos/test_scenes.py",
    "model/exchange/operations": "model/exchange/operations/test_operations.py",
}
"""Package whose modules enter a registry -> the file that asks the same of every entry."""

ELSEWHERE = {
    "runs/edit_words.py": ("edits/test_edits.py", "words belong to edits that there are"),
    "base/units.py": ("findings/test_subset.py", "tables of a run with patients and scenes"),
    "findings/conclude/rates.py": (
        "findings/conclude/test_numbers.py",
        "numbers of one filler belong together",
    ),
    "auditing/cluster/rounds.py": ("auditing/cluster/test_cluster.py", "needs a cluster"),
    "auditing/columns.py": ("maps/test_scoring.py", "puts into a table what is scored there"),
    "auditing/explained.py": ("auditing/test_explain.py", "is what explain hands back"),
    "auditing/setup.py": ("cli/test_inspect.py", "needs a project and its model"),
    "base/jobs.py": ("ui/test_jobs.py", "jobs are told by the processes that the pages start"),
    "base/picture_rules.py": ("images/test_pixels.py", "a rule is seen in the pictures it is read with"),
    "cli/demo.py": ("test_wheel.py", "draws a whole demo"),
    "cli/deploy.py": ("projects/edge_impulse/test_ei_deploy.py", "needs the folders of a container"),
    "cli/findings.py": ("findings/test_investigate.py", "needs a searched run"),
    "edits/engine/stage.py": ("edits/engine/test_around_objects.py", "needs planted objects"),
    "findings/loading.py": ("findings/test_subset.py", "needs a run with pictures"),
    "findings/trust/case.py": ("findings/trust/test_trust.py", "is what every check looks at"),
    "images/decoding.py": ("images/test_pixels.py", "a rule is seen in the pictures it is read with"),
    "images/intensity.py": ("images/test_pixels.py", "a rule is seen in the pictures it is read with"),
    "images/medium.py": ("images/test_batches.py", "is two functions that batches call"),
    "images/survey.py": ("auditing/test_picture_rules.py", "what files are like is what rules follow from"),
    "images/turning.py": ("images/test_orientation.py", "turned pictures in every format"),
    "model/allowed_keras.py": ("model/test_hostile_files.py", "a list is what it lets in and keeps out"),
    "model/allowed_operations.py": (
        "model/test_hostile_graphs.py",
        "a list is what it lets in and keeps out",
    ),
    "model/choices.py": ("auditing/test_model_choices.py", "a choice is seen in the model that is opened"),
    "model/containers.py": ("model/test_hostile_files.py", "zip and HDF5 with tricks"),
    "model/cut.py": ("model/test_explainer.py", "a wrong cut gives wrong gradients"),
    "model/exchange/reading.py": ("model/exchange/test_opening.py", "what is read is what is explained"),
    "model/exchange/step.py": (
        "model/exchange/operations/test_operations.py",
        "is what operations are told of",
    ),
    "model/exchange/translate.py": (
        "model/exchange/operations/test_operations.py",
        "every operation is translated there",
    ),
    "model/exchange/values.py": (
        "model/exchange/operations/test_operations.py",
        "a wrong order of axes gives wrong answers",
    ),
    "model/freeze.py": ("model/test_explainer.py", "a wrong graph gives wrong answers"),
    "model/gradients.py": ("model/test_explainer.py", "compared with tapes there"),
    "model/groups.py": ("model/test_recipes.py", "grouped convolutions compared with tapes"),
    "model/load_keras.py": ("model/test_recipes.py", "the recipes that people save"),
    "model/load_saved.py": ("model/test_hostile_graphs.py", "SavedModels of every kind"),
    "model/load_v1.py": ("model/test_hostile_graphs.py", "SavedModels of every kind"),
    "model/opening.py": ("model/test_apart.py", "opened here and behind the wall"),
    "model/receptive_field.py": (
        "tasks/object_detection/test_grid_models.py",
        "decides the layer of a grid model",
    ),
    "model/runners.py": ("model/test_engines.py", "the engines are compared there"),
    "model/saved_graph.py": ("model/test_hostile_graphs.py", "graphs checked before they are loaded"),
    "model/walled.py": ("model/test_apart.py", "is the other side of the wall"),
    "projects/demos/demo.py": (
        "projects/demos/test_catalogue.py",
        "plans are those of the demos there are",
    ),
    "projects/edge_impulse/api/faults.py": (
        "projects/edge_impulse/api/test_client.py",
        "words for what the client meets",
    ),
    "projects/edge_impulse/back/calls.py": (
        "projects/edge_impulse/back/test_writing.py",
        "each call is made of the contract server there",
    ),
    "projects/edge_impulse/back/door.py": ("cli/test_edge_impulse.py", "needs a run and a key"),
    "projects/edge_impulse/fetch/layout.py": (
        "projects/edge_impulse/test_opening.py",
        "writes the folder that is opened again",
    ),
    "projects/edge_impulse/fetch/sounds.py": (
        "projects/edge_impulse/test_ei_audio.py",
        "needs a Studio of sounds",
    ),
    "runs/reviews/migrations/env.py": ("runs/reviews/test_database.py", "is called by Alembic"),
    "runs/reviews/schema.py": ("runs/reviews/test_database.py", "compared with what the migrations make"),
    "runs/carrying.py": ("runs/test_packed.py", "what is carried is seen where the run arrives"),
    "runs/columns.py": ("runs/test_damage.py", "one of the ways in which a run is damaged"),
    "runs/examples.py": ("findings/test_examples.py", "reads what a search writes"),
    "runs/mending.py": ("runs/test_damage.py", "one of the ways in which a run is damaged"),
    "runs/pictures.py": ("runs/test_damage.py", "one of the ways in which a run is damaged"),
    "runs/project.py": ("tasks/visual_anomaly/test_audit_anomaly.py", "needs a run and its model"),
    "runs/report/overlays.py": ("projects/edge_impulse/test_ei_deploy.py", "part of the deployed zip"),
    "runs/report/cards.py": ("runs/report/test_render.py", "is what the page shows of samples"),
    "runs/report/told.py": ("runs/report/test_render.py", "is what the page shows of findings"),
    "runs/report/door.py": ("cli/test_report.py", "is what the command does"),
    "runs/report/wanted.py": ("cli/test_report.py", "is what the command asks for"),
    "runs/trust.py": ("runs/test_damage.py", "one of the ways in which a run is damaged"),
    "tasks/asking.py": ("auditing/test_picture_rules.py", "asks with pictures, labels and a model"),
    "tasks/object_detection/listing.py": (
        "tasks/object_detection/test_audit_objects.py",
        "needs the answers of a grid model",
    ),
    "tasks/visual_anomaly/detector.py": (
        "tasks/visual_anomaly/test_audit_anomaly.py",
        "needs a network to learn with",
    ),
}
"""Module -> the file that tests it, and why it stands under another name."""


def inside(path: Path) -> str:
    return path.relative_to(ROOT / "gradcam_core").as_posix()


def namesake(module: str) -> Path:
    return TESTS / Path(module).parent / f"test_{Path(module).name}"


def test_a_module_has_a_file_of_tests() -> None:
    untold = [one for one in map(inside, MODULES) if one not in ELSEWHERE]
    untested = [namesake(one) for one in untold if Path(one).parent.as_posix() not in LAWS]
    missing = [str(path.relative_to(ROOT)) for path in untested if not path.is_file()]
    assert missing == [], "write these, or say in ELSEWHERE where the module is tested"


def test_the_list_has_nothing_that_is_not_so() -> None:
    modules = {inside(path) for path in MODULES}
    for module, (file, why) in ELSEWHERE.items():
        assert module in modules and (TESTS / file).is_file() and why, module
        assert not namesake(module).exists(), f"{module} has its own file now"
    for package, file in LAWS.items():
        assert (ROOT / "gradcam_core" / package).is_dir() and (TESTS / file).is_file(), package
