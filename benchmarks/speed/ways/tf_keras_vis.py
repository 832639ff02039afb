"""tf-keras-vis's Grad-CAM of the predicted class, maps at layer resolution, as ours are."""

import importlib

import tf_keras

from benchmarks.speed.ways import Job, Timed


def make(job: Job) -> Timed:
    part = importlib.import_module
    model = tf_keras.models.load_model(job.model, compile=False)
    modifier = part("tf_keras_vis.utils.model_modifiers").ReplaceToLinear()
    gradcam = part("tf_keras_vis.gradcam").Gradcam(model, model_modifier=modifier, clone=True)
    last = [layer.name for layer in model.layers if isinstance(layer, tf_keras.layers.Conv2D)][-1]
    options = {"penultimate_layer": last, "seek_penultimate_conv_layer": False, "expand_cam": False}
    score = part("tf_keras_vis.utils.scores").CategoricalScore

    def run(pictures):
        for start in range(0, len(pictures), job.batch):
            chunk = pictures[start : start + job.batch]
            classes = model.predict(chunk, verbose=0).argmax(axis=1)
            gradcam(score(classes.tolist()), chunk, **options)

    return run
