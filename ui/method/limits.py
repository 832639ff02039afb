"""What heatmaps and edits cannot tell. Each limit with its reason."""

import streamlit as st

LIMITS = (
    (
        "A heatmap shows where, not why.",
        "It marks where evidence for the explained class was collected. Whether the model would fail "
        "without it is another question; the edits ask it.",
    ),
    (
        "Dark does not mean ignored.",
        "Negative evidence is cut off, so a background that argues against the other class stays "
        "invisible. A map without any positive evidence is undefined, never 0.",
    ),
    (
        "Grad-CAM can mark places the score did not use.",
        "It averages gradients over the picture. That is exact only for pooling followed by one dense "
        "layer. HiResCAM does not average; compare the two where it matters. The kind of head is part "
        "of each audit.",
    ),
    (
        "The map has only a few cells.",
        "What looks like an edge between cells is interpolation. The floor is the best score that the "
        "grid allows for this object; below 5×5 cells background focus is descriptive only.",
    ),
    (
        "A cell sees more than it covers.",
        "Each cell sums up a patch of the picture far larger than itself, so heat beside an object "
        "may be about the object.",
    ),
    (
        "Small objects score higher in raw background focus.",
        "More of any map falls outside a small object. Compare the ruler or far background focus, and "
        "objects of similar size.",
    ),
    (
        "Background is not automatically wrong.",
        "Snow may be a fair reason to expect a sledge. Whether context is a shortcut depends on where "
        "the model will be used.",
    ),
    (
        "No flag is not a clean bill.",
        "Cues that are everywhere (tint, blur, compression, the device) and cues on the object hardly "
        "change where the heat lies. Findings say how large an effect this run could have shown.",
    ),
    (
        "A flag can be false.",
        "Heat can suggest a shortcut in a model that has none. Therefore levels, control edits and a "
        "benchmark with clean models, whose false-alarm rate is part of the documentation.",
    ),
    (
        "Only what differs within this test set can be seen.",
        "If every picture shares the cue, nothing can be compared; a test set from the same source as "
        "the training set hides the harm.",
    ),
    (
        "Edits make unusual pictures.",
        "Part of any change is due to that alone. A matched control edit is subtracted, and the most "
        "unusual pictures are left out and counted.",
    ),
    (
        "Maps of wrong predictions explain the wrong class.",
        "Audit once more with the true class to see what was missed. Maps of unsure predictions "
        "locate worse.",
    ),
    (
        "Regions may be boxes or estimates.",
        "A box holds background too, and an estimated region may miss the object. Each sample says "
        "where its region came from; findings on estimates rise above level 1 only where two edits agree.",
    ),
    (
        "A map may not be about this model at all.",
        "If it looks the same after the weights are made random, it shows edges, not reasons. Run the "
        "trust checks and read their result before the maps.",
    ),
)


def limits() -> None:
    """All limits, numbered, in two columns."""
    st.header("What this cannot tell you", anchor=False)
    half = (len(LIMITS) + 1) // 2
    for column, start in zip(st.columns(2, gap="large"), (0, half), strict=True):
        with column:
            for number, (sentence, why) in enumerate(LIMITS[start : start + half], start + 1):
                st.markdown(f"**L{number}. {sentence}** {why}")
