"""The process behind the walls: ``python -m gradcam_core.model.walled MODEL FOLDER CHOICES``.

Leaves in FOLDER either the frozen graph or the reason why the file is refused.
"""

import json
import os
import sys
from pathlib import Path

from gradcam_core.base.errors import ModelError
from gradcam_core.base.wall import close_in
from gradcam_core.model.apart import MINUTES, readable, write_graph, write_refusal
from gradcam_core.model.choices import Choices
from gradcam_core.model.exchange.onnx_file import companions
from gradcam_core.model.opening import opened

SHARE = 0.8  # of the machine's memory


def main(model: Path, folder: Path, choices: Choices) -> None:
    """Close this process in, then open the model."""
    pages = os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    memory = int(SHARE * pages * os.sysconf("SC_PAGE_SIZE")) if pages > 0 else 0
    cores = os.cpu_count() or 1
    close_in(
        [*readable(), model, *companions(model)], [folder, Path("/dev/null")], memory, 60 * MINUTES * cores
    )
    try:
        write_graph(opened(model, choices), folder)
    except ModelError as error:
        write_refusal(error, folder)
    except MemoryError:
        write_refusal(
            ModelError("enough memory to open the model", "too little", "use a machine with more memory"),
            folder,
        )


if __name__ == "__main__":
    given = json.loads(sys.argv[3])
    size = tuple(given["size"]) if given["size"] else None
    main(Path(sys.argv[1]), Path(sys.argv[2]), Choices(given["trust_code"], given["output"], size))
