"""docs/api.md out of the docstrings: ``python -m tools.api_page --write docs/api.md``.

griffe reads source and docstrings without importing what they need; here they only become Markdown.
"""

import argparse
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import griffe

import gradcam_core as gc
from gradcam_core.auditing.explained import Explained
from gradcam_core.base import errors
from gradcam_core.findings.door import FindingList
from gradcam_core.projects.door import ProjectView
from gradcam_core.runs.compare.answers import Change
from gradcam_core.runs.compare.comparison import Comparison
from gradcam_core.runs.compare.cues import CueChange
from gradcam_core.runs.door import RunView
from gradcam_core.runs.findings import EditEvidence, Finding
from gradcam_core.runs.gate import Bar, Checked

FUNCTIONS = (
    *("open_project", "audit", "find", "open_run", "explain", "background_focus"),
    *("check", "compare", "report", "export"),
)
RETURNED = (
    ProjectView,
    RunView,
    FindingList,
    Finding,
    EditEvidence,
    Explained,
    Checked,
    Bar,
    Comparison,
    CueChange,
    Change,
)
ERRORS = tuple(kind for kind in vars(errors).values() if isinstance(kind, type))
HEAD = """# Python

Made from the docstrings by `make api`; do not edit. These are the names that we promise to keep. Each is
imported when it is first asked for.

```python
import gradcam_core as gc
```
"""
FAMILY = """Each says what was expected, what was found and what to do (`expected`, `found`, `todo`).
They are the command line's: an option that one names is the keyword of that name, `--trust-code` is
`trust_code=True`.
"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [HEAD, *(_function(_described(getattr(gc, name)), "## gc.") for name in FUNCTIONS)]
    parts += ["## What they hand back\n", *(_class(_described(kind)) for kind in RETURNED)]
    parts += ["## Errors\n", FAMILY, "\n".join(_error(kind) for kind in ERRORS) + "\n"]
    return "\n".join(parts).rstrip() + "\n"


def _described(what: Any) -> Any:
    """griffe's object for a function or class, read from its file."""
    file = Path(inspect.getfile(what))
    code = file.read_text(encoding="utf-8")
    module = griffe.visit(file.stem, filepath=file, code=code, docstring_parser=griffe.Parser.google)
    return module.members[what.__name__]


def _error(kind: type) -> str:
    parent = kind.__mro__[1].__name__
    return f"- `{kind.__name__}` ({parent}): {_prose((kind.__doc__ or '').strip().splitlines()[0])}"


def _function(function: Any, head: str) -> str:
    signature = f"```python\n{_signature(function)}\n```\n"
    return "\n".join([f"{head}{function.name}\n", signature, *_sections(function)])


def _class(kind: Any) -> str:
    public = [one for name, one in kind.members.items() if not name.startswith("_") and one.docstring]
    methods = [_function(one, f"#### {kind.name}.") for one in public if one.is_function]
    properties = [_property(one) for one in public if one.is_attribute and "property" in one.labels]
    shown = ["\n".join(properties) + "\n"] if properties else []
    return "\n".join([f"### {kind.name}\n", *_sections(kind), *shown, *methods])


def _property(one: Any) -> str:
    return f"- `{one.name}`: {_prose(one.docstring.value)}"


def _signature(function: Any) -> str:
    """One line where it fits, else one parameter per line."""
    given = [_parameter(one) for one in function.parameters if one.name != "self"]
    after = [one.kind for one in function.parameters if one.name != "self"]
    keyword = griffe.ParameterKind.keyword_only
    if keyword in after:
        given.insert(after.index(keyword), "*")
    returns = f" -> {function.returns}" if function.returns else ""
    line = f"{function.name}({', '.join(given)}){returns}"
    if len(line) <= 100:
        return line
    return f"{function.name}(\n" + "".join(f"    {one},\n" for one in given) + f"){returns}"


def _parameter(one: Any) -> str:
    if one.kind is griffe.ParameterKind.var_keyword:
        return f"**{one.name}: {one.annotation}"
    default = "" if one.default is None else f" = {one.default}"
    return f"{one.name}: {one.annotation}{default}"


def _sections(what: Any) -> Iterator[str]:
    """Text, arguments, attributes, what comes back and errors, in the order of the docstring."""
    for section in what.docstring.parsed:
        if section.kind is griffe.DocstringSectionKind.text:
            yield _prose(section.value) + "\n"
        elif section.kind is griffe.DocstringSectionKind.returns:
            yield "Returns: " + " ".join(_prose(one.description) for one in section.value) + "\n"
        else:
            lines = [f"- `{_name(one)}`: {_prose(one.description)}" for one in section.value]
            yield f"{section.kind.value.capitalize()}:\n\n" + "\n".join(lines) + "\n"


def _name(one: Any) -> str:
    """The name of an argument or error; griffe takes the second of "edit, filler" for a type."""
    name = str(getattr(one, "name", None) or one.annotation)
    return f"{name} {one.annotation}" if name.endswith(",") else name


def _prose(text: str) -> str:
    """reStructuredText marks as Markdown; a paragraph is one line."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text).replace("``", "`")
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE")
    file = parser.parse_args().write
    if file is None:
        print(page())
    else:
        file.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
