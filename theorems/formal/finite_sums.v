(** Textbook facts about finite sums and means, in the form in which the ledger states them. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence majorisation softening bias_variance.
Open Scope R_scope.

(** Abel's inequality: falling coefficients against non-negative partial sums. *)
(* claim: lemma:abel *)
Theorem abel_inequality V c d :
  (1 <= V)%nat -> (forall k, (S k < V)%nat -> c (S k) <= c k) -> (forall k, (1 <= k)%nat -> (k <= V - 1)%nat -> 0 <= sum k d) ->
  c (V - 1)%nat * sum V d <= sum V (fun i => c i * d i).
Proof.
  intros HV Hc Hd; destruct V as [|n]; [lia|]; replace (S n - 1)%nat with n in * by lia.
  assert (M : forall i j, (i <= j)%nat -> (j <= n)%nat -> c j <= c i).
  { intros i j H; induction H as [|j H IH]; intros Hj; [lra|]; assert (X := IH ltac:(lia)); assert (Y := Hc j ltac:(lia)); lra. }
  apply (abel n c d); [exact M|]; intros k Hk; destruct k as [|k]; [simpl; lra|apply Hd; lia].
Qed.

(** The inequality of Cauchy and Schwarz. *)
(* claim: lemma:cauchy-schwarz *)
Theorem cauchy_schwarz_sums V a b : (sum V (fun i => a i * b i))^2 <= sum V (fun i => (a i)^2) * sum V (fun i => (b i)^2).
Proof.
  assert (C := cauchy_schwarz V (fun _ => 1) a b ltac:(intros; lra)); cbv beta in C.
  rewrite (sum_ext V (fun i => 1 * (a i * b i)) (fun i => a i * b i)), (sum_ext V (fun i => 1 * (a i)^2) (fun i => (a i)^2)),
    (sum_ext V (fun i => 1 * (b i)^2) (fun i => (b i)^2)) in C by (intros; ring); exact C.
Qed.

(** The same for means. *)
(* claim: lemma:mean-product *)
Theorem cauchy_schwarz_means N w X Y : law N w ->
  (expectation N w (fun o => X o * Y o))^2 <= expectation N w (fun o => (X o)^2) * expectation N w (fun o => (Y o)^2).
Proof. intros L; exact (cauchy_schwarz N w X Y (proj1 L)). Qed.

(** The mean of a finite sum is the sum of the means. *)
(* claim: lemma:mean-of-sum *)
Theorem mean_of_sum N w V (S : nat -> nat -> R) :
  expectation N w (fun o => sum V (fun i => S o i)) = sum V (fun i => expectation N w (fun o => S o i)).
Proof. apply expectation_sum. Qed.

(** The order of squares. *)
(* claim: lemma:square-order *)
Theorem square_order x y : 0 <= y -> x^2 <= y^2 -> x <= y.
Proof. intros H S; apply Rnot_lt_le; intros N; nra. Qed.

(** The triangle inequality of the Euclidean norm, with the inequality of Cauchy and Schwarz for bounds of the norms. *)
(* claim: lemma:norm-sum *)
Theorem norm_sum V a b A B : 0 <= A -> 0 <= B -> sum V (fun i => (a i)^2) <= A^2 -> sum V (fun i => (b i)^2) <= B^2 ->
  sum V (fun i => a i * b i) <= A * B /\ sum V (fun i => (a i + b i)^2) <= (A + B)^2.
Proof.
  intros HA HB Sa Sb; assert (P : sum V (fun i => a i * b i) <= A * B).
  { apply square_order; [apply Rmult_le_pos; assumption|]; apply Rle_trans with (1 := cauchy_schwarz_sums V a b).
    replace ((A * B)^2) with (A^2 * B^2) by ring; apply Rmult_le_compat; try assumption; apply sum_nonneg; intros; apply pow2_ge_0. }
  split; [exact P|]; rewrite (sum_ext V _ (fun i => (a i)^2 + 2 * (a i * b i) + (b i)^2)) by (intros; ring).
  rewrite !sum_plus, sum_scal; replace ((A + B)^2) with (A^2 + 2 * (A * B) + B^2) by ring; lra.
Qed.

(** Equal totals leave no room: what is nowhere above and has the same sum is the same. *)
(* claim: lemma:equal-totals *)
Theorem equal_totals V a b : (forall i, (i < V)%nat -> b i <= a i) -> sum V b = sum V a -> forall i, (i < V)%nat -> b i = a i.
Proof.
  intros H E i Hi; assert (Z := sum_nonneg_zero V (fun j => a j - b j) ltac:(intros j Hj; assert (X := H j Hj); lra)
    ltac:(rewrite sum_minus; lra) i Hi); simpl in Z; lra.
Qed.

(** Families at l1 distance 0 agree. *)
(* claim: lemma:zero-distance *)
Theorem zero_distance V x y : sum V (fun i => Rabs (x i - y i)) <= 0 -> forall i, (i < V)%nat -> x i = y i.
Proof.
  intros H i Hi; assert (P := term_le_sum V (fun j => Rabs (x j - y j)) i ltac:(intros; apply Rabs_pos) Hi); simpl in P.
  assert (A := Rle_abs (x i - y i)); assert (B := Rle_abs (- (x i - y i))); rewrite Rabs_Ropp in B; lra.
Qed.

(** One crossing gives majorisation: with equal totals, and b above a from where it first exceeds it, b has the smaller partial sums. *)
(* claim: lemma:single-crossing *)
Theorem single_crossing V a b : sum V b = sum V a ->
  (forall i j, (i <= j)%nat -> (j < V)%nat -> a i < b i -> a j <= b j) -> forall k, (k <= V)%nat -> sum k b <= sum k a.
Proof.
  intros E H k Hk; apply Rnot_lt_le; intros N.
  destruct (sum_pos_term k (fun i => b i - a i) ltac:(rewrite sum_minus; lra)) as [i [Hi P]].
  rewrite (sum_split V k a Hk), (sum_split V k b Hk) in E.
  assert (T : sum (V - k) (fun j => a (k + j)%nat) <= sum (V - k) (fun j => b (k + j)%nat)) by (apply sum_le; intros j Hj; apply (H i); [lia|lia|lra]).
  lra.
Qed.

(** Weights divided by their sum are a law. *)
(* claim: lemma:normalised-law *)
Theorem normalised_law V a : (forall i, (i < V)%nat -> 0 <= a i) -> 0 < sum V a ->
  (forall i, (i < V)%nat -> 0 <= a i / sum V a) /\ sum V (fun i => a i / sum V a) = 1.
Proof. exact (normalise_law V a). Qed.

(** Non-negative weights of total at least 1, one within c above and within e below the other: their laws are at most 2 M apart in l1,
    where M bounds the totals of c and e. *)
(* claim: lemma:normalised-distance *)
Theorem normalised_distance V a b c e M :
  (forall i, (i < V)%nat -> 0 <= a i) -> (forall i, (i < V)%nat -> 0 <= b i) -> 1 <= sum V a -> 1 <= sum V b ->
  (forall i, (i < V)%nat -> a i - b i <= c i) -> (forall i, (i < V)%nat -> - a i + b i <= e i) ->
  (forall i, (i < V)%nat -> 0 <= c i) -> (forall i, (i < V)%nat -> 0 <= e i) -> sum V c <= M -> sum V e <= M ->
  sum V (fun i => Rabs (a i / sum V a - b i / sum V b)) <= 2 * M.
Proof.
  assert (W : forall a b c, (forall i, (i < V)%nat -> 0 <= b i) -> 1 <= sum V a -> 1 <= sum V b -> sum V b <= sum V a ->
    (forall i, (i < V)%nat -> a i - b i <= c i) -> (forall i, (i < V)%nat -> 0 <= c i) -> sum V c <= M ->
    sum V (fun i => Rabs (a i / sum V a - b i / sum V b)) <= 2 * M).
  { clear; intros a b c Hb Sa Sb O Hc Pc Sc; set (A := sum V a) in *; set (B := sum V b) in *.
    apply Rle_trans with (sum V (fun i => 2 * c i - (a i / A - b i / B))).
    - apply sum_le; intros i Hi; assert (X := Hc i Hi); assert (Y := Hb i Hi); assert (Z := Pc i Hi).
      assert (U : a i / A - b i / B <= c i).
      { assert (Ib : / A <= / B) by (apply Rinv_le_contravar; lra); assert (IA : 0 < / A) by (apply Rinv_0_lt_compat; lra).
        assert (I1 : / A <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra); unfold Rdiv; nra. }
      unfold Rabs; destruct (Rcase_abs (a i / A - b i / B)); lra.
    - rewrite sum_minus, sum_scal, sum_minus, !sum_div; fold A; fold B; replace (A / A) with 1 by (field; lra); replace (B / B) with 1 by (field; lra); lra. }
  intros Ha Hb Sa Sb Hc He Pc Pe Mc Me; destruct (Rle_dec (sum V b) (sum V a)) as [O|O].
  - apply (W a b c); assumption.
  - rewrite (sum_ext V _ (fun i => Rabs (b i / sum V b - a i / sum V a))) by (intros; apply Rabs_minus_sym).
    apply (W b a e); try assumption; [lra|]; intros i Hi; assert (X := He i Hi); lra.
Qed.

(** Second moment of a linear image of white noise: E(sum A e)^2 = s2 E sum A^2 where e is white and independent of A. *)
(* claim: lemma:white-noise *)
Theorem white_noise N w n (A e : nat -> nat -> R) s2 : independent N w A e ->
  (forall k m, (k < n)%nat -> (m < n)%nat -> expectation N w (fun o => e o k * e o m) = if Nat.eq_dec k m then s2 else 0) ->
  expectation N w (fun o => (sum n (fun k => A o k * e o k))^2) = s2 * expectation N w (fun o => sum n (fun k => (A o k)^2)).
Proof.
  intros I H; rewrite (expectation_ext N w _ (fun o => sum n (fun k => sum n (fun m => A o k * A o m * (e o k * e o m))))).
  - rewrite !expectation_sum, <- sum_scal; apply sum_ext; intros k Hk; rewrite expectation_sum.
    rewrite (sum_ext n _ (fun m => if Nat.eq_dec m k then s2 * expectation N w (fun o => (A o k)^2) else 0)).
    + apply sum_single, Hk.
    + intros m Hm; rewrite (I (fun x => x k * x m) (fun x => x k * x m)), H by assumption.
      destruct (Nat.eq_dec k m) as [E|D]; destruct (Nat.eq_dec m k) as [E'|D']; try (exfalso; congruence); [|ring].
      rewrite <- E, Rmult_comm; f_equal; apply expectation_ext; intros; ring.
  - intros o _; replace ((sum n (fun k => A o k * e o k))^2) with (sum n (fun k => A o k * e o k) * sum n (fun k => A o k * e o k)) by ring.
    rewrite <- sum_product; apply sum_ext; intros k _; apply sum_ext; intros m _; ring.
Qed.
