"""Rising entropy does not imply majorisation: a legal operator for V = 3 whose largest entry rises with T at first.

An entry b above 1/3 that is not the largest has the loss (b - 1/3)(max - b); at most one entry has one.  It gives 2 (1 - 1/T) of it away, the
same to either other entry, while everything moves to the uniform law, keeping A = 1/(1 + (T - 1)^2).  The middle entry stays above 1/3, hence above
the geometric mean of the others, and entropy gains (/entropy); the largest entry gains, so that the law does not grow more even (the last claim).
V = 3 is least: of two classes the larger share decides entropy and majorisation alike.  All laws, zeros and ties included, in any order.
"""

from itertools import permutations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, Fact, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, Relation, Tends, eq, ge, gt, le, lt
from theorems.operators.shannon_only import clocks, image, loss, moved, part
from theorems.rules.continuity import statement, within
from theorems.softening.generator_continuous import obtain
from theorems.terms import substitute
from theorems.vocabulary import T2, T, r, sp

OURS = Source("ours", "this project")
THIRD = sp.Rational(1, 3)
ZERO = sp.Integer(0)
LABEL = "op:shannon-not-majorisation"
x, y, z, a, b, c, f, g, h, l, m, n, A, s = sp.symbols("x y z a b c f g h l m n A s", real=True)
A2, s2, e, e1, d_, t = sp.symbols("A2 s2 e e1 d t", real=True)
LAW = {"x": ge(x, 0), "y": ge(y, 0), "z": ge(z, 0), "sum": eq(x + y + z, 1)}
PLACES = ((x, y, z), (y, x, z), (z, x, y))


# -- the loss --------------------------------------------------------------------------------------
def small(own: sp.Expr, entry: sp.Expr) -> Proposition:
    return ForAll((), (gt(own, 0),), le(3 * own, entry - THIRD))


LOSS = All(ge(loss(x, y, z), 0), small(loss(x, y, z), x))


def derive_loss(d: Derivation) -> None:
    def share(u: Derivation, way: str) -> None:
        if way == "low":
            none = u.combine(eq(part(3 * x - 1), 0), {}, [way])
            nothing = u.combine(eq(loss(x, y, z), 0), {none: (part(y - x) + part(z - x)) / 3})
            never = u.for_all((), {"some": gt(loss(x, y, z), 0)}, lambda v: v.contradiction(
                le(3 * loss(x, y, z), x - THIRD), lambda w: w.combine(lt(ZERO, 0), {nothing: 1, "some": 1})))
            u.restate(LOSS, [u.sign(ge(loss(x, y, z), 0), [nothing]), never])
            return
        room = u.combine(eq(part(3 * x - 1), 3 * x - 1), {}, [way])
        gaps = part(y - x) + part(z - x)
        goal = All(ge(gaps, 0), le(gaps, THIRD))

        def first(v: Derivation, higher: str) -> None:
            def second(w: Derivation, also: str) -> None:
                one = w.combine(eq(part(y - x), y - x if higher == "y_up" else ZERO), {}, [higher])
                two = w.combine(eq(part(z - x), z - x if also == "z_up" else ZERO), {}, [also])
                up: dict[Fact, object] = {name: 1 for name in (higher, also) if name.endswith("up")}
                spare: dict[Fact, object] = {"sum": 1, way: 2, "x" if len(up) == 2 else "z" if higher == "y_up" else "y": 1} if up else {w.sign(gt(THIRD, 0), []): 1}
                w.restate(goal, [w.combine(ge(gaps, 0), {one: -1, two: -1, **up}), w.combine(le(gaps, THIRD), {one: 1, two: 1, **spare})])

            v.cases(goal, {"z_up": gt(z, x), "z_down": le(z, x)}, second)

        between = u.cases(goal, {"y_up": gt(y, x), "y_down": le(y, x)}, first)
        low, high = u.restate(goal.args[0], [between]), u.restate(goal.args[1], [between])  # type: ignore[arg-type]
        kept = u.combine(le(3 * loss(x, y, z), x - THIRD), {high: 3 * (x - THIRD), room: gaps - THIRD}, [way])
        u.restate(LOSS, [u.combine(ge(loss(x, y, z), 0), {low: x - THIRD, room: -gaps / 3}, [way]), u.for_all((), {"some": gt(loss(x, y, z), 0)}, lambda v: v.restate(
            le(3 * loss(x, y, z), x - THIRD), [kept]))])

    d.cases(LOSS, {"low": le(x, THIRD), "high": gt(x, THIRD)}, share)


