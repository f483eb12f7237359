"""Generator operators have images: for a law p with m(p_i) > 0 and T > 0 there is a factor lam > 0 with sum over i of h(lam m(p_i)^(1/T)) = 1.

The sum is continuous in lam; where lam brings the largest entry to 1/V it is at most 1, where it brings the smallest one there it is at least 1.
That the value 1 is taken between is the intermediate value theorem.  With op:generator-class/unique there is exactly one image.  Entries with m(p_i) = 0
stay 0 (op:generator-class/zeros), so that such laws are those of fewer classes.
"""

from __future__ import annotations

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, Proposition, eq, ge, gt, le, lt
from theorems.softening import _generator as g
from theorems.softening._generator import SPAN, c, h, lam, m
from theorems.softening.generator_continuous import h_near, obtain
from theorems.softening.generator_unique import LAW
from theorems.terms import substitute
from theorems.vocabulary import T, V, each, i, n, p, sp, total

OURS = Source("ours", "this project")
A, B = sp.symbols("A B", integer=True)
x, y, e, d_, x1, e1, old, new = sp.symbols("x y e d x1 e1 old new", real=True)
ZERO, ONE = sp.Integer(0), sp.Integer(1)
LEVEL = m(1 / V)


def root(index: sp.Expr) -> sp.Expr:
    return m(p[index]) ** (1 / T)


def part(count: sp.Expr, factor: sp.Expr) -> sp.Expr:
    return total(lambda a: h(factor * root(a)), count)


def near(count: sp.Expr, distance: sp.Expr, error: sp.Expr) -> Proposition:
    """Factors within `distance` of x give sums within `error`."""
    return ForAll((y,), (lt(y, x + distance), gt(y, x - distance)), All(lt(part(count, y), part(count, x) + error), gt(part(count, y), part(count, x) - error)))


def continuous(count: sp.Expr) -> ForAll:
    return ForAll((x, e), (gt(e, 0),), Exists((d_,), (gt(d_, 0),), near(count, d_, e)))


AT_ONE = substitute(continuous(V).then, {"x": x1, "e": e1})


def covered(s: Derivation, count: sp.Expr) -> str:
    """m(p_i) > 0 up to `count`."""
    return s.for_all((i,), {"low": le(1, i), "high": le(i, count)}, lambda t: t.restate(gt(m(p[i]), 0), [at("full", i=i), "low", t.sign(le(i, V), ["high", "inside"])]))


