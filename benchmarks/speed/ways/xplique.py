"""Xplique's Grad-CAM of the predicted class, logits instead of probabilities as it recommends."""

import importlib

import keras
import numpy as np

from benchmarks.speed.ways import Job, Timed


def make(job: Job) -> Timed:
    grad_cam = importlib.import_module("xplique.attributions").GradCAM
    model = keras.models.load_model(job.model, compile=False)
    model.layers[-1].activation = keras.activations.linear
    explain = grad_cam(model, batch_size=job.batch)

    def run(pictures):
        logits = model.predict(pictures, batch_size=job.batch, verbose=0)
        explain(pictures, np.eye(logits.shape[1], dtype=np.float32)[logits.argmax(axis=1)])

    return run
