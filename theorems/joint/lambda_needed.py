"""Refuted: the joint error bound without lambda, err_s(h) <= err_t(h) + 2 K E rho(s, t) (IJC (ii)).

Witness, the smallest there is: one input, equal features, the constant head 0, and labels 1 on the student's side, 0 on the
teacher's.  The witness needs different labels: with labels in common K instead of 2K suffices, see joint:frozen-head.
x_i, y_i are the head's values h(s_i), h(t_i) at the features, e_i their distance, the loss is |a - b|.
"""

import sympy as sp

from theorems.claim import Claim, Source
from theorems.derivation import Derivation
from theorems.entry import Entry
from theorems.joint._setting import K, f, g, mean
from theorems.logic import Proposition, eq, ge, le
from theorems.vocabulary import each, n, p, total

x, y, e = (sp.IndexedBase(name) for name in "xye")


def off(values: sp.IndexedBase, labels: sp.IndexedBase) -> sp.Expr:
    """E |value - label|."""
    return mean(lambda j: sp.Abs(values[j] - labels[j]))


WITHOUT = le(off(x, f), off(y, g) + 2 * K * total(lambda j: p[j] * e[j], n))
HYPOTHESES: tuple[tuple[str, Proposition], ...] = (
    ("weights", each(lambda j: ge(p[j], 0), n)), ("total", eq(total(lambda j: p[j], n), 1)), ("distance", each(lambda j: ge(e[j], 0), n)),
    ("constant", ge(K, 0)), ("head", each(lambda j: le(sp.Abs(x[j] - y[j]), K * e[j]), n)),
)


def derive(d: Derivation) -> None:
    d.counterexample(n=1, p=(1,), x=(0,), y=(0,), f=(1,), g=(0,), e=(0,), K=0, because="1 <= 0 + 0 fails")


CLAIM = Entry(
    Claim("joint:lambda-needed", "The joint bound without lambda", Source("IJC", "abstract (ii)"), "ours", "refutation", HYPOTHESES, WITHOUT,
          expected="refuted", repaired="joint:frozen-head"),
    derive,
)
