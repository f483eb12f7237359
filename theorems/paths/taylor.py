"""A curve in R^V with |acceleration| <= M on [0, 1] stays within M (b - a)^2/2 of its tangent, 0 <= a <= b <= 1, all V.

In every direction u of length at most N the remainder is at most N M (b - a)^2/2: the gap between both sides starts at 0 with
slope 0 and has the second derivative <u, acceleration> - N M <= 0.  The remainder's own direction gives the claim.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.norm_sum import PRODUCT, TRIANGLE
from theorems.logic import All, eq, ge, gt, le
from theorems.paths._curve import CURVE, MOTION, RANGE, M, acceleration, gamma, remainder, tau, velocity
from theorems.terms import substitute
from theorems.vocabulary import V, i, sp, total

a, b, N, norm = sp.symbols("a b N norm", real=True)
u = sp.IndexedBase("u")
PLACES = (("a_low", le(0, a)), ("order", le(a, b)), ("b_high", le(b, 1)))
SPAN = {"after": le(a, tau), "before": le(tau, b)}
FAR = M * (b - a) ** 2 / 2
DIRECTION = le(total(lambda s: u[s] * remainder(s, a, b)), N * FAR)
BOUND = le(total(lambda s: remainder(s, a, b) ** 2), FAR**2)


def gap(end: sp.Expr) -> sp.Expr:
    return total(lambda s: u[s] * remainder(s, a, end)) - N * M * (end - a) ** 2 / 2


def slope(end: sp.Expr) -> sp.Expr:
    return total(lambda s: u[s] * (velocity(s, end) - velocity(s, a))) - N * M * (end - a)


def unit(s: Derivation) -> list[str]:
    """0 <= tau <= 1."""
    return [s.sign(le(0, tau), ["after", "a_low"]), s.sign(le(tau, 1), ["before", "b_high"])]


def evaluated(s: Derivation, rule: object, image: object, side: int) -> str:
    """sum u_i times the derivative of gamma (side 0) or velocity (side 1) is sum u_i times what the hypothesis says it is."""
    def term(t: Derivation) -> None:
        both = t.restate(MOTION, [at("motion", i=i, tau=tau), *inside, "i_low", "i_high"])
        known = t.restate(MOTION.args[side], [both])
        t.combine(eq(u[i] * rule(i), u[i] * image(i)), {known: u[i]})  # type: ignore[operator]

    inside = unit(s)
    terms = s.for_all((i,), RANGE, term)
    return s.step("termwise", eq(total(lambda b_: u[b_] * rule(b_)), total(lambda b_: u[b_] * image(b_))), [terms], range=(1, V))  # type: ignore[operator]


def direction(d: Derivation) -> None:
    def curved(s: Derivation) -> None:
        moved = evaluated(s, lambda c: sp.Derivative(velocity(c, tau), tau), lambda c: acceleration(c, tau), 1)
        values = {"a": u, "b": sp.Lambda((i,), acceleration(i, tau)), "A": N, "B": M}
        inside = unit(s)
        bend = s.restate(le(total(lambda c: acceleration(c, tau) ** 2), M**2), [at("bend", tau=tau), *inside])
        both = s.use("base:norm-sum", substitute(All(PRODUCT, TRIANGLE), values), ["classes", "size", "bend_sign", "length", bend], **values)
        less = s.restate(le(total(lambda c: u[c] * acceleration(c, tau)), N * M), [both])
        raw = total(lambda c: u[c] * sp.Derivative(velocity(c, tau), tau)) - N * M
        change = s.derivative(eq(sp.Derivative(slope(tau), tau), raw), ["smooth"])
        s.combine(le(sp.Derivative(slope(tau), tau), 0), {change: 1, moved: 1, less: 1})

    falling = d.for_all((tau,), SPAN, curved, because="the slope falls")

    def sinking(s: Derivation) -> None:
        start = s.rewrite(eq(slope(a), 0))
        low = s.monotone(le(slope(tau), slope(a)), falling, ["smooth", "after", "before"], low=a, high=tau)
        below = s.combine(le(slope(tau), 0), {low: 1, start: 1})
        moved = evaluated(s, lambda c: sp.Derivative(gamma(c, tau), tau), lambda c: velocity(c, tau), 0)
        raw = total(lambda c: u[c] * (sp.Derivative(gamma(c, tau), tau) - velocity(c, a))) - N * M * (tau - a)
        change = s.derivative(eq(sp.Derivative(gap(tau), tau), raw), ["smooth"])
        s.combine(le(sp.Derivative(gap(tau), tau), 0), {change: 1, moved: 1, below: 1})

    descent = d.for_all((tau,), SPAN, sinking, because="so the gap falls")
    start = d.rewrite(eq(gap(a), 0))
    end = d.monotone(le(gap(b), gap(a)), descent, ["smooth", "order"], low=a, high=b)
    d.combine(DIRECTION, {end: 1, start: 1})


def derive(d: Derivation) -> None:
    """With u the remainder and N its length: N^2 <= N FAR, hence N <= FAR."""
    square = BOUND.left
    positive = d.sign(ge(square, 0), ["classes"])
    named = d.step("define", eq(norm, sp.sqrt(square)), [positive])
    size = d.transfer(ge(norm, 0), d.sign(ge(sp.sqrt(square), 0), [positive]), [named])
    exact = d.rewrite(eq(norm**2, square), [positive], using=[named])
    values = {"u": sp.Lambda((i,), remainder(i, a, b)), "N": norm}
    names = [name for name, _ in (*CURVE, *PLACES)]
    length = d.combine(le(square, norm**2), {exact: -1})
    along = d.use("path:euler/direction", substitute(DIRECTION, values), [*names, size, length], **values)
    far = d.sign(ge(FAR, 0), ["bend_sign"])

    def compare(s: Derivation, case: str) -> None:
        if case == "short":
            less = s.sign(ge((FAR - norm) * (FAR + norm), 0), [case, far, size])
            s.combine(BOUND, {less: 1, exact: -1})
        else:
            product = s.sign(gt(norm * (norm - FAR), 0), [case, s.sign(gt(norm, 0), [case, far])])
            s.contradiction(BOUND, lambda t: t.combine(gt(0, 0), {product: 1, along: 1, exact: 1}))

    d.cases(BOUND, {"short": le(norm, FAR), "long": gt(norm, FAR)}, compare)


def parabola(draw: Draw, size: int) -> dict[str, object]:
    """A curve of polynomials of degree two, or of exponentials, with its bend."""
    first, second = draw.rational(-2, 2), draw.rational(-2, 2)
    rule = first * tau * i + second * tau**2 * (i - 1) + i
    bend = [sp.diff(rule, tau, 2).subs(i, s) for s in range(1, size + 1)]
    moving = {"gamma": rule, "velocity": sp.diff(rule, tau), "acceleration": sp.diff(rule, tau, 2)}
    return {"V": size, "M": sp.sqrt(sum(x**2 for x in bend)), **{name: sp.Lambda((i, tau), body) for name, body in moving.items()}}


def places(draw: Draw) -> dict[str, object]:
    ends = sorted((draw.rational(0, 1), draw.rational(0, 1)))
    return {"a": ends[0], "b": ends[1]}


def sample(draw: Draw) -> Sample:
    return Sample({**parabola(draw, draw.integer(0, 3)), **places(draw)})


def sample_direction(draw: Draw) -> Sample:
    size = draw.integer(0, 3)
    chosen = draw.family(size, -2, 2)
    return Sample({**parabola(draw, size), **places(draw), "u": chosen, "N": sp.sqrt(sum(x**2 for x in chosen))})


SOURCE = Source("SKD", "abstract (ii)")
CLAIMS = (
    Entry(Claim("path:euler/direction", "A curve and its tangent, in one direction", SOURCE, "ours", "upper",
                (*CURVE, *PLACES, ("size", ge(N, 0)), ("length", le(total(lambda s: u[s] ** 2), N**2))), DIRECTION, uses=("base:norm-sum",)),
          direction, sample_direction),
    Entry(Claim("path:euler/tangent", "A curve and its tangent", SOURCE, "ours", "upper", (*CURVE, *PLACES), BOUND, uses=("path:euler/direction",)),
          derive, sample),
)
