"""`overproof report`: the static site, from the ledger, the records, the operators and the figures."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from overproof import gathering, keeping
from overproof.showing import counted
from theorems.errors import OverproofError
from theorems.evidence import Record
from theorems.verdict import name

if TYPE_CHECKING:
    from paper.site.material import Material

OUT: Final = Path(".overproof") / "report"


def write_report(*, out: Path | None, data: Sequence[Path], jobs: int | None) -> int:
    """0 when the report is written and every claim came out as expected, 1 when one did not."""
    require_jinja()
    from paper.site.build import build, usable

    folder, records = out or OUT, gathering.records(data)
    usable(folder)
    rows = keeping.recorded_rows(jobs=jobs or os.cpu_count() or 1, told=lambda label, done, total: tell(f"[{done}/{total}] {label}"))
    material = gather(rows, records, gathering.verified(lambda key: tell(f"operator {key}")), tell)
    page = build(material, folder)
    odd = [label for label, row in rows.items() if name(row.verdict) != row.claim.expected]
    print(f"{counted(len(rows), 'claim')}, {len(odd)} not as expected; the report lies in {page}")
    return 1 if odd else 0


def require_jinja() -> None:
    if importlib.util.find_spec("jinja2") is None:
        raise OverproofError("the report needs jinja2, which is not installed; install overproof[paper]")


def tell(line: str) -> None:
    """A line on a terminal that the next one overwrites; a plain line elsewhere."""
    end = "\r" if sys.stderr.isatty() else "\n"
    print(f"{line:<72}" if end == "\r" else line, end=end, file=sys.stderr, flush=True)


def gather(rows: Mapping[str, Any], records: Sequence[Record], found: Mapping[str, Any], told: Callable[[str], None], *,
           replayed: bool = False) -> Material:
    """Everything that the report shows; figures only where matplotlib is installed."""
    from paper.site.material import Material

    judgements, theorems = gathering.judged(records), gathering.coq_theorems()
    return Material(
        rows=rows, judgements=judgements, records=tuple(records), reports={key: kept["report"] for key, kept in found.items()},
        certificates={key: kept["certificates"] for key, kept in found.items() if kept["certificates"]}, theorems=theorems,
        pictures=pictures(records, found, told), ledger=gathering.ledger_json(rows, judgements, found, theorems), replayed=replayed,
    )


def pictures(records: Sequence[Record], found: Mapping[str, Any], told: Callable[[str], None]) -> tuple[Any, ...]:
    from paper.gallery import draw_all, figures
    from paper.site.material import Picture

    if importlib.util.find_spec("matplotlib") is None:
        told("no figures: matplotlib is not installed")
        return ()
    folder, shown = gathering.workshop() / "generated" / "figures", []
    for drawn in draw_all(folder, records, lambda: {key: kept["report"] for key, kept in found.items()}):
        told(f"figure {drawn.name}: {drawn.state} {drawn.reason}".rstrip())
        figure = figures()[drawn.name]
        if drawn.state != "skipped":
            shown.append(Picture(drawn.name, figure.title, figure.caption, figure.labels, (folder / f"{drawn.name}.svg").read_bytes()))
    return tuple(shown)
