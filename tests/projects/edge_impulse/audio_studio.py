"""A project of sounds as Studio has it: MFE features of test windows, wav files, a flat Keras 2 network."""

import io
import json
import re
import tempfile
import wave
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.contract import checked
from tests.projects.edge_impulse.studio import Reply, Studio, error, said

CLASSES = ["hum", "word"]
FRAMES, BANDS, RATE = 10, 6, 8000
LONG = 9003  # two windows; the others have one
LENGTHS = {9001: 1000, 9002: 1000, LONG: 1500, 9004: 1000}
WINDOWS = [(9004, 0), (LONG, 0), (LONG, 500), (9002, 0), (9001, 0)]


def label(number: int) -> str:
    return CLASSES[number % 2]


@cache
def features(number: int, start: int) -> np.ndarray:
    """(FRAMES, BANDS): "hum" is loud in the lowest band, "word" in the upper ones."""
    rng = np.random.default_rng(number + start)
    values = rng.integers(0, 50, (FRAMES, BANDS)).astype(np.float32)
    values[:, slice(0, 1) if label(number) == "hum" else slice(3, 6)] = 230
    return values / 255


@cache
def h5() -> bytes:
    """Sequential[Reshape, Conv1D, Flatten, Dense]: the lowest band speaks for "hum", others for "word"."""
    import tf_keras as keras

    layers = keras.layers
    model = keras.Sequential(
        [
            layers.InputLayer((FRAMES * BANDS,), name="x_input"),
            layers.Reshape((FRAMES, BANDS)),
            layers.Conv1D(2, 1, activation="relu", name="conv"),
            layers.Flatten(),
            layers.Dense(2, activation="softmax", name="y_pred"),
        ]
    )
    kernel = np.zeros((1, BANDS, 2), np.float32)
    kernel[0, 0, 0], kernel[0, 3:, 1] = 3, 1
    each = np.tile(np.array([[1, -1], [-1, 1]], np.float32), (FRAMES, 1))
    model.set_weights([kernel, np.zeros(2), each, np.zeros(2)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.h5"
        model.save(path, save_format="h5")
        return path.read_bytes()


def npy(array: np.ndarray) -> bytes:
    written = io.BytesIO()
    np.save(written, array)
    return written.getvalue()


def wav(number: int) -> bytes:
    """A ramp, so that a part of it says where it comes from: one step per millisecond."""
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.repeat(np.arange(LENGTHS[number]), RATE // 1000).astype("<i2").tobytes())
    return written.getvalue()


class SoundStudio(Studio):
    """``split`` False: Studio has not made features of the test data yet."""

    split = True
    kinds: tuple[str, ...] = ("mfe",)
    version = 4

    def of_project(self, path: str, query: dict[str, str], method: str) -> Reply:
        if path == "/impulse":
            return said("GetImpulseResponse", {"success": True, "impulse": self.sounds()})
        if path == "/dsp/2/metadata":
            assert query["category"] == "testing"
            return said("DSPMetadataResponse", self.described())
        if path.startswith("/dsp-data/2/"):
            return self.array(path) if self.split else error("No features yet", 404)
        if found := re.fullmatch(r"/raw-data/(\d+)/wav", path):
            if int(found[1]) == 9004:
                return error("Not a sound", 404)
            return Reply(200, wav(int(found[1])), "audio/wav")
        if found := re.fullmatch(r"/dsp/2/raw-data/(\d+)/slice/run/readonly", path):
            return self.slice(int(found[1]), int(query["sliceStart"]))
        return super().of_project(path, query, method)

    def sounds(self) -> dict[str, Any]:
        about = replies.impulse(toy.IMPULSE, self.blocks)
        window = {"windowSizeMs": 1000, "windowIncreaseMs": 500, "frequencyHz": float(RATE)}
        title = {"name": "Time series", "title": "Time series data"}
        about["inputBlocks"] = [{"id": 1, "type": "time-series", **title, **window}]
        about["dspBlocks"] = [
            {**about["dspBlocks"][0], "id": 2 + place, "type": kind, "implementationVersion": self.version}
            for place, kind in enumerate(self.kinds)
        ]
        return about

    def described(self) -> dict[str, Any]:
        config = {"frame_length": "0.1", "frame_stride": "0.1", "low_frequency": "0", "num_filters": "6"}
        shape = {"width": FRAMES, "height": BANDS}
        return {
            "success": True, "created": replies.THEN, "generated": True, "dspConfig": config,
            "labels": CLASSES, "windowCount": len(WINDOWS), "featureCount": FRAMES * BANDS,
            "includedSamples": [], "windowSizeMs": 1000, "windowIncreaseMs": 500, "padZeros": True,
            "frequency": float(RATE), "outputConfig": {"type": "spectrogram", "shape": shape},
        }  # fmt: skip

    def array(self, path: str) -> Reply:
        if path.endswith("/x/testing"):
            rows = np.stack([features(*window).ravel() for window in WINDOWS])
        else:
            rows = np.array([[1, number, start, start + 1000] for number, start in WINDOWS], np.int32)
        return Reply(200, npy(rows), "application/octet-stream")

    def slice(self, number: int, start: int) -> Reply:
        """The bindings would want the whole sample with it; ours reads the features alone."""
        checked("DspRunResponse", {"success": True, "features": [0.0], "graphs": []})
        found = {"success": True, "features": features(number, start).ravel().tolist(), "graphs": []}
        return Reply(200, json.dumps(found).encode())


def studio() -> SoundStudio:
    listed = [
        replies.sample(
            number, f"{label(number)}.{number}.wav", label(number), (1, 1),
            chartType="chart", totalLengthMs=float(length), coldstorageFilename=f"{number}.wav",
        )
        for number, length in LENGTHS.items()
    ]  # fmt: skip
    for one in listed:
        del one["imageDimensions"]
    return SoundStudio(
        samples=listed[::-1],
        blocks=[replies.learn_block(toy.BLOCK, "keras", "Classifier")],
        metadata={toy.BLOCK: replies.metadata(CLASSES)},
        files={"tflite-h5": toy.zipped({"model.h5": h5()})},
    )