# -- entropy, the losses l, m, n being any numbers of that size ------------------------------------------------------------
def place(entry: sp.Expr, own: sp.Expr, gain: sp.Expr, kept: sp.Expr) -> sp.Expr:
    return kept * (entry + gain * (l + m + n - 3 * own)) + (1 - kept) / 3


def terms(value: sp.Expr, term: sp.Expr) -> tuple[Proposition, Proposition]:
    """`term` is value log value, and 0 at 0."""
    return ForAll((), (gt(value, 0),), eq(term, value * sp.log(value))), ForAll((), (eq(value, 0),), eq(term, 0))


ENTRIES = ((x, l), (y, m), (z, n))
SMALL = {f"{own}_{word}": said for entry, own in ENTRIES for word, said in (("up", ge(own, 0)), ("small", small(own, entry)))}
CLOCKS = {"s": ge(s, 0), "later": le(s, s2), "s2": le(s2, 1), "A2": gt(A2, 0), "A": le(A, 1), "fall": le(A2, A), "hot": lt(A2, 1)}
BEFORE, AFTER = ([place(entry, own, *clock) for entry, own in ENTRIES] for clock in ((s, A), (s2, A2)))
VALUES = {f"{term}_{k}": said for value, term in zip(BEFORE, (f, g, h), strict=True) for k, said in zip(("some", "none"), terms(value, term), strict=True)}


def risen(after: list[sp.Expr]) -> Relation:
    return ge(-sp.Add(*(u * sp.log(u) for u in after)), -(f + g + h))


MIDDLE = le(l * (sp.log(b) + sp.log(c) - 2 * sp.log(a)), 0)


def derive_middle(d: Derivation) -> None:
    def case(u: Derivation, way: str) -> None:
        if way == "none":
            none = u.sign(eq(l, 0), [way, "l"])
            u.combine(MIDDLE, {none: sp.log(b) + sp.log(c) - 2 * sp.log(a)}, ["a", "b", "c"])
            return
        high = u.restate(ge(a, THIRD), [at("high"), way])
        logs = [u.use("base:log-bound", le(sp.log(k / a), k / a - 1), [u.sign(gt(k / a, 0), ["a", name]), "a", name], x=k / a) for k, name in ((b, "b"), (c, "c"))]
        u.combine(MIDDLE, {logs[0]: l, logs[1]: l, "whole": l / a, high: 3 * l / a}, ["a", "b", "c", "l"])

    d.cases(MIDDLE, {"some": gt(l, 0), "none": le(l, 0)}, case, ["a", "b", "c"])


TANGENT = ge(f, a * sp.log(b) + a - b)


def derive_tangent(d: Derivation) -> None:
    def case(u: Derivation, way: str) -> None:
        if way == "none":
            none = u.sign(eq(a, 0), [way, "a"])
            u.combine(TANGENT, {u.restate(eq(f, 0), [at("zero"), none]): -1, none: sp.log(b) + 1, "b": 1}, ["b"])
            return
        bound = u.use("base:log-bound", le(sp.log(b / a), b / a - 1), [u.sign(gt(b / a, 0), ["b", way]), way], x=b / a)
        u.combine(TANGENT, {u.restate(eq(f, a * sp.log(a)), [at("positive"), way]): -1, bound: a}, [way, "b"])

    d.cases(TANGENT, {"some": gt(a, 0), "none": le(a, 0)}, case, ["b"])


UNIFORM = ge((a - THIRD) * (sp.log(a) + sp.log(3)), 0)


def derive_uniform(d: Derivation) -> None:
    def case(u: Derivation, way: str) -> None:
        ratio, share = (1 / (3 * a), (a - THIRD) / a) if way == "high" else (3 * a, 3 * (THIRD - a))
        bound = u.use("base:log-bound", le(sp.log(ratio), ratio - 1), [u.sign(gt(ratio, 0), ["a"]), "a"], x=ratio)
        u.combine(UNIFORM, {bound: a - THIRD if way == "high" else THIRD - a, way: share}, ["a", way])

    d.cases(UNIFORM, {"high": ge(a, THIRD), "low": lt(a, THIRD)}, case, ["a"])