def derive_continuous(d: Derivation) -> None:
    """Sums of continuous functions are continuous: induction on their number."""
    positive = d.for_all((i,), SPAN, lambda s: s.sign(gt(root(i), 0), [s.restate(gt(m(p[i]), 0), [at("full", i=i), "low", "high"]), "T"]))

    def base(s: Derivation) -> None:
        def inside(t: Derivation) -> None:
            first = [t.sign(le(ONE, 1), []), "inside"]
            mine = [t.restate(gt(root(ONE), 0), [at(positive, i=1), *first]), t.restate(gt(m(p[1]), 0), [at("full", i=1), *first]), "T", covered(t, ONE)]

            def place(z: Derivation) -> None:
                spot, goal = x * root(ONE), continuous(ONE).then
                found = Exists((new,), (gt(new, 0),), h_near(new, e, spot))
                other = z.use("op:generator-class/continuous-inverse", found, ["e", "rising", "onto", "flat", *mine], u=spot)
                obtain(z, goal, other, found, ("new", "news"), one)

            def one(z: Derivation) -> None:
                step = new / root(ONE)
                wide = z.sign(gt(step, 0), ["new", *mine])

                def there(w: Derivation) -> None:
                    moved = [w.combine(lt(y * root(ONE), x * root(ONE) + new), {"up": root(ONE)}, [*mine, "new"]), w.combine(gt(y * root(ONE), x * root(ONE) - new), {"down": root(ONE)}, [*mine, "new"])]
                    close = h_near(new, e, x * root(ONE))
                    v = close.variables[0]  # type: ignore[attr-defined]
                    w.restate(substitute(close.then, {str(v): y * root(ONE)}), [at("news", **{str(v): y * root(ONE)}), *moved, *mine])  # type: ignore[attr-defined]

                shown = z.for_all((y,), {"up": lt(y, x + step), "down": gt(y, x - step)}, there)
                z.exhibit(continuous(ONE).then, [shown, wide, "new", *mine], d=step)

            t.for_all((x, e), {"e": gt(e, 0)}, place)

        s.for_all((), {"inside": le(1, V)}, inside)

    def further(s: Derivation) -> None:
        def inside(t: Derivation) -> None:
            earlier = t.restate(continuous(n), [at("hypothesis"), t.sign(le(n, V), ["inside"])])
            span = [t.sign(le(1, n + 1), ["range"]), "inside"]
            mine = [t.restate(gt(root(n + 1), 0), [at(positive, i=n + 1), *span]), t.restate(gt(m(p[n + 1]), 0), [at("full", i=n + 1), *span]), "T", covered(t, n), covered(t, n + 1)]

            def place(z: Derivation) -> None:
                half = e / 2
                small = z.sign(gt(half, 0), ["e"])
                goal = continuous(n + 1).then
                first = Exists((old,), (gt(old, 0),), near(n, old, half))
                found = z.restate(first, [at(earlier, x=x, e=half), small])
                spot = x * root(n + 1)
                second = Exists((new,), (gt(new, 0),), h_near(new, half, spot))
                other = z.use("op:generator-class/continuous-inverse", second, [small, "rising", "onto", "flat", *mine], u=spot, e=half)
                obtain(z, goal, found, first, ("old", "olds"), lambda o: obtain(o, goal, other, second, ("new", "news"), joined))

            def joined(z: Derivation) -> None:
                step = new / root(n + 1)
                least = old * step / (old + step)
                wide = z.sign(gt(step, 0), ["new", *mine])
                scope = ["old", wide, *mine, "new"]
                tiny = z.sign(gt(least, 0), scope)
                below = [z.sign(le(least, old), scope), z.sign(le(least, step), scope)]

                def there(w: Derivation) -> None:
                    sides = [w.combine(lt(y, x + old), {"up": 1, below[0]: 1}, scope), w.combine(gt(y, x - old), {"down": 1, below[0]: 1}, scope)]
                    one = w.restate(near(n, old, e / 2).then, [at("olds", y=y), *sides])  # type: ignore[attr-defined]
                    moved = [w.combine(lt(y * root(n + 1), x * root(n + 1) + new), {"up": root(n + 1), below[1]: root(n + 1)}, scope),
                             w.combine(gt(y * root(n + 1), x * root(n + 1) - new), {"down": root(n + 1), below[1]: root(n + 1)}, scope)]
                    there_ = h_near(new, e / 2, x * root(n + 1))
                    v = there_.variables[0]
                    two = w.restate(substitute(there_.then, {str(v): y * root(n + 1)}), [at("news", **{str(v): y * root(n + 1)}), *moved, *mine])
                    cuts = [w.step("split", eq(part(n + 1, z_), part(n, z_) + h(z_ * root(n + 1))), ["range", *mine], at=n) for z_ in (x, y)]
                    ends = []
                    for k, op in ((0, lt), (1, gt)):
                        first = w.restate(near(n, old, e / 2).then.args[k], [one, *mine])  # type: ignore[attr-defined]
                        last = w.restate(substitute(there_.then, {str(v): y * root(n + 1)}).args[k], [two, *mine])
                        sign = 1 if op is lt else -1
                        ends.append(w.combine(op(part(n + 1, y), part(n + 1, x) + sign * e), {first: 1, last: 1, cuts[0]: -sign, cuts[1]: sign}, mine))
                    w.restate(near(n + 1, least, e).then, ends)  # type: ignore[attr-defined]

                shown = z.for_all((y,), {"up": lt(y, x + least), "down": gt(y, x - least)}, there)
                z.exhibit(continuous(n + 1).then, [shown, tiny, *scope], d=least)

            t.for_all((x, e), {"e": gt(e, 0)}, place)

        s.for_all((), {"inside": le(n + 1, V)}, inside)

    steps = d.induction(ForAll((n,), (le(1, n),), ForAll((), (le(n, V),), continuous(n))), base, further)
    some = d.restate(ForAll((), (le(V, V),), continuous(V)), [at(steps, n=V), "V"])
    whole = d.restate(continuous(V), [at(some), d.sign(le(V, V), [])])
    d.restate(AT_ONE, [at(whole, x=x1, e=e1), "error"])


LARGEST, SMALLEST = each(lambda a: le(p[a], p[A])), each(lambda a: ge(p[a], p[B]))
FACTOR = Exists((lam,), (gt(lam, 0),), eq(part(V, lam), 1))


