"""The trusted arithmetics enclose: balls, closed intervals and the derivatives on top of them."""

import ast
from fractions import Fraction
from pathlib import Path

import mpmath
import pytest
import sympy as sp
from flint import arb, ctx, fmpq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import numerics
from numerics.balls import NAN, UNIT, Balls, precision, rational
from numerics.enclosure import UNKNOWN, Closed
from numerics.exact import Symbolic, derivative
from numerics.jets import Jets
from theorems.compile import compile_expressions

UNARY = ("exp", "log", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "absolute", "xlogx", "negate")
BINARY = ("add", "subtract", "multiply", "divide", "power", "maximum", "minimum", "share")
rationals = st.fractions(min_value=-4, max_value=4, max_denominator=60)


def ends(base, value):
    return (value.lower(), value.upper()) if isinstance(base, Balls) else value


@st.composite
def interval_and_point(draw):
    """An interval, every other time of positive numbers, and a point of it."""
    ends = draw(st.sampled_from([rationals, st.fractions(min_value=Fraction(1, 60), max_value=4, max_denominator=60)]))
    first, second = sorted((draw(ends), draw(ends)))
    weight = draw(st.fractions(min_value=0, max_value=1, max_denominator=8))
    return first, second, first + weight * (second - first)


def true_value(method, *points):
    """mpmath at 60 digits, where it is real and finite: an arithmetic that shares no code with ours."""
    mpmath.mp.dps = 60
    a, *rest = (mpmath.mpf(x.numerator) / x.denominator for x in points)
    table = {
        "add": lambda b: a + b, "subtract": lambda b: a - b, "multiply": lambda b: a * b, "divide": lambda b: a / b,
        "power": lambda b: a**b, "maximum": lambda b: max(a, b), "minimum": lambda b: min(a, b), "share": lambda b: a / (a + b),
        "absolute": lambda: abs(a), "negate": lambda: -a, "xlogx": lambda: a * mpmath.log(a) if a else mpmath.mpf(0),
    }  # fmt: skip
    try:
        value = (table.get(method) or (lambda: getattr(mpmath, method)(a)))(*rest)
    except ZeroDivisionError:
        return None
    return value if isinstance(value, mpmath.mpf) and mpmath.isfinite(value) else None


def as_arb(value):
    sign, mantissa, exponent, _ = value._mpf_
    return arb((-1) ** sign * int(mantissa)) * arb(2) ** exponent


@pytest.mark.parametrize("base", [Balls(), Closed()], ids=["balls", "closed"])
@pytest.mark.parametrize("method", UNARY + BINARY)
def test_every_method_encloses_and_refuses_the_undefined(base, method):
    counted = {"enclosed": 0}

    @settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(interval_and_point(), interval_and_point())
    def check(first, second):
        arguments = (first, second) if method in BINARY else (first,)
        with precision(53):
            value = getattr(base, method)(*(base.interval(rational(low), rational(high)) for low, high, _ in arguments))
            low, high = ends(base, value)
            if not base.finite(value):
                return
        expected = true_value(method, *(point for _, _, point in arguments))
        assert expected is not None, "a finite enclosure of a value that does not exist"
        with precision(300):
            assert low - arb(10) ** -50 <= as_arb(expected) <= high + arb(10) ** -50
        counted["enclosed"] += 1

    check()
    assert counted["enclosed"] >= 3


@pytest.mark.parametrize("exponent", range(7))
@pytest.mark.parametrize("base", [Balls(), Closed()], ids=["balls", "closed"])
def test_integer_powers_enclose(base, exponent):
    for low, high in (("-1", "1"), ("0", "1"), ("-3", "-1/3"), ("1/3", "5"), ("-1/3", "7")):
        value = base.integer_power(base.interval(rational(low), rational(high)), exponent)
        assert base.finite(value)
        for weight in range(9):
            point = rational(low) + (rational(high) - rational(low)) * fmpq(weight, 8)
            bottom, top = ends(base, value)
            assert not arb(point) ** exponent < bottom if point != 0 else True
            assert not arb(point) ** exponent > top if point != 0 else True
    if exponent % 2 == 0 and isinstance(base, Closed):
        assert base.nonnegative(base.integer_power(base.interval(fmpq(-1), fmpq(1)), exponent))


