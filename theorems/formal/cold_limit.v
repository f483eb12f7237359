(** The cold limit of power: the uniform law on the largest entries. *)
From Coq Require Import Reals Lra Lia.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Coquelicot.
From Overproof Require Import sums divergence softening power limits.
Open Scope R_scope.

(** The indicator of the largest entries. *)
Definition top (V : nat) (p : nat -> R) (i : nat) : R := if Rle_dec (maximum (V - 1) p) (p i) then 1 else 0.

Lemma pow0_cold x : 0 <= x <= 1 -> is_lim (fun b => pow0 x b) p_infty (Finite (if Rle_dec 1 x then 1 else 0)).
Proof.
  intros [H0 H1]; destruct (Rle_dec 1 x) as [H|H].
  - apply is_lim_ext with (fun _ => 1); [|apply is_lim_const].
    intros b; replace x with 1 by lra; rewrite pow0_pos, ln_1, Rmult_0_r, exp_0 by lra; reflexivity.
  - destruct H0 as [P|<-].
    + assert (N : ln x < 0) by (rewrite <- ln_1; apply ln_increasing; lra).
      apply is_lim_ext with (fun b => exp (b * ln x)); [intros b; symmetry; apply pow0_pos, P|].
      apply (is_lim_comp exp (fun b => b * ln x) p_infty 0 m_infty); [apply is_lim_exp_m| |].
      * apply is_lim_spec; intros M; exists (Rmax 0 (M / ln x)); intros b Hb.
        assert (A := Rmax_r 0 (M / ln x)); assert (C : M / ln x < b) by lra.
        replace M with (M / ln x * ln x) by (field; lra); nra.
      * exists 0; intros b _; discriminate.
    + apply is_lim_ext with (fun _ => 0); [intros b; symmetry; apply pow0_zero|apply is_lim_const].
Qed.

Lemma top_sum_positive V p : (0 < V)%nat -> 0 < sum V (top V p).
Proof.
  intros H; destruct (maximum_attained (V - 1) p) as [i [Hi E]].
  apply (sum_pos V _ i); [intros j _; unfold top; destruct (Rle_dec _ _); lra|lia|].
  unfold top; destruct (Rle_dec (maximum (V - 1) p) (p i)); lra.
Qed.

(** As b grows, the weights p^b, normalised, tend to the uniform law on the largest entries. *)
Lemma weights_cold V p i : law V p -> (i < V)%nat ->
  is_lim (fun b => normalise V (fun j => pow0 (p j) b) i) p_infty (top V p i / sum V (top V p)).
Proof.
  intros L Hi; set (m := maximum (V - 1) p); assert (HV : (0 < V)%nat) by lia.
  assert (B : forall j, (j < V)%nat -> p j <= m) by (intros j Hj; apply le_maximum; lia).
  assert (Pm : 0 < m).
  { destruct (sum_pos_term V p ltac:(rewrite (proj2 L); lra)) as [j [Hj P]]; assert (X := B j Hj); lra. }
  assert (W : forall j, (j < V)%nat -> is_lim (fun b => pow0 (p j / m) b) p_infty (top V p j)).
  { intros j Hj; assert (U : 0 <= p j / m <= 1).
    { split; [apply Rmult_le_pos; [apply L, Hj|apply Rlt_le, Rinv_0_lt_compat, Pm]|].
      apply Rmult_le_reg_r with m; [exact Pm|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by lra; apply B, Hj. }
    replace (top V p j) with (if Rle_dec 1 (p j / m) then 1 else 0); [apply pow0_cold, U|].
    assert (X : p j / m * m = p j) by (field; lra).
    unfold top; fold m; destruct (Rle_dec 1 (p j / m)); destruct (Rle_dec m (p j)); try reflexivity; exfalso; nra. }
  apply is_lim_ext with (fun b => pow0 (p i / m) b * / sum V (fun j => pow0 (p j / m) b)).
  - intros b; transitivity (normalise V (fun j => pow0 (/ m) b * pow0 (p j) b) i).
    + assert (E : forall j, (j < V)%nat -> pow0 (/ m) b * pow0 (p j) b = pow0 (p j / m) b).
      { intros j Hj; unfold Rdiv; rewrite pow0_mult, Rmult_comm; [reflexivity|apply L, Hj|apply Rlt_le, Rinv_0_lt_compat, Pm]. }
      rewrite (normalise_ext V _ _ i Hi E); reflexivity.
    + apply normalise_scal, Rgt_not_eq, pow0_positive, Rinv_0_lt_compat, Pm.
  - unfold Rdiv; apply (is_lim_mult _ _ p_infty (Finite (top V p i)) (Finite (/ sum V (top V p)))); [apply W, Hi| |exact I].
    apply (is_lim_inv _ p_infty (Finite (sum V (top V p)))); [|assert (P := top_sum_positive V p HV); intros E; injection E; lra].
    apply (sum_limit V (fun j b => pow0 (p j / m) b)), W.
Qed.

(** As T falls to 0, power_T(p) tends to the uniform law on the largest entries of p. *)
(* claim: op:power (ax:boundary-cold) *)
Theorem power_cold V p i : law V p -> (i < V)%nat ->
  filterlim (fun T => power V T p i) (at_right 0) (locally (top V p i / sum V (top V p))).
Proof.
  intros L Hi; exact (filterlim_comp R R R Rinv (fun b => normalise V (fun j => pow0 (p j) b) i)
    (at_right 0) (Rbar_locally p_infty) _ filterlim_Rinv_0_right (weights_cold V p i L Hi)).
Qed.
