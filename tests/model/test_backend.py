"""The heavy packages come late."""

import subprocess
import sys


def test_importing_the_package_imports_no_tensorflow() -> None:
    heavy = ("tensorflow", "keras", "tf_keras", "openvino")
    code = f"import sys, gradcam_core.model; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
