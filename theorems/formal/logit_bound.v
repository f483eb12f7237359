(** KL of two softmax laws through any bounds on the logit gap, and the limit that makes the constant 1/8 best. *)
From Coq Require Import Reals Lra Lia.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Coquelicot.
From Overproof Require Import sums divergence softening hoeffding.
Open Scope R_scope.

(** KL(softmax z, softmax y) <= (high - low)^2/8 wherever the gap z - y lies between low and high. *)
(* claim: path:hoeffding/bound *)
Theorem logit_gap_bound V z y low high : (0 < V)%nat -> (forall i, (i < V)%nat -> low <= z i - y i /\ z i - y i <= high) ->
  sum V (fun i => softmax V z i * (ln (softmax V z i) - ln (softmax V y i))) <= (high - low)^2 / 8.
Proof.
  intros HV H; replace (sum V _) with (divergence V (softmax V z) (softmax V y)).
  - apply Rle_trans with (1 := softmax_kl_bound V z y HV), Rmult_le_compat_r; [lra|].
    apply pow_incr; split; [apply range_nonneg|]; apply range_bound; [assert (X := H 0%nat HV); lra|].
    intros i j Hi Hj; assert (X := H i Hi); assert (Y := H j Hj); lra.
  - apply sum_ext; intros i Hi; unfold term; rewrite ln_div by (apply softmax_positive, Hi); reflexivity.
Qed.

Lemma log_cosh x : - x / 2 + ln (exp x / 2 + 1 / 2) = ln ((exp (x / 2) + exp (- (x / 2))) / 2).
Proof.
  assert (P := exp_pos (x / 2)); assert (E : exp x = exp (x / 2) * exp (x / 2)) by (rewrite <- exp_plus; f_equal; field).
  rewrite exp_Ropp; set (e := exp (x / 2)) in *.
  replace (exp x / 2 + 1 / 2) with (e * ((e + / e) / 2)) by (rewrite E; field; lra).
  rewrite ln_mult; [unfold e at 1; rewrite ln_exp; field|exact P|].
  apply Rdiv_lt_0_compat; [assert (Q := Rinv_0_lt_compat _ P); lra|lra].
Qed.

Lemma log_cosh_bounds x : 0 < x -> (x^2 / 8) * (1 - x^2 / 8) <= - x / 2 + ln (exp x / 2 + 1 / 2) <= x^2 / 8.
Proof.
  intros Hx; split.
  - rewrite log_cosh; assert (S := sinh_ge (x / 4) ltac:(lra)).
    assert (P := exp_pos (x / 4)); rewrite exp_Ropp in S |- *.
    assert (E : exp (x / 2) = exp (x / 4) * exp (x / 4)) by (rewrite <- exp_plus; f_equal; field).
    rewrite E; set (e := exp (x / 4)) in *; set (y := (e * e + / (e * e)) / 2).
    assert (Y : 1 + x^2 / 8 <= y).
    { assert (Q : (2 * (x / 4)) * (2 * (x / 4)) <= (e - / e) * (e - / e)) by (apply Rmult_le_compat; lra).
      replace ((e - / e) * (e - / e)) with (2 * y - 2) in Q by (unfold y; field; lra); lra. }
    assert (X0 : 0 <= x^2) by apply pow2_ge_0; assert (Py : 0 < y) by lra.
    assert (T : 1 - / y <= ln y).
    { assert (X := ln_le_minus_1 (/ y) (Rinv_0_lt_compat y Py)); rewrite ln_Rinv in X by exact Py; lra. }
    assert (U : / y <= / (1 + x^2 / 8)) by (apply Rinv_le_contravar; lra).
    assert (W : (x^2 / 8) * (1 - x^2 / 8) <= 1 - / (1 + x^2 / 8)).
    { set (t := x^2 / 8) in *; assert (0 <= t) by (unfold t; lra).
      replace (1 - / (1 + t)) with (t * / (1 + t)) by (field; lra); apply Rmult_le_compat_l; [assumption|].
      apply Rmult_le_reg_r with (1 + t); [lra|]; rewrite Rinv_l by lra; nra. }
    lra.
  - assert (B := binary_hoeffding (1 / 2) ltac:(lra) x ltac:(lra)).
    replace (1 - 1 / 2 + 1 / 2 * exp x) with (exp x / 2 + 1 / 2) in B by field; lra.
Qed.

(** On the fair coin the divergence is log cosh, and eight times it over x^2 tends to 1 as x falls to 0: no constant below 1/8 will do. *)
(* claim: path:hoeffding/tight *)
Theorem logit_gap_limit :
  (forall x, - ln (exp x / (exp x + 1)) / 2 - ln (1 / (exp x + 1)) / 2 - ln 2 = - x / 2 + ln (exp x / 2 + 1 / 2)) /\
  filterlim (fun x => 8 * (- x / 2 + ln (exp x / 2 + 1 / 2)) / x^2) (at_right 0) (locally 1).
Proof.
  split.
  - intros x; assert (P := exp_pos x); rewrite !ln_div by lra; rewrite ln_exp, ln_1.
    replace (exp x / 2 + 1 / 2) with ((exp x + 1) / 2) by field; rewrite ln_div by lra; field.
  - intros A [e He]; assert (Pd : 0 < Rmin 1 e) by (apply Rmin_glb_lt; [lra|apply cond_pos]).
    exists (mkposreal _ Pd); intros x Hb Hx; apply He.
    change (Rabs (x - 0) < Rmin 1 e) in Hb; rewrite Rminus_0_r, Rabs_right in Hb by lra.
    assert (X1 := Rmin_l 1 e); assert (X2 := Rmin_r 1 e).
    destruct (log_cosh_bounds x Hx) as [L U]; assert (P2 : 0 < x^2) by (apply pow_lt, Hx).
    set (v := - x / 2 + ln (exp x / 2 + 1 / 2)) in *.
    change (Rabs (8 * v / x^2 - 1) < e); apply Rabs_def1.
    + assert (8 * v / x^2 <= 1); [|assert (Y := cond_pos e); lra].
      apply Rmult_le_reg_r with (x^2); [exact P2|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra.
    + assert (1 - x^2 / 8 <= 8 * v / x^2).
      { apply Rmult_le_reg_r with (x^2); [exact P2|]; unfold Rdiv; rewrite (Rmult_assoc (8 * v)), Rinv_l; lra. }
      assert (x^2 <= x) by (simpl; nra); lra.
Qed.

(** Both together: KL of two softmax laws is at most an eighth of the squared width of the logit gap, and the eighth is best. *)
(* claim: path:hoeffding *)
Theorem logit_gap V z y low high : (0 < V)%nat -> (forall i, (i < V)%nat -> low <= z i - y i /\ z i - y i <= high) ->
  sum V (fun i => softmax V z i * (ln (softmax V z i) - ln (softmax V y i))) <= (high - low)^2 / 8 /\
  (forall x, - ln (exp x / (exp x + 1)) / 2 - ln (1 / (exp x + 1)) / 2 - ln 2 = - x / 2 + ln (exp x / 2 + 1 / 2)) /\
  filterlim (fun x => 8 * (- x / 2 + ln (exp x / 2 + 1 / 2)) / x^2) (at_right 0) (locally 1).
Proof. intros HV H; split; [apply logit_gap_bound; assumption|exact logit_gap_limit]. Qed.
