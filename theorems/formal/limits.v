(** The hot limit of power: uniform on the interior; on a face only the positive entries share the mass. *)
From Coq Require Import Reals Lra Lia.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Coquelicot.
From Overproof Require Import sums divergence softening power access.
Open Scope R_scope.

Lemma inverse_limit : is_lim (fun T => / T) p_infty 0.
Proof. apply (is_lim_inv (fun T => T) p_infty p_infty); [apply is_lim_id|discriminate]. Qed.

Lemma pow0_limit x : 0 < x -> is_lim (fun T => pow0 x (/ T)) p_infty 1.
Proof.
  intros Hx; apply is_lim_ext with (fun T => exp (/ T * ln x)); [intros T; symmetry; apply pow0_pos, Hx|].
  rewrite <- exp_0; apply (is_lim_comp_continuous (fun T => / T * ln x) exp p_infty 0).
  - apply is_lim_ext with (fun T => ln x * / T); [intros; ring|].
    replace (Finite 0) with (Rbar_mult (ln x) 0) by (simpl; f_equal; ring).
    apply is_lim_scal_l, inverse_limit.
  - apply (ex_derive_continuous exp); exists (exp 0); apply is_derive_Reals, derivable_pt_lim_exp.
Qed.

Lemma sum_limit n (f : nat -> R -> R) (l : nat -> R) :
  (forall i, (i < n)%nat -> is_lim (f i) p_infty (l i)) -> is_lim (fun T => sum n (fun i => f i T)) p_infty (sum n l).
Proof.
  induction n as [|n IH]; intros H; simpl; [apply is_lim_const|].
  apply is_lim_plus'; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

(** The indicator of the positive entries. *)
Definition support (p : nat -> R) (i : nat) : R := if Rlt_dec 0 (p i) then 1 else 0.

Lemma weight_limit p i : is_lim (fun T => pow0 (p i) (/ T)) p_infty (support p i).
Proof.
  unfold support; destruct (Rlt_dec 0 (p i)) as [H|H]; [apply pow0_limit, H|].
  apply is_lim_ext with (fun _ => 0); [intros T; unfold pow0; destruct (Rlt_dec 0 (p i)); [contradiction|reflexivity]|apply is_lim_const].
Qed.

Lemma support_sum_positive V p : law V p -> 0 < sum V (support p).
Proof.
  intros L; destruct (sum_pos_term V p ltac:(rewrite (proj2 L); lra)) as [i [Hi P]].
  apply (sum_pos V _ i); [intros j _|exact Hi|]; unfold support; destruct (Rlt_dec 0 (p _)); try lra; contradiction.
Qed.

(** As T grows, power_T(p) tends to the uniform law on the positive entries of p. *)
(* claim: op:power (hot limit on every face) *)
Theorem power_hot_limit V p i : law V p -> is_lim (fun T => power V T p i) p_infty (support p i / sum V (support p)).
Proof.
  intros L; unfold power, normalise, Rdiv; assert (P := support_sum_positive V p L).
  apply (is_lim_mult _ _ p_infty (Finite (support p i)) (Finite (/ sum V (support p)))); [apply weight_limit| |exact I].
  apply (is_lim_inv _ p_infty (Finite (sum V (support p)))); [|intros E; injection E; lra].
  apply (sum_limit V (fun j T => pow0 (p j) (/ T))); intros; apply weight_limit.
Qed.

(** In the interior the limit is the uniform law. *)
(* claim: op:power (ax:boundary-hot) *)
Theorem power_hot V p i : law V p -> positive V p -> (i < V)%nat -> is_lim (fun T => power V T p i) p_infty (/ INR V).
Proof.
  intros L P Hi; assert (X := power_hot_limit V p i L).
  replace (/ INR V) with (support p i / sum V (support p)); [exact X|].
  rewrite (sum_ext V _ (fun _ => 1)).
  - rewrite sum_const; unfold support; destruct (Rlt_dec 0 (p i)) as [H|H]; [unfold Rdiv; rewrite Rmult_1_r; ring|destruct (H (P i Hi))].
  - intros j Hj; unfold support; destruct (Rlt_dec 0 (p j)) as [H|H]; [reflexivity|destruct (H (P j Hj))].
Qed.

(** On faces it is not: at p = [1/2, 1/2, 0] the third entry is 0 at every T. *)
(* claim: op:power (not ax:boundary-hot-face) *)
Theorem power_hot_face_fails :
  let p := fun i => match i with O => 1/2 | 1%nat => 1/2 | _ => 0 end in
  law 3 p /\ forall T, power 3 T p 2 = 0.
Proof.
  simpl; split; [split; [intros [|[|i]] _; lra|simpl; lra]|].
  intros T; unfold power, normalise; rewrite pow0_zero; unfold Rdiv; ring.
Qed.

(** Softened truncation tends to [V - k]/V for a law in the interior. *)
(* claim: access:topk-softened (limit) *)
Theorem softened_tail_limit V K p : law V p -> positive V p ->
  is_lim (fun T => tail_mass V K (power V T p)) p_infty (INR (V - count V K) / INR V).
Proof.
  intros L P.
  replace (INR (V - count V K) / INR V) with (sum V (off K (fun _ => / INR V))) by (rewrite sum_off_const; reflexivity).
  unfold tail_mass; apply (sum_limit V (fun i T => off K (power V T p) i)); intros i Hi; unfold off; destruct (K i).
  - apply is_lim_const.
  - apply power_hot; assumption.
Qed.
