"""The O(1/n) rate without a Lipschitz assumption: both sides can be measured on real runs (SKD (iii)).

Z_1..Z_{n+1} are the logits of teacher and n students on a random input, all V, all T > 0; low_k <= Z_k - Z_{k+1} <=
low_k + width_k surely, so that width_k is at best the range of the move; delta_k^2 >= E width_k^2, L = sum delta_k and
rho L^2 = n sum delta_k^2.  The stage divergences E KL(softmax(Z_k/T), softmax(Z_{k+1}/T)) sum to at most rho L^2/(8 n T^2), and
end to end E KL(first, last) <= L^2/(8 T^2).  The first is O(1/n) where L stays bounded; the second is not.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Quantity, Sample
from theorems.logic import All, ForAll, Named, Proposition, eq, ge, gt, le
from theorems.paths.hoeffding import BOUND as GAP
from theorems.terms import E, RandomFamily, substitute
from theorems.vocabulary import T, V, each, i, j, k, kl, n, softmax, sp, total

Z, low, width = (RandomFamily(name) for name in ("Z", "low", "width"))
FRESH = {name: RandomFamily(f"{name}_2") for name in ("Z", "low", "width")}
L, rho = sp.symbols("L rho", real=True)
delta = sp.IndexedBase("delta")
RANGE = {"i_low": le(1, i), "i_high": le(i, V)}
STAGE = {"k_low": le(1, k), "k_high": le(k, n)}
MOVES = ForAll((k, i), (le(1, k), le(k, n), le(1, i), le(i, V)), All(ge(Z[k, i] - Z[k + 1, i], low[k]), le(Z[k, i] - Z[k + 1, i], low[k] + width[k])))


def logits(stage: sp.Expr) -> sp.Lambda:
    """The logits of one model at temperature T."""
    return sp.Lambda((i,), Z[stage, i] / T)


def divergence(first: sp.Expr, second: sp.Expr) -> sp.Expr:
    """KL between the outputs of two models on one input."""
    return kl(softmax(logits(first)), softmax(logits(second)))


def summed(family: sp.IndexedBase) -> sp.Expr:
    return total(lambda s: family[s], n, k)


SUM, END = rho * L**2 / (8 * n * T**2), L**2 / (8 * T**2)
STAGES = le(total(lambda s: E(divergence(s, s + 1)), n, k), SUM)
WHOLE = le(E(divergence(sp.Integer(1), n + 1)), END)


def bounded(d: Derivation, first: sp.Expr, second: sp.Expr, ends: tuple[sp.Expr, sp.Expr], facts: list[str], gaps: object) -> str:
    """E KL(first, second) <= E width^2/(8 T^2), from a proof that the move lies between low and low + width on every input."""
    then = le(divergence(first, second), ends[1] ** 2 / (8 * T**2))

    def draw(s: Derivation) -> None:
        sides = gaps(s)  # type: ignore[operator]
        values = {"z": logits(first), "y": logits(second), "low": ends[0] / T, "high": (ends[0] + ends[1]) / T}
        values = {name: substitute(value, FRESH) for name, value in values.items()}
        bound = s.use("path:hoeffding/bound", substitute(GAP, values), ["V", "T", *sides, *facts], **values)
        s.combine(substitute(then, FRESH), {bound: 1}, ["V", "T", *facts])

    every = d.for_all(tuple(FRESH.values()), {"moves_2": substitute(MOVES, FRESH)}, draw)
    here = d.restate(ForAll((Z, low, width), (MOVES,), then), [every])
    return d.step("expect", le(E(then.left), E(then.right)), [here, "moves", "V", "T", *facts])


def stages(d: Derivation) -> None:
    Z2, low2, width2 = FRESH.values()

    def stage(s: Derivation) -> None:
        def gaps(u: Derivation) -> list[str]:
            def side(t: Derivation, up: bool) -> None:
                gap, scaled = Z2[k, i] - Z2[k + 1, i], Z2[k, i] / T - Z2[k + 1, i] / T
                both = t.restate(substitute(MOVES.then, FRESH), [at("moves_2", k=k, i=i), "k_low", "k_high", "i_low", "i_high"])
                edge = t.restate(le(gap, low2[k] + width2[k]) if up else ge(gap, low2[k]), [both])
                t.combine(le(scaled, (low2[k] + width2[k]) / T) if up else ge(scaled, low2[k] / T), {edge: 1 / T}, ["T"])

            return [u.for_all((i,), RANGE, lambda t, up=up: side(t, up)) for up in (False, True)]

        mean = bounded(s, k, k + 1, (low[k], width[k]), ["k_low", "k_high"], gaps)
        length = s.restate(le(E(width[k] ** 2), delta[k] ** 2), [at("lengths", k=k), "k_low", "k_high"])
        s.combine(le(E(divergence(k, k + 1)), delta[k] ** 2 / (8 * T**2)), {mean: 1, length: 1 / (8 * T**2)}, ["V", "T"])

    terms = d.for_all((k,), STAGE, stage, because="path:hoeffding on every input")
    squares = total(lambda s: delta[s] ** 2 / (8 * T**2), n, k)
    sums = d.step("termwise", le(STAGES.left, squares), [terms, "V", "T"], range=(1, n))
    equal = d.rewrite(eq(squares, total(lambda s: delta[s] ** 2, n, k) / (8 * T**2)), ["T"])
    last = d.combine(eq(squares, SUM), {equal: 1, "spread": -1 / (8 * n * T**2)}, ["T", "stages"])
    d.transfer(STAGES, sums, [last, "V", "T", "stages"])


def whole(d: Derivation) -> None:
    Z2, low2, width2 = FRESH.values()

    def gaps(u: Derivation) -> list[str]:
        def side(t: Derivation, up: bool) -> None:
            edge_of = (lambda s: low2[s] + width2[s]) if up else (lambda s: low2[s])
            end = total(edge_of, n, k)

            def term(s: Derivation) -> None:
                both = s.restate(substitute(MOVES.then, FRESH), [at("moves_2", k=k, i=i), "k_low", "k_high", "i_low", "i_high"])
                s.restate(le(Z2[k, i] - Z2[k + 1, i], edge_of(k)) if up else ge(Z2[k, i] - Z2[k + 1, i], edge_of(k)), [both])

            moves = total(lambda s: Z2[s, i] - Z2[s + 1, i], n, k)
            terms = t.for_all((k,), STAGE, term)
            edge = t.step("termwise", le(moves, end) if up else ge(moves, end), [terms], range=(1, n))
            path = t.step("telescope", eq(moves, Z2[1, i] - Z2[n + 1, i]), ["stages"], of=sp.Lambda((k,), -Z2[k, i]))
            gap = Z2[1, i] / T - Z2[n + 1, i] / T
            sign = -1 if up else 1
            close = (summed(low2) + summed(width2)) / T if up else summed(low2) / T
            t.combine(le(gap, close) if up else ge(gap, close), {edge: 1 / T, path: sign / T}, ["T"])

        return [u.for_all((i,), RANGE, lambda t, up=up: side(t, up)) for up in (False, True)]

    mean = bounded(d, sp.Integer(1), n + 1, (summed(low), summed(width)), [], gaps)

    def row(s: Derivation) -> None:
        def cell(t: Derivation) -> None:
            sides = [t.restate(le(E(width[a] ** 2), delta[a] ** 2), [at("lengths", k=a), *names])
                     for a, names in ((k, ("k_low", "k_high")), (j, ("j_low", "j_high")))]
            signs = [t.restate(ge(delta[a], 0), [at("signs", k=a), *names]) for a, names in ((k, ("k_low", "k_high")), (j, ("j_low", "j_high")))]
            values = {"X": width[k], "Y": width[j]}
            product = E(values["X"] * values["Y"])
            square = t.use("base:mean-product", le(product**2, E(values["X"] ** 2) * E(values["Y"] ** 2)), **values)
            positive = mean_square(t, j)
            less = t.combine(le(product**2, (delta[k] * delta[j]) ** 2), {square: 1, sides[0]: E(values["Y"] ** 2), sides[1]: delta[k] ** 2}, [positive])
            size = t.sign(ge(delta[k] * delta[j], 0), signs)
            t.use("base:square-order", le(product, delta[k] * delta[j]), [size, less], x=product, y=delta[k] * delta[j])

        cells = s.for_all((j,), {"j_low": le(1, j), "j_high": le(j, n)}, cell)
        s.step("termwise", le(total(lambda b: E(width[k] * width[b]), n, j), total(lambda b: delta[k] * delta[b], n, j)),
               [cells], range=(1, n))

    rows = d.for_all((k,), STAGE, row, because="E g_k g_j <= delta_k delta_j")
    double = le(sp.Sum(E(width[k] * width[j]), (j, 1, n), (k, 1, n)), sp.Sum(delta[k] * delta[j], (j, 1, n), (k, 1, n)))
    product = d.step("termwise", double, [rows], range=(1, n))
    spread = d.rewrite(eq(E(summed(width) ** 2), double.left))
    lengths = d.rewrite(eq(double.right, L**2), using=["length"])
    d.combine(WHOLE, {mean: 1, spread: 1 / (8 * T**2), product: 1 / (8 * T**2), lengths: 1 / (8 * T**2)}, ["V", "T", "stages"])


def mean_square(d: Derivation, place: sp.Expr) -> str:
    """E width^2 >= 0."""
    every = d.for_all((FRESH["width"],), {}, lambda s: s.sign(ge(FRESH["width"][place] ** 2, 0)))
    here = d.restate(ForAll((width,), (), ge(width[place] ** 2, 0)), [every])
    return d.step("expect", ge(E(width[place] ** 2), 0), [here])


def join(d: Derivation) -> None:
    parts = [d.use(f"path:logit-length/{name}", then, [name for name, _ in given])
             for name, then, given in (("stages", STAGES, STAGE_FACTS), ("end", WHOLE, END_FACTS))]
    d.restate(All(STAGES, WHOLE), parts)


def sample(draw: Draw) -> Sample:
    classes, count = draw.integer(1, 3), draw.integer(1, 3)
    law = []
    for weight in draw.law(draw.integer(1, 3)):
        models = tuple(draw.family(classes, -2, 2) for _ in range(count + 1))
        moves = [[a - b for a, b in zip(first, second, strict=True)] for first, second in zip(models, models[1:], strict=False)]
        law.append((weight, {"Z": models, "low": tuple(map(min, moves)), "width": tuple(max(move) - min(move) for move in moves)}))
    means = [sum(weight * case["width"][s] ** 2 for weight, case in law) for s in range(count)]
    lengths = tuple(sp.Integer(1) if not draw.integer(0, 3) and mean <= 1 else sp.sqrt(mean) for mean in means)
    whole_length = sum(lengths)
    spread = count * sum(a**2 for a in lengths) / whole_length**2 if whole_length else sp.Integer(1)
    return Sample({"V": classes, "n": count, "T": draw.rational("1/4", 4), "delta": lengths, "L": whole_length, "rho": spread}, tuple(law))


SOURCE = Source("SKD", "abstract (iii)")
BOTH: tuple[tuple[str, Proposition], ...] = (
    ("stages", ge(n, 1)), ("V", ge(V, 1)), ("T", gt(T, 0)), ("moves", Named("surely", MOVES)),
    ("lengths", each(lambda a: le(E(width[a] ** 2), delta[a] ** 2), n, k)))
SPREAD = ("spread", eq(rho * L**2, n * total(lambda a: delta[a] ** 2, n, k)))
LENGTH = (("signs", each(lambda a: ge(delta[a], 0), n, k)), ("length", eq(L, summed(delta))))
STAGE_FACTS, END_FACTS = (*BOTH, SPREAD), (*BOTH, *LENGTH)
CLAIMS = (
    Entry(Claim("path:logit-length/stages", "Stage divergences through the length in the logits", SOURCE, "ours", "upper", STAGE_FACTS, STAGES,
                uses=("path:hoeffding/bound",)), stages, sample,
          quantities=(Quantity("sum", "bound on the sum of the stage divergences", SUM),)),
    Entry(Claim("path:logit-length/end", "Divergence end to end through the length in the logits", SOURCE, "ours", "upper", END_FACTS, WHOLE,
                uses=("path:hoeffding/bound", "base:mean-product", "base:square-order")), whole, sample,
          quantities=(Quantity("end", "bound on the divergence end to end", END),)),
    Entry(Claim("path:logit-length", "The O(1/n) rate through the length in the logits", SOURCE, "ours", "upper", (*BOTH, SPREAD, *LENGTH), All(STAGES, WHOLE),
                uses=("path:logit-length/stages", "path:logit-length/end")), join, sample,
          quantities=(Quantity("sum", "bound on the sum of the stage divergences", SUM), Quantity("end", "bound on the divergence end to end", END))),
)