def test_the_point_that_mpmath_misses():
    """mpmath#1181: `iv.exp` at 53 bits excludes the true value; both of ours contain it."""
    numerator, denominator = 3893924827815215, 2**50
    with precision(400):
        truth = arb(fmpq(numerator, denominator)).exp()
    with precision(53):
        point = fmpq(numerator, denominator)
        ball = Balls.exp(Balls.interval(point, point))
        low, high = Closed.exp(Closed.interval(point, point))
    with precision(400):
        assert ball.lower() <= truth <= ball.upper()
        assert low <= truth <= high
        missed = mpmath.iv.exp(mpmath.iv.mpf(numerator) / denominator)
        iv_low, iv_high = (as_arb(mpmath.mpf(end)) for end in (missed.a, missed.b))
        assert not (iv_low <= truth and truth <= iv_high), "mpmath is mended: this test guards nothing now"


def test_closed_intervals_live_on_zero():
    edge = Closed.interval(fmpq(0), fmpq(1, 3))
    assert edge[0] == 0
    assert Closed.finite(Closed.xlogx(edge)) and Closed.xlogx(edge)[1] == 0
    assert Closed.power(edge, Closed.constant(1, 2))[0] == 0
    assert Closed.nonnegative(Closed.share(edge, Closed.constant(2, 3)))
    assert Closed.subtract(Closed.constant(1, 1), Closed.interval(fmpq(1, 2), fmpq(1)))[0] == 0


@pytest.mark.parametrize("call", [
    lambda: Closed.log(Closed.interval(fmpq(0), fmpq(1))),
    lambda: Closed.power(Closed.interval(fmpq(0), fmpq(1)), Closed.constant(-1, 2)),
    lambda: Closed.power(Closed.interval(fmpq(0), fmpq(1)), Closed.interval(fmpq(0), fmpq(1))),
    lambda: Closed.power(Closed.interval(fmpq(-1, 9), fmpq(1)), Closed.constant(1, 2)),
    lambda: Closed.divide(Closed.constant(1, 1), Closed.interval(fmpq(0), fmpq(1))),
    lambda: Closed.share(Closed.constant(0, 1), Closed.constant(0, 1)),
    lambda: Closed.xlogx(Closed.interval(fmpq(-1, 9), fmpq(1))),
    lambda: Closed.tan(Closed.interval(fmpq(1), fmpq(2))),
    lambda: Closed.maximum(UNKNOWN, Closed.constant(1, 1)),
    lambda: Closed.absolute(UNKNOWN),
    lambda: Closed.multiply(UNKNOWN, Closed.constant(0, 1)),
    lambda: Closed.step(Closed.interval(fmpq(-1), fmpq(1))),
])  # fmt: skip
def test_what_is_undefined_somewhere_is_unknown(call):
    value = call()
    assert not Closed.finite(value)
    assert not Closed.nonnegative(value) and not Closed.nonnegative(Closed.negate(value))


def test_unknown_balls_decide_nothing():
    for value in (NAN, arb("inf"), Balls.log(arb(0, 1)), Balls.power(arb(0, 1), arb(0.5)), Balls.divide(arb(1), arb(0, 1)), Balls.maximum(NAN, arb(1))):
        assert not (Balls.nonnegative(value) or Balls.positive(value) or Balls.nonnegative(-value) or Balls.positive(-value))


def test_precision_comes_back():
    before = ctx.prec
    with pytest.raises(RuntimeError), precision(777):
        assert ctx.prec == 777
        raise RuntimeError
    assert ctx.prec == before


def test_the_unit_ball_holds_the_unit_interval_tightly():
    assert UNIT.contains(0) and UNIT.contains(1)
    assert -1e-8 < UNIT.lower() <= 0 and 1 <= UNIT.upper() < 1 + 1e-8


def test_floats_are_refused():
    with pytest.raises(TypeError, match="exact rational"):
        rational(0.1)
    assert rational("1/10") == rational("0.1") == rational(Fraction(1, 10))


@pytest.mark.parametrize("name", ["balls", "enclosure", "jets"])
def test_no_python_comparison_chooses_between_enclosures(name):
    """`min`, `max` and `sorted` read an undecided comparison as False (PITFALLS 3)."""
    tree = ast.parse((Path(numerics.__file__).parent / f"{name}.py").read_text())
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"min", "max", "sorted"}


