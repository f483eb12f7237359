(** Draws described by their moments alone, on any finite space of outcomes: empirical laws and finite classes. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence hoeffding bias_variance.
Open Scope R_scope.

Lemma square_of_total n f : (sum n f)^2 <= INR n * sum n (fun i => (f i)^2).
Proof.
  assert (C := cauchy_schwarz n (fun _ => 1) (fun _ => 1) f (fun _ _ => Rle_0_1)); cbv beta in C.
  rewrite (sum_ext n (fun i => 1 * (1 * f i)) f), (sum_ext n (fun _ => 1 * 1 ^ 2) (fun _ => 1)), sum_const, Rmult_1_r,
    (sum_ext n (fun i => 1 * (f i)^2) (fun i => (f i)^2)) in C by (intros; ring).
  exact C.
Qed.

Lemma power_below_exp e n : e <= 1 -> (1 - e)^n <= exp (- (INR n * e)).
Proof.
  intros H; induction n as [|n IH]; [simpl; rewrite Rmult_0_l, Ropp_0, exp_0; lra|].
  rewrite S_INR; replace (- ((INR n + 1) * e)) with (- e + - (INR n * e)) by ring; rewrite exp_plus; simpl.
  apply Rmult_le_compat; [lra|apply pow_le; lra| |exact IH].
  assert (X := exp_ineq1_le (- e)); lra.
Qed.

Lemma exp_le a b : a <= b -> exp a <= exp b.
Proof. intros [H|H]; [left; apply exp_increasing, H|right; rewrite H; reflexivity]. Qed.

Lemma exp_power a m : (exp a)^m = exp (INR m * a).
Proof.
  induction m as [|m IH]; [simpl; rewrite Rmult_0_l, exp_0; reflexivity|].
  rewrite S_INR; simpl pow; rewrite IH, <- exp_plus; f_equal; ring.
Qed.

(** 1 - e + e exp(u) <= exp(u e + u^2/8) for u of either sign. *)
Lemma bernoulli_moment e u : 0 <= e <= 1 -> 1 - e + e * exp u <= exp (u * e + u^2 / 8).
Proof.
  intros He; assert (K : forall g h, 0 <= g <= 1 -> 0 <= h -> 1 - g + g * exp h <= exp (h * g + h^2 / 8)).
  { intros g h Hg Hh; assert (B := binary_hoeffding g Hg h Hh); assert (P := denominator_positive g Hg h).
    rewrite <- (exp_ln _ P) at 1; apply exp_le; lra. }
  destruct (Rle_dec 0 u) as [U|U]; [apply K; assumption|].
  assert (B := K (1 - e) (- u) ltac:(lra) ltac:(lra)); apply (Rmult_le_compat_l (exp u)) in B; [|apply Rlt_le, exp_pos].
  rewrite <- exp_plus in B; replace (u + (- u * (1 - e) + (- u)^2 / 8)) with (u * e + u^2 / 8) in B by field.
  replace (exp u * (1 - (1 - e) + (1 - e) * exp (- u))) with (1 - e + e * exp u) in B; [exact B|].
  rewrite exp_Ropp; field; apply Rgt_not_eq, exp_pos.
Qed.

Section Draws.
Variables (N : nat) (w : nat -> R).
Hypothesis Hw : law N w.

Notation E := (expectation N w).

Lemma expectation_le f g : surely N w (fun o => f o <= g o) -> E f <= E g.
Proof.
  intros H; apply sum_le; intros o Ho; destruct (proj1 Hw o Ho) as [P|<-]; [|lra].
  apply Rmult_le_compat_l; [lra|apply H; assumption].
Qed.

(** Jensen for the modulus: E|X| <= sqrt(v) where E X^2 = v. *)
Lemma mean_modulus X v : E (fun o => (X o)^2) = v -> E (fun o => Rabs (X o)) <= sqrt v.
Proof.
  intros Hv; assert (C := cauchy_schwarz N w (fun _ => 1) (fun o => Rabs (X o)) (proj1 Hw)); cbv beta in C.
  rewrite (sum_ext N (fun o => w o * (1 * Rabs (X o))) (fun o => w o * Rabs (X o))) in C by (intros; ring).
  rewrite (sum_ext N (fun o => w o * 1^2) w), (proj2 Hw), Rmult_1_l in C by (intros; ring).
  rewrite (sum_ext N (fun o => w o * (Rabs (X o))^2) (fun o => w o * (X o)^2)) in C by (intros; rewrite pow2_abs; reflexivity).
  fold (E (fun o => (X o)^2)) in C; rewrite Hv in C; fold (E (fun o => Rabs (X o))) in C.
  assert (P : 0 <= E (fun o => Rabs (X o))) by (apply sum_nonneg; intros o Ho; apply Rmult_le_pos; [apply Hw, Ho|apply Rabs_pos]).
  rewrite <- (sqrt_pow2 (E (fun o => Rabs (X o)))) by exact P; apply sqrt_le_1_alt, C.
Qed.

(** The mean of m draws with mean c that are pairwise uncorrelated with second moment c^2 + v differs from c by v/m in mean square. *)
Lemma mean_square_error m X c v : (0 < m)%nat ->
  (forall k, (k < m)%nat -> E (X k) = c) ->
  (forall k l, (k < m)%nat -> (l < m)%nat -> E (fun o => X k o * X l o) = c^2 + (if Nat.eq_dec k l then v else 0)) ->
  E (fun o => (c - sum m (fun k => X k o) / INR m)^2) = v / INR m.
Proof.
  intros Hm H1 H2; assert (P : 0 < INR m) by (apply lt_0_INR, Hm).
  assert (M1 : E (fun o => sum m (fun k => X k o)) = INR m * c).
  { rewrite expectation_sum, <- sum_const; apply sum_ext, H1. }
  assert (M2 : E (fun o => (sum m (fun k => X k o))^2) = INR m * (INR m * c^2 + v)).
  { rewrite (expectation_ext N w _ (fun o => sum m (fun k => sum m (fun l => X k o * X l o)))).
    - rewrite expectation_sum, <- sum_const; apply sum_ext; intros k Hk.
      rewrite expectation_sum, (sum_ext m _ (fun l => c^2 + (if Nat.eq_dec l k then v else 0))).
      + rewrite sum_plus, sum_const, sum_single by exact Hk; ring.
      + intros l Hl; rewrite H2 by assumption; destruct (Nat.eq_dec k l), (Nat.eq_dec l k); subst; try reflexivity; contradiction.
    - intros o _; rewrite sum_product; ring. }
  rewrite (expectation_ext N w _ (fun o => c^2 - (2 * c / INR m) * sum m (fun k => X k o) + (/ INR m)^2 * (sum m (fun k => X k o))^2)) by (intros; field; lra).
  rewrite expectation_plus, expectation_minus, expectation_const, !expectation_scal, M1, M2 by exact Hw; field; lra.
Qed.

(** m draws of V indicators, each with mean p_i and uncorrelated with the others: E TV(empirical law, p) <= sqrt((V - 1)/m)/2. *)
(* claim: access:text-rate *)
Theorem text_rate V m p (B : nat -> nat -> nat -> R) :
  (0 < m)%nat -> sum V p = 1 ->
  (forall k i, (k < m)%nat -> (i < V)%nat -> E (B k i) = p i) ->
  (forall k l i, (k < m)%nat -> (l < m)%nat -> (i < V)%nat ->
    E (fun o => B k i o * B l i o) = (p i)^2 + (if Nat.eq_dec k l then p i * (1 - p i) else 0)) ->
  E (fun o => sum V (fun i => Rabs (p i - sum m (fun k => B k i o) / INR m))) / 2 <= sqrt ((INR V - 1) / INR m) / 2.
Proof.
  intros Hm Hp H1 H2; assert (P : 0 < INR m) by (apply lt_0_INR, Hm).
  apply Rmult_le_compat_r; [lra|]; rewrite expectation_sum.
  set (s := fun i => sqrt (p i * (1 - p i) / INR m)).
  assert (M : forall i, (i < V)%nat -> E (fun o => (p i - sum m (fun k => B k i o) / INR m)^2) = p i * (1 - p i) / INR m).
  { intros i Hi; apply (mean_square_error m (fun k => B k i)); [exact Hm|intros; apply H1; assumption|intros; apply H2; assumption]. }
  apply Rle_trans with (sum V s); [apply sum_le; intros i Hi; apply mean_modulus, M, Hi|].
  assert (S0 : 0 <= sum V s) by (apply sum_nonneg; intros; apply sqrt_pos).
  rewrite <- (sqrt_pow2 (sum V s)) by exact S0; apply sqrt_le_1_alt.
  apply Rle_trans with (1 := square_of_total V s).
  rewrite (sum_ext V (fun i => (s i)^2) (fun i => / INR m * (p i - (p i)^2))).
  - rewrite sum_scal, sum_minus, Hp; assert (Q := square_of_total V p); rewrite Hp in Q.
    set (q := sum V (fun i => (p i)^2)) in *; unfold Rdiv.
    replace (INR V * (/ INR m * (1 - q))) with ((INR V - INR V * q) * / INR m) by ring.
    apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat, P|lra].
  - intros i Hi; unfold s; rewrite <- Rsqr_pow2, Rsqr_sqrt; [field; lra|].
    rewrite <- (M i Hi); apply sum_nonneg; intros o Ho; apply Rmult_le_pos; [apply Hw, Ho|apply pow2_ge_0].
