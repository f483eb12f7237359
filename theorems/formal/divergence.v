(** Finite laws, entropy and the Kullback-Leibler divergence, with Gibbs' inequality, the log-sum
    inequality and joint convexity.

    Zero conventions.  A term with [p i = 0] counts 0: in Coq [0 * ln x] is 0 whatever [x].  A term
    with [q i = 0 < p i] is infinite: [divergence] is the finite value and is read only under
    [supported V p q]; [KL] is the extended value, infinite otherwise. *)
From Coq Require Import Reals Lra Lia.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Rbar.
From Overproof Require Import sums.
Open Scope R_scope.

Definition law (V : nat) (p : nat -> R) : Prop := (forall i, (i < V)%nat -> 0 <= p i) /\ sum V p = 1.
Definition positive (V : nat) (p : nat -> R) : Prop := forall i, (i < V)%nat -> 0 < p i.
Definition supported (V : nat) (p q : nat -> R) : Prop := forall i, (i < V)%nat -> q i = 0 -> p i = 0.

Definition entropy (V : nat) (p : nat -> R) : R := - sum V (fun i => p i * ln (p i)).
Definition term (a b : R) : R := a * ln (a / b).
Definition divergence (V : nat) (p q : nat -> R) : R := sum V (fun i => term (p i) (q i)).
Definition l1 (V : nat) (p q : nat -> R) : R := sum V (fun i => Rabs (p i - q i)).
Definition TV (V : nat) (p q : nat -> R) : R := l1 V p q / 2.
Definition uniform (V : nat) (i : nat) : R := / INR V.

(** Does some index have [q i = 0] and [p i <> 0]? *)
Fixpoint escapes (V : nat) (p q : nat -> R) : bool :=
  match V with
  | O => false
  | S n => if Req_EM_T (q n) 0 then (if Req_EM_T (p n) 0 then escapes n p q else true) else escapes n p q
  end.
Definition KL (V : nat) (p q : nat -> R) : Rbar :=
  if escapes V p q then p_infty else Finite (divergence V p q).

Lemma escapes_false V p q : supported V p q <-> escapes V p q = false.
Proof.
  induction V as [|n [IH1 IH2]]; [split; [reflexivity|intros _ i Hi; lia]|]; simpl; split.
  - intros H; assert (Hn : supported n p q) by (intros i Hi; apply H; lia).
    destruct (Req_EM_T (q n) 0) as [E|]; [|apply IH1, Hn].
    destruct (Req_EM_T (p n) 0) as [|N]; [apply IH1, Hn|].
    destruct N; apply H; [lia|exact E].
  - intros H i Hi E; destruct (Nat.eq_dec i n) as [->|].
    + destruct (Req_EM_T (q n) 0) as [|N]; [|destruct (N E)].
      destruct (Req_EM_T (p n) 0) as [Z|]; [exact Z|discriminate].
    + apply IH2; [|lia|exact E].
      destruct (Req_EM_T (q n) 0); [destruct (Req_EM_T (p n) 0); [exact H|discriminate]|exact H].
Qed.

Lemma KL_finite V p q : supported V p q -> KL V p q = Finite (divergence V p q).
Proof. intros H; unfold KL; apply escapes_false in H; rewrite H; reflexivity. Qed.

Lemma KL_infinite V p q i : (i < V)%nat -> q i = 0 -> p i <> 0 -> KL V p q = p_infty.
Proof.
  intros Hi E N; unfold KL; destruct (escapes V p q) eqn:B; [reflexivity|].
  apply escapes_false in B; destruct (N (B i Hi E)).
Qed.

Lemma positive_supported V p q : positive V q -> supported V p q.
Proof. intros H i Hi E; assert (Hq := H i Hi); lra. Qed.

Lemma positive_nonneg V p : positive V p -> forall i, (i < V)%nat -> 0 <= p i.
Proof. intros H i Hi; apply Rlt_le, H, Hi. Qed.

Lemma law_not_empty V p : law V p -> (0 < V)%nat.
Proof. intros [_ H]; destruct V; [simpl in H; lra|lia]. Qed.

Lemma law_le_1 V p i : law V p -> (i < V)%nat -> p i <= 1.
Proof. intros [H E] Hi; rewrite <- E; apply term_le_sum; assumption. Qed.

(** The uniform law is one. *)
(* claim: lemma:simplex (uniform) *)
Theorem uniform_law V : (0 < V)%nat -> law V (uniform V).
Proof.
  intros H; assert (HV : 0 < INR V) by (apply lt_0_INR; exact H); split.
  - intros; unfold uniform; apply Rlt_le, Rinv_0_lt_compat, HV.
  - unfold uniform; rewrite sum_const; field; lra.
