"""One look for every figure: colours that colour-blind readers tell apart, dashes and markers that survive greyscale.

The colours are those of Okabe and Ito; each series also has its own dash and marker, and neighbours differ in
lightness, so that a grey copy still reads.  Nothing here needs TeX, and nothing depends on the day of drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, final


@final
@dataclass(frozen=True)
class Series:
    """How one curve looks; `dash` is matplotlib's."""

    colour: str
    dash: Any
    marker: str

    def line(self, **other: Any) -> dict[str, Any]:
        return {"color": self.colour, "linestyle": self.dash, **other}

    def points(self, **other: Any) -> dict[str, Any]:
        return {"color": self.colour, "marker": self.marker, "linestyle": "none", **other}

    def both(self, **other: Any) -> dict[str, Any]:
        return {"color": self.colour, "linestyle": self.dash, "marker": self.marker, **other}


SERIES: Final = (
    Series("#000000", "solid", "o"), Series("#D55E00", (0, (6, 2)), "s"), Series("#0072B2", (0, (1.2, 1.2)), "^"),
    Series("#E69F00", (0, (6, 2, 1, 2)), "D"), Series("#009E73", (0, (3, 1.5)), "v"), Series("#CC79A7", (0, (8, 2, 1, 2, 1, 2)), "P"),
    Series("#56B4E9", (0, (2, 3)), "X"), Series("#666666", (0, (10, 3)), "h"),
)

#: Each verdict: background, letter; the letter carries the meaning, the shade helps.
VERDICTS: Final = {
    "proved": ("#BFE3D6", "✓"), "refuted": ("#B5522B", "✗"), "supported": ("#D6E8F5", "s"), "challenged": ("#EBA98C", "c"),
    "undecided": ("#FFF1C2", "?"), "out-of-scope": ("#FFFFFF", "–"), "vacuous": ("#F2D9E8", "v"),
}

REFERENCE: Final = {"color": "#8A8A8A", "linewidth": 0.9, "linestyle": (0, (1, 1))}
RULES: Final = {
    "figure.constrained_layout.use": True, "figure.dpi": 150, "savefig.dpi": 150, "font.family": "DejaVu Sans", "font.size": 8.0,
    "axes.titlesize": 8.5, "axes.labelsize": 8.0, "legend.fontsize": 7.0, "xtick.labelsize": 7.0, "ytick.labelsize": 7.0,
    "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.7, "lines.linewidth": 1.4, "lines.markersize": 4.0,
    "legend.frameon": False, "legend.handlelength": 2.8, "axes.grid": True, "grid.color": "#E4E4E4", "grid.linewidth": 0.5,
    "mathtext.fontset": "dejavusans", "svg.hashsalt": "overproof", "svg.fonttype": "path", "pdf.fonttype": 42, "text.usetex": False,
}


@contextmanager
def styled() -> Iterator[Any]:
    """matplotlib's object interface under the rules above; no display, no global state left behind."""
    import matplotlib

    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **RULES, "backend": "agg"}):
        yield matplotlib


def panels(columns: int = 1, *, rows: int = 1, width: float = 0.0, height: float = 2.7, **options: Any) -> tuple[Any, Any]:
    """A figure with `columns` panels; inches; a single axes object, or an array of them."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width or min(3.4 * columns, 7.0), height * rows))
    return figure, figure.subplots(rows, columns, **options)


def plain_log_ticks(axes: Any, *, steps: tuple[int, ...] = (1, 2, 5)) -> None:
    """Logarithmic axes of less than two decades: a plain number at 1, 2 and 5, and no minor ticks."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=steps))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axis.set_minor_locator(NullLocator())