Qed.

(** Perfect case: C_j survives while hypothesis j makes no mistake M_j, whose mean given the past is e_j; with n >= (ln g + ln 1/delta)/eps
    the expected number of bad hypotheses that survive n draws is at most delta. *)
(* claim: tree:finite-class *)
Theorem finite_class_moments g n eps delta e b (C M : nat -> nat -> nat -> R) (H : nat -> nat -> R) :
  (0 < g)%nat -> 0 < eps -> 0 < delta -> (ln (1 / delta) + ln (INR g)) / eps <= INR n ->
  (forall j, (j < g)%nat -> e j <= 1) ->
  (forall j, (j < g)%nat -> surely N w (fun o => C j 0%nat o = 1)) ->
  (forall j k, (j < g)%nat -> (k < n)%nat -> surely N w (fun o => C j (S k) o = (1 - M j k o) * C j k o)) ->
  (forall j k, (j < g)%nat -> (k < n)%nat -> E (fun o => C j k o * M j k o) = E (C j k) * e j) ->
  (forall j, (j < g)%nat -> surely N w (fun o => H j o <= C j n o)) ->
  (forall j, (j < g)%nat -> b j = 0 \/ (b j = 1 /\ eps <= e j)) ->
  E (fun o => sum g (fun j => H j o * b j)) <= delta.
