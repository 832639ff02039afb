"""Jobs with a small script in place of the audit: state on disk, nothing lost, nothing started twice."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest

from gradcam_core.base.jobs import JOB, Job, alive, load
from gradcam_core.base.turns import PLACES
from ui import jobs
from ui.jobs import follow
from ui.jobs.start import SECRETS

FAKE = """
import json, os, sys, time
kind = sys.argv[-1]
if "--progress" in sys.argv:
    with open(sys.argv[sys.argv.index("--progress") + 1], "w") as file:
        json.dump({"stage": "maps", "done": 3, "total": 9, "rate": 1.5, "seconds_left": 4.0}, file)
if kind == "good":
    print("noise"); print(json.dumps({"run": "/runs/pets-1", "samples": 9, "key": "K" in os.environ,
                                        "roots": os.environ["GRADCAM_ROOTS"]}))
if kind == "bad":
    sys.stderr.write("noise\\nexpected a folder with pictures; found 'x'; to do: choose another\\n")
    sys.exit(2)
if kind == "crash":
    raise KeyError("activation")
if kind == "slow":
    time.sleep(60)
"""


Start = Callable[..., Job]


@pytest.fixture()
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    script = tmp_path / "fake.py"
    script.write_text(FAKE)
    yield partial(jobs.start, program=[sys.executable, str(script)])
    for job in jobs.list_jobs():
        jobs.cancel(job)


def ended(job: Job) -> Job:
    return until(job, lambda now: now.state in jobs.ENDED)


def until(job: Job, true: Callable[[Job], bool]) -> Job:
    for _ in range(600):
        now = jobs.get_job(job.id)
        assert now is not None
        if true(now):
            return now
        time.sleep(0.05)
    raise AssertionError(f"still {now.state}")


def test_a_job_sees_what_the_pages_may_show(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ended(start("audit", "good", {})).result
    assert first is not None
    assert first["roots"].split(os.pathsep) == [str(Path.cwd()), str(tmp_path)]
    monkeypatch.setenv("GRADCAM_ROOTS", str(tmp_path / "only"))
    second = ended(start("audit", "good", {"layer": "x"})).result
    assert second is not None
    assert second["roots"].split(os.pathsep)[0] == str(tmp_path / "only")
    assert str(Path.cwd()) not in second["roots"].split(os.pathsep)


def test_a_job_that_is_done_names_its_run(start: Start) -> None:
    job = ended(start("audit", "good", {}, {"K": "secret-value"}))
    assert (job.state, job.run_id, job.code) == ("done", "pets-1", 0)
    assert job.result is not None
    assert job.result["key"], "the secret reaches the command"
    assert job.progress == jobs.JobProgress("maps", 3, 9, 1.5, 4.0)
    written = b"".join(path.read_bytes() for path in job.folder.iterdir())
    assert b"secret-value" not in written


def test_bad_input_ends_failed_with_the_last_line(start: Start) -> None:
    job = ended(start("inspect", "bad", {}))
    assert (job.state, job.code, job.result) == ("failed", 2, None)
    assert job.error.startswith("expected a folder with pictures; found")


def test_a_crash_is_not_blamed_on_the_input(start: Start) -> None:
    job = ended(start("audit", "crash", {}))
    assert job.error == "The program failed on its own account: KeyError: 'activation'"
    assert "Traceback" in job.log


def test_a_command_that_is_not_there_fails_with_its_name(start: Start) -> None:
    job = ended(start("inspect", "x", {}, program=["/no/such/program"]))
    assert job.state == "failed"
    assert "/no/such/program cannot be started" in job.error


def test_an_identical_running_job_is_not_started_again(start: Start) -> None:
    first = start("audit", "slow", {})
    assert start("audit", "slow", {}).id == first.id
    assert start("audit", "slow", {"layer": "x"}).id != first.id
    assert [job.state for job in jobs.list_jobs("audit")] == ["queued", "running"]
    assert jobs.list_jobs("inspect") == []


def test_long_work_takes_turns_in_the_order_in_which_it_was_started(start: Start) -> None:
    first = until(start("audit", "slow", {}), lambda now: now.progress is not None)
    second, third = start("findings", "good", {}), start("audit", "good", {})
    assert [(job.state, job.before) for job in jobs.list_jobs()] == [
        *(("queued", 2), ("queued", 1), ("running", 0))
    ]
    assert ended(start("inspect", "good", {})).state == "done", "a look waits for nobody"
    jobs.cancel(third)
    jobs.cancel(first)
    assert [ended(job).state for job in (first, second, third)] == ["cancelled", "done", "cancelled"]
    assert not (third.folder / "stdout").exists(), "what waited was never started"


def test_several_run_at_once_where_it_is_asked_for(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACES, "2")
    slow = until(start("audit", "slow", {}), lambda now: now.progress is not None)
    assert ended(start("audit", "good", {})).state == "done"
    assert jobs.get_job(slow.id) is not None and slow.going


def test_cancel_ends_the_command_itself(start: Start) -> None:
    job = until(start("audit", "slow", {}), lambda now: now.progress is not None)
    (child,) = psutil.Process(job.pid).children()
    jobs.cancel(job)
    assert ended(job).state == "cancelled"
    child.wait(10)
    assert start("audit", "slow", {}).id != job.id, "a cancelled one is no reason to wait"


def test_a_killed_process_is_seen(start: Start) -> None:
    job = until(start("audit", "slow", {}), lambda now: now.progress is not None)
    group = [*psutil.Process(job.pid).children(), psutil.Process(job.pid)]
    for process in reversed(group):
        process.kill()
    job = ended(job)
    assert job.state == "vanished"
    assert "without a word" in job.error


def test_memory_trouble_is_said(start: Start) -> None:
    job = until(start("audit", "slow", {}), lambda now: now.progress is not None)
    psutil.Process(job.pid).children()[0].kill()
    assert "memory ran out" in ended(job).error


def test_a_pid_given_to_another_process_does_not_count() -> None:
    own = psutil.Process(os.getpid())
    assert alive(own.pid, own.create_time())
    assert not alive(own.pid, own.create_time() - 100)


def test_a_job_runs_in_its_own_session(start: Start) -> None:
    job = start("audit", "slow", {})
    assert os.getsid(job.pid) == job.pid != os.getsid(0)


def test_forget_removes_only_what_has_ended(start: Start) -> None:
    slow, good = start("inspect", "slow", {}), ended(start("audit", "good", {}))
    jobs.forget(slow)
    jobs.forget(good)
    assert [job.id for job in jobs.list_jobs()] == [slow.id]


@pytest.mark.parametrize("job_id", ["", "..", "../runs", "none", "a/b"])
def test_an_id_out_of_the_address_line_never_leaves_the_folder(
    start: Start, tmp_path: Path, job_id: str
) -> None:
    (tmp_path / JOB).write_text(json.dumps({"kind": "audit"}))
    assert jobs.get_job(job_id) is None


def test_half_a_job_file_is_no_job(tmp_path: Path) -> None:
    (tmp_path / JOB).write_text('{"kind": "au')
    assert load(tmp_path) is None


def test_options_become_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", "/data")
    options = {"model": "-m.h5", "trust-code": True, "layer": None, "labels": "", "engine": False}
    assert jobs.command("audit", "-p", options, ["prog"]) == [
        *["prog", "audit", "--model=-m.h5", "--trust-code"],
        *["--runs", "/data/runs", "--json", "--", "-p"],
    ]
    assert jobs.command("inspect", "p", {}, ["prog"]) == ["prog", "inspect", "--json", "--", "p"]


def test_the_choices_of_a_job_can_be_read_again(start: Start) -> None:
    job = ended(start("inspect", "good", {"layer": "conv", "trust-code": True, "model": ""}))
    assert job.options == {"layer": "conv", "trust-code": True}


def test_the_search_follows_an_audit_with_nobody_looking(start: Start) -> None:
    asked = {"edits": True, "budget": "200"}
    job = ended(start("audit", "good", {}, {"K": "secret-value"}, then=asked))
    found = until_one("findings")
    assert job.searched and found.project == "/runs/pets-1"
    assert found.options == {"edits": True, "budget": "200"}
    assert not ended(start("audit", "good", {"explain": "true"})).searched


def test_no_search_follows_an_audit_that_failed(start: Start) -> None:
    ended(start("audit", "bad", {}, then={"edits": True}))
    time.sleep(0.2)
    assert jobs.list_jobs("findings") == []


def until_one(kind: str) -> Job:
    for _ in range(400):
        if found := jobs.list_jobs(kind):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"no job of kind {kind}")


def test_the_search_does_not_get_the_secrets_of_the_audit(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ended(start("audit", "good", {}, then={"edits": True}))
    seen: list[str | None] = []
    monkeypatch.setenv("K", "secret-value")
    monkeypatch.setenv(SECRETS, "K")
    monkeypatch.setattr(follow, "start", lambda *_, **__: seen.append(os.environ.get("K")))
    follow.follow(job.folder)
    assert seen == [None]
