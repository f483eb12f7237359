"""Two classes: do any two legal operators pass through the same points, at different temperatures?

In the interior, on T >= 1, yes: the larger entry of the image stays above 1/2 (A1), never rises above its start (A3), and runs down to 1/2
continuously (A2, A5), so one operator meets every point of the other (/interior).  At a vertex no: power keeps (1, 0) and
mixing leaves it.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import All, Exists, ForAll, eq, ge, gt, le, lt, ne
from theorems.softening.generator_continuous import obtain
from theorems.vocabulary import T2, T, V, law, mixing, p, power, sp

OURS = Source("ours", "this project")
HALF, ZERO, TWO = sp.Rational(1, 2), sp.Integer(0), sp.Integer(2)
a, d_, e, x, y, z, M = sp.symbols("a d e x y z M", real=True)
f, g = sp.Function("f"), sp.Function("g")
b_ = sp.Symbol("b", real=True)


def binary(share: sp.Expr) -> sp.Expr:
    """Entropy of (share, 1 - share)."""
    return -share * sp.log(share) - (1 - share) * sp.log(1 - share)


INSIDE = ForAll((T,), (ge(T, 1),), All(gt(f(T), HALF), lt(f(T), 1)))
RISES = ForAll((T,), (ge(T, 1),), ge(binary(f(T)), binary(f(1))))
NEAR = ForAll((y,), (ge(y, 1), lt(y, x + d_), gt(y, x - d_)), All(lt(g(y), g(x) + e), gt(g(y), g(x) - e)))
CONTINUOUS = ForAll((x, e), (ge(x, 1), gt(e, 0)), Exists((d_,), (gt(d_, 0),), NEAR))
HOT = ForAll((e,), (gt(e, 0),), Exists((M,), (gt(M, 0),), ForAll((T2,), (gt(T2, M), ge(T2, 1)), lt(g(T2), HALF + e))))
MEETS = Exists((T2,), (ge(T2, 1),), eq(g(T2), f(T)))


def derive(d: Derivation) -> None:
    inside = d.restate(All(gt(f(T), HALF), lt(f(T), 1)), [at("inside", T=T), "T"])
    low, high = d.restate(gt(f(T), HALF), [inside]), d.restate(lt(f(T), 1), [inside])

    def slope(s: Derivation) -> None:
        value = s.derivative(eq(sp.Derivative(binary(z), z), sp.log(1 - z) - sp.log(z)), ["z_low", "z_high"])
        logs = s.sign(lt(sp.log(1 - z), sp.log(z)), ["z_low", "z_high", s.sign(lt(1 - z, z), ["z_low"])])
        s.combine(lt(sp.Derivative(binary(z), z), 0), {value: 1, logs: 1}, ["z_low", "z_high"])

    falls = d.for_all((z,), {"z_low": gt(z, HALF), "z_high": lt(z, 1)}, slope, because="binary entropy falls beyond 1/2")

    def above(s: Derivation) -> None:
        order = s.combine(lt(a, f(T)), {"negated": 1, "f_one": -1})
        drop = s.monotone(lt(binary(f(T)), binary(a)), falls, [order, "a", low, high], low=a, high=f(T))
        kept = s.transfer(ge(binary(f(T)), binary(a)), s.restate(ge(binary(f(T)), binary(f(1))), [at("rises", T=T), "T"]), ["f_one", low, high, "a", order])
        s.combine(lt(ZERO, 0), {drop: 1, kept: 1}, [low, high, "a", order])

    below = d.contradiction(le(f(T), f(1)), above)
    gap = f(T) - HALF
    cooled = HOT.then.xreplace({e: gap})  # type: ignore[attr-defined]
    found = d.restate(cooled, [at("hot", e=gap), d.sign(gt(gap, 0), [low])])

    def meet(s: Derivation) -> None:
        end = M + 1
        last = s.restate(lt(g(end), HALF + gap), [at("late", T2=end), s.sign(gt(end, M), []), s.sign(ge(end, 1), ["M"])])

        def near(t: Derivation) -> None:
            goal = Exists((d_,), (gt(d_, 0),), ForAll((y,), (le(1, y), le(y, end), lt(y, x + d_), gt(y, x - d_)), NEAR.then))
            there = Exists((d_,), (gt(d_, 0),), NEAR)
            wide = t.restate(there, [at("continuous", x=x, e=e), "from", "e"])

            def narrower(u: Derivation) -> None:
                names = {"y_from": le(1, y), "y_to": le(y, end), "y_up": lt(y, x + d_), "y_down": gt(y, x - d_)}
                shown = u.for_all((y,), names, lambda v: v.restate(NEAR.then, [at("wide", y=y), "y_from", "y_up", "y_down"]))
                u.exhibit(goal, [shown, "d"], d=d_)

            obtain(t, goal, wide, there, ("d", "wide"), narrower)

        smooth = s.for_all((x, e), {"from": le(1, x), "to": le(x, end), "e": gt(e, 0)}, near)
        start = s.combine(ge(g(1), f(T)), {below: 1, "f_one": 1, "g_one": -1})
        rule = {"f": g, "a": sp.Integer(1), "b": end, "s": f(T)}
        reached = Exists((x,), (le(1, x), le(x, end)), eq(g(x), f(T)))
        taken = s.cite("intermediate value theorem", reached, [s.sign(le(1, end), ["M"]), smooth, start, s.combine(le(g(end), f(T)), {last: 1})], **rule)
        obtain(s, MEETS, taken, reached, ("x_low", "x_high", "value"), lambda t: t.exhibit(MEETS, ["x_low", "value"], T2=x))

    obtain(d, MEETS, found, cooled, ("M", "late"), meet)


def sample(draw: Draw) -> Sample:
    """Power against mixing: the temperature that meets it is offered."""
    share, heat, t = draw.rational("11/20", "19/20"), sp.Rational(draw.integer(2, 8), 2), sp.Symbol("t", real=True)
    mixed = share / t + (1 - 1 / t) / 2
    value = share ** (1 / heat) / (share ** (1 / heat) + (1 - share) ** (1 / heat))
    return Sample({"a": share, "T": heat, "f": sp.Lambda(t, share ** (1 / t) / (share ** (1 / t) + (1 - share) ** (1 / t))), "g": sp.Lambda(t, mixed),
                   "T2": (share - HALF) / (value - HALF), "d": sp.Rational(1, 100), "M": sp.Integer(10**4)})


def derive_vertex(d: Derivation) -> None:
    image = ZERO ** (1 / T2) / (ZERO ** (1 / T2) + 1)

    def apart(s: Derivation) -> None:
        root = s.sign(eq(ZERO ** (1 / T2), 0), [s.sign(gt(T2, 0), ["warm"])])
        s.sign(ne(image, sp.Rational(1, 4)), [root, "warm"])

    d.counterexample([d.for_all((T2,), {"warm": ge(T2, 1)}, apart)], V=2, p=(1, 0), T=2)


CLAIMS = (
    Entry(Claim("op:binary-collapse", "For two classes power meets every point of mixing, at every law", OURS, "ours", "refutation",
                (("V", eq(V, 2)), ("p", law(p)), ("T", ge(T, 1))), Exists((T2,), (ge(T2, 1),), eq(power(p, T2)(TWO), mixing(p, T)(TWO))),
                expected="refuted", repaired="op:binary-collapse/interior", note="The two legal operators part at a vertex; in the interior all legal operators meet."),
          derive_vertex),
    Entry(Claim("op:binary-collapse/interior", "For two classes legal operators meet in the interior", OURS, "ours", "existence",
                (("a", All(gt(a, HALF), lt(a, 1))), ("f_one", eq(f(1), a)), ("g_one", eq(g(1), a)), ("inside", INSIDE), ("rises", RISES),
                 ("continuous", CONTINUOUS), ("hot", HOT), ("T", ge(T, 1))), MEETS), derive, sample),
)
