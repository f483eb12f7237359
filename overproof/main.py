"""The command line: names, options and exit statuses.  Everything heavy is imported inside a command.

Exit statuses: 0 as claimed, 1 refuted or rejected, 3 neither, 2 misuse (one line on standard error),
130 interrupted, 70 a fault of overproof itself.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from gpu_validation.names import experiment_names

MISUSE: Final = 2
INTERNAL: Final = 70
INTERRUPTED: Final = 130

#: What the machine refuses that a user can mend: no room, no permission.
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS)
#: The base of every usage error; typer carries its own copy of click.
_UsageError: Final = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")

app = typer.Typer(
    name="overproof", add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Machine-checked theory of knowledge distillation.", context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[str | None, typer.Option("--json", metavar="FILE", help="Write JSON there; - writes it alone to standard output.")]
Budget = Annotated[float | None, typer.Option(metavar="SECONDS", help="Stop after so much processor time; what is open then stays undecided.")]
Seed = Annotated[int, typer.Option(metavar="N", min=0, help="Seed of every random choice.")]
Jobs = Annotated[int | None, typer.Option("--jobs", metavar="N", min=1, help="Processes; one per core if not given.")]


def _version(wanted: bool) -> None:
    if wanted:
        from overproof import __version__

        typer.echo(f"overproof {__version__}")
        raise typer.Exit


@app.callback()
def overproof(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Machine-checked theory of knowledge distillation."""


@app.command()
def verify(
    candidate: Annotated[str, typer.Argument(metavar="CANDIDATE", help="A shipped name, a weight, generator:EXPR, or FILE.py[:NAME].")],
    domain: Annotated[str | None, typer.Option(metavar="LOW:HIGH", help="Temperatures, e.g. 0:inf, 1:inf or 1/2:8.")] = None,
    json: Json = None,
    certificates: Annotated[Path | None, typer.Option(metavar="DIR", help="Write every certificate there.")] = None,
    budget: Budget = None,
    seed: Seed = 0,
) -> None:
    """The verdict on every axiom and property of CANDIDATE, with evidence.

    Exit status: 0 every required axiom is proved, 1 one is refuted, 3 none is refuted but one is not proved, 2 misuse.
    """
    from overproof.verifying import verify_candidate

    raise typer.Exit(verify_candidate(candidate, domain=domain, json=json, certificates=certificates, budget=budget, seed=seed))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Certificates that verify --certificates wrote.")],
    json: Json = None,
) -> None:
    """Replay certificates with nothing but the checker.  Exit status: 0 all hold, 1 one does not, 2 misuse."""
    from overproof.checking import check_files

    raise typer.Exit(check_files(files, json=json))


@app.command()
def claims(
    labels: Annotated[list[str] | None, typer.Argument(metavar="[LABEL...]", help="Labels, or chapters such as op: (all if none).")] = None,
    source: Annotated[str | None, typer.Option(metavar="KEY", help="Only claims of this source, e.g. SKD.")] = None,
    chapter: Annotated[str | None, typer.Option(metavar="NAME", help="Only claims of this chapter, e.g. bv.")] = None,
    verdict: Annotated[str | None, typer.Option(metavar="NAME", help="Only claims with this verdict, e.g. refuted.")] = None,
    trust: Annotated[bool, typer.Option("--trust", help="What each verdict rests on in the end, and how many claims rest on it.")] = False,
    uniform: Annotated[bool, typer.Option("--uniform", help="Which axioms each claim uses, and for which operators it holds.")] = False,
    crosswalk: Annotated[bool, typer.Option("--crosswalk", help="What each source asserts, and the verdicts on its claims.")] = False,
    at: Annotated[str | None, typer.Option("--at", metavar="NAME=NUMBER,...", help="The closed forms of one claim at these numbers.")] = None,
    json: Json = None,
) -> None:
    """The ledger: every claim with source, verdict and trust list.  Exit status: 0 all as expected, 1 one is not."""
    views = [flag for flag, wanted in (("--crosswalk", crosswalk), ("--trust", trust), ("--uniform", uniform), ("--at", at is not None)) if wanted]
    if len(views) > 1:
        raise typer.BadParameter(f"{' and '.join(views)} are different views; choose one")
    if at is not None:
        if source or chapter or verdict:
            raise typer.BadParameter("--at works out one claim; leave out --source, --chapter and --verdict")
        from overproof.evaluating import evaluate

        raise typer.Exit(evaluate(labels or [], at=at, json=json))
    if crosswalk and (labels or chapter or verdict):
        raise typer.BadParameter("--crosswalk covers whole sources; leave out labels, --chapter and --verdict, or choose with --source")
    if crosswalk:
        from overproof.crossing import crosswalk as cross

        raise typer.Exit(cross(source=source, json=json))
    if trust or uniform:
        from overproof.resting import show_trust, show_uniform

        raise typer.Exit((show_trust if trust else show_uniform)(labels or [], source=source, chapter=chapter, verdict=verdict, json=json))
    from overproof.claiming import list_claims

    raise typer.Exit(list_claims(labels or [], source=source, chapter=chapter, verdict=verdict, json=json))


@app.command()
def prove(
    labels: Annotated[list[str] | None, typer.Argument(metavar="[LABEL...]", help="Labels, or chapters such as op: (all if none).")] = None,
    latex: Annotated[bool, typer.Option("--latex", help="Show propositions in LaTeX.")] = False,
    record: Annotated[bool, typer.Option("--record", help="Write the evidence down: of these labels, and of all that is missing or stale.")] = False,
    json: Json = None,
) -> None:
    """Replay derivations step by step.  Exit status: 0 all as expected, 1 one is not."""
    if record:
        from overproof.recording import record_claims

        raise typer.Exit(record_claims(labels or [], json=json))
    from overproof.proving import replay

    raise typer.Exit(replay(labels or [], latex=latex, json=json))


