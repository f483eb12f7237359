"""When is F_1 the identity?  For V >= 3, exactly where w(., 1) is a multiple of its argument (on the open interval).

One way: w(x, 1) = c x with c > 0 gives F_1(p) = p for every law.  The other way: it is enough that F_1 keeps the laws
(x, y, r, ..., r) with V - 2 equal entries; then w(x, 1)/x is the same for all x in (0, 1).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, eq, ge, gt, le, lt
from theorems.softening._separable import separable, total_weight, w, x, y
from theorems.vocabulary import V, each, i, law, p, sp, total

OURS = Source("ours", "this project")
r, s_, c = sp.symbols("r s c", real=True)
LINEAR = ForAll((x,), (le(0, x), le(x, 1)), eq(w(x, 1), c * x))


def derive_sufficient(d: Derivation) -> None:
    mass = d.restate(eq(total(lambda a: p[a]), 1), ["p"])

    def weigh(s: Derivation) -> None:
        inside = s.sign(ge(p[i], 0), ["p", "low", "high"])
        part = s.step("member", le(p[i], total(lambda a: p[a])), ["p", "low", "high"], at=i)
        s.restate(eq(w(p[i], 1), c * p[i]), [at("linear", x=p[i]), inside, s.combine(le(p[i], 1), {part: 1, mass: 1})])

    weights = d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, weigh)
    summed = d.step("termwise", eq(total_weight(1), total(lambda a: c * p[a])), [weights], range=(1, V))
    whole = d.combine(eq(total_weight(1), c), {summed: 1, mass: c})

    def ratio(s: Derivation) -> None:
        weight = s.restate(eq(w(p[i], 1), c * p[i]), [at(weights, i=i), "low", "high"])
        positive = s.sign(gt(total_weight(1), 0), [whole, "c"])
        s.rewrite(eq(separable(1)(i), p[i]), [positive, "c"], using=[weight, whole])

    d.for_all((i,), {"low": le(1, i), "high": le(i, V)}, ratio)


TOTAL = w(x, 1) + w(y, 1) + (V - 2) * w(r, 1)
KEEPS = ForAll((x, y, r), (gt(x, 0), gt(y, 0), gt(r, 0), eq(x + y + (V - 2) * r, 1)), eq(w(x, 1), x * TOTAL))
POSITIVE = ForAll((x,), (gt(x, 0), lt(x, 1)), gt(w(x, 1), 0))
PROPORTIONAL = ForAll((x, y), (gt(x, 0), lt(x, 1), gt(y, 0), lt(y, 1)), eq(w(x, 1) * y, w(y, 1) * x))


def derive_necessary(d: Derivation) -> None:
    def sharing(s: Derivation) -> None:
        """Two entries that fit into one law together."""
        rest = (1 - x - y) / (V - 2)
        inside = s.sign(gt(rest, 0), ["V", "room"])
        whole = s.rewrite(eq(x + y + (V - 2) * rest, 1), ["V"])
        other = s.rewrite(eq(y + x + (V - 2) * rest, 1), ["V"])
        one = s.restate(eq(w(x, 1), x * TOTAL.subs(r, rest)), [at("keeps", x=x, y=y, r=rest), "x", "y", "V", inside, whole])
        two = s.restate(eq(w(y, 1), y * TOTAL.subs(r, rest)), [at("keeps", x=y, y=x, r=rest), "x", "y", "V", inside, other])
        s.combine(eq(w(x, 1) * y, w(y, 1) * x), {one: y, two: -x}, ["V"])

    together = d.for_all((x, y), {"x": gt(x, 0), "y": gt(y, 0), "room": lt(x + y, 1)}, sharing)

    def any_two(s: Derivation) -> None:
        """Both fit with a third entry: half of what the larger one leaves."""
        third = sp.Rational(1, 2) * (1 - x) * (1 - y)
        small = s.sign(gt(third, 0), ["x_high", "y_high"])
        fits = s.sign(lt(x + third, 1), ["x_low", "x_high", "y_low", "y_high"])
        fits_too = s.sign(lt(y + third, 1), ["x_low", "x_high", "y_low", "y_high"])
        one = s.restate(eq(w(x, 1) * third, w(third, 1) * x), [at(together, x=x, y=third), "x_low", small, fits])
        two = s.restate(eq(w(y, 1) * third, w(third, 1) * y), [at(together, x=y, y=third), "y_low", small, fits_too])
        s.combine(eq(w(x, 1) * y, w(y, 1) * x), {one: y / third, two: -x / third}, ["x_high", "y_high"])

    d.for_all((x, y), {"x_low": gt(x, 0), "x_high": lt(x, 1), "y_low": gt(y, 0), "y_high": lt(y, 1)}, any_two)


def sample(draw: Draw) -> Sample:
    size, slope = draw.integer(3, 6), draw.rational("1/4", 3)
    return Sample({"V": size, "p": draw.law(size, zeros=True), "c": slope, "w": sp.Lambda((x, y), slope * x)})


CLAIMS = (
    Entry(Claim("op:separable-criterion/identity", "Linear weights at T = 1 give the identity", OURS, "ours", "implication",
                (("p", law(p)), ("c", gt(c, 0)), ("linear", LINEAR)), each(lambda a: eq(separable(1)(a), p[a]))),
          derive_sufficient, sample),
    Entry(Claim("op:separable-criterion/identity-only-if", "For V >= 3 only linear weights give the identity", OURS, "ours", "implication",
                (("V", ge(V, 3)), ("keeps", KEEPS)), PROPORTIONAL),
          derive_necessary, sample),
)
__all__ = ["CLAIMS", "POSITIVE", "s_"]
