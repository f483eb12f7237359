"""Where is a claim tight?  Finds the faces x_k = c on which an expression vanishes.  Untrusted.

Ends of the box, simple rationals and the coordinates of sampled minima are tried in floats; what looks like 0
with its first derivatives is then decided exactly by `numerics.leaves.Replay.vanishing`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any, Final

import numpy as np

from numerics.balls import rational
from numerics.batch import Batch
from numerics.exact import derivative
from numerics.leaves import Contact, Replay
from theorems.boxclaim import BoxClaim

SIMPLE: Final = tuple(Fraction(text) for text in ("0", "1/4", "1/3", "1/2", "2/3", "3/4", "1", "3/2", "2", "-1", "3", "4"))
HIGHEST_ORDER: Final = 4
NEGLIGIBLE: Final = 1e-10


def find_contacts(claim: BoxClaim, *, seed: int = 0) -> list[list[Contact]]:
    """Lists of contacts for a tangent certificate, from single faces to all together; empty if none is exact."""
    with np.errstate(all="ignore"):
        candidates = [_contact(claim, axis, point, seed) for axis, point in _places(claim, seed)]
    faces = [face for face in candidates if face is not None and Replay(claim, [[face]]).vanishing()][:3]
    lists = [list(some) for size in range(1, len(faces) + 1) for some in combinations(faces, size)]
    return [some for some in lists if sum(order for _, _, order in some) <= HIGHEST_ORDER][:10]


def values(claim: BoxClaim, points: Any, axes: tuple[int, ...] = ()) -> Any:
    """The expression, or a derivative, in floats at `points` (one row a point)."""
    result = derivative(claim.program(), Batch(), [(column, column) for column in points.T], axes)
    return np.broadcast_to(result[0], len(points))


def random_points(claim: BoxClaim, count: int, seed: int) -> Any:
    ends = np.array([[float(low), float(high)] for low, high in claim.box()])
    return ends[:, 0] + np.random.default_rng(seed).random((count, len(ends))) * (ends[:, 1] - ends[:, 0])


def minimum(claim: BoxClaim, *, count: int, seed: int) -> Any:
    """A point where the expression is small: random sampling, then ever narrower sampling about the best."""
    ends = np.array([[float(low), float(high)] for low, high in claim.box()])
    points = random_points(claim, count, seed)
    best, width = points[0], ends[:, 1] - ends[:, 0]
    generator = np.random.default_rng(seed + 1)
    for shrink in range(24):
        found = values(claim, points)
        if not np.all(np.isnan(found)):
            best = points[np.nanargmin(found)]
        around = best + (generator.random((count // 8, len(ends))) - 0.5) * width * 0.5**shrink
        points = np.vstack([best, np.clip(around, ends[:, 0], ends[:, 1])])
    return best


def _places(claim: BoxClaim, seed: int) -> list[tuple[int, Fraction]]:
    lowest = minimum(claim, count=512, seed=seed)
    places: list[tuple[int, Fraction]] = []
    for axis, (low, high) in enumerate(claim.box()):
        sampled = Fraction(float(lowest[axis])).limit_denominator(500)
        for point in (low, high, sampled, (low + high) / 2, *SIMPLE):
            if low <= point <= high and (axis, point) not in places:
                places.append((axis, point))
    return places


def _contact(claim: BoxClaim, axis: int, point: Fraction, seed: int) -> Contact | None:
    """The contact at x_axis = point with the order to which the expression seems to vanish, if any."""
    points = random_points(claim, 12, seed + 2)
    points[:, axis] = float(point)
    order = 0
    while order <= HIGHEST_ORDER and np.all(np.abs(values(claim, points, (axis,) * order)) < NEGLIGIBLE):
        order += 1
    low, high = claim.box()[axis]
    if order == 0 or order > HIGHEST_ORDER or (low < point < high and order % 2):
        return None
    return axis, rational(point), order
