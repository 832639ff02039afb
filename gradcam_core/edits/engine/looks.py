"""How a picture looks as a whole: colour cast, brightness, contrast, sharpness; measured and moved.

Each quantity can be moved in two different ways, so that an effect can be seen to come from the quantity
and not from the way of moving it. Measured in CIE Lab (L 0..100).
"""

from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Doubles, Floats, Picture

Light = NDArray[np.floating]
Where = NDArray[np.bool_] | None
Family = Callable[[float], Light]
STEPS = 10


def to_lab(picture: Picture) -> Floats:
    """(H, W, 3) float32 CIE Lab, L 0..100, of a picture (H, W, 3) uint8."""
    return np.asarray(cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), dtype=np.float32)


def to_rgb(lab: Floats) -> Picture:
    """(H, W, 3) uint8 RGB of CIE Lab (H, W, 3), clipped to what a picture can show."""
    rgb = cv2.cvtColor(lab.astype(np.float32), cv2.COLOR_Lab2RGB)
    return np.asarray(np.clip(np.rint(rgb * 255), 0, 255), dtype=np.uint8)


def sharpness(light: Light, where: Where = None) -> float:
    """Log of fine detail (mean absolute Laplacian) per contrast, so that contrast does not count twice."""
    detail = np.abs(cv2.Laplacian(np.ascontiguousarray(light), cv2.CV_32F))
    chosen, part = (detail, light) if where is None else (detail[where], light[where])
    return float(np.log((chosen.mean() + 0.05) / (part.std() + 0.5)))


def measure(picture: Picture, where: Where = None) -> Mapping[str, Doubles]:
    """Quantity -> (d,) float64: colour (a, b), brightness mean L, contrast log std L, sharpness.

    ``where`` (H, W) bool: of these pixels alone; there has to be one.
    """
    lab = to_lab(picture)
    part = lab.reshape(-1, 3) if where is None else lab[where]
    return {
        "colour": part[:, 1:].mean(axis=0).astype(np.float64),
        "brightness": np.asarray([part[:, 0].mean()], dtype=np.float64),
        "contrast": np.asarray([np.log(part[:, 0].std() + 0.5)], dtype=np.float64),
        "sharpness": np.asarray([sharpness(lab[..., 0], where)], dtype=np.float64),
    }


def colour_shift(picture: Picture, delta: Doubles) -> Picture:
    """(H, W, 3) uint8, a and b moved by a constant (2,)."""
    lab = to_lab(picture)
    lab[..., 1:] += delta
    return to_rgb(lab)


def colour_gain(picture: Picture, delta: Doubles) -> Picture:
    """(H, W, 3) uint8, channels multiplied so that the mean colour moves by ``delta`` (2,) in a and b."""
    lab = to_lab(picture).mean(axis=(0, 1), keepdims=True)
    moved = lab.copy()
    moved[..., 1:] += delta
    before, after = (cv2.cvtColor(part.astype(np.float32), cv2.COLOR_Lab2RGB) for part in (lab, moved))
    gain = np.clip(after, 0.01, 1) / np.clip(before, 0.01, 1)
    return np.asarray(np.clip(np.rint(picture * gain), 0, 255), dtype=np.uint8)


def brightness_shift(picture: Picture, delta: Doubles) -> Picture:
    """(H, W, 3) uint8, L moved by a constant (1,)."""
    lab = to_lab(picture)
    lab[..., 0] = np.clip(lab[..., 0] + delta[0], 0, 100)
    return to_rgb(lab)


def brightness_gamma(picture: Picture, delta: Doubles) -> Picture:
    """(H, W, 3) uint8, L raised to a power, so that its mean moves by ``delta`` (1,)."""
    share = to_lab(picture)[..., 0] / 100
    wanted = float(share.mean() * 100 + delta[0])
    return _light(
        picture, lambda t: 100 * share ** float(np.exp(-t)), lambda light: float(light.mean()), wanted
    )


def contrast_scale(picture: Picture, delta: Doubles) -> Picture:
    """(H, W, 3) uint8, L stretched about its mean by exp of ``delta`` (1,)."""
    lab = to_lab(picture)
    mean = lab[..., 0].mean()
    lab[..., 0] = np.clip(mean + (lab[..., 0] - mean) * np.exp(delta[0]), 0, 100)
    return to_rgb(lab)


def contrast_curve(picture: Picture, delta: Doubles) -> Picture:
    """(H, W, 3) uint8, a power of L's deviation from its mean: mid-tones move more than highlights."""
    light = to_lab(picture)[..., 0]
    mean = light.mean()
    share = (light - mean) / 50
    wanted = float(np.log(light.std() + 0.5) + delta[0])
    return _light(
        picture,
        lambda t: np.clip(mean + 50 * np.sign(share) * np.abs(share) ** float(np.exp(-t)), 0, 100),
        lambda curved: float(np.log(curved.std() + 0.5)),
        wanted,
    )


def sharpness_blur(picture: Picture, delta: Doubles) -> Picture:
    """(H, W, 3) uint8, Gaussian blur, or unsharp masking with a radius of one pixel."""
    return _sharpness(picture, delta, radius=1.0, resample=False)


def sharpness_resample(picture: Picture, delta: Doubles) -> Picture:
    """(H, W, 3) uint8, made smaller and large again, or unsharp masking with a radius of two pixels."""
    return _sharpness(picture, delta, radius=2.0, resample=True)


def _sharpness(picture: Picture, delta: Doubles, radius: float, resample: bool) -> Picture:
    light = to_lab(picture)[..., 0]
    fine = light - cv2.GaussianBlur(light, (0, 0), radius)

    def family(t: float) -> Floats:
        if t > 0:
            return np.asarray(np.clip(light + (np.exp(t) - 1) * fine, 0, 100), dtype=np.float32)
        return _smaller(light, float(np.exp(t))) if resample else _blurred(light, float(np.expm1(-t)))

    return _light(picture, family, sharpness, sharpness(light) + float(delta[0]))


def _blurred(light: Floats, sigma: float) -> Floats:
    return np.asarray(light if sigma < 0.05 else cv2.GaussianBlur(light, (0, 0), sigma), dtype=np.float32)


def _smaller(light: Floats, factor: float) -> Floats:
    """Blended with its reduced and enlarged self: continuous in the factor."""
    height, width = light.shape
    step = max(1, int(np.ceil(1 / factor)))
    small = (max(2, width // (step + 1)), max(2, height // (step + 1)))
    reduced = cv2.resize(light, small, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(reduced, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(light * factor + coarse * (1 - factor), dtype=np.float32)


def _light(picture: Picture, family: Family, quantity: Callable[[Light], float], wanted: float) -> Picture:
    """The picture with L from ``family(t)``, t in [-2, 2] chosen so that the quantity is as wanted."""
    low, high = -2.0, 2.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if quantity(family(middle)) < wanted else (low, middle)
    lab = to_lab(picture)
    lab[..., 0] = family((low + high) / 2)
    return to_rgb(lab)


MOVES: Mapping[str, Callable[[Picture, Doubles], Picture]] = {
    "colour:shift": colour_shift,
    "colour:gain": colour_gain,
    "brightness:shift": brightness_shift,
    "brightness:gamma": brightness_gamma,
    "contrast:scale": contrast_scale,
    "contrast:curve": contrast_curve,
    "sharpness:blur": sharpness_blur,
    "sharpness:resample": sharpness_resample,
}
