"""What an attacker, a torn download or a careless hand makes of a healthy file, as strategies."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

CANARY = "hostile-canary"
"""Name of the file that must never come to be; planted in references and paths."""

REFERENCES = (
    *("os.system", "builtins.eval", "subprocess.Popen", "shutil.rmtree", "pickle.loads", "Lambda"),
    *("tensorflow.io.write_file", "tensorflow.io.gfile.copy", "tensorflow.py_function", "py_func"),
    *("keras.utils.get_file", "keras.models.load_model", "tensorflow.load_library", "raw_ops.WriteFile"),
    *("numpy.load", "gradcam_core.base.files.write_json", "__import__", "__class__", "TFOpLambda"),
)
PATHS = (
    f"../{CANARY}", f"/tmp/{CANARY}", "/etc/passwd", "/dev/zero", "/proc/self/environ", "~/.ssh/id_rsa",
    "%2e%2e/secrets", "\\\\server\\share", "file:///etc/passwd", "a\0b", "..", "", "C:\\Windows\\win.ini",
)  # fmt: skip
DEEP = "<deep>"
LARGE = (10**30, -(10**30), 2**63, -1, 0, 1e308, float("nan"), float("inf"), "9" * 5_000)

scalars = st.one_of(
    st.sampled_from(REFERENCES),
    st.sampled_from(PATHS),
    st.sampled_from(LARGE),
    st.none(),
    st.booleans(),
    st.text(max_size=12),
    st.just("x" * 100_000),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def written(tree: Any) -> str:
    """A JSON value as text; where it says :data:`DEEP`, a list in a list in a list …"""
    return json.dumps(tree).replace(f'"{DEEP}"', "[" * 50_000 + "]" * 50_000)


def places(tree: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a JSON value, as the keys that lead to it."""
    yield here
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inner:
        yield from places(value, (*here, key))


@st.composite
def changed(draw: st.DrawFn, tree: Any) -> Any:
    """A copy of a JSON value in which one to three places are replaced, taken out or doubled."""
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([place for place in places(tree) if place]))
        node = tree
        for key in way:
            node = node[key]
        match draw(st.sampled_from(("replace", "replace", "remove", "double", "deep"))):
            case "remove" if len(node) > 1:
                del node[last]
            case "double" if isinstance(node, list):
                node.append(copy.deepcopy(node[last]))
            case "deep":
                node[last] = DEEP
            case _:
                node[last] = draw(values)
    return tree


@st.composite
def torn(draw: st.DrawFn, content: bytes) -> bytes:
    """Bytes of which some are changed, left out or put in, or that end too early."""
    spoiled = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(spoiled) - 1, 0)))
        match draw(st.sampled_from(("flip", "cut", "insert", "end"))):
            case "flip" if spoiled:
                spoiled[at] ^= draw(st.integers(1, 255))
            case "cut":
                del spoiled[at : at + draw(st.integers(1, 64))]
            case "insert":
                spoiled[at:at] = draw(st.binary(min_size=1, max_size=16))
            case _:
                del spoiled[at:]
    return bytes(spoiled)


table_cells = st.one_of(
    st.sampled_from(PATHS), st.text(max_size=10), st.sampled_from(("1e999", "nan", "-", "=1+1", "a|b"))
)
tables = st.lists(st.lists(table_cells, min_size=1, max_size=4), min_size=1, max_size=6)
