"""`overproof reproduce`: everything a reviewer needs, compared with the pinned verdicts, and one closing table.

What a stage finishes is kept under `.overproof/reproduce/` until the run completes, so that an interrupted run
resumes; it is bound to the source text, the budget and the seed.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from overproof import keeping, stages
from overproof.main import INTERRUPTED, complain
from overproof.output import checked_target, deliver
from overproof.showing import columns, counted, paint, table, wrapped
from overproof.stages import Outcome, Run
from overproof.verifying import checked_budget
from theorems import catalogue
from theorems.evidence import digest
from theorems.verdict import name

PARTIAL: Final = Path(".overproof") / "reproduce"


def reproduce_all(
    *, json: str | None, budget: float | None, seed: int, skip: Sequence[str] = (), jobs: int | None = None, out: Path | None = None
) -> int:
    """0 without a difference from the pins, 1 with one."""
    checked_target(json)
    checked_budget(budget)
    skipped, start = stages.checked_skips(list(skip)), time.monotonic()
    folder = PARTIAL / digest({"source": keeping.source_digest(), "budget": budget, "seed": seed})[:16]
    report = out or Path(".overproof") / "report"
    if "report" not in skipped and not stages.missing("jinja2"):
        from paper.site.build import usable

        usable(report)
    run = Run(folder, report, jobs or os.cpu_count() or 1, budget, seed)
    outcomes: dict[str, tuple[Outcome, float]] = {}
    try:
        for number, (stage, work) in enumerate(stages.STAGES.items(), 1):
            begun = time.monotonic()
            with progress(f"{number}/{len(stages.STAGES)} {stage}") as run.tell:
                folder.mkdir(parents=True, exist_ok=True)
                found = stages.left_out("asked for with --skip") if stage in skipped else work(run)
            outcomes[stage] = found, time.monotonic() - begun
    except KeyboardInterrupt:
        complain(f"interrupted after {counted(len(outcomes), 'stage')}; what is finished is kept in {folder}, run the same command to resume")
        return INTERRUPTED
    differences = [difference for outcome, _ in outcomes.values() for difference in outcome.differences]
    text = "\n".join(map(paint, [*matrices(run), *closing(run, outcomes, time.monotonic() - start)])) + "\n"
    deliver(as_json(run, outcomes, differences), json, text)
    shutil.rmtree(folder, ignore_errors=True)
    return 1 if differences else 0


def as_json(run: Run, outcomes: Mapping[str, tuple[Outcome, float]], differences: Sequence[str]) -> dict[str, Any]:
    """Stages, operators with their verdicts, claims by verdict, and every difference."""
    reports = {key: kept["report"] for key, kept in run.verified.items()}
    return {
        "stages": {stage: {"state": o.state, "summary": o.summary, "differences": list(o.differences), "seconds": round(seconds, 3)}
                   for stage, (o, seconds) in outcomes.items()},
        "claims": {label: name(row.verdict) for label, row in run.rows.items()}, "operators": reports,
        "unexpected": stages.surprises(catalogue.operators(), reports) if reports else [], "differences": list(differences),
    }


def matrices(run: Run) -> list[str]:
    """Operators x properties: under each operator one row per verdict, method and scope, with the properties that have it."""
    reports = {key: kept["report"] for key, kept in run.verified.items()}
    blocks = {key: grouped(report) for key, report in reports.items()}
    head = [("verdict", "method", "scope", "properties")]
    sizes = columns([row for rows in (head, *blocks.values()) for row in rows], (12, 10, 16))
    lines = table(head, sizes)
    for key, rows in blocks.items():
        operator = reports[key]["operator"]
        title = f"{key}: {operator['expression']} for T in {':'.join(operator['domain'])}, legal: {reports[key]['legal']}"
        lines += ["", *wrapped(title, later="    "), *table(rows, sizes)]
    return [*lines, ""]


def grouped(report: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Verdict, method and scope, each with the labels that share them, in the order of the report."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for label, finding in report["verdicts"].items():
        groups.setdefault((finding["verdict"], finding["method"], finding["scope"]), []).append(label)
    return [(*group, " ".join(labels)) for group, labels in groups.items()]


def closing(run: Run, outcomes: Mapping[str, tuple[Outcome, float]], seconds: float) -> list[str]:
    """One row a stage; claims by verdict; every difference; the time."""
    rows = [("stage", "time", "differences", "what")]
    for stage, (outcome, spent) in outcomes.items():
        state = str(len(outcome.differences)) if outcome.state == "done" else outcome.state
        rows.append((stage, f"{spent:.0f} s", state, outcome.summary))
    lines = table(rows, columns(rows, (14, 8, 12)))
    count = Counter(name(row.verdict) for row in run.rows.values())
    differences = [difference for outcome, _ in outcomes.values() for difference in outcome.differences]
    lines += ["", *wrapped("claims by verdict: " + (", ".join(f"{number} {word}" for word, number in count.most_common()) or "none"), later="    ")]
    for difference in differences:
        lines += wrapped(f"unexpected: {difference}", later="    ")
    return [*lines, f"{counted(len(differences), 'difference')} from the pins, {seconds / 60:.1f} minutes"]


@contextmanager
def progress(stage: str) -> Iterator[Any]:
    """A line that is written over on a terminal, plain lines elsewhere; both on standard error."""
    terminal = sys.stderr.isatty()

    def tell(what: str, done: int, total: int) -> None:
        count = f"[{done}/{total}] " if done else ""
        line = f"{stage}: {count}{what}"
        print(f"{line[:78]:<78}" if terminal else line, end="\r" if terminal else "\n", file=sys.stderr, flush=True)

    tell("begun", 0, 0)
    yield tell
    if terminal:
        print(" " * 78, end="\r", file=sys.stderr, flush=True)