Proof.
  intros Hg He Hd Hn He1 C0 CS CM HC Hb; assert (PG : 0 < INR g) by (apply lt_0_INR, Hg).
  assert (X : ln (INR g) + ln (1 / delta) <= INR n * eps).
  { apply Rmult_le_reg_r with (/ eps); [apply Rinv_0_lt_compat, He|].
    replace (INR n * eps * / eps) with (INR n) by (field; lra); unfold Rdiv in *; lra. }
  rewrite expectation_sum; apply Rle_trans with (sum g (fun _ => delta / INR g)); [|rewrite sum_const; right; field; lra].
  assert (D : 0 <= delta / INR g) by (apply Rlt_le, Rdiv_lt_0_compat; assumption).
  apply sum_le; intros j Hj; destruct (Hb j Hj) as [Z|[O B]].
  - rewrite (expectation_ext N w _ (fun _ => 0)) by (intros; rewrite Z; ring); rewrite expectation_const by exact Hw; exact D.
  - assert (Q : forall k, (k <= n)%nat -> E (C j k) = (1 - e j)^k).
    { induction k as [|k IH]; intros Hk; simpl.
      - rewrite (expectation_surely N w _ (fun _ => 1) Hw) by (apply C0, Hj); apply expectation_const, Hw.
      - rewrite (expectation_surely N w _ (fun o => C j k o - C j k o * M j k o) Hw).
        + rewrite expectation_minus, CM, IH by (try exact Hj; lia); ring.
        + intros o Ho Po; rewrite (CS j k Hj ltac:(lia) o Ho Po); ring. }
    apply Rle_trans with (E (C j n)); [apply expectation_le; intros o Ho Po; rewrite O, Rmult_1_r; apply HC; assumption|].
    rewrite Q by lia; apply Rle_trans with (1 := power_below_exp (e j) n (He1 j Hj)).
    apply Rle_trans with (exp (- (ln (INR g) + ln (1 / delta)))).
    + apply exp_le; assert (Z := pos_INR n); nra.
    + rewrite exp_Ropp, exp_plus, !exp_ln by (try apply Rdiv_lt_0_compat; lra); right; field; lra.
