(** Multi-stage paths: stage sums, the temperature path, logit length, floors, anchored paths. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening power hoeffding.
Open Scope R_scope.

Lemma divergence_ext V p p' q q' :
  (forall i, (i < V)%nat -> p i = p' i) -> (forall i, (i < V)%nat -> q i = q' i) ->
  divergence V p q = divergence V p' q'.
Proof. intros Hp Hq; apply sum_ext; intros i Hi; rewrite (Hp i Hi), (Hq i Hi); reflexivity. Qed.

(** A path in a space with a distance, L-Lipschitz on [0,1], in n equal stages: cost <= c step^2 per
    stage adds up to at most c L^2/n. *)
(* claim: path:quadratic-stages *)
Theorem quadratic_stages (X : Type) (dist : X -> X -> R) (gamma : R -> X) (cost : nat -> R) n c L :
  (0 < n)%nat -> 0 <= c ->
  (forall s t, 0 <= s <= 1 -> 0 <= t <= 1 -> 0 <= dist (gamma s) (gamma t) <= L * Rabs (t - s)) ->
  (forall k, (k < n)%nat -> cost k <= c * (dist (gamma (INR k / INR n)) (gamma (INR (S k) / INR n)))^2) ->
  sum n cost <= c * L^2 / INR n.
Proof.
  intros Hn Hc HL H; assert (P : 0 < INR n) by (apply lt_0_INR, Hn).
  apply Rle_trans with (sum n (fun _ => c * (L / INR n)^2)).
  - apply sum_le; intros k Hk; apply Rle_trans with (1 := H k Hk), Rmult_le_compat_l; [exact Hc|].
    assert (Hk' : INR k + 1 <= INR n) by (rewrite <- S_INR; apply le_INR; lia).
    assert (K0 := pos_INR k).
    assert (U : forall x, 0 <= x -> x <= INR n -> 0 <= x / INR n <= 1).
    { intros x A B; split; [apply Rmult_le_pos; [exact A|apply Rlt_le, Rinv_0_lt_compat, P]|].
      apply Rmult_le_reg_r with (INR n); [exact P|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra. }
    assert (B := HL (INR k / INR n) (INR (S k) / INR n) (U _ K0 ltac:(lra)) (U (INR (S k)) ltac:(rewrite S_INR; lra) ltac:(rewrite S_INR; lra))).
    apply pow_incr; replace (L / INR n) with (L * Rabs (INR (S k) / INR n - INR k / INR n)); [exact B|].
    replace (INR (S k) / INR n - INR k / INR n) with (/ INR n) by (rewrite S_INR; field; lra).
    rewrite Rabs_right by (apply Rle_ge, Rlt_le, Rinv_0_lt_compat, P); reflexivity.
  - rewrite sum_const; right; field; lra.
Qed.

(** Equality at constant speed: the bound is tight for every n. *)
(* claim: path:quadratic-stages (tight) *)
Theorem quadratic_stages_tight n c L : (0 < n)%nat ->
  sum n (fun k => c * (Rabs (L * (INR (S k) / INR n) - L * (INR k / INR n)))^2) = c * L^2 / INR n.
Proof.
  intros Hn; assert (P : 0 < INR n) by (apply lt_0_INR, Hn).
  rewrite (sum_ext n _ (fun _ => c * (L / INR n)^2)); [rewrite sum_const; field; lra|].
  intros k _; rewrite pow2_abs, S_INR; field; lra.
Qed.

(** With a cost proportional to the step the total is c |L| for every n: it does not fall. *)
(* claim: path:first-order-stages *)
Theorem first_order_stages n c L : (0 < n)%nat ->
  sum n (fun k => c * Rabs (L * (INR (S k) / INR n) - L * (INR k / INR n))) = c * Rabs L.
Proof.
  intros Hn; assert (P : 0 < INR n) by (apply lt_0_INR, Hn).
  rewrite (sum_ext n _ (fun _ => c * (Rabs L / INR n))); [rewrite sum_const; field; lra|].
  intros k _; replace (L * (INR (S k) / INR n) - L * (INR k / INR n)) with (L / INR n) by (rewrite S_INR; field; lra).
  unfold Rdiv; rewrite Rabs_mult, (Rabs_right (/ INR n)); [reflexivity|].
  apply Rle_ge, Rlt_le, Rinv_0_lt_compat, P.
Qed.

Definition staged_total (c L delta x : R) : R := c * L^2 / x + x * delta.

(** With a floor delta per stage the total is at least 2 L sqrt(c delta). *)
(* claim: path:floor *)
Theorem floor_bound c L delta x :
  0 < c -> 0 < L -> 0 < delta -> 0 < x -> 2 * L * sqrt (c * delta) <= staged_total c L delta x.
Proof.
  intros Hc HL Hd Hx; unfold staged_total.
  assert (S1 := sqrt_lt_R0 c Hc); assert (S2 := sqrt_lt_R0 delta Hd).
  assert (E1 := sqrt_sqrt c ltac:(lra)); assert (E2 := sqrt_sqrt delta ltac:(lra)).
  rewrite sqrt_mult by lra; set (a := sqrt c) in *; set (b := sqrt delta) in *.
  rewrite <- E1, <- E2.
  replace (a * a * L^2 / x + x * (b * b)) with (2 * L * (a * b) + (a * L - x * b)^2 / x) by (field; lra).
  assert (0 <= (a * L - x * b)^2 / x) by (apply Rmult_le_pos; [apply pow2_ge_0|apply Rlt_le, Rinv_0_lt_compat, Hx]).
  lra.
Qed.

(** The bound is attained at x = L sqrt(c/delta). *)
(* claim: path:floor (attained) *)
Theorem floor_attained c L delta :
  0 < c -> 0 < L -> 0 < delta -> staged_total c L delta (L * sqrt (c / delta)) = 2 * L * sqrt (c * delta).
Proof.
  intros Hc HL Hd; unfold staged_total.
  assert (S1 := sqrt_lt_R0 c Hc); assert (S2 := sqrt_lt_R0 delta Hd).
  rewrite sqrt_mult, sqrt_div by lra.
  assert (E1 := sqrt_sqrt c ltac:(lra)); assert (E2 := sqrt_sqrt delta ltac:(lra)).
  set (a := sqrt c) in *; set (b := sqrt delta) in *; rewrite <- E1, <- E2; field; lra.
Qed.

(** Not monotone: the total falls before that point and rises after it. *)
(* claim: path:floor (not monotone) *)
Theorem floor_not_monotone c L delta x y :
  0 < c -> 0 < L -> 0 < delta -> 0 < x -> x < y ->
  (y <= L * sqrt (c / delta) -> staged_total c L delta y < staged_total c L delta x) /\
  (L * sqrt (c / delta) <= x -> staged_total c L delta x < staged_total c L delta y).
Proof.
  intros Hc HL Hd Hx Hxy; unfold staged_total.
  assert (S1 := sqrt_lt_R0 c Hc); assert (S2 := sqrt_lt_R0 delta Hd).
  rewrite sqrt_div by lra.
  assert (E1 := sqrt_sqrt c ltac:(lra)); assert (E2 := sqrt_sqrt delta ltac:(lra)).
  set (a := sqrt c) in *; set (b := sqrt delta) in *; rewrite <- E1, <- E2.
  assert (D : a * a * L^2 / y + y * (b * b) - (a * a * L^2 / x + x * (b * b)) = (y - x) * (x * y * (b * b) - a * a * L^2) / (x * y)) by (field; lra).
  assert (Pxy : 0 < x * y) by nra.
  assert (Q : forall t, L * (a / b) = t -> a * L = t * b) by (intros t <-; field; lra).
  assert (F := Q _ eq_refl); set (t := L * (a / b)) in *.
  assert (E : a * a * L^2 = t * t * (b * b)) by (replace (a * a * L^2) with ((a * L) * (a * L)) by ring; rewrite F; ring).
  rewrite E in *; assert (Pb : 0 < b * b) by nra; split; intros H.
  - assert (X : (y - x) * (x * y * (b * b) - t * t * (b * b)) / (x * y) < 0); [|lra].
    assert (x * y < t * t) by nra.
    apply Ropp_lt_cancel; rewrite Ropp_0.
    replace (- ((y - x) * (x * y * (b * b) - t * t * (b * b)) / (x * y))) with ((y - x) * ((t * t - x * y) * (b * b)) / (x * y)) by (field; lra).
    apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra]|exact Pxy].
  - assert (Pt : 0 < t) by (unfold t; apply Rmult_lt_0_compat; [exact HL|apply Rdiv_lt_0_compat; assumption]).
    assert (X : 0 < (y - x) * (x * y * (b * b) - t * t * (b * b)) / (x * y)); [|lra].
    assert (t * t < x * y) by nra.
    replace (x * y * (b * b) - t * t * (b * b)) with ((x * y - t * t) * (b * b)) by ring.
    apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra]|exact Pxy].
