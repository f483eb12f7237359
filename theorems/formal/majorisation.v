(** Majorisation of finite families of numbers; the ratio lemma; majorisation raises entropy.

    [majorised V q p]: equal sums, and for every k the k largest entries of [q] add up to no more than
    the k largest entries of [p].  The decreasing arrangements are given by permutations of the indices. *)
From Coq Require Import Reals Lra Lia List Permutation Sorted.
From Overproof Require Import sums divergence.
Import ListNotations.
Open Scope R_scope.

Definition decreasing (V : nat) (f : nat -> R) : Prop :=
  forall i j, (i <= j)%nat -> (j < V)%nat -> f j <= f i.

Definition majorised (V : nat) (q p : nat -> R) : Prop :=
  sum V q = sum V p /\
  exists s t, Permutation s (seq 0 V) /\ Permutation t (seq 0 V) /\
    decreasing V (fun i => q (along s i)) /\ decreasing V (fun i => p (along t i)) /\
    forall k, (k <= V)%nat -> sum k (fun i => q (along s i)) <= sum k (fun i => p (along t i)).

(** Indices sorted by a key, largest first. *)
Fixpoint insert (key : nat -> R) (i : nat) (l : list nat) : list nat :=
  match l with
  | [] => [i]
  | j :: t => if Rle_dec (key j) (key i) then i :: j :: t else j :: insert key i t
  end.
Fixpoint sort (key : nat -> R) (l : list nat) : list nat :=
  match l with [] => [] | i :: t => insert key i (sort key t) end.
Definition order (V : nat) (key : nat -> R) : list nat := sort key (seq 0 V).

Lemma insert_permutation key i l : Permutation (insert key i l) (i :: l).
Proof.
  induction l as [|j l IH]; simpl; [apply Permutation_refl|].
  destruct (Rle_dec (key j) (key i)); [apply Permutation_refl|].
  apply Permutation_trans with (j :: i :: l); [apply perm_skip, IH|apply perm_swap].
Qed.

Lemma order_permutation V key : Permutation (order V key) (seq 0 V).
Proof.
  unfold order; induction (seq 0 V) as [|i l IH]; simpl; [apply Permutation_refl|].
  apply Permutation_trans with (i :: sort key l); [apply insert_permutation|apply perm_skip, IH].
Qed.

Lemma insert_sorted key i l :
  StronglySorted (fun a b => key b <= key a) l -> StronglySorted (fun a b => key b <= key a) (insert key i l).
Proof.
  induction l as [|j l IH]; simpl; intros S; [repeat constructor|].
  apply StronglySorted_inv in S; destruct S as [S F].
  destruct (Rle_dec (key j) (key i)) as [H|H].
  - constructor; [constructor; assumption|constructor; [exact H|]].
    apply (Forall_impl (fun b => key b <= key i)) in F; [exact F|]; simpl; intros; lra.
  - constructor; [apply IH, S|].
    apply (Permutation_Forall (Permutation_sym (insert_permutation key i l))).
    constructor; [lra|exact F].
Qed.

Lemma sort_sorted key l : StronglySorted (fun a b => key b <= key a) (sort key l).
Proof. induction l; simpl; [constructor|apply insert_sorted; assumption]. Qed.

Lemma sorted_nth (rel : nat -> nat -> Prop) l i j :
  StronglySorted rel l -> (i < j)%nat -> (j < length l)%nat -> rel (nth i l O) (nth j l O).
Proof.
  intros S; revert i j; induction S as [|a l S IH F]; intros i j Hij Hj; [simpl in Hj; lia|].
  destruct j as [|j]; [lia|]; simpl in Hj; destruct i as [|i]; simpl.
  - rewrite Forall_forall in F; apply F, nth_In; lia.
  - apply IH; lia.
Qed.

Lemma order_decreasing V key : decreasing V (fun i => key (along (order V key) i)).
Proof.
  intros i j Hij Hj; destruct (Nat.eq_dec i j) as [->|]; [lra|].
  apply (sorted_nth (fun a b => key b <= key a)); [apply sort_sorted|lia|].
  unfold order; fold (order V key); rewrite (Permutation_length (order_permutation V key)), seq_length; exact Hj.
Qed.

(** The ratio lemma: if b/a rises along the order (multiplied out, entries of either sign), the normalised b has the
    smaller partial sums. *)
