"""Log-sum inequality for two terms: (a + b) log((a + b)/(c + d)) <= a log(a/c) + b log(b/d), all four > 0."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Draw, Entry, Sample
from theorems.logic import gt, le
from theorems.vocabulary import sp

a, b, c, d_ = sp.symbols("a b c d", real=True)


def term(x: sp.Expr, y: sp.Expr) -> sp.Expr:
    return x * (sp.log(x) - sp.log(y))


def derive(d: Derivation) -> None:
    everything = ["a", "b", "c", "d"]

    def part(x: sp.Expr, y: sp.Expr) -> str:
        inside = y * (a + b) / (x * (c + d_))
        positive = d.sign(gt(inside, 0), everything)
        return d.use("base:log-bound", le(sp.log(inside), inside - 1), [positive, *everything], x=inside)

    d.combine(le(term(a + b, c + d_), term(a, c) + term(b, d_)), {part(a, c): a, part(b, d_): b}, everything,
              because="the two tangents together lose nothing")


def sample(draw: Draw) -> Sample:
    return Sample({name: draw.rational("1/20", 3) for name in "abcd"})


CLAIM = Entry(
    Claim("base:log-sum", "Log-sum inequality for two terms", Source("ours", "textbook"), "ours", "upper",
          (("a", gt(a, 0)), ("b", gt(b, 0)), ("c", gt(c, 0)), ("d", gt(d_, 0))),
          le(term(a + b, c + d_), term(a, c) + term(b, d_)), uses=("base:log-bound",)),
    derive, sample,
)