def derive_exists(d: Derivation) -> None:
    (weak, monotone, back) = g.inverse(d, g.WEAK, g.MONOTONE, g.INVERSE)
    positive = d.for_all((i,), SPAN, lambda s: s.sign(gt(root(i), 0), [s.restate(gt(m(p[i]), 0), [at("full", i=i), "low", "high"]), "T"]))
    spans = {A: ["A", "A_high"], B: ["B", "B_high"]}
    tops = {z: d.restate(gt(root(z), 0), [at(positive, i=z), *spans[z]]) for z in (A, B)}
    mass = d.restate(eq(total(lambda a: p[a]), 1), ["p"])
    some = d.sign(ge(V, 1), ["A", "A_high"])
    summed = d.step("termwise", le(total(lambda a: p[a]), total(lambda a: p[A])), ["largest"], range=(1, V))
    count = d.step("count", eq(total(lambda a: p[A]), V * p[A]), [some])
    average = d.combine(le(1 / V, p[A]), {summed: 1 / V, count: 1 / V, mass: -1 / V}, [some])
    share = d.sign(gt(1 / V, 0), [some])
    within = d.combine(lt(1 / V, c), {average: 1, d.restate(lt(p[A], c), [at("room", i=A), *spans[A]]): 1}, [some])
    lowest = d.restate(lt(m(0), LEVEL), [at("rising", x=0, y=1 / V), d.sign(le(ZERO, 0), []), share, within, some])
    level = d.combine(gt(LEVEL, 0), {lowest: 1, "bottom": 1}, [some])
    own = d.restate(eq(h(LEVEL), 1 / V), [at(back, x=1 / V), d.sign(le(0, 1 / V), [share, some]), within, some])
    starts = {z: LEVEL / root(z) for z in (A, B)}

    def ordered(s: Derivation, small: sp.Expr, large: sp.Expr, order: str, facts: list[str]) -> str:
        """Roots of m keep the order of entries: small <= large."""
        goal = le(root(small), root(large))
        heights = s.restate(le(m(p[small]), m(p[large])), [at(monotone, x=p[small], y=p[large]), order, *facts])
        values = [s.restate(gt(m(p[z]), 0), [at("full", i=z), *facts]) for z in (small, large)]

        def case(t: Derivation, way: str) -> None:
            if way == "less":
                strict = t.use("base:root-order", lt(root(small), root(large)), ["T", t.sign(ge(m(p[small]), 0), [values[0]]), way], x=m(p[small]), y=m(p[large]))
                t.combine(goal, {strict: 1}, [*values, "T"])
            else:
                same = t.sign(eq(m(p[small]), m(p[large])), [way, heights])
                t.transfer(goal, t.sign(le(root(large), root(large)), [*values, "T"]), [same, *values, "T"])

        return s.cases(goal, {"less": lt(m(p[small]), m(p[large])), "equal": ge(m(p[small]), m(p[large]))}, case, [*values, "T"])

    def bound(s: Derivation, z: sp.Symbol) -> None:
        here = s.sign(ge(p[i], 0), ["p", "low", "high"]), s.restate(lt(p[i], c), [at("room", i=i), "low", "high"])
        there = s.sign(ge(p[z], 0), ["p", *spans[z]]), s.restate(lt(p[z], c), [at("room", i=z), *spans[z]])
        facts = [*here, *there, "low", "high", *spans[z]]
        mine = s.restate(gt(root(i), 0), [at(positive, i=i), "low", "high"])
        scope = [mine, tops[z], level, some, "T", s.restate(gt(m(p[i]), 0), [at("full", i=i), "low", "high"]), s.restate(gt(m(p[z]), 0), [at("full", i=z), *spans[z]])]
        if z == A:
            roots = ordered(s, i, A, s.restate(le(p[i], p[A]), [at("largest", i=i), "low", "high"]), facts)
            under = s.combine(le(starts[A] * root(i), LEVEL), {roots: LEVEL / root(A)}, scope)
            image = s.restate(le(h(starts[A] * root(i)), h(LEVEL)), [at(weak, u=starts[A] * root(i), v=LEVEL), under, *scope])
            s.combine(le(h(starts[A] * root(i)), 1 / V), {image: 1, own: 1}, scope)
        else:
            roots = ordered(s, B, i, s.restate(ge(p[i], p[B]), [at("smallest", i=i), "low", "high"]), facts)
            over = s.combine(ge(starts[B] * root(i), LEVEL), {roots: LEVEL / root(B)}, scope)
            image = s.restate(le(h(LEVEL), h(starts[B] * root(i))), [at(weak, u=LEVEL, v=starts[B] * root(i)), over, *scope])
            s.combine(ge(h(starts[B] * root(i)), 1 / V), {image: 1, own: -1}, scope)

    scope = [*tops.values(), level, some, positive, "full", "T", *(d.restate(gt(m(p[z]), 0), [at("full", i=z), *spans[z]]) for z in (A, B))]
    fill = d.step("count", eq(total(lambda a: 1 / V), V * (1 / V)), [some])
    thin = d.step("termwise", le(part(V, starts[A]), total(lambda a: 1 / V)), [d.for_all((i,), SPAN, lambda s: bound(s, A)), *scope], range=(1, V))
    thick = d.step("termwise", ge(part(V, starts[B]), total(lambda a: 1 / V)), [d.for_all((i,), SPAN, lambda s: bound(s, B)), *scope], range=(1, V))
    low, high = d.combine(le(part(V, starts[A]), 1), {thin: 1, fill: 1}, scope), d.combine(ge(part(V, starts[B]), 1), {thick: 1, fill: -1}, scope)
    facts = [d.sign(ge(p[B], 0), ["p", *spans[B]]), d.restate(lt(p[A], c), [at("room", i=A), *spans[A]]), *spans[A], *spans[B]]
    roots = ordered(d, B, A, d.restate(le(p[B], p[A]), [at("largest", i=B), *spans[B]]), facts)
    inverse = d.sign(le(1 / root(A), 1 / root(B)), [roots, *scope])
    order = d.combine(le(starts[A], starts[B]), {inverse: LEVEL}, scope)

    wanted = Exists((x,), (le(starts[A], x), le(x, starts[B])), eq(-part(V, x), -1))
    narrow = d.for_all((x, e), {"from": le(starts[A], x), "to": le(x, starts[B]), "e": gt(e, 0)}, lambda s: narrower(s, some, starts, scope))
    ends = d.combine(ge(-part(V, starts[A]), -1), {low: 1}, scope), d.combine(le(-part(V, starts[B]), -1), {high: 1}, scope)
    taken = d.cite("intermediate value theorem", wanted, [order, narrow, *ends, *scope], f=sp.Lambda(x, -part(V, x)), a=starts[A], b=starts[B], s=-ONE)

    def found(s: Derivation) -> None:
        above = s.combine(gt(x, 0), {"x_low": 1, s.sign(gt(starts[A], 0), scope): 1}, scope)
        s.exhibit(FACTOR, [above, s.combine(eq(part(V, x), 1), {"value": -1}, scope), *scope], lam=x)

    obtain(d, FACTOR, taken, wanted, ("x_low", "x_high", "value"), found)


