"""Exponential families: two targets give the same student exactly where the means of all features agree, for all V and d features.

The student of theta is softmax(sum_f theta_f phi_f); for a target law t it is fitted by KL(t, student), which is
log sum exp(sum_f theta_f phi_f) - sum_f theta_f E_t phi_f less the entropy of t: that is its loss here, so that t may have zeros.
matched: if E_student phi = E_t phi then loss(t, eta) - loss(t, theta) = KL(student theta, student eta) >= 0 for every eta.
best: a theta that no eta beats has E_student phi = E_t phi (features within [-R, R]).
"""

from typing import Any

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.equivalence._family import CLASSES, FEATURES, d, eta, f, l, logit, matched, moment, phi, student, theta
from theorems.foundations.hoeffding import CONCLUSION as HOEFFDING
from theorems.foundations.pinsker import CONCLUSION as PINSKER
from theorems.logic import All, ForAll, Proposition, eq, ge, gt, le
from theorems.terms import substitute
from theorems.vocabulary import V, each, entropy, i, k, kl, positive_law, r, softmax, t, total

x, y, zeta = (sp.IndexedBase(name) for name in ("x", "y", "zeta"))
R, h = sp.symbols("R h", real=True)


def loss(target: sp.IndexedBase, parameters: sp.IndexedBase) -> sp.Expr:
    """KL(target, student) plus the entropy of the target."""
    return sp.log(total(lambda a: sp.exp(logit(parameters)(a)))) - sp.Sum(parameters[f] * moment(target), (f, 1, d))


def best(target: sp.IndexedBase, parameters: sp.IndexedBase) -> Proposition:
    """No parameters have a smaller loss."""
    return ForAll((zeta,), (), le(loss(target, parameters), loss(target, zeta)))


def divergence(first: sp.IndexedBase, second: sp.IndexedBase) -> sp.Expr:
    return kl(student(first), student(second))


LOSS = eq(kl(t, student(theta)), loss(t, theta) - entropy(t))
GAIN = eq(loss(t, eta) - loss(t, theta), divergence(theta, eta))
GAP = eq(kl(softmax(x), softmax(y)), total(lambda a: softmax(x)(a) * (x[a] - y[a])) - sp.log(total(lambda a: sp.exp(x[a]))) + sp.log(total(lambda a: sp.exp(y[a]))))


def swapped(s: Derivation, target: object, parameters: sp.IndexedBase) -> str:
    """Mean logit under a law = sum of parameters times moments."""
    body = target(i) * parameters[f] * phi[f, i]  # type: ignore[operator]
    return s.step("exchange", eq(sp.Sum(body, (f, 1, d), (i, 1, V)), sp.Sum(body, (i, 1, V), (f, 1, d))))


CROSS = eq(kl(t, softmax(x)), sp.log(total(lambda a: sp.exp(x[a]))) - total(lambda a: t[a] * x[a]) - entropy(t))


def derive_cross(p: Derivation) -> None:
    norm = p.sign(gt(total(lambda a: sp.exp(x[a])), 0), ["V"])
    one = p.restate(eq(total(lambda a: t[a]), 1), ["t"])
    entries = p.restate(each(lambda a: gt(t[a], 0)), ["t"])
    p.combine(CROSS, {one: sp.log(total(lambda a: sp.exp(x[a])))}, [norm, entries])


def derive_loss(p: Derivation) -> None:
    rule = sp.Lambda((k,), logit(theta)(k))
    cross = p.use("eq:moments/cross", substitute(CROSS, {"x": rule}), ["V", "t"], x=rule)
    norm = p.sign(gt(total(lambda a: sp.exp(logit(theta)(a))), 0), ["V"])
    p.combine(LOSS, {cross: 1, swapped(p, lambda a: t[a], theta): -1}, [norm, p.restate(each(lambda a: gt(t[a], 0)), ["t"])])


