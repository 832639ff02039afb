"""Data sets whose pictures lie inside larger files, which have to be unpacked first: named, and how."""

import os
from pathlib import Path

_KINDS = (
    (".parquet", "Parquet", "`for n, row in enumerate(datasets.load_dataset(…)): row['image'].save(…)`"),
    (".arrow", "Arrow", "`for n, row in enumerate(datasets.load_from_disk(…)): row['image'].save(…)`"),
    (".tar", "WebDataset (tar)", "`tar -xf FILE`, and move pictures of a class into a folder of its name"),
    (".tfrecord", "TFRecord", "`tf.io.write_file(path, example['image'])` for each example"),
    (".zip", "zip", "`unzip FILE`"),
    (".npz", "NumPy", "`Image.fromarray(array).save(…)` for each picture"),
    (".dvc", "DVC", "`dvc pull`, which fetches the pictures"),
)


def packed(root: Path) -> tuple[str, str] | None:
    """(what was found, what to do) where a folder without pictures holds files that pack them."""
    names = [name for _, _, files in os.walk(root) for name in files]
    for suffix, kind, todo in _KINDS:
        found = sorted(n for n in names if f"{suffix}-" in n.lower() or n.lower().endswith(suffix))
        if found:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            return (
                f"pictures inside {kind} files ({found[0]}{more})",
                f"unpack them into class folders: {todo}",
            )
    return None
