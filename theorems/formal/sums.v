(** Finite sums over the indices below a natural number, and the largest and least of finitely many
    numbers.  Every law of the suite is a function [nat -> R] read on the indices below [V]. *)
From Coq Require Import Reals Lra Lia List Permutation.
Import ListNotations.
Open Scope R_scope.

Fixpoint sum (n : nat) (f : nat -> R) : R :=
  match n with O => 0 | S m => sum m f + f m end.

Lemma sum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [reflexivity|].
  rewrite IH, H by (intros; try apply H; lia); reflexivity.
Qed.

Lemma sum_plus n f g : sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n; simpl; lra. Qed.

Lemma sum_minus n f g : sum n (fun i => f i - g i) = sum n f - sum n g.
Proof. induction n; simpl; lra. Qed.

Lemma sum_opp n f : sum n (fun i => - f i) = - sum n f.
Proof. induction n; simpl; lra. Qed.

Lemma sum_scal n c f : sum n (fun i => c * f i) = c * sum n f.
Proof. induction n; simpl; lra. Qed.

Lemma sum_scal_r n c f : sum n (fun i => f i * c) = sum n f * c.
Proof. induction n; simpl; lra. Qed.

Lemma sum_div n c f : sum n (fun i => f i / c) = sum n f / c.
Proof. unfold Rdiv; apply sum_scal_r. Qed.

Lemma sum_const n c : sum n (fun _ => c) = INR n * c.
Proof. induction n; [simpl; lra|]. rewrite S_INR; simpl; lra. Qed.

Lemma sum_zero n f : (forall i, (i < n)%nat -> f i = 0) -> sum n f = 0.
Proof. intros H; rewrite (sum_ext n f (fun _ => 0) H), sum_const; lra. Qed.

