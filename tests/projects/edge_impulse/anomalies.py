"""A project of visual anomaly, with labels of its own that its settings explain."""

from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.studio import Studio

THRESHOLD = {"key": "min_anomaly_score", "description": "d", "helpText": "h", "value": 3.5}


def as_detector(studio: Studio, **config: object) -> Studio:
    """The same Studio with a visual anomaly block; every third sample is scratched."""
    for number, one in enumerate(studio.samples):
        one["label"] = "scratched" if number % 3 == 0 else "fine"
    studio.blocks = [replies.learn_block(toy.BLOCK, "keras-visual-anomaly", "Visual anomaly")]
    about = {"mode": "visual-anomaly", "thresholds": [THRESHOLD]}
    studio.metadata = {toy.BLOCK: replies.metadata(["fine"], **about)}
    studio.about = config
    return studio


LABELS = {"anomalyLabelsConfig": {"anomalyLabels": ["scratched"], "noAnomalyLabels": ["fine"]}}
