"""Ways to write a path that leads out of a folder, or to something that is no regular file."""

import os
from pathlib import Path

from PIL import Image

CANARY = "canary-7f3a"
OUTSIDE = (
    *("../outside/canary.txt", "in/../../outside/canary.txt", "in/../../outside/canary.png", "..", "."),
    *("{outside}/canary.txt", "{outside}/canary.png", "/etc/passwd", "/dev/zero", "/dev/stdin"),
    *("/proc/self/environ", "~/.ssh/id_rsa", "~root", "$HOME/.ssh/id_rsa", "%2e%2e/outside/canary.txt"),
    *("..%2foutside%2fcanary.txt", "%2Fetc%2Fpasswd", "..\\outside\\canary.txt", "C:\\Windows\\win.ini"),
    *("\\\\server\\share\\x.png", "//server/share/x.png", "file:///etc/passwd", "in/a.png\0.txt", "\0"),
    *("out/canary.png", "out-file", "out-of-out", "pipe", "device", "in", "", "in/a.png/x"),
)


def plant(folder: Path) -> Path:
    """A root with a picture, links out of it, a pipe and a device, beside a folder with canaries."""
    outside, root = folder / "outside", folder / "root"
    outside.mkdir(parents=True)
    (outside / "canary.txt").write_text(f"{CANARY}\n")
    Image.new("RGB", (8, 8), (201, 7, 93)).save(outside / "canary.png")
    (root / "in").mkdir(parents=True)
    (root / ".streamlit").mkdir()
    (root / ".streamlit" / "secrets.toml").write_text(f'x = "{CANARY}"\n')
    Image.new("RGB", (8, 8), (10, 20, 30)).save(root / "in" / "a.png")
    Image.new("RGB", (8, 8), (10, 20, 30)).save(root / "in" / "50%25 ~ $HOME.png")
    (root / "link-inside").symlink_to("in/a.png")
    (root / "out").symlink_to(outside)
    (root / "out-file").symlink_to(outside / "canary.png")
    (root / "out-of-out").symlink_to(root / "out-file")
    (root / "device").symlink_to("/dev/zero")
    (root / "loop-a").symlink_to(root / "loop-b")
    (root / "loop-b").symlink_to(root / "loop-a")
    os.mkfifo(root / "pipe")
    return root
