"""The yardstick: predictions alone, by Keras's own ``predict``."""

import importlib

from benchmarks.speed.ways import Job, Timed


def make(job: Job) -> Timed:
    """``job.choice`` is "keras" or "tf_keras"."""
    model = importlib.import_module(job.choice).models.load_model(job.model, compile=False)
    return lambda pictures: model.predict(pictures, batch_size=job.batch, verbose=0)