(* claim: lemma:ratio *)
Theorem ratio_lemma V a b k :
  0 < sum V a -> 0 < sum V b ->
  (forall i j, (i <= j)%nat -> (j < V)%nat -> b i * a j <= b j * a i) -> (k <= V)%nat ->
  sum k b / sum V b <= sum k a / sum V a.
Proof.
  intros Pa Pb H Hk.
  set (A := sum k a); set (B := sum k b).
  set (A' := sum (V - k) (fun j => a (k + j)%nat)); set (B' := sum (V - k) (fun j => b (k + j)%nat)).
  assert (EA : sum V a = A + A') by (apply sum_split, Hk).
  assert (EB : sum V b = B + B') by (apply sum_split, Hk).
  assert (C : B * A' <= A * B').
  { unfold A, B, A', B'; rewrite <- !sum_product; apply sum_le; intros i Hi; apply sum_le; intros j Hj.
    assert (X := H i (k + j)%nat ltac:(lia) ltac:(lia)); lra. }
  apply Rmult_le_reg_r with (sum V b * sum V a); [apply Rmult_lt_0_compat; assumption|].
  replace (B / sum V b * (sum V b * sum V a)) with (B * sum V a) by (field; lra).
  replace (A / sum V a * (sum V b * sum V a)) with (A * sum V b) by (field; lra).
  rewrite EA, EB; lra.
Qed.

(** The same without sorted indices: weights in the same order, with b/a falling as a grows. *)
(* claim: lemma:ratio (any order) *)
Theorem ratio_majorisation V a b :
  0 < sum V a -> 0 < sum V b ->
  (forall i j, (i < V)%nat -> (j < V)%nat -> a j <= a i -> b j <= b i /\ b i * a j <= b j * a i) ->
  majorised V (fun i => b i / sum V b) (fun i => a i / sum V a).
Proof.
  intros Pa Pb H; split; [rewrite !sum_div; field; split; lra|].
  set (s := order V a); assert (P : Permutation s (seq 0 V)) by apply order_permutation.
  assert (D := order_decreasing V a); fold s in D.
  assert (B := fun i => along_below V s i P).
  exists s, s; split; [exact P|split; [exact P|split; [|split]]].
  - intros i j Hij Hj; apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat, Pb|].
    apply (H (along s i) (along s j)); [apply B; lia|apply B; lia|apply D; assumption].
  - intros i j Hij Hj; apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat, Pa|apply D; assumption].
  - intros k Hk; rewrite !sum_div.
    rewrite <- (sum_permutation V s a P), <- (sum_permutation V s b P).
    apply (ratio_lemma V (fun i => a (along s i)) (fun i => b (along s i))); try assumption.
    + rewrite (sum_permutation V s a P); exact Pa.
    + rewrite (sum_permutation V s b P); exact Pb.
    + intros i j Hij Hj; apply (H (along s i) (along s j)); [apply B; lia|apply B; lia|apply D; assumption].
Qed.

(** Abel summation: falling coefficients against non-negative partial sums. *)
Lemma abel n c d :
  (forall i j, (i <= j)%nat -> (j <= n)%nat -> c j <= c i) -> (forall k, (k <= n)%nat -> 0 <= sum k d) ->
  c n * sum (S n) d <= sum (S n) (fun i => c i * d i).
Proof.
  induction n as [|n IH]; intros H D; [simpl; lra|].
  assert (X := IH ltac:(intros; apply H; lia) ltac:(intros; apply D; lia)).
  change (sum (S (S n)) (fun i => c i * d i)) with (sum (S n) (fun i => c i * d i) + c (S n) * d (S n)).
  change (sum (S (S n)) d) with (sum (S n) d + d (S n)).
  assert (Y := D (S n) ltac:(lia)); assert (Z := H n (S n) ltac:(lia) ltac:(lia)).
  assert (c (S n) * sum (S n) d <= c n * sum (S n) d) by (apply Rmult_le_compat_r; assumption). lra.
Qed.

Lemma decreasing_zeros V q : decreasing V q -> (forall i, (i < V)%nat -> 0 <= q i) ->
  exists m, (m <= V)%nat /\ (forall i, (i < m)%nat -> 0 < q i) /\ (forall i, (m <= i)%nat -> (i < V)%nat -> q i = 0).
