"""Elementary formulas are continuous where they are defined, and at no other place."""

import pytest
import sympy as sp

from tests.theorems.rules.support import accepted
from theorems.logic import ge, gt
from theorems.rules.continuity import statement

x, y, a, b, e, d_ = sp.symbols("x y a b e d", real=True)
f = sp.Function("f")
POSITIVE, INSIDE = (gt(x, 0),), (("a", gt(a, 0)),)


@pytest.mark.parametrize(
    ("given", "term", "conditions", "sound"),
    [
        (INSIDE, 1 / x, POSITIVE, True),
        (INSIDE, sp.log(x) + f(b) * x**2, POSITIVE, True),
        (INSIDE, 1 / x, (), False),
        (INSIDE, 1 / x, (ge(x, 0),), False),
        ((("a", ge(a, 0)),), 1 / x, POSITIVE, False),
        ((), sp.log(x), POSITIVE, False),
        (INSIDE, f(x), POSITIVE, False),
        (INSIDE, sp.sign(x), POSITIVE, False),
        (INSIDE, sp.floor(x), POSITIVE, False),
        ((("a", ge(a, 0)),), sp.sqrt(x), (ge(x, 0),), True),
        ((("a", ge(a, 0)),), sp.sqrt(x), (), False),
        (INSIDE, a * x, POSITIVE, True),
    ],
)
def test_continuous(given, term, conditions, sound):
    goal = statement(term, (x,), (a,), conditions, e, d_)
    data = {"term": term, "variables": (x,), "places": (a,), "conditions": conditions, "letters": (e, d_)}
    assert accepted(given, goal, lambda d: d.step("continuous", goal, [n for n, _ in given], **data)) is sound


def test_two_variables_move_together():
    conditions, term = (ge(x, 0), gt(y, 0)), x ** (1 / y)
    given = (("a", ge(a, 0)), ("b", gt(b, 0)))
    goal = statement(term, (x, y), (a, b), conditions, e, d_)
    data = {"term": term, "variables": (x, y), "places": (a, b), "letters": (e, d_)}
    assert accepted(given, goal, lambda d: d.step("continuous", goal, ["a", "b"], conditions=conditions, **data))
    loose = (ge(x, 0), ge(y, 0))
    wrong = statement(term, (x, y), (a, b), loose, e, d_)
    assert not accepted(given, wrong, lambda d: d.step("continuous", wrong, ["a", "b"], conditions=loose, **data))


@pytest.mark.parametrize(
    ("term", "variables", "places", "letters"),
    [(x * y, (x,), (y,), (e, y)), (x, (x,), (a,), (x, d_)), (x, (x,), (a,), (e, e)), (x + e, (x,), (a,), (e, d_)), (x, (x,), (x,), (e, d_)), (a * x, (x, x), (a, b), (e, d_))],
)
def test_names_are_kept_apart(term, variables, places, letters):
    goal = statement(term, variables, places, (), *letters)
    data = {"term": term, "variables": variables, "places": places, "conditions": (), "letters": letters}
    assert not accepted((), goal, lambda d: d.step("continuous", goal, [], **data))


@pytest.mark.parametrize("changed", [lambda g: g.func(g.variables, (ge(e, 0),), g.then), lambda g: g.func(g.variables, g.given, g.then.func(g.then.variables, (gt(d_, -1),), g.then.then))])
def test_it_says_that_and_nothing_more(changed):
    goal = changed(statement(x, (x,), (a,), (), e, d_))
    data = {"term": x, "variables": (x,), "places": (a,), "conditions": (), "letters": (e, d_)}
    assert not accepted((), goal, lambda d: d.step("continuous", goal, [], **data))


def test_a_limit_of_the_conditions_is_not_enough():
    """At 0 the formula 1/x has no value, although 0 is a limit of x > 0."""
    goal = statement(1 / x, (x,), (sp.Integer(0),), POSITIVE, e, d_)
    data = {"term": 1 / x, "variables": (x,), "places": (sp.Integer(0),), "conditions": POSITIVE, "letters": (e, d_)}
    assert not accepted((), goal, lambda d: d.step("continuous", goal, [], **data))


def test_the_place_exists():
    """1/a is no place while a may be 0."""
    goal = statement(x + b, (x,), (1 / a,), (), e, d_)
    data = {"term": x + b, "variables": (x,), "places": (1 / a,), "conditions": (), "letters": (e, d_)}
    assert not accepted((), goal, lambda d: d.step("continuous", goal, [], **data))
    assert accepted((("a", gt(a, 0)),), goal, lambda d: d.step("continuous", goal, ["a"], **data))
