"""Tsallis softening of order alpha: the generator phi = p^(alpha - 1)/(alpha - 1), log p at alpha = 1.

alpha = 1 is power, alpha = 2 is mixing.  All T > 0 for alpha <= 1, T >= 1 for alpha > 1.
Source: ours; label `op:tsallis`.
"""

import sympy as sp

from theorems.operator import Domain, Generator, Operator, p


def tsallis(alpha: sp.Expr | int | str) -> Operator:
    """The Tsallis operator of order `alpha`, an exact rational such as `sp.Rational(3, 2)` or "3/2"."""
    order = sp.Rational(alpha)
    phi = sp.log(p) if order == 1 else p ** (order - 1) / (order - 1)
    low = sp.S.Zero if order <= 1 else sp.S.One
    return Operator(f"tsallis({order})", Generator(phi), Domain(low, sp.oo), expected=_expected(order))


def _expected(order: sp.Rational) -> dict[str, str]:
    """Below 1 zeros stay; from 1 up to 2 slopes at 0 are infinite (and at 2 this is mixing); above 2 they vanish."""
    pins = {"prop:restriction": "refuted", "prop:affine": "refuted", "prop:kl-nonexpansive": "refuted"}
    if order <= 1:
        pins["ax:boundary-hot-face"] = "refuted"
    else:
        pins["ax:boundary-cold"] = "out-of-scope"
    if 1 <= order < 2:
        pins["prop:lipschitz"] = "refuted"
    if order == 1:
        del pins["prop:restriction"]
    if order == 2:
        del pins["prop:affine"], pins["prop:kl-nonexpansive"]
    if order > 2:
        pins["prop:kl-nonexpansive"] = "undecided"
    return pins


OPERATOR = tsallis("3/2")

OPERATORS = tuple(tsallis(order) for order in ("1/2", "3/2", "3"))
