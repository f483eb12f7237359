(** The power operator: every axiom that holds for all V, restriction, semigroup, Hilbert's metric. *)
From Coq Require Import Reals Lra Lia List Permutation.
From Overproof Require Import sums divergence majorisation softening.
Open Scope R_scope.

(** Restriction of a law to the indices in K, renormalised. *)
Definition restrict (V : nat) (K : nat -> bool) (p : nat -> R) : nat -> R := normalise V (on K p).

(** Hilbert's projective metric, for positive laws. *)
Definition hilbert (V : nat) (p q : nat -> R) : R := range V (fun i => ln (p i / q i)).

Lemma pow0_nonneg_all a : forall x, 0 <= x <= 1 -> 0 <= pow0 x a.
Proof. intros; apply pow0_nonneg. Qed.

Lemma pow0_positive_all a : forall x, 0 < x <= 1 -> 0 < pow0 x a.
Proof. intros x H; apply pow0_positive, H. Qed.

Lemma power_sum_positive V T p : law V p -> 0 < sum V (fun i => pow0 (p i) (/ T)).
Proof. intros L; apply (weights_sum_positive V p (fun x => pow0 x (/ T))); [exact L|apply pow0_nonneg_all|apply pow0_positive_all]. Qed.

(** Power maps the simplex to itself. *)
(* claim: op:power (prop:simplex) *)
Theorem power_simplex V T p : law V p -> law V (power V T p).
Proof.
  intros L; apply (separable_simplex V p (fun x => pow0 x (/ T))); [exact L|apply pow0_nonneg_all|apply pow0_positive_all].
Qed.

(** Power keeps strict order, for every T > 0. *)
(* claim: op:power (ax:ranking) *)
Theorem power_ranking V T p i j :
  0 < T -> law V p -> (i < V)%nat -> (j < V)%nat -> p j < p i -> power V T p j < power V T p i.
Proof.
  intros HT L; apply (separable_ranking V p (fun x => pow0 x (/ T))); [exact L|apply power_sum_positive, L|].
  intros x y Hx H _; apply pow0_increasing; [apply Rinv_0_lt_compat, HT|exact Hx|exact H].
Qed.

(** Power at T = 1 is the identity. *)
(* claim: op:power (ax:identity) *)
Theorem power_identity V p i : law V p -> (i < V)%nat -> power V 1 p i = p i.
Proof.
  intros L Hi; unfold power; rewrite Rinv_1.
  rewrite (normalise_ext V _ p i Hi) by (intros j Hj; apply pow0_1, L, Hj).
  apply normalise_of_law, L.
Qed.

Lemma pow0_ratio a b x y : 0 < a -> a <= b -> 0 <= x -> x <= y -> pow0 y a * pow0 x b <= pow0 x a * pow0 y b.
Proof.
  intros Ha Hab [Hx|<-] H; [|rewrite !pow0_zero; lra].
  rewrite !pow0_pos, <- !exp_plus by lra.
  assert (L : ln x <= ln y) by (destruct H as [H|<-]; [left; apply ln_increasing; assumption|right; reflexivity]).
  assert (X : a * ln y + b * ln x <= a * ln x + b * ln y) by nra.
  destruct X as [X|X]; [left; apply exp_increasing, X|right; rewrite X; reflexivity].
Qed.

(** A hotter power is majorised by a colder one. *)
(* claim: op:power (prop:majorisation) *)
Theorem power_majorisation V T T' p :
  0 < T -> T <= T' -> law V p -> majorised V (power V T' p) (power V T p).
Proof.
  intros HT H L; assert (HT' : 0 < T') by lra.
  assert (I : / T' <= / T) by (apply Rinv_le_contravar; assumption).
  assert (P : 0 < / T') by (apply Rinv_0_lt_compat, HT').
  apply (separable_majorisation V p (fun x => pow0 x (/ T)) (fun x => pow0 x (/ T'))); try exact L; try apply power_sum_positive, L.
  - intros x y Hx Hxy _; apply pow0_increasing; [lra|exact Hx|exact Hxy].
  - intros x y Hx Hxy _; apply pow0_le; assumption.
  - intros x y Hx Hxy _; apply pow0_ratio; assumption.
Qed.

(** A hotter power has at least the entropy of a colder one. *)
(* claim: op:power (ax:entropy) *)
Theorem power_entropy V T T' p :
  0 < T -> T <= T' -> law V p -> entropy V (power V T p) <= entropy V (power V T' p).
Proof.
  intros HT H L; apply majorised_entropy; [apply power_simplex, L|apply power_simplex, L|].
  apply power_majorisation; assumption.
Qed.

(** power_T' after power_T is power_(T T'). *)
(* claim: op:power (prop:semigroup) *)
Theorem power_semigroup V T T' p i :
  0 < T -> 0 < T' -> law V p -> (i < V)%nat -> power V T' (power V T p) i = power V (T * T') p i.
Proof.
  intros HT HT' L Hi; unfold power at 1.
  assert (S := power_sum_positive V T p L).
  set (s := sum V (fun j => pow0 (p j) (/ T))) in *.
  rewrite (normalise_ext V _ (fun j => pow0 (/ s) (/ T') * pow0 (p j) (/ (T * T'))) i Hi).
  - rewrite normalise_scal; [reflexivity|].
    apply Rgt_not_eq, pow0_positive, Rinv_0_lt_compat, S.
  - intros j Hj; unfold power, normalise; fold s; unfold Rdiv.
    rewrite pow0_mult, pow0_pow0 by (try apply pow0_nonneg; apply Rlt_le, Rinv_0_lt_compat, S).
    rewrite Rinv_mult; ring.
Qed.

(** Power commutes with a relabelling of the outcomes. *)
(* claim: op:power (prop:equivariance) *)
Theorem power_equivariance V T p s i :
  Permutation s (seq 0 V) -> power V T (fun j => p (along s j)) i = power V T p (along s i).
Proof.
  intros P; unfold power, normalise; f_equal.
  apply (sum_permutation V s (fun j => pow0 (p j) (/ T)) P).
Qed.

(** Power commutes with restriction to a subset of positive mass. *)
(* claim: op:power (prop:restriction) *)
Theorem power_restriction V T K p i :
  0 < T -> law V p -> 0 < sum V (on K p) -> (i < V)%nat ->
  power V T (restrict V K p) i = restrict V K (power V T p) i.
Proof.
  intros HT L S Hi; unfold power, restrict.
  assert (S' := power_sum_positive V T p L).
  set (m := sum V (on K p)) in *; set (s := sum V (fun j => pow0 (p j) (/ T))) in *.
  rewrite (normalise_ext V _ (fun j => pow0 (/ m) (/ T) * on K (fun k => pow0 (p k) (/ T)) j) i Hi).
  - rewrite normalise_scal by (apply Rgt_not_eq, pow0_positive, Rinv_0_lt_compat, S).
    rewrite <- (normalise_scal V (/ s)) by (apply Rgt_not_eq, Rinv_0_lt_compat, S').
    apply normalise_ext; [exact Hi|]; intros j _; unfold on, normalise; fold s; destruct (K j); [field; lra|ring].
  - intros j Hj; unfold normalise, on; fold m; fold (on K p); destruct (K j).
    + unfold Rdiv; rewrite pow0_mult by (try apply L; try apply Rlt_le, Rinv_0_lt_compat, S; exact Hj).
      unfold m; ring.
    + unfold Rdiv; rewrite Rmult_0_l, pow0_zero; ring.
Qed.

Lemma power_positive V T p i : law V p -> 0 < p i -> 0 < power V T p i.
Proof.
  intros L H; unfold power, normalise; apply Rdiv_lt_0_compat; [apply pow0_positive, H|apply power_sum_positive, L].
Qed.

Lemma power_ln V T p i : law V p -> 0 < p i ->
  ln (power V T p i) = / T * ln (p i) - ln (sum V (fun j => pow0 (p j) (/ T))).
Proof.
  intros L H; unfold power, normalise.
  rewrite ln_div by (try apply power_sum_positive; try apply pow0_positive; assumption).
  rewrite pow0_pos, ln_exp by exact H; reflexivity.
Qed.

(** Every difference of log-ratios is divided by T: what attains Hilbert's distance attains it for the images too. *)
(* claim: op:hilbert (pairs) *)
Theorem power_log_ratios V T p q i j :
  law V p -> law V q -> positive V p -> positive V q -> (i < V)%nat -> (j < V)%nat ->
  ln (power V T p i) - ln (power V T p j) - ln (power V T q i) + ln (power V T q j)
  = / T * (ln (p i) - ln (p j) - ln (q i) + ln (q j)).
Proof. intros Lp Lq Pp Pq Hi Hj; rewrite !power_ln by auto; ring. Qed.

(** Power contracts Hilbert's metric by exactly 1/T. *)
(* claim: op:hilbert *)
Theorem power_hilbert V T p q :
  0 < T -> law V p -> law V q -> positive V p -> positive V q ->
  hilbert V (power V T p) (power V T q) = / T * hilbert V p q.
Proof.
  intros HT Lp Lq Pp Pq; unfold hilbert.
  apply range_affine with (c := ln (sum V (fun j => pow0 (q j) (/ T))) - ln (sum V (fun j => pow0 (p j) (/ T)))).
  - apply Rlt_le, Rinv_0_lt_compat, HT.
  - intros i Hi; rewrite !ln_div by (try apply power_positive; auto).
    rewrite !power_ln by auto; ring.
Qed.

(** softmax(z/T) is power_T of softmax(z). *)
(* claim: op:log-equivalence *)
Theorem softmax_power V T z i :
  0 < T -> (0 < V)%nat -> (i < V)%nat -> power V T (softmax V z) i = softmax V (fun j => z j / T) i.
Proof.
  intros HT HV Hi; unfold power.
  assert (S : 0 < sum V (fun j => exp (z j))) by (apply sum_all_pos; [exact HV|intros; apply exp_pos]).
  rewrite (normalise_ext V _ (fun j => pow0 (/ sum V (fun j => exp (z j))) (/ T) * exp (z j / T)) i Hi).
  - apply normalise_scal, Rgt_not_eq, pow0_positive, Rinv_0_lt_compat, S.
  - intros j Hj; unfold softmax, normalise, Rdiv at 1.
    rewrite pow0_mult by (try apply Rlt_le, exp_pos; apply Rlt_le, Rinv_0_lt_compat, S).
    rewrite (pow0_pos (exp (z j))), ln_exp by apply exp_pos.
    rewrite Rmult_comm; f_equal; f_equal; unfold Rdiv; ring.
Qed.

(** Power of a positive law is the softmax of its logarithms over T. *)
Lemma power_softmax V T p i : positive V p -> (i < V)%nat -> power V T p i = softmax V (fun j => / T * ln (p j)) i.
Proof. intros P Hi; apply normalise_ext; [exact Hi|]; intros j Hj; apply pow0_pos, P, Hj. Qed.