Lemma sum_le n f g : (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  assert (f n <= g n) by (apply H; lia).
  assert (sum n f <= sum n g) by (apply IH; intros; apply H; lia). lra.
Qed.

Lemma sum_nonneg n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof. intros H; rewrite <- (sum_zero n (fun _ => 0)) by reflexivity; apply sum_le, H. Qed.

Lemma term_le_sum n f i : (forall j, (j < n)%nat -> 0 <= f j) -> (i < n)%nat -> f i <= sum n f.
Proof.
  induction n as [|n IH]; intros H Hi; [lia|]; simpl.
  destruct (Nat.eq_dec i n) as [->|].
  - assert (0 <= sum n f) by (apply sum_nonneg; intros; apply H; lia). lra.
  - assert (f i <= sum n f) by (apply IH; [intros; apply H|]; lia).
    assert (0 <= f n) by (apply H; lia). lra.
Qed.

Lemma sum_pos n f i : (forall j, (j < n)%nat -> 0 <= f j) -> (i < n)%nat -> 0 < f i -> 0 < sum n f.
Proof. intros H Hi Hp; apply Rlt_le_trans with (f i); [exact Hp|]; apply term_le_sum; assumption. Qed.

Lemma sum_all_pos n f : (0 < n)%nat -> (forall j, (j < n)%nat -> 0 < f j) -> 0 < sum n f.
Proof. intros Hn H; apply (sum_pos n f 0); [intros; apply Rlt_le, H; lia|lia|apply H; lia]. Qed.

Lemma sum_pos_term n f : 0 < sum n f -> exists i, (i < n)%nat /\ 0 < f i.
Proof.
  induction n as [|n IH]; simpl; intros H; [lra|].
  destruct (Rlt_dec 0 (f n)) as [Hp|Hp]; [exists n; split; [lia|exact Hp]|].
  destruct IH as [i [Hi Hp']]; [lra|]; exists i; split; [lia|exact Hp'].
Qed.

Lemma sum_nonneg_zero n f :
  (forall i, (i < n)%nat -> 0 <= f i) -> sum n f = 0 -> forall i, (i < n)%nat -> f i = 0.
Proof.
  intros H Hs i Hi; assert (Hb := term_le_sum n f i H Hi); assert (Hc := H i Hi); lra.
Qed.

Lemma sum_abs n f : Rabs (sum n f) <= sum n (fun i => Rabs (f i)).
Proof.
  induction n as [|n IH]; simpl; [rewrite Rabs_R0; lra|].
  apply Rle_trans with (Rabs (sum n f) + Rabs (f n)); [apply Rabs_triang|lra].
Qed.

Lemma sum_exchange n m (f : nat -> nat -> R) :
  sum n (fun i => sum m (fun j => f i j)) = sum m (fun j => sum n (fun i => f i j)).
Proof.
  induction n as [|n IH]; simpl; [symmetry; apply sum_zero; reflexivity|].
  rewrite IH, <- sum_plus; reflexivity.
Qed.

Lemma sum_product n m f g :
  sum n (fun i => sum m (fun j => f i * g j)) = sum n f * sum m g.
Proof.
  rewrite <- sum_scal_r; apply sum_ext; intros; rewrite sum_scal; reflexivity.
Qed.

Lemma sum_split n k f : (k <= n)%nat -> sum n f = sum k f + sum (n - k) (fun i => f (k + i)%nat).
Proof.
  intros H; replace n with (k + (n - k))%nat at 1 by lia.
  generalize (n - k)%nat as m; intros m; induction m as [|m IH].
  - rewrite Nat.add_0_r; simpl; lra.
  - rewrite Nat.add_succ_r; simpl; rewrite IH; lra.
Qed.

Lemma sum_telescope n f : sum n (fun i => f (S i) - f i) = f n - f 0%nat.
Proof. induction n as [|n IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma sum_single n i c : (i < n)%nat -> sum n (fun j => if Nat.eq_dec j i then c else 0) = c.
Proof.
  induction n as [|n IH]; intros H; [lia|]; simpl.
  destruct (Nat.eq_dec n i) as [->|Hn].
  - rewrite sum_zero; [lra|]; intros j Hj; destruct (Nat.eq_dec j i); [lia|reflexivity].
  - rewrite IH by lia; lra.
Qed.

(** Sums over a subset, given by its indicator. *)
Definition on (K : nat -> bool) (f : nat -> R) (i : nat) : R := if K i then f i else 0.
Definition off (K : nat -> bool) (f : nat -> R) (i : nat) : R := if K i then 0 else f i.

Lemma sum_on_off n K f : sum n f = sum n (on K f) + sum n (off K f).
Proof.
  rewrite <- sum_plus; apply sum_ext; intros i _; unfold on, off; destruct (K i); lra.
Qed.

Fixpoint count (n : nat) (K : nat -> bool) : nat :=
  match n with O => O | S m => (count m K + if K m then 1 else 0)%nat end.

Lemma count_le n K : (count n K <= n)%nat.
Proof. induction n; simpl; [lia|destruct (K n); lia]. Qed.

Lemma sum_on_const n K c : sum n (on K (fun _ => c)) = INR (count n K) * c.
Proof.
  induction n as [|n IH]; [simpl; lra|]; simpl sum; simpl count.
  rewrite plus_INR, IH; unfold on; destruct (K n); simpl; lra.
Qed.

Lemma sum_off_const n K c : sum n (off K (fun _ => c)) = INR (n - count n K) * c.
Proof.
  rewrite minus_INR by apply count_le.
  assert (H := sum_on_off n K (fun _ => c)); rewrite sum_const, sum_on_const in H; lra.
Qed.

(** Sums along a list of indices: a permutation of the indices leaves the sum alone. *)
Definition along (s : list nat) (i : nat) : nat := nth i s O.

Definition total (l : list R) : R := fold_right Rplus 0 l.

Lemma total_app l m : total (l ++ m) = total l + total m.
Proof. induction l as [|x l IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma total_permutation l m : Permutation l m -> total l = total m.
Proof. intros P; induction P; simpl; lra. Qed.

Lemma sum_total n f : sum n f = total (map f (seq 0 n)).
Proof.
  induction n as [|n IH]; [reflexivity|].
  rewrite seq_S, map_app, total_app; simpl; rewrite IH; lra.
Qed.

Lemma map_along (s : list nat) : map (along s) (seq 0 (length s)) = s.
Proof.
  apply nth_ext with (d := O) (d' := O); [rewrite map_length, seq_length; reflexivity|].
  intros n Hn; rewrite map_length, seq_length in Hn.
  rewrite (nth_indep _ O (along s O)) by (rewrite map_length, seq_length; exact Hn).
  rewrite map_nth, seq_nth by exact Hn; reflexivity.
Qed.

Lemma sum_permutation V s f : Permutation s (seq 0 V) -> sum V (fun i => f (along s i)) = sum V f.
Proof.
  intros P; rewrite !sum_total.
  rewrite <- (map_map (along s) f).
  replace V with (length s) at 1 by (rewrite (Permutation_length P), seq_length; reflexivity).
  rewrite map_along; apply total_permutation, Permutation_map, P.
Qed.

Lemma along_below V s i : Permutation s (seq 0 V) -> (i < V)%nat -> (along s i < V)%nat.
Proof.
  intros P Hi; assert (Hl : length s = V) by (rewrite (Permutation_length P), seq_length; reflexivity).
  assert (Hin : In (along s i) (seq 0 V)) by (apply (Permutation_in _ P), nth_In; lia).
  apply in_seq in Hin; lia.
Qed.

(** The largest and the least of [f 0 .. f n]. *)
Fixpoint maximum (n : nat) (f : nat -> R) : R :=
  match n with O => f O | S m => Rmax (maximum m f) (f n) end.
Fixpoint minimum (n : nat) (f : nat -> R) : R :=
  match n with O => f O | S m => Rmin (minimum m f) (f n) end.

Lemma le_maximum n f i : (i <= n)%nat -> f i <= maximum n f.
Proof.
  induction n as [|n IH]; intros H; [replace i with O by lia; simpl; lra|]; simpl.
  destruct (Nat.eq_dec i (S n)) as [->|]; [apply Rmax_r|].
  apply Rle_trans with (maximum n f); [apply IH; lia|apply Rmax_l].
Qed.

Lemma minimum_le n f i : (i <= n)%nat -> minimum n f <= f i.
Proof.
  induction n as [|n IH]; intros H; [replace i with O by lia; simpl; lra|]; simpl.
  destruct (Nat.eq_dec i (S n)) as [->|]; [apply Rmin_r|].
  apply Rle_trans with (minimum n f); [apply Rmin_l|apply IH; lia].
Qed.

Lemma maximum_attained n f : exists i, (i <= n)%nat /\ maximum n f = f i.
Proof.
  induction n as [|n [i [Hi E]]]; [exists O; split; [lia|reflexivity]|]; simpl.
  unfold Rmax; destruct (Rle_dec (maximum n f) (f (S n))).
  - exists (S n); split; [lia|reflexivity].
  - exists i; split; [lia|exact E].
Qed.

Lemma minimum_attained n f : exists i, (i <= n)%nat /\ minimum n f = f i.
Proof.
  induction n as [|n [i [Hi E]]]; [exists O; split; [lia|reflexivity]|]; simpl.
  unfold Rmin; destruct (Rle_dec (minimum n f) (f (S n))).
  - exists i; split; [lia|exact E].
  - exists (S n); split; [lia|reflexivity].
Qed.

Lemma maximum_le n f b : (forall i, (i <= n)%nat -> f i <= b) -> maximum n f <= b.
Proof. intros H; destruct (maximum_attained n f) as [i [Hi ->]]; apply H, Hi. Qed.

Lemma le_minimum n f b : (forall i, (i <= n)%nat -> b <= f i) -> b <= minimum n f.
Proof. intros H; destruct (minimum_attained n f) as [i [Hi ->]]; apply H, Hi. Qed.

(** The spread of [f] over the indices below [V]: largest minus least (0 when there is no index). *)
Definition range (V : nat) (f : nat -> R) : R :=
  match V with O => 0 | S n => maximum n f - minimum n f end.

Lemma range_nonneg V f : 0 <= range V f.
Proof.
  destruct V as [|n]; simpl; [lra|].
  assert (H := le_maximum n f O (Nat.le_0_l n)); assert (G := minimum_le n f O (Nat.le_0_l n)); lra.
Qed.

Lemma range_bound V f b :
  0 <= b -> (forall i j, (i < V)%nat -> (j < V)%nat -> f i - f j <= b) -> range V f <= b.
Proof.
  intros Hb H; destruct V as [|n]; simpl; [exact Hb|].
  destruct (maximum_attained n f) as [i [Hi ->]]; destruct (minimum_attained n f) as [j [Hj ->]].
  apply H; lia.
Qed.

Lemma le_range V f i j : (i < V)%nat -> (j < V)%nat -> f i - f j <= range V f.
Proof.
  intros Hi Hj; destruct V as [|n]; [lia|]; simpl.
  assert (H := le_maximum n f i ltac:(lia)); assert (G := minimum_le n f j ltac:(lia)); lra.
Qed.

Lemma range_affine V f g a c :
  0 <= a -> (forall i, (i < V)%nat -> g i = a * f i + c) -> range V g = a * range V f.
Proof.
  intros Ha H; apply Rle_antisym.
  - apply range_bound; [apply Rmult_le_pos; [exact Ha|apply range_nonneg]|].
    intros i j Hi Hj; rewrite (H i Hi), (H j Hj).
    assert (B := le_range V f i j Hi Hj); nra.
  - destruct V as [|n]; [simpl; lra|].
    destruct (maximum_attained n f) as [i [Hi Ei]]; destruct (minimum_attained n f) as [j [Hj Ej]].
    assert (B := le_range (S n) g i j ltac:(lia) ltac:(lia)).
    rewrite (H i), (H j) in B by lia; unfold range at 1; rewrite Ei, Ej; lra.
Qed.

Lemma range_opp V f : range V (fun i => - f i) = range V f.
Proof.
  apply Rle_antisym; apply range_bound; try apply range_nonneg; intros i j Hi Hj.
  - assert (B := le_range V f j i Hj Hi); lra.
  - assert (B := le_range V (fun k => - f k) j i Hj Hi); simpl in B; lra.
Qed.

Lemma range_triangle V f g : range V (fun i => f i + g i) <= range V f + range V g.
Proof.
  apply range_bound; [assert (A := range_nonneg V f); assert (B := range_nonneg V g); lra|].
  intros i j Hi Hj; assert (A := le_range V f i j Hi Hj); assert (B := le_range V g i j Hi Hj); lra.
Qed.

Lemma range_ext V f g : (forall i, (i < V)%nat -> f i = g i) -> range V f = range V g.
Proof.
  intros H; rewrite (range_affine V g f 1 0); [lra|lra|]; intros i Hi; rewrite H by exact Hi; lra.
Qed.

(** Cauchy and Schwarz, and the triangle inequality of the weighted quadratic mean. *)
Lemma cauchy_schwarz n w f g :
  (forall i, (i < n)%nat -> 0 <= w i) ->
  (sum n (fun i => w i * (f i * g i)))^2
  <= sum n (fun i => w i * (f i)^2) * sum n (fun i => w i * (g i)^2).
Proof.
  intros H; set (a := sum n (fun i => w i * (f i)^2)); set (b := sum n (fun i => w i * (g i)^2)).
  set (c := sum n (fun i => w i * (f i * g i))).
  assert (Ha : 0 <= a) by (apply sum_nonneg; intros; apply Rmult_le_pos; [apply H; assumption|apply pow2_ge_0]).
  assert (Q : forall t, 0 <= a * t^2 + 2 * c * t + b).
  { intros t; replace (a * t^2 + 2 * c * t + b) with (sum n (fun i => w i * (f i * t + g i)^2)).
    - apply sum_nonneg; intros; apply Rmult_le_pos; [apply H; assumption|apply pow2_ge_0].
    - unfold a, b, c; rewrite <- sum_scal_r, <- sum_scal, <- sum_scal_r, <- !sum_plus.
      apply sum_ext; intros; ring. }
  destruct (Req_dec a 0) as [Za|Na].
  - assert (c = 0); [|rewrite Za, H0; nra].
    destruct (Req_dec c 0) as [|Nc]; [assumption|].
    assert (q := Q (- (b + 1) / (2 * c))); rewrite Za in q.
    replace (0 * (- (b + 1) / (2 * c))^2 + 2 * c * (- (b + 1) / (2 * c)) + b) with (-1) in q by (field; lra).
    lra.
  - assert (q := Q (- c / a)).
    replace (a * (- c / a)^2 + 2 * c * (- c / a) + b) with ((a * b - c^2) / a) in q by (field; exact Na).
    assert (0 < a) by lra.
    assert (0 <= (a * b - c^2) / a * a) by (apply Rmult_le_pos; lra).
    replace ((a * b - c^2) / a * a) with (a * b - c^2) in H1 by (field; exact Na). lra.
Qed.

Definition quadratic_mean (n : nat) (w f : nat -> R) : R := sqrt (sum n (fun i => w i * (f i)^2)).

Lemma quadratic_mean_nonneg n w f : 0 <= quadratic_mean n w f.
Proof. apply sqrt_pos. Qed.

Lemma quadratic_mean_square n w f :
  (forall i, (i < n)%nat -> 0 <= w i) -> (quadratic_mean n w f)^2 = sum n (fun i => w i * (f i)^2).
Proof.
  intros H; unfold quadratic_mean; simpl; rewrite Rmult_1_r; apply sqrt_sqrt.
  apply sum_nonneg; intros; apply Rmult_le_pos; [apply H; assumption|apply pow2_ge_0].
Qed.

Lemma quadratic_mean_le n w f g :
  (forall i, (i < n)%nat -> 0 <= w i) -> (forall i, (i < n)%nat -> 0 <= f i <= g i) ->
  quadratic_mean n w f <= quadratic_mean n w g.
Proof.
  intros H G; apply sqrt_le_1_alt, sum_le; intros i Hi.
  apply Rmult_le_compat_l; [apply H, Hi|apply pow_incr, G, Hi].
Qed.

Lemma quadratic_mean_triangle n w f g :
  (forall i, (i < n)%nat -> 0 <= w i) ->
  quadratic_mean n w (fun i => f i + g i) <= quadratic_mean n w f + quadratic_mean n w g.
Proof.
  intros H; set (a := quadratic_mean n w f); set (b := quadratic_mean n w g).
  assert (Ha : 0 <= a) by apply sqrt_pos; assert (Hb : 0 <= b) by apply sqrt_pos.
  rewrite <- (sqrt_pow2 (a + b)) by lra; apply sqrt_le_1_alt.
  replace ((a + b)^2) with (a^2 + b^2 + 2 * (a * b)) by ring.
  unfold a, b; rewrite !quadratic_mean_square by exact H; fold a; fold b.
  assert (C : sum n (fun i => w i * (f i * g i)) <= a * b).
  { assert (S := cauchy_schwarz n w f g H); rewrite <- !quadratic_mean_square in S by exact H; fold a in S; fold b in S.
    destruct (Rle_dec (sum n (fun i => w i * (f i * g i))) 0); [assert (0 <= a * b) by nra; lra|].
    apply Rsqr_incr_0_var; [unfold Rsqr; nra|nra]. }
  replace (sum n (fun i => w i * (f i + g i)^2))
    with (sum n (fun i => w i * (f i)^2) + sum n (fun i => w i * (g i)^2) + 2 * sum n (fun i => w i * (f i * g i))); [lra|].
  rewrite <- sum_scal, <- !sum_plus; apply sum_ext; intros; ring.
Qed.
