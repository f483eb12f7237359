(** Stage sums that vanish say nothing about the divergence end to end. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening hoeffding.
Open Scope R_scope.

(** The divergence of two laws on two classes. *)
Definition binary_kl (x y : R) : R := x * ln (x / y) + (1 - x) * ln ((1 - x) / (1 - y)).

Lemma binary_kl_chi x y : 0 < x < 1 -> 0 < y < 1 -> binary_kl x y <= (x - y)^2 / (y * (1 - y)).
Proof.
  intros Hx Hy; unfold binary_kl.
  assert (A := ln_le_minus_1 (x / y) ltac:(apply Rdiv_lt_0_compat; lra)).
  assert (B := ln_le_minus_1 ((1 - x) / (1 - y)) ltac:(apply Rdiv_lt_0_compat; lra)).
  apply (Rmult_le_compat_l x) in A; [|lra]; apply (Rmult_le_compat_l (1 - x)) in B; [|lra].
  replace ((x - y)^2 / (y * (1 - y))) with (x * (x / y - 1) + (1 - x) * ((1 - x) / (1 - y) - 1)) by (field; lra); lra.
Qed.

Lemma binary_kl_pinsker x y : 0 < x < 1 -> 0 < y < 1 -> 2 * (x - y)^2 <= binary_kl x y.
Proof.
  intros Hx Hy; set (f := fun a (i : nat) => match i with O => a | _ => 1 - a end).
  assert (L : forall a, 0 < a < 1 -> law 2 (f a)) by (intros a Ha; split; [intros [|i] _; simpl; lra|simpl; lra]).
  assert (Py : positive 2 (f y)) by (intros [|i] _; simpl; lra).
  assert (P := pinsker 2 (f x) (f y) (L x Hx) (L y Hy) (positive_supported 2 _ _ Py)).
  unfold divergence, TV, l1, term in P; simpl in P; unfold binary_kl.
  replace (1 - x - (1 - y)) with (- (x - y)) in P by ring; rewrite Rabs_Ropp in P.
  assert (E : Rabs (x - y) * Rabs (x - y) = (x - y) * (x - y)) by (rewrite <- Rabs_mult, Rabs_right; [ring|apply Rle_ge, Rle_0_sqr]).
  simpl; nra.
Qed.

(** On the straight path between any two different laws on two classes the n stages cost at most S/n together, while the divergence end to
    end is one positive number, below K/n for all n for no K. *)
(* refutes: path:end-to-end (every pair) *)
Theorem end_to_end_pairs a b : 0 < a < 1 -> 0 < b < 1 -> a <> b ->
  (exists S, forall n, (0 < n)%nat ->
    sum n (fun k => binary_kl (a + (b - a) * INR k / INR n) (a + (b - a) * INR (Datatypes.S k) / INR n)) <= S / INR n) /\
  0 < binary_kl a b /\ ~ exists K, forall n, (0 < n)%nat -> binary_kl a b <= K / INR n.
Proof.
  intros Ha Hb N; assert (P : 0 < binary_kl a b).
  { assert (X := binary_kl_pinsker a b Ha Hb); assert (Y := Rsqr_pos_lt (a - b) ltac:(lra)); unfold Rsqr in Y; simpl in X; lra. }
  split; [|split; [exact P|]].
  - set (low := Rmin a b); set (high := Rmin (1 - a) (1 - b)).
    assert (Pl : 0 < low) by (apply Rmin_glb_lt; lra); assert (Ph : 0 < high) by (apply Rmin_glb_lt; lra).
    exists ((b - a)^2 / (low * high)); intros n Hn; assert (Pn : 0 < INR n) by (apply lt_0_INR, Hn); assert (Q := Rinv_0_lt_compat _ Pn).
    assert (U : forall k, (k <= n)%nat -> let x := a + (b - a) * INR k / INR n in low <= x /\ high <= 1 - x).
    { intros k Hk x; set (s := INR k / INR n); assert (K0 := pos_INR k); assert (K1 := le_INR _ _ Hk).
      assert (S0 : 0 <= s) by (apply Rmult_le_pos; lra).
      assert (S1 : s <= 1) by (apply Rmult_le_reg_r with (INR n); [exact Pn|]; unfold s, Rdiv; rewrite Rmult_assoc, Rinv_l; lra).
      assert (E : x = (1 - s) * a + s * b) by (unfold x, s; field; lra).
      assert (A1 : low <= a) by apply Rmin_l; assert (B1 : low <= b) by apply Rmin_r.
      assert (A2 : high <= 1 - a) by apply Rmin_l; assert (B2 : high <= 1 - b) by apply Rmin_r.
      rewrite E; clearbody s low high; split; nra. }
    apply Rle_trans with (sum n (fun _ => ((b - a) / INR n)^2 / (low * high))); [|rewrite sum_const; right; field; lra].
    apply sum_le; intros k Hk; destruct (U k ltac:(lia)) as [X1 X2]; destruct (U (Datatypes.S k) ltac:(lia)) as [Y1 Y2].
    apply Rle_trans with (1 := binary_kl_chi (a + (b - a) * INR k / INR n) (a + (b - a) * INR (Datatypes.S k) / INR n) ltac:(lra) ltac:(lra)).
    assert (D : a + (b - a) * INR k / INR n - (a + (b - a) * INR (Datatypes.S k) / INR n) = - ((b - a) / INR n)) by (rewrite S_INR; field; lra).
    rewrite D; replace ((- ((b - a) / INR n))^2) with (((b - a) / INR n)^2) by ring.
    apply Rmult_le_compat_l; [apply pow2_ge_0|]; apply Rinv_le_contravar; [apply Rmult_lt_0_compat; assumption|apply Rmult_le_compat; lra].
  - intros [K H]; destruct (archimed_cor1 (binary_kl a b / (Rabs K + 1))) as [n [Hn Pn]].
    { apply Rdiv_lt_0_compat; [exact P|assert (X := Rabs_pos K); lra]. }
    assert (X := H n Pn); assert (Y := Rle_abs K); assert (Z := Rabs_pos K); assert (I := Rinv_0_lt_compat _ (lt_0_INR _ Pn)).
    assert (W : / INR n * (Rabs K + 1) < binary_kl a b).
    { apply (Rmult_lt_compat_r (Rabs K + 1)) in Hn; [|lra]; replace (binary_kl a b / (Rabs K + 1) * (Rabs K + 1)) with (binary_kl a b) in Hn by (field; lra); exact Hn. }
    unfold Rdiv in X; nra.
Qed.

(** Hence the assertion that a stage sum of order 1/n makes the divergence end to end of order 1/n is false. *)
(* refutes: path:end-to-end *)
Theorem end_to_end_false :
  ~ (forall a b S, 0 < a -> a < 1 -> 0 < b -> b < 1 ->
     (forall n, (1 <= n)%nat ->
      sum n (fun k => (a + (b - a) * INR k / INR n) * ln ((a + (b - a) * INR k / INR n) / (a + (b - a) * INR (Datatypes.S k) / INR n))
        + (1 - (a + (b - a) * INR k / INR n)) * ln ((1 - (a + (b - a) * INR k / INR n)) / (1 - (a + (b - a) * INR (Datatypes.S k) / INR n))))
      <= S / INR n) ->
     exists K, forall n, (1 <= n)%nat -> a * ln (a / b) + (1 - a) * ln ((1 - a) / (1 - b)) <= K / INR n).
Proof.
  intros H; destruct (end_to_end_pairs (1/2) (1/4) ltac:(lra) ltac:(lra) ltac:(lra)) as [[S B] [_ N]].
  apply N, (H (1/2) (1/4) S); try lra; exact B.
Qed.

(** The same on the path of logits (k/n, 0): the stage sum is at most 1/(8n) while the end-to-end divergence is one positive number. *)
(* refutes: path:end-to-end (path of logits) *)
Theorem end_to_end_logits :
  let gamma := fun s => softmax 2 (fun i => match i with O => s | _ => 0 end) in
  0 < divergence 2 (gamma 0) (gamma 1) /\
  forall n, (0 < n)%nat ->
    sum n (fun k => divergence 2 (gamma (INR k / INR n)) (gamma (INR (S k) / INR n))) <= / (8 * INR n) /\
    divergence 2 (gamma (INR 0 / INR n)) (gamma (INR n / INR n)) = divergence 2 (gamma 0) (gamma 1).
Proof.
  intros gamma.
  assert (Lg : forall s, law 2 (gamma s)) by (intros; apply softmax_law; lia).
  assert (Pg : forall s, positive 2 (gamma s)) by (intros s i Hi; apply softmax_positive, Hi).
  split.
  - assert (G := divergence_nonneg 2 _ _ (Lg 0) (Lg 1) (positive_supported 2 _ _ (Pg 1))).
    destruct G as [G|G]; [exact G|].
    assert (K : KL 2 (gamma 0) (gamma 1) = Rbar.Finite 0) by (rewrite KL_finite by apply positive_supported, Pg; rewrite <- G; reflexivity).
    apply (proj1 (gibbs_equality 2 _ _ (Lg 0) (Lg 1))) with (i := 0%nat) in K; [|lia].
    unfold gamma, softmax, normalise in K; simpl in K; rewrite exp_0 in K.
    assert (E := exp_ineq1 1 ltac:(lra)).
    assert (X : exp 1 / (0 + exp 1 + 1) * (2 * (exp 1 + 1)) = 2 * exp 1) by (field; lra).
    rewrite <- K in X; replace (1 / (0 + 1 + 1) * (2 * (exp 1 + 1))) with (exp 1 + 1) in X by field; lra.
  - intros n Hn; assert (Pn : 0 < INR n) by (apply lt_0_INR, Hn); split.
    + apply Rle_trans with (sum n (fun _ => (/ INR n)^2 / 8)).
      * apply sum_le; intros k _; apply Rle_trans with (1 := softmax_kl_bound 2 _ _ ltac:(lia)).
        apply Rmult_le_compat_r; [lra|]; apply pow_incr; split; [apply range_nonneg|].
        apply range_bound; [apply Rlt_le, Rinv_0_lt_compat, Pn|].
        assert (Q := Rinv_0_lt_compat _ Pn).
        assert (D : INR (S k) / INR n = INR k / INR n + / INR n) by (rewrite S_INR; field; lra).
        intros [|i] [|j] _ _; cbv beta iota; rewrite ?D; lra.
      * rewrite sum_const; right; field; lra.
    + replace (INR 0 / INR n) with 0 by (simpl; field; lra).
      replace (INR n / INR n) with 1 by (field; lra); reflexivity.
Qed.
