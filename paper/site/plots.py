"""Plots for every measured claim, as small SVGs: a panel for each part that was compared, both sides of each comparison in it."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, final

from numerics.judge import Comparison

SIZE: Final = 280
MARGIN: Final = 50
TOP: Final = 30
MOST: Final = 400
#: Of nonnegative values that spread further than this, the axes are logarithmic; what is smaller than the largest by DEPTH lies at its end.
WIDE: Final = 50.0
DEPTH: Final = 1e-16
#: Right sides that spread less than this share of everything are drawn as one line.
FLAT: Final = 0.02
WORDS: Final = {"=": "left = right", "<=": "left ≤ right", ">": "left > right", "differs": "left ≠ right somewhere"}


@final
@dataclass(frozen=True)
class Scale:
    """From values to pixels, `low` at `start` and `high` at `end`, through a logarithm where `wide`."""

    low: float
    high: float
    start: float
    end: float
    wide: bool

    @staticmethod
    def of(values: Sequence[float], start: float, end: float) -> Scale:
        positive = [v for v in values if v > 0]
        wide = min(values) >= 0 and len(positive) > 1 and max(positive) / min(positive) > WIDE
        low, high = (max(min(positive), max(positive) * DEPTH), max(positive)) if wide else (min(values), max(values))
        if not wide and high - low < 1e-12:
            low, high = low - 0.5, high + 0.5
        return Scale(low, high, start, end, wide)

    def __call__(self, value: float) -> float:
        move: Callable[[float], float] = math.log10 if self.wide else float
        kept = max(value, self.low) if self.wide else value
        return self.start + (self.end - self.start) * (move(kept) - move(self.low)) / (move(self.high) - move(self.low))


def plots(comparisons: Sequence[Comparison]) -> str:
    """SVG elements, one for each part and relation; "" when no comparison has two finite sides."""
    panels: dict[tuple[str, str], list[Comparison]] = {}
    for c in comparisons:
        if math.isfinite(c.left) and math.isfinite(c.right):
            panels.setdefault((part(c.where), c.relation), []).append(c)
    return "".join(panel(name, relation, several) for (name, relation), several in panels.items())


def part(where: str) -> str:
    """What was compared: the words behind the experiment, the shard and the last number of the place."""
    words = where.split()[2:]
    last = max((k for k, word in enumerate(words) if re.search(r"\d", word)), default=-1)
    return " ".join(words[last + 1 :]).replace("_", " ")


def panel(name: str, relation: str, comparisons: Sequence[Comparison]) -> str:
    """Left side against right side, or, where the right side hardly changes, one left side after another."""
    shown = comparisons[:: max(1, math.ceil(len(comparisons) / MOST))]
    rights, sides = [c.right for c in comparisons], [side for c in comparisons for side in (c.left, c.right)]
    flat = max(rights) - min(rights) <= FLAT * (max(sides) - min(sides))
    marks, words = in_a_row(shown) if flat else crossed(shown)
    head = ": ".join(part for part in (name, WORDS[relation]) if part)
    title = html.escape(f"{head}, {len(comparisons)} comparisons; {words}")
    return (
        f'<svg class="scatter" role="img" viewBox="0 0 {SIZE} {SIZE}" aria-label="{title}"><title>{title}</title>'
        f'<text class="head" x="{MARGIN}" y="16">{html.escape(head)}</text>'
        f'<path class="axes" d="M{MARGIN} {TOP}V{SIZE - MARGIN}H{SIZE - 12}"/>{marks}</svg>'
    )


def crossed(comparisons: Sequence[Comparison]) -> tuple[str, str]:
    """Both sides on one scale, with the line of equality."""
    values = [side for c in comparisons for side in (c.left, c.right)]
    across, down = Scale.of(values, MARGIN, SIZE - 12), Scale.of(values, SIZE - MARGIN, TOP)
    ends = (across.low, across.high)
    line = f'<path class="diagonal" d="M{across(ends[0]):.1f} {down(ends[0]):.1f}L{across(ends[1]):.1f} {down(ends[1]):.1f}"/>'
    dots = "".join(dot(c, across(c.right), down(c.left)) for c in comparisons)
    ticks = "".join(f'<text x="{across(e):.0f}" y="{SIZE - MARGIN + 16}" text-anchor="{anchor}">{e:.3g}</text>'
                    for e, anchor in zip(ends, ("start", "end"), strict=True))
    return line + dots + ticks + heights(down) + below("right side"), f"{'logarithmic' if across.wide else 'linear'} axes; the line is equality"


def in_a_row(comparisons: Sequence[Comparison]) -> tuple[str, str]:
    """One left side after another, with two standard errors where it has any; the line is the right side."""
    right = sum(c.right for c in comparisons) / len(comparisons)
    down = Scale.of([right, *(c.left + sign * 2 * c.error for c in comparisons for sign in (-1, 1))], SIZE - MARGIN, TOP)
    step = (SIZE - 12 - MARGIN) / len(comparisons)
    dots = ""
    for k, c in enumerate(comparisons):
        x = MARGIN + step * (k + 0.5)
        bar = f'<path class="axes" d="M{x:.1f} {down(c.left - 2 * c.error):.1f}V{down(c.left + 2 * c.error):.1f}"/>' if c.error else ""
        dots += bar + dot(c, x, down(c.left))
    line = f'<path class="diagonal" d="M{MARGIN} {down(right):.1f}H{SIZE - 12}"/>'
    words = f"the line is the right side, {right:.3g}"
    return line + dots + heights(down) + below(words), f"{words}; {'logarithmic' if down.wide else 'linear'} axis"


def dot(comparison: Comparison, x: float, y: float) -> str:
    where = html.escape(f"{comparison.where}: {comparison.left:.6g} and {comparison.right:.6g}")
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6"><title>{where}</title></circle>'


def heights(down: Scale) -> str:
    """The ends of the upright axis, and its name."""
    ticks = "".join(f'<text x="{MARGIN - 6}" y="{down(e) + 4:.0f}" text-anchor="end">{e:.2g}</text>' for e in (down.low, down.high))
    return f'{ticks}<text transform="rotate(-90)" x="{-(SIZE - MARGIN + TOP) / 2:.0f}" y="13" text-anchor="middle">left side, measured</text>'


def below(words: str) -> str:
    return f'<text x="{(SIZE + MARGIN - 12) / 2:.0f}" y="{SIZE - 8}" text-anchor="middle">{html.escape(words)}</text>'
