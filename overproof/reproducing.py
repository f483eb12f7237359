"""`overproof reproduce`: every shipped operator and rogue against its pinned verdicts.

Finished operators are kept under `.overproof/reproduce/` until a run completes, so that an interrupted run
resumes; they are bound to the source text, the budget and the seed.
"""

from __future__ import annotations

import hashlib
import json as jsons
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numerics
import theorems
from overproof import making
from overproof.main import INTERRUPTED, complain
from overproof.output import checked_target, deliver, write
from overproof.showing import columns, counted, paint, table, wrapped
from overproof.verifying import checked_budget
from theorems import catalogue
from theorems.evidence import digest
from theorems.operator import Operator

PARTIAL: Final = Path(".overproof") / "reproduce"


def reproduce_all(*, json: str | None, budget: float | None, seed: int) -> int:
    checked_target(json)
    checked_budget(budget)
    operators = catalogue.operators()
    run = digest({"source": source_digest(), "budget": budget, "seed": seed})[:16]
    reports: dict[str, dict[str, Any]] = {}
    try:
        with progress(len(operators)) as tell:
            for key, operator in operators.items():
                reports[key] = resumed(PARTIAL / run / f"{operator.digest()[:16]}.json", operator, budget=budget, seed=seed)
                tell(f"{key}: legal {reports[key]['legal']} ({reports[key]['seconds']:.2f} s)")
    except KeyboardInterrupt:
        complain(f"interrupted; {len(reports)} of {len(operators)} operators are kept in {PARTIAL / run}, run the same command to resume")
        return INTERRUPTED
    unexpected = surprises(operators, reports)
    deliver({"operators": reports, "unexpected": unexpected}, json, show(reports, unexpected))
    for path in (PARTIAL / run).glob("*.json"):
        path.unlink()
    return 1 if unexpected else 0


def resumed(path: Path, operator: Operator, *, budget: float | None, seed: int) -> dict[str, Any]:
    """The operator's report, from `path` where an earlier run left it whole."""
    try:
        kept: dict[str, Any] = jsons.loads(path.read_text(encoding="utf-8"))
        return kept
    except (OSError, ValueError):
        report = making.verify(operator, budget=budget, seed=seed).to_json()
        write(path, jsons.dumps(report))
        return report


def source_digest() -> str:
    """sha256 over every Python file of the rooms that decide."""
    total = hashlib.sha256()
    for room in (theorems, numerics):
        for path in sorted(Path(str(room.__file__)).parent.rglob("*.py")):
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def surprises(operators: Mapping[str, Operator], reports: Mapping[str, dict[str, Any]]) -> list[dict[str, str]]:
    """Every verdict that is not the pinned one ("proved" where nothing is pinned), and every pin without a verdict."""
    found = []
    for key, operator in operators.items():
        verdicts = {label: finding["verdict"] for label, finding in reports[key]["verdicts"].items()}
        for label in {**verdicts, **operator.expected}:
            expected, verdict = operator.expected.get(label, "proved"), verdicts.get(label, "missing")
            if verdict != expected:
                found.append({"operator": key, "label": label, "expected": expected, "verdict": verdict})
    return found


def show(reports: Mapping[str, dict[str, Any]], unexpected: list[dict[str, str]]) -> str:
    """Operators x properties: under each operator one row per verdict, method and scope, with the properties that have it."""
    blocks = {key: grouped(report) for key, report in reports.items()}
    head = [("verdict", "method", "scope", "properties")]
    sizes = columns([row for rows in (head, *blocks.values()) for row in rows], (12, 10, 16))
    lines = table(head, sizes)
    for key, rows in blocks.items():
        operator = reports[key]["operator"]
        title = f"{key}: {operator['expression']} for T in {':'.join(operator['domain'])}, legal: {reports[key]['legal']}"
        lines += ["", *wrapped(title, later="    "), *table(rows, sizes)]
    count = sum(len(report["verdicts"]) for report in reports.values())
    lines += ["", f"{counted(len(reports), 'operator')}, {counted(count, 'verdict')}, {len(unexpected)} not as pinned"]
    for u in unexpected:
        lines += wrapped(f"unexpected: {u['operator']} {u['label']} came out {u['verdict']}, pinned {u['expected']}", later="    ")
    return "\n".join(map(paint, lines)) + "\n"


def grouped(report: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Verdict, method and scope, each with the labels that share them, in the order of the report."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for label, finding in report["verdicts"].items():
        groups.setdefault((finding["verdict"], finding["method"], finding["scope"]), []).append(label)
    return [(*group, " ".join(labels)) for group, labels in groups.items()]


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, plain lines elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        done = iter(range(1, total + 1))
        yield lambda message: print(f"[{next(done)}/{total}] {message}", file=sys.stderr, flush=True)
        return
    from rich.console import Console
    from rich.progress import Progress

    # Without its refreshing thread: deciders fork.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("verifying", total=total)
        bar.refresh()

        def tell(message: str) -> None:
            bar.update(task, advance=1, description=message, refresh=True)

        yield tell