Proof.
  induction V as [|n IH]; intros D H; [exists O; split; [lia|split; intros; lia]|].
  destruct (H n ltac:(lia)) as [P|Z].
  - exists (S n); split; [lia|split; [|intros; lia]]; intros i Hi.
    apply Rlt_le_trans with (q n); [exact P|apply D; lia].
  - destruct IH as [m [Hm [P Q]]]; [intros i j Hij Hj; apply D; lia|intros; apply H; lia|].
    exists m; split; [lia|split; [exact P|]]; intros i Hi Hi'.
    destruct (Nat.eq_dec i n) as [->|]; [symmetry; exact Z|apply Q; lia].
Qed.

(** If q falls along the order and each of its partial sums is at most that of p in the same order, then q has at least
    the entropy of p. *)
(* claim: lemma:majorisation-entropy (in one order) *)
Theorem sorted_entropy V q p : law V q -> law V p -> decreasing V q ->
  (forall k, (k <= V)%nat -> sum k q <= sum k p) -> entropy V p <= entropy V q.
Proof.
  intros [Hq Eq] [Hp Ep] D M; destruct (decreasing_zeros V q D Hq) as [m [Hm [P Z]]].
  assert (Tq : sum m q = 1).
  { rewrite (sum_split V m q Hm), (sum_zero (V - m)) in Eq; [lra|]; intros; apply Z; lia. }
  assert (Tp : sum (V - m) (fun i => p (m + i)%nat) = 0 /\ sum m p = 1).
  { assert (X := M m Hm); rewrite (sum_split V m p Hm) in Ep.
    assert (0 <= sum (V - m) (fun i => p (m + i)%nat)) by (apply sum_nonneg; intros; apply Hp; lia). lra. }
  destruct Tp as [Tp Tm].
  assert (Zp : forall i, (i < V - m)%nat -> p (m + i)%nat = 0).
  { apply (sum_nonneg_zero (V - m) (fun i => p (m + i)%nat)); [intros; apply Hp; lia|exact Tp]. }
  unfold entropy; apply Ropp_le_contravar.
  rewrite (sum_split V m _ Hm), (sum_split V m (fun i => p i * ln (p i)) Hm).
  rewrite (sum_zero (V - m)) by (intros; rewrite Z by lia; ring).
  rewrite (sum_zero (V - m)) by (intros; rewrite Zp by assumption; ring).
  rewrite !Rplus_0_r.
  assert (A : 0 <= sum m (fun i => ln (q i) * (p i - q i))).
  { destruct m as [|n]; [simpl in Tq; lra|].
    apply Rle_trans with (ln (q n) * sum (S n) (fun i => p i - q i)); [rewrite sum_minus, Tq, Tm; lra|].
    apply (abel n (fun i => ln (q i))).
    - intros i j Hij Hj; destruct (D i j Hij ltac:(lia)) as [L|E]; [|rewrite E; lra].
      apply Rlt_le, ln_increasing; [apply P; lia|exact L].
    - intros k Hk; rewrite sum_minus; assert (X := M k ltac:(lia)); lra. }
  assert (B : sum m (fun i => q i * ln (q i) + ln (q i) * (p i - q i) + (p i - q i)) <= sum m (fun i => p i * ln (p i))).
  { apply sum_le; intros i Hi.
    assert (Hp' : 0 <= p i) by (apply Hp; lia); assert (Hq' : 0 < q i) by (apply P; exact Hi).
    assert (T : p i * ln (q i) + p i - q i * 1 <= term (p i) 1) by (apply term_tangent; lra).
    unfold term, Rdiv in T; rewrite Rinv_1, !Rmult_1_r in T; lra. }
  rewrite !sum_plus, sum_minus in B; lra.
Qed.

Lemma law_permutation V s p : Permutation s (seq 0 V) -> law V p -> law V (fun i => p (along s i)).
Proof.
  intros P [H E]; split; [intros i Hi; apply H, along_below; assumption|].
  rewrite sum_permutation by exact P; exact E.
Qed.

(** Majorisation raises Shannon entropy. *)
(* claim: lemma:majorisation-entropy *)
Theorem majorised_entropy V q p : law V q -> law V p -> majorised V q p -> entropy V p <= entropy V q.
Proof.
  intros Hq Hp [_ [s [t [Ps [Pt [Ds [_ M]]]]]]].
  unfold entropy; rewrite <- (sum_permutation V t (fun i => p i * ln (p i)) Pt).
  rewrite <- (sum_permutation V s (fun i => q i * ln (q i)) Ps).
  apply (sorted_entropy V (fun i => q (along s i)) (fun i => p (along t i)));
    [apply law_permutation; assumption|apply law_permutation; assumption|exact Ds|exact M].
Qed.
