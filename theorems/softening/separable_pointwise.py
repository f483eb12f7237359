"""What weights w(p, T) need at given temperatures, F_T(p)_i = w(p_i, T)/sum_j w(p_j, T), for all laws p, zeros included, and all V.

* w >= 0 on [0, 1] and > 0 on (0, 1]: F_T(p) is a law (/simplex).
* F_T does not see the names of the classes (/equivariance).
* w(c x, T) w(y, T) = w(x, T) w(c y, T): F_T commutes with restriction to the classes 1..k and renormalisation (/restriction).
* w(c w(x, T), T2) w(y, T T2) = w(x, T T2) w(c w(y, T), T2): F_T2 after F_T is F_(T T2) (/semigroup).
"""

from __future__ import annotations

from typing import Any

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Proposition, eq, ge, gt, le, lt
from theorems.rules.permutation import permutation
from theorems.softening._separable import positive, separable, total_weight, w, x, y
from theorems.terms import substitute
from theorems.vocabulary import T2, T, V, each, i, k, law, p, q, sp, total

OURS = Source("ours", "this project")
s_ = sp.IndexedBase("s", integer=True)
c, rho = sp.symbols("c rho", real=True)
l = sp.Symbol("l", integer=True)
SPAN = {"low": le(1, i), "high": le(i, V)}
ZERO = sp.Integer(0)


def weigh(family: Any = p, temperature: Any = T) -> Any:
    """The rule index -> weight of the entry."""
    return lambda a: w(family[a], temperature)


def nonnegative(d: Derivation, family: Any = p, temperature: Any = T, fact: str = "positive", laws: str = "p") -> str:
    """Every weight is >= 0."""
    part = d.restate(positive(temperature).args[0], [fact])  # type: ignore[attr-defined]

    def one(s: Derivation) -> None:
        inside, above = s.sign(ge(family[i], 0), [laws, "low", "high"]), at_most_one(s, family, laws)
        s.restate(ge(w(family[i], temperature), 0), [at(part, x=family[i]), inside, above])

    return d.for_all((i,), SPAN, one)


def at_most_one(s: Derivation, family: Any, laws: str) -> str:
    mass = s.restate(eq(total(lambda a: family[a]), 1), [laws])
    part = s.step("member", le(family[i], total(lambda a: family[a])), [laws, "low", "high"], at=i)
    return s.combine(le(family[i], 1), {part: 1, mass: 1})


def some_weight(d: Derivation, weights: str, family: Any = p, temperature: Any = T, fact: str = "positive", laws: str = "p") -> str:
    """The sum of the weights is > 0: else all entries of the law would be 0."""
    above = d.restate(positive(temperature).args[1], [fact])  # type: ignore[attr-defined]
    whole = substitute(total_weight(temperature), {"p": sp.Lambda(i, family[i])})

    def none(s: Derivation) -> None:
        def entry(t: Derivation) -> None:
            high = at_most_one(t, family, laws)

            def some(u: Derivation) -> None:
                weight = u.restate(gt(w(family[i], temperature), 0), [at(above, x=family[i]), "some", high])
                part = u.step("member", le(w(family[i], temperature), whole), [weights, "low", "high"], at=i)
                u.combine(lt(sp.Integer(0), 0), {weight: 1, part: 1, "none": 1})

            t.contradiction(le(family[i], 0), some, negated="some")

        empty = s.for_all((i,), SPAN, entry)
        bound = s.step("termwise", le(total(lambda a: family[a]), total(lambda a: ZERO)), [empty], range=(1, V))
        mass = s.restate(eq(total(lambda a: family[a]), 1), [laws])
        s.combine(le(sp.Integer(1), 0), {bound: 1, mass: -1})

    return d.contradiction(gt(whole, 0), none, negated="none")


def derive_simplex(d: Derivation) -> None:
    weights = nonnegative(d)
    whole = some_weight(d, weights)
    d.use("base:normalised-law", law(separable(T)), [weights, whole], a=sp.Lambda(i, w(p[i], T)))


MOVED = sp.Lambda(i, p[s_[i]])
PERMUTED = each(lambda a: eq(substitute(separable(T)(i), {"p": MOVED, "i": a}), separable(T)(s_[a])))


def derive_equivariance(d: Derivation) -> None:
    moved = substitute(total_weight(T), {"p": MOVED})
    same = d.step("permute", eq(moved, total_weight(T)), ["places"], places=s_)
    there = d.transfer(gt(moved, 0), "total", [same])
    d.for_all((i,), SPAN, lambda s: s.rewrite(eq(w(p[s_[i]], T) / moved, separable(T)(s_[i])), ["total", there], using=[same]))


