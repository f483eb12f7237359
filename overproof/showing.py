"""Tables in plain words: coloured on a terminal, the same words without colour elsewhere, no box drawing."""

from __future__ import annotations

import io
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from typing import TYPE_CHECKING

from theorems.verdict import name

if TYPE_CHECKING:
    from theorems.report import Report

STYLES = {
    "proved": "green", "refuted": "bold red", "supported": "cyan", "challenged": "red",
    "undecided": "yellow", "out-of-scope": "dim", "vacuous": "magenta", "unexpected": "bold red",
}


#: Whose words a claim is in.
WORDINGS = {"source": "its formula", "reported": "its formula at second hand", "ours": "our formalisation"}


def attributed(source: str, place: str, formalisation: str) -> str:
    """Who says so and where, and whose words these are; what is ours needs no more."""
    return place if source == "ours" and place else f"{source} {place}, {WORDINGS[formalisation]}"


def width() -> int:
    """Columns to fill: those of the terminal, at least 60; 80 where nobody says."""
    return max(60, shutil.get_terminal_size((80, 24)).columns)


def coloured() -> bool:
    """Whether standard output is a terminal that wants colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def paint(line: str) -> str:
    """`line` with each verdict word in its colour, where colours are wanted."""
    if not coloured():
        return line
    from rich.console import Console
    from rich.text import Text

    text = Text(line)
    for word, style in STYLES.items():
        text.highlight_regex(rf"(?<![\w-]){word}(?![\w-])", style)
    stream = io.StringIO()
    Console(file=stream, force_terminal=True, width=10**4, highlight=False).print(text, end="")
    return stream.getvalue()


@contextmanager
def announced(work: str) -> Iterator[None]:
    """`work ...` on a terminal's standard error while it goes on, and gone afterwards; nothing elsewhere."""
    line = f"{work[: width() - 5]} ..."
    if not sys.stderr.isatty():
        yield
        return
    print(line, end="\r", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print(" " * len(line), end="\r", file=sys.stderr, flush=True)


def columns(rows: Sequence[Sequence[str]], limits: Sequence[int]) -> list[int]:
    """How wide each column of `rows` but the last must be, within `limits`."""
    return [min(limit, max(len(row[k]) for row in rows)) for k, limit in enumerate(limits)]


def table(rows: Sequence[Sequence[str]], sizes: Sequence[int], notes: Sequence[str] = ()) -> list[str]:
    """`rows` in columns of `sizes`, the last one wrapped in the rest of the line; `notes[k]` under row k."""
    lines: list[str] = []
    for row, note in zip_longest(rows, notes, fillvalue=""):
        start = "".join(cell.ljust(size) + "  " for cell, size in zip(row, sizes, strict=False))
        margin = " " * sum(size + 2 for size in sizes)
        if len(start) > len(margin):
            lines.append(start.rstrip())
            start = margin
        lines += wrapped(row[-1], first=start, later=margin) or [start.rstrip()]
        lines += wrapped(str(note), first="    ", later="    ")
    return lines


def wrapped(text: str, *, first: str = "", later: str = "") -> list[str]:
    """`text` broken at spaces to the width; hyphens and long words stay whole where they fit."""
    room = max(width(), len(first) + 20)
    return textwrap.wrap(text, room, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)


def counted(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def show_report(report: Report) -> str:
    """The table that `overproof verify` prints."""
    from theorems.report import detail

    operator = report.operator
    rows = [("property", "verdict", "method", "scope")]
    rows += [(label, name(f.verdict), f.method, f.scope) for label, f in report.verdicts.items()]
    formula = operator.expression() if operator.expression() != operator.name else ""
    lines = wrapped(" ".join(f"{operator.name}: {operator.form_name} {formula} for T in {operator.domain}".split()), later="    ")
    lines += ["", *table(rows, columns(rows, (22, 12, 12)), ["", *map(detail, report.verdicts.values())])]
    lines += ["", f"legal: {name(report.legal)}   ({report.seconds:.2f} s)"]
    return "\n".join(paint(line) for line in lines) + "\n"
