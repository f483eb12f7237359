(** Power seen from outside: laws that are nearly known, and the privacy of its samples; the constants are best. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening power access holder.
Open Scope R_scope.

Lemma two_class_rate T s C : 0 < T -> 0 < C -> / T < s ->
  exists e, 0 < e /\ e < 1 /\ C * pow0 e s < 2 * pow0 e (/ T) / (pow0 e (/ T) + pow0 (1 - e) (/ T)).
Proof.
  intros HT HC Hs; assert (Pb : 0 < / T) by (apply Rinv_0_lt_compat, HT); assert (Pd : 0 < s - / T) by lra.
  set (t := (Rabs (ln C) + 1) / (s - / T)).
  assert (Pt : 0 < t) by (apply Rdiv_lt_0_compat; [assert (X := Rabs_pos (ln C)); lra|exact Pd]).
  set (e := exp (- t)); assert (Pe : 0 < e) by apply exp_pos.
  assert (E1 : e < 1) by (rewrite <- exp_0; apply exp_increasing; lra).
  exists e; split; [exact Pe|split; [exact E1|]].
  assert (One : pow0 1 (/ T) = 1) by (rewrite pow0_pos, ln_1, Rmult_0_r, exp_0 by lra; reflexivity).
  assert (M : forall x, 0 < x -> x < 1 -> 0 < pow0 x (/ T) < 1).
  { intros x X Y; split; [apply pow0_positive, X|rewrite <- One; apply pow0_increasing; lra]. }
  assert (U := M e Pe E1); assert (W := M (1 - e) ltac:(lra) ltac:(lra)); set (u := pow0 e (/ T)) in *; set (v := pow0 (1 - e) (/ T)) in *.
  apply Rlt_le_trans with u.
  + unfold u; rewrite !pow0_pos by exact Pe; rewrite <- (exp_ln C) by exact HC; rewrite <- exp_plus; apply exp_increasing.
    unfold e; rewrite !ln_exp; assert (K : t * (s - / T) = Rabs (ln C) + 1) by (unfold t, Rdiv; rewrite Rmult_assoc, Rinv_l by lra; ring).
    assert (X := Rle_abs (ln C)); lra.
  + apply Rmult_le_reg_r with (u + v); [lra|]; unfold Rdiv; rewrite (Rmult_assoc (2 * u)), Rinv_l by lra; nra.
Qed.

(** Probabilities known up to eps: power_T errs by at most 2 V^(1-1/T) (V eps)^(1/T) in l1, and on two classes, from the law (1, 0), it errs by
    more than C e^s at some e for every C and every exponent s > 1/T. *)
(* claim: access:black-box *)
Theorem black_box_rate V T p q eps C s :
  1 <= T -> 0 < eps -> law V p -> law V q ->
  (forall i, (i < V)%nat -> p i - q i <= eps) -> (forall i, (i < V)%nat -> - p i + q i <= eps) -> 0 < C -> / T < s ->
  sum V (fun i => Rabs (power V T p i - power V T q i)) <= 2 * pow0 (INR V) (1 - / T) * pow0 (INR V * eps) (/ T) /\
  exists e, 0 < e /\ e < 1 /\ C * pow0 e s < 2 * pow0 e (/ T) / (pow0 e (/ T) + pow0 (1 - e) (/ T)).
Proof.
  intros HT He Lp Lq H1 H2 HC Hs; split.
  - apply power_rounding; try assumption; intros i Hi; apply Rabs_le; assert (A := H1 i Hi); assert (B := H2 i Hi); lra.
  - apply two_class_rate; lra.
Qed.

(** In particular power has no global l1 Lipschitz constant when T > 1, whatever the number of classes. *)
(* claim: op:power-not-lipschitz *)
Theorem power_not_lipschitz T L : 1 < T -> 0 < L ->
  exists e, 0 < e /\ e < 1 /\ 2 * L * e < 2 * pow0 e (/ T) / (pow0 e (/ T) + pow0 (1 - e) (/ T)).
Proof.
  intros HT HL; assert (I : / T < 1) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra).
  destruct (two_class_rate T 1 (2 * L) ltac:(lra) ltac:(lra) I) as [e [P [E H]]]; exists e; split; [exact P|split; [exact E|]].
  rewrite pow0_1 in H by lra; exact H.
Qed.

(** One sample of power_T is D/T private for laws at Hilbert distance D, and no constant serves all laws: against the uniform law on two classes
    the log ratio exceeds every C. *)
(* claim: access:privacy-power *)
Theorem privacy_power V T p q D C a b :
  0 < T -> positive V p -> sum V p = 1 -> positive V q -> sum V q = 1 -> (a < V)%nat -> (b < V)%nat ->
  (forall i j, (i < V)%nat -> (j < V)%nat -> ln (p i) - ln (p j) - ln (q i) + ln (q j) <= D) ->
  ln (p a) - ln (p b) - ln (q a) + ln (q b) = D ->
  (forall i, (i < V)%nat -> ln (power V T p i) - ln (power V T q i) <= D / T) /\
  exists x, 0 < x /\ x < 1 /\ C < - ln (pow0 x (/ T) / (pow0 x (/ T) + pow0 (1 - x) (/ T))) - ln 2.
Proof.
  intros HT Pp Sp Pq Sq Ha Hb HD _; assert (Lp : law V p) by (split; [apply positive_nonneg, Pp|exact Sp]).
  assert (Lq : law V q) by (split; [apply positive_nonneg, Pq|exact Sq]); split.
  - intros i Hi; assert (D0 : 0 <= D) by (assert (X := HD i i Hi Hi); lra).
    assert (R : hilbert V p q <= D).
    { apply range_bound; [exact D0|]; intros j k Hj Hk; rewrite !ln_div by (first [apply Pp|apply Pq]; assumption).
      assert (X := HD j k Hj Hk); lra. }
    rewrite <- ln_div by (apply power_positive; try assumption; first [apply Pp|apply Pq]; exact Hi).
    apply Rle_trans with (1 := power_privacy V T p q i HT Lp Lq Pp Pq Hi).
    apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat, HT|exact R].
  - set (d := Rabs C + 1); assert (Pd : 0 < d) by (assert (X := Rabs_pos C); unfold d; lra).
    set (u := exp (T * d)); assert (Pu : 0 < u) by apply exp_pos.
    exists (/ (1 + u)); split; [apply Rinv_0_lt_compat; lra|split; [rewrite <- Rinv_1; apply Rinv_lt_contravar; lra|]].
    assert (E : 1 - / (1 + u) = u * / (1 + u)) by (field; lra); rewrite E.
    assert (Pi : 0 < / (1 + u)) by (apply Rinv_0_lt_compat; lra).
    rewrite pow0_mult by lra; set (y := pow0 (/ (1 + u)) (/ T)); assert (Py : 0 < y) by (apply pow0_positive, Pi).
    rewrite (pow0_pos u) by exact Pu; unfold u; rewrite ln_exp; replace (/ T * (T * d)) with d by (field; lra).
    assert (Pe := exp_pos d); assert (Ed := exp_ineq1 d ltac:(lra)).
    replace (y + exp d * y) with ((1 + exp d) * y) by ring.
    replace (y / ((1 + exp d) * y)) with (/ (1 + exp d)) by (field; split; lra); rewrite ln_Rinv, Ropp_involutive by lra.
    assert (X : d < ln (1 + exp d)) by (rewrite <- (ln_exp d) at 1; apply ln_increasing; lra).
    assert (Y := ln_le_minus_1 2 ltac:(lra)); assert (Z := Rle_abs C); assert (W : d = Rabs C + 1) by reflexivity; lra.
Qed.