def above(d: Derivation, entry: sp.Expr, own: sp.Expr, gain: sp.Expr, span: list[str]) -> str:
    """Where an entry with a loss moves it stays above 1/3."""
    goal = ge(entry + gain * (l + m + n - 3 * own), THIRD)

    def body(u: Derivation) -> None:
        small = u.restate(le(3 * own, entry - THIRD), [at(f"{own}_small"), "some"])
        rest: dict[Fact, sp.Expr] = {f"{other}_up": gain for _, other in ENTRIES if other != own}
        slow = u.combine(le(2 * gain * own, 2 * own), {span[-1]: 2 * own, **({span[1]: 2 * own} if len(span) == 3 else {})}, [f"{own}_up"])
        u.combine(goal, {small: 1, slow: 1, f"{own}_up": 1, **rest}, span)

    return d.for_all((), {"some": gt(own, 0)}, body)


def inside(d: Derivation, entry: sp.Expr, own: sp.Expr, gain: sp.Expr, high: str, span: list[str]) -> str:
    goal = ge(entry + gain * (l + m + n - 3 * own), 0)

    def case(u: Derivation, way: str) -> None:
        if way == "some":
            up = u.restate(ge(entry + gain * (l + m + n - 3 * own), THIRD), [at(high), way])
            u.sign(goal, [up])
        else:
            none = u.sign(eq(own, 0), [way, f"{own}_up"])
            u.combine(goal, {str(entry): 1, none: 2 * gain, **{f"{other}_up": gain for _, other in ENTRIES if other != own}}, span)

    return d.cases(goal, {"some": gt(own, 0), "none": le(own, 0)}, case)


def derive_core(d: Derivation) -> None:
    late = d.sign(ge(s2, 0), ["s", "later"])
    early = d.sign(le(s, 1), ["later", "s2"])
    cold = d.sign(gt(A, 0), ["A2", "fall"])
    spans = {s: ["s", early], s2: [late, "s2"]}
    highs = {gain: [above(d, *pair, gain, span) for pair in ENTRIES] for gain, span in spans.items()}
    moved = {gain: [inside(d, *pair, gain, high, span) for pair, high in zip(ENTRIES, highs[gain], strict=True)] for gain, span in spans.items()}
    now = [d.combine(ge(value, 0), {fact: A, "A": THIRD}, [cold]) for value, fact in zip(BEFORE, moved[s], strict=True)]
    then = [d.combine(gt(value, 0), {fact: A2, "hot": THIRD}, ["A2"]) for value, fact in zip(AFTER, moved[s2], strict=True)]
    whole = d.combine(eq(sp.Add(*AFTER), 1), {"sum": A2})
    tangents = [d.use("op:shannon-not-majorisation/tangent", ge(term, value * sp.log(u) + value - u), [first, second, f"{term}_some", f"{term}_none"], a=value, b=u, f=term)
                for value, u, term, first, second in zip(BEFORE, AFTER, (f, g, h), now, then, strict=True)]
    evens = [d.use("op:shannon-not-majorisation/uniform", ge((u - THIRD) * (sp.log(u) + sp.log(3)), 0), [fact], a=u) for u, fact in zip(AFTER, then, strict=True)]
    middles = []
    for k, (entry, own) in enumerate(ENTRIES):
        one, two = (j for j in range(3) if j != k)
        high = d.for_all((), {"some": gt(own, 0)}, lambda u, k=k, entry=entry, own=own: u.combine(  # type: ignore[misc]
            ge(AFTER[k], THIRD), {u.restate(ge(entry + s2 * (l + m + n - 3 * own), THIRD), [at(highs[s2][k]), "some"]): A2}, ["A2"]))
        said = le(own * (sp.log(AFTER[one]) + sp.log(AFTER[two]) - 2 * sp.log(AFTER[k])), 0)
        middles.append(d.use("op:shannon-not-majorisation/middle", said, [then[k], then[one], then[two], f"{own}_up", high,
                             d.combine(eq(AFTER[k] + AFTER[one] + AFTER[two], 1), {whole: 1})], a=AFTER[k], b=AFTER[one], c=AFTER[two], l=own))
    faster, spread = d.sign(ge(A * (s2 - s), 0), [cold, "later"]), d.sign(ge((A - A2) / A2, 0), ["A2", "fall"])
    d.combine(risen(AFTER), {**dict.fromkeys(tangents, 1), **dict.fromkeys(middles, A * (s2 - s)), **dict.fromkeys(evens, (A - A2) / A2), "sum": (A - A2) * (sp.log(3) - 1)},
              [faster, spread, "A2", *then])


