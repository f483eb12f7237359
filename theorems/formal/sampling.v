(** What independent samples tell: the total-variation rate of empirical laws. *)
From Coq Require Import Reals Lra Lia List Bool.
From Overproof Require Import sums divergence bias_variance draws finite_class.
Import ListNotations.
Open Scope R_scope.

Section Empirical.
Variables (V : nat) (p : nat -> R).
Hypothesis Hp : law V p.

(** How often class i occurs in a sample. *)
Definition occurrences (i : nat) (l : list nat) : R := fold_right (fun x a => (if Nat.eqb x i then 1 else 0) + a) 0 l.

Lemma samples_ext m F G : (forall l, length l = m -> F l = G l) -> samples V p m F = samples V p m G.
Proof. intros H; apply Rle_antisym; apply (samples_le V p Hp); intros l Hl; rewrite (H l Hl); right; reflexivity. Qed.

Lemma samples_const m c : samples V p m (fun _ => c) = c.
Proof.
  induction m as [|m IH]; simpl; [reflexivity|]; rewrite IH, sum_scal_r, (proj2 Hp); ring.
Qed.

Lemma samples_plus m F G : samples V p m (fun l => F l + G l) = samples V p m F + samples V p m G.
Proof.
  revert F G; induction m as [|m IH]; simpl; intros F G; [reflexivity|].
  rewrite <- sum_plus; apply sum_ext; intros x _; rewrite (IH (fun l => F (x :: l)) (fun l => G (x :: l))); ring.
Qed.

(** The centred count has mean 0 and second moment m p_i (1 - p_i). *)
Lemma centred_moments i m : (i < V)%nat ->
  samples V p m (fun l => occurrences i l - INR m * p i) = 0 /\
  samples V p m (fun l => (occurrences i l - INR m * p i)^2) = INR m * (p i * (1 - p i)).
Proof.
  intros Hi; induction m as [|m [IH1 IH2]]; [simpl; split; ring|].
  set (d := fun x : nat => (if Nat.eqb x i then 1 else 0) - p i).
  assert (S1 : sum V (fun x => p x * d x) = 0).
  { rewrite (sum_ext V _ (fun x => (if Nat.eq_dec x i then p i else 0) - p x * p i)).
    - rewrite sum_minus, sum_single, sum_scal_r, (proj2 Hp) by exact Hi; ring.
    - intros x _; unfold d; destruct (Nat.eq_dec x i) as [->|N]; [rewrite Nat.eqb_refl; ring|].
      apply Nat.eqb_neq in N; rewrite N; ring. }
  assert (S2 : sum V (fun x => p x * (d x)^2) = p i * (1 - p i)).
  { rewrite (sum_ext V _ (fun x => (if Nat.eq_dec x i then p i * (1 - 2 * p i) else 0) + p x * (p i)^2)).
    - rewrite sum_plus, sum_single, sum_scal_r, (proj2 Hp) by exact Hi; ring.
    - intros x _; unfold d; destruct (Nat.eq_dec x i) as [->|N]; [rewrite Nat.eqb_refl; ring|].
      apply Nat.eqb_neq in N; rewrite N; ring. }
  assert (E : forall x l, occurrences i (x :: l) - INR (S m) * p i = d x + (occurrences i l - INR m * p i)).
  { intros x l; rewrite S_INR; change (occurrences i (x :: l)) with ((if Nat.eqb x i then 1 else 0) + occurrences i l); unfold d; ring. }
  split.
  - change (sum V (fun x => p x * samples V p m (fun l => occurrences i (x :: l) - INR (S m) * p i)) = 0).
    rewrite (sum_ext V _ (fun x => p x * d x)); [exact S1|]; intros x _.
    rewrite (samples_ext m _ (fun l => d x + (occurrences i l - INR m * p i))) by (intros; apply E).
    rewrite samples_plus, samples_const, IH1; ring.
  - change (sum V (fun x => p x * samples V p m (fun l => (occurrences i (x :: l) - INR (S m) * p i)^2)) = INR (S m) * (p i * (1 - p i))).
    rewrite (sum_ext V _ (fun x => p x * (d x)^2 + p x * (INR m * (p i * (1 - p i))))).
    + rewrite sum_plus, S2, sum_scal_r, (proj2 Hp), S_INR; ring.
    + intros x _.
      rewrite (samples_ext m _ (fun l => ((d x)^2 + 2 * d x * (occurrences i l - INR m * p i)) + (occurrences i l - INR m * p i)^2)) by (intros; rewrite E; ring).
      rewrite samples_plus, samples_plus, samples_const, (samples_scal V p m (2 * d x)), IH1, IH2; ring.
Qed.

