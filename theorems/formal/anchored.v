(** Paths anchored at the target, p_(k+1) = (1 - a_k) p_k + a_k t, for weights of any total. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence.
Open Scope R_scope.

Fixpoint product (n : nat) (f : nat -> R) : R :=
  match n with O => 1 | S m => product m f * f m end.

Section Anchored.
Variables (V : nat) (t : nat -> R) (p : nat -> nat -> R).
Hypothesis Ht : forall i, (i < V)%nat -> 0 <= t i.
Hypothesis Hp : forall i, (i < V)%nat -> 0 <= p 0%nat i.
Hypothesis Hs : supported V t (p 0%nat).

(** Every anchored step keeps at most the share 1 - a_k of KL(t, p_k), and every p_k has weight wherever t has. *)
(* claim: path:anchored (any schedule) *)
Theorem anchored_schedule a n :
  (forall k, (k < n)%nat -> 0 <= a k <= 1) ->
  (forall k i, (k < n)%nat -> (i < V)%nat -> p (S k) i = a k * t i + (1 - a k) * p k i) ->
  (forall i, (i < V)%nat -> 0 <= p n i) /\ supported V t (p n) /\
  divergence V t (p n) <= product n (fun k => 1 - a k) * divergence V t (p 0%nat).
Proof.
  induction n as [|n IH]; intros Ha H; [simpl; split; [exact Hp|split; [exact Hs|lra]]|].
  destruct IH as [P [Q B]]; [intros; apply Ha; lia|intros; apply H; lia|].
  assert (A := Ha n ltac:(lia)); assert (N := fun i Hi => H n i ltac:(lia) Hi); clear H Ha; split; [|split].
  - intros i Hi; rewrite N by exact Hi; assert (X := Ht i Hi); assert (Y := P i Hi).
    apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra.
  - intros i Hi E; rewrite N in E by exact Hi; assert (X := Ht i Hi); assert (Y := P i Hi).
    assert (Z1 : 0 <= a n * t i) by (apply Rmult_le_pos; lra); assert (Z2 : 0 <= (1 - a n) * p n i) by (apply Rmult_le_pos; lra).
    assert (F : a n * t i = 0) by lra; apply Rmult_integral in F; destruct F as [F|F]; [|exact F].
    apply (Q i Hi); rewrite F in E; lra.
  - apply Rle_trans with ((1 - a n) * divergence V t (p n)).
    + unfold divergence; rewrite <- sum_scal; apply sum_le; intros i Hi.
      assert (M := term_mixture (a n) (t i) (t i) (p n i) (t i) A (Ht i Hi) (Ht i Hi) (P i Hi) (Ht i Hi) (Q i Hi) (fun E => E)).
      rewrite term_same in M; rewrite N by exact Hi.
      replace ((1 - a n) * t i + a n * t i) with (t i) in M by ring.
      replace (a n * t i + (1 - a n) * p n i) with ((1 - a n) * p n i + a n * t i) by ring; lra.
    + simpl; apply Rle_trans with ((1 - a n) * (product n (fun k => 1 - a k) * divergence V t (p 0%nat))); [|right; ring].
      apply Rmult_le_compat_l; [lra|exact B].
Qed.
End Anchored.

Lemma product_power n x : product n (fun _ => x) = x^n.
Proof. induction n as [|n IH]; simpl; [reflexivity|rewrite IH; ring]. Qed.

Lemma product_harmonic n : product n (fun k => 1 - / (INR k + 2)) = / (INR n + 1).
Proof.
  induction n as [|n IH]; [simpl; field|].
  simpl product; rewrite IH, S_INR; assert (P := pos_INR n); field; lra.
Qed.

(** Positive families of any total: with a constant anchor c the sum t (ln t - ln p_n) is at most (1 - c)^n times the first,
    and with the falling anchor 1/(k+1), stages counted from 1, at most the first over n + 1. *)
(* claim: path:anchored *)
Theorem anchored_stages V n c (t : nat -> R) (p : nat -> nat -> R) :
  0 <= c < 1 -> positive V (p 0%nat) -> positive V t ->
  let gap k := sum V (fun i => (ln (t i) - ln (p k i)) * t i) in
  ((forall k i, (k < n)%nat -> (i < V)%nat -> p (S k) i = c * t i + (1 - c) * p k i) -> gap n <= (1 - c)^n * gap 0%nat) /\
  ((forall k i, (k < n)%nat -> (i < V)%nat -> p (S k) i = (1 - / (INR k + 2)) * p k i + t i / (INR k + 2)) ->
   gap n <= gap 0%nat / (INR n + 1)).
Proof.
  intros Hc Pp Pt gap.
  assert (G : forall q, positive V q -> sum V (fun i => (ln (t i) - ln (q i)) * t i) = divergence V t q).
  { intros q Q; apply sum_ext; intros i Hi; unfold term; rewrite ln_div by (first [apply Pt, Hi|apply Q, Hi]); ring. }
  assert (Nt : forall i, (i < V)%nat -> 0 <= t i) by (apply positive_nonneg, Pt).
  assert (Np : forall i, (i < V)%nat -> 0 <= p 0%nat i) by (apply positive_nonneg, Pp).
  assert (Q : forall a, (forall k, (k < n)%nat -> 0 <= a k <= 1) ->
    (forall k i, (k < n)%nat -> (i < V)%nat -> p (S k) i = a k * t i + (1 - a k) * p k i) ->
    gap n <= product n (fun k => 1 - a k) * gap 0%nat).
  { intros a Ha H; destruct (anchored_schedule V t p Nt Np (positive_supported V t _ Pp) a n Ha H) as [A [B S]].
    assert (Pn : positive V (p n)).
    { intros i Hi; destruct (A i Hi) as [X|X]; [exact X|]; assert (Y := B i Hi (eq_sym X)); assert (Z := Pt i Hi); lra. }
    unfold gap; rewrite !G by assumption; exact S. }
  split; intros H.
  - rewrite <- product_power; apply (Q (fun _ => c)); [intros; lra|exact H].
  - unfold Rdiv; rewrite Rmult_comm, <- product_harmonic; apply (Q (fun k => / (INR k + 2))).
    + intros k _; assert (P := pos_INR k); split; [apply Rlt_le, Rinv_0_lt_compat; lra|].
      rewrite <- Rinv_1; apply Rinv_le_contravar; lra.
    + intros k i Hk Hi; rewrite H by assumption; unfold Rdiv; ring.
Qed.
