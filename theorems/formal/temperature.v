(** The power path: each step costs at most an eighth of the squared range of its logit gap; and what softening costs at once. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening power hoeffding.
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

(** One step of the temperature path: KL <= (b' - b)^2 R^2/8, R the spread of log p. *)
Lemma temperature_step V p b b' : (0 < V)%nat -> positive V p ->
  divergence V (power V (/ b) p) (power V (/ b') p) <= (b' - b)^2 * (range V (fun i => ln (p i)))^2 / 8.
Proof.
  intros HV P; rewrite (divergence_ext V _ (softmax V (fun i => b * ln (p i))) _ (softmax V (fun i => b' * ln (p i)))).
  - apply Rle_trans with (1 := softmax_kl_bound V _ _ HV); apply Rmult_le_compat_r; [lra|].
    rewrite <- Rpow_mult_distr; destruct (Rle_dec b' b) as [H|H].
    + rewrite (range_affine V (fun i => ln (p i)) _ (b - b') 0) by (intros; try lra; ring); right; ring.
    + rewrite <- range_opp, (range_affine V (fun i => ln (p i)) _ (b' - b) 0) by (intros; try lra; ring); right; ring.
  - intros i Hi; rewrite power_softmax, Rinv_inv by assumption; reflexivity.
  - intros i Hi; rewrite power_softmax, Rinv_inv by assumption; reflexivity.
Qed.

(** Softening moves a positive law by KL(p, power_T p) <= (1 - 1/T)^2 R^2/8. *)
(* claim: bv:softening-bias (power, KL) *)
Theorem power_bias V T p : law V p -> positive V p ->
  divergence V p (power V T p) <= (1 - / T)^2 * (range V (fun i => ln (p i)))^2 / 8.
Proof.
  intros L P; assert (H := temperature_step V p 1 (/ T) (law_not_empty V p L) P).
  rewrite Rinv_1, Rinv_inv in H.
  rewrite (divergence_ext V (power V 1 p) p (power V T p) (power V T p)) in H by (intros; try apply power_identity; trivial).
  replace ((1 - / T)^2) with ((/ T - 1)^2) by ring; exact H.
Qed.

(** and by TV <= |1 - 1/T| R/4. *)
(* claim: bv:softening-bias (power, TV) *)
Theorem power_bias_tv V T p : law V p -> positive V p ->
  TV V p (power V T p) <= Rabs (1 - / T) * range V (fun i => ln (p i)) / 4.
Proof.
  intros L P; assert (B := power_bias V T p L P).
  assert (K := pinsker V p (power V T p) L (power_simplex V T p L)
    (positive_supported V p _ (fun i Hi => power_positive V T p i L (P i Hi)))).
  set (r := range V (fun i => ln (p i))) in *; assert (R0 : 0 <= r) by apply range_nonneg.
  assert (A := Rabs_pos (1 - / T)).
  apply Rsqr_incr_0_var; [|apply Rmult_le_pos; [apply Rmult_le_pos; assumption|lra]].
  unfold Rsqr; replace (Rabs (1 - / T) * r / 4 * (Rabs (1 - / T) * r / 4)) with ((Rabs (1 - / T))^2 * r^2 / 16) by field.
  rewrite pow2_abs; simpl in *; lra.
Qed.
