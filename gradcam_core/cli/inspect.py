"""inspect PROJECT: what was understood of a project and its model, before computing anything."""

import argparse
import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from gradcam_core.auditing.setup import set_up
from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import InputSpec, Project
from gradcam_core.cli._audit_options import add_option_arguments, read_options
from gradcam_core.cli._project import add_project_arguments, read_project
from gradcam_core.cli._say import say
from gradcam_core.model.contract import ModelInfo


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("inspect", help=__doc__)
    add_project_arguments(parser)
    add_option_arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    project = read_project(args)
    try:
        setup = set_up(project, read_options(args))
    except AuditError:
        if not args.json:  # what is known so far often shows what does not fit
            facts = [_fact(asdict(fact)) for fact in project.facts]
            about = f"{project.name}: {len(project.samples)} samples"
            say("\n".join([about, "", "What I understood", *facts]))
        raise
    document = describe(setup.project, setup.explainer.info, setup.spec)
    if args.json:
        print(json.dumps(document))
    else:
        say("\n".join(lines(document)))
    return 0


def describe(project: Project, info: ModelInfo, spec: InputSpec) -> dict[str, Any]:
    """JSON-able: the project, the model with its candidate layers, and every fact."""
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
        "alarms": [fact.warning for fact in project.facts if fact.alarm],
        "warnings": [fact.warning for fact in project.facts if fact.warning],
    }


def lines(document: dict[str, Any]) -> list[str]:
    """The same for a reader of the terminal."""
    model = document["model"]
    out = [*(f"ALARM: {text}" for text in document["alarms"])]
    out += [f"{document['name']}: {document['samples']} samples, {document['unlabelled']} unlabelled"]
    out += ["", "What I understood"]
    out += [_fact(fact) for fact in document["facts"]]
    out += ["", "Layers, shallow to deep (choose with --layer and --fine-layer)"]
    for layer in model["layers"]:
        chosen = {model["classic"]: "  <- classic", model["fine"]: "  <- fine"}.get(layer["name"], "")
        size = f"{layer['height']}×{layer['width']}×{layer['channels']}"
        out.append(f"  {layer['name']:<40} {size:>14}  {layer['kind']}{chosen}")
    out += [f"  default: {model['why']}"]
    if document["broken"]:
        out += ["", "Cannot be used"]
        out += [f"  {one['path']}: {one['reason']}" for one in document["broken"]]
    quiet = [text for text in document["warnings"] if text not in document["alarms"]]
    return out + [f"warning: {text}" for text in quiet]


def _fact(fact: dict[str, str]) -> str:
    why = f" ({fact['why']})" if fact["why"] else ""
    return f"  {fact['name']:<16} {fact['value']}  [{fact['origin']}]{why}"
