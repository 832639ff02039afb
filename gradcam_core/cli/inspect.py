"""inspect PROJECT: what was understood of a project and its model, before computing anything."""

import argparse
import json
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import InputSpec, Project
from gradcam_core.cli._audit_options import add_option_arguments, read_options
from gradcam_core.cli._project import add_project_arguments, read_project
from gradcam_core.cli._say import say
from gradcam_core.images import encode_png
from gradcam_core.model.contract import ModelInfo

MOST_TODO = 3


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("inspect", help=__doc__)
    add_project_arguments(parser)
    add_option_arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--all", action="store_true", help="everything to do, and every layer")
    parser.add_argument(
        "--preview", type=Path, metavar="FILE.png", help="draw six samples as the network gets them"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    project, options = read_project(args), read_options(args)
    from gradcam_core.auditing.preview import (
        preview,
        sheet,
    )  # a wrong path is said before these load for seconds
    from gradcam_core.auditing.setup import set_up

    if options.engine == "auto":  # answers only: to choose an engine takes longer than to ask
        options = replace(options, engine="tensorflow")
    try:
        setup = set_up(project, options)
    except AuditError:
        if not args.json:  # what is known so far often shows what does not fit
            facts = [_fact(asdict(fact)) for fact in project.facts]
            about = f"{project.name}: {len(project.samples)} samples"
            say("\n".join([about, "", "What I understood", *facts]))
        raise
    document = describe(setup.project, setup.explainer.info, setup.spec)
    if args.preview:
        seen = preview(setup.project, setup.spec)
        document["preview"] = [one.to_json() for one in seen]
        if seen:
            args.preview.write_bytes(encode_png(sheet(seen)))
    if args.json:
        print(json.dumps(document))
    else:
        say("\n".join(lines(document, everything=args.all)))
    return 0


def describe(project: Project, info: ModelInfo, spec: InputSpec) -> dict[str, Any]:
    """JSON-able: the project, the model with its candidate layers, and every fact."""
    from gradcam_core.auditing.facts import todo

    labels = Counter(sample.label for sample in project.samples if sample.label is not None)
    sources = Counter(
        project.regions[sample.id].source if sample.id in project.regions else "none"
        for sample in project.samples
    )
    paths = {sample.id: sample.path for sample in project.samples}
    return {
        "name": project.name,
        "root": str(project.root),
        "samples": len(project.samples),
        "task": project.task,
        "labels": {name: labels[name] for name in project.class_names or sorted(labels)},
        "unlabelled": len(project.samples) - sum(labels.values()),
        "class_names": list(project.class_names),
        "regions": dict(sources),
        "broken": [
            {"sample_id": name, "path": paths.get(name, ""), "reason": why}
            for name, why in project.broken.items()
        ],
        "facts": [asdict(fact) for fact in project.facts],
        "input": asdict(spec),
        "model": {
            **asdict(info),
            "path": str(project.model_path),
            "classic": info.classic.name,
            "fine": info.fine.name if info.fine else None,
        },
        "todo": todo(project.facts),
        "alarms": [fact.warning for fact in project.facts if fact.alarm],
        "warnings": [fact.warning for fact in project.facts if fact.warning],
    }


def lines(document: dict[str, Any], everything: bool = False) -> list[str]:
    """The same for a reader of the terminal: three things to do at most, unless ``everything``."""
    out = _todo(document, everything)
    out += [f"{document['name']}: {document['samples']} samples, {document['unlabelled']} unlabelled"]
    out += ["", "What I understood"]
    out += [_fact(fact) for fact in document["facts"]]
    out += _layers(document["model"], everything)
    if document["broken"]:
        out += ["", "Cannot be used"]
        out += [f"  {one['path']}: {one['reason']}" for one in document["broken"]]
    if shown := document.get("preview"):
        out += ["", "Previewed"]
        out += [f"  {one['path']}: {one['label'] or 'no label'}, {one['words']}" for one in shown]
    elif shown is not None:
        out += ["", "No preview: samples are no pictures"]
    return out


def _todo(document: dict[str, Any], everything: bool) -> list[str]:
    found, alarms = document["todo"], document["alarms"]
    kept = found if everything else found[:MOST_TODO]
    out = [f"{'ALARM' if text in alarms else 'warning'}: {text}" for text in kept]
    if len(kept) < len(found):
        out.append(f"… and {len(found) - len(kept)} more to do: --all")
    return [*out, ""] if out else []


def _layers(model: dict[str, Any], everything: bool) -> list[str]:
    """Every layer, or the deepest of each grid and the chosen ones."""
    chosen = {model["classic"]: "  <- classic", model["fine"]: "  <- fine"}
    deepest = {(one["height"], one["width"]): one["name"] for one in model["layers"]}
    out = ["", "Layers, shallow to deep (choose with --layer and --fine-layer)"]
    shown = [one for one in model["layers"] if everything or one["name"] in {*chosen, *deepest.values()}]
    for layer in shown:
        size = f"{layer['height']}×{layer['width']}×{layer['channels']}"
        out.append(f"  {layer['name']:<40} {size:>14}  {layer['kind']}{chosen.get(layer['name'], '')}")
    if rest := len(model["layers"]) - len(shown):
        out.append(f"  … and {rest} more: --all")
    return [*out, f"  default: {model['why']}"]


def _fact(fact: dict[str, str]) -> str:
    why = f" ({fact['why']})" if fact["why"] else ""
    return f"  {fact['name']:<16} {fact['value']}  [{fact['origin']}]{why}"
