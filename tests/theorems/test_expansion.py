"""Expansions agree with the values of the term near 0, and nothing is expanded whose first coefficient the facts leave open."""

import pytest
import sympy as sp
from mpmath import mp, mpf

from theorems.expansion import NoExpansion, expansion, limit_value
from theorems.logic import gt, ne
from theorems.scope import Scope

u, a, b = sp.symbols("u a b", real=True)
FACTS = Scope((gt(a, 0), gt(b, 0)))
TERMS = [
    sp.exp(a * u) / (1 + b * u), sp.log(1 + a * u + b * u**2), (a + u) ** b, 1 / (u * (a + b * u)), sp.sqrt(a + u) - sp.sqrt(a + b * u),
    (sp.exp(u) - 1 - u) / u**2, a**u * sp.exp(-b / u) + u, sp.log(a * u) + sp.exp(u), 3 * sp.log(sp.sin(a) + 2 + u) * u, (1 + u) ** (b * u - a), (1 + u) ** 10,
]


@pytest.mark.parametrize("term", TERMS)
def test_the_known_terms_come_close(term):
    found = expansion(term, u, FACTS)
    point = {a: sp.Rational(7, 5), b: sp.Rational(5, 3)}
    with mp.workdps(60):
        for exponent in (6, 9):
            small = sp.Rational(1, 10**exponent)
            known = sum((c * small**k for k, c in found.terms.items()), found.log * sp.log(small)).subs(point)
            gap = abs(mpf(sp.N(term.subs(point).subs(u, small) - known, 60)))
            assert gap <= mpf(10) ** (6 - exponent * min(found.order, 6)), (found, gap)


@pytest.mark.parametrize("term", [1 / (a - b + u), sp.log(a - b + u), sp.exp((a - b) / u), u**a, sp.sin(u), sp.log(u) * sp.log(u), 1 / (sp.exp(a * u) - 1 - a * u - a**2 * u**2 / 2 - a**3 * u**3 / 6
                                                                                                                               - a**4 * u**4 / 24 - a**5 * u**5 / 120)])
def test_what_the_facts_leave_open_is_not_expanded(term):
    with pytest.raises(NoExpansion):
        limit_value(expansion(term, u, FACTS), FACTS)


def test_a_first_coefficient_that_a_fact_tells_from_zero():
    apart = Scope((*FACTS.facts, ne(a - b, 0)))
    assert limit_value(expansion(u / (a - b + u), u, apart), apart) == 0
    with pytest.raises(NoExpansion, match="sign"):
        limit_value(expansion((a - b + u) / u, u, apart), apart)
