"""The frozen teacher head: |err_s(h) - err_t(h)| <= E l(h(s), h(t)) <= K E rho(s, t), labels in common (IJC (ii)).

Neither lambda nor the factor 2 is needed: both sides are judged by the same label f of the same input.
"""

from theorems.claim import Claim, Source
from theorems.derivation import Derivation, at
from theorems.entry import Draw, Entry, Sample
from theorems.joint._setting import (
    DISTANCE,
    SYMMETRIC,
    TRIANGLE,
    WEIGHTS,
    K,
    absolute,
    averaged,
    error,
    f,
    h,
    l,
    line_case,
    lipschitz,
    mean,
    rho,
    s,
)
from theorems.logic import Proposition, le
from theorems.vocabulary import i, sp, t

GAP = error(h, s, f) - error(h, t, f)
OUTPUTS = mean(lambda x: l(h(s[x]), h(t[x])))
REGRESSION = le(sp.Abs(GAP), OUTPUTS)
FROZEN = le(sp.Abs(GAP), K * DISTANCE)


def outputs(d: Derivation) -> None:
    ends = {1: (s, t), -1: (t, s)}

    def side(sign: int) -> str:
        first, second = ends[sign]

        def body(w: object) -> str:
            legs = {at("triangle", a=h(first[i]), b=h(second[i]), c=f[i]): 1}
            if sign < 0:
                legs[at("symmetric", a=h(first[i]), b=h(second[i]))] = 1
            return w.combine(le(l(h(first[i]), f[i]), l(h(second[i]), f[i]) + l(h(s[i]), h(t[i]))), legs)  # type: ignore[attr-defined]

        whole = averaged(d, lambda x: l(h(first[x]), f[x]), lambda x: l(h(second[x]), f[x]) + l(h(s[x]), h(t[x])), body)
        return d.combine(le(sign * GAP, OUTPUTS), {whole: 1})

    absolute(d, GAP, OUTPUTS, side(1), side(-1))


def frozen(d: Derivation) -> None:
    near = d.use("joint:frozen-head/outputs", REGRESSION, ["weights", "symmetric", "triangle"])
    steps = averaged(d, lambda x: l(h(s[x]), h(t[x])), lambda x: K * rho(s[x], t[x]),
                     lambda w: w.restate(le(l(h(s[i]), h(t[i])), K * rho(s[i], t[i])), [at("head", u=s[i], v=t[i])]))
    d.combine(FROZEN, {near: 1, steps: 1})


def sample(draw: Draw) -> Sample:
    return Sample(line_case(draw, "h"))


SOURCE = Source("IJC", "abstract (ii)")
COMMON: tuple[tuple[str, Proposition], ...] = (WEIGHTS, SYMMETRIC, TRIANGLE)
CLAIMS = (
    Entry(Claim("joint:frozen-head/outputs", "Error gap and distance of outputs", SOURCE, "ours", "upper", COMMON, REGRESSION), outputs, sample),
    Entry(Claim("joint:frozen-head", "The frozen teacher head", SOURCE, "ours", "upper", (*COMMON, ("head", lipschitz(h))), FROZEN,
                uses=("joint:frozen-head/outputs",)), frozen, sample),
)
