(** Textbook facts about powers, roots, exponentials and logarithms, in the form in which the ledger states them.

    The T-th root of x >= 0 is [pow0 x (/ T)], which is 0 at 0. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening mixing access holder draws.
Open Scope R_scope.

(** The logarithm lies under its tangent. *)
(* claim: lemma:log-bound *)
Theorem log_bound x : 0 < x -> ln x <= x - 1.
Proof. apply ln_le_minus_1. Qed.

(** exp keeps the order. *)
(* claim: lemma:exp-order *)
Theorem exp_order x y : x <= y -> exp x <= exp y.
Proof. apply exp_le. Qed.

(** Log of a bounded ratio. *)
(* claim: lemma:log-ratio *)
Theorem log_ratio x y c : 0 < x -> 0 < y -> 0 < c -> x <= c * y -> ln x - ln y <= ln c.
Proof.
  intros Hx Hy Hc H; assert (X : ln x <= ln (c * y)) by (destruct H as [H|H]; [left; apply ln_increasing; assumption|rewrite H; right; reflexivity]).
  rewrite ln_mult in X by assumption; lra.
Qed.

(** Hoeffding's lemma for one bit. *)
(* claim: lemma:bernoulli-moment *)
Theorem moment_of_a_bit e u : 0 <= e -> e <= 1 -> e * exp u - e + 1 <= exp (e * u + u^2 / 8).
Proof. intros H0 H1; assert (B := bernoulli_moment e u (conj H0 H1)); rewrite (Rmult_comm e u); lra. Qed.

(** The lowest point of a parabola. *)
(* claim: lemma:parabola *)
Theorem parabola A B N : 0 < N ->
  (forall t, A + B * t + N * t^2 >= A - B^2 / (4 * N)) /\ (forall t, 2 * N * t = - B -> A + B * t + N * t^2 = A - B^2 / (4 * N)).
Proof.
  intros H; assert (E : forall t, A + B * t + N * t^2 = A - B^2 / (4 * N) + (2 * N * t + B)^2 / (4 * N)) by (intros t; field; lra); split; intros t.
  - rewrite E; assert (0 <= (2 * N * t + B)^2 / (4 * N)) by (apply Rmult_le_pos; [apply pow2_ge_0|apply Rlt_le, Rinv_0_lt_compat; lra]); lra.
  - intros Z; rewrite E, Z; replace (- B + B) with 0 by ring; field; lra.
Qed.

(** Whole powers keep the order of numbers that are not negative. *)
(* claim: lemma:power-order *)
Theorem power_order n a b : (1 <= n)%nat -> 0 <= a -> a <= b -> a^n <= b^n.
Proof. intros _ Ha H; apply pow_incr; lra. Qed.

(** Roots keep strict order. *)
(* claim: lemma:root-order *)
Theorem root_order T x y : 0 < T -> 0 <= x -> x < y -> pow0 x (/ T) < pow0 y (/ T).
Proof. intros HT; apply pow0_increasing, Rinv_0_lt_compat, HT. Qed.

(** The root of a sum is at most the sum of the roots. *)
(* claim: lemma:root-sum *)
Theorem root_sum T x y : 0 <= x -> 0 <= y -> 1 <= T -> pow0 (x + y) (/ T) <= pow0 x (/ T) + pow0 y (/ T).
Proof.
  intros Hx Hy HT; assert (S := power_sum_lower 2 (fun i => match i with O => x | _ => y end) (/ T) (inverse_below_1 T HT)); simpl in S.
  rewrite !Rplus_0_l in S; apply S; intros [|i] _; assumption.
Qed.

(** Roots of numbers below 1 are no smaller than the numbers. *)
(* claim: lemma:root-bounds/above *)
Theorem root_above T x : 0 <= x -> x <= 1 -> 1 <= T -> pow0 x (/ T) >= x.
Proof.
  intros [P|<-] H HT; [|rewrite pow0_zero; lra]; assert (I := inverse_below_1 T HT).
  rewrite pow0_pos by exact P; apply Rle_ge; rewrite <- (exp_ln x) at 1 by exact P; apply exp_le.
  assert (ln x <= 0) by (rewrite <- ln_1; destruct H as [H|H]; [left; apply ln_increasing; assumption|rewrite H; right; reflexivity]); nra.
Qed.

(** Roots of quotients. *)
(* claim: lemma:root-bounds/scale *)
Theorem root_scale T x c : 0 <= x -> 0 < c -> 0 < T -> pow0 (x / c) (/ T) = pow0 x (/ T) / pow0 c (/ T).
Proof.
  intros Hx Hc HT; assert (P := pow0_positive c (/ T) Hc); assert (Q : 0 <= x / c) by (apply Rmult_le_pos; [exact Hx|apply Rlt_le, Rinv_0_lt_compat, Hc]).
  assert (E : pow0 x (/ T) = pow0 (x / c) (/ T) * pow0 c (/ T)) by (rewrite <- pow0_mult by lra; f_equal; field; lra).
  rewrite E; field; lra.
Qed.

(** Roots of neighbours. *)
(* claim: lemma:root-bounds/step *)
Theorem root_step T x y c : 0 <= x -> 0 <= y -> 0 < c -> x - y <= c -> 1 <= T -> pow0 x (/ T) - pow0 y (/ T) <= pow0 c (/ T).
Proof.
  intros Hx Hy Hc H HT; assert (I := inverse_below_1 T HT); assert (S := root_sum T y c Hy (Rlt_le _ _ Hc) HT).
  assert (M := pow0_le x (y + c) (/ T) (proj1 I) Hx ltac:(lra)); lra.
Qed.

(** The tangent of a root. *)
(* claim: lemma:root-bounds/tangent *)
Theorem root_tangent T x c : 0 <= x -> 0 < c -> 1 <= T -> pow0 x (/ T) <= pow0 c (/ T) * (1 + (-1 + x / c) / T).
Proof.
  intros Hx Hc HT; assert (X := pow0_tangent x c (/ T) (inverse_below_1 T HT) Hx Hc).
  replace (1 + (-1 + x / c) / T) with (1 + / T * (x / c - 1)) by (field; lra); exact X.
Qed.

(** The roots of weights with a positive sum have a positive sum. *)
(* claim: lemma:root-bounds/total *)
Theorem root_total n T x : (forall i, (i < n)%nat -> 0 <= x i) -> 0 < sum n x -> 0 < T -> 0 < sum n (fun i => pow0 (x i) (/ T)).
Proof.
  intros _ S _; destruct (sum_pos_term n x S) as [i [Hi P]].
  apply (sum_pos n _ i); [intros; apply pow0_nonneg|exact Hi|apply pow0_positive, P].
Qed.

(** Two multiples of roots cross once. *)
(* claim: lemma:root-crossing *)
Theorem root_crossing T T' lam mu x y : 0 < T -> T <= T' -> 0 <= mu -> 0 <= x -> x <= y ->
  lam * pow0 y (/ T) <= mu * pow0 y (/ T') -> lam * pow0 x (/ T) <= mu * pow0 x (/ T').
Proof.
  intros HT H Hm Hx Hxy C; destruct Hx as [P|<-]; [|rewrite !pow0_zero; lra].
  assert (D : 0 <= / T - / T') by (assert (X : / T' <= / T) by (apply Rinv_le_contravar; assumption); lra).
  assert (F : forall z, 0 < z -> pow0 z (/ T) = pow0 z (/ T') * exp ((/ T - / T') * ln z)).
  { intros z Hz; rewrite !pow0_pos by exact Hz; rewrite <- exp_plus; f_equal; ring. }
  assert (Ry := pow0_positive y (/ T') ltac:(lra)); assert (Rx := pow0_positive x (/ T') P); rewrite F in C by lra; rewrite F by exact P.
  assert (K : lam * exp ((/ T - / T') * ln y) <= mu) by (apply Rmult_le_reg_l with (pow0 y (/ T')); lra).
  assert (L : exp ((/ T - / T') * ln x) <= exp ((/ T - / T') * ln y)).
  { apply exp_le, Rmult_le_compat_l; [exact D|]; destruct Hxy as [O|O]; [left; apply ln_increasing; assumption|rewrite O; right; reflexivity]. }
  assert (Px := exp_pos ((/ T - / T') * ln x)); set (a := exp ((/ T - / T') * ln x)) in *; set (b := exp ((/ T - / T') * ln y)) in *.
  assert (Z : lam * a <= mu) by (destruct (Rle_dec 0 lam) as [Y|Y]; nra); nra.
Qed.

(** A share rises with its weight and falls with the rest. *)
(* claim: lemma:share-order *)
Theorem share_order u x s h : 0 <= u -> u <= x -> 0 < s -> s <= h -> u / (h + u) <= x / (s + x).
Proof.
  intros Hu Hx Hs Hh; apply Rmult_le_reg_r with ((h + u) * (s + x)); [apply Rmult_lt_0_compat; lra|].
  replace (u / (h + u) * ((h + u) * (s + x))) with (u * (s + x)) by (field; lra).
  replace (x / (s + x) * ((h + u) * (s + x))) with (x * (h + u)) by (field; lra); nra.
Qed.