SCALING = ForAll((x, y, c), (le(0, x), le(0, y), gt(c, 0), le(c * x, 1), le(c * y, 1)), eq(w(c * x, T) * w(y, T), w(x, T) * w(c * y, T)))
KEPT = total(lambda a: w(p[a], T), k, l)
CUT = total(lambda a: w(q[a], T), k, l)
HEAD = {"low": le(1, i), "high": le(i, k)}
RESTRICTED = each(lambda a: eq(w(q[a], T) / CUT, separable(T)(a) / total(separable(T), k)), k)


def derive_restriction(d: Derivation) -> None:
    scale = d.sign(gt(1 / rho, 0), ["rho"])
    entries = d.for_all((i,), HEAD, lambda t: t.sign(ge(p[i], 0), ["p", "low", t.sign(le(i, V), ["high", "k"])]))

    def pair(s: Derivation) -> None:
        """w(q_i) w(p_l) = w(p_i) w(q_l)."""
        first, second = (s.restate(eq(q[a], p[a] / rho), [at("restricted", i=a), *span, "rho"]) for a, span in ((i, ["low", "high"]), (l, ["l_low", "l_high"])))
        facts = []
        for a, span in ((i, ["low", "high"]), (l, ["l_low", "l_high"])):
            inside = s.sign(ge(p[a], 0), ["p", span[0], s.sign(le(a, V), [span[1], "k"])])
            part = s.step("member", le(p[a], total(lambda b: p[b], k)), [entries, *span], at=a)
            low = s.combine(le(p[a], rho), {part: 1, "mass": -1})
            facts += [inside, s.sign(le(p[a] / rho, 1), [low, "rho"])]
        found = s.restate(eq(w(p[i] / rho, T) * w(p[l], T), w(p[i], T) * w(p[l] / rho, T)), [at("scaling", x=p[i], y=p[l], c=1 / rho), *facts, scale, "rho"])
        s.transfer(eq(w(q[i], T) * w(p[l], T), w(p[i], T) * w(q[l], T)), found, [first, second, "rho"])

    pairs = d.for_all((i, l), {**HEAD, "l_low": le(1, l), "l_high": le(l, k)}, pair)
    part = d.rewrite(eq(total(separable(T), k), KEPT / total_weight(T)), ["total"])
    share = d.transfer(gt(total(separable(T), k), 0), d.sign(gt(KEPT / total_weight(T), 0), ["total", "kept"]), [part, "total"])

    def entry(s: Derivation) -> None:
        span = {"l_low": le(1, l), "l_high": le(l, k)}
        terms = s.for_all((l,), span, lambda t: t.restate(eq(w(q[i], T) * w(p[l], T), w(p[i], T) * w(q[l], T)), [at(pairs, i=i, l=l), "low", "high", *span]))
        summed = s.step("termwise", eq(total(lambda b: w(q[i], T) * w(p[b], T), k, l), total(lambda b: w(p[i], T) * w(q[b], T), k, l)), [terms], range=(1, k))
        s.combine(eq(w(q[i], T) / CUT, separable(T)(i) / (KEPT / total_weight(T))), {summed: 1 / (CUT * KEPT)}, ["cut", "kept", "total"])

    shares = d.for_all((i,), HEAD, entry)

    def final(s: Derivation) -> None:
        found = s.restate(eq(w(q[i], T) / CUT, separable(T)(i) / (KEPT / total_weight(T))), [at(shares, i=i), "low", "high"])
        s.transfer(RESTRICTED.then, found, [part, "cut", "kept", "total", share])  # type: ignore[attr-defined]

    d.for_all((i,), HEAD, final)


BOTH = T * T2
TWICE = ForAll((x, y, c), (le(0, x), le(x, 1), le(0, y), le(y, 1), gt(c, 0), le(c * w(x, T), 1), le(c * w(y, T), 1)),
               eq(w(c * w(x, T), T2) * w(y, BOTH), w(x, BOTH) * w(c * w(y, T), T2)))


def image_weights(temperature: Any = T2) -> sp.Expr:
    return total(lambda a: w(separable(T)(a), temperature), V, l)


COMPOSED = each(lambda a: eq(w(separable(T)(a), T2) / image_weights(), separable(BOTH)(a)))