@app.command()
def reproduce(
    json: Json = None,
    budget: Budget = None,
    seed: Seed = 0,
    skip: Annotated[list[str] | None, typer.Option("--skip", metavar="STAGE", help="Leave out train, figures, paper or report.")] = None,
    jobs: Jobs = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the report goes (.overproof/report).")] = None,
) -> None:
    """Everything a reviewer needs, compared with the pinned verdicts.

    Prove and attack all claims, verify all operators, replay certificates, judge records, train the quick profile, draw
    figures, write the report, and print one closing table.  Exit status: 0 without differences, 1 with one.
    """
    from overproof.reproducing import reproduce_all

    raise typer.Exit(reproduce_all(json=json, budget=budget, seed=seed, skip=skip or [], jobs=jobs, out=out))


EVERY: Final = f"All if none is named: {', '.join(experiment_names())}."
Experiments = Annotated[list[str] | None, typer.Argument(metavar="[EXPERIMENT...]", help=EVERY)]


@app.command()
def train(
    experiments: Experiments = None,
    profile: Annotated[str, typer.Option(metavar="NAME", help="quick (minutes on two cores) or full (a large GPU).")] = "quick",
    device: Annotated[str, typer.Option(metavar="NAME", help="auto, cpu, cuda or cuda:N.")] = "auto",
    scheduler: Annotated[str | None, typer.Option(metavar="ADDRESS", help="A running Dask scheduler to hand the work to.")] = None,
    data: Annotated[Path | None, typer.Option(metavar="DIR", help="Train on the MNIST or CIFAR-10 files in this folder.")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where records go, and are resumed from.")] = Path(".overproof") / "records",
    workers: Annotated[int | None, typer.Option(metavar="N", min=1, help="Local processes; one per core if not given.")] = None,
) -> None:
    """Train real teachers and sparse students, write a record for each shard, and judge what was measured.

    Exit status: 0 every verdict is as the theory says, 1 one is not.
    """
    from overproof.training import train_experiments

    chosen = experiments or []
    raise typer.Exit(train_experiments(chosen, profile=profile, device=device, scheduler=scheduler, data=data, out=out, workers=workers))


Records = Annotated[list[Path] | None, typer.Option("--records", metavar="DIR", help="More records, above those that are shipped.")]


@app.command()
def figures(
    names: Annotated[list[str] | None, typer.Argument(metavar="[FIGURE...]", help="Which figures; all if none is named.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the figures go.")] = None,
    records: Records = None,
    force: Annotated[bool, typer.Option("--force", help="Draw unchanged figures too.")] = False,
) -> None:
    """Draw the figures of the paper from evidence and records, as PDF and SVG; unchanged ones are kept.

    Exit status: 0 all are up to date, 1 one was left out for want of a record.
    """
    from overproof.drawing import draw_figures

    raise typer.Exit(draw_figures(names or [], out=out, data=records or [], force=force))


@app.command()
def paper(records: Records = None, jobs: Jobs = None) -> None:
    """Build the paper: every number, verdict, statement and table in it is generated.

    Exit status: 0 with a PDF, 3 where LaTeX is not installed; then sources and figures are left.
    """
    from overproof.printing import print_paper

    raise typer.Exit(print_paper(data=records or [], jobs=jobs))


@app.command()
def report(
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the report goes (.overproof/report).")] = None,
    records: Records = None,
    jobs: Jobs = None,
) -> None:
    """Write the report: a static site with every claim, its derivation and evidence, that opens from disk.

    Exit status: 0 every claim came out as expected, 1 one did not.
    """
    from overproof.reporting import write_report

    raise typer.Exit(write_report(out=out, data=records or [], jobs=jobs))


def complain(message: str) -> None:
    """One line on standard error; a place in a formula follows as the text and a caret."""
    print(f"overproof: {message}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    try:
        status = app(args=None if arguments is None else list(arguments), prog_name="overproof", standalone_mode=False)
        sys.stdout.flush()
        return int(status or 0)
    except _UsageError as error:
        complain(_usage(error))
        return MISUSE
    except (KeyboardInterrupt, typer.Abort):
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _fault(error)


def _usage(error: Exception) -> str:
    """What a usage error says, on one line, and where to read on."""
    said = " ".join(getattr(error, "format_message", lambda: str(error))().split()).rstrip(".")
    path = getattr(getattr(error, "ctx", None), "command_path", None) or "overproof"
    option = str(getattr(error, "option_name", ""))
    if option and not option.startswith("--"):
        return f"{said}; put a formula that starts with - behind --: {path} -- {option}..."
    return f"{said}; see {path} --help"


def _fault(error: Exception) -> int:
    """2 for misuse, named by our own errors; 70, with the way to a traceback, for a fault of ours."""
    from theorems.errors import OverproofError

    if os.environ.get("OVERPROOF_TRACEBACK"):
        raise error
    if isinstance(error, OverproofError):
        complain(str(error))
        return MISUSE
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        complain(f"cannot use {error.filename or 'a file'}: {error.strerror}; make room, or work in a folder that you can write to")
        return MISUSE
    what = f"internal fault, {type(error).__name__}: {' '.join(str(error).split())}"
    complain(f"{what}; please report it with the output under OVERPROOF_TRACEBACK=1")
    return INTERNAL


def run() -> NoReturn:
    """The console script; what is left to tidy up at the end, a second Ctrl-C does not tear."""
    status = main()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(status)
