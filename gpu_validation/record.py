"""Records on disk: one file per shard, written whole, resumed by name, refused when corrupted or foreign.

A record's `config` holds the profile and how many shards it has, the shard and the experiment's configuration, so that a
part of a profile is known as such; `measurements` holds `results` (reproducible: same seeds, same digest on one device), and
`timing` (throughput, not reproducible).
Seconds that an experiment measured among its results are moved to `timing.parts`, each under its place.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import theorems
from gpu_validation.experiment import Experiment, Outcome, Shard, plain
from theorems.errors import StaleCertificate
from theorems.evidence import Record, digest

SIGNIFICANT = 9
PACKAGE = Path(__file__).resolve().parent
THEOREMS = Path(str(theorems.__file__)).resolve().parent


def _imported(path: Path) -> set[Path]:
    """The files of this room that a file imports, itself included, through any number of steps."""
    seen, waiting = set(), {path}
    while waiting:
        current = waiting.pop()
        seen.add(current)
        for node in ast.walk(ast.parse(current.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE.name:
                base = PACKAGE.joinpath(*str(node.module).split(".")[1:])
                candidates = [base.with_suffix(".py"), *((base / name.name).with_suffix(".py") for name in node.names)]
                waiting |= {found for found in candidates if found.is_file()} - seen
    return seen


@cache
def source_digest(experiment: str) -> str:
    """sha256 over the files that make an experiment's numbers: all that it imports here, and the operators that it names."""
    own = PACKAGE / "experiments" / f"{experiment}.py"
    files = _imported(own) if own.is_file() else set()
    if PACKAGE / "teachers.py" in files:
        text = "".join(path.read_text(encoding="utf-8") for path in files)
        named = {path for path in (THEOREMS / "operators").glob("*.py") if f'"{path.stem}"' in text}
        files |= {*(THEOREMS / "arrays").glob("*.py"), *named, THEOREMS / "operator.py"}
    total = sha256()
    for path in sorted(files):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def compact(value: Any) -> Any:
    """Plain JSON data with floats at nine significant digits; infinities and NaN become strings."""
    if isinstance(value, Mapping):
        return {str(key): compact(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [compact(entry) for entry in value]
    if hasattr(value, "tolist"):
        return compact(value.tolist())
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT}g}") if math.isfinite(value) else str(value)
    return value


def without_seconds(value: Any, place: str = "") -> tuple[Any, dict[str, float]]:
    """`value` without the entries named `seconds` or `..._seconds`, and those entries by their place, e.g. `top_k/0/seconds`."""
    if isinstance(value, Mapping):
        items = [(str(key), key, entry) for key, entry in value.items()]
    elif isinstance(value, (list, tuple)):
        items = [(str(index), index, entry) for index, entry in enumerate(value)]
    else:
        return value, {}
    kept, found = {}, {}
    for name, key, entry in items:
        here = f"{place}/{name}" if place else name
        if name == "seconds" or name.endswith("_seconds"):
            found[here] = entry
        else:
            kept[key], inner = without_seconds(entry, here)
            found |= inner
    return (kept if isinstance(value, Mapping) else list(kept.values())), found


def record_path(out: Path, experiment: str, profile: str, shard: Shard) -> Path:
    """Where the record of one shard lies."""
    return out / experiment / profile / f"{shard.name}.json"


def expected_config(experiment: Experiment, profile: str, shard: Shard) -> dict[str, Any]:
    """The `config` field that a record of this shard must carry."""
    config = experiment.profiles[profile]
    own = {"name": shard.name, "cell": dict(shard.cell)}
    return dict(compact({"profile": profile, "shards": len(experiment.shards(config)), "shard": own, "experiment": plain(config)}))


def make_record(
    experiment: Experiment, profile: str, shard: Shard, outcome: Outcome, *, versions: Mapping[str, str], device: str, timing: Mapping[str, Any]
) -> Record:
    """The sealed record of a finished shard."""
    config = expected_config(experiment, profile, shard)
    results, seconds = without_seconds(outcome.measurements)
    parts = {"parts": seconds} if seconds else {}
    measurements = {"results": compact(results), "students": outcome.students, "timing": compact({**timing, **parts})}
    return Record(
        experiment.name, experiment.labels, config, shard.seeds, source_digest(experiment.name), dict(versions), device, measurements
    ).sealed()


def result_digest(record: Record) -> str:
    """sha256 of what must be reproducible: everything but timing and the seal."""
    body = record.body()
    del body["measurements"]["timing"]
    return digest(body)


def finished(out: Path, experiment: Experiment, profile: str, shard: Shard) -> Record | None:
    """The record of this shard if it is done; `StaleCertificate` names a corrupted or foreign file."""
    path = record_path(out, experiment.name, profile, shard)
    if not path.exists():
        return None
    record = Record.read(path)
    if (record.experiment, record.config) != (experiment.name, expected_config(experiment, profile, shard)):
        raise StaleCertificate(f"{path} belongs to another experiment or configuration; delete it or choose another --out")
    if record.source_digest != source_digest(experiment.name):
        raise StaleCertificate(f"{path} was measured by another version of gpu_validation; delete it or choose another --out")
    return record


def read_records(folder: Path) -> Iterator[Record]:
    """Every record below `folder`, in order of path; a file that is none raises `StaleCertificate`."""
    for path in sorted(folder.rglob("*.json")):
        yield Record.read(path)