Qed.

(** Agnostic case: S_j counts the mistakes of j, H_j may be 1 only where j makes no more of them than h; with n >= 2 ln(2 g/delta)/eps^2 the
    expected number of hypotheses worse than h by eps or more that H admits is at most delta/2. *)
(* claim: tree:finite-class/agnostic *)
Theorem finite_class_agnostic_moments g n h eps delta e b (S M : nat -> nat -> nat -> R) (H : nat -> nat -> R) :
  (h < g)%nat -> 0 < eps -> 0 < delta -> 2 * ln (2 * INR g / delta) / eps^2 <= INR n ->
  (forall j, (j < g)%nat -> 0 <= e j <= 1) ->
  (forall j, (j < g)%nat -> surely N w (fun o => S j 0%nat o = 0)) ->
  (forall j k, (j < g)%nat -> (k < n)%nat -> surely N w (fun o => S j (Datatypes.S k) o = M j k o + S j k o)) ->
  (forall j k, (j < g)%nat -> (k < n)%nat -> surely N w (fun o => M j k o = 0 \/ M j k o = 1)) ->
  (forall j k u, (j < g)%nat -> (k < n)%nat -> E (fun o => exp (u * S j k o) * M j k o) = E (fun o => exp (u * S j k o)) * e j) ->
  (forall j, (j < g)%nat -> surely N w (fun o => H j o = 0 \/ (H j o = 1 /\ S j n o <= S h n o))) ->
  (forall j, (j < g)%nat -> b j = 0 \/ (b j = 1 /\ eps + e h <= e j)) ->
  E (fun o => sum g (fun j => H j o * b j)) <= delta / 2.
