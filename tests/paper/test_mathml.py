"""LaTeX to MathML: well formed for everything that the ledger prints, and loud about what it does not know."""

import xml.etree.ElementTree as tree

import pytest
import sympy as sp

from paper.latex import latex
from paper.site.mathml import mathml
from theorems.catalogue import axioms
from theorems.chapters import entries
from theorems.errors import OverproofError
from theorems.proof import all_steps

CHILDREN = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mroot": 2}


def well_formed(markup):
    root = tree.fromstring(markup)
    for node in root.iter():
        if node.tag in CHILDREN:
            assert len(node) == CHILDREN[node.tag], (node.tag, markup)
    return root


def text(latex_text):
    return "".join(well_formed(mathml(latex_text)).itertext())


@pytest.mark.parametrize("label", sorted(entries()))
def test_every_claim_and_step_of_the_ledger(label):
    entry = entries()[label]
    propositions = [h for _, h in entry.claim.hypotheses] + [entry.claim.conclusion] + [step.then for step in all_steps(entry.proof().steps)]
    for proposition in propositions:
        well_formed(mathml(latex(proposition)))


@pytest.mark.parametrize("label", sorted(axioms()))
def test_every_axiom(label):
    well_formed(mathml(axioms()[label].statement))


def test_structure():
    root = well_formed(mathml(r"\sum_{i=1}^{V} \frac{p_{i}^{2}}{\sqrt{x}} \le \left(a + b\right)"))
    assert [len(list(root.iter(tag))) for tag in ("munderover", "mfrac", "msubsup", "msqrt")] == [1, 1, 1, 1]
    assert text(r"\forall x\ (0 \le x):\ \log{\left(x \right)} > - 1") == "∀x(0≤x):log(x)>−1"


def test_primes_cases_and_text():
    assert text("T' > T") == "T′>T"
    assert text(r"\begin{cases} 1 & \text{for}\: x > 0 \\ 0 & \text{otherwise} \end{cases}").startswith("{1for")


def test_names_of_several_letters_stay_together():
    assert latex(sp.Symbol("mixing")) == r"\mathrm{mixing}"
    assert latex(sp.Symbol("lam")) == r"\lambda"
    assert latex(sp.Symbol("beta_0") + sp.Symbol("x")) == r"\beta_{0} + x"


@pytest.mark.parametrize("bad", [r"\unknown x", r"\frac{1}", r"\left( x", "x }", r"{x", r"\begin{align}x\end{align}", "a & b"])
def test_what_it_does_not_know_raises(bad):
    with pytest.raises(OverproofError, match="no MathML"):
        mathml(bad)


def test_markup_is_escaped():
    assert "<script" not in mathml(r"\text{<script>} a < b")
    assert text(r"a < b") == "a<b"