Qed.

(** A mixture of two laws is a law. *)
(* claim: lemma:simplex (mixtures) *)
Theorem mixture_law V a p q :
  0 <= a <= 1 -> law V p -> law V q -> law V (fun i => (1 - a) * p i + a * q i).
Proof.
  intros Ha [Hp Ep] [Hq Eq]; split.
  - intros i Hi; assert (A := Hp i Hi); assert (B := Hq i Hi).
    assert (0 <= (1 - a) * p i) by (apply Rmult_le_pos; lra).
    assert (0 <= a * q i) by (apply Rmult_le_pos; lra). lra.
  - rewrite sum_plus, !sum_scal, Ep, Eq; ring.
Qed.

(** The logarithm under its tangent. *)
Lemma ln_le_minus_1 x : 0 < x -> ln x <= x - 1.
Proof. intros H; assert (E := exp_ineq1_le (ln x)); rewrite exp_ln in E by exact H; lra. Qed.

Lemma ln_div a b : 0 < a -> 0 < b -> ln (a / b) = ln a - ln b.
Proof. intros; unfold Rdiv; rewrite ln_mult, ln_Rinv by (try apply Rinv_0_lt_compat; assumption); ring. Qed.

Lemma term_zero b : term 0 b = 0.
Proof. unfold term; ring. Qed.

Lemma term_same a : term a a = 0.
Proof.
  unfold term; destruct (Req_dec a 0) as [->|N]; [ring|].
  unfold Rdiv; rewrite Rinv_r by exact N; rewrite ln_1; ring.
Qed.

(** The term lies above its tangents: the whole of Gibbs and log-sum. *)
Lemma term_tangent a b c :
  0 <= a -> 0 <= b -> (b = 0 -> a = 0) -> 0 < c -> a * ln c + a - c * b <= term a b.
Proof.
  intros Ha Hb S Hc; destruct (Req_dec a 0) as [->|Na].
  - rewrite term_zero; assert (0 <= c * b) by (apply Rmult_le_pos; lra); lra.
  - assert (Pb : 0 < b) by (destruct Hb as [|<-]; [assumption|destruct Na; auto]).
    assert (Pa : 0 < a) by lra; unfold term.
    assert (L := ln_le_minus_1 (c * b / a) ltac:(apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; assumption)).
    rewrite ln_div, ln_mult in L by (try apply Rmult_lt_0_compat; assumption).
    rewrite ln_div by assumption.
    assert (a * (ln c + ln b - ln a) <= a * (c * b / a - 1)) by (apply Rmult_le_compat_l; lra).
    replace (a * (c * b / a - 1)) with (c * b - a) in H by (field; lra). lra.
Qed.

Lemma term_scal t a b : 0 <= t -> term (t * a) (t * b) = t * term a b.
Proof.
  intros Ht; destruct (Req_dec t 0) as [->|N]; [unfold term; ring|].
  unfold term; replace (t * a / (t * b)) with (a / b); [ring|].
  unfold Rdiv; destruct (Req_dec b 0) as [->|Nb].
  - rewrite Rmult_0_r, Rinv_0; ring.
  - field; auto.
Qed.

(** Log-sum inequality: with the totals A and B, A ln (A/B) <= sum of a ln (a/b). *)
(* claim: lemma:log-sum *)
Theorem log_sum_inequality V a b :
  (forall i, (i < V)%nat -> 0 <= a i) -> (forall i, (i < V)%nat -> 0 <= b i) -> supported V a b ->
  term (sum V a) (sum V b) <= sum V (fun i => term (a i) (b i)).
Proof.
  intros Ha Hb S; set (A := sum V a); set (B := sum V b).
  assert (PA : 0 <= A) by (apply sum_nonneg, Ha); assert (PB : 0 <= B) by (apply sum_nonneg, Hb).
  destruct (Req_dec A 0) as [ZA|NA].
  - rewrite ZA, term_zero; apply Req_le; symmetry; apply sum_zero; intros i Hi.
    rewrite (sum_nonneg_zero V a Ha ZA i Hi), term_zero; reflexivity.
  - assert (NB : B <> 0).
    { intros ZB; apply NA, sum_zero; intros i Hi; apply S; [exact Hi|].
      apply (sum_nonneg_zero V b Hb ZB i Hi). }
    assert (Hc : 0 < A / B) by (apply Rdiv_lt_0_compat; lra).
    apply Rle_trans with (sum V (fun i => a i * ln (A / B) + a i - A / B * b i)).
    + rewrite sum_minus, sum_plus, sum_scal_r, sum_scal; fold A; fold B; unfold term.
      replace (A / B * B) with A by (field; exact NB); lra.
    + apply sum_le; intros i Hi; apply term_tangent; auto.