SHARES = All(*(ge(value, 0) for value in BEFORE), eq(sp.Add(*BEFORE), 1))
SLOW = {"s": ge(s, 0), "s_high": le(s, 1), "A_up": gt(A, 0), "A": le(A, 1)}


def derive_shares(d: Derivation) -> None:
    span = ["s", "s_high"]
    moved = [inside(d, entry, own, s, above(d, entry, own, s, span), span) for entry, own in ENTRIES]
    d.restate(SHARES, [*(d.combine(ge(value, 0), {fact: A, "A": THIRD}, ["A_up"]) for value, fact in zip(BEFORE, moved, strict=True)),
                       d.combine(eq(sp.Add(*BEFORE), 1), {"sum": A})])


ORDERLY = {name: (SMALL | SLOW)[name] for name in ("l_up", "l_small", "m_up", "s", "s_high", "A_up")} | {
    "order": gt(x, y), "alone": ForAll((), (gt(l, 0),), lt(y, THIRD))}
KEEPS = gt(BEFORE[0], BEFORE[1])


def derive_keeps(d: Derivation) -> None:
    """The larger of two entries loses less than the gap."""
    goal = gt(x - y, 3 * s * (l - m))

    def case(u: Derivation, way: str) -> None:
        if way == "none":
            none = u.sign(eq(l, 0), [way, "l_up"])
            u.combine(goal, {"order": 1, none: 3 * s, "m_up": 3 * s}, ["s"])
            return
        own = u.restate(le(3 * l, x - THIRD), [at("l_small"), "some"])
        low = u.restate(lt(y, THIRD), [at("alone"), "some"])
        u.combine(goal, {own: 1, low: 1, "s_high": 3 * l, "m_up": 3 * s}, ["s", "l_up"])

    gap = d.cases(goal, {"some": gt(l, 0), "none": le(l, 0)}, case)
    d.combine(KEEPS, {gap: A}, ["A_up"])


# -- the operator ----------------------------------------------------------------------------------
WARM, LATER = {"T": ge(T, 1)}, {"T2": gt(T2, T)}
IMAGES = [image(*order, T) for order in PLACES]
IMAGES2 = [image(*order, T2) for order in PLACES]
SIMPLEX = All(*(ge(value, 0) for value in IMAGES), eq(sp.Add(*IMAGES), 1))
RANKING = gt(IMAGES[0], IMAGES[1])
TERMS = {f"{term}_{k}": said for value, term in zip(IMAGES, (f, g, h), strict=True) for k, said in zip(("some", "none"), terms(value, term), strict=True)}
LOSSES = {own: loss(*order) for (_, own), order in zip(ENTRIES, PLACES, strict=True)}
NAMES = {str(own): value for own, value in LOSSES.items()}


def losses(d: Derivation, *orders: tuple[sp.Expr, ...]) -> list[str]:
    """What SMALL asks of the losses of the first of each order."""
    def of(first: sp.Expr, second: sp.Expr, third: sp.Expr) -> str:
        whole, value = d.combine(eq(first + second + third, 1), {"sum": 1}), loss(first, second, third)
        return d.use(f"{LABEL}/loss", All(ge(value, 0), small(value, first)), [*map(str, (first, second, third)), whole], x=first, y=second, z=third)

    return [of(*order) for order in orders]


def started(d: Derivation) -> str:
    return d.combine(ge(1 - 1 / T, 0), {"T": 1 / T}, ["T"])


def kept_little(d: Derivation) -> str:
    return d.combine(le(clocks(T)[1], 1), {d.sign(ge((T - 1) ** 2, 0), []): clocks(T)[1]}, ["T"])


