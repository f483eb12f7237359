(** Shared heads on student and teacher features: the joint-classifier bound and the frozen head.

    Inputs are the indices below [N] with weights [w]; features live in any set with a distance; a head is
    a real function of the feature; the error is the expected absolute deviation from the label. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence.
Open Scope R_scope.

Section Heads.
Variables (N : nat) (w : nat -> R) (Z : Type) (dist : Z -> Z -> R) (K : R).
Hypothesis Hw : law N w.

Definition lipschitz (h : Z -> R) : Prop := forall a b, Rabs (h a - h b) <= K * dist a b.
Definition head_error (z : nat -> Z) (y : nat -> R) (h : Z -> R) : R := sum N (fun x => w x * Rabs (h (z x) - y x)).
Definition feature_distance (z z' : nat -> Z) : R := sum N (fun x => w x * dist (z x) (z' x)).

Lemma weighted_le f g : (forall x, (x < N)%nat -> f x <= g x) -> sum N (fun x => w x * f x) <= sum N (fun x => w x * g x).
Proof. intros H; apply sum_le; intros x Hx; apply Rmult_le_compat_l; [apply Hw, Hx|apply H, Hx]. Qed.

(** err_student(h) <= err_teacher(h) + lambda + 2 K E|z_s - z_t|, lambda = err_s(h* ) + err_t(h* ) for any
    head h*, the labels of the two sides being allowed to differ. *)
(* claim: joint:bound *)
Theorem joint_bound zs zt ys yt h ideal : lipschitz h -> lipschitz ideal ->
  head_error zs ys h <= head_error zt yt h + (head_error zs ys ideal + head_error zt yt ideal) + 2 * K * feature_distance zs zt.
Proof.
  intros Hh Hi; unfold head_error, feature_distance.
  apply Rle_trans with (sum N (fun x => w x * (Rabs (h (zt x) - yt x) + (Rabs (ideal (zs x) - ys x) + Rabs (ideal (zt x) - yt x)) + 2 * K * dist (zs x) (zt x)))).
  - apply weighted_le; intros x _; assert (A := Hh (zs x) (zt x)); assert (B := Hi (zs x) (zt x)).
    revert A B; unfold Rabs; repeat destruct (Rcase_abs _); lra.
  - right; rewrite <- sum_scal, <- !sum_plus; apply sum_ext; intros; ring.
Qed.

(** With common labels any one head, in particular the frozen teacher head, errs almost alike on the two
    features: |err_s(h) - err_t(h)| <= K E|z_s - z_t|. *)
(* claim: joint:frozen-head *)
Theorem frozen_head zs zt y h : lipschitz h ->
  Rabs (head_error zs y h - head_error zt y h) <= K * feature_distance zs zt.
Proof.
  intros Hh; unfold head_error, feature_distance; rewrite <- sum_minus, <- sum_scal.
  apply Rle_trans with (1 := sum_abs N _); apply sum_le; intros x Hx.
  replace (w x * Rabs (h (zs x) - y x) - w x * Rabs (h (zt x) - y x)) with (w x * (Rabs (h (zs x) - y x) - Rabs (h (zt x) - y x))) by ring.
  rewrite Rabs_mult, (Rabs_right (w x)) by (apply Rle_ge, Hw, Hx).
  replace (K * (w x * dist (zs x) (zt x))) with (w x * (K * dist (zs x) (zt x))) by ring.
  apply Rmult_le_compat_l; [apply Hw, Hx|].
  assert (A := Hh (zs x) (zt x)); revert A; unfold Rabs; repeat destruct (Rcase_abs _); lra.
Qed.
End Heads.

(** Without lambda the first bound fails: one input, equal features, labels 1 and 0, the head 0. *)
(* refutes: joint:lambda-needed *)
Theorem lambda_needed :
  let w := fun _ : nat => 1 in let z := fun _ : nat => 0 in let h := fun _ : R => 0 in
  law 1 w /\ lipschitz R (fun a b => Rabs (a - b)) 1 h /\
  head_error 1 w R z (fun _ => 1) h > head_error 1 w R z (fun _ => 0) h + 2 * 1 * feature_distance 1 w R (fun a b => Rabs (a - b)) z z.
Proof.
  simpl; split; [split; [intros; lra|simpl; lra]|split].
  - intros a b; rewrite Rminus_0_r, Rabs_R0, Rmult_1_l; apply Rabs_pos.
  - unfold head_error, feature_distance; simpl; rewrite !Rminus_0_r, Rabs_R0, Rminus_0_l, Rabs_Ropp, Rabs_R1; lra.
Qed.

(** With common labels lambda is not needed, and K replaces 2 K: the bound without it holds for every head. *)
(* claim: joint:bound (common labels) *)
Theorem joint_bound_common_labels N w Z dist K zs zt y h : law N w -> lipschitz Z dist K h ->
  head_error N w Z zs y h <= head_error N w Z zt y h + K * feature_distance N w Z dist zs zt.
Proof.
  intros Hw Hh; assert (F := frozen_head N w Z dist K Hw zs zt y h Hh); revert F; unfold Rabs; destruct (Rcase_abs _); lra.
Qed.
