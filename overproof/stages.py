"""The stages of `overproof reproduce`: each does real work, and returns what it found and every difference from the pins.

A stage keeps what it finishes under the run's folder, so that an interrupted run resumes; nothing is taken from the
kept results of other commands.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, final

from overproof import gathering, keeping
from overproof.registered import recorded
from overproof.showing import counted
from theorems import catalogue
from theorems.errors import InconsistentEvidence, OverproofError, StaleCertificate
from theorems.evidence import PROVING, Evidence, Record
from theorems.operator import Operator
from theorems.verdict import name

#: Drawn cases that try to break each claim.
CASES: Final = 40
#: Seconds for an operator that the usual budget left undecided.
PATIENCE: Final = 120.0
TRAINED: Final = Path(".overproof") / "records"


@final
@dataclass
class Run:
    """One reproduction: its options, what its stages found, and whom to tell."""

    folder: Path
    report: Path
    jobs: int = 1
    budget: float | None = None
    seed: int = 0
    tell: Callable[[str, int, int], None] = lambda what, done, total: None
    rows: Mapping[str, Any] = field(default_factory=dict)
    verified: Mapping[str, Any] = field(default_factory=dict)
    trained: tuple[Record, ...] = ()
    material: Any = None


@final
@dataclass(frozen=True)
class Outcome:
    """`state` is done or left out; `summary` says what was done, or why not; `differences` should be empty."""

    state: str
    summary: str
    differences: tuple[str, ...] = ()


def done(summary: str, differences: list[str] | None = None) -> Outcome:
    return Outcome("done", summary, tuple(differences or ()))


def left_out(reason: str) -> Outcome:
    return Outcome("left out", reason)


def claims(run: Run) -> Outcome:
    """Every derivation replayed and every claim attacked by sampling."""
    try:
        run.rows = keeping.rows(cases=CASES, jobs=run.jobs, folder=run.folder / "claims", told=run.tell)
    except InconsistentEvidence as fault:
        return done("stopped at a contradiction", [str(fault)])
    differences = [f"{label} came out {name(row.verdict)}, pinned {row.claim.expected}"
                   for label, row in run.rows.items() if name(row.verdict) != row.claim.expected]
    differences += [difference for label, row in run.rows.items() for difference in lost(label, row.evidence)]
    attacked = sum(any(e.method == "sampling" for e in row.evidence) for row in run.rows.values())
    return done(f"{counted(len(run.rows), 'claim')} examined, {attacked} of them attacked by sampling", differences)


def lost(label: str, found: Sequence[Evidence]) -> list[str]:
    """Recorded evidence that decides the claim and did not come out again, whatever else decides it."""
    listed = recorded().rows.get(label)
    came = {(e.method, name(e.verdict)) for e in found}
    return [f"{label} was {name(e.verdict)} by {e.method} evidence, which did not come out again"
            for e in (listed.evidence if listed else ()) if e.method in PROVING and (e.method, name(e.verdict)) not in came]


def operators(run: Run) -> Outcome:
    """Every shipped operator and rogue against its pins."""
    known = catalogue.operators()
    names = iter(range(1, len(known) + 1))
    folder = run.folder / "operators"
    run.verified = gathering.verified(lambda key: run.tell(key, next(names), len(known)), folder=folder, budget=run.budget, seed=run.seed)
    if run.budget is None:
        _look_again(run, known, folder)
    reports = {key: kept["report"] for key, kept in run.verified.items()}
    differences = [f"{d['operator']} {d['label']} came out {d['verdict']}, pinned {d['expected']}" for d in surprises(known, reports)]
    count = sum(len(report["verdicts"]) for report in reports.values())
    return done(f"{counted(len(reports), 'operator')}, {counted(count, 'verdict')}", differences)


def _look_again(run: Run, known: Mapping[str, Operator], folder: Path) -> None:
    """A verdict that a busy machine left undecided is looked for once more, with time; any other difference stands."""
    short = {d["operator"] for d in surprises(known, {key: kept["report"] for key, kept in run.verified.items()}) if d["verdict"] == "undecided"}
    if short:
        again = gathering.verified(folder=folder, budget=PATIENCE, seed=run.seed, names=short)
        run.verified = {**run.verified, **again}


def surprises(known: Mapping[str, Operator], reports: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """Every verdict that is not the pinned one ("proved" where nothing is pinned), and every pin without a verdict."""
    found = []
    for key, operator in known.items():
        verdicts = {label: finding["verdict"] for label, finding in reports[key]["verdicts"].items()}
        for label in {**verdicts, **operator.expected}:
            expected, verdict = operator.expected.get(label, "proved"), verdicts.get(label, "missing")
            if verdict != expected:
                found.append({"operator": key, "label": label, "expected": expected, "verdict": verdict})
    return found


def certificates(run: Run) -> Outcome:
    """Every certificate replayed by the checker alone, and the recorded Coq evidence against its sources."""
    from numerics.checker import check_file

    differences, count = [], 0
    for key, kept in run.verified.items():
        for label, several in kept["certificates"].items():
            path = run.folder / "certificates.json"
            path.write_text(json.dumps(several), encoding="utf-8")
            wanted = kept["report"]["verdicts"][label]["verdict"]
            for checked in check_file(path):
                count += 1
                if name(checked.verdict) not in ({wanted} & {"proved", "refuted"} or {"proved", "refuted"}):
                    differences.append(f"a certificate of {label} for {key} replays as {name(checked.verdict)}, not {wanted}")
    try:
        from theorems.formal.recorded import load

        theorems = len(load().theorems)
    except StaleCertificate as fault:
        differences.append(str(fault))
        theorems = 0
    return done(f"{counted(count, 'certificate')} replayed, {counted(theorems, 'Coq theorem')} as recorded", differences)


def records(run: Run) -> Outcome:
    """The records that travel with the package, judged again."""
    found = gathering.records()
    return done(f"{counted(len(found), 'record')} judged on {counted(len(judgements := gathering.judged(found)), 'label')}", odd(judgements))


def odd(judgements: Mapping[str, Any]) -> list[str]:
    return [f"{label} came out {name(j.evidence.verdict)} when measured" for label, j in judgements.items() if not j.as_expected]


def train(run: Run) -> Outcome:
    """The quick profile, on real data, and what the judge makes of it."""
    for needed in ("torch", "sklearn"):
        if importlib.util.find_spec(needed) is None:
            return left_out(f"{needed} is not installed; install overproof[train]")
    from gpu_validation import train as training

    sweep = training.plan([], profile="quick", device="auto", out=TRAINED)

    def step(now: Any) -> None:
        run.tell(f"{now.record.experiment}/{now.record.config['shard']['name']}", now.done, sweep.total)

    run.trained = tuple(training.execute(sweep, workers=run.jobs, progress=step))
    old = len(sweep.finished)
    return done(f"{counted(len(run.trained), 'record')} in {TRAINED}, {old} from an earlier run, judged", odd(gathering.judged(run.trained)))


def figures(run: Run) -> Outcome:
    """Every figure brought up to date."""
    if reason := missing("matplotlib"):
        return left_out(reason)
    from paper.gallery import draw_all
    from paper.gallery import figures as known

    folder, found = gathering.workshop() / "generated" / "figures", []
    reports = {key: kept["report"] for key, kept in run.verified.items()}
    for drawn in draw_all(folder, gathering.records(), lambda: reports):
        found.append(drawn)
        run.tell(drawn.name, len(found), len(known()))
    skipped = [f"the figure {drawn.name} was left out: {drawn.reason}" for drawn in found if drawn.state == "skipped"]
    return done(f"{counted(len(found) - len(skipped), 'figure')} in {folder}", skipped)


def missing(*needed: str) -> str:
    """Which of the packages of overproof[paper] is not there, or ""."""
    absent = [package for package in needed if importlib.util.find_spec(package) is None]
    return f"{absent[0]} is not installed; install overproof[paper]" if absent else ""


def shown(run: Run) -> Any:
    """What paper and report show, gathered once."""
    from overproof.reporting import gather

    if run.material is None:
        run.material = gather(run.rows, gathering.records(), run.verified, lambda text: None, replayed=True)
    return run.material


def paper(run: Run) -> Outcome:
    """The PDF where LaTeX is; labels and typed numbers are checked in any case."""
    if reason := missing("matplotlib", "jinja2") or ("" if run.rows else "there is no ledger to show"):
        return left_out(reason)
    from overproof.printing import write_sources
    from paper.build import has_latex, latexmk, undefined, without_latex

    try:
        folder = write_sources(shown(run))
        if not has_latex():
            return left_out(without_latex(folder))
        return done(f"the paper lies in {latexmk(folder)}", undefined(folder))
    except OverproofError as fault:
        return done("no paper", [str(fault)])


def report(run: Run) -> Outcome:
    """The static site, with the machine-readable ledger in it."""
    if reason := missing("jinja2") or ("" if run.rows else "there is no ledger to show"):
        return left_out(reason)
    from paper.site.build import build

    page = build(shown(run), run.report, lambda label: run.tell(label, 0, len(run.rows)))
    return done(f"the report lies in {page}, the ledger beside it in ledger.json")


#: In this order.
STAGES: Final[Mapping[str, Callable[[Run], Outcome]]] = {
    "claims": claims, "operators": operators, "certificates": certificates, "records": records, "train": train, "figures": figures, "paper": paper,
    "report": report,
}
SKIPPABLE: Final = ("train", "figures", "paper", "report")


def checked_skips(skipped: list[str]) -> frozenset[str]:
    """The stages to skip; what decides cannot be skipped."""
    for stage in skipped:
        if stage not in SKIPPABLE:
            raise OverproofError(f"--skip {stage} is not possible; choose from {', '.join(SKIPPABLE)}")
    return frozenset(skipped)
