"""Finds certificates for box claims: fast, clever, untrusted.

First a short depth-first bisection with the checker's own leaf tests; if that does not end, the faces where the
claim is tight are looked for, and thousands of boxes at a time are bisected in floats (`numerics.batch`), by
natural enclosures, the mean value form and contacts.  Each leaf is then shown by the checker's test, and split
further where floats were too bold.  A point that violates the claim ends the search.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, final

import numpy as np
from flint import fmpq

from numerics.balls import precision, rational
from numerics.batch import Batch
from numerics.checker import seal
from numerics.contacts import find_contacts, minimum
from numerics.exact import derivative
from numerics.jets import Jets
from numerics.leaves import Box, Contact, Replay
from theorems.boxclaim import BoxClaim
from theorems.evidence import Certificate
from theorems.verdict import Undecided

QUICK_NODES: Final = 160
MOST_BOXES: Final = 1_000_000
CHUNK: Final = 8192
NARROW: Final = fmpq(1, 2**14)
SMALLEST: Final = fmpq(1, 2**60)


@final
class _Stopped(Exception):
    """No tree: out of budget, or a box too small to be worth halving; the message says which."""


@final
class _Violated(Exception):
    """A rational point violates the claim."""

    def __init__(self, point: Sequence[fmpq]) -> None:
        super().__init__()
        self.point = point


@final
@dataclass
class _Tree:
    """The preorder text of a tree under construction."""

    bits: list[str]
    axes: list[str]
    rules: list[str]


def certify(
    claim: BoxClaim, *, budget: float = 10.0, bits: int = 64, contacts: Sequence[Sequence[Contact]] | None = None
) -> Certificate | Undecided:
    """A certificate that the checker can replay (for the claim or against it), or undecided with the reason.

    `budget` in seconds of processor time; `bits` of precision for the checker; `contacts` as for `Replay`, looked for if None.
    """
    end = time.process_time() + budget
    with precision(bits), np.errstate(all="ignore"):
        try:
            replay = Replay(claim, contacts or ())
            try:
                return _tree_certificate(claim, replay, _grown(replay, None, end, QUICK_NODES), bits)
            except _Stopped:
                _probe(claim, replay)
            if contacts is None:
                replay = Replay(claim, find_contacts(claim))
            return _tree_certificate(claim, replay, _grown(replay, _bisect(replay, end), end, MOST_BOXES), bits)
        except _Violated as found:
            return _sealed(claim, "counterexample", {"point": [str(x) for x in found.point]}, bits)
        except _Stopped as reason:
            return Undecided(f"no certificate: {reason}")


def _sealed(claim: BoxClaim, kind: str, body: dict[str, Any], bits: int) -> Certificate:
    certificate = Certificate(kind, claim.to_json(), claim.digest(), claim.operator, bits, body)
    return replace(certificate, body={**body, "seal": seal(certificate)})


def _tree_certificate(claim: BoxClaim, replay: Replay, tree: _Tree, bits: int) -> Certificate:
    body: dict[str, Any] = {"bits": "".join(tree.bits), "axes": "".join(tree.axes), "rules": "".join(tree.rules)}
    if not any(rule.isdigit() for rule in tree.rules):
        return _sealed(claim, "bisection", body, bits)
    body["contacts"] = [[{"axis": a, "point": str(p), "order": n} for a, p, n in some] for some in replay.contacts]
    return _sealed(claim, "tangent", body, bits)


def _probe(claim: BoxClaim, replay: Replay) -> None:
    """Look for a violating point where the expression seems least, and at the corners of the box."""
    lowest = [rational(Fraction(float(x)).limit_denominator(10**6)) for x in minimum(claim, count=512, seed=0)]
    corners = [[ends[k >> axis & 1] for axis, ends in enumerate(replay.box)] for k in range(2 ** len(replay.box))]
    inside = [[min(max(x, low), high) for x, (low, high) in zip(lowest, replay.box, strict=True)]]
    for point in inside + corners:
        if replay.violated(point):
            raise _Violated(point)


def _grown(replay: Replay, plan: _Plan | None, end: float, most: int) -> _Tree:
    """The tree in preorder: as `plan` has it, and bisected depth first below its leaves, or from the root."""
    tree, rules = _Tree([], [], []), list("nNc" + "0123456789"[: len(replay.contacts)] + "C")
    pending: list[tuple[Box, int]] = [(replay.box, 0 if plan is not None else -1)]
    while pending:
        box, node = pending.pop()
        axis = int(plan.axis[node]) if plan is not None and node >= 0 else -1
        if axis < 0:
            rule = _rule(replay, box, rules)
            if rule is not None:
                tree.bits.append("0")
                tree.rules.append(rule)
                continue
            if len(tree.bits) >= most or time.process_time() > end:
                raise _Stopped("the budget ran out at " + _shown(replay, box))
            axis = _worst_axis(replay, box)
        tree.bits.append("1")
        tree.axes.append(str(axis))
        low, high = box[axis]
        middle, child = (low + high) / 2, int(plan.child[node]) if plan is not None and node >= 0 else -1
        if child < 0 and high - low < (SMALLEST if most > QUICK_NODES else NARROW) * (replay.box[axis][1] - replay.box[axis][0]):
            raise _Stopped("the boxes shrank to nothing about " + _shown(replay, box))
        pending.append(((*box[:axis], (middle, high), *box[axis + 1 :]), child + 1 if child >= 0 else -1))
        pending.append(((*box[:axis], (low, middle), *box[axis + 1 :]), child))
    return tree


def _rule(replay: Replay, box: Box, rules: list[str]) -> str | None:
    """The first rule that shows the claim on the box, moved to the front for the next one."""
    for place, rule in enumerate(rules):
        if replay.leaf(rule, box):
            rules.insert(0, rules.pop(place))
            return rule
    middle = [(low + high) / 2 for low, high in box]
    if replay.violated(middle):
        raise _Violated(middle)
    return None


def _worst_axis(replay: Replay, box: Box) -> int:
    """The axis along which the expression may vary most; the relatively widest where no slope is known."""
    jets = replay.jets[id(replay.balls)]
    places = [jets.variable(replay.balls.interval(*ends), axis) for axis, ends in enumerate(box)]
    slopes = replay.slopes[id(replay.balls)](*places)[0][1]
    smear = [0.0 if s is None else float(abs(s).upper()) * float(high - low) for s, (low, high) in zip(slopes, box, strict=True)]
    if not all(np.isfinite(smear)) or not any(smear):
        whole = [top - bottom for bottom, top in replay.box]
        smear = [float((high - low) / width) if width > 0 else 0.0 for (low, high), width in zip(box, whole, strict=True)]
    return int(np.argmax(smear))


def _shown(replay: Replay, box: Box) -> str:
    names = (name for name, _, _ in replay.claim.variables)
    return ", ".join(f"{name} in [{float(low):.6g}, {float(high):.6g}]" for name, (low, high) in zip(names, box, strict=True))


@final
@dataclass
class _Plan:
    """A tree in breadth-first order: the split axis of each node (-1 at leaves) and the number of its first child."""

    axis: Any
    child: Any


def _bisect(replay: Replay, end: float) -> _Plan:
    """Bisect breadth first in floats, all boxes of a level at once."""
    low = np.array([[float(a) for a, _ in replay.box]])
    high = np.array([[float(b) for _, b in replay.box]])
    whole, first, total = high - low, 0, 1
    axes, children = [], []
    while len(low):
        parts = [_judge(replay, low[k : k + CHUNK], high[k : k + CHUNK], whole) for k in range(0, len(low), CHUNK)]
        axis = np.concatenate(parts)
        if time.process_time() > end or total > MOST_BOXES:
            raise _Stopped(f"{total} boxes were bisected and {int((axis >= 0).sum())} are still open")
        rows = np.flatnonzero(axis >= 0)
        child = np.full(len(low), -1)
        child[rows] = first + len(low) + 2 * np.arange(len(rows))
        axes.append(axis)
        children.append(child)
        first, total = first + len(low), total + 2 * len(rows)
        low, high = _halved(low[rows], high[rows], axis[rows])
    return _Plan(np.concatenate(axes), np.concatenate(children))


def _halved(low: Any, high: Any, axis: Any) -> tuple[Any, Any]:
    lows, highs, rows = np.repeat(low, 2, axis=0), np.repeat(high, 2, axis=0), np.arange(len(low))
    middle = (low[rows, axis] + high[rows, axis]) / 2
    highs[2 * rows, axis] = middle
    lows[2 * rows + 1, axis] = middle
    return lows, highs


def _judge(replay: Replay, low: Any, high: Any, whole: Any) -> Any:
    """For each box -1 if the claim seems shown there (or it is too small to go on), else the axis to halve."""
    dimension, count = low.shape[1], len(low)
    jets = Jets(Batch(), dimension)
    box = [(low[:, k], high[:, k]) for k in range(dimension)]
    value, slopes = replay.program.run(jets, *(jets.variable(ends, k) for k, ends in enumerate(box)))[0]
    slope = np.zeros((2, count, dimension))
    for k, ends in enumerate(slopes):
        if ends is not None:
            slope[0, :, k], slope[1, :, k] = ends
    width = high - low
    left = np.where(slope[1] <= 0, high, low)
    right = np.where(slope[0] >= 0, low, high)
    middle = (left + right) / 2
    thin = replay.program.run(Batch(), *((middle[:, k], middle[:, k]) for k in range(dimension)))[0]
    reach = np.where(left < right, (right - left) / 2 * np.abs(slope).max(axis=0), 0.0).sum(axis=1)
    scale = 1e-9 * (np.abs(thin[0]) + 1e-3)
    done = (value[0] > scale) | (thin[0] - reach > scale)
    _hunt(replay, thin, middle)
    for contacts in replay.contacts:
        if not np.all(done):
            done |= _touching(replay, contacts, low, high)
    smear = np.abs(slope).max(axis=0) * width
    relative = width / np.where(whole > 0, whole, 1.0)
    usable = np.all(np.isfinite(smear), axis=1) & np.any(smear > 0, axis=1)
    axis = np.where(usable, np.argmax(smear, axis=1), np.argmax(relative, axis=1))
    return np.where(done | np.all(relative < 1e-9, axis=1), -1, axis)


def _hunt(replay: Replay, value: Any, middle: Any) -> None:
    """Raise at a middle where the expression seems negative, if it is."""
    values = np.broadcast_to(value[1], len(middle))
    if np.all(np.isnan(values)):
        return
    row = int(np.nanargmin(values))
    if values[row] < 0:
        point = [min(max(rational(Fraction(float(x))), low), high) for x, (low, high) in zip(middle[row], replay.box, strict=True)]
        if replay.violated(point):
            raise _Violated(point)


def _touching(replay: Replay, contacts: Sequence[Contact], low: Any, high: Any) -> Any:
    """`Replay.touching` in floats, for every box."""
    lows, highs, axes = low.copy(), high.copy(), []
    sign, one_sided = np.ones(len(low)), np.ones(len(low), dtype=bool)
    for axis, point, order in contacts:
        place = float(point)
        above, below = low[:, axis] >= place, high[:, axis] <= place
        if order % 2:
            one_sided &= above | below
            sign = np.where(above, sign, -sign)
        lows[:, axis], highs[:, axis] = np.minimum(lows[:, axis], place), np.maximum(highs[:, axis], place)
        axes += [axis] * order
    value = derivative(replay.program, Batch(), [(lows[:, k], highs[:, k]) for k in range(low.shape[1])], tuple(axes))
    return one_sided & (np.where(sign > 0, value[0], -value[1]) > 0)
