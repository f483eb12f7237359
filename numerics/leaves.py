"""How a claim is shown on one box: the leaf rules of a certificate.  Trusted.

    n, N     the enclosure of the leaf, with balls or with closed intervals
    c, C     the mean value form at the middle, after moving each monotone variable to its lesser end
    0 .. 9   the contact list of that number: the claim is tight on the faces x_k = c of the list.  Where the
             expression vanishes on them to their orders, it is the mixed derivative integrated against a kernel
             of the sign of product (x_k - c)^order (Peano), so the derivative must have that sign on the hull
             of leaf and faces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, final

from flint import fmpq

from numerics.balls import Balls, rational
from numerics.enclosure import Closed
from numerics.exact import derivative, vanishes
from numerics.jets import Jets
from theorems.boxclaim import BoxClaim

Box = tuple[tuple[fmpq, fmpq], ...]
Contact = tuple[int, fmpq, int]


@final
class Replay:
    """One claim, compiled at the present precision.  Every test is True only where the claim is shown."""

    def __init__(self, claim: BoxClaim, contacts: Sequence[Sequence[Contact]] = ()) -> None:
        self.claim, self.contacts = claim, contacts
        self.box: Box = tuple((rational(low), rational(high)) for low, high in claim.box())
        self.program = claim.program()
        self.balls, self.closed = Balls(), Closed()
        self.jets = {id(base): Jets(base, len(self.box)) for base in (self.balls, self.closed)}
        self.values = {id(base): self.program.bind(base) for base in (self.balls, self.closed)}
        self.slopes = {id(base): self.program.bind(self.jets[id(base)]) for base in (self.balls, self.closed)}
        strict = claim.relation == ">"
        self.shown = {id(base): base.positive if strict else base.nonnegative for base in (self.balls, self.closed)}
        bases = {"n": self.balls, "N": self.closed}
        self.natural = {rule: (base.interval, self.values[id(base)], self.shown[id(base)]) for rule, base in bases.items()}

    def leaf(self, rule: str, box: Box) -> bool:
        """Does this rule show the claim on this box?"""
        if rule in "nN":
            interval, values, shown = self.natural[rule]
            return shown(values(*[interval(low, high) for low, high in box])[0])
        if rule in "cC":
            return self.centred(self.balls if rule == "c" else self.closed, box)
        return rule in "0123456789" and int(rule) < len(self.contacts) and self.touching(self.contacts[int(rule)], box)

    def centred(self, base: Any, box: Box) -> bool:
        """f(x) >= f(m) + sum f_k(X) (x_k - m_k), with x_k at an end where f_k keeps its sign on the leaf."""
        jets = self.jets[id(base)]
        places = [jets.variable(base.interval(low, high), axis) for axis, (low, high) in enumerate(box)]
        whole, slopes = self.slopes[id(base)](*places)[0]
        if not base.finite(whole):
            return False
        middles, offsets = [], []
        for slope, (low, high) in zip(slopes, box, strict=True):
            if slope is None or base.nonnegative(slope):
                high = low
            elif base.nonnegative(base.negate(slope)):
                low = high
            middle = (low + high) / 2
            middles.append(base.interval(middle, middle))
            if low != high:
                offsets.append(base.multiply(slope, base.interval(low - middle, high - middle)))
        value = self.values[id(base)](*middles)[0]
        for offset in offsets:
            value = base.add(value, offset)
        return self.shown[id(base)](value)

    def touching(self, contacts: Sequence[Contact], box: Box) -> bool:
        """The mixed derivative has the sign of product (x_k - c)^order on the hull of the leaf and the faces."""
        sign, hull, axes = 1, list(box), []
        for axis, point, order in contacts:
            low, high = box[axis]
            if order % 2 and not (low >= point or high <= point):
                return False
            if order % 2 and not low >= point:
                sign = -sign
            hull[axis] = (min(hull[axis][0], point), max(hull[axis][1], point))
            axes += [axis] * order
        inputs = [self.closed.interval(*ends) for ends in hull]
        if self.claim.relation == ">" or not self.closed.finite(self.values[id(self.closed)](*inputs)[0]):
            return False
        value = derivative(self.program, self.closed, inputs, tuple(axes))
        return self.closed.nonnegative(value if sign > 0 else self.closed.negate(value))

    def violated(self, point: Sequence[fmpq]) -> bool:
        """Does a ball or a closed interval show the negation at a rational point?"""
        for base in (self.balls, self.closed):
            value = base.negate(self.values[id(base)](*(base.interval(x, x) for x in point))[0])
            if base.positive(value) or (self.claim.relation == ">" and base.nonnegative(value)):
                return True
        return False

    def vanishing(self) -> bool:
        """Is the expression 0 to the stated orders on every face of every list, no face named twice in one?"""
        if any(len({contact[:2] for contact in contacts}) < len(contacts) for contacts in self.contacts):
            return False
        faces = {contact for contacts in self.contacts for contact in contacts}
        return all(vanishes(self.program, self.claim.symbols(), self.box, *face[:2], k) for face in faces for k in range(face[2]))
