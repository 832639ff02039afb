"""Everything that an audit needs of one learn block, from the API to a folder on this machine."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from gradcam_core.base.errors import ProjectError, SampleError, SourceError
from gradcam_core.base.hashing import file_sha256
from gradcam_core.base.progress import Progress
from gradcam_core.base.types import Fact, Project
from gradcam_core.images import picture_size
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.transfer import remove_abandoned
from gradcam_core.projects.edge_impulse.describe.described import DescribedBlock
from gradcam_core.projects.edge_impulse.fetch.export import FOLDER, fetch_export
from gradcam_core.projects.edge_impulse.fetch.layout import MODEL, Arrived, build_project, write_folder
from gradcam_core.projects.edge_impulse.fetch.ledger import DownloadEntry, DownloadLedger
from gradcam_core.projects.edge_impulse.fetch.model_file import fetch_model
from gradcam_core.projects.edge_impulse.fetch.results import fetch_results
from gradcam_core.projects.edge_impulse.fetch.samples import PICTURES, fetch_pictures, list_samples
from gradcam_core.projects.edge_impulse.fetch.sounds import fetch_sounds
from gradcam_core.projects.edge_impulse.remote import Remote

VIA = ("samples", "export")


def folder_name(described: DescribedBlock) -> str:
    """``<project>-<impulse>-<block>``: what belongs together lies together."""
    impulse = "default" if described.impulse_id is None else described.impulse_id
    return f"{described.project_id}-{impulse}-{described.block.block.id}"


def fetch_project(
    client: Client,
    described: DescribedBlock,
    root: Path,
    progress: Progress,
    *,
    model: Path | None = None,
    via: str = "samples",
) -> Project:
    """Fetch what is not below ``root`` yet, write it down there, and return the project.

    Args:
        client: with the key.
        described: what is to be fetched.
        root: the folder of this block, made if missing.
        progress: told stage, done, total.
        model: a model file that is here already; else the block's own is fetched.
        via: "samples" (page by page, goes on where it stopped) or "export" (a job, one zip).

    Raises:
        SourceError, ProjectError: which call failed and what to do.
    """
    if via not in VIA:
        raise ProjectError(f"--via out of {', '.join(VIA)}", repr(via), "choose one of these")
    if via == "export" and described.sound is not None:
        raise ProjectError(
            "--via samples for sounds", "--via export", "leave it out: exports hold no features"
        )
    if model is not None and not model.exists():
        raise ProjectError("a model file", f"{model} does not exist", "check --model")
    root.mkdir(parents=True, exist_ok=True)
    remove_abandoned(root)
    if model is None:  # before the pictures: where there is no model, nothing else is worth its time
        model = _model(client, described, root, progress)
    arrive = fetch_sounds if described.sound is not None else _exported if via == "export" else _paged
    project = build_project(described, arrive(client, described, root, progress), model.resolve())
    write_folder(project, described, client.base.host)
    return project


def _model(client: Client, described: DescribedBlock, root: Path, progress: Progress) -> Path:
    """The block's Keras file, fetched unless it is here and as old as the trained model."""
    ledger, target = DownloadLedger(root), root / MODEL
    block, name = described.block.block, f"model {described.block.block.id}"
    if described.trained and ledger.complete(name, described.trained):
        return target
    progress("fetching the model", 0, 1)
    fetch_model(client, described.project_id, described.impulse_id, block, target)
    ledger.add(
        DownloadEntry(name, described.trained or "", MODEL, target.stat().st_size, file_sha256(target))
    )
    progress("fetching the model", 1, 1)
    return target


def _paged(client: Client, described: DescribedBlock, root: Path, progress: Progress) -> Arrived:
    listing = list_samples(client, described.project_id, progress)
    pictures = fetch_pictures(client, described.project_id, listing.samples, root, progress)
    paths = {name: path.relative_to(root).as_posix() for name, path in pictures.files.items()}
    paths |= {name: f"{PICTURES}/{name}" for name in pictures.failed}
    here = len(listing.samples) - pictures.fetched - len(pictures.failed)
    facts = [
        Fact("download", f"{pictures.fetched} pictures fetched, {here} were here", "read", "by samples")
    ]
    if listing.left_out:
        words = ", ".join(f"{count} {why}" for why, count in listing.left_out.items())
        facts.append(Fact("left out", f"{listing.left_out.total()} test samples", "read", words))
    notes = _size_notes(root, listing.samples, paths)
    samples: Sequence[Remote] = listing.samples
    if described.task == "classification":
        results = fetch_results(client, described.project_id, described.impulse_id)
        samples = [replace(one, metadata={**one.metadata, **results.of.get(one.id, {})}) for one in samples]
        facts.append(results.fact)
    return Arrived(root, samples, paths, pictures.failed, notes, tuple(facts))


def _exported(client: Client, described: DescribedBlock, root: Path, progress: Progress) -> Arrived:
    exported = fetch_export(client, described.project_id, root, progress)
    if not exported:
        raise SourceError(
            "test samples in the export",
            "none",
            "add some in Studio > Data acquisition > Test data, or move a part of the training data there",
        )
    paths = {one.sample.id: str(PurePosixPath(FOLDER, one.path)) for one in exported if one.is_inside}
    broken = {name: "not in the export" for name, path in paths.items() if not (root / path).is_file()}
    samples = [one.sample for one in exported if one.is_inside]
    facts = (Fact("download", f"{len(samples)} pictures", "read", "by export job, newer than the job"),)
    return Arrived(root, samples, paths, broken, {}, facts)


def _size_notes(root: Path, samples: Sequence[Remote], paths: Mapping[str, str]) -> dict[str, str]:
    """Samples whose picture has another size than its boxes were drawn on."""
    notes = {}
    for one in samples:
        if not one.boxes or one.size is None:
            continue
        try:
            size = picture_size(root / paths[one.id])
        except SampleError:
            continue  # the audit says so about the sample itself
        if size != one.size:
            drawn = f"{one.size[0]}×{one.size[1]}"
            notes[one.id] = (
                f"boxes drawn on {drawn}, the picture is {size[0]}×{size[1]}: they may be displaced"
            )
    return notes
