"""The three excess risks of least squares in its sizes alone, r = |b off S|^2: written once, for each claim and for their comparison."""

import sympy as sp

from theorems.bias_variance._design import d, n, s2

s, r = sp.Symbol("s", integer=True), sp.Symbol("r", real=True)
DENSE = s2 * d / (n - d - 1)
DIRECT = r + (s2 + r) * s / (n - s - 1)
DISTILLED = r + s2 * s / (n - d - 1)
