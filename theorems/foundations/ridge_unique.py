"""(X'X + lam) u = 0 with lam > 0 gives u = 0, for all sizes: |X u|^2 + lam |u|^2 = 0."""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import eq, ge, gt, le
from theorems.vocabulary import each, i, j, k, n, total

d = sp.Symbol("d", integer=True)
lam = sp.Symbol("lam", real=True)
X, u = sp.IndexedBase("X"), sp.IndexedBase("u")
RANGE = {"i_low": le(1, i), "i_high": le(i, d)}
ROWS, COLUMNS = (k, 1, n), (i, 1, d)
IMAGE = sp.Sum(X[k, j] * u[j], (j, 1, d))
KERNEL = eq(sp.Sum(X[k, i] * IMAGE, ROWS) + lam * u[i], 0)
SIZE = total(lambda a: u[a] ** 2, d)


def derive(p: Derivation) -> None:
    terms = p.for_all((i,), RANGE, lambda s: s.combine(eq(u[i] * KERNEL.left, 0), {at("kernel", i=i): u[i]}, ["i_low", "i_high"]))
    summed = p.step("termwise", eq(sp.Sum(u[i] * KERNEL.left, COLUMNS), sp.Sum(sp.Integer(0), COLUMNS)), [terms], range=(1, d))
    body = u[i] * X[k, i] * IMAGE
    turned = p.step("exchange", eq(sp.Sum(body, ROWS, COLUMNS), sp.Sum(body, COLUMNS, ROWS)), because="<u, X'X u> = |X u|^2")
    squares = p.for_all((k,), {"k_low": le(1, k), "k_high": le(k, n)}, lambda s: s.sign(ge(IMAGE**2, 0)))
    squares = p.step("termwise", ge(sp.Sum(IMAGE**2, ROWS), sp.Sum(sp.Integer(0), ROWS)), [squares], range=(1, n))
    small = p.combine(le(SIZE, 0), {summed: 1 / lam, turned: -1 / lam, squares: 1 / lam}, ["lam"])

    def entry(s: Derivation) -> None:
        one = s.step("member", le(u[i] ** 2, SIZE), ["i_low", "i_high"], at=i)
        square = s.combine(le(u[i] ** 2, 0), {one: 1, small: 1})
        zero = s.sign(ge(sp.Integer(0), 0))
        below = s.use("base:square-order", le(u[i], 0), [zero, square], x=u[i], y=sp.Integer(0))
        above = s.use("base:square-order", le(-u[i], 0), [zero, square], x=-u[i], y=sp.Integer(0))
        s.sign(eq(u[i], 0), [below, above])

    p.for_all((i,), RANGE, entry)


def sample(draw: Draw) -> Sample:
    rows, columns = draw.integer(1, 3), draw.integer(1, 3)
    design = tuple(draw.family(columns, -2, 2) for _ in range(rows))
    return Sample({"n": rows, "d": columns, "lam": draw.rational("1/9", 3), "X": design, "u": (sp.Integer(0),) * columns})


CLAIM = Entry(
    Claim("base:ridge-unique", "Ridge normal equations have one solution", Source("ours", "textbook"), "ours", "identity",
          (("lam", gt(lam, 0)), ("kernel", each(lambda a: KERNEL.subs(i, a), d))), each(lambda a: eq(u[a], 0), d), uses=("base:square-order",)),
    derive, sample,
)
