"""Did a change leave everything as it was? Run folders, help texts and pages of two states, compared.

    python -m tools.same_runs compare BEFORE AFTER     # two folders of runs, matched by project
    python -m tools.same_runs texts HOME --write FILE  # every help text, every page on every run
    diff BEFORE.json AFTER.json

Equal means: tables, arrays and pictures to the bit, JSON value by value. Left out are run ids, times and
versions, which differ between any two audits.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

PASSING = {"run_id", "created", "timing", "versions"}
RUN_ID = re.compile(r"(\w+)-\d{8}-\d{6}-[0-9a-f]{8}")


def differences(before: Path, after: Path) -> Iterator[str]:
    """One line per file of two run folders that differs, or that only one of them has."""
    names = {p.relative_to(before).as_posix() for p in before.rglob("*") if p.is_file()}
    others = {p.relative_to(after).as_posix() for p in after.rglob("*") if p.is_file()}
    yield from (f"{name}: only before" for name in sorted(names - others))
    yield from (f"{name}: only after" for name in sorted(others - names))
    yield from (
        f"{name}: differs" for name in sorted(names & others) if _read(before / name) != _read(after / name)
    )


def _read(file: Path) -> Any:
    if file.suffix == ".json":
        text = RUN_ID.sub(r"\1-RUN", file.read_text(encoding="utf-8"))
        value = json.loads(text)
        return {k: v for k, v in value.items() if k not in PASSING} if isinstance(value, dict) else value
    if file.suffix == ".parquet":
        table = pq.read_table(file)
        return table.schema.names, [str(kind) for kind in table.schema.types], table.to_pylist().__repr__()
    return file.read_bytes()


def compared(before: Path, after: Path) -> tuple[int, list[str]]:
    """Number of pairs of runs of one project, and a line per difference."""
    pairs = [
        {RUN_ID.sub(r"\1", p.parent.name): p.parent for p in d.glob("*/manifest.json")}
        for d in (before, after)
    ]
    lines = [f"{name}: only one side has a run" for name in sorted(set(pairs[0]) ^ set(pairs[1]))]
    both = sorted(set(pairs[0]) & set(pairs[1]))
    for name in both:
        lines += [f"{name}/{line}" for line in differences(pairs[0][name], pairs[1][name])]
    return len(both), lines


def texts(home: Path) -> dict[str, list[str]]:
    """Help of every command, and what stands on every page for every run below ``home``.

    Run from the root of a checkout: commands and pages are that checkout's.
    """
    os.environ["GRADCAM_HOME"] = str(home)
    found = {"help": _help([])}
    for command in re.findall(r"^    (\w+) ", "\n".join(found["help"]), re.MULTILINE):
        found[f"help {command}"] = _help([command])
    for page in sorted(Path("pages").glob("*.py")):
        found[f"{page.name} without a run"] = _shown(page, home / "none", "")
        for run in sorted((home / "runs").glob("*/manifest.json")):
            name = RUN_ID.sub(r"\1", run.parent.name)
            found[f"{page.name} {name}"] = _shown(page, home, run.parent.name)
    return found


def _help(command: list[str]) -> list[str]:
    call = [sys.executable, "-m", "gradcam_core", *command, "--help"]
    done = subprocess.run(
        call, capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "100"}
    )
    return done.stdout.splitlines()


def _shown(page: Path, home: Path, run: str) -> list[str]:
    from streamlit.testing.v1 import AppTest

    os.environ["GRADCAM_HOME"] = str(home)
    test = AppTest.from_file(str(Path("app.py").resolve()), default_timeout=120).switch_page(
        f"pages/{page.name}"
    )
    if run:
        test.query_params["run"] = run
    test.run()
    return [line for block in (test.main, test.sidebar) for line in _written(block)]


def _written(block: Any) -> Iterator[str]:
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _written(child)
        proto = getattr(child, "proto", None)
        words = (
            [str(getattr(proto, name, "")) for name in ("label", "body", "help", "value")] if proto else []
        )
        line = RUN_ID.sub(r"\1-RUN", f"{child.type}: {' | '.join(word for word in words if word)}")
        yield re.sub(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2})?|\d+(\.\d+)? (s|ms|GB|MB)\b", "TIME", line)


def main() -> int:
    """0: all equal; 1: something differs."""
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(dest="command", required=True)
    one = commands.add_parser("compare")
    one.add_argument("before", type=Path)
    one.add_argument("after", type=Path)
    two = commands.add_parser("texts")
    two.add_argument("home", type=Path)
    two.add_argument("--write", type=Path, required=True)
    args = top.parse_args()
    if args.command == "texts":
        found = texts(args.home.resolve())
        args.write.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
        print(f"{len(found)} texts, {sum(map(len, found.values()))} lines")
        return 0
    pairs, lines = compared(args.before, args.after)
    print(*lines, f"{pairs} runs compared, {len(lines)} differences", sep="\n")
    return int(bool(lines))


if __name__ == "__main__":
    raise SystemExit(main())
