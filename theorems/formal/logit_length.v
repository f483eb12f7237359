(** Paths of models: the logit length bounds the stage sum and the divergence end to end. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening hoeffding.
Open Scope R_scope.

Section LogitLength.
Variables (N V n : nat) (T : R) (w : nat -> R) (z : nat -> nat -> nat -> R).
Hypothesis Hw : law N w.
Hypothesis HV : (0 < V)%nat.
Hypothesis HT : 0 < T.

Definition soft (k x : nat) : nat -> R := softmax V (fun i => z k x i / T).
Definition mean_kl (k l : nat) : R := sum N (fun x => w x * divergence V (soft k x) (soft l x)).
Definition stage_length (k : nat) : R := quadratic_mean N w (fun x => range V (fun i => z (S k) x i - z k x i)).
Definition logit_length : R := sum n stage_length.

Lemma mean_kl_bound k l :
  mean_kl k l <= (quadratic_mean N w (fun x => range V (fun i => z l x i - z k x i)))^2 / (8 * T^2).
Proof.
  rewrite quadratic_mean_square by apply Hw; rewrite <- sum_div; apply sum_le; intros x Hx.
  unfold Rdiv; rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply Hw, Hx|].
  apply Rle_trans with (1 := softmax_kl_bound V _ _ HV).
  rewrite <- range_opp, (range_affine V (fun i => z l x i - z k x i) _ (/ T) 0).
  - right; field; lra.
  - apply Rlt_le, Rinv_0_lt_compat, HT.
  - intros i _; field; lra.
Qed.

(** The stage sum of expected KL is at most rho L^2/(8 n T^2), for any models and any law of inputs. *)
(* claim: path:logit-length *)
Theorem logit_length_stages : (0 < n)%nat -> 0 < logit_length ->
  let rho := INR n * sum n (fun k => (stage_length k)^2) / logit_length^2 in
  sum n (fun k => mean_kl k (S k)) <= rho * logit_length^2 / (8 * INR n * T^2).
Proof.
  intros Hn HL rho; assert (Pn : 0 < INR n) by (apply lt_0_INR, Hn).
  replace (rho * logit_length^2 / (8 * INR n * T^2)) with (sum n (fun k => (stage_length k)^2) / (8 * T^2)) by (unfold rho; field; lra).
  rewrite <- sum_div; apply sum_le; intros k _; apply mean_kl_bound.
Qed.

Lemma stage_triangle m :
  quadratic_mean N w (fun x => range V (fun i => z m x i - z 0%nat x i)) <= sum m stage_length.
Proof.
  induction m as [|m IH]; simpl.
  - unfold quadratic_mean; rewrite sum_zero; [rewrite sqrt_0; lra|]; intros x _.
    rewrite (range_affine V (fun _ => 0) _ 0 0) by (intros; lra); ring.
  - apply Rle_trans with (quadratic_mean N w (fun x => range V (fun i => z m x i - z 0%nat x i) + range V (fun i => z (S m) x i - z m x i))).
    + apply quadratic_mean_le; [apply Hw|]; intros x _; split; [apply range_nonneg|].
      rewrite (range_ext V _ (fun i => (z m x i - z 0%nat x i) + (z (S m) x i - z m x i))) by (intros; ring).
      apply range_triangle.
    + apply Rle_trans with (1 := quadratic_mean_triangle N w _ _ (proj1 Hw)); unfold stage_length at 2; lra.
Qed.

(** End to end: E KL(first, last) <= L^2/(8 T^2). *)
(* claim: path:logit-length (end to end) *)
Theorem logit_length_end_to_end : mean_kl 0 n <= logit_length^2 / (8 * T^2).
Proof.
  apply Rle_trans with (1 := mean_kl_bound 0 n), Rmult_le_compat_r.
  - apply Rlt_le, Rinv_0_lt_compat; assert (0 < T^2) by (apply pow_lt, HT); lra.
  - apply pow_incr; split; [apply quadratic_mean_nonneg|apply stage_triangle].
Qed.
End LogitLength.