Qed.

Lemma term_ge_difference V a b :
  (forall i, (i < V)%nat -> 0 <= a i) -> (forall i, (i < V)%nat -> 0 <= b i) -> supported V a b ->
  sum V a - sum V b <= sum V (fun i => term (a i) (b i)).
Proof.
  intros Ha Hb S; rewrite <- sum_minus; apply sum_le; intros i Hi.
  assert (T := term_tangent (a i) (b i) 1 (Ha i Hi) (Hb i Hi) (S i Hi) ltac:(lra)); rewrite ln_1 in T; lra.
Qed.

Lemma divergence_nonneg V p q : law V p -> law V q -> supported V p q -> 0 <= divergence V p q.
Proof.
  intros [Hp Ep] [Hq Eq] S; assert (G := term_ge_difference V p q Hp Hq S); unfold divergence; lra.
Qed.

(** Gibbs' inequality: KL(p,q) >= 0 for all finite laws, infinite values included. *)
(* claim: lemma:gibbs *)
Theorem gibbs V p q : law V p -> law V q -> Rbar_le (Finite 0) (KL V p q).
Proof.
  intros Hp Hq; unfold KL; destruct (escapes V p q) eqn:E; [exact I|].
  apply divergence_nonneg; [assumption|assumption|apply escapes_false, E].
Qed.

(** Gibbs, case of equality: KL(p,q) = 0 only if p = q. *)
(* claim: lemma:gibbs (equality) *)
Theorem gibbs_equality V p q :
  law V p -> law V q -> (KL V p q = Finite 0 <-> forall i, (i < V)%nat -> p i = q i).
Proof.
  intros [Hp Ep] [Hq Eq]; split.
  - unfold KL; destruct (escapes V p q) eqn:Es; [discriminate|]; apply escapes_false in Es.
    intros Z; injection Z as Z; unfold divergence in Z.
    assert (D : forall i, (i < V)%nat -> 0 <= term (p i) (q i) - (p i - q i)).
    { intros i Hi; assert (T := term_tangent (p i) (q i) 1 (Hp i Hi) (Hq i Hi) (Es i Hi) ltac:(lra)).
      rewrite ln_1 in T; lra. }
    assert (Z0 : sum V (fun i => term (p i) (q i) - (p i - q i)) = 0) by (rewrite !sum_minus; lra).
    intros i Hi; assert (E0 := sum_nonneg_zero V _ D Z0 i Hi); simpl in E0.
    destruct (Req_dec (p i) 0) as [Zp|Np]; [rewrite Zp, term_zero in E0; lra|].
    assert (Pp : 0 < p i) by (destruct (Hp i Hi); [assumption|congruence]).
    assert (Pq : 0 < q i) by (destruct (Hq i Hi) as [|Zq]; [assumption|destruct Np; apply Es; [exact Hi|congruence]]).
    destruct (Req_dec (ln (q i / p i)) 0) as [Zl|Nl].
    + assert (E1 : q i / p i = 1) by (rewrite <- (exp_ln (q i / p i)), Zl, exp_0 by (apply Rdiv_lt_0_compat; assumption); reflexivity).
      replace (q i) with (q i / p i * p i) by (field; exact Np); rewrite E1; ring.
    + assert (X := exp_ineq1 (ln (q i / p i)) Nl).
      rewrite exp_ln, ln_div in X by (try apply Rdiv_lt_0_compat; assumption).
      unfold term in E0; rewrite ln_div in E0 by assumption.
      assert (p i * (1 + (ln (q i) - ln (p i))) < p i * (q i / p i)) by (apply Rmult_lt_compat_l; lra).
      replace (p i * (q i / p i)) with (q i) in H by (field; exact Np); lra.
  - intros H; rewrite KL_finite by (intros i Hi E; rewrite H; assumption).
    f_equal; apply sum_zero; intros i Hi; rewrite H by exact Hi; apply term_same.
Qed.

Lemma term_mixture t a b c d :
  0 <= t <= 1 -> 0 <= a -> 0 <= b -> 0 <= c -> 0 <= d -> (c = 0 -> a = 0) -> (d = 0 -> b = 0) ->
  term ((1 - t) * a + t * b) ((1 - t) * c + t * d) <= (1 - t) * term a c + t * term b d.
Proof.
  intros Ht Ha Hb Hc Hd Sa Sb.
  assert (L := log_sum_inequality 2
    (fun i => match i with O => (1 - t) * a | _ => t * b end)
    (fun i => match i with O => (1 - t) * c | _ => t * d end)); simpl in L.
  rewrite !Rplus_0_l, !term_scal in L by lra; apply L.
  - intros [|i] _; apply Rmult_le_pos; lra.
  - intros [|i] _; apply Rmult_le_pos; lra.
  - intros [|i] _ E; apply Rmult_integral in E; destruct E as [->|E]; try ring; rewrite ?(Sa E), ?(Sb E); ring.
Qed.

(** KL is jointly convex. *)
(* claim: lemma:kl-convex *)
Theorem divergence_jointly_convex V t p p' q q' :
  0 <= t <= 1 -> law V p -> law V p' -> law V q -> law V q' -> supported V p q -> supported V p' q' ->
  divergence V (fun i => (1 - t) * p i + t * p' i) (fun i => (1 - t) * q i + t * q' i)
  <= (1 - t) * divergence V p q + t * divergence V p' q'.
Proof.
  intros Ht [Hp _] [Hp' _] [Hq _] [Hq' _] S S'; unfold divergence.
  rewrite <- !sum_scal, <- sum_plus; apply sum_le; intros i Hi; apply term_mixture; auto.
Qed.

(** KL is convex in its first argument. *)
(* claim: lemma:kl-convex (first argument) *)
Theorem divergence_convex_first V t p p' q : 0 <= t <= 1 -> law V p -> law V p' -> law V q -> supported V p q -> supported V p' q ->
  divergence V (fun i => (1 - t) * p i + t * p' i) q <= (1 - t) * divergence V p q + t * divergence V p' q.
Proof.
  intros Ht Lp Lp' Lq S S'; apply Rle_trans with (2 := divergence_jointly_convex V t p p' q q Ht Lp Lp' Lq Lq S S').
  right; apply sum_ext; intros i _; f_equal; ring.
Qed.

(** KL is convex in its second argument. *)
(* claim: lemma:kl-convex (second argument) *)
Theorem divergence_convex_second V t p q q' : 0 <= t <= 1 -> law V p -> law V q -> law V q' -> supported V p q -> supported V p q' ->
  divergence V p (fun i => (1 - t) * q i + t * q' i) <= (1 - t) * divergence V p q + t * divergence V p q'.
Proof.
  intros Ht Lp Lq Lq' S S'; apply Rle_trans with (2 := divergence_jointly_convex V t p p q q' Ht Lp Lp Lq Lq' S S').
  right; apply sum_ext; intros i _; f_equal; ring.
Qed.

(** Entropy lies between 0 and ln V. *)
(* claim: lemma:entropy-bounds *)
Theorem entropy_bounds V p : law V p -> 0 <= entropy V p <= ln (INR V).
Proof.
  intros Hp; assert (HV := law_not_empty V p Hp); assert (PV : 0 < INR V) by (apply lt_0_INR; exact HV).
  assert (Pu : positive V (uniform V)) by (intros i _; apply Rinv_0_lt_compat, PV).
  split; unfold entropy.
  - apply Ropp_0_ge_le_contravar, Rle_ge; rewrite <- (sum_zero V (fun _ => 0)) by reflexivity.
    apply sum_le; intros i Hi; assert (A := proj1 Hp i Hi); assert (B := law_le_1 V p i Hp Hi).
    destruct A as [A|<-]; [|lra].
    assert (ln (p i) <= 0) by (rewrite <- ln_1; destruct B as [B|B]; [left; apply ln_increasing; assumption|rewrite B; lra]).
    nra.
  - assert (G := divergence_nonneg V p (uniform V) Hp (uniform_law V HV) (positive_supported V p _ Pu)).
    replace (divergence V p (uniform V)) with (sum V (fun i => p i * ln (p i)) + ln (INR V)) in G; [lra|].
    unfold divergence; replace (ln (INR V)) with (sum V (fun i => p i * ln (INR V))) by (rewrite sum_scal_r, (proj2 Hp); ring).
    rewrite <- sum_plus; apply sum_ext; intros i Hi; unfold term.
    destruct (proj1 Hp i Hi) as [A|<-]; [|ring].
    unfold uniform, Rdiv; rewrite Rinv_inv, ln_mult by assumption; ring.
Qed.
