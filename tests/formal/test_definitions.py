"""The Coq definitions are the suite's: small cases computed in Python, exactly or to 50 digits, and proved in Coq.

Every case states one value.  Rational cases are closed by field arithmetic, the others by the wing's interval tactic;
a definition that differed by a factor, a sign or a convention would leave its goal open and `coqc` would complain.
"""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest

from theorems.errors import OverproofError
from theorems.formal import FOLDER, compile_wing
from theorems.formal.build import run_coq

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("coq")]

P = [Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)]
Q = [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]
Z = [Fraction(0), Fraction(1), Fraction(1, 2)]
FACE = [Fraction(1, 2), Fraction(1, 2), Fraction(0)]
X = [Q, FACE, Z]
Y = [P, Q, [Fraction(1, 3)] * 3]

HEAD = """From Coq Require Import Reals Lra Lia List.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Rbar.
From Overproof Require Import sums divergence majorisation softening power mixing access bias_variance joint limits cold_limit pure_interval.
Import ListNotations.
Open Scope R_scope.
Definition p (i : nat) : R := match i with O => 1/2 | 1%nat => 3/10 | _ => 1/5 end.
Definition q (i : nat) : R := match i with O => 1/4 | 1%nat => 1/4 | _ => 1/2 end.
Definition z (i : nat) : R := match i with O => 0 | 1%nat => 1 | _ => 1/2 end.
Definition face (i : nat) : R := match i with O => 1/2 | 1%nat => 1/2 | _ => 0 end.
Definition keep (i : nat) : bool := Nat.ltb i 2.
Definition X (o : nat) : nat -> R := match o with O => q | 1%nat => face | _ => z end.
Definition Y (o : nat) : nat -> R := match o with O => p | 1%nat => q | _ => uniform 3 end.
Ltac open_up := unfold variance, risk, covariance, mean, centre, log_mean, expectation, bregman, head_error, feature_distance, apart,
  TV, l1, divergence, entropy, term, hilbert, range, power, softmax, restrict, filled, tail_mass, mixing, normalise, squared, inner, on, off,
  uniform, X, Y; simpl; unfold keep; simpl; unfold p, q, z, face, uniform; simpl.
Ltac rational := open_up; rewrite ?pow0_zero; try (unfold Rdiv; ring); repeat (unfold Rabs; destruct (Rcase_abs _)); try lra; field.
Ltac numeric := open_up; rewrite ?pow0_pos by lra; rewrite ?pow0_zero, ?Rmult_0_l; pure_interval (@nil R) 0%nat.
"""


def coq(value: Fraction) -> str:
    return f"({value.numerator} / {value.denominator})"


def power(p: list[Fraction], temperature: int) -> list[mpmath.mpf]:
    weights = [mpmath.mpf(x.numerator) / x.denominator for x in p]
    weights = [w ** (mpmath.mpf(1) / temperature) if w else mpmath.mpf(0) for w in weights]
    return [w / sum(weights) for w in weights]


def real(x: Fraction) -> mpmath.mpf:
    return mpmath.mpf(x.numerator) / x.denominator


def expected(values: list[Fraction]) -> Fraction:
    return sum((w * x for w, x in zip(P, values, strict=True)), Fraction(0))


def squared(a: list[Fraction], b: list[Fraction]) -> Fraction:
    return sum(((x - y) ** 2 for x, y in zip(a, b, strict=True)), Fraction(0))


def rational_cases() -> list[tuple[str, Fraction]]:
    third = Fraction(1, 3)
    rho = P[2]
    mean = [expected([row[i] for row in X]) for i in range(3)]
    return [
        ("sum 3 p", sum(P, Fraction(0))),
        ("l1 3 p q", sum((abs(a - b) for a, b in zip(P, Q, strict=True)), Fraction(0))),
        ("TV 3 p q", sum((abs(a - b) for a, b in zip(P, Q, strict=True)), Fraction(0)) / 2),
        *[(f"mixing 3 4 p {i}", P[i] / 4 + Fraction(3, 4) * third) for i in range(3)],
        *[(f"restrict 3 keep p {i}", P[i] / (1 - rho) if i < 2 else Fraction(0)) for i in range(3)],
        ("tail_mass 3 keep p", rho),
        *[(f"filled 3 keep p {i}", P[i] if i < 2 else rho) for i in range(3)],
        ("squared 3 p q", squared(P, Q)),
        ("inner 3 p q", sum((a * b for a, b in zip(P, Q, strict=True)), Fraction(0))),
        ("INR (count 3 keep)", Fraction(2)),
        ("uniform 3 1", third),
        ("power 3 5 face 2", Fraction(0)),
        *[(f"mean 3 p X {i}", mean[i]) for i in range(3)],
        ("risk 3 3 p X q", expected([squared(row, Q) for row in X])),
        ("variance 3 3 p X", expected([squared(row, mean) for row in X])),
        ("covariance 3 p (fun o => X o 0) (fun o => X o 1)", expected([(row[0] - mean[0]) * (row[1] - mean[1]) for row in X])),
        ("bregman 3 (fun x => inner 3 x x) (fun x i => 2 * x i) p q", squared(P, Q)),
        ("head_error 3 p R R apart z q (fun a => a / 2)", expected([abs(a / 2 - b) for a, b in zip(Z, Q, strict=True)])),
        ("feature_distance 3 p R apart z q", expected([abs(a - b) for a, b in zip(Z, Q, strict=True)])),
    ]


