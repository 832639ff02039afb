"""The folders of a deployment block, as Edge Impulse mounts them."""

import json
from pathlib import Path
from typing import Any

from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.studio import Studio

VARIABLES = """
const char* ei_classifier_inferencing_categories_1234_2[] = { "small.dog", "cat" };
    .image_scaling = EI_CLASSIFIER_IMAGE_SCALING_NONE,
    .type = EI_CLASSIFIER_MODE_CLASSIFICATION,
"""


def mount(folder: Path, studio: Studio, **changed: Any) -> Path:
    """Input folder with model and headers; returns the metadata file. ``changed`` goes into ``project``."""
    inputs, output = folder / "input", folder / "output"
    (inputs / "model-parameters").mkdir(parents=True)
    output.mkdir()
    (inputs / "trained.h5.zip").write_bytes(toy.model_zip())
    (inputs / "model-parameters" / "model_variables.h").write_text(VARIABLES)
    impulse = replies.impulse(toy.IMPULSE, studio.blocks, **studio.input)
    impulse["dspBlocks"][0]["metadata"] = {"dspConfig": {"options": {"channels": studio.channels}}}
    for block in impulse["learnBlocks"]:
        block["thresholds"] = {"minConfidenceRating": 0.6}
    host = studio.url.removeprefix("http://")
    about = {"id": toy.PROJECT, "name": "Pets", "owner": "someone", "apiKey": toy.KEY, "studioHost": host}
    document = {
        "version": 1,
        "project": {**about, "impulseId": toy.IMPULSE, **changed},
        "folders": {"input": str(inputs), "output": str(output)},
        "classes": toy.CLASSES,
        "deployCounter": 1,
        "sensor": "camera",
        "impulse": impulse,
        "tfliteModels": [],
    }
    file = inputs / "deployment-metadata.json"
    file.write_text(json.dumps(document))
    return file
