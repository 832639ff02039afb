"""Networks in exchange formats, ONNX and TensorFlow Lite: read by OpenVINO, run as TensorFlow.

So their gradients are exact and every map, edit and check of a Keras model holds for them, too.
"""
