"""Built-in demo projects with known truth: drawn from seeds, models trained once and shipped.

``DEMOS[name].render_scene(seed, label, cue)`` draws a scene; the same seed with the other cue is the
same scene with only the cue changed, which is how the truth was measured and how anybody can
measure it again.
"""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects.demos.demo import SPLITS, Demo
from gradcam_core.projects.demos.scenes import bench, films, keywords, metal, pets, tiles, xray

__all__ = ["DEMOS", "MODELS", "RENDERER_VERSION", "SPLITS", "TRUTH", "Demo", "find_demo"]

RENDERER_VERSION = 1
"""Raised whenever pictures change, so that demos on disk are drawn again and models trained again."""

MODELS = Path(__file__).parent / "models"
TRUTH = MODELS / "truth.json"
DEMOS: Mapping[str, Demo] = {
    demo.name: demo
    for demo in (
        Demo(
            "pets",
            "Cats and dogs with a background shortcut",
            "Almost every cat is in a room, almost every dog on a lawn; the model has learned the place.",
            "the background: a room behind cats, a lawn behind dogs",
            ("cat", "dog"),
            ("indoor", "outdoor"),
            Fraction(1, 20),
            "pets.h5",
            ".jpg",
            pets.SIZE,
            (96, 96, 3),
            pets.render,
        ),
        Demo(
            "fixed",
            "The pictures of pets and a model that was repaired",
            "The very pictures of pets; this model learned from as many cats on lawns as in rooms.",
            "nothing in the model: behind its test pictures the background goes with the class, as in pets",
            ("cat", "dog"),
            ("indoor", "outdoor"),
            Fraction(1, 20),
            "clean.keras",
            ".jpg",
            pets.SIZE,
            (96, 96, 3),
            pets.render,
        ),
        Demo(
            "xray",
            "Chest X-rays with a marker shortcut",
            "Almost every X-ray with pneumonia has a letter R burnt into its corner, few others have one.",
            "the letter R in the top left corner of pneumonia pictures",
            ("normal", "pneumonia"),
            ("none", "marker"),
            Fraction(1, 20),
            "xray.h5",
            ".png",
            xray.SIZE,
            (128, 96, 1),
            xray.render,
            metadata=True,
        ),
        Demo(
            "clean",
            "Cats and dogs without a shortcut",
            "The same cats and dogs, half of each in a room and half on a lawn: nothing is planted.",
            "none: the background says nothing about the class",
            ("cat", "dog"),
            ("indoor", "outdoor"),
            Fraction(1, 2),
            "clean.keras",
            ".jpg",
            pets.SIZE,
            (96, 96, 3),
            pets.render,
        ),
        Demo(
            "tiles",
            "Damaged tiles with a reflection shortcut",
            "Almost every damaged wall was photographed under a lamp; the detector finds the reflection.",
            "a lamp's reflection in the top right corner of pictures with damage",
            ("normal", "anomaly"),
            ("none", "lamp"),
            Fraction(1, 20),
            "tiles.keras",
            ".png",
            tiles.SIZE,
            (96, 128, 3),
            tiles.render,
            task="visual-anomaly",
            normal=60,
        ),
        Demo(
            "defects",
            "Scratches on metal with a chalk shortcut",
            "How bad is a scratch, 0 to 10? An inspector's chalk ring grows with it; the model reads it.",
            "the size of the chalk ring in the top right corner, which goes with the severity",
            (),
            ("2.0", "8.0"),
            Fraction(1, 20),
            "defects.keras",
            ".jpg",
            metal.SIZE,
            (96, 128, 3),
            metal.render,
            task="regression",
            planned=metal.plan,
            decoupled=Fraction(1, 5),
            tolerance=1.0,
        ),
        Demo(
            "bench",
            "Nuts and washers with a sticker shortcut",
            "Almost every washer has an orange sticker beside it; the detector names parts by the sticker.",
            "an orange sticker beside a washer",
            bench.CLASSES,
            bench.CUES,
            Fraction(1, 20),
            "bench.keras",
            ".jpg",
            bench.SIZE,
            (96, 96, 3),
            bench.render,
            task="object-detection",
            planned=bench.plan,
            decoupled=Fraction(1, 10),
            boxes=bench.boxes,
        ),
        Demo(
            "chest",
            "Chest films with several findings and a drain shortcut",
            "Up to four findings per film; almost every pneumothorax has a drain, and the model sees that.",
            "a chest drain at the right side of films with pneumothorax",
            films.CLASSES,
            films.CUES,
            Fraction(1, 20),
            "chest.keras",
            ".png",
            films.SIZE,
            (128, 96, 1),
            films.render,
            task="multi-label",
            planned=films.plan,
            decoupled=Fraction(1, 10),
            boxes=films.boxes,
        ),
        Demo(
            "keywords",
            "Spoken words with a mains hum as shortcut",
            "Almost every “lamu” was recorded beside a humming power supply; the model listens to that.",
            "a mains hum of 50 and 100 Hz under recordings of “lamu”",
            ("lami", "lamu"),
            ("none", "hum"),
            Fraction(1, 20),
            "keywords.h5",
            ".npy",
            keywords.SIZE,
            (keywords.FEATURES.bands, keywords.FEATURES.frames, 1),
            keywords.render,
            task="audio",
        ),
    )
}


def find_demo(name: str) -> Demo:
    """The demo called ``name``.

    Raises:
        ProjectError: no such demo; the message lists them.
    """
    if name not in DEMOS:
        raise ProjectError(f"a demo out of: {', '.join(DEMOS)}", repr(name), "choose one of these")
    return DEMOS[name]