def derive_gap(p: Derivation) -> None:
    norms = [p.sign(gt(total(lambda a, g=g: sp.exp(g[a])), 0), ["V"]) for g in (x, y)]
    one = p.rewrite(eq(total(softmax(x)), 1), norms)
    p.combine(GAP, {one: sp.log(total(lambda a: sp.exp(y[a]))) - sp.log(total(lambda a: sp.exp(x[a])))}, norms)


def gain(p: Derivation) -> None:
    lx, ly = sp.Lambda((k,), logit(theta)(k)), sp.Lambda((k,), logit(eta)(k))
    gap = p.use("eq:moments/divergence", substitute(GAP, {"x": lx, "y": ly}), ["V"], x=lx, y=ly)
    norm = p.sign(gt(total(lambda a: sp.exp(logit(theta)(a))), 0), ["V"])
    other = p.sign(gt(total(lambda a: sp.exp(logit(eta)(a))), 0), ["V"])
    sides = []
    for parameters in (theta, eta):
        turned = swapped(p, student(theta), parameters)

        def term(s: Derivation, parameters: sp.IndexedBase = parameters) -> None:
            s.combine(eq(parameters[f] * moment(t), parameters[f] * moment(student(theta))), {at("matched", f=f): parameters[f]}, ["f_low", "f_high", norm])

        terms = p.for_all((f,), FEATURES, term)
        means = p.step("termwise", eq(sp.Sum(parameters[f] * moment(t), (f, 1, d)), sp.Sum(parameters[f] * moment(student(theta)), (f, 1, d))), [terms, norm], range=(1, d))
        sides.append((turned, means))
    (first, one), (second, two) = sides
    equal = p.combine(GAIN, {gap: -1, first: -1, second: 1, one: 1, two: -1}, [norm, other])
    positive = [student_law(p, parameters, fact) for parameters, fact in ((theta, norm), (eta, other))]
    gibbs = p.use("base:gibbs", ge(divergence(theta, eta), 0), [*positive, norm, other], p=sp.Lambda((i,), student(theta)(i)), q=sp.Lambda((i,), student(eta)(i)))
    p.restate(MATCHED, [equal, p.combine(le(loss(t, theta), loss(t, eta)), {gibbs: 1, equal: -1}, [norm, other])])


MATCHED = All(GAIN, le(loss(t, theta), loss(t, eta)))


def student_law(p: Derivation, parameters: sp.IndexedBase, norm: str) -> str:
    shares = p.for_all((i,), CLASSES, lambda s: s.sign(gt(student(parameters)(i), 0), [norm]))
    return p.restate(positive_law(student(parameters)), [shares, p.rewrite(eq(total(student(parameters)), 1), [norm])])


def sample_gap(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"V": size, "x": draw.family(size, -2, 2), "y": draw.family(size, -2, 2)})


