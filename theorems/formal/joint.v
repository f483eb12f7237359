(** Shared heads on student and teacher features: the joint-classifier bound and the frozen head.

    Inputs are the indices below [N] with weights [w] that are not negative; features and labels live in any two sets;
    [dist] is any function of two features; the loss of two labels is symmetric and has the triangle inequality. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence.
Open Scope R_scope.

Section Heads.
Variables (N : nat) (w : nat -> R) (Z Y : Type) (dist : Z -> Z -> R) (loss : Y -> Y -> R) (K : R).

Definition symmetric : Prop := forall a b, loss a b = loss b a.
Definition triangle : Prop := forall a b c, loss a c <= loss a b + loss b c.
Definition lipschitz (h : Z -> Y) : Prop := forall a b, loss (h a) (h b) <= K * dist a b.
Definition head_error (z : nat -> Z) (y : nat -> Y) (h : Z -> Y) : R := sum N (fun x => w x * loss (h (z x)) (y x)).
Definition feature_distance (z z' : nat -> Z) : R := sum N (fun x => w x * dist (z x) (z' x)).

Hypothesis Hw : forall x, (x < N)%nat -> 0 <= w x.
Hypothesis Hs : symmetric.
Hypothesis Ht : triangle.

Lemma weighted_le f g : (forall x, (x < N)%nat -> f x <= g x) -> sum N (fun x => w x * f x) <= sum N (fun x => w x * g x).
Proof. intros H; apply sum_le; intros x Hx; apply Rmult_le_compat_l; [apply Hw, Hx|apply H, Hx]. Qed.

(** err_student(h) <= err_teacher(h) + lambda + 2 K E|z_s - z_t|, lambda = err_s(h* ) + err_t(h* ) for any
    head h*, the labels of the two sides being allowed to differ. *)
(* claim: joint:bound *)
Theorem joint_bound zs zt ys yt h ideal : lipschitz h -> lipschitz ideal ->
  head_error zs ys h <= head_error zt yt h + (head_error zs ys ideal + head_error zt yt ideal) + 2 * K * feature_distance zs zt.
Proof.
  intros Hh Hi; unfold head_error, feature_distance.
  apply Rle_trans with (sum N (fun x => w x * (loss (h (zt x)) (yt x) + (loss (ideal (zs x)) (ys x) + loss (ideal (zt x)) (yt x)) + 2 * K * dist (zs x) (zt x)))).
  - apply weighted_le; intros x _; assert (A := Hh (zs x) (zt x)); assert (B := Hi (zs x) (zt x)); rewrite (Hs (ideal (zs x))) in B.
    assert (C := Ht (h (zs x)) (h (zt x)) (ys x)); assert (D := Ht (h (zt x)) (yt x) (ys x)).
    assert (E := Ht (yt x) (ideal (zt x)) (ys x)); rewrite (Hs (yt x) (ideal (zt x))) in E; assert (F := Ht (ideal (zt x)) (ideal (zs x)) (ys x)); lra.
  - right; rewrite <- sum_scal, <- !sum_plus; apply sum_ext; intros; ring.
Qed.

(** With common labels the errors of one head on two features differ by no more than the expected loss between its outputs. *)
(* claim: joint:frozen-head/outputs *)
Theorem output_gap zs zt y h : Rabs (head_error zs y h - head_error zt y h) <= sum N (fun x => w x * loss (h (zs x)) (h (zt x))).
Proof.
  unfold head_error; rewrite <- sum_minus; apply Rle_trans with (1 := sum_abs N _); apply sum_le; intros x Hx.
  rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_right (w x)) by (apply Rle_ge, Hw, Hx).
  apply Rmult_le_compat_l; [apply Hw, Hx|].
  assert (A := Ht (h (zs x)) (h (zt x)) (y x)); assert (B := Ht (h (zt x)) (h (zs x)) (y x)); rewrite (Hs (h (zt x)) (h (zs x))) in B.
  apply Rabs_le; lra.
Qed.

(** With common labels any one head, in particular the frozen teacher head, errs almost alike on the two
    features: |err_s(h) - err_t(h)| <= K E|z_s - z_t|. *)
(* claim: joint:frozen-head *)
Theorem frozen_head zs zt y h : lipschitz h ->
  Rabs (head_error zs y h - head_error zt y h) <= K * feature_distance zs zt.
Proof.
  intros Hh; apply Rle_trans with (1 := output_gap zs zt y h); unfold feature_distance; rewrite <- sum_scal.
  apply sum_le; intros x Hx; assert (A := Rmult_le_compat_l _ _ _ (Hw x Hx) (Hh (zs x) (zt x))); lra.
Qed.

(** With common labels lambda is not needed, and K replaces 2 K: the bound without it holds for every head. *)
(* claim: joint:bound (common labels) *)
Theorem joint_bound_common_labels zs zt y h : lipschitz h ->
  head_error zs y h <= head_error zt y h + K * feature_distance zs zt.
Proof. intros Hh; assert (F := frozen_head zs zt y h Hh); apply Rle_trans with (2 := Rplus_le_compat_l _ _ _ F); assert (A := Rle_abs (head_error zs y h - head_error zt y h)); lra. Qed.
End Heads.

(** The loss of two labels on the line. *)
Definition apart (a b : R) : R := Rabs (a - b).

Lemma apart_symmetric : symmetric R apart.
Proof. intros a b; apply Rabs_minus_sym. Qed.

Lemma apart_triangle : triangle R apart.
Proof. intros a b c; unfold apart; replace (a - c) with (a - b + (b - c)) by ring; apply Rabs_triang. Qed.

(** Without lambda the first bound fails: one input, equal features, labels 1 and 0, the head 0. *)
(* refutes: joint:lambda-needed *)
Theorem lambda_needed :
  let w := fun _ : nat => 1 in let z := fun _ : nat => 0 in let h := fun _ : R => 0 in
  law 1 w /\ symmetric R apart /\ triangle R apart /\ lipschitz R R apart apart 1 h /\
  head_error 1 w R R apart z (fun _ => 1) h > head_error 1 w R R apart z (fun _ => 0) h + 2 * 1 * feature_distance 1 w R apart z z.
Proof.
  simpl; split; [split; [intros; lra|simpl; lra]|split; [apply apart_symmetric|split; [apply apart_triangle|split]]].
  - intros a b; unfold apart; rewrite Rminus_0_r, Rabs_R0, Rmult_1_l; apply Rabs_pos.
  - unfold head_error, feature_distance, apart; simpl; rewrite !Rminus_0_r, Rabs_R0, Rminus_0_l, Rabs_Ropp, Rabs_R1; lra.
Qed.
