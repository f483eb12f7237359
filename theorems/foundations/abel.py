"""Abel's inequality: weights c that do not increase and partial sums of d that are >= 0 give sum c d >= c_n sum d."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ForAll, Relation, eq, ge, le
from theorems.vocabulary import V, k, n, sp, total

c, d_ = sp.IndexedBase("c"), sp.IndexedBase("d")


def partial(size: sp.Expr) -> sp.Expr:
    return total(lambda a: d_[a], size)


def weighted(size: sp.Expr) -> sp.Expr:
    return total(lambda a: c[a] * d_[a], size)


def bound(size: sp.Expr) -> Relation:
    return ge(weighted(size), c[size] * partial(size))


FALLING = ForAll((k,), (le(1, k), le(k, V - 1)), ge(c[k], c[k + 1]))
PARTIAL = ForAll((k,), (le(1, k), le(k, V - 1)), ge(partial(k), 0))


def derive(d: Derivation) -> None:
    """Induction on n of: n <= V implies the bound at n."""

    def base(s: Derivation) -> None:
        def inner(u: Derivation) -> None:
            u.combine(bound(1), {}, because="both sides are c_1 d_1")

        s.for_all((), {"inside": le(1, V)}, inner, because="both sides are c_1 d_1")

    def further(s: Derivation) -> None:
        def inner(u: Derivation) -> None:
            before = u.sign(le(n, V - 1), ["inside"])
            earlier = u.sign(le(n, V), ["inside"])
            old = u.restate(bound(n), [at("hypothesis"), earlier])
            falling = u.restate(ge(c[n], c[n + 1]), [at("falling", k=n), "range", before])
            nonnegative = u.restate(ge(partial(n), 0), [at("partial", k=n), "range", before])
            one = u.step("split", eq(weighted(n + 1), weighted(n) + c[n + 1] * d_[n + 1]), ["range"], at=n)
            other = u.step("split", eq(partial(n + 1), partial(n) + d_[n + 1]), ["range"], at=n)
            u.combine(bound(n + 1), {old: 1, falling: partial(n), one: -1, other: c[n + 1]}, [nonnegative])

        s.for_all((), {"inside": le(n + 1, V)}, inner)

    steps = d.induction(ForAll((n,), (le(1, n),), ForAll((), (le(n, V),), bound(n))), base, further)
    last = d.restate(ForAll((), (le(V, V),), bound(V)), [at(steps, n=V), "V"])
    same = d.sign(le(V, V), [])
    d.restate(bound(V), [at(last), same])


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 5)
    falling = sorted(draw.family(size, -3, 3), reverse=True)
    steps = draw.family(size, 0, 2)
    differences = (steps[0], *(b - a for a, b in zip(steps, steps[1:], strict=False)))
    return Sample({"V": size, "c": tuple(falling), "d": differences})


CLAIM = Entry(
    Claim("base:abel", "Abel's inequality", Source("ours", "textbook"), "ours", "lower",
          (("V", ge(V, 1)), ("falling", FALLING), ("partial", PARTIAL)), bound(V)),
    derive, sample,
)
