"""Ways to read pictures, compared on labelled ones: the labels are asked which way is right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from gradcam_core.base.types import Floats, InputSpec, Project, Sample
from gradcam_core.images.batches import load_sample
from gradcam_core.images.medium import Medium

ALPHA = 0.001  # of the exact McNemar test that calls a way clearly better
GAIN = 0.10  # share of the pictures that it must win


@dataclass(frozen=True)
class Asked:
    """For each way, (N,) whether each of the same N labelled pictures is classified right."""

    right: Mapping[str, NDArray[np.bool_]]

    @property
    def n(self) -> int:
        return min((len(right) for right in self.right.values()), default=0)

    @property
    def best(self) -> str:
        """The way that is right most often; of equals the first."""
        return max(self.right, key=lambda way: self.right[way].sum())

    def clearly(self, way: str, other: str) -> bool:
        """Whether ``way`` is right clearly more often: 10 points and p < 0.001."""
        one, two = self.right[way], self.right[other]
        won, lost = int((one & ~two).sum()), int((two & ~one).sum())
        if won - lost < GAIN * max(1, self.n) or won == 0:
            return False
        return bool(binomtest(won, won + lost, alternative="greater").pvalue < ALPHA)

    def words(self) -> str:
        """ "100 % stored, 0 % upright right of 40 labelled pictures"."""
        shares = ", ".join(f"{way} {right.mean():.0%}" for way, right in self.right.items())
        return f"right of {self.n} labelled ones: {shares}"


def ask(
    project: Project,
    samples: Sequence[Sample],
    ways: Mapping[str, InputSpec],
    medium: Medium,
    predict: Callable[[Floats], NDArray[np.intp]],
) -> Asked:
    """Predict the same labelled samples in each way; those that one way cannot read are left out.

    Args:
        project: its class names are those of the labels.
        samples: labelled ones.
        ways: name -> how a picture becomes the network's input.
        medium: how a file is read.
        predict: network inputs (N, H, W, C) -> class index (N,).
    """
    labels = np.array([project.class_names.index(str(one.label)) for one in samples], np.intp)
    said: dict[str, NDArray[np.intp]] = {}
    readable = np.ones(len(samples), bool)
    for way, spec in ways.items():
        loaded = [load_sample(project, sample, spec, (), medium).picture for sample in samples]
        readable &= np.array([picture is not None for picture in loaded], bool)
        said[way] = np.full(len(samples), -1, np.intp)
        pictures = [picture for picture in loaded if picture is not None]
        if pictures:
            rows = [row for row, picture in enumerate(loaded) if picture is not None]
            said[way][rows] = predict(medium.inputs(np.stack(pictures), spec))
    return Asked({way: (answers == labels)[readable] for way, answers in said.items()})
