"""`python -m tests.bench [NAME...]`: run the benches, print one table, write `.benchmarks/figures.json`.

The exit status is 1 where a target is missed or a bench fails, 2 for a name that no bench has.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench import Measurement

FOLDER = Path(__file__).parent
RESULTS = Path(".benchmarks") / "figures.json"


def names() -> list[str]:
    """Every bench of this folder, without the prefix `bench_`."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def run(chosen: Sequence[str]) -> tuple[dict[str, list[Measurement]], list[str]]:
    """The measurements of each bench, and the benches that failed."""
    results: dict[str, list[Measurement]] = {}
    failed = []
    for name in chosen:
        print(f"running {name}", file=sys.stderr, flush=True)
        try:
            results[name] = list(importlib.import_module(f"tests.bench.bench_{name}").measure())
        except Exception:
            traceback.print_exc()
            failed.append(name)
    return results, failed


def table(results: dict[str, list[Measurement]], failed: Sequence[str]) -> str:
    rows = [("bench", "figure", "value", "unit", "target", "met", "note")]
    for bench, measurements in results.items():
        rows += [(bench, m.name, f"{m.value:.4g}", m.unit, m.target, {True: "yes", False: "NO", None: ""}[m.met], m.note) for m in measurements]
    rows += [(bench, "failed", "", "", "", "NO", "see the traceback above") for bench in failed]
    sizes = [max(len(row[k]) for row in rows) for k in range(7)]
    return "\n".join("  ".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True)).rstrip() for row in rows)


def main(arguments: Sequence[str]) -> int:
    unknown = set(arguments) - set(names())
    if unknown:
        print(f"no bench is called {sorted(unknown)[0]}; choose from {', '.join(names())}", file=sys.stderr)
        return 2
    results, failed = run(arguments or names())
    print(table(results, failed))
    machine = {"python": platform.python_version(), "machine": platform.machine(), "cpus": os.cpu_count()}
    figures = [{"bench": bench, **asdict(m), "met": m.met} for bench, ms in results.items() for m in ms]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"machine": machine, "figures": figures, "failed": failed}, indent=1) + "\n", encoding="utf-8")
    missed = sum(figure["met"] is False for figure in figures)
    print(f"\n{len(figures)} figures, {missed} targets missed, {len(failed)} benches failed; written to {RESULTS}")
    return 1 if missed or failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