def derive_semigroup(d: Derivation) -> None:
    scale = d.sign(gt(1 / total_weight(T), 0), ["total"])

    def pair(s: Derivation) -> None:
        facts = []
        for a, span in ((i, ["low", "high"]), (l, ["l_low", "l_high"])):
            inside, mass = s.sign(ge(p[a], 0), ["p", *span]), s.restate(eq(total(lambda b: p[b]), 1), ["p"])
            member = s.step("member", le(p[a], total(lambda b: p[b])), ["p", *span], at=a)
            part = s.step("member", le(w(p[a], T), total_weight(T)), ["weights", *span], at=a)
            facts += [inside, s.combine(le(p[a], 1), {member: 1, mass: 1}), s.sign(le(separable(T)(a), 1), [part, "total"])]
        s.restate(eq(w(separable(T)(i), T2) * w(p[l], BOTH), w(p[i], BOTH) * w(separable(T)(l), T2)),
                  [at("twice", x=p[i], y=p[l], c=1 / total_weight(T)), *facts, scale, "total"])

    span = {"l_low": le(1, l), "l_high": le(l, V)}
    pairs = d.for_all((i, l), {**SPAN, **span}, pair)

    def entry(s: Derivation) -> None:
        terms = s.for_all((l,), span, lambda t: t.restate(pair_then(), [at(pairs, i=i, l=l), "low", "high", *span]))
        summed = s.step("termwise", eq(total(lambda b: w(separable(T)(i), T2) * w(p[b], BOTH), V, l), total(lambda b: w(p[i], BOTH) * w(separable(T)(b), T2), V, l)),
                        [terms, "total"], range=(1, V))
        s.combine(COMPOSED.then, {summed: 1 / (image_weights() * total_weight(BOTH))}, ["total", "total2", "total3"])  # type: ignore[attr-defined]

    d.for_all((i,), SPAN, entry)


def pair_then() -> Proposition:
    return eq(w(separable(T)(i), T2) * w(p[l], BOTH), w(p[i], BOTH) * w(separable(T)(l), T2))


def root(draw: Draw) -> Sample:
    """Square roots at T = 2, composed with what they give at T2 = 1 or 2; the first k classes kept."""
    size = draw.integer(1, 4)
    kept, heat = draw.integer(1, size), sp.Integer(draw.integer(1, 2))
    masses = draw.law(size)
    mass = sum(masses[:kept])
    order, rest = [], list(range(1, size + 1))
    while rest:
        order.append(rest.pop(draw.integer(0, len(rest) - 1)))
    return Sample({"V": size, "p": masses, "T": sp.Integer(2), "T2": heat, "w": sp.Lambda((x, y), x ** (1 / y)), "k": kept, "rho": mass,
                   "q": tuple(a / mass for a in masses[:kept]), "s": tuple(order)})


def zeros(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"V": size, "p": draw.law(size, zeros=True), "T": draw.rational(1, 3), "w": sp.Lambda((x, y), x * (3 + y - x) + draw.integer(0, 1) * (y - 1))})


TOTAL = gt(total_weight(T), 0)
CLAIMS = (
    Entry(Claim("op:separable-criterion/simplex", "Positive weights give laws", OURS, "ours", "identity",
                (("p", law(p)), ("positive", positive(T))), law(separable(T)), uses=("base:normalised-law",)),
          derive_simplex, zeros),
    Entry(Claim("op:separable-criterion/equivariance", "Weights do not see the names of the classes", OURS, "ours", "identity",
                (("places", permutation(s_, 1, V)), ("total", TOTAL)), PERMUTED),
          derive_equivariance, root),
    Entry(Claim("op:separable-criterion/restriction", "Weights that scale commute with restriction", OURS, "ours", "identity",
                (("k", le(k, V)), ("p", law(p)), ("rho", gt(rho, 0)), ("mass", eq(rho, total(lambda a: p[a], k))),
                 ("restricted", each(lambda a: eq(q[a], p[a] / rho), k)), ("scaling", SCALING), ("total", TOTAL), ("kept", gt(KEPT, 0)), ("cut", gt(CUT, 0))),
                RESTRICTED),
          derive_restriction, root),
    Entry(Claim("op:separable-criterion/semigroup", "Weights that compose", OURS, "ours", "identity",
                (("p", law(p)), ("weights", each(lambda a: ge(w(p[a], T), 0))), ("total", TOTAL), ("total2", gt(image_weights(), 0)),
                 ("total3", gt(total_weight(BOTH), 0)), ("twice", TWICE)), COMPOSED),
          derive_semigroup, root),
)
