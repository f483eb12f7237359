(** The power path: each step costs at most an eighth of the squared range of its logit gap; and how far softening moves a law at once. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening power mixing hoeffding.
Open Scope R_scope.

Lemma divergence_ext V p p' q q' :
  (forall i, (i < V)%nat -> p i = p' i) -> (forall i, (i < V)%nat -> q i = q' i) ->
  divergence V p q = divergence V p' q'.
Proof. intros Hp Hq; apply sum_ext; intros i Hi; rewrite (Hp i Hi), (Hq i Hi); reflexivity. Qed.

(** Weights p^b, normalised, b of either sign. *)
Definition tempered (V : nat) (p : nat -> R) (b : R) : nat -> R := normalise V (fun i => Rpower (p i) b).

Lemma tempered_softmax V p b i : tempered V p b i = softmax V (fun j => b * ln (p j)) i.
Proof. reflexivity. Qed.

(** KL(p^a, p^b) <= (b - a)^2 width^2/8 for any exponents, where log p lies in an interval of that width. *)
(* claim: path:temperature/step *)
Theorem tempered_step V p a b low width :
  (0 < V)%nat -> positive V p -> (forall i, (i < V)%nat -> low <= ln (p i) /\ ln (p i) <= width + low) ->
  divergence V (tempered V p a) (tempered V p b) <= width^2 * (b - a)^2 / 8.
Proof.
  intros HV P H; rewrite (divergence_ext V _ (softmax V (fun i => a * ln (p i))) _ (softmax V (fun i => b * ln (p i)))) by (intros; apply tempered_softmax).
  apply Rle_trans with (1 := softmax_kl_bound V _ _ HV), Rmult_le_compat_r; [lra|].
  rewrite <- Rpow_mult_distr; assert (W : 0 <= width) by (assert (X := H 0%nat HV); lra).
  replace ((width * (b - a))^2) with ((width * Rabs (b - a))^2) by (rewrite !Rpow_mult_distr, pow2_abs; reflexivity).
  apply pow_incr; split; [apply range_nonneg|].
  apply range_bound; [apply Rmult_le_pos; [exact W|apply Rabs_pos]|]; intros i j Hi Hj.
  assert (X := H i Hi); assert (Y := H j Hj); unfold Rabs; destruct (Rcase_abs (b - a)); nra.
Qed.

(** The power path from exponent b0 to b1 in n equal steps, exponents of either sign: the stage sum of KL is at most
    width^2 (b1 - b0)^2/(8 n). *)
(* claim: path:temperature *)
Theorem temperature_path V p n b0 b1 low width :
  (0 < n)%nat -> (0 < V)%nat -> positive V p -> (forall i, (i < V)%nat -> low <= ln (p i) /\ ln (p i) <= width + low) ->
  let b k := b0 + INR k * (b1 - b0) / INR n in
  sum n (fun k => divergence V (tempered V p (b k)) (tempered V p (b (S k)))) <= width^2 * (b1 - b0)^2 / (8 * INR n).
Proof.
  intros Hn HV P H b; assert (Pn : 0 < INR n) by (apply lt_0_INR, Hn).
  apply Rle_trans with (sum n (fun _ => width^2 * ((b1 - b0) / INR n)^2 / 8)).
  - apply sum_le; intros k _; apply Rle_trans with (1 := tempered_step V p _ _ low width HV P H); right.
    unfold b; rewrite S_INR; field; lra.
  - rewrite sum_const; right; field; lra.
Qed.

(** One softening moves a positive law with entries in [low, high] by KL(p, power_T p) <= (1 - 1/T)^2 log(high/low)^2/8 and by
    TV <= |1 - 1/T| log(high/low)/4; mixing moves it by exactly (1 - 1/T) times its l1 distance to the uniform law. *)
(* claim: bv:softening-bias *)
Theorem softening_bias V T p low high :
  0 < T -> positive V p -> sum V p = 1 -> 0 < low -> (forall i, (i < V)%nat -> low <= p i) -> (forall i, (i < V)%nat -> p i <= high) ->
  sum V (fun i => (ln (p i) - ln (power V T p i)) * p i) <= (1 - / T)^2 * (ln (high / low))^2 / 8 /\
  sum V (fun i => Rabs (p i - power V T p i)) / 2 <= ln (high / low) * Rabs (1 - / T) / 4 /\
  (1 <= T -> sum V (fun i => Rabs (mixing V T p i - p i)) = (1 - / T) * sum V (fun i => Rabs (p i - / INR V))).
Proof.
  intros HT P S Hl L U; assert (Lp : law V p) by (split; [apply positive_nonneg, P|exact S]); assert (HV := law_not_empty V p Lp).
  assert (Hh : low <= high) by (assert (A := L 0%nat HV); assert (B := U 0%nat HV); lra).
  assert (Q : forall i, (i < V)%nat -> 0 < power V T p i) by (intros i Hi; apply power_positive; [exact Lp|apply P, Hi]).
  assert (W0 : ln low <= ln high) by (destruct Hh as [X|X]; [left; apply ln_increasing; assumption|rewrite X; right; reflexivity]).
  assert (Ew : ln (high / low) = ln high - ln low) by (apply ln_div; lra).
  assert (K : divergence V p (power V T p) <= (1 - / T)^2 * (ln (high / low))^2 / 8).
  { assert (Z := tempered_step V p 1 (/ T) (ln low) (ln (high / low)) HV P); rewrite Ew in *.
    rewrite (divergence_ext V (tempered V p 1) p (tempered V p (/ T)) (power V T p)) in Z.
    - replace ((1 - / T)^2 * (ln high - ln low)^2 / 8) with ((ln high - ln low)^2 * (/ T - 1)^2 / 8) by (unfold Rdiv; ring); apply Z.
      intros i Hi; assert (A := L i Hi); assert (B := U i Hi); assert (C := P i Hi); split.
      + destruct A as [A|A]; [left; apply ln_increasing; assumption|rewrite A; right; reflexivity].
      + assert (ln (p i) <= ln high) by (destruct B as [B|B]; [left; apply ln_increasing; assumption|rewrite B; right; reflexivity]); lra.
    - intros i Hi; unfold tempered, normalise; assert (X : sum V (fun j => Rpower (p j) 1) = 1).
      { transitivity (sum V p); [apply sum_ext; intros j Hj; apply Rpower_1, P, Hj|exact S]. }
      rewrite X, Rpower_1 by (apply P, Hi); field.
    - intros i Hi; apply normalise_ext; [exact Hi|]; intros j Hj; rewrite pow0_pos by apply P, Hj; reflexivity. }
  split; [|split].
  - apply Rle_trans with (2 := K); right; apply sum_ext; intros i Hi; unfold term.
    rewrite ln_div by (first [apply P, Hi|apply Q, Hi]); ring.
  - assert (B := pinsker V p (power V T p) Lp (power_simplex V T p Lp) (positive_supported V p _ Q)).
    change (TV V p (power V T p) <= ln (high / low) * Rabs (1 - / T) / 4).
    assert (A := Rabs_pos (1 - / T)); rewrite Ew in *; set (r := ln high - ln low) in *; assert (R0 : 0 <= r) by (unfold r; lra).
    apply Rsqr_incr_0_var; [|apply Rmult_le_pos; [apply Rmult_le_pos; assumption|lra]].
    unfold Rsqr; replace (r * Rabs (1 - / T) / 4 * (r * Rabs (1 - / T) / 4)) with ((Rabs (1 - / T))^2 * r^2 / 16) by field.
    rewrite pow2_abs; simpl in *; lra.
  - intros H1; exact (mixing_bias V T p H1).
Qed.
