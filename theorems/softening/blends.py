"""Blends (1 - c) F + c G of softening operators.

A coefficient c(T) in [0, 1] keeps images laws, ranking, the identity at T = 1 and the hot limit (op:blend/pointwise), on the
temperatures with dom(T) >= 0.  It does not keep A3:
power and mixing with c = 2/(1 + T^2) lose entropy from T = 2 to T = 3 at p = (1, 0) (op:blend).  A fixed c keeps majorisation, and with
it entropy (op:blend/constant); entropy alone is not kept even then (op:blend/entropy-alone).
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening.generator_continuous import obtain
from theorems.vocabulary import T2, T, V, each, entropy, i, j, k, law, mixing, p, positive_law, power, q, r, sp, total

OURS = Source("ours", "this project")
s_ = sp.IndexedBase("s")
c, e, M, N = sp.symbols("c e M N", real=True)
f, g, w = (sp.Function(name) for name in ("f", "g", "w"))
dom = sp.Function("dom")
WARM = ge(dom(T), 0)
SPAN = {"low": le(1, i), "high": le(i, V)}
SPAN_K = {"low": le(1, k), "high": le(k, V)}


def rational_blend(temperature: sp.Expr):  # type: ignore[no-untyped-def]
    """Power and mixing with c = 2/(1 + T^2)."""
    share = 2 / (1 + temperature**2)
    return lambda a: (1 - share) * power(p, temperature)(a) + share * mixing(p, temperature)(a)


def first(a: sp.Expr) -> sp.Expr:
    return (1 - c) * p[a] + c * q[a]


def second(a: sp.Expr) -> sp.Expr:
    return (1 - c) * r[a] + c * s_[a]


def heads(less: sp.IndexedBase, more: sp.IndexedBase) -> Proposition:
    return each(lambda a: le(total(lambda b: less[b], a), total(lambda b: more[b], a)), V, k)


def falling(family: sp.IndexedBase) -> Proposition:
    return ForAll((k,), (le(1, k), le(k, V - 1)), ge(family[k], family[k + 1]))


HEADS = each(lambda a: le(total(second, a), total(first, a)), V, k)
SPREAD = All(HEADS, ge(entropy(second), entropy(first)))


def derive_constant(d: Derivation) -> None:
    def head(s: Derivation) -> None:
        one = s.restate(heads(r, p).then, [at("first", k=k), "low", "high"])  # type: ignore[attr-defined]
        two = s.restate(heads(s_, q).then, [at("second", k=k), "low", "high"])  # type: ignore[attr-defined]
        s.combine(HEADS.then, {one: 1 - c, two: c}, ["c", "c_high"])  # type: ignore[attr-defined]

    spread = d.for_all((k,), SPAN_K, head, because="head sums of a blend are blends of head sums")
    laws = [positive(d, blend, one, two, names) for blend, one, two, names in ((first, p, q, ("p", "q")), (second, r, s_, ("r", "s")))]

    def fall(s: Derivation) -> None:
        one = s.restate(ge(r[k], r[k + 1]), [at("falls", k=k), "low", "high"])
        two = s.restate(ge(s_[k], s_[k + 1]), [at("falls2", k=k), "low", "high"])
        s.combine(ge(second(k), second(k + 1)), {one: 1 - c, two: c}, ["c", "c_high"])

    falls = d.for_all((k,), {"low": le(1, k), "high": le(k, V - 1)}, fall, because="both parts are ordered alike")
    gain = d.use("base:majorisation-entropy", ge(entropy(second), entropy(first)), ["V", *laws, falls, spread], p=sp.Lambda(i, first(i)), q=sp.Lambda(i, second(i)))
    d.restate(SPREAD, [spread, gain])


def positive(d: Derivation, blend, one: sp.IndexedBase, two: sp.IndexedBase, names: tuple[str, str]) -> str:  # type: ignore[no-untyped-def]
    def entry(s: Derivation) -> None:
        a, b = s.sign(gt(one[i], 0), [names[0], "low", "high"]), s.sign(gt(two[i], 0), [names[1], "low", "high"])
        s.cases(gt(blend(i), 0), {"some": gt(c, 0), "none": le(c, 0)}, lambda t, way: (
            t.combine(gt(blend(i), 0), {b: c, a: 1 - c}, [way, "c_high"]) if way == "some" else
            t.sign(gt(blend(i), 0), [a, b, t.sign(eq(c, 0), [way, "c"])])))

    entries = d.for_all((i,), SPAN, entry)
    sums = [d.restate(eq(total(lambda a, x=x: x[a]), 1), [name]) for x, name in ((one, names[0]), (two, names[1]))]  # type: ignore[misc]
    return d.restate(positive_law(blend), [entries, d.combine(eq(total(blend), 1), {sums[0]: 1 - c, sums[1]: c})])


def blended(a: sp.Expr, temperature: sp.Expr = T) -> sp.Expr:
    return (1 - w(temperature)) * f(a, temperature) + w(temperature) * g(a, temperature)


def entries(rule) -> Proposition:  # type: ignore[no-untyped-def]
    return ForAll((T,), (WARM,), law(rule))


PAIRS = (le(1, i), le(i, V), le(1, j), le(j, V))


def ranking(rule) -> Proposition:  # type: ignore[no-untyped-def]
    return ForAll((T, i, j), (WARM, *PAIRS, gt(p[i], p[j])), gt(rule(i), rule(j)))


def identity(rule) -> Proposition:  # type: ignore[no-untyped-def]
    return each(lambda a: eq(rule(a), p[a]))


def hot(rule, bound: sp.Symbol) -> Exists:  # type: ignore[no-untyped-def]
    near = each(lambda a: All(lt(rule(a), 1 / V + e), gt(rule(a), 1 / V - e)))
    return Exists((bound,), (gt(bound, 0),), ForAll((T,), (gt(T, bound), WARM), near))


F, G = (lambda a: f(a, T)), (lambda a: g(a, T))
SHARE = ForAll((T,), (WARM,), All(ge(w(T), 0), le(w(T), 1)))
POINTWISE = All(entries(blended), ranking(blended), identity(lambda a: blended(a, sp.Integer(1))), hot(blended, M))


def derive_pointwise(d: Derivation) -> None:
    def share(s: Derivation, warm: str) -> tuple[str, str]:
        both = s.restate(All(ge(w(T), 0), le(w(T), 1)), [at("share", T=T), warm])
        return s.restate(ge(w(T), 0), [both]), s.restate(le(w(T), 1), [both])

    def at_heat(s: Derivation) -> None:
        parts = [s.restate(law(rule), [at(name, T=T), "warm"]) for rule, name in ((F, "f"), (G, "g"))]
        limits = share(s, "warm")

        def entry(t: Derivation) -> None:
            a, b = (t.sign(ge(rule(i), 0), [part, "low", "high"]) for rule, part in ((F, parts[0]), (G, parts[1])))
            t.combine(ge(blended(i), 0), {a: 1 - w(T), b: w(T)}, limits)

        sums = [s.restate(eq(total(rule), 1), [part]) for rule, part in ((F, parts[0]), (G, parts[1]))]
        nonnegative = s.for_all((i,), SPAN, entry)
        s.restate(law(blended), [nonnegative, s.combine(eq(total(blended), 1), {sums[0]: 1 - w(T), sums[1]: w(T)})])

    simplex = d.for_all((T,), {"warm": WARM}, at_heat)
    names = {"warm": WARM, **dict(zip(("i_low", "i_high", "j_low", "j_high"), PAIRS, strict=True)), "order": gt(p[i], p[j])}

    def pair(s: Derivation) -> None:
        a, b = (s.restate(gt(rule(i), rule(j)), [at(name, T=T, i=i, j=j), *names]) for rule, name in ((F, "f_ranks"), (G, "g_ranks")))
        low, high = share(s, "warm")
        s.cases(gt(blended(i), blended(j)), {"some": gt(w(T), 0), "none": le(w(T), 0)}, lambda t, way: (
            t.combine(gt(blended(i), blended(j)), {b: w(T), a: 1 - w(T)}, [way, high]) if way == "some" else
            t.combine(gt(blended(i), blended(j)), {a: 1, t.sign(eq(w(T), 0), [way, low]): f(i, T) - f(j, T) - g(i, T) + g(j, T)})))

    ranks = d.for_all((T, i, j), names, pair)

    def still(s: Derivation) -> None:
        a, b = (s.restate(eq(rule(i, sp.Integer(1)), p[i]), [at(name, i=i), "low", "high"]) for rule, name in ((f, "f_still"), (g, "g_still")))
        s.combine(eq(blended(i, sp.Integer(1)), p[i]), {a: 1 - w(1), b: w(1)})

    stills = d.for_all((i,), SPAN, still)

    def late(s: Derivation) -> None:
        least = M + N

        def there(t: Derivation) -> None:
            a = t.restate(hot(F, M).then.then, [at("f_near", T=T), t.sign(gt(T, M), ["late", "N"]), "warm"])  # type: ignore[attr-defined]
            b = t.restate(hot(G, N).then.then, [at("g_near", T=T), t.sign(gt(T, N), ["late", "M"]), "warm"])  # type: ignore[attr-defined]
            low, high = share(t, "warm")

            def entry(u: Derivation) -> None:
                sides = []
                for op, bound in ((lt, 1 / V + e), (gt, 1 / V - e)):
                    pairs = [u.restate(All(lt(rule(i), 1 / V + e), gt(rule(i), 1 / V - e)), [at(fact, i=i), "low", "high"]) for rule, fact in ((F, a), (G, b))]
                    one, two = (u.restate(op(rule(i), bound), [both]) for rule, both in ((F, pairs[0]), (G, pairs[1])))
                    sides.append(u.cases(op(blended(i), bound), {"some": gt(w(T), 0), "none": le(w(T), 0)}, lambda x, way, op=op, bound=bound, one=one, two=two: (  # type: ignore[misc]
                        x.combine(op(blended(i), bound), {two: w(T), one: 1 - w(T)}, [way, high, "V"]) if way == "some" else
                        x.combine(op(blended(i), bound), {one: 1, x.sign(eq(w(T), 0), [way, low]): (1 if op is gt else -1) * (f(i, T) - g(i, T))}, ["V"]))))
                u.restate(All(lt(blended(i), 1 / V + e), gt(blended(i), 1 / V - e)), sides)

            t.for_all((i,), SPAN, entry)

        shown = s.for_all((T,), {"late": gt(T, least), "warm": WARM}, there)
        s.exhibit(hot(blended, M), [shown, s.sign(gt(least, 0), ["M", "N"])], M=least)

    goal = hot(blended, M)
    limits = obtain(d, goal, "f_hot", hot(F, M), ("M", "f_near"), lambda s: obtain(s, goal, "g_hot", hot(G, N), ("N", "g_near"), late))
    d.restate(POINTWISE, [simplex, ranks, stills, limits])


def constant(draw: Draw) -> Sample:
    size, hot_, cold = draw.integer(1, 4), draw.rational(2, 4), draw.rational(1, 2)
    masses = tuple(sorted(draw.law(size), reverse=True))
    power_ = [tuple(x ** (1 / heat) / sum(y ** (1 / heat) for y in masses) for x in masses) for heat in (cold, hot_)]
    mixed = [tuple(x / heat + (1 - 1 / heat) / size for x in masses) for heat in (cold, hot_)]
    return Sample({"V": size, "p": power_[0], "r": power_[1], "q": mixed[0], "s": mixed[1], "c": draw.rational(0, 1)})


def path(draw: Draw) -> Sample:
    size, a, t = draw.integer(1, 3), sp.Symbol("a", integer=True), sp.Symbol("t", real=True)
    masses = draw.law(size)
    whole = sum(x ** (1 / t) for x in masses)
    rules = [sp.Add(*(x * sp.KroneckerDelta(a, n + 1) for n, x in enumerate(values)))
             for values in ([x ** (1 / t) / whole for x in masses], [x / t + (1 - 1 / t) / size for x in masses])]
    return Sample({"V": size, "p": masses, "f": sp.Lambda((a, t), rules[0]), "g": sp.Lambda((a, t), rules[1]), "w": sp.Lambda(t, 2 / (1 + t**2)),
                   "e": draw.rational("1/4", 1), "T": sp.Integer(10**4), "dom": sp.Lambda(t, t - 1)})


HALF = sp.Rational(1, 2)
TWENTIETHS = {"p": (10, 9, 1), "r": (13, 5, 2), "q": (17, 2, 1)}
CLAIMS = (
    Entry(Claim("op:blend/entropy-alone", "A half blend with a law at rest raises entropy where its part does", OURS, "ours", "refutation",
                (("p", positive_law(p)), ("r", positive_law(r)), ("q", positive_law(q)), ("rises", ge(entropy(r), entropy(p)))),
                ge(entropy(lambda a: HALF * r[a] + HALF * q[a]), entropy(lambda a: HALF * p[a] + HALF * q[a])), expected="refuted", repaired="op:blend/constant",
                note="Majorisation of both parts is enough, entropy is not: the three laws are in falling order."),
          lambda d: d.counterexample(V=3, **{name: tuple(sp.Rational(a, 20) for a in masses) for name, masses in TWENTIETHS.items()})),
    Entry(Claim("op:blend", "A blend of power and mixing, its coefficient falling with T, raises entropy", OURS, "ours", "refutation",
                (("p", law(p)), ("T", ge(T, 1)), ("T2", ge(T2, T))), ge(entropy(rational_blend(T2)), entropy(rational_blend(T))),
                expected="refuted", repaired="op:blend/constant",
                note="Blends with a coefficient c(T) keep everything but A3 and majorisation (op:blend/pointwise); a fixed coefficient keeps those too."),
          lambda d: d.counterexample(V=2, p=(1, 0), T=2, T2=3)),
    Entry(Claim("op:blend/constant", "A fixed blend keeps majorisation and with it entropy", OURS, "ours", "implication",
                (("V", ge(V, 1)), ("c", ge(c, 0)), ("c_high", le(c, 1)), ("p", positive_law(p)), ("q", positive_law(q)), ("r", positive_law(r)),
                 ("s", positive_law(s_)), ("falls", falling(r)), ("falls2", falling(s_)), ("first", heads(r, p)), ("second", heads(s_, q))), SPREAD,
                uses=("base:majorisation-entropy",)), derive_constant, constant),
    Entry(Claim("op:blend/pointwise", "A blend keeps laws, ranking, identity and the hot limit", OURS, "ours", "implication",
                (("V", ge(V, 1)), ("share", SHARE), ("f", entries(F)), ("g", entries(G)), ("f_ranks", ranking(F)), ("g_ranks", ranking(G)),
                 ("f_still", identity(lambda a: f(a, sp.Integer(1)))), ("g_still", identity(lambda a: g(a, sp.Integer(1)))),
                 ("f_hot", hot(F, M)), ("g_hot", hot(G, N))), POINTWISE), derive_pointwise, path),
)