(** For every c > 0, |x| <= x^2/(2c) + c/2. *)
Lemma abs_le_square x c : 0 < c -> Rabs x <= x^2 / (2 * c) + c / 2.
Proof.
  intros Hc; assert (Q := pow2_ge_0 (Rabs x - c)); assert (E : (Rabs x)^2 = x^2) by apply pow2_abs.
  assert (X : 0 <= (Rabs x - c)^2 / (2 * c)) by (apply Rmult_le_pos; [exact Q|apply Rlt_le, Rinv_0_lt_compat; lra]).
  replace ((Rabs x - c)^2 / (2 * c)) with ((Rabs x)^2 / (2 * c) - Rabs x + c / 2) in X by (field; lra); rewrite E in X; lra.
Qed.

Lemma mean_absolute_count i m : (i < V)%nat -> (0 < m)%nat ->
  samples V p m (fun l => Rabs (occurrences i l / INR m - p i)) <= sqrt (p i * (1 - p i) / INR m).
Proof.
  intros Hi Hm; assert (Pm : 0 < INR m) by (apply lt_0_INR, Hm); destruct (centred_moments i m Hi) as [_ M2].
  assert (U0 := proj1 Hp i Hi); assert (U1 := law_le_1 V p i Hp Hi).
  set (v := p i * (1 - p i) / INR m).
  assert (Hv : 0 <= v) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply Rlt_le, Rinv_0_lt_compat, Pm]).
  assert (B : forall c, 0 < c -> samples V p m (fun l => Rabs (occurrences i l / INR m - p i)) <= v / (2 * c) + c / 2).
  { intros c Hc; apply Rle_trans with (samples V p m (fun l => / (2 * c * (INR m)^2) * (occurrences i l - INR m * p i)^2 + c / 2)).
    - apply (samples_le V p Hp); intros l _; apply Rle_trans with (1 := abs_le_square _ c Hc); right; field; lra.
    - rewrite samples_plus, samples_const, samples_scal, M2; right; unfold v; field; lra. }
  destruct Hv as [Pv|Zv].
  - apply Rle_trans with (1 := B (sqrt v) (sqrt_lt_R0 v Pv)).
    assert (S := sqrt_sqrt v ltac:(lra)); assert (P := sqrt_lt_R0 v Pv); set (r := sqrt v) in *; rewrite <- S; right; field; lra.
  - rewrite <- Zv in *; rewrite sqrt_0; apply Rnot_lt_le; intros N.
    set (a := samples V p m (fun l => Rabs (occurrences i l / INR m - p i))) in *.
    assert (X := B a N); unfold Rdiv in X; rewrite Rmult_0_l in X; lra.
Qed.

(** m sampled tokens: E TV(empirical law, p) <= sqrt((V - 1)/m)/2. *)
(* claim: access:text-rate (independent draws) *)
Theorem text_rate_independent m : (0 < m)%nat ->
  samples V p m (fun l => TV V (fun i => occurrences i l / INR m) p) <= sqrt ((INR V - 1) / INR m) / 2.
Proof.
  intros Hm; assert (Pm : 0 < INR m) by (apply lt_0_INR, Hm); assert (HV := law_not_empty V p Hp).
  assert (PV : 0 < INR V) by (apply lt_0_INR, HV); assert (V1 : 1 <= INR V) by (apply (le_INR 1); lia).
  set (s := fun i => sqrt (p i * (1 - p i) / INR m)).
  assert (U : forall i, (i < V)%nat -> 0 <= p i * (1 - p i) / INR m).
  { intros i Hi; assert (A := proj1 Hp i Hi); assert (B := law_le_1 V p i Hp Hi).
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply Rlt_le, Rinv_0_lt_compat, Pm]. }
  apply Rle_trans with (/ 2 * sum V s).
  - rewrite (samples_ext m _ (fun l => / 2 * sum V (fun i => Rabs (occurrences i l / INR m - p i)))) by (intros; unfold TV, l1, Rdiv; ring).
    rewrite samples_scal, samples_sum; apply Rmult_le_compat_l; [lra|]; apply sum_le; intros i Hi; apply mean_absolute_count; assumption.
  - assert (X : sum V s <= sqrt ((INR V - 1) / INR m)); [|lra].
    assert (S0 : 0 <= sum V s) by (apply sum_nonneg; intros; apply sqrt_pos).
    rewrite <- (sqrt_pow2 (sum V s)) by exact S0; apply sqrt_le_1_alt.
    apply Rle_trans with (1 := square_of_total V s).
    rewrite (sum_ext V (fun i => (s i)^2) (fun i => / INR m * (p i - (p i)^2))).
    + rewrite sum_scal, sum_minus, (proj2 Hp).
      assert (Q := square_of_total V p); rewrite (proj2 Hp) in Q.
      set (w := sum V (fun i => (p i)^2)) in *; unfold Rdiv.
      replace (INR V * (/ INR m * (1 - w))) with ((INR V - INR V * w) * / INR m) by ring.
      apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat, Pm|lra].
    + intros i Hi; unfold s; rewrite <- Rsqr_pow2, Rsqr_sqrt by (apply U, Hi); unfold Rdiv; ring.
Qed.
End Empirical.