Proof.
  intros Hh He Hd Hn E01 S0 SS MM EM HS Hb; assert (PG : 0 < INR g) by (apply lt_0_INR; lia); assert (P2 : 0 < eps^2) by (apply pow_lt, He).
  assert (Q : forall j u, (j < g)%nat -> E (fun o => exp (u * S j n o)) <= exp (INR n * (u * e j + u^2 / 8))).
  { intros j u Hj; assert (I : forall k, (k <= n)%nat -> E (fun o => exp (u * S j k o)) = (1 - e j + e j * exp u)^k).
    { induction k as [|k IH]; intros Hk; simpl.
      - rewrite (expectation_surely N w _ (fun _ => 1) Hw); [apply expectation_const, Hw|].
        intros o Ho Po; rewrite (S0 j Hj o Ho Po), Rmult_0_r; apply exp_0.
      - rewrite (expectation_surely N w _ (fun o => exp (u * S j k o) + (exp u - 1) * (exp (u * S j k o) * M j k o)) Hw).
        + rewrite expectation_plus, expectation_scal, EM, IH by (try exact Hj; lia); ring.
        + intros o Ho Po; rewrite (SS j k Hj ltac:(lia) o Ho Po), Rmult_plus_distr_l, exp_plus.
          destruct (MM j k Hj ltac:(lia) o Ho Po) as [->| ->]; [rewrite Rmult_0_r, exp_0; ring|rewrite Rmult_1_r; ring]. }
    rewrite I by lia; assert (X := bernoulli_moment (e j) u (E01 j Hj)).
    replace (exp (INR n * (u * e j + u^2 / 8))) with ((exp (u * e j + u^2 / 8))^n).
    - apply pow_incr; split; [apply Rlt_le, denominator_positive, E01, Hj|exact X].
    - apply exp_power. }
  assert (Y : exp (- (INR n * eps^2 / 2)) <= delta / (2 * INR g)).
  { assert (P3 : 0 < 2 * INR g / delta) by (apply Rdiv_lt_0_compat; lra).
    replace (delta / (2 * INR g)) with (/ (2 * INR g / delta)) by (field; lra).
    rewrite <- (exp_ln (2 * INR g / delta)) by exact P3; rewrite <- exp_Ropp; apply exp_le, Ropp_le_contravar.
    apply Rmult_le_reg_l with (2 / eps^2); [apply Rdiv_lt_0_compat; lra|].
    replace (2 / eps^2 * (INR n * eps^2 / 2)) with (INR n) by (field; lra).
    unfold Rdiv in *; lra. }
  rewrite expectation_sum; apply Rle_trans with (sum g (fun _ => delta / (2 * INR g))); [|rewrite sum_const; right; field; lra].
  assert (D : 0 <= delta / (2 * INR g)) by (apply Rlt_le, Rdiv_lt_0_compat; lra).
  apply sum_le; intros j Hj; destruct (Hb j Hj) as [Z|[O B]].
  - rewrite (expectation_ext N w _ (fun _ => 0)) by (intros; rewrite Z; ring); rewrite expectation_const by exact Hw; exact D.
  - set (t := 2 * eps); set (a := - (t * INR n * (e h + eps / 2))); set (c := t * INR n * (e j - eps / 2)).
    apply Rle_trans with (E (fun o => / 2 * (exp a * exp (t * S h n o)) + / 2 * (exp c * exp ((- t) * S j n o)))).
    + apply expectation_le; intros o Ho Po; rewrite O, Rmult_1_r, <- !exp_plus.
      assert (X1 := exp_pos (a + t * S h n o)); assert (X2 := exp_pos (c + - t * S j n o)).
      destruct (HS j Hj o Ho Po) as [->|[-> L]]; [lra|].
      assert (Y1 := exp_ineq1_le (a + t * S h n o)); assert (Y2 := exp_ineq1_le (c + - t * S j n o)).
      assert (Z1 : 0 <= t * (S h n o - S j n o)) by (apply Rmult_le_pos; unfold t; lra).
      assert (Z2 : 0 <= t * INR n * (e j - e h - eps)).
      { apply Rmult_le_pos; [apply Rmult_le_pos; [unfold t; lra|apply pos_INR]|lra]. }
      unfold a, c in *; lra.
    + rewrite expectation_plus, !expectation_scal.
      assert (X1 := Q h t Hh); assert (X2 := Q j (- t) Hj).
      apply (Rmult_le_compat_l (exp a)) in X1; [|apply Rlt_le, exp_pos]; apply (Rmult_le_compat_l (exp c)) in X2; [|apply Rlt_le, exp_pos].
      rewrite <- exp_plus in X1, X2.
      replace (a + INR n * (t * e h + t^2 / 8)) with (- (INR n * eps^2 / 2)) in X1 by (unfold a, t; field).
      replace (c + INR n * (- t * e j + (- t)^2 / 8)) with (- (INR n * eps^2 / 2)) in X2 by (unfold c, t; field).
      lra.
Qed.
End Draws.
