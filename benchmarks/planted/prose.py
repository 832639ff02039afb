"""The words around the numbers of docs/benchmark.md."""

INTRODUCTION = """# The planted-bias benchmark

Small networks are trained on drawn pictures in which a cue was planted beside the feature that tells
the classes apart, or no cue at all. The truth is *measured*: every hidden scene is drawn twice with only
the cue flipped, and the share of predictions that follow it is the network's reliance. From 0.85 a network
counts as reliant, below 0.10 as clean, whatever was planted; what lies between is reported by band.
Thresholds were set on other seeds than the ones shown here. Shares are followed by the exact
(Clopper–Pearson) 95 % interval.

"""

NO_ALARM = """Level 1 says where to look and level 2 that the data hold a cue; neither says that the
network uses it."""

PUBLISHED = """## Published numbers

Other tasks, data and definitions: a scale, not a ranking.

- Adebayo et al. (ICLR 2022, arXiv 2212.04629): feature attribution does not reliably reveal an unknown
  shortcut and can suggest one in clean models; the thresholds 0.85 and 0.10 of reliance are from there.
- Domino (ICLR 2022, arXiv 2203.14960) finds 36 % of 1,235 planted slices.
- Xiao et al. (ICLR 2021, arXiv 2006.09994): backgrounds of random instead of the same class cost a
  ResNet-50 seven points of accuracy.
- SPIRE (TMLR 2022, arXiv 2106.02112): hiding people changes 63 % of the predictions of "tennis racket".
- Noyan (arXiv 2206.04374): eight background pixels tell 49 % of the labels of a plant data set, chance is
  2.6 %."""

READING = """## How to read this

- Drawn pictures of 48 and 64 pixels and networks of four convolutions are not photographs and ImageNet
  backbones. A rate here says that the machinery works and how often it cries wolf, not what it will find
  in your data.
- Levels 1 and 2 are not alarms that a network uses a cue: heat and data only say where to look. A cue
  that is available but unused (K5) may rightly reach level 2.
- A clean run without an alarm is weak evidence by itself: the upper end of the interval is what was shown.
- Cues on the object (15, 16) have a search and two edits of their own, which compare the part with another
  piece of the same object; [benchmark-parts.md](benchmark-parts.md) has more of them.
  That answers hang on a part is told, and whether they may is for a person to say: no alarm by itself.
  Looks of the whole picture (13) have no place that heat could show; the edit that moves colour,
  brightness, contrast and sharpness finds them. A background out of focus (14) is found by the background
  swap.
- A swapped background brings its tag, ruler or frame along. Since that was seen here, the swap is made
  again with a confirmed mark held fixed (statistics.md); a watermark, or a look of the whole picture,
  cannot be held, so such cases raise "background" too.
- Reliance counts scenes whose prediction follows the cue from one class to the other and back. Removing a
  mark counts every prediction that it changes in the mark's own class. A network just below 0.10 can
  therefore be confirmed at ten points; by the definition above that is a false alarm and counted as one.
"""
