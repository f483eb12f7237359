"""The inverse h of a generator m: h(m(x)) = x, h >= 0 does not fall, and it rises strictly above m(0)."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, eq, ge, le, lt
from theorems.softening._generator import GENERATOR, INSIDE, INVERSE, MONOTONE, STRICT, WEAK, c, h, kind_of, m, pair, u, v, x, y
from theorems.vocabulary import sp

ZERO = sp.Integer(0)
IN_RANGE = All(ge(h(v), 0), lt(h(v), c), eq(m(h(v)), v))


def reach(s: Derivation, value: sp.Expr, above: str) -> tuple[str, str]:
    """A value above m(0): h of it lies in [0, c), and m brings it back."""
    found = s.restate(All(ge(h(value), 0), lt(h(value), c), eq(m(h(value)), value)), [at("onto", v=value), above])
    return found, s.restate(eq(m(h(value)), value), [found])


def monotone(s: Derivation) -> None:
    def case(t: Derivation, way: str) -> None:
        if way == "apart":
            t.combine(le(m(x), m(y)), {t.restate(lt(m(x), m(y)), [at("rising", x=x, y=y), "low", way, "high"]): 1})
        else:
            t.transfer(le(m(x), m(y)), t.sign(le(m(x), m(x)), []), [t.sign(eq(x, y), [way, "order"])])

    s.cases(le(m(x), m(y)), {"apart": lt(x, y), "equal": ge(x, y)}, case)


def nonnegative(s: Derivation) -> None:
    def case(t: Derivation, way: str) -> None:
        if way == "reached":
            t.restate(ge(h(v), 0), [t.restate(IN_RANGE, [at("onto", v=v), way])])
        else:
            t.sign(ge(h(v), 0), [t.restate(eq(h(v), 0), [at("flat", v=v), way])])

    s.cases(ge(h(v), 0), {"reached": ge(v, m(0)), "below": lt(v, m(0))}, case)


def derive(d: Derivation) -> None:
    rising = d.for_all((x, y), {"low": le(0, x), "order": le(x, y), "high": lt(y, c)}, monotone)
    inside = d.for_all((v,), {}, nonnegative)

    def back(s: Derivation) -> None:
        above = s.restate(ge(m(x), m(0)), [at(rising, x=0, y=x), s.sign(le(ZERO, 0), []), "low", "high"])
        found, same = reach(s, m(x), above)

        def over(t: Derivation) -> None:
            t.combine(lt(ZERO, 0), {t.restate(lt(m(x), m(h(m(x)))), [at("rising", x=x, y=h(m(x))), "low", "negated", found]): 1, same: 1})

        def under(t: Derivation) -> None:
            t.combine(lt(ZERO, 0), {t.restate(lt(m(h(m(x))), m(x)), [at("rising", x=h(m(x)), y=x), "negated", "high", found]): 1, same: -1})

        high, low = s.contradiction(le(h(m(x)), x), over), s.contradiction(ge(h(m(x)), x), under)
        s.sign(eq(h(m(x)), x), [high, low])

    inverse = d.for_all((x,), {"low": le(0, x), "high": lt(x, c)}, back, because="m takes each value once")

    def weak(s: Derivation) -> None:
        def case(t: Derivation, way: str) -> None:
            if way == "below":
                zero, other = t.restate(eq(h(u), 0), [at("flat", v=u), way]), t.restate(ge(h(v), 0), [at(inside, v=v)])
                t.combine(le(h(u), h(v)), {zero: 1, other: 1})
            else:
                t.contradiction(le(h(u), h(v)), lambda r: absurd(r, way))

        def absurd(r: Derivation, way: str) -> None:
            (first, one), (second, two) = reach(r, u, way), reach(r, v, r.sign(ge(v, m(0)), [way, "order"]))
            wrong = r.restate(lt(m(h(v)), m(h(u))), [at("rising", x=h(v), y=h(u)), first, second, "negated"])
            r.combine(lt(ZERO, 0), {wrong: 1, one: 1, two: -1, "order": 1})

        s.cases(le(h(u), h(v)), {"reached": ge(u, m(0)), "below": lt(u, m(0))}, case)

    def strict(s: Derivation) -> None:
        def absurd(t: Derivation) -> None:
            upper, value = reach(t, v, t.sign(ge(v, m(0)), ["high"]))
            t.cases(lt(ZERO, 0), {"reached": ge(u, m(0)), "below": lt(u, m(0))}, lambda r, way: case(r, way, upper, value))

        def case(t: Derivation, way: str, upper: str, value: str) -> None:
            if way == "reached":
                lower, other = reach(t, u, way)
                found = t.restate(le(m(h(v)), m(h(u))), [at(rising, x=h(v), y=h(u)), upper, lower, "negated"])
                t.combine(lt(ZERO, 0), {found: 1, value: -1, other: 1, "order": 1})
            else:
                least = t.restate(eq(h(u), 0), [at("flat", v=u), way])
                zero = t.sign(eq(h(v), 0), [least, "negated", t.restate(ge(h(v), 0), [upper])])
                t.combine(lt(ZERO, 0), {t.transfer(eq(m(0), v), value, [zero]): -1, "high": 1})

        s.contradiction(lt(h(u), h(v)), absurd)

    flat = d.for_all((u, v), {"order": le(u, v)}, weak)
    rises = d.for_all((u, v), {"order": lt(u, v), "high": lt(m(0), v)}, strict)
    d.restate(All(INVERSE, WEAK, STRICT, INSIDE, MONOTONE), [inverse, flat, rises, inside, rising])


def sample(draw: Draw) -> Sample:
    return Sample(pair(kind_of(draw), draw.rational("1/2", 3)))


CLAIM = Entry(
    Claim("op:generator-class/inverse", "The inverse of a generator", Source("ours", "this project"), "ours", "implication",
          GENERATOR, All(INVERSE, WEAK, STRICT, INSIDE, MONOTONE)),
    derive, sample,
)