def derive_simplex(d: Derivation) -> None:
    gain, kept = clocks(T)
    d.use(f"{LABEL}/shares", SIMPLEX, [*LAW, *losses(d, *PLACES), started(d), d.sign(le(gain, 1), ["T"]), d.sign(gt(kept, 0), ["T"]), kept_little(d), "T"], s=gain, A=kept, **NAMES)


def derive_ranking(d: Derivation) -> None:
    gain, kept = clocks(T)

    def alone(u: Derivation) -> None:
        """An entry with a loss is the only one above 1/3 but the largest."""
        def body(v: Derivation) -> None:
            high = v.combine(gt(x, THIRD), {"negated": 1, "order": 1})
            one = v.combine(eq(part(y - x), 0), {}, ["order"])
            two = v.combine(eq(part(z - x), 0), {}, [v.combine(lt(z, x), {"sum": 1, high: 2, "negated": 1})])
            v.combine(lt(ZERO, 0), {"some": 1, one: part(3 * x - 1) / 3, two: part(3 * x - 1) / 3})

        u.contradiction(lt(y, THIRD), body)

    only = d.for_all((), {"some": gt(LOSSES[l], 0)}, alone)
    d.use(f"{LABEL}/keeps", RANKING, [*losses(d, *PLACES[:2]), started(d), d.sign(le(gain, 1), ["T"]), d.sign(gt(kept, 0), ["T"]), only, "order", "T"], s=gain, A=kept, **NAMES)


def derive_entropy(d: Derivation) -> None:
    (gain, kept), (gain2, kept2) = clocks(T), clocks(T2)
    start = d.sign(gt(T2, 1), ["T", "T2"])
    kept_up = d.sign(gt(kept, 0), ["T"])
    slower = d.combine(le(gain, gain2), {"T2": 1 / (T * T2)}, ["T", start])
    end, up = d.sign(le(gain2, 1), [start]), d.sign(gt(kept2, 0), [start])
    fall = d.combine(le(kept2, kept), {"T2": kept * kept2 * (T + T2 - 2)}, [kept_up, up, d.sign(ge(T + T2 - 2, 0), ["T", start]), "T", start])
    hot = d.combine(lt(kept2, 1), {d.sign(gt((T2 - 1) ** 2, 0), [start]): kept2}, [up, start])
    d.use(f"{LABEL}/entropy-of-losses", risen(IMAGES2), [*LAW, *losses(d, *PLACES), started(d), slower, end, up, kept_little(d), fall, hot, *TERMS, "T", start],
          s=gain, s2=gain2, A=kept, A2=kept2, **NAMES)


def near(first: sp.Expr, one: sp.Expr, other: sp.Expr) -> Exists:
    """Laws r and temperatures near enough have an image near that of `first`, whatever is asked for."""
    there, here = image(r[1], r[2], r[3], t), image(first, one, other, T)
    close = within((r[1], r[2], r[3], t), (first, one, other, T), d_)
    return Exists((d_,), (gt(d_, 0),), ForAll((r, t), (ge(t, 1), *close), All(lt(there, here + e), gt(there, here - e))))


NEAR = near(x, y, z)


def derive_continuity(d: Derivation) -> None:
    moving, places, conditions = (a, b, c, t), (x, y, z, T), (ge(t, 1),)
    rule = statement(image(a, b, c, t), moving, places, conditions, e1, d_)
    shown = d.step("continuous", rule, ["T"], term=image(a, b, c, t), variables=moving, places=places, conditions=conditions, letters=(e1, d_))
    found = substitute(rule.then, {"e1": e})  # type: ignore[attr-defined]

    def body(u: Derivation) -> None:
        names = {f"close_{k}": said for k, said in enumerate(NEAR.then.given)}  # type: ignore[attr-defined]
        close = u.for_all((r, t), names, lambda v: v.restate(NEAR.then.then, [at("images", a=r[1], b=r[2], c=r[3], t=t), *names]))  # type: ignore[attr-defined]
        u.exhibit(NEAR, [close, "d"], d=d_)

    obtain(d, NEAR, d.restate(found, [at(shown, e1=e), "e"]), found, ("d", "images"), body)


ORDERS = tuple(permutations((x, y, z)))
ERROR = {"e": gt(e, 0)}


