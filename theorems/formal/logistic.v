(** The logistic function: it increases, and on [-r, r] by at least 1/(2 exp r + 2) of the step. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import draws.
Open Scope R_scope.

(** The logistic function increases. *)
(* claim: lemma:logistic-increasing *)
Theorem logistic_increasing y z : 0 <= (y - z) * (- (1 / (1 + exp (- z))) + 1 / (1 + exp (- y))).
Proof.
  assert (M : forall a b, a <= b -> 1 / (1 + exp (- a)) <= 1 / (1 + exp (- b))).
  { intros a b H; unfold Rdiv; rewrite !Rmult_1_l; assert (P := exp_pos (- b)); apply Rinv_le_contravar; [lra|].
    assert (X := exp_le (- b) (- a) ltac:(lra)); lra. }
  destruct (Rle_dec y z) as [H|H]; [assert (X := M y z H)|assert (X := M z y ltac:(lra))]; nra.
Qed.

Definition logistic (x : R) : R := 1 / (1 + exp (- x)).

Lemma logistic_opposite x : logistic (- x) = 1 - logistic x.
Proof.
  unfold logistic; rewrite Ropp_involutive, exp_Ropp; assert (P := exp_pos x); field; split; [lra|].
  apply Rgt_not_eq; assert (Q := Rinv_0_lt_compat _ P); lra.
Qed.

Lemma logistic_step r y z : 0 <= z -> z <= y -> y <= r -> (y - z) / (2 * exp r + 2) <= logistic y - logistic z.
Proof.
  intros Hz Hy HR; assert (P := exp_pos y); assert (Q := exp_pos z); assert (Er := exp_le y r HR).
  assert (E1 : 1 <= exp z) by (rewrite <- exp_0; apply exp_le, Hz).
  assert (D : exp z * (y - z) <= exp y - exp z).
  { assert (X := exp_ineq1_le (y - z)); replace (exp y) with (exp z * exp (y - z)) by (rewrite <- exp_plus; f_equal; ring); nra. }
  assert (F : logistic y - logistic z = (exp y - exp z) / ((1 + exp y) * (1 + exp z))).
  { unfold logistic; rewrite !exp_Ropp; field; repeat split; lra. }
  rewrite F; apply Rle_trans with (exp z * (y - z) / ((1 + exp y) * (1 + exp z))).
  - apply Rmult_le_reg_r with ((1 + exp y) * (1 + exp z) * (2 * exp r + 2)); [repeat apply Rmult_lt_0_compat; lra|].
    replace ((y - z) / (2 * exp r + 2) * ((1 + exp y) * (1 + exp z) * (2 * exp r + 2))) with ((y - z) * ((1 + exp y) * (1 + exp z))) by (field; lra).
    replace (exp z * (y - z) / ((1 + exp y) * (1 + exp z)) * ((1 + exp y) * (1 + exp z) * (2 * exp r + 2))) with ((y - z) * (exp z * (2 * exp r + 2))) by (field; lra).
    apply Rmult_le_compat_l; [lra|]; nra.
  - apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat, Rmult_lt_0_compat; lra|exact D].
Qed.

(** On [-r, r] the logistic function grows by at least 1/(2 exp r + 2) of the step. *)
(* claim: lemma:logistic-slope *)
Theorem logistic_slope r y z : - r <= y -> y <= r -> - r <= z -> z <= r ->
  (y - z) * (- (1 / (1 + exp (- z))) + 1 / (1 + exp (- y))) >= (y - z)^2 / (2 * exp r + 2).
Proof.
  assert (W : forall u v, - r <= u -> u <= v -> v <= r -> (v - u) / (2 * exp r + 2) <= logistic v - logistic u).
  { intros u v Hu Huv Hv; assert (A := logistic_opposite u); assert (B := logistic_opposite v).
    destruct (Rle_dec 0 u) as [U|U]; [apply logistic_step; lra|]; destruct (Rle_dec v 0) as [N|N].
    - assert (X := logistic_step r (- u) (- v) ltac:(lra) ltac:(lra) ltac:(lra)); replace (- u - - v) with (v - u) in X by ring; lra.
    - assert (X := logistic_step r v 0 ltac:(lra) ltac:(lra) Hv); assert (Y := logistic_step r (- u) 0 ltac:(lra) ltac:(lra) ltac:(lra)).
      replace ((v - u) / (2 * exp r + 2)) with ((v - 0) / (2 * exp r + 2) + (- u - 0) / (2 * exp r + 2)) by (field; assert (E := exp_pos r); lra).
      assert (H := logistic_opposite 0); rewrite Ropp_0 in H; lra. }
  intros H1 H2 H3 H4; fold (logistic z); fold (logistic y); apply Rle_ge; assert (E := exp_pos r).
  destruct (Rle_dec z y) as [O|O].
  - assert (X := W z y H3 O H2); replace ((y - z)^2 / (2 * exp r + 2)) with ((y - z) * ((y - z) / (2 * exp r + 2))) by (field; lra).
    apply Rmult_le_compat_l; lra.
  - assert (X := W y z H1 ltac:(lra) H4); replace ((y - z)^2 / (2 * exp r + 2)) with ((z - y) * ((z - y) / (2 * exp r + 2))) by (field; lra).
    replace ((y - z) * (- logistic z + logistic y)) with ((z - y) * (logistic z - logistic y)) by ring; apply Rmult_le_compat_l; lra.
Qed.
