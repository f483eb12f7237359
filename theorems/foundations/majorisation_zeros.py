"""Majorisation raises Shannon entropy, zeros included: laws p, q on V classes, q in falling order with exactly its first m entries > 0, all
partial sums of q at most those of p; then H(q) >= H(p).  f and g are the terms: x log x for an entry x > 0, and 0 for an entry 0.

Every law can be put in falling order, and neither entropy nor majorisation sees the order.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.foundations.majorisation_entropy import PARTIAL
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le
from theorems.vocabulary import V, each, i, k, law, m, p, q, sp, total

f, g = sp.IndexedBase("f"), sp.IndexedBase("g")
HEAD, TAIL = {"low": le(1, i), "high": le(i, m)}, {"low": le(m + 1, i), "high": le(i, V)}
FALLING = ForAll((k,), (le(1, k), le(k, m - 1)), ge(q[k], q[k + 1]))


def terms(family: sp.IndexedBase, of: sp.IndexedBase) -> Proposition:
    some = ForAll((i,), (le(1, i), le(i, V), gt(of[i], 0)), eq(family[i], of[i] * sp.log(of[i])))
    none = ForAll((i,), (le(1, i), le(i, V), eq(of[i], 0)), eq(family[i], 0))
    return All(some, none)


CONCLUSION = ge(-total(lambda a: g[a]), -total(lambda a: f[a]))


def rest(family: sp.IndexedBase) -> sp.Expr:
    return sp.Sum(family[i], (i, m + 1, V))


def derive(d: Derivation) -> None:
    zero = sp.Integer(0)
    splits = {z: d.step("split", eq(total(lambda a, z=z: z[a]), total(lambda a, z=z: z[a], m) + rest(z)), ["m", "m_high"], at=m) for z in (p, q, f, g)}  # type: ignore[misc]
    masses = {z: d.restate(eq(total(lambda a, z=z: z[a]), 1), [name]) for z, name in ((p, "p"), (q, "q"))}  # type: ignore[misc]
    gone = d.step("termwise", eq(rest(q), sp.Sum(zero, (i, m + 1, V))), ["empty"], range=(m + 1, V))
    full = d.combine(eq(total(lambda a: q[a], m), 1), {splits[q]: -1, masses[q]: 1, gone: -1})
    head = d.restate(le(total(lambda a: q[a], m), total(lambda a: p[a], m)), [at("partial", k=m), "m", "m_high"])
    tail = d.combine(le(rest(p), 0), {splits[p]: -1, masses[p]: 1, head: 1, full: -1})
    within = d.for_all((i,), TAIL, lambda s: s.sign(ge(p[i], 0), ["p", s.sign(le(1, i), ["low", "m"]), "high"]))

    def nothing(s: Derivation) -> None:
        part = s.step("member", le(p[i], rest(p)), [within, "low", "high"], at=i)
        inside = s.sign(le(1, i), ["low", "m"])
        none = s.sign(eq(p[i], 0), [s.combine(le(p[i], 0), {part: 1, tail: 1}), s.sign(ge(p[i], 0), ["p", inside, "high"])])
        first = s.restate(eq(f[i], 0), [at(s.restate(terms(f, p).args[1], ["f"]), i=i), inside, "high", none])  # type: ignore[attr-defined]
        second = s.restate(eq(g[i], 0), [at(s.restate(terms(g, q).args[1], ["g"]), i=i), inside, "high", s.restate(eq(q[i], 0), [at("empty", i=i), "low", "high"])])  # type: ignore[attr-defined]
        s.combine(eq(f[i], g[i]), {first: 1, second: -1})

    tails = d.step("termwise", eq(rest(f), rest(g)), [d.for_all((i,), TAIL, nothing)], range=(m + 1, V))
    some_f, none_f, some_g = (d.restate(terms(z, of).args[n], [name]) for z, of, n, name in ((f, p, 0, "f"), (f, p, 1, "f"), (g, q, 0, "g")))  # type: ignore[attr-defined]

    def tangent(s: Derivation) -> None:
        """f_i >= p_i log q_i + p_i - q_i, and g_i = q_i log q_i."""
        high = s.sign(le(i, V), ["high", "m_high"])
        above = s.restate(gt(q[i], 0), [at("filled", i=i), "low", "high"])
        own = s.restate(eq(g[i], q[i] * sp.log(q[i])), [at(some_g, i=i), "low", high, above])
        goal = ge(f[i] - g[i], sp.log(q[i]) * (p[i] - q[i]) + p[i] - q[i])

        def case(u: Derivation, way: str) -> None:
            if way == "some":
                value = u.restate(eq(f[i], p[i] * sp.log(p[i])), [at(some_f, i=i), "low", high, way])
                bound = u.use("base:log-bound", le(sp.log(q[i] / p[i]), q[i] / p[i] - 1), [u.sign(gt(q[i] / p[i], 0), [way, above]), way], x=q[i] / p[i])
                u.combine(goal, {value: -1, own: 1, bound: p[i]}, [way, above])
            else:
                none = u.sign(eq(p[i], 0), [way, u.sign(ge(p[i], 0), ["p", "low", high])])
                value = u.restate(eq(f[i], 0), [at(none_f, i=i), "low", high, none])
                u.combine(goal, {value: -1, own: 1, none: sp.log(q[i]) + 1, above: 1}, [above])

        s.cases(goal, {"some": gt(p[i], 0), "none": le(p[i], 0)}, case, [above])

    lines = d.for_all((i,), HEAD, tangent)
    filled = d.for_all((i,), HEAD, lambda s: s.restate(gt(q[i], 0), [at("filled", i=i), "low", "high"]))
    summed = d.step("termwise", ge(total(lambda a: f[a] - g[a], m), total(lambda a: sp.log(q[a]) * (p[a] - q[a]) + p[a] - q[a], m)), [lines, filled], range=(1, m))

    def logs(s: Derivation) -> None:
        falls = s.restate(ge(q[k], q[k + 1]), [at("falling", k=k), "low", "high"])
        last, first = (s.restate(gt(q[n], 0), [at("filled", i=n), s.sign(le(1, n), ["low"]), s.sign(le(n, m), ["high"])]) for n in (k + 1, k))
        s.sign(ge(sp.log(q[k]), sp.log(q[k + 1])), [falls, first, last])

    def gaps(s: Derivation) -> None:
        bound = s.restate(le(total(lambda a: q[a], k), total(lambda a: p[a], k)), [at("partial", k=k), "low", s.sign(le(k, V), ["high", "m_high"])])
        s.combine(ge(total(lambda a: p[a] - q[a], k), 0), {bound: 1})

    span = {"low": le(1, k), "high": le(k, m - 1)}
    falling, partial = d.for_all((k,), span, logs), d.for_all((k,), span, gaps)
    last = d.restate(gt(q[m], 0), [at("filled", i=m), "m", d.sign(le(m, m), [])])
    abel = d.use("base:abel", ge(total(lambda a: sp.log(q[a]) * (p[a] - q[a]), m), sp.log(q[m]) * total(lambda a: p[a] - q[a], m)),
                 ["m", falling, partial, filled, last], V=m, c=sp.Lambda(i, sp.log(q[i])), d=sp.Lambda(i, p[i] - q[i]))
    whole = d.sign(eq(total(lambda a: p[a], m), 1), [d.combine(ge(total(lambda a: p[a], m), 1), {head: 1, full: -1}),
                   d.combine(le(total(lambda a: p[a], m), 1), {splits[p]: -1, masses[p]: 1, d.step("termwise", ge(rest(p), sp.Sum(zero, (i, m + 1, V))), [within], range=(m + 1, V)): 1})])
    d.combine(CONCLUSION, {summed: 1, abel: 1, splits[f]: -1, splits[g]: 1, tails: -1, whole: -sp.log(q[m]) - 1, full: sp.log(q[m]) + 1}, [filled, last])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    first = sorted(draw.law(size, zeros=True), reverse=True)
    filled = sum(1 for a in first if a > 0)
    share, kept = draw.rational("1/2", 1), draw.integer(filled, size)
    second = [share * a + (1 - share) / kept if n < kept else sp.Integer(0) for n, a in enumerate(first)]
    if share == 1:
        kept = filled
    both = [tuple(a * sp.log(a) if a > 0 else sp.Integer(0) for a in masses) for masses in (first, second)]
    return Sample({"V": size, "m": kept, "p": tuple(first), "q": tuple(second), "f": both[0], "g": both[1]})


CLAIM = Entry(
    Claim("base:majorisation-entropy/zeros", "Majorisation raises entropy, zeros included", Source("ours", "textbook"), "ours", "lower",
          (("m", ge(m, 1)), ("m_high", le(m, V)), ("p", law(p)), ("q", law(q)), ("filled", each(lambda a: gt(q[a], 0), m)),
           ("empty", each(lambda a: eq(q[a], 0), V, i, m + 1)), ("falling", FALLING), ("partial", PARTIAL), ("f", terms(f, p)), ("g", terms(g, q))),
          CONCLUSION, uses=("base:log-bound", "base:abel")),
    derive, sample,
)
