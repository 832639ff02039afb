"""What the manifest of a run says, by name. Format: docs/run-format.md."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from gradcam_core.base.picture_rules import BEFORE
from gradcam_core.base.sounds import Features, from_json
from gradcam_core.base.types import Activation, InputSpec, MapSet, as_tuple

LEARNED = "learned.npz"  # arrays that the task has learned from the project's own samples
CARRIED = "pictures"  # folder of the run's own copies of its pictures
MAP_FILES: Mapping[MapSet, str] = {"classic": "heatmaps.npy", "fine": "fine_heatmaps.npy"}


@dataclass(frozen=True)
class Manifested:
    """A run folder by its manifest: what determined the run and what came of it, no sample read."""

    path: Path
    manifest: Mapping[str, Any]
    notes: tuple[str, ...] = ()  # parts of the manifest that were replaced, because they are damaged

    @property
    def id(self) -> str:
        """The name of its folder."""
        return str(self.manifest["run_id"])

    @property
    def created(self) -> str:
        """When the audit began, ISO 8601 in UTC."""
        return str(self.manifest["created"])

    @property
    def name(self) -> str:
        """Of the project."""
        return str(self.manifest["project"]["name"])

    @property
    def root(self) -> Path:
        """The folder that the table's paths are relative to; read it by ``root_of``, which doubts it.

        Pictures that lie in the run's own folder come before those of the project it was made from.
        """
        carried = self.path / CARRIED
        if carried.is_dir() and not carried.is_symlink():
            return carried.absolute()
        return Path(self.manifest["project"]["root"])

    @property
    def task(self) -> str:
        """A key of ``TASKS``; runs older than tasks are classifications."""
        return str(self.manifest["project"].get("task", "classification"))

    @property
    def class_names(self) -> tuple[str, ...]:
        """In the order of the model's outputs."""
        return tuple(str(name) for name in self.manifest["project"]["class_names"])

    @property
    def thresholds(self) -> Mapping[str, float]:
        """The block's or the user's own limits, by name; empty where there are none."""
        return dict(self.manifest["project"].get("thresholds", {}))

    @property
    def activation(self) -> Activation:
        """Of the model's output: softmax, sigmoid or linear."""
        activation: Activation = self.model["activation"]
        return activation

    @property
    def output_grid(self) -> tuple[int, int] | None:
        """(height, width) where the model answers for each cell of a grid."""
        grid = self.model.get("output_grid")
        return None if grid is None else as_tuple(grid)

    @property
    def input_spec(self) -> InputSpec:
        """How pictures became network input; what older manifests do not say is as it was then."""
        given = {"intensity": BEFORE.intensity, "background": BEFORE.background, **self.manifest["input"]}
        return InputSpec(**{one.name: given[one.name] for one in fields(InputSpec) if one.name in given})

    @property
    def counts(self) -> Mapping[str, Any]:
        """Samples in all, ok, unreadable, unlabelled; ``regions`` by source."""
        counts: Mapping[str, Any] = self.manifest["counts"]
        return counts

    @property
    def scores(self) -> Mapping[str, Any]:
        """Column of a score -> its title, help, range and which end is better."""
        return dict(self.manifest.get("scores", {}))

    @property
    def sort_by(self) -> str:
        """The column that its samples are sorted by at first."""
        return str(self.manifest.get("sort_by", "normalized_background_focus"))

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What was understood of project and model, one fact after the other."""
        return list(self.manifest["facts"])

    @property
    def alarms(self) -> list[str]:
        """What stands above everything that is shown of the run: sentences without which no number of it
        can be read, such as that nobody knows which range of values the network was trained on."""
        return [str(fact["warning"]) for fact in self.facts if fact.get("alarm")]

    def grid(self, map_set: MapSet) -> tuple[int, int]:
        """(rows, columns) of a map set."""
        return as_tuple(self.map_facts[map_set]["grid"])

    @property
    def model(self) -> Mapping[str, Any]:
        """The model's path, content hash, format, head and outputs."""
        model: Mapping[str, Any] = self.manifest["model"]
        return model

    @property
    def chosen_output(self) -> str | None:
        """The output of a model with several that was chosen."""
        return self.model.get("chosen_output")

    @property
    def chosen_size(self) -> tuple[int, int] | None:
        """(height, width) chosen for a model that leaves it open."""
        size = self.model.get("chosen_size")
        return None if size is None else as_tuple(size)

    @property
    def features(self) -> Features | None:
        """What the numbers of its samples mean where they are features of sounds."""
        about = self.manifest["project"].get("features")
        return None if about is None else from_json(about, f"the manifest of {self.id}")

    @property
    def explain(self) -> str:
        """What its maps explain: predicted, true, or a class."""
        return str(self.manifest["explain"])

    @property
    def engine(self) -> str:
        """What computed it."""
        return str(self.manifest.get("engine", "auto"))

    @property
    def map_facts(self) -> Mapping[MapSet, Mapping[str, Any]]:
        """Map set -> its method, layer and grid."""
        return dict(self.manifest["maps"])

    @property
    def map_sets(self) -> tuple[MapSet, ...]:
        """Those it has, classic first."""
        return tuple(name for name in MAP_FILES if name in self.map_facts)
