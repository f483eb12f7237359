"""`overproof train`: real training runs, a record for each shard, and what the judge makes of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from numerics.judge import Judgement, judge, surprises
from overproof.main import INTERRUPTED, complain
from overproof.showing import columns, counted, paint, table, wrapped
from theorems.chapters import entries
from theorems.errors import OverproofError
from theorems.verdict import name


def train_experiments(
    experiments: Sequence[str], *, profile: str, device: str, scheduler: str | None, data: Path | None, out: Path, workers: int | None
) -> int:
    """0 when the judge finds what the theory says, 1 when it does not; `OverproofError` before anything is written."""
    try:
        from gpu_validation import train
    except ModuleNotFoundError as error:
        raise OverproofError(f"training needs {error.name}, which is not installed; install overproof[train]") from error
    sweep = train.plan(experiments, profile=profile, device=device, out=out, scheduler=scheduler, data=data)
    done = len(sweep.finished)
    try:
        with progress(sweep.total, done) as tell:

            def step(now: train.Progress) -> None:
                nonlocal done
                done = now.done
                shard = f"{now.record.experiment}/{now.record.config['shard']['name']}"
                for note in now.record.measurements["timing"]["notes"]:
                    complain(f"{shard}: {note}")
                tell(now.done, f"{shard}, {now.students_per_second:.3g} students/s")

            records = train.execute(sweep, scheduler=scheduler, workers=workers, progress=step)
    except KeyboardInterrupt:
        complain(f"interrupted; {done} of {sweep.total} records are kept in {out}, run the same command to resume")
        return INTERRUPTED
    judgements = judge(records, claims={label: entry.claim.digest for label, entry in entries().items()})
    sys.stdout.write(show(judgements, f"{counted(len(records), 'record')} in {out}, {len(sweep.finished)} of them from an earlier run"))
    return 1 if surprises(judgements) else 0


def show(judgements: Sequence[Judgement], where: str) -> str:
    """The table of verdicts, each with its reason, and what differs from the theory."""
    rows = [("claim", "verdict", "scope")]
    rows += [(j.label, name(j.evidence.verdict) + ("" if j.as_expected else " (unexpected)"), j.evidence.scope) for j in judgements]
    notes = ["", *(str(getattr(j.evidence.verdict, "reason", "")) for j in judgements)]
    odd = surprises(judgements)
    end = f"{counted(len(odd), 'claim')} not as the theory says: {', '.join(j.label for j in odd)}" if odd else "every verdict is as the theory says"
    lines = [*table(rows, columns(rows, (28, 24)), notes), "", *wrapped(f"{where}; {end}")]
    return "\n".join(paint(line) for line in lines) + "\n"


@contextmanager
def progress(total: int, start: int) -> Iterator[Callable[[int, str], None]]:
    """A bar with students per second on a terminal's standard error; a plain line for each record elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, text: print(f"[{done}/{total}] {text}", file=sys.stderr, flush=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("training", total=total, completed=start)
        yield lambda done, text: bar.update(task, completed=done, description=text)
