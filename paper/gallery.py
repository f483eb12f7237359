"""Finds the figures, hands each what it declares, and redraws those whose inputs changed.

Beside `NAME.pdf` and `NAME.svg` lies `NAME.json`, the sidecar: digests of every record, operator, report and closed
form that the figure was given, of the claims that it shows, of the code that drew it, and of the files.  While all of them agree, nothing is drawn.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from numerics.judge_rules import OWN, expression_of, formula
from paper.figure import Figure, Given
from paper.style import styled
from theorems.catalogue import operators
from theorems.chapters import entries
from theorems.errors import OverproofError, UnknownLabel
from theorems.evidence import Record, write_atomically

FORMATS: Final = ("pdf", "svg")
_SHARED: Final = ("style.py", "figure.py")


@final
@dataclass(frozen=True)
class Drawn:
    """What became of a figure: `drawn`, `kept` (inputs unchanged) or `skipped` with the reason."""

    name: str
    state: str
    reason: str = ""


def figures() -> dict[str, Figure]:
    """Every figure by its file's name."""
    import paper.figures as package

    found: dict[str, Figure] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        figure = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), "FIGURE", None)
        if not isinstance(figure, Figure):
            raise UnknownLabel(f"paper/figures/{module.name}.py must end in FIGURE")
        found[module.name] = figure
    return found


def read_records(folders: Iterable[Path]) -> tuple[Record, ...]:
    """Every record below the folders, each checked against its digest; of equal shards the later folder's."""
    found: dict[tuple[str, str, str], Record] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.json")):
            record = Record.read(path)
            found[record.experiment, record.config["profile"], record.config["shard"]["name"]] = record
    return tuple(found[key] for key in sorted(found))


def shipped_records() -> Path:
    """The records that travel with the package; found without importing what measured them."""
    return Path(__file__).resolve().parent.parent / "gpu_validation" / "records"


def given(figure: Figure, records: Sequence[Record], reports: Callable[[], Mapping[str, Any]]) -> Given:
    """Exactly what the figure declares; `UnknownLabel` names an operator or closed form that does not exist."""
    for kind, wanted, known in (("operator", figure.operators, operators()), ("closed form", figure.formulas, OWN)):
        if missing := [name for name in wanted if name not in known]:
            raise UnknownLabel(f"the figure {figure.title} asks for the {kind} {missing[0]}, which does not exist")
    return Given(
        records={name: tuple(r for r in records if r.experiment == name) for name in figure.experiments},
        operators={name: operators()[name] for name in figure.operators},
        reports=reports() if figure.every_report else {},
        formulas={label: _closed_form(label) for label in figure.formulas},
        formula_texts={label: str(expression_of(label)) for label in figure.formulas},
    )


def _closed_form(label: str) -> Callable[..., float]:
    return lambda **values: formula(label, **values)


def draw_all(
    folder: Path, records: Sequence[Record], reports: Callable[[], Mapping[str, Any]], *, names: Sequence[str] = (), force: bool = False
) -> Iterator[Drawn]:
    """Bring the figures in `folder` up to date, one after another."""
    known = figures()
    if unknown := [name for name in names if name not in known]:
        raise UnknownLabel(f"there is no figure {unknown[0]}; choose from {', '.join(known)}")
    for name in names or known:
        yield draw_one(name, known[name], folder, records, reports, force=force)


def draw_one(
    name: str, figure: Figure, folder: Path, records: Sequence[Record], reports: Callable[[], Mapping[str, Any]], *, force: bool = False
) -> Drawn:
    inputs = given(figure, records, reports)
    absent = [experiment for experiment, found in inputs.records.items() if not found]
    if absent:
        return Drawn(name, "skipped", f"there is no record of {absent[0]}; run `overproof train {absent[0]}`")
    sidecar = {"title": figure.title, "caption": figure.caption, "labels": list(figure.labels), "inputs": inputs.digests(),
               "claims": {label: entries()[label].claim.digest for label in figure.labels if label in entries()}, "source": source(name)}
    if not force and unchanged(folder, name, sidecar):
        return Drawn(name, "kept")
    files = render(figure, inputs)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, content in files.items():
            write_atomically(folder / f"{name}.{kind}", content)
        sidecar["files"] = {kind: hashlib.sha256(content).hexdigest() for kind, content in files.items()}
        write_atomically(folder / f"{name}.json", json.dumps(sidecar, indent=1, sort_keys=True) + "\n")
    except OSError as error:
        raise OverproofError(f"cannot write figures to {folder}: {error.strerror}; name another folder with --out") from error
    return Drawn(name, "drawn")


def unchanged(folder: Path, name: str, sidecar: Mapping[str, Any]) -> bool:
    """Whether the files are there, as they were written, from these very inputs."""
    try:
        kept = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        whole = all(hashlib.sha256((folder / f"{name}.{kind}").read_bytes()).hexdigest() == kept["files"][kind] for kind in FORMATS)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return whole and {key: kept.get(key) for key in sidecar} == dict(sidecar)


def render(figure: Figure, inputs: Given) -> dict[str, bytes]:
    """The figure in every format, without dates."""
    files = {}
    with styled():
        drawing = figure.draw(inputs)
        for kind in FORMATS:
            stream = io.BytesIO()
            drawing.savefig(stream, format=kind, metadata={"CreationDate": None} if kind == "pdf" else {"Date": None, "Title": figure.title})
            files[kind] = stream.getvalue()
    return files


def source(name: str) -> str:
    """sha256 over the code that draws: the figure's file and what it imports of numerics, what all figures share, operators on arrays."""
    here = Path(__file__).resolve().parent
    own = here / "figures" / f"{name}.py"
    imported = [here.parent / "numerics" / f"{module}.py" for module in re.findall(r"^from numerics\.(\w+) import", own.read_text("utf-8"), re.M)]
    files = [own, *imported, *(here / shared for shared in _SHARED), *sorted((here.parent / "theorems" / "arrays").glob("*.py"))]
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
