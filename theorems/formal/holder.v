(** Continuity of power in l1: the Hoelder bound with exponent 1/T, and no better exponent. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening power access.
Open Scope R_scope.

(** Sum of b-th powers of V numbers: at most V^(1-b) times the b-th power of their sum, b in (0,1]. *)
Lemma sum_pow0_upper V f b : 0 < b <= 1 -> (0 < V)%nat -> (forall i, (i < V)%nat -> 0 <= f i) ->
  sum V (fun i => pow0 (f i) b) <= pow0 (INR V) (1 - b) * pow0 (sum V f) b.
Proof.
  intros Hb HV H; assert (PV : 0 < INR V) by (apply lt_0_INR, HV).
  set (s := sum V f); assert (Hs : 0 <= s) by (apply sum_nonneg, H); destruct Hs as [P|Z].
  - set (c := s / INR V); assert (Hc : 0 < c) by (apply Rdiv_lt_0_compat; assumption).
    apply Rle_trans with (sum V (fun i => pow0 c b * (1 - b) + pow0 c b * b / c * f i)).
    + apply sum_le; intros i Hi; apply Rle_trans with (1 := pow0_tangent (f i) c b Hb (H i Hi) Hc); right; field; lra.
    + rewrite sum_plus, sum_const, sum_scal; fold s.
      assert (Es : s = c * INR V) by (unfold c; field; lra).
      replace (INR V * (pow0 c b * (1 - b)) + pow0 c b * b / c * s) with (INR V * pow0 c b) by (rewrite Es; field; lra).
      right; rewrite !pow0_pos by assumption; replace (ln c) with (ln s - ln (INR V)) by (symmetry; apply ln_div; assumption).
      rewrite <- (exp_ln (INR V)) at 1 by exact PV; rewrite <- !exp_plus; f_equal; ring.
  - rewrite sum_zero; [apply Rmult_le_pos; apply pow0_nonneg|].
    intros i Hi; rewrite (sum_nonneg_zero V f H (eq_sym Z) i Hi); apply pow0_zero.
Qed.

Lemma pow0_difference x y b : 0 < b <= 1 -> 0 <= x -> 0 <= y -> Rabs (pow0 x b - pow0 y b) <= pow0 (Rabs (x - y)) b.
Proof.
  intros Hb; assert (W : forall u v, 0 <= u -> u <= v -> Rabs (pow0 u b - pow0 v b) <= pow0 (Rabs (u - v)) b).
  { intros u v Hu Huv; rewrite (Rabs_minus_sym u v), (Rabs_right (v - u)) by lra.
    assert (M := pow0_le u v b ltac:(lra) Hu Huv).
    rewrite Rabs_minus_sym, Rabs_right by lra.
    assert (S := power_sum_lower 2 (fun i => match i with O => u | _ => v - u end) b Hb); simpl in S.
    replace (0 + u + (v - u)) with v in S by ring.
    assert (X : pow0 v b <= 0 + pow0 u b + pow0 (v - u) b); [apply S; intros [|i] _; lra|lra]. }
  intros Hx Hy; destruct (Rle_dec x y) as [H|H]; [apply W; assumption|].
  rewrite Rabs_minus_sym, (Rabs_minus_sym x y); apply W; lra.
Qed.

Lemma normalise_l1 V a c : (forall i, (i < V)%nat -> 0 <= c i) -> 0 < sum V a -> 0 < sum V c ->
  l1 V (normalise V a) (normalise V c) <= 2 / sum V a * sum V (fun i => Rabs (a i - c i)).
Proof.
  intros Hc PA PC; set (A := sum V a) in *; set (C := sum V c) in *; set (D := sum V (fun i => Rabs (a i - c i))).
  assert (E : Rabs (A - C) <= D) by (unfold A, C; rewrite <- sum_minus; apply sum_abs).
  apply Rle_trans with (sum V (fun i => / A * Rabs (a i - c i) + Rabs (A - C) / (A * C) * c i)).
  - apply sum_le; intros i Hi; unfold normalise; fold A; fold C.
    replace (a i / A - c i / C) with (/ A * (a i - c i) + - ((A - C) / (A * C) * c i)) by (field; lra).
    apply Rle_trans with (1 := Rabs_triang _ _); rewrite Rabs_Ropp, !Rabs_mult, (Rabs_right (/ A)), (Rabs_right (c i)).
    + apply Rplus_le_compat_l, Rmult_le_compat_r; [apply Hc, Hi|]; unfold Rdiv; rewrite Rabs_mult; right; f_equal.
      apply Rabs_right, Rle_ge, Rlt_le, Rinv_0_lt_compat, Rmult_lt_0_compat; assumption.
    + apply Rle_ge, Hc, Hi.
    + apply Rle_ge, Rlt_le, Rinv_0_lt_compat, PA.
  - rewrite sum_plus, !sum_scal; fold C; fold D.
    replace (Rabs (A - C) / (A * C) * C) with (/ A * Rabs (A - C)) by (field; lra).
    assert (X : / A * Rabs (A - C) <= / A * D) by (apply Rmult_le_compat_l; [apply Rlt_le, Rinv_0_lt_compat, PA|exact E]).
    unfold Rdiv; lra.
Qed.

Lemma power_weight_ge_1 V p b : 0 < b <= 1 -> law V p -> 1 <= sum V (fun i => pow0 (p i) b).
Proof.
  intros Hb L; assert (X := power_sum_lower V p b Hb (proj1 L)); rewrite (proj2 L) in X.
  rewrite pow0_pos, ln_1, Rmult_0_r, exp_0 in X by lra; exact X.
Qed.

(** T >= 1: the l1 distance of the images is at most 2 V^(1-1/T) times the l1 distance to the 1/T. *)
(* claim: op:power-holder *)
Theorem power_holder V T p q : 1 <= T -> law V p -> law V q ->
  l1 V (power V T p) (power V T q) <= 2 * pow0 (INR V) (1 - / T) * pow0 (l1 V p q) (/ T).
Proof.
  intros HT Lp Lq; assert (HV := law_not_empty V p Lp).
  assert (Hb : 0 < / T <= 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_le_contravar; lra]).
  assert (A1 := power_weight_ge_1 V p (/ T) Hb Lp); assert (C1 := power_weight_ge_1 V q (/ T) Hb Lq).
  assert (N := normalise_l1 V (fun i => pow0 (p i) (/ T)) (fun i => pow0 (q i) (/ T))
    (fun i _ => pow0_nonneg (q i) (/ T)) (Rlt_le_trans _ _ _ Rlt_0_1 A1) (Rlt_le_trans _ _ _ Rlt_0_1 C1)).
  apply Rle_trans with (1 := N).
  set (A := sum V (fun i => pow0 (p i) (/ T))) in *; set (D := sum V (fun i => Rabs (pow0 (p i) (/ T) - pow0 (q i) (/ T)))).
  assert (HD : D <= pow0 (INR V) (1 - / T) * pow0 (l1 V p q) (/ T)).
  { apply Rle_trans with (2 := sum_pow0_upper V (fun i => Rabs (p i - q i)) (/ T) Hb HV ltac:(intros; apply Rabs_pos)).
    apply sum_le; intros i Hi; apply pow0_difference; [exact Hb|apply Lp, Hi|apply Lq, Hi]. }
  assert (D0 : 0 <= D) by (apply sum_nonneg; intros; apply Rabs_pos).
  assert (I : / A <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
  assert (/ A * D <= 1 * D) by (apply Rmult_le_compat_r; assumption); unfold Rdiv; lra.
Qed.

(** Probabilities known up to eps per entry: the l1 error of power_T is at most 2 V^(1-1/T) (V eps)^(1/T). *)
(* claim: access:black-box (rounding) *)
Theorem power_rounding V T p q eps : 1 <= T -> law V p -> law V q -> (forall i, (i < V)%nat -> Rabs (p i - q i) <= eps) ->
  l1 V (power V T p) (power V T q) <= 2 * pow0 (INR V) (1 - / T) * pow0 (INR V * eps) (/ T).
Proof.
  intros HT Lp Lq H; apply Rle_trans with (1 := power_holder V T p q HT Lp Lq).
  apply Rmult_le_compat_l; [apply Rmult_le_pos; [lra|apply pow0_nonneg]|].
  apply pow0_le; [apply Rinv_0_lt_compat; lra|apply sum_nonneg; intros; apply Rabs_pos|].
  rewrite <- sum_const; apply sum_le, H.
Qed.

(** The logits are not needed: power of softmax(z) is softmax(z/T). *)
(* claim: access:black-box (logits) *)
Theorem black_box V T z i : 0 < T -> (i < V)%nat -> softmax V (fun j => z j / T) i = power V T (softmax V z) i.
Proof. intros HT Hi; symmetry; apply softmax_power; [exact HT|lia|exact Hi]. Qed.

(** No exponent above 1/T: for every constant C two laws on two classes violate it. *)
(* claim: access:black-box (best exponent) *)
Theorem power_exponent_best T s C : 0 < T -> / T < s ->
  exists p q, law 2 p /\ law 2 q /\ C * pow0 (l1 2 p q) s < l1 2 (power 2 T p) (power 2 T q).
Proof.
  intros HT Hs; assert (Hi := Rinv_0_lt_compat T HT).
  set (D := Rmax C 1); assert (HC : C <= D) by apply Rmax_l; assert (H1 : 1 <= D) by apply Rmax_r.
  assert (LD : 0 <= ln D) by (rewrite <- ln_1; destruct H1 as [X|X]; [left; apply ln_increasing; lra|rewrite <- X; right; reflexivity]).
  assert (L2 : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  set (t := (ln D + s * ln 2) / (s - / T) + ln 2); assert (S0 : 0 <= s * ln 2) by (apply Rmult_le_pos; lra).
  assert (Q0 : 0 <= (ln D + s * ln 2) / (s - / T)) by (apply Rmult_le_pos; [lra|apply Rlt_le, Rinv_0_lt_compat; lra]).
  set (e := exp (- t)); assert (Pe : 0 < e) by apply exp_pos.
  assert (He : e <= 1 / 2).
  { replace (1 / 2) with (exp (- ln 2)) by (rewrite exp_Ropp, exp_ln by lra; field).
    assert (X : - t <= - ln 2) by (unfold t; lra); destruct X as [X|X]; [left; apply exp_increasing, X|right; unfold e; rewrite X; reflexivity]. }
  exists (fun i => match i with O => 1 | _ => 0 end), (fun i => match i with O => 1 - e | _ => e end).
  split; [split; [intros [|i] _; lra|simpl; lra]|split; [split; [intros [|i] _; lra|simpl; lra]|]].
  unfold l1, power, normalise; simpl; rewrite pow0_zero.
  assert (E1 : pow0 1 (/ T) = 1) by (rewrite pow0_pos, ln_1, Rmult_0_r, exp_0 by lra; reflexivity).
  rewrite E1; set (u := pow0 e (/ T)); set (v := pow0 (1 - e) (/ T)).
  assert (Pu : 0 < u) by (apply pow0_positive, Pe); assert (Pv : 0 < v) by (apply pow0_positive; lra).
  assert (M : forall x, 0 < x -> x <= 1 -> pow0 x (/ T) <= 1) by (intros x X Y; rewrite <- E1; apply pow0_le; lra).
  assert (Mu : u <= 1) by (apply M; lra); assert (Mv : v <= 1) by (apply M; lra).
  replace (1 / (0 + 1 + 0) - v / (0 + v + u)) with (u / (v + u)) by (field; lra).
  replace (0 / (0 + 1 + 0) - u / (0 + v + u)) with (- (u / (v + u))) by (field; lra).
  assert (Pq : 0 < u / (v + u)) by (apply Rdiv_lt_0_compat; lra).
  rewrite Rabs_Ropp, (Rabs_right (u / (v + u))) by lra.
  replace (1 - (1 - e)) with e by ring; rewrite Rminus_0_l, Rabs_Ropp, (Rabs_right e) by lra.
  replace (0 + e + e) with (2 * e) by ring.
  assert (G : u <= 0 + u / (v + u) + u / (v + u)).
  { assert (X : u * / 2 <= u / (v + u)) by (apply Rmult_le_compat_l; [lra|apply Rinv_le_contravar; lra]); lra. }
  apply Rlt_le_trans with (2 := G); apply Rle_lt_trans with (D * pow0 (2 * e) s).
  - apply Rmult_le_compat_r; [apply pow0_nonneg|exact HC].
  - assert (Le : ln e = - t) by apply ln_exp.
    unfold u; rewrite (pow0_pos e), (pow0_pos (2 * e)), (ln_mult 2 e), Le by lra.
    replace D with (exp (ln D)) by (apply exp_ln; lra); rewrite <- exp_plus; apply exp_increasing.
    assert (K : ln D + s * ln 2 < t * (s - / T)); [|lra].
    unfold t; set (d := s - / T); assert (Pd : 0 < d) by (unfold d; lra); rewrite Rmult_plus_distr_r.
    replace ((ln D + s * ln 2) / d * d) with (ln D + s * ln 2) by (field; lra).
    assert (0 < ln 2 * d) by (apply Rmult_lt_0_compat; lra); lra.
Qed.
