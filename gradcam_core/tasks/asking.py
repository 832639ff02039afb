"""Ways to read pictures, compared on labelled ones: the labels are asked which way is right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from gradcam_core.base.types import Floats, InputSpec, Project, Sample, Scaling
from gradcam_core.images.batches import load_sample
from gradcam_core.images.medium import Medium

ALPHA = 0.001  # of the exact McNemar test that calls a way clearly better
GAIN = 0.10  # share of the pictures that it must win
GOOD = 0.97  # right of so many: no other scaling has to be tried
Predict = Callable[[Floats], NDArray[np.intp]]


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

    @property
    def share(self) -> float:
        """How often the best way is right, 0..1."""
        return float(self.right[self.best].mean()) if self.n else 0.0

    def clearly(self, way: str, other: str) -> bool:
        """Whether ``way`` is right clearly more often: 10 points and p < 0.001."""
        one, two = self.right[way], self.right[other]
        won, lost = int((one & ~two).sum()), int((two & ~one).sum())
        if won - lost < GAIN * max(1, self.n) or won == 0:
            return False
        return bool(binomtest(won, won + lost, alternative="greater").pvalue < ALPHA)

    def words(self) -> str:
        """``right of 40 labelled ones: stored 100%, upright 0%``."""
        shares = ", ".join(f"{way} {right.mean():.0%}" for way, right in self.right.items())
        return f"right of {self.n} labelled ones: {shares}"


def ask(
    project: Project,
    samples: Sequence[Sample],
    ways: Mapping[str, InputSpec],
    medium: Medium,
    predict: Predict,
    scalings: Sequence[Scaling] = (),
) -> Asked:
    """Predict the same labelled samples in each way; those that one way cannot read are left out.

    Args:
        project: its class names are those of the labels.
        samples: labelled ones.
        ways: name -> how a picture becomes the network's input.
        medium: how a file is read.
        predict: network inputs (N, H, W, C) -> class index (N,).
        scalings: further ones; they are tried where no way is right of nearly all samples, and the one
            under which some way is right most often counts.
    """
    labels = np.array([project.class_names.index(str(one.label)) for one in samples], np.intp)
    read = {
        way: [load_sample(project, one, spec, (), medium).picture for one in samples]
        for way, spec in ways.items()
    }
    kept = [row for row in range(len(samples)) if all(read[way][row] is not None for way in ways)]
    if not kept:
        return Asked({})
    pictures: dict[str, NDArray[Any]] = {
        way: np.stack([one for row, one in enumerate(found) if row in set(kept) and one is not None])
        for way, found in read.items()
    }

    def under(specs: Mapping[str, InputSpec]) -> Asked:
        said = {way: predict(medium.inputs(pictures[way], spec)) for way, spec in specs.items()}
        return Asked({way: answers == labels[kept] for way, answers in said.items()})

    best = under(ways)
    for scaling in scalings if best.share < GOOD else ():
        other = under({way: replace(spec, scaling=scaling) for way, spec in ways.items()})
        best = max(best, other, key=lambda asked: asked.share)
    return best
