(** Paths of models: the logit length bounds the stage sum and the divergence end to end. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening hoeffding bias_variance draws logit_bound.
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
(* claim: path:logit-length (stages) *)
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

(** The logits of n + 1 models on a random input, moving from each to the next by between [low] and [low + width] in every class; delta_k^2 is
    at least E width_k^2, L = sum delta_k and L^2 rho = n sum delta_k^2.  The stages' expected KL sum to at most L^2 rho/(8 n T^2), and end to
    end it is at most L^2/(8 T^2). *)
(* claim: path:logit-length *)
Theorem logit_length_widths N V n T w (z : nat -> nat -> nat -> R) (low width : nat -> nat -> R) delta L rho :
  law N w -> (0 < n)%nat -> (0 < V)%nat -> 0 < T ->
  surely N w (fun o => forall k i, (k < n)%nat -> (i < V)%nat -> low k o <= z k o i - z (S k) o i /\ z k o i - z (S k) o i <= low k o + width k o) ->
  (forall k, (k < n)%nat -> expectation N w (fun o => (width k o)^2) <= (delta k)^2) ->
  L^2 * rho = INR n * sum n (fun k => (delta k)^2) -> (forall k, (k < n)%nat -> 0 <= delta k) -> L = sum n delta ->
  let output k o := softmax V (fun i => z k o i / T) in
  let kl k l o := sum V (fun i => output k o i * (ln (output k o i) - ln (output l o i))) in
  sum n (fun k => expectation N w (kl k (S k))) <= L^2 * rho / (8 * T^2 * INR n) /\ expectation N w (kl 0%nat n) <= L^2 / (8 * T^2).
Proof.
  intros Hw Hn HV HT H Hd Hr D0 HL output kl; assert (Pn : 0 < INR n) by (apply lt_0_INR, Hn); assert (PT : 0 < T^2) by (apply pow_lt, HT).
  assert (B : forall k l a b, surely N w (fun o => forall i, (i < V)%nat -> a o <= z k o i - z l o i /\ z k o i - z l o i <= a o + b o) ->
    expectation N w (kl k l) <= expectation N w (fun o => (b o)^2) / (8 * T^2)).
  { intros k l a b M; apply Rle_trans with (expectation N w (fun o => / (8 * T^2) * (b o)^2)); [|rewrite expectation_scal; right; field; lra].
    apply expectation_le; [exact Hw|]; intros o Ho Po.
    apply Rle_trans with (((a o + b o) / T - a o / T)^2 / 8); [|right; field; lra].
    apply logit_gap_bound; [exact HV|]; intros i Hi; destruct (M o Ho Po i Hi) as [X Y]; assert (Q := Rinv_0_lt_compat _ HT).
    replace (z k o i / T - z l o i / T) with ((z k o i - z l o i) * / T) by (field; lra); unfold Rdiv.
    split; apply Rmult_le_compat_r; lra. }
  split.
  - apply Rle_trans with (sum n (fun k => (delta k)^2 / (8 * T^2))); [|rewrite Hr, sum_div; right; field; lra].
    apply sum_le; intros k Hk; apply Rle_trans with (expectation N w (fun o => (width k o)^2) / (8 * T^2)).
    + apply (B k (S k) (low k) (width k)); intros o Ho Po i Hi; apply (H o Ho Po k i Hk Hi).
    + apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra|apply Hd, Hk].
  - apply Rle_trans with (expectation N w (fun o => (sum n (fun k => width k o))^2) / (8 * T^2)).
    + apply (B 0%nat n (fun o => sum n (fun k => low k o)) (fun o => sum n (fun k => width k o))); intros o Ho Po i Hi.
      assert (E : z 0%nat o i - z n o i = sum n (fun k => z k o i - z (S k) o i)).
      { rewrite (sum_ext n _ (fun k => - (z (S k) o i - z k o i))) by (intros; ring); rewrite sum_opp, (sum_telescope n (fun k => z k o i)); ring. }
      rewrite E, <- sum_plus; split; apply sum_le; intros k Hk; apply (H o Ho Po k i Hk Hi).
    + apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra|].
      unfold expectation; rewrite <- (quadratic_mean_square N w (fun o => sum n (fun k => width k o)) (proj1 Hw)).
      apply pow_incr; split; [apply quadratic_mean_nonneg|]; rewrite HL; clear H Hr HL Hn Pn kl output B.
      induction n as [|m IH]; simpl.
      * unfold quadratic_mean; rewrite sum_zero; [rewrite sqrt_0; lra|intros; ring].
      * apply Rle_trans with (1 := quadratic_mean_triangle N w _ _ (proj1 Hw)), Rplus_le_compat; [apply IH; intros; [apply Hd|apply D0]; lia|].
        unfold quadratic_mean; rewrite <- (sqrt_pow2 (delta m)) by (apply D0; lia); apply sqrt_le_1_alt, Hd; lia.
Qed.