p, T = sp.Symbol("p", real=True), sp.Symbol("T", real=True)
SOFT = p ** (1 / T) / (p ** (1 / T) + (1 - p) ** (1 / T))
FORMULAS = [
    p * sp.log(p) + (1 - p) * sp.log(1 - p), SOFT, SOFT * sp.log(SOFT), sp.sin(p) * sp.exp(-T * p) / (1 + T**2), sp.tanh(p * T) + sp.atan(T),
    p**3 * sp.log(p) - 2 * p * T, sp.cosh(p) - sp.sinh(T) + sp.tan(p / 2), sp.sqrt(p) * T**p, sp.Max(p, T) * sp.Abs(p - T) + sp.Min(p, 3), 3 * p * T * sp.log(2 * p),
]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS, ids=str)
def test_fused_code_and_its_derivatives_agree_with_sympy(formula):
    plain, fused = (compile_expressions([formula], [p, T], fused=f) for f in (False, True))
    with precision(200):
        point = [fmpq(2, 7), fmpq(13, 9)]
        for base in (Balls(), Closed()):
            inputs = [base.interval(x, x) for x in point]
            assert abs_difference(base, fused.run(base, *inputs)[0], plain.run(base, *inputs)[0]) < 1e-40
            for axes in ((0,), (1,), (0, 1), (1, 0), (0, 0)):
                symbolic = compile_expressions([sp.diff(formula, *((p, T)[k] for k in axes)).doit().replace(sp.sign, lambda a: a / sp.Abs(a)).replace(
                    sp.Heaviside, lambda a, *_: (1 + a / sp.Abs(a)) / 2).replace(sp.DiracDelta, lambda *_: sp.S.Zero)], [p, T])  # fmt: skip
                ours = derivative(fused, base, inputs, axes)
                assert abs_difference(base, ours, symbolic.run(base, *inputs)[0]) < 1e-40


def abs_difference(base, a, b):
    gap = base.absolute(base.subtract(a, b))
    return float(gap.upper() if isinstance(base, Balls) else gap[1])


def test_the_run_and_the_bound_program_agree():
    program = compile_expressions([SOFT, p + sp.pi], [p, T], fused=True)
    inputs = [arb(fmpq(2, 7)), arb(fmpq(13, 9))]
    assert [str(x) for x in program.bind(Balls())(*inputs)] == [str(x) for x in program.run(Balls(), *inputs)]


def test_slopes_at_kinks_are_unknown():
    jets = Jets(Closed(), 1)
    value, slopes = jets.absolute(jets.variable(Closed.interval(fmpq(-1), fmpq(1)), 0))
    assert Closed.finite(value) and not Closed.finite(slopes[0])
    twice = Jets(jets, 1)
    assert not Closed.finite(twice.maximum(twice.variable(jets.variable(Closed.interval(fmpq(-1), fmpq(1)), 0), 0), twice.constant(0, 1))[1][0][0])


def test_symbolic_steps_need_a_known_sign():
    assert Symbolic.step(sp.Rational(1, 2)) == 1 and Symbolic.step(-sp.pi) == 0
    assert Symbolic.step(sp.S.Zero) is sp.nan and Symbolic.step(p) is sp.nan


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(rationals, rationals, st.sampled_from(FORMULAS))
def test_jets_enclose_difference_quotients(first, second, formula):
    """Mean value theorem: (f(b) - f(a)) / (b - a) lies in the enclosed slope."""
    low, high = sorted((abs(first) / 5 + Fraction(1, 50), abs(second) / 5 + Fraction(1, 30)))
    assume(low < high < 1)
    program, base, t = compile_expressions([formula], [p, T], fused=True), Closed(), Closed.interval(fmpq(13, 9), fmpq(13, 9))
    with precision(120):
        slope = derivative(program, base, [base.interval(rational(low), rational(high)), t], (0,))
        at = [program.run(base, base.interval(rational(x), rational(x)), t)[0] for x in (low, high)]
        quotient = base.divide(base.subtract(at[1], at[0]), base.interval(*(rational(high - low),) * 2))
        if base.finite(slope):
            assert quotient[1] >= slope[0] and quotient[0] <= slope[1]