Qed.

(** One step of the temperature path: KL <= (b' - b)^2 R^2/8, R the spread of log p. *)
Lemma temperature_step V p b b' : (0 < V)%nat -> positive V p ->
  divergence V (power V (/ b) p) (power V (/ b') p) <= (b' - b)^2 * (range V (fun i => ln (p i)))^2 / 8.
Proof.
  intros HV P; rewrite (divergence_ext V _ (softmax V (fun i => b * ln (p i))) _ (softmax V (fun i => b' * ln (p i)))).
  - apply Rle_trans with (1 := softmax_kl_bound V _ _ HV); apply Rmult_le_compat_r; [lra|].
    rewrite <- Rpow_mult_distr; destruct (Rle_dec b' b) as [H|H].
    + rewrite (range_affine V (fun i => ln (p i)) _ (b - b') 0) by (intros; try lra; ring); right; ring.
    + rewrite <- range_opp, (range_affine V (fun i => ln (p i)) _ (b' - b) 0) by (intros; try lra; ring); right; ring.
  - intros i Hi; rewrite power_softmax, Rinv_inv by assumption; reflexivity.
  - intros i Hi; rewrite power_softmax, Rinv_inv by assumption; reflexivity.
Qed.

(** The power path from inverse temperature b0 to b1 in n equal steps: the stage sum of KL is at most
    (b1 - b0)^2 R^2/(8 n), R = log (p_max / p_min). *)
(* claim: path:temperature *)
Theorem temperature_path V p n b0 b1 :
  (0 < n)%nat -> (0 < V)%nat -> positive V p -> 0 < b0 -> 0 < b1 ->
  let b := fun k => b0 + INR k / INR n * (b1 - b0) in
  sum n (fun k => divergence V (power V (/ b k) p) (power V (/ b (S k)) p))
  <= (b1 - b0)^2 * (range V (fun i => ln (p i)))^2 / (8 * INR n).
Proof.
  intros Hn HV P _ _ b; assert (Pn : 0 < INR n) by (apply lt_0_INR, Hn).
  apply Rle_trans with (sum n (fun _ => ((b1 - b0) / INR n)^2 * (range V (fun i => ln (p i)))^2 / 8)).
  - apply sum_le; intros k _; apply Rle_trans with (1 := temperature_step V p _ _ HV P); right.
    unfold b; rewrite S_INR; field; lra.
  - rewrite sum_const; right; field; lra.
Qed.

(** Softening moves a positive law by KL(p, power_T p) <= (1 - 1/T)^2 R^2/8. *)
(* claim: bv:softening-bias (power, KL) *)
Theorem power_bias V T p : law V p -> positive V p ->
  divergence V p (power V T p) <= (1 - / T)^2 * (range V (fun i => ln (p i)))^2 / 8.
Proof.
  intros L P; assert (H := temperature_step V p 1 (/ T) (law_not_empty V p L) P).
  rewrite Rinv_1, Rinv_inv in H.
  rewrite (divergence_ext V (power V 1 p) p (power V T p) (power V T p)) in H by (intros; try apply power_identity; trivial).
  replace ((1 - / T)^2) with ((/ T - 1)^2) by ring; exact H.
Qed.

(** and by TV <= |1 - 1/T| R/4. *)
(* claim: bv:softening-bias (power, TV) *)
Theorem power_bias_tv V T p : law V p -> positive V p ->
  TV V p (power V T p) <= Rabs (1 - / T) * range V (fun i => ln (p i)) / 4.
Proof.
  intros L P; assert (B := power_bias V T p L P).
  assert (K := pinsker V p (power V T p) L (power_simplex V T p L)
    (positive_supported V p _ (fun i Hi => power_positive V T p i L (P i Hi)))).
  set (r := range V (fun i => ln (p i))) in *; assert (R0 : 0 <= r) by apply range_nonneg.
  assert (A := Rabs_pos (1 - / T)).
  apply Rsqr_incr_0_var; [|apply Rmult_le_pos; [apply Rmult_le_pos; assumption|lra]].
  unfold Rsqr; replace (Rabs (1 - / T) * r / 4 * (Rabs (1 - / T) * r / 4)) with ((Rabs (1 - / T))^2 * r^2 / 16) by field.
  rewrite pow2_abs; simpl in *; lra.
Qed.

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

(** Anchored paths p_(k+1) = (1 - a_k) p_k + a_k t. *)
Fixpoint anchored (a : nat -> R) (t p : nat -> R) (k : nat) : nat -> R :=
  match k with O => p | S m => fun i => (1 - a m) * anchored a t p m i + a m * t i end.
Fixpoint product (n : nat) (f : nat -> R) : R :=
  match n with O => 1 | S m => product m f * f m end.

Lemma anchored_law V a t p k :
  (forall m, 0 <= a m <= 1) -> law V t -> law V p -> law V (anchored a t p k).
Proof. intros Ha Ht Hp; induction k as [|k IH]; simpl; [exact Hp|apply mixture_law; auto]. Qed.

Lemma anchored_supported V a t p k :
  (forall m, 0 <= a m <= 1) -> law V t -> law V p -> supported V t p -> supported V t (anchored a t p k).
Proof.
  intros Ha Ht Hp S; induction k as [|k IH]; simpl; [exact S|]; intros i Hi E.
  assert (A := Ha k); assert (P := proj1 (anchored_law V a t p k Ha Ht Hp) i Hi); assert (Q := proj1 Ht i Hi).
  assert (X : 0 <= (1 - a k) * anchored a t p k i) by (apply Rmult_le_pos; lra).
  assert (Y : 0 <= a k * t i) by (apply Rmult_le_pos; lra).
  destruct (Req_dec (a k) 0) as [Z|N].
  - apply (IH i Hi); rewrite Z in E; lra.
  - assert (F : a k * t i = 0) by lra; apply Rmult_integral in F; destruct F; [contradiction|assumption].
Qed.

(** Every anchored step keeps at most the share 1 - a_k of KL(t, p_k). *)
(* claim: path:anchored (any schedule) *)
Theorem anchored_schedule V a t p n :
  (forall m, 0 <= a m <= 1) -> law V t -> law V p -> supported V t p ->
  divergence V t (anchored a t p n) <= product n (fun k => 1 - a k) * divergence V t p.
Proof.
  intros Ha Ht Hp S; induction n as [|n IH]; simpl; [lra|].
  assert (L := anchored_law V a t p n Ha Ht Hp); assert (Sn := anchored_supported V a t p n Ha Ht Hp S).
  assert (C := divergence_jointly_convex V (a n) t t (anchored a t p n) t (Ha n) Ht Ht L Ht Sn ltac:(intros i _ E; exact E)).
  replace (divergence V t t) with 0 in C by (symmetry; apply sum_zero; intros; apply term_same).
  rewrite (divergence_ext V _ t _ (anchored a t p (Datatypes.S n))) in C by (intros; simpl; ring).
  simpl in C; assert (A := Ha n).
  assert ((1 - a n) * divergence V t (anchored a t p n) <= (1 - a n) * (product n (fun k => 1 - a k) * divergence V t p)) by (apply Rmult_le_compat_l; lra).
  lra.
Qed.

(** Constant anchor: KL(t, p_k) <= (1 - a)^k KL(t, p_0). *)
(* claim: path:anchored *)
Theorem anchored_constant V a t p k :
  0 <= a <= 1 -> law V t -> law V p -> supported V t p ->
  divergence V t (anchored (fun _ => a) t p k) <= (1 - a)^k * divergence V t p.
Proof.
  intros Ha Ht Hp S; assert (H := anchored_schedule V (fun _ => a) t p k (fun _ => Ha) Ht Hp S).
  replace ((1 - a)^k) with (product k (fun _ => 1 - a)); [exact H|].
  clear; induction k as [|k IH]; simpl; [reflexivity|rewrite IH; ring].
Qed.

Lemma harmonic_schedule m : 0 <= / (INR m + 2) <= 1.
Proof.
  assert (P := pos_INR m); split; [apply Rlt_le, Rinv_0_lt_compat; lra|].
  rewrite <- Rinv_1; apply Rinv_le_contravar; lra.
Qed.

(** Falling anchor, stages counted from 1, a_k = 1/(k+1): KL(t, p_n) <= KL(t, p_0)/(n+1).
    (With stages counted from 0 the same formula has a_0 = 1 and jumps to t at once.) *)
(* claim: path:anchored (harmonic) *)
Theorem anchored_harmonic V t p n :
  law V t -> law V p -> supported V t p ->
  divergence V t (anchored (fun m => / (INR m + 2)) t p n) <= divergence V t p / (INR n + 1).
Proof.
  intros Ht Hp S; apply Rle_trans with (1 := anchored_schedule V (fun m => / (INR m + 2)) t p n harmonic_schedule Ht Hp S).
  replace (product n (fun k => 1 - / (INR k + 2))) with (/ (INR n + 1)); [right; unfold Rdiv; ring|].
  clear; induction n as [|n IH]; [simpl; field|].
  simpl product; rewrite <- IH, S_INR; assert (P := pos_INR n); field; lra.
Qed.

(** Stage sums that vanish say nothing about KL(teacher, last student): on the two-class path with
    logits (k/n, 0) the stage sum is at most 1/(8n) while the end-to-end divergence is one positive number. *)
(* refutes: path:end-to-end *)
Theorem end_to_end_fixed :
  let gamma := fun s => softmax 2 (fun i => match i with O => s | _ => 0 end) in
  0 < divergence 2 (gamma 0) (gamma 1) /\
  forall n, (0 < n)%nat ->
    sum n (fun k => divergence 2 (gamma (INR k / INR n)) (gamma (INR (S k) / INR n))) <= / (8 * INR n) /\
    divergence 2 (gamma (INR 0 / INR n)) (gamma (INR n / INR n)) = divergence 2 (gamma 0) (gamma 1).
Proof.
  intros gamma.
  assert (Lg : forall s, law 2 (gamma s)) by (intros; apply softmax_law; lia).
  assert (Pg : forall s, positive 2 (gamma s)) by (intros s i Hi; apply softmax_positive, Hi).
  split.
  - assert (G := divergence_nonneg 2 _ _ (Lg 0) (Lg 1) (positive_supported 2 _ _ (Pg 1))).
    destruct G as [G|G]; [exact G|].
    assert (K : KL 2 (gamma 0) (gamma 1) = Rbar.Finite 0) by (rewrite KL_finite by apply positive_supported, Pg; rewrite <- G; reflexivity).
    apply (proj1 (gibbs_equality 2 _ _ (Lg 0) (Lg 1))) with (i := 0%nat) in K; [|lia].
    unfold gamma, softmax, normalise in K; simpl in K; rewrite exp_0 in K.
    assert (E := exp_ineq1 1 ltac:(lra)).
    assert (X : exp 1 / (0 + exp 1 + 1) * (2 * (exp 1 + 1)) = 2 * exp 1) by (field; lra).
    rewrite <- K in X; replace (1 / (0 + 1 + 1) * (2 * (exp 1 + 1))) with (exp 1 + 1) in X by field; lra.
  - intros n Hn; assert (Pn : 0 < INR n) by (apply lt_0_INR, Hn); split.
    + apply Rle_trans with (sum n (fun _ => (/ INR n)^2 / 8)).
      * apply sum_le; intros k _; apply Rle_trans with (1 := softmax_kl_bound 2 _ _ ltac:(lia)).
        apply Rmult_le_compat_r; [lra|]; apply pow_incr; split; [apply range_nonneg|].
        apply range_bound; [apply Rlt_le, Rinv_0_lt_compat, Pn|].
        assert (Q := Rinv_0_lt_compat _ Pn).
        assert (D : INR (S k) / INR n = INR k / INR n + / INR n) by (rewrite S_INR; field; lra).
        intros [|i] [|j] _ _; cbv beta iota; rewrite ?D; lra.
      * rewrite sum_const; right; field; lra.
    + replace (INR 0 / INR n) with 0 by (simpl; field; lra).
      replace (INR n / INR n) with 1 by (field; lra); reflexivity.
Qed.
