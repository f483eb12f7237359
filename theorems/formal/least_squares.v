(** Textbook facts about least squares and ridge regression, in the form in which the ledger states them. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums.
Open Scope R_scope.

Definition delta (i j : nat) : R := if Nat.eq_dec i j then 1 else 0.

Lemma sum_delta n i f : (i < n)%nat -> sum n (fun j => delta i j * f j) = f i.
Proof.
  intros H; rewrite <- (sum_single n i (f i) H); apply sum_ext; intros j _; unfold delta.
  destruct (Nat.eq_dec i j) as [E|E], (Nat.eq_dec j i) as [E'|E']; try (exfalso; congruence); [rewrite E; ring|ring].
Qed.

(** Weights W times a double sum: the sums may be taken in the other order. *)
Lemma sum_pull d n (W : nat -> R) (f : nat -> R) (X : nat -> nat -> R) :
  sum d (fun j => W j * sum n (fun k => f k * X k j)) = sum n (fun k => f k * sum d (fun j => W j * X k j)).
Proof.
  rewrite (sum_ext d _ (fun j => sum n (fun k => f k * (W j * X k j)))) by (intros; rewrite <- sum_scal; apply sum_ext; intros; ring).
  rewrite sum_exchange; apply sum_ext; intros; rewrite sum_scal; reflexivity.
Qed.

Section LeastSquares.
Variables (n d : nat) (X W : nat -> nat -> R).
(** W is the inverse of X'X. *)
Hypothesis inverse : forall i j, (i < d)%nat -> (j < d)%nat -> sum d (fun l => W i l * sum n (fun k => X k j * X k l)) = delta i j.

(** The error of least squares is linear in the noise. *)
(* claim: lemma:least-squares/error *)
Theorem least_squares_error b e i : (i < d)%nat ->
  - b i + sum d (fun j => W i j * sum n (fun k => (e k + sum d (fun l => X k l * b l)) * X k j))
  = sum n (fun k => e k * sum d (fun j => W i j * X k j)).
Proof.
  intros Hi; rewrite sum_pull, (sum_ext n _ (fun k => e k * sum d (fun j => W i j * X k j)
    + sum d (fun l => X k l * b l) * sum d (fun j => W i j * X k j))) by (intros; ring); rewrite sum_plus.
  assert (Z : sum n (fun k => sum d (fun l => X k l * b l) * sum d (fun j => W i j * X k j)) = b i); [|rewrite Z; ring].
  rewrite (sum_ext n _ (fun k => sum d (fun l => b l * (X k l * sum d (fun j => W i j * X k j)))))
    by (intros; rewrite <- sum_scal_r; apply sum_ext; intros; ring).
  rewrite sum_exchange, (sum_ext d _ (fun l => delta i l * b l)); [apply sum_delta, Hi|]; intros l Hl.
  rewrite sum_scal, <- (inverse i l Hi Hl), sum_pull; ring.
Qed.

(** The rows of W X' have squared norms W_ii. *)
(* claim: lemma:least-squares/spread *)
Theorem least_squares_spread i : (i < d)%nat -> sum n (fun k => (sum d (fun j => W i j * X k j))^2) = W i i.
Proof.
  intros Hi; rewrite (sum_ext n _ (fun k => sum d (fun l => W i l * (X k l * sum d (fun j => W i j * X k j))))).
  - rewrite sum_exchange, (sum_ext d _ (fun l => delta i l * W i l)); [apply sum_delta, Hi|]; intros l Hl.
    rewrite sum_scal, <- (inverse i l Hi Hl), sum_pull; ring.
  - intros k _; rewrite <- Rsqr_pow2; unfold Rsqr; rewrite <- sum_scal_r; apply sum_ext; intros; ring.
Qed.
End LeastSquares.

(** The normal equations of ridge regression have one solution: 0 solves the homogeneous ones alone. *)
(* claim: lemma:ridge-unique *)
Theorem ridge_unique n d X lam u : 0 < lam ->
  (forall i, (i < d)%nat -> lam * u i + sum n (fun k => X k i * sum d (fun j => X k j * u j)) = 0) -> forall i, (i < d)%nat -> u i = 0.
Proof.
  intros Hl H; assert (E : lam * sum d (fun i => (u i)^2) + sum n (fun k => (sum d (fun j => X k j * u j))^2) = 0).
  { transitivity (sum d (fun i => u i * (lam * u i + sum n (fun k => X k i * sum d (fun j => X k j * u j))))).
    - transitivity (sum d (fun i => lam * (u i)^2 + sum n (fun k => X k i * u i * sum d (fun j => X k j * u j)))).
      + rewrite sum_plus, sum_scal, sum_exchange; f_equal; apply sum_ext; intros k _; rewrite sum_scal_r; ring.
      + apply sum_ext; intros i _; rewrite Rmult_plus_distr_l, <- sum_scal; f_equal; [ring|apply sum_ext; intros; ring].
    - apply sum_zero; intros i Hi; rewrite H by exact Hi; ring. }
  assert (A : 0 <= sum d (fun i => (u i)^2)) by (apply sum_nonneg; intros; apply pow2_ge_0).
  assert (B : 0 <= sum n (fun k => (sum d (fun j => X k j * u j))^2)) by (apply sum_nonneg; intros; apply pow2_ge_0).
  assert (Z : sum d (fun i => (u i)^2) = 0) by nra; intros i Hi.
  assert (Y := sum_nonneg_zero d (fun i => (u i)^2) ltac:(intros; apply pow2_ge_0) Z i Hi); simpl in Y; nra.
Qed.
