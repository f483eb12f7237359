"""One plot for every measured claim: left side against right side of each comparison, as a small SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from numerics.judge import Comparison

SIZE: Final = 300
MARGIN: Final = 46
MOST: Final = 1500


def scatter(comparisons: Sequence[Comparison]) -> str:
    """An SVG element; "" when no comparison has two finite sides."""
    points = [(c.right, c.left) for c in comparisons if math.isfinite(c.left) and math.isfinite(c.right)]
    if not points:
        return ""
    points = points[:: max(1, math.ceil(len(points) / MOST))]
    values = [value for point in points for value in point]
    positive = [v for v in values if v > 0]
    wide = len(positive) == len(values) and max(positive) / min(positive) > 50
    move = math.log10 if wide else float
    low, high = min(map(move, values)), max(map(move, values))
    if high - low < 1e-12:
        low, high = low - 0.5, high + 0.5
    room = SIZE - MARGIN - 12

    def across(value: float) -> float:
        return MARGIN + room * (move(value) - low) / (high - low)

    def down(value: float) -> float:
        return SIZE - across(value)

    marks = "".join(f'<circle cx="{across(x):.1f}" cy="{down(y):.1f}" r="2.6"/>' for x, y in points)
    ends = [10**low, 10**high] if wide else [low, high]
    ticks = "".join(
        f'<text x="{across(e):.0f}" y="{SIZE - MARGIN + 16}" text-anchor="{anchor}">{e:.3g}</text>'
        f'<text x="{MARGIN - 6}" y="{down(e) + 4:.0f}" text-anchor="end">{e:.3g}</text>'
        for e, anchor in zip(ends, ("start", "end"), strict=True)
    )
    diagonal = f'<path class="diagonal" d="M{across(ends[0]):.1f} {down(ends[0]):.1f}L{across(ends[1]):.1f} {down(ends[1]):.1f}"/>'
    axes = f'<path class="axes" d="M{MARGIN} 12V{SIZE - MARGIN}H{SIZE - 12}"/>'
    relations = ", ".join(sorted({c.relation for c in comparisons}))
    scale = "logarithmic" if wide else "linear"
    title = f"Left side against right side in {len(comparisons)} comparisons ({relations}); {scale} axes; the line is equality"
    names = (
        f'<text x="{(SIZE + MARGIN) / 2:.0f}" y="{SIZE - 8}" text-anchor="middle">right side</text>'
        f'<text transform="rotate(-90)" x="{-(SIZE - MARGIN) / 2:.0f}" y="13" text-anchor="middle">left side, measured</text>'
    )
    start = f'<svg class="scatter" role="img" viewBox="0 0 {SIZE} {SIZE}" aria-label="{title}"><title>{title}</title>'
    return f"{start}{axes}{diagonal}{marks}{ticks}{names}</svg>"
