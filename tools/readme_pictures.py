"""The README's pictures, taken of the running dashboard: ``python -m tools.readme_pictures --home .``

Needs the demo ``pets``, audited and searched (``make run`` does both), and the browser tests' Chromium.
"""

import argparse
from pathlib import Path

from gradcam_core.runs.store import list_runs
from tests.browser.browsing import browser, opened, serving, settled

ROOT = Path(__file__).parents[1]
PAGES = {"overview": "Overview", "gallery": "Gallery"}
"""File below docs -> the page it shows."""
SIZE = {"width": 1280, "height": 800}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="folder with runs/ and demos/")
    home = parser.parse_args().home.resolve()
    run = next(run.path.name for run in list_runs(home / "runs") if run.name == "pets")
    with serving(home) as address, browser() as chromium, opened(chromium) as page:
        page.set_viewport_size(SIZE)
        for file, name in PAGES.items():
            page.goto(f"{address}/{name}?run={run}")
            settled(page).wait_for_timeout(3000)  # pictures fade in
            page.screenshot(path=ROOT / "docs" / f"{file}.png")


if __name__ == "__main__":
    main()