def sample_cross(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    return Sample({"V": size, "x": draw.family(size, -2, 2), "t": draw.law(size)})


def features(draw: Draw) -> dict[str, Any]:
    size, count = draw.integer(1, 3), draw.integer(1, 2)
    return {"V": size, "d": count, "phi": tuple(draw.family(size, -2, 2) for _ in range(count)), "theta": draw.family(count, -1, 1), "eta": draw.family(count, -1, 1)}


def fitted(values: dict[str, Any], name: str = "theta") -> tuple[sp.Expr, ...]:
    """The student itself, which is a target that it matches."""
    weights = [sp.exp(sum(a * row[b] for a, row in zip(values[name], values["phi"], strict=True))) for b in range(values["V"])]
    return tuple(weight / sum(weights) for weight in weights)


def sample(draw: Draw) -> Sample:
    values = features(draw)
    return Sample({**values, "t": draw.law(values["V"])})


def sample_matched(draw: Draw) -> Sample:
    values = features(draw)
    return Sample({**values, "t": fitted(values)})


BOUNDED = ForAll((f, i), (*FEATURES.values(), *CLASSES.values()), All(ge(phi[f, i], -R), le(phi[f, i], R)))
SURPLUS = moment(student(theta)) - moment(t)


def moved(p: Derivation, norm: str, step: sp.Expr, sure: str) -> tuple[str, str]:
    """Parameter f moved by `step`: the student's loss in terms of the mean of exp(step phi_f), and that mean > 0."""
    unit = sp.KroneckerDelta(l, f)

    def entry(s: Derivation) -> None:
        shifted = sp.Sum((theta[l] + step * unit) * phi[l, i], (l, 1, d))
        picked = s.step("pick", eq(sp.Sum(unit * phi[l, i], (l, 1, d)), phi[f, i]), ["f_low", "f_high"], at=f)
        whole = s.combine(eq(shifted, logit(theta)(i) + step * phi[f, i]), {picked: step}, [sure])
        s.rewrite(eq(sp.exp(shifted), NORM * student(theta)(i) * sp.exp(step * phi[f, i])), [norm, sure], using=[whole])

    entries = p.for_all((i,), CLASSES, entry)
    tilted = total(lambda a: student(theta)(a) * sp.exp(step * phi[f, a]))
    shifted = lambda a: sp.exp(sp.Sum((theta[l] + step * unit) * phi[l, a], (l, 1, d)))  # noqa: E731
    sums = p.step("termwise", eq(total(shifted), total(lambda a: NORM * student(theta)(a) * sp.exp(step * phi[f, a]))), [entries, norm, sure], range=(1, V))
    sums = p.combine(eq(total(shifted), NORM * tilted), {sums: 1}, [norm, sure])
    some = p.sign(gt(total(shifted), 0), ["V", sure])
    mean = p.combine(gt(tilted, 0), {some: 1 / NORM, sums: 1 / NORM}, [norm, sure])
    picked = p.step("pick", eq(sp.Sum(unit * moment(t, l), (l, 1, d)), moment(t)), ["f_low", "f_high"], at=f)
    linear = p.combine(eq(sp.Sum((theta[l] + step * unit) * moment(t, l), (l, 1, d)), sp.Sum(theta[f] * moment(t), (f, 1, d)) + step * moment(t)), {picked: step}, [sure])
    z_, m_ = sp.symbols("norm mean", real=True)
    names = [p.step("define", eq(z_, NORM)), p.step("define", eq(m_, tilted), [norm, sure])]
    signs = [p.combine(gt(z_, 0), {norm: 1, names[0]: -1}), p.combine(gt(m_, 0), {mean: 1, names[1]: -1}, [norm, sure])]
    product = p.transfer(eq(total(shifted), z_ * m_), sums, [*names, norm, sure])
    logs = p.rewrite(eq(sp.log(total(shifted)), sp.log(z_) + sp.log(m_)), [*signs, some, sure], using=[product])
    one = p.rewrite(eq(sp.log(z_), sp.log(NORM)), [signs[0], norm], using=[names[0]])
    two = p.rewrite(eq(sp.log(m_), sp.log(tilted)), [signs[1], mean, norm, sure], using=[names[1]])
    logs = p.combine(eq(sp.log(total(shifted)), sp.log(NORM) + sp.log(tilted)), {logs: 1, one: 1, two: 1}, [norm, mean, some, sure, *signs])
    found = p.restate(le(loss(t, theta), sp.log(total(shifted)) - sp.Sum((theta[l] + step * unit) * moment(t, l), (l, 1, d))),
                      [at("best", zeta=sp.Lambda((l,), theta[l] + step * unit)), norm, sure, some])
    gained = p.combine(ge(sp.log(tilted) - step * moment(t), 0), {found: 1, logs: 1, linear: -1}, [norm, mean, some, sure])
    return gained, mean


NORM = total(lambda a: sp.exp(logit(theta)(a)))


def stationary(p: Derivation) -> None:
    """One parameter moves by h = -g/R^2, g the surplus of its moment: the loss changes by at most h g + h^2 R^2/2 = -g^2/(2 R^2)."""
    norm = p.sign(gt(NORM, 0), ["V"])
    shares = p.for_all((i,), CLASSES, lambda s: s.sign(ge(student(theta)(i), 0), [norm]))
    one = p.rewrite(eq(total(student(theta)), 1), [norm])

    def feature(s: Derivation) -> None:
        g = sp.Symbol("g", real=True)
        named = s.step("define", eq(g, SURPLUS), [norm])
        step = -g / R**2
        gained, mean = moved(s, norm, step, "R")

        def side(u: Derivation, way: str) -> None:
            edge = g / R if way == "more" else -g / R
            span = u.sign(ge(edge, 0), [way, "R"])

            def bound(relation: object, limit: sp.Expr, part: int):  # type: ignore[no-untyped-def]
                def one_class(v: Derivation) -> None:
                    inside = v.restate(BOUNDED.then, [at("bounded", f=f, i=i), "f_low", "f_high", "low", "high"])
                    fact = v.restate(BOUNDED.then.args[part], [inside])
                    v.combine(relation(step * phi[f, i], limit), {fact: edge / R}, [span, "R"])
                return u.for_all((i,), CLASSES, one_class)

            first, second = (0, 1) if way == "less" else (1, 0)
            below, above = bound(ge, -edge, first), bound(le, edge, second)
            values = {"p": sp.Lambda((i,), student(theta)(i)), "a": sp.Lambda((k,), step * phi[f, k]), "low": -edge, "high": edge}
            hoeffding = u.use("base:hoeffding", substitute(HOEFFDING, values), [shares, one, below, above, norm, "R"], **values)
            square = u.combine(le(g**2, 0), {gained: 2 * R**2, hoeffding: 2 * R**2, named: 2 * g}, ["R", norm, mean])
            square = u.combine(le(g**2, sp.Integer(0) ** 2), {square: 1})
            zero = u.sign(ge(sp.Integer(0), 0))
            top = u.use("base:square-order", le(g, 0), [zero, square], x=g, y=sp.Integer(0))
            bottom = u.use("base:square-order", le(-g, 0), [zero, square], x=-g, y=sp.Integer(0))
            u.sign(eq(g, 0), [top, bottom])

        flat = s.cases(eq(g, 0), {"more": ge(g, 0), "less": gt(0, g)}, side)
        s.combine(eq(moment(t), moment(student(theta))), {named: 1, flat: -1}, [norm])

    p.for_all((f,), FEATURES, feature)


def sample_best(draw: Draw) -> Sample:
    """`zeta` is what the quantifier over all parameters is tried on."""
    values = features(draw)
    return Sample({**values, "t": fitted(values), "zeta": draw.family(values["d"], -1, 1), "R": 2 + draw.rational("1/9", 1)})


SAME = each(lambda a: eq(student(theta)(a), student(eta)(a)))
EQUIVALENT = All(ForAll((), (SAME,), matched(t, r)), ForAll((), (matched(t, r),), SAME))


def equivalent(p: Derivation) -> None:
    norms = [p.sign(gt(total(lambda a, g=g: sp.exp(logit(g)(a))), 0), ["V"]) for g in (theta, eta)]
    first = p.use("eq:moments/best", matched(t, student(theta)), ["V", "R", "bounded", "first"])
    second = p.use("eq:moments/best", matched(r, student(eta)), ["V", "R", "bounded", "second"], t=r, theta=eta)

    def moments(s: Derivation) -> None:
        def feature(u: Derivation) -> None:
            terms = u.for_all((i,), CLASSES, lambda v: v.combine(eq(student(theta)(i) * phi[f, i], student(eta)(i) * phi[f, i]), {at("same", i=i): phi[f, i]},
                              ["low", "high", *norms]))
            means = u.step("termwise", eq(moment(student(theta)), moment(student(eta))), [terms, *norms], range=(1, V))
            u.combine(eq(moment(t), moment(r)), {at(first, f=f): 1, means: 1, at(second, f=f): -1}, ["f_low", "f_high", *norms])

        s.for_all((f,), FEATURES, feature)

    def students(s: Derivation) -> None:
        """Both match the moments of r: the divergence of the students is the difference of their losses on r, and so <= 0."""
        crossed = s.for_all((f,), FEATURES, lambda u: u.combine(eq(moment(r), moment(student(theta))), {at(first, f=f): 1, at("moments", f=f): -1}, ["f_low", "f_high", *norms]))
        gain = s.use("eq:moments/matched", substitute(MATCHED, {"t": r}), ["V", crossed], t=r)
        gain = s.restate(substitute(GAIN, {"t": r}), [gain, *norms])
        beaten = s.restate(le(loss(r, eta), loss(r, theta)), [at("second", zeta=theta), *norms])
        laws = [student_law(s, parameters, norm) for parameters, norm in zip((theta, eta), norms, strict=True)]
        values = {"p": sp.Lambda((i,), student(theta)(i)), "q": sp.Lambda((i,), student(eta)(i))}
        pinsker = s.use("base:pinsker", substitute(PINSKER, values), ["V", *laws, *norms], **values)
        distance = total(lambda a: sp.Abs(student(theta)(a) - student(eta)(a)))
        square = s.combine(le(distance**2, sp.Integer(0) ** 2), {pinsker: 2, gain: -2, beaten: 2}, norms)
        near = s.use("base:square-order", le(distance, 0), [s.sign(ge(sp.Integer(0), 0)), square, *norms], x=distance, y=sp.Integer(0))

        s.use("base:zero-distance", SAME, [near, *norms], x=sp.Lambda((i,), student(theta)(i)), y=sp.Lambda((i,), student(eta)(i)))

    p.restate(EQUIVALENT, [p.for_all((), {"same": SAME}, moments), p.for_all((), {"moments": matched(t, r)}, students)])


def sample_equivalent(draw: Draw) -> Sample:
    values = features(draw)
    if draw.integer(0, 1):
        values["eta"] = values["theta"]
    return Sample({**values, "t": fitted(values), "r": fitted(values, "eta"), "zeta": draw.family(values["d"], -1, 1), "R": sp.Integer(3)})


SOURCE = Source("SKD", "abstract (iv)")
SIZE = ("V", ge(V, 1))
CLAIMS = (
    Entry(Claim("eq:moments/loss", "The loss of a student of an exponential family", SOURCE, "ours", "identity", (SIZE, ("t", positive_law(t))), LOSS,
                uses=("eq:moments/cross",)), derive_loss, sample),
    Entry(Claim("eq:moments/cross", "Divergence from a softmax law", SOURCE, "ours", "identity", (SIZE, ("t", positive_law(t))), CROSS), derive_cross, sample_cross),
    Entry(Claim("eq:moments/divergence", "Divergence of two softmax laws", SOURCE, "ours", "identity", (SIZE,), GAP), derive_gap, sample_gap),
    Entry(Claim("eq:moments/matched", "Matched moments are best", SOURCE, "ours", "identity", (SIZE, ("matched", matched(t, student(theta)))), MATCHED,
                uses=("eq:moments/divergence", "base:gibbs")), gain, sample_matched),
    Entry(Claim("eq:moments/best", "The best student matches all moments", SOURCE, "ours", "identity",
                (SIZE, ("R", gt(R, 0)), ("bounded", BOUNDED), ("best", best(t, theta))), matched(t, student(theta)), uses=("base:hoeffding", "base:square-order")),
          stationary, sample_best),
    Entry(Claim("eq:moments", "Same student exactly where the moments agree", SOURCE, "ours", "identity",
                (SIZE, ("R", gt(R, 0)), ("bounded", BOUNDED), ("first", best(t, theta)), ("second", best(r, eta))), EQUIVALENT,
                uses=("eq:moments/best", "eq:moments/matched", "base:pinsker", "base:square-order", "base:zero-distance")), equivalent, sample_equivalent),
)