def ranked(first: sp.Expr, one: sp.Expr, other: sp.Expr) -> Relation:
    return gt(image(first, one, other, T), image(one, first, other, T))


SAME = ForAll((), (eq(T, 1),), All(*(eq(image(*order, T), order[0]) for order in PLACES)))
HOT = All(*(Tends(image(*order, t), t, sp.oo, THIRD, "-") for order in PLACES))
LARGEST = sp.Rational(1, 2)
RISES = gt(image(LARGEST, sp.Rational(5, 12), sp.Rational(1, 12), sp.Rational(33, 32)), LARGEST)
CONCLUSION = All(SIMPLEX, *(ForAll((), (gt(*order[:2]),), ranked(*order)) for order in ORDERS), *(near(*order) for order in PLACES), risen(IMAGES2), SAME, HOT, RISES)


def derive(d: Derivation) -> None:
    def use(u: Derivation, name: str, order: tuple[sp.Expr, ...], then: Proposition, more: list[str]) -> str:
        whole = u.combine(eq(sp.Add(*order), 1), {"sum": 1})
        return u.use(f"{LABEL}/{name}", then, [*map(str, order), whole, "T", *more], **dict(zip("xyz", order, strict=True)))

    def same(u: Derivation) -> None:
        kept = clocks(T)[1]
        u.restate(SAME.then, [u.combine(eq(image(*order, T), order[0]), {"at_one": kept * moved(*order) / T + (T - 1) * kept * (THIRD - order[0])}, ["T"])
                              for order in PLACES])

    ranks = [d.for_all((), {"order": gt(*order[:2])}, lambda u, order=order: use(u, "ranking", order, ranked(*order), ["order"])) for order in ORDERS]  # type: ignore[misc]
    shown = [d.use(f"{LABEL}/continuity", near(*order), ["T", "e"], **dict(zip("xyz", order, strict=True))) for order in PLACES]
    d.restate(CONCLUSION, [d.use(f"{LABEL}/simplex", SIMPLEX, [*LAW, "T"]), *ranks, *shown, d.use(f"{LABEL}/entropy", risen(IMAGES2), [*LAW, "T", "T2", *TERMS]),
                           d.for_all((), {"at_one": eq(T, 1)}, same), *(d.limit(said) for said in HOT.args), d.step("witness", RISES)])  # type: ignore[arg-type]


def sample(draw: Draw) -> Sample:
    first, second, third = draw.law(3, zeros=True)
    return Sample({"x": first, "y": second, "z": third})


def middle_sample(draw: Draw) -> Sample:
    first, second, third = draw.law(3)
    return Sample({"a": first, "b": second, "c": third, "l": draw.rational("1/8", 1) if first >= THIRD else ZERO})


def tangent_sample(draw: Draw) -> Sample:
    value = draw.law(3, zeros=True)[0]
    return Sample({"a": value, "b": draw.law(3)[0], "f": value * sp.log(value) if value > 0 else ZERO})


def core_sample(draw: Draw) -> Sample:
    law = draw.law(3, zeros=True)
    shed = [draw.rational(0, 1) * max(entry - THIRD, ZERO) / 3 for entry in law]
    early, late = sorted((draw.rational(0, 1), draw.rational(0, 1)))
    cold, hot = draw.rational("1/2", 1), draw.rational("1/8", "1/2")
    names = dict(zip("xyzlmn", (*law, *shed), strict=True)) | {"s": early, "s2": late, "A": cold, "A2": hot}
    values = [cold * (entry + early * (sum(shed) - 3 * own)) + (1 - cold) / 3 for entry, own in zip(law, shed, strict=True)]
    return Sample(names | {name: value * sp.log(value) if value > 0 else ZERO for name, value in zip("fgh", values, strict=True)})


def operator_sample(draw: Draw) -> Sample:
    law = draw.law(3, zeros=True)
    early, late = sorted((draw.rational(1, 6), draw.rational(1, 6)))
    values = [image(law[k], law[(k + 1) % 3], law[(k + 2) % 3], early) for k in range(3)]
    return Sample(dict(zip("xyz", law, strict=True)) | {"T": early, "T2": late, "t": late, "r": draw.law(3, zeros=True), "e": draw.rational("1/8", 1), "d": sp.Rational(1, 100)}
                  | {name: value * sp.log(value) if value > 0 else ZERO for name, value in zip("fgh", values, strict=True)})