def numeric_cases() -> list[tuple[str, mpmath.mpf]]:
    exponentials = [mpmath.exp(real(x)) for x in Z]
    geometric = [mpmath.exp(sum(real(w) * mpmath.log(real(row[i])) for w, row in zip(P, Y, strict=True))) for i in range(3)]
    return [
        *[(f"power 3 3 p {i}", power(P, 3)[i]) for i in range(3)],
        ("power 3 7 face 0", power(FACE, 7)[0]),
        *[(f"centre 3 3 p Y {i}", geometric[i] / sum(geometric)) for i in range(3)],
        *[(f"softmax 3 z {i}", exponentials[i] / sum(exponentials)) for i in range(3)],
        ("entropy 3 p", -sum(real(x) * mpmath.log(real(x)) for x in P)),
        ("divergence 3 p q", sum(real(a) * mpmath.log(real(a) / real(b)) for a, b in zip(P, Q, strict=True))),
        ("divergence 3 q p", sum(real(b) * mpmath.log(real(b) / real(a)) for a, b in zip(P, Q, strict=True))),
        ("divergence 3 face p", sum(mpmath.mpf(1) / 2 * mpmath.log(mpmath.mpf(1) / 2 / real(a)) for a in P[:2])),
    ]


def goals(shift: Fraction = Fraction(0)) -> list[str]:
    out = []
    for expression, value in rational_cases():
        out.append(f"Goal {expression} = {coq(value + shift)}. Proof. rational. Qed.")
    with mpmath.workdps(50):
        for expression, value in numeric_cases():
            near = Fraction(int(mpmath.nint(value * 10**12)), 10**12) + shift
            out.append(f"Goal {coq(near)} - 1 / 1000000000 <= {expression} <= {coq(near)} + 1 / 1000000000. Proof. split; numeric. Qed.")
    return out


EXTRA = """
Goal divergence 3 face face = 0. Proof. apply sum_zero; intros; apply term_same. Qed.
Goal KL 3 p face = p_infty. Proof. apply (KL_infinite 3 p face 2); [lia|reflexivity|unfold p; lra]. Qed.
Goal KL 3 face p = Finite (divergence 3 face p).
Proof. apply KL_finite; intros [|[|[|i]]] H; unfold p; lra. Qed.
Goal maximum 2 p = 1/2. Proof. simpl; unfold p; repeat (unfold Rmax; destruct (Rle_dec _ _)); lra. Qed.
Goal range 3 p = 3/10. Proof. simpl; unfold p, Rmax, Rmin; repeat destruct (Rle_dec _ _); lra. Qed.
Goal top 3 face 1 = 1 /\\ top 3 p 1 = 0.
Proof.
  assert (M : maximum 2 p = 1/2) by (simpl; unfold p; repeat (unfold Rmax; destruct (Rle_dec _ _)); lra).
  assert (N : maximum 2 face = 1/2) by (simpl; unfold face; repeat (unfold Rmax; destruct (Rle_dec _ _)); lra).
  unfold top; change (3 - 1)%nat with 2%nat; rewrite M, N; unfold p, face; split; destruct (Rle_dec _ _); lra.
Qed.
Goal support face 2 = 0 /\\ support p 2 = 1.
Proof. unfold support, face, p; split; destruct (Rlt_dec _ _); lra. Qed.
Goal majorised 3 (uniform 3) (fun i => match i with O => 1/2 | 1%nat => 3/10 | _ => 1/5 end).
Proof.
  assert (L : law 3 p) by (split; [intros [|[|[|i]]] H; unfold p; lra|simpl; unfold p; lra]).
  split; [unfold uniform; simpl; field|]; exists [0;1;2]%nat, [0;1;2]%nat; split; [apply Permutation.Permutation_refl|].
  split; [apply Permutation.Permutation_refl|split; [intros i j _ _; unfold uniform; lra|split]].
  - intros [|[|[|i]]] [|[|[|j]]] A B; unfold along; simpl; try lia; lra.
  - intros [|[|[|[|k]]]] H; unfold along, uniform; simpl; try lia; lra.
Qed.
"""


def test_values_agree() -> None:
    compile_wing()
    run_coq(HEAD + "\n".join(goals()) + EXTRA, "instances", FOLDER / ".build")


@pytest.mark.parametrize("index", [0, 3, 9, 15, 18, 21, 24, 27, 30])
def test_a_value_off_by_a_millionth_is_refused(index: int) -> None:
    """The guard of the guard: the goals can fail."""
    compile_wing()
    with pytest.raises(OverproofError):
        run_coq(HEAD + goals(Fraction(1, 10**6))[index], f"instances_off_{index}", FOLDER / ".build")
