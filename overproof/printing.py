"""`overproof paper`: the PDF, from the same evidence as the report."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from overproof import gathering, keeping
from overproof.main import complain
from overproof.reporting import gather, tell
from theorems.errors import OverproofError

if TYPE_CHECKING:
    from paper.site.material import Material

NO_LATEX: Final = 3


def print_paper(*, data: Sequence[Path], jobs: int | None) -> int:
    """0 with a PDF, 3 where LaTeX is not installed: then sources and figures are left, and one line says what to install."""
    require_paper()
    from paper.build import has_latex, latexmk, without_latex

    records = gathering.records(data)
    rows = keeping.recorded_rows(jobs=jobs or os.cpu_count() or 1, told=lambda label, done, total: tell(f"[{done}/{total}] {label}"))
    found = gathering.verified(lambda key: tell(f"operator {key}"))
    folder = write_sources(gather(rows, records, found, tell))
    if not has_latex():
        complain(without_latex(folder))
        return NO_LATEX
    print(f"the paper lies in {latexmk(folder)}")
    return 0


def require_paper() -> None:
    for needed in ("matplotlib", "jinja2"):
        if importlib.util.find_spec(needed) is None:
            raise OverproofError(f"the paper needs {needed}, which is not installed; install overproof[paper]")


def write_sources(material: Material) -> Path:
    """The folder with the sources and everything generated that they include."""
    from paper.build import generate, prepare

    folder = gathering.workshop()
    prepare(folder)
    generate(material, folder)
    return folder
