"""The wheel in an environment of its own, outside the checkout.

Downloading TensorFlow takes minutes, so this environment is fresh but for the dependencies: the wheel is
installed alone, and a ``.pth`` file lends it the packages of the environment that runs the tests. That
those are the versions which the wheel declares is checked in ``test_dependencies.py``.
"""

import os
import subprocess
import sys
import sysconfig
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import browser, opened, served, settled
from tests.source_tree import ROOT
from tests.test_dependencies import EXTRAS, PROJECT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.timeout(1200),
    pytest.mark.xdist_group("wheel"),
]
LIGHT = "rgb(251, 251, 252)"
"""The page's background in ``.streamlit/config.toml``; Streamlit's own is white."""
JOB = """
import sys, time
sys.path.insert(0, str(sys.argv[1]))
from ui import jobs
job = jobs.start("inspect", "demo:pets", {})
while job.going:
    time.sleep(0.1)
    job = jobs.get_job(job.id)
print(job.state, job.error)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "-w", out)
    (found,) = out.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and nothing of the checkout."""
    place = tmp_path_factory.mktemp("environment")
    _run(sys.executable, "-m", "venv", "--without-pip", place)
    python = place / "bin" / "python"
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin"


@pytest.fixture(scope="module")
def home(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder in which the pets demo was audited."""
    folder = tmp_path_factory.mktemp("empty")
    assert "run: " in _run(programs / "gradcam-audit", "demo", "pets", "--audit", cwd=folder)
    return folder


def test_the_wheel_holds_what_the_checkout_runs(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    parts = ("app.py", "pages/", "ui/", ".streamlit/")
    ours = [one for one in tracked.stdout.splitlines() if one.startswith(("gradcam_core/", *parts))]
    wanted = {f"gradcam_core/_dashboard/{one}" if one.startswith(parts) else one for one in ours}
    assert wanted == {one for one in held if one.startswith("gradcam_core/")}


def test_the_wheel_declares_what_pyproject_declares(wheel: Path) -> None:
    said = message_from_bytes(_member(wheel, "METADATA"))
    assert len(said.get_all("Requires-Dist", [])) == len(PROJECT["dependencies"]) + sum(
        map(len, EXTRAS.values())
    )
    assert set(said.get_all("Provides-Extra", [])) == set(EXTRAS)
    assert f"-{said['Version']}-" in wheel.name


def test_every_command_is_there(programs: Path, tmp_path: Path) -> None:
    shown = _run(programs / "gradcam-audit", "--help", cwd=tmp_path)
    here = _run(sys.executable, "-m", "gradcam_core", "--help", cwd=ROOT)
    assert "serve" in shown
    assert shown.replace("gradcam-audit", "") == here.replace("python -m gradcam_core", "")


def test_what_runs_is_the_wheel(programs: Path, tmp_path: Path) -> None:
    place = _run(
        programs / "python", "-c", "import gradcam_core; print(gradcam_core.__file__)", cwd=tmp_path
    )
    assert place.startswith(str(programs.parent))


def test_the_first_page_shows_the_audit(programs: Path, home: Path, tmp_path: Path) -> None:
    command = [str(programs / "gradcam-audit"), "serve", "--home", str(home), "--port"]
    environment = _environment() | {"STREAMLIT_SERVER_HEADLESS": "true"}
    with (
        served(command, tmp_path, environment) as address,
        browser() as chromium,
        opened(chromium) as page,
    ):
        page.goto(address)
        settled(page)
        expect(page.get_by_role("heading", name="pets", exact=True)).to_be_visible()
        expect(page.get_by_text("level 3: the model uses it").first).to_be_visible()
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", LIGHT)
        for path in sorted((ROOT / "pages").glob("*.py")):
            title = path.stem.partition("_")[2]
            shown = {"Analyse": "New audit"}.get(title, title)
            expect(page.get_by_test_id("stSidebar")).to_contain_text(shown)


def test_a_page_can_start_a_job(programs: Path, home: Path) -> None:
    place = _run(
        programs / "python", "-c", "from gradcam_core.cli.serve import dashboard as d; print(d())", cwd=home
    )
    assert _run(programs / "python", "-c", JOB, place.strip(), cwd=home).split()[0] == "done"


def _member(wheel: Path, file: str) -> bytes:
    with zipfile.ZipFile(wheel) as packed:
        (found,) = [one for one in packed.namelist() if one.endswith(f".dist-info/{file}")]
        return packed.read(found)


def _environment() -> dict[str, str]:
    """Ours, without what would lead back to the checkout or to other runs."""
    left_out = ("PYTHONPATH", "GRADCAM_HOME")
    return {key: value for key, value in os.environ.items() if key not in left_out}


def _run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command prints; its errors where it fails."""
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