CLAIMS = (
    Entry(Claim(f"{LABEL}/loss", "Losses are small", OURS, "ours", "upper", tuple(LAW.items()), LOSS), derive_loss, sample),
    Entry(Claim(f"{LABEL}/middle", "An entry above 1/3 is above the geometric mean of the others", OURS, "ours", "upper",
                (("a", gt(a, 0)), ("b", gt(b, 0)), ("c", gt(c, 0)), ("l", ge(l, 0)), ("high", ForAll((), (gt(l, 0),), ge(a, THIRD))), ("whole", eq(a + b + c, 1))), MIDDLE,
                uses=("base:log-bound",)), derive_middle, middle_sample),
    Entry(Claim(f"{LABEL}/tangent", "x log x lies above its tangents, at 0 too", OURS, "ours", "lower",
                (("a", ge(a, 0)), ("b", gt(b, 0)), ("positive", terms(a, f)[0]), ("zero", terms(a, f)[1])), TANGENT, uses=("base:log-bound",)), derive_tangent, tangent_sample),
    Entry(Claim(f"{LABEL}/uniform", "An entry and its logarithm pass 1/3 together", OURS, "ours", "lower", (("a", gt(a, 0)),), UNIFORM, uses=("base:log-bound",)),
          derive_uniform, lambda draw: Sample({"a": draw.law(3)[0]})),
    Entry(Claim(f"{LABEL}/entropy-of-losses", "Entries above 1/3 may feed the others", OURS, "ours", "lower",
                tuple((LAW | SMALL | CLOCKS | VALUES).items()), risen(AFTER), uses=tuple(f"{LABEL}/{name}" for name in ("middle", "tangent", "uniform"))), derive_core, core_sample),
    Entry(Claim(f"{LABEL}/shares", "Small losses leave a law", OURS, "ours", "identity", tuple((LAW | SMALL | SLOW).items()), SHARES), derive_shares, core_sample),
    Entry(Claim(f"{LABEL}/keeps", "Small losses keep order", OURS, "ours", "implication",
                tuple(ORDERLY.items()), KEEPS), derive_keeps, core_sample),
    Entry(Claim(f"{LABEL}/simplex", "Images are laws", OURS, "ours", "identity", tuple((LAW | WARM).items()), SIMPLEX, uses=(f"{LABEL}/loss", f"{LABEL}/shares")),
          derive_simplex, operator_sample),
    Entry(Claim(f"{LABEL}/ranking", "Order is kept", OURS, "ours", "implication", tuple((LAW | WARM | {"order": gt(x, y)}).items()), RANKING,
                uses=(f"{LABEL}/loss", f"{LABEL}/keeps")), derive_ranking, operator_sample),
    Entry(Claim(f"{LABEL}/continuity", "The formula is continuous", OURS, "ours", "implication", tuple((WARM | ERROR).items()), NEAR), derive_continuity, operator_sample),
    Entry(Claim(f"{LABEL}/entropy", "Entropy rises all the way, zeros included", OURS, "ours", "lower", tuple((LAW | WARM | LATER | TERMS).items()), risen(IMAGES2),
                uses=(f"{LABEL}/loss", f"{LABEL}/entropy-of-losses")), derive_entropy, operator_sample),
    Entry(Claim(LABEL, "A legal operator whose entropy rises without majorisation", OURS, "ours", "existence", tuple((LAW | WARM | LATER | TERMS | ERROR).items()), CONCLUSION,
                uses=tuple(f"{LABEL}/{name}" for name in ("simplex", "ranking", "continuity", "entropy")),
                note="In order: images are laws; A1 for each pair; A2, entry by entry and jointly in law and T; A3 (f, g, h are the terms at T); A4; A5, faces included; and a law "
                     "whose largest entry has grown at T = 33/32.  T starts at 1, as for mixing, so that there is no cold limit to meet.  The formula does not see the order of "
                     "the other two entries: the family is equivariant.  V = 3 is least: of two classes the larger share decides both entropy and majorisation."), derive, operator_sample),
)
