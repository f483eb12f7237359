"""Distance after normalising: weights a, b >= 0 with totals >= 1, a - b <= c and b - a <= e entry by entry, c, e >= 0 with
sums <= M; then the normalised weights have l1 distance <= 2 M.  All V."""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.logic import ge, le, lt
from theorems.vocabulary import V, each, i, sp, total

a, b, c, e = (sp.IndexedBase(name) for name in "abce")
M = sp.Symbol("M", real=True)


def whole(family: sp.IndexedBase) -> sp.Expr:
    return total(lambda s: family[s], V, sp.Symbol("l", integer=True))


def gap(index: sp.Symbol) -> sp.Expr:
    return a[index] / whole(a) - b[index] / whole(b)


CONCLUSION = le(total(lambda s: sp.Abs(gap(s))), 2 * M)


def derive(d: Derivation) -> None:
    def under(s: Derivation, case: str) -> None:
        """The heavier side is divided by more: its share exceeds the other's by at most its surplus."""
        first, second, cap, limit, surplus = (a, b, c, "c_sum", "c") if case == "heavier" else (b, a, e, "e_sum", "e")
        sign = 1 if case == "heavier" else -1

        def entry(u: Derivation) -> None:
            span = ["low", "high"]
            more = u.restate(le(first[i] - second[i], cap[i]), [at(surplus, i=i), *span])
            room = u.restate(ge(cap[i], 0), [at(f"{surplus}_positive", i=i), *span])
            kept = u.restate(ge(second[i], 0), [at(f"{'b' if case == 'heavier' else 'a'}_positive", i=i), *span])
            totals = ["a_total", "b_total"]
            smaller = u.sign(ge(1 / whole(second) - 1 / whole(first), 0), [case, *totals])
            shrunk = u.sign(ge(second[i] * (1 / whole(second) - 1 / whole(first)), 0), [kept, smaller, *totals])
            divided = u.sign(le(cap[i] / whole(first), cap[i]), [room, *totals])
            bound = u.combine(le(sign * gap(i), cap[i]), {more: 1 / whole(first), shrunk: 1, divided: 1}, totals)
            u.cases(le(sp.Abs(gap(i)), 2 * cap[i] - sign * gap(i)), {"up": ge(sign * gap(i), 0), "down": lt(sign * gap(i), 0)},
                    lambda v, way: v.combine(le(sp.Abs(gap(i)), 2 * cap[i] - sign * gap(i)), {bound: 2} if way == "up" else {room: 2},
                                             [way, *totals]), totals)

        entries = s.for_all((i,), {"low": le(1, i), "high": le(i, V)}, entry)
        summed = s.step("termwise", le(total(lambda t: sp.Abs(gap(t))), total(lambda t: 2 * cap[t] - sign * gap(t))),
                        [entries, "a_total", "b_total"], range=(1, V))
        s.combine(CONCLUSION, {summed: 1, limit: 2}, ["a_total", "b_total"])

    d.cases(CONCLUSION, {"heavier": ge(whole(a), whole(b)), "lighter": lt(whole(a), whole(b))}, under)


def sample(draw: Draw) -> Sample:
    size = draw.integer(1, 4)
    first, second = draw.family(size, "1", 3), draw.family(size, "1", 3)
    up = tuple(max(x - y, 0) for x, y in zip(first, second, strict=True))
    down = tuple(max(y - x, 0) for x, y in zip(first, second, strict=True))
    return Sample({"V": size, "a": first, "b": second, "c": up, "e": down, "M": max(sum(up), sum(down))})


def sums_to(family: sp.IndexedBase) -> sp.Expr:
    return total(lambda s: family[s])


CLAIM = Entry(
    Claim("base:normalised-distance", "Distance after normalising", Source("ours", "textbook"), "ours", "upper",
          (("a_positive", each(lambda s: ge(a[s], 0))), ("b_positive", each(lambda s: ge(b[s], 0))),
           ("a_total", ge(whole(a), 1)), ("b_total", ge(whole(b), 1)),
           ("c", each(lambda s: le(a[s] - b[s], c[s]))), ("e", each(lambda s: le(b[s] - a[s], e[s]))),
           ("c_positive", each(lambda s: ge(c[s], 0))), ("e_positive", each(lambda s: ge(e[s], 0))),
           ("c_sum", le(sums_to(c), M)), ("e_sum", le(sums_to(e), M))), CONCLUSION),
    derive, sample,
)
