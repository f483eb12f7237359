"""The temperature at which another operator gives the same student: m(T) is the mean of the feature under it, c that of the target.

exists: m continuous on [a, b], strictly falling, m(b) <= c <= m(a): exactly one T in [a, b] has m(T) = c, and by eq:moments the same
student.  falls: along a family that majorises and keeps the order of p, a feature ordered as p has a mean that does not rise.
enclosure: where m does not rise and m(low) > c > m(high), every T with m(T) = c lies between low and high; this is what the solver
`numerics.matching` certifies with balls.   mixing: m(T) = m_u + (m_p - m_u)/T matches at T = (m_p - m_u)/(c - m_u) and nowhere else.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.lemmas.intermediate_value import CONTINUOUS, a, b, x, y
from theorems.lemmas.intermediate_value import f as m
from theorems.lemmas.intermediate_value import s as c
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt, ne
from theorems.vocabulary import T, V, k, mixing, p, total

low, high = sp.symbols("low high", real=True)
phi, first, second = (sp.IndexedBase(name) for name in ("phi", "first", "second"))
TAKEN = Exists((x,), (le(a, x), le(x, b)), eq(m(x), c))
STRICT = ForAll((x, y), (le(a, x), lt(x, y), le(y, b)), lt(m(y), m(x)))
UNIQUE: Proposition = ForAll((x, y), (le(a, x), le(x, b), le(a, y), le(y, b), eq(m(x), c), eq(m(y), c)), eq(x, y))
ONE = All(TAKEN, UNIQUE)
ENCLOSED = ForAll((x,), (le(a, x), le(x, b), eq(m(x), c)), All(lt(low, x), lt(x, high)))
WEAK = ForAll((x, y), (le(a, x), le(x, y), le(y, b)), le(m(y), m(x)))
FALLS = le(total(lambda s: second[s] * phi[s]), total(lambda s: first[s] * phi[s]))


def exists(d: Derivation) -> None:
    taken = d.cite("intermediate value theorem", TAKEN, ["order", "continuous", "start", "end"])

    def one(s: Derivation) -> None:
        def below(u: Derivation, one_: sp.Symbol, other: sp.Symbol, names: list[str], values: list[str]) -> str:
            def absurd(v: Derivation) -> None:
                drop = v.restate(lt(m(other), m(one_)), [at("strict", x=one_, y=other), *names, "apart"])
                v.combine(lt(0, 0), {drop: 1, values[0]: 1, values[1]: -1})

            return u.contradiction(ge(one_, other), absurd, negated="apart")

        up = below(s, x, y, ["x_low", "y_high"], ["x_value", "y_value"])
        down = below(s, y, x, ["y_low", "x_high"], ["y_value", "x_value"])
        s.sign(eq(x, y), [up, down])

    assume = {"x_low": le(a, x), "x_high": le(x, b), "y_low": le(a, y), "y_high": le(y, b), "x_value": eq(m(x), c), "y_value": eq(m(y), c)}
    d.restate(ONE, [taken, d.for_all((x, y), assume, one)])


def enclosed(d: Derivation) -> None:
    def inside(s: Derivation) -> None:
        def left(u: Derivation) -> None:
            fall = u.restate(le(m(low), m(x)), [at("falls", x=x, y=low), "x_low", "before", "low"])
            u.combine(lt(0, 0), {fall: 1, "value": 1, "too_cold": 1})

        def right(u: Derivation) -> None:
            fall = u.restate(le(m(x), m(high)), [at("falls", x=high, y=x), "x_high", "after", "high"])
            u.combine(lt(0, 0), {fall: 1, "value": -1, "too_hot": 1})

        cold = s.contradiction(lt(low, x), left, negated="before")
        s.restate(ENCLOSED.then, [cold, s.contradiction(lt(x, high), right, negated="after")])

    d.for_all((x,), {"x_low": le(a, x), "x_high": le(x, b), "value": eq(m(x), c)}, inside)


def falls(d: Derivation) -> None:
    def heads(s: Derivation) -> None:
        bound = s.restate(le(total(lambda t: second[t], k), total(lambda t: first[t], k)), [at("heads", k=k), "low", "high"])
        s.combine(ge(total(lambda t: first[t] - second[t], k), 0), {bound: 1})

    partial = d.for_all((k,), {"low": le(1, k), "high": le(k, V - 1)}, heads)
    values = {"c": sp.Lambda((k,), phi[k]), "d": sp.Lambda((k,), first[k] - second[k])}
    bound = d.use("base:abel", ge(total(lambda s: phi[s] * (first[s] - second[s])), phi[V] * total(lambda s: first[s] - second[s])), ["V", "feature", partial], **values)
    d.combine(FALLS, {bound: 1, "same": -phi[V]})


MEAN = total(lambda s: p[s] * phi[s])
EVEN = total(lambda s: phi[s]) / V


def mixed(temperature: sp.Expr) -> sp.Expr:
    return total(lambda s: mixing(p, temperature)(s) * phi[s])


FORMULA = All(eq(mixed(T), EVEN + (MEAN - EVEN) / T), ForAll((), (eq(mixed(T), c),), eq(T, (MEAN - EVEN) / (c - EVEN))))


def mix(d: Derivation) -> None:
    size = d.sign(gt(V, 0), ["V"])
    warm = d.sign(gt(T, 0), ["T"])
    formula = d.rewrite(FORMULA.args[0], [warm, size])

    def solved(s: Derivation) -> None:
        gap = s.combine(eq(c - EVEN, (MEAN - EVEN) / T), {"value": -1, formula: 1}, [warm, size])
        away = s.combine(eq((c - EVEN) * T, MEAN - EVEN), {gap: T}, [warm, size])
        s.combine(eq(T, (MEAN - EVEN) / (c - EVEN)), {away: 1 / (c - EVEN)}, ["apart", size])

    d.restate(FORMULA, [formula, d.for_all((), {"value": eq(mixed(T), c)}, solved)])


def sample(draw: Draw) -> Sample:
    """A falling hyperbola, the temperature that matches, and a step small enough for every tried tolerance."""
    t, start, width, slope = sp.Symbol("t", real=True), draw.rational("1/2", 2), draw.rational("1/4", 3), draw.rational("1/4", 2)
    place = start + width * draw.rational(0, 1)
    rule = sp.Lambda((t,), slope / t)
    return Sample({"a": start, "b": start + width, "f": rule, "s": slope / place, "x": place, "d": sp.Rational(1, 10**6), "low": place * sp.Rational(9, 10),
                   "high": place * sp.Rational(11, 10)})


def sample_enclosed(draw: Draw) -> Sample:
    values = dict(sample(draw).values)
    return Sample({**values, "a": values["low"] / 2, "b": values["high"] * 2})


def sample_falls(draw: Draw) -> Sample:
    size, warm = draw.integer(1, 5), draw.rational(1, 5)
    masses = tuple(sorted(draw.law(size), reverse=True))
    return Sample({"V": size, "first": masses, "second": tuple(q / warm + (1 - 1 / warm) / size for q in masses), "phi": tuple(sorted(draw.family(size, -2, 2), reverse=True))})


def sample_mixed(draw: Draw) -> Sample:
    size, warm = draw.integer(2, 4), draw.rational(1, 5)
    masses, feature = draw.law(size), draw.family(size, -2, 2)
    even, own = sum(feature) / size, sum(q * v for q, v in zip(masses, feature, strict=True))
    return Sample({"V": size, "T": warm, "p": masses, "phi": feature, "s": even + (own - even) / warm})


SOURCE = Source("SKD", "abstract (iv)")
INSIDE = (("order", le(a, b)), ("continuous", CONTINUOUS), ("strict", STRICT), ("start", le(c, m(a))), ("end", le(m(b), c)))
CLAIMS = (
    Entry(Claim("eq:matched-temperature", "One temperature of a second operator gives the same student", SOURCE, "ours", "existence", INSIDE, ONE), exists, sample),
    Entry(Claim("eq:matched-temperature/enclosure", "Signs at two temperatures enclose every match", SOURCE, "ours", "upper",
                (("falls", WEAK), ("low", le(low, b)), ("high", le(a, high)), ("too_cold", gt(m(low), c)), ("too_hot", gt(c, m(high)))), ENCLOSED), enclosed, sample_enclosed),
    Entry(Claim("eq:matched-temperature/falls", "The mean of an ordered feature does not rise", SOURCE, "ours", "upper",
                (("V", ge(V, 1)), ("feature", ForAll((k,), (le(1, k), le(k, V - 1)), ge(phi[k], phi[k + 1]))),
                 ("heads", ForAll((k,), (le(1, k), le(k, V - 1)), le(total(lambda t: second[t], k), total(lambda t: first[t], k)))),
                 ("same", eq(total(lambda t: first[t]), total(lambda t: second[t])))), FALLS, uses=("base:abel",)), falls, sample_falls),
    Entry(Claim("eq:matched-temperature/mixing", "The temperature of mixing in closed form", SOURCE, "ours", "identity",
                (("V", ge(V, 1)), ("T", ge(T, 1)), ("apart", ne(c - EVEN, 0))), FORMULA), mix, sample_mixed),
)
