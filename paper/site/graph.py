"""The dependency graph of the claims as an SVG: layers by depth of use, colour and letter by verdict, every node a link."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

from numerics.ledger import Row
from paper.style import VERDICTS
from theorems.verdict import name

HEIGHT, GAP, DOWN = 22, 96, 30
#: Width of one letter of the labels.
LETTER: Final = 7.4
ROUNDS: Final = 12


@final
@dataclass(frozen=True)
class Layout:
    """Where each node's left middle lies, the edges (user, used), and the size of it all."""

    places: Mapping[str, tuple[float, float]]
    edges: tuple[tuple[str, str], ...]
    size: tuple[float, float]
    wide: float


def layers(uses: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """0 for a claim that uses none, else one more than the deepest that it uses; `uses` lists used claims first."""
    depth: dict[str, int] = {}
    for label, used in uses.items():
        depth[label] = 1 + max((depth[u] for u in used), default=-1)
    return depth


def lay_out(uses: Mapping[str, tuple[str, ...]]) -> Layout:
    """Layers from left to right; in each layer, claims lie near those that they use and that use them."""
    wide = round(LETTER * (max(map(len, uses), default=0) + 2) + 16)
    edges = tuple((label, used) for label, several in uses.items() for used in several)
    joined = {label for edge in edges for label in edge}
    depth = layers({label: used for label, used in uses.items() if label in joined})
    columns: dict[int, list[str]] = {}
    for label in sorted(depth, key=lambda label: label.split(":")):
        columns.setdefault(depth[label], []).append(label)
    _straighten(columns, edges)
    tallest = max(map(len, columns.values()), default=0)
    places = {
        label: (10.0 + (wide + GAP) * column, 20 + DOWN * (k + (tallest - len(rows)) / 2))
        for column, rows in columns.items() for k, label in enumerate(rows)
    }
    alone = sorted((label for label in uses if label not in joined), key=lambda label: label.split(":"))
    per_row = max(4, len(columns))
    top = 20 + DOWN * (tallest + 2)
    places |= {label: (10.0 + (wide + GAP) * (k % per_row), top + DOWN * (k // per_row)) for k, label in enumerate(alone)}
    width = max((x for x, _ in places.values()), default=0) + wide + 10
    height = max((y for _, y in places.values()), default=0) + HEIGHT + 10
    return Layout(places, edges, (width, height), wide)


def _straighten(columns: dict[int, list[str]], edges: tuple[tuple[str, str], ...]) -> None:
    """Barycentres: sort each layer by the mean relative height of its neighbours, a few times to and fro."""
    near: dict[str, list[str]] = {}
    for one, other in edges:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    for _ in range(ROUNDS):
        height = {label: (k + 0.5) / len(rows) for rows in columns.values() for k, label in enumerate(rows)}
        for rows in columns.values():
            rows.sort(key=lambda label: sum(height[n] for n in near[label]) / len(near[label]))
            height |= {label: (k + 0.5) / len(rows) for k, label in enumerate(rows)}


def draw(rows: Mapping[str, Row], page_of: Mapping[str, str]) -> str:
    """The SVG; `page_of` gives each claim's page."""
    plan = lay_out({label: row.claim.uses for label, row in rows.items()})
    lines = "".join(_edge(plan, user, used) for user, used in plan.edges)
    nodes = "".join(_node(plan, label, rows[label], page_of[label]) for label in rows)
    width, height = plan.size
    words = f"Dependency graph of {len(rows)} claims, {len(plan.edges)} uses"
    return (
        f'<svg id="graph" role="group" aria-label="{words}" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'data-width="{width:.0f}" data-height="{height:.0f}">'
        f'<g class="edges">{lines}</g><g class="nodes">{nodes}</g></svg>'
    )


def _edge(plan: Layout, user: str, used: str) -> str:
    (x1, y1), (x0, y0) = plan.places[user], plan.places[used]
    x0 += plan.wide
    bend = (x1 - x0) / 2
    return (
        f'<path d="M{x0:.0f} {y0:.1f}C{x0 + bend:.0f} {y0:.1f} {x1 - bend:.0f} {y1:.1f} {x1:.0f} {y1:.1f}" '
        f'data-from="{html.escape(used)}" data-to="{html.escape(user)}"/>'
    )


def _node(plan: Layout, label: str, row: Row, page: str) -> str:
    verdict = name(row.verdict)
    shade, letter = VERDICTS[verdict]
    x, y = plan.places[label]
    ink = "#ffffff" if verdict == "refuted" else "#111111"
    return (
        f'<a href="{html.escape(page)}" data-label="{html.escape(label)}" aria-label="{html.escape(label)}, {verdict}">'
        f"<title>{html.escape(label)}: {html.escape(row.claim.title)} ({verdict})</title>"
        f'<rect x="{x:.0f}" y="{y - HEIGHT / 2:.1f}" width="{plan.wide:.0f}" height="{HEIGHT}" rx="4" fill="{shade}"/>'
        f'<text x="{x + 8:.0f}" y="{y + 4:.1f}" fill="{ink}">{letter} {html.escape(label)}</text></a>'
    )