def narrower(s: Derivation, some: str, starts: dict[sp.Symbol, sp.Expr], scope: list[str]) -> None:
    close = All(lt(-part(V, y), -part(V, x) + e), gt(-part(V, y), -part(V, x) - e))
    goal = Exists((d_,), (gt(d_, 0),), ForAll((y,), (le(starts[A], y), le(y, starts[B]), lt(y, x + d_), gt(y, x - d_)), close))
    there = Exists((d_,), (gt(d_, 0),), near(V, d_, e))
    wide = s.use("op:generator-class/continuous-sum", there, ["T", some, "e", "rising", "onto", "flat", "full"], x1=x, e1=e)

    def inner(t: Derivation) -> None:
        names = {"y_from": le(starts[A], y), "y_to": le(y, starts[B]), "y_up": lt(y, x + d_), "y_down": gt(y, x - d_)}

        def there_(w: Derivation) -> None:
            both = w.restate(near(V, d_, e).then, [at("wide", y=y), "y_up", "y_down"])  # type: ignore[attr-defined]
            sides = [w.restate(side, [both, *scope]) for side in near(V, d_, e).then.args]  # type: ignore[attr-defined]
            w.restate(close, [w.combine(close.args[0], {sides[1]: 1}, scope), w.combine(close.args[1], {sides[0]: 1}, scope)])

        t.exhibit(goal, [t.for_all((y,), names, there_), "d", *scope], d=d_)

    obtain(s, goal, wide, there, ("d", "wide"), inner)


def sample(draw: Draw) -> Sample:
    kind, size, scale = g.kind_of(draw), draw.integer(1, 3), draw.rational("1/2", 2)
    masses, heat = draw.law(size), g.heat(draw, kind)
    _, factor = g.softened(kind, masses, heat, scale)
    return Sample({"V": size, "p": masses, "T": heat, "lam": factor, "A": 1 + masses.index(max(masses)), "B": 1 + masses.index(min(masses)), "x1": ONE, "e1": draw.rational("1/4", 1),
                   "d": sp.Rational(1, 1000), "y": ONE + sp.Rational(1, 2000), **g.pair(kind, scale)})


FULL = each(lambda a: gt(m(p[a]), 0))
CLAIMS = (
    Entry(Claim("op:generator-class/continuous-sum", "The sum of responses is continuous in the factor", OURS, "ours", "implication",
                (("T", gt(T, 0)), ("V", ge(V, 1)), ("error", gt(e1, 0)), *LAW[3:], ("full", FULL)), AT_ONE, uses=("op:generator-class/continuous-inverse",)), derive_continuous, sample),
    Entry(Claim("op:generator-class/exists", "Generator operators have images", OURS, "ours", "existence",
                (("T", gt(T, 0)), *LAW, ("full", FULL), ("A", le(1, A)), ("A_high", le(A, V)), ("B", le(1, B)), ("B_high", le(B, V)), ("largest", LARGEST), ("smallest", SMALLEST)),
                FACTOR, uses=("op:generator-class/inverse", "op:generator-class/continuous-sum", "base:root-order")), derive_exists, sample),
)
