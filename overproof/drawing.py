"""`overproof figures`: every figure from evidence and records; unchanged ones are kept."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from overproof.gathering import records, reports, workshop
from overproof.showing import announced, counted
from theorems.errors import OverproofError


def draw_figures(names: Sequence[str], *, out: Path | None, data: Sequence[Path], force: bool) -> int:
    """0 if every figure is up to date, 1 if one had to be left out for want of a record."""
    try:
        import matplotlib  # noqa: F401
    except ModuleNotFoundError as error:
        raise OverproofError("figures need matplotlib, which is not installed; install overproof[paper]") from error
    from paper.gallery import draw_all

    folder = out or workshop() / "generated" / "figures"
    found = []
    with announced("drawing"):
        for drawn in draw_all(folder, records(data), reports, names=names, force=force):
            print(f"{drawn.name:24}{drawn.state}" + (f": {drawn.reason}" if drawn.reason else ""), file=sys.stderr, flush=True)
            found.append(drawn)
    skipped = [drawn for drawn in found if drawn.state == "skipped"]
    kept = sum(drawn.state == "kept" for drawn in found)
    print(f"{counted(len(found) - len(skipped), 'figure')} in {folder}, {kept} of them unchanged, {len(skipped)} left out")
    return 1 if skipped else 0
