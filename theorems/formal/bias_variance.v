(** Bias and variance: the squared, Bregman, KL and reverse-KL decompositions, and the exact criterion.

    A random vector is a function of an outcome [o < N] with weight [w o]: [X o i] is its entry [i]. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening.
Open Scope R_scope.

Definition expectation (N : nat) (w : nat -> R) (f : nat -> R) : R := sum N (fun o => w o * f o).
Definition mean (N : nat) (w : nat -> R) (X : nat -> nat -> R) (i : nat) : R := expectation N w (fun o => X o i).
Definition squared (d : nat) (a b : nat -> R) : R := sum d (fun i => (a i - b i)^2).
Definition inner (d : nat) (a b : nat -> R) : R := sum d (fun i => a i * b i).
Definition risk (N d : nat) (w : nat -> R) (X : nat -> nat -> R) (q : nat -> R) : R :=
  expectation N w (fun o => squared d (X o) q).
Definition variance (N d : nat) (w : nat -> R) (X : nat -> nat -> R) : R := risk N d w X (mean N w X).
Definition covariance (N : nat) (w f g : nat -> R) : R :=
  expectation N w (fun o => (f o - expectation N w f) * (g o - expectation N w g)).

Lemma expectation_plus N w f g : expectation N w (fun o => f o + g o) = expectation N w f + expectation N w g.
Proof. unfold expectation; rewrite <- sum_plus; apply sum_ext; intros; ring. Qed.

Lemma expectation_minus N w f g : expectation N w (fun o => f o - g o) = expectation N w f - expectation N w g.
Proof. unfold expectation; rewrite <- sum_minus; apply sum_ext; intros; ring. Qed.

Lemma expectation_scal N w c f : expectation N w (fun o => c * f o) = c * expectation N w f.
Proof. unfold expectation; rewrite <- sum_scal; apply sum_ext; intros; ring. Qed.

Lemma expectation_const N w c : law N w -> expectation N w (fun _ => c) = c.
Proof. intros [_ E]; unfold expectation; rewrite sum_scal_r, E; ring. Qed.

Lemma expectation_ext N w f g : (forall o, (o < N)%nat -> f o = g o) -> expectation N w f = expectation N w g.
Proof. intros H; apply sum_ext; intros o Ho; rewrite (H o Ho); reflexivity. Qed.

(** [P] holds at every outcome of positive weight. *)
Definition surely (N : nat) (w : nat -> R) (P : nat -> Prop) : Prop := forall o, (o < N)%nat -> 0 < w o -> P o.

Lemma expectation_surely N w f g : law N w -> surely N w (fun o => f o = g o) -> expectation N w f = expectation N w g.
Proof.
  intros [Hw _] H; apply sum_ext; intros o Ho; destruct (Hw o Ho) as [P|<-]; [rewrite (H o Ho P); reflexivity|ring].
Qed.

Lemma expectation_sum N w d f :
  expectation N w (fun o => sum d (fun i => f o i)) = sum d (fun i => expectation N w (fun o => f o i)).
Proof.
  unfold expectation; rewrite <- sum_exchange; apply sum_ext; intros; rewrite sum_scal; reflexivity.
Qed.

(** E(f - c)^2 = (Ef - c)^2 + E(f - Ef)^2, one coordinate. *)
Lemma scalar_decomposition N w f c : law N w ->
  expectation N w (fun o => (f o - c)^2)
  = (expectation N w f - c)^2 + expectation N w (fun o => (f o - expectation N w f)^2).
Proof.
  intros L; set (m := expectation N w f).
  assert (E : forall a, expectation N w (fun o => (f o - a)^2) = expectation N w (fun o => (f o)^2) - 2 * a * m + a^2).
  { intros a; rewrite (expectation_ext N w _ (fun o => (f o)^2 - 2 * a * f o + a^2)) by (intros; ring).
    rewrite expectation_plus, expectation_minus, expectation_scal, expectation_const by exact L; reflexivity. }
  rewrite !E; ring.
Qed.

(** E|S - q|^2 = |ES - q|^2 + E|S - ES|^2, for every fixed target q. *)
(* claim: bv:squared *)
Theorem squared_decomposition N d w S q : law N w ->
  risk N d w S q = squared d (mean N w S) q + variance N d w S.
Proof.
  intros L; unfold variance, risk, squared; rewrite !expectation_sum, <- sum_plus.
  apply sum_ext; intros i _; apply (scalar_decomposition N w (fun o => S o i)), L.
Qed.

(** With noisy labels y, E y = q, on the same outcomes: + E|y - q|^2 - 2 tr Cov(S, y). *)
(* claim: bv:squared (correlated labels) *)
Theorem squared_decomposition_noise N d w S y q : law N w ->
  (forall i, (i < d)%nat -> mean N w y i = q i) ->
  expectation N w (fun o => squared d (S o) (y o))
  = squared d (mean N w S) q + variance N d w S + risk N d w y q
    - 2 * sum d (fun i => covariance N w (fun o => S o i) (fun o => y o i)).
Proof.
  intros L Hq; unfold variance, risk, squared; rewrite !expectation_sum, <- sum_scal, <- !sum_plus, <- sum_minus.
  apply sum_ext; intros i Hi; assert (Q := Hq i Hi); unfold mean in *; unfold covariance.
  set (s := fun o => S o i) in *; set (u := fun o => y o i) in *.
  change (expectation N w (fun o => S o i)) with (expectation N w s); rewrite Q.
  set (m := expectation N w s) in *; rewrite <- expectation_scal.
  rewrite <- (expectation_const N w ((m - q i)^2) L) at 1.
  rewrite <- !expectation_plus, <- expectation_minus.
  assert (Z : expectation N w (fun o => 2 * (m - q i) * (s o - m) - 2 * (m - q i) * (u o - q i)) = 0).
  { rewrite expectation_minus, !expectation_scal, !expectation_minus, !expectation_const by exact L.
    fold m; rewrite Q; ring. }
  rewrite <- (Rplus_0_r (expectation N w (fun o => _ - _))), <- Z, <- expectation_plus.
  apply expectation_ext; intros o _; unfold s, u; ring.
Qed.

(** Independence of two random vectors: expectations of products of functions of them factorise. *)
Definition independent (N : nat) (w : nat -> R) (X Y : nat -> nat -> R) : Prop :=
  forall f g : (nat -> R) -> R, expectation N w (fun o => f (X o) * g (Y o)) = expectation N w (fun o => f (X o)) * expectation N w (fun o => g (Y o)).

(** With labels independent of the output the covariance term is absent. *)
(* claim: bv:squared (independent labels) *)
Theorem squared_decomposition_uncorrelated N d w S y q : law N w ->
  (forall i, (i < d)%nat -> mean N w y i = q i) -> independent N w S y ->
  expectation N w (fun o => squared d (S o) (y o)) = squared d (mean N w S) q + variance N d w S + risk N d w y q.
Proof.
  intros L Hq I; rewrite (squared_decomposition_noise N d w S y q L Hq); rewrite (sum_zero d); [ring|].
  intros i _; assert (X := I (fun x => x i - mean N w S i) (fun x => x i - mean N w y i)).
  unfold covariance; unfold mean in X; rewrite X, !expectation_minus, !expectation_const by exact L; ring.
Qed.

(** The same where output and labels are drawn from two laws, w and v. *)
(* claim: bv:squared (labels drawn apart) *)
Theorem squared_decomposition_independent N M d w v S y q : law N w -> law M v ->
  (forall i, (i < d)%nat -> mean M v y i = q i) ->
  expectation N w (fun o => expectation M v (fun u => squared d (S o) (y u)))
  = squared d (mean N w S) q + variance N d w S + risk M d v y q.
Proof.
  intros L K Hq.
  rewrite (expectation_ext N w _ (fun o => squared d (S o) q + risk M d v y q)).
  - rewrite expectation_plus, expectation_const by exact L; f_equal.
    apply (squared_decomposition N d w S q L).
  - intros o _; unfold risk, squared; rewrite !expectation_sum, <- sum_plus.
    apply sum_ext; intros i Hi; assert (Q := Hq i Hi); unfold mean in Q.
    rewrite (expectation_ext M v (fun u => (S o i - y u i)^2) (fun u => (y u i - S o i)^2)) by (intros; ring).
    rewrite scalar_decomposition, Q by exact K; ring.
Qed.

(** The squared identity holds for every operator F at every temperature: no axiom is used. *)
(* claim: bv:operator-agnostic *)
Theorem operator_agnostic (F : R -> (nat -> R) -> nat -> R) T p N d w S : law N w ->
  risk N d w S (F T p) = squared d (mean N w S) (F T p) + variance N d w S.
Proof. intros L; apply squared_decomposition, L. Qed.

(** Both biases against the truth: the difference of the risks, and an exact equivalence. *)
(* claim: bv:criterion *)
Theorem criterion N M d w v S K truth : law N w -> law M v ->
  risk M d v K truth - risk N d w S truth
  = variance M d v K - variance N d w S + squared d (mean M v K) truth - squared d (mean N w S) truth /\
  (risk N d w S truth < risk M d v K truth <->
   squared d (mean N w S) truth - squared d (mean M v K) truth < variance M d v K - variance N d w S).
Proof.
  intros L L'; rewrite (squared_decomposition N d w S truth L), (squared_decomposition M d v K truth L'); lra.
Qed.

(** The bias against the truth is the bias against q plus the cross term that the stated criterion drops. *)
(* claim: bv:criterion (cross term) *)
Theorem criterion_cross_term d m q truth :
  squared d m truth = squared d m q + (2 * inner d (fun i => m i - q i) (fun i => q i - truth i) + squared d q truth).
Proof.
  unfold squared, inner; rewrite <- sum_scal, <- !sum_plus; apply sum_ext; intros; ring.
Qed.

(** Bregman divergence of any phi with any field grad (convexity is not used by the identities). *)
Definition bregman (d : nat) (phi : (nat -> R) -> R) (grad : (nat -> R) -> nat -> R) (a b : nat -> R) : R :=
  phi a - phi b - sum d (fun i => grad b i * (a i - b i)).

(** Random first argument: E D(S, t) = D(ES, t) + E D(S, ES). *)
(* claim: bv:bregman (first argument) *)
Theorem bregman_first N d w phi grad S t m : law N w -> (forall i, (i < d)%nat -> m i = mean N w S i) ->
  expectation N w (fun o => bregman d phi grad (S o) t)
  = bregman d phi grad m t + expectation N w (fun o => bregman d phi grad (S o) m).
Proof.
  intros L Hm; unfold bregman.
  assert (A : forall b g c, expectation N w (fun o => phi (S o) - b - sum d (fun i => g i * (S o i - c i)))
     = expectation N w (fun o => phi (S o)) - b - sum d (fun i => g i * (m i - c i))).
  { intros b g c; rewrite !expectation_minus, expectation_const, expectation_sum by exact L; f_equal.
    apply sum_ext; intros i Hi; rewrite expectation_scal, expectation_minus, expectation_const, (Hm i Hi) by exact L; reflexivity. }
  rewrite !A, (sum_zero d (fun i => grad m i * (m i - m i))) by (intros; ring); ring.
Qed.

(** Random second argument: if grad c = E grad S up to a constant kappa, and sum t = sum c unless kappa is 0, then
    E D(t, S) = D(t, c) + E D(c, S). *)
(* claim: bv:bregman (second argument) *)
Theorem bregman_second N d w phi grad S t c kappa : law N w ->
  (forall i, (i < d)%nat -> grad c i = mean N w (fun o => grad (S o)) i + kappa) -> kappa * sum d t = kappa * sum d c ->
  expectation N w (fun o => bregman d phi grad t (S o))
  = bregman d phi grad t c + expectation N w (fun o => bregman d phi grad c (S o)).
Proof.
  intros L Hc Hs; apply Rminus_diag_uniq.
  replace (expectation N w (fun o => bregman d phi grad t (S o)) - (bregman d phi grad t c + expectation N w (fun o => bregman d phi grad c (S o))))
    with (expectation N w (fun o => bregman d phi grad t (S o) - bregman d phi grad c (S o)) - bregman d phi grad t c)
    by (rewrite expectation_minus; ring).
  rewrite (expectation_ext N w _ (fun o => (phi t - phi c) - sum d (fun i => grad (S o) i * (t i - c i)))).
  - rewrite expectation_minus, expectation_const, expectation_sum by exact L; unfold bregman.
    assert (Z : sum d (fun i => grad c i * (t i - c i)) - sum d (fun i => expectation N w (fun o => grad (S o) i * (t i - c i))) = 0); [|lra].
    rewrite <- sum_minus, (sum_ext d _ (fun i => kappa * (t i - c i))); [rewrite sum_scal, sum_minus; lra|].
    intros i Hi; rewrite (Hc i Hi).
    rewrite (expectation_ext N w (fun o => grad (S o) i * (t i - c i)) (fun o => (t i - c i) * grad (S o) i)) by (intros; ring).
    rewrite expectation_scal; unfold mean; ring.
  - intros o _; unfold bregman.
    assert (E : sum d (fun i => grad (S o) i * (t i - S o i)) - sum d (fun i => grad (S o) i * (c i - S o i)) = sum d (fun i => grad (S o) i * (t i - c i))).
    { rewrite <- sum_minus; apply sum_ext; intros; ring. }
    lra.
Qed.

(** The squared distance is the Bregman divergence of the squared norm. *)
(* claim: bv:bregman (squared distance) *)
Theorem bregman_squared d a b :
  bregman d (fun x => sum d (fun i => (x i)^2)) (fun x i => 2 * x i) a b = squared d a b.
Proof.
  unfold bregman, squared; rewrite <- !sum_minus; apply sum_ext; intros; ring.
Qed.

(** KL is the Bregman divergence of negative entropy, on laws with positive second argument. *)
(* claim: bv:bregman (KL) *)
Theorem bregman_kl V p q : law V p -> law V q -> positive V q ->
  bregman V (fun x => - entropy V x) (fun x i => ln (x i) + 1) p q = divergence V p q.
Proof.
  intros Lp Lq P; unfold bregman, entropy, divergence.
  assert (E : sum V (fun i => term (p i) (q i) - (p i * ln (p i) - q i * ln (q i) - (ln (q i) + 1) * (p i - q i))) = sum V p - sum V q).
  { rewrite <- sum_minus; apply sum_ext; intros i Hi; unfold term.
    destruct (proj1 Lp i Hi) as [A|<-]; [rewrite ln_div by (try exact A; apply P, Hi)|]; ring. }
  rewrite !sum_minus, (proj2 Lp), (proj2 Lq) in E; lra.
Qed.

(** The centre of random positive laws for KL(t, S): proportional to exp E log S. *)
Definition log_mean (N : nat) (w : nat -> R) (S : nat -> nat -> R) (i : nat) : R := exp (expectation N w (fun o => ln (S o i))).
Definition centre (V N : nat) (w : nat -> R) (S : nat -> nat -> R) : nat -> R := normalise V (log_mean N w S).

Lemma mean_divergence V N w S t : law N w -> (forall i, (i < V)%nat -> 0 <= t i) -> surely N w (fun o => positive V (S o)) ->
  expectation N w (fun o => divergence V t (S o))
  = sum V (fun i => t i * ln (t i)) - sum V (fun i => t i * ln (log_mean N w S i)).
Proof.
  intros L Lt P; unfold divergence; rewrite expectation_sum, <- sum_minus; apply sum_ext; intros i Hi.
  rewrite (expectation_surely N w _ (fun o => t i * ln (t i) - t i * ln (S o i)) L).
  - rewrite expectation_minus, expectation_const, expectation_scal by exact L.
    unfold log_mean; rewrite ln_exp; reflexivity.
  - intros o Ho Po; unfold term; destruct (Lt i Hi) as [H|<-]; [|ring].
    rewrite ln_div by (try exact H; apply (P o Ho Po), Hi); ring.
Qed.

Lemma log_mean_sum_positive V N w S : (0 < V)%nat -> 0 < sum V (log_mean N w S).
Proof. intros H; apply sum_all_pos; [exact H|intros; apply exp_pos]. Qed.

(** E KL(centre, S) = - log of the sum of exp E log S. *)
(* claim: bv:kl (variance term) *)
Theorem kl_variance V N w S : law N w -> (0 < V)%nat -> surely N w (fun o => positive V (S o)) ->
  expectation N w (fun o => divergence V (centre V N w S) (S o)) = - ln (sum V (log_mean N w S)).
Proof.
  intros L HV P; assert (Z := log_mean_sum_positive V N w S HV).
  assert (Lc : law V (centre V N w S)) by (apply normalise_law; [intros; apply Rlt_le, exp_pos|exact Z]).
  rewrite mean_divergence by (try apply Lc; assumption); rewrite <- sum_minus.
  rewrite (sum_ext V _ (fun i => centre V N w S i * - ln (sum V (log_mean N w S)))).
  - rewrite sum_scal_r, (proj2 Lc); ring.
  - intros i _.
    assert (E : ln (centre V N w S i) = ln (log_mean N w S i) - ln (sum V (log_mean N w S))) by
      (apply ln_div; [apply exp_pos|exact Z]).
    rewrite E; ring.
Qed.

Lemma log_centre V N w S i : (0 < V)%nat -> ln (centre V N w S i) = expectation N w (fun o => ln (S o i)) - ln (sum V (log_mean N w S)).
Proof.
  intros HV; unfold centre, normalise; rewrite ln_div by (try apply exp_pos; apply log_mean_sum_positive, HV).
  unfold log_mean at 1; rewrite ln_exp; reflexivity.
Qed.

(** Cross entropy, for targets with entries of either sign that sum to 1:
    E sum -t log S = sum -t log centre + E KL(centre, S). *)
(* claim: bv:kl (cross entropy) *)
Theorem cross_entropy_decomposition V N w S t : law N w -> (0 < V)%nat -> sum V t = 1 -> surely N w (fun o => positive V (S o)) ->
  expectation N w (fun o => sum V (fun i => - ln (S o i) * t i))
  = sum V (fun i => - ln (centre V N w S i) * t i) + expectation N w (fun o => divergence V (centre V N w S) (S o)).
Proof.
  intros L HV Et P; rewrite kl_variance by assumption; rewrite expectation_sum.
  rewrite (sum_ext V (fun i => - ln (centre V N w S i) * t i)
    (fun i => expectation N w (fun o => - ln (S o i) * t i) + t i * ln (sum V (log_mean N w S)))).
  - rewrite sum_plus, sum_scal_r, Et; ring.
  - intros i _; rewrite log_centre by exact HV.
    rewrite (expectation_ext N w (fun o => - ln (S o i) * t i) (fun o => - t i * ln (S o i))) by (intros; ring).
    rewrite expectation_scal; ring.
Qed.

(** E KL(t, S) = KL(t, centre) + E KL(centre, S). *)
(* claim: bv:kl *)
Theorem kl_decomposition V N w S t : law N w -> law V t -> surely N w (fun o => positive V (S o)) ->
  expectation N w (fun o => divergence V t (S o))
  = divergence V t (centre V N w S) + expectation N w (fun o => divergence V (centre V N w S) (S o)).
Proof.
  intros L Lt P; assert (HV := law_not_empty V t Lt); assert (Z := log_mean_sum_positive V N w S HV).
  rewrite kl_variance, mean_divergence by (try apply Lt; assumption); unfold divergence.
  rewrite (sum_ext V (fun i => term (t i) (centre V N w S i)) (fun i => t i * ln (t i) - t i * ln (log_mean N w S i) + t i * ln (sum V (log_mean N w S)))).
  - rewrite sum_plus, sum_minus, sum_scal_r, (proj2 Lt); ring.
  - intros i Hi; unfold term; destruct (proj1 Lt i Hi) as [H|<-]; [|ring].
    unfold centre, normalise; rewrite !ln_div by (try apply Rdiv_lt_0_compat; try apply exp_pos; assumption); ring.
Qed.

(** E KL(S, t) = KL(ES, t) + E KL(S, ES), for outputs and targets with non-negative entries, whatever their sums. *)
(* claim: bv:reverse-kl *)
Theorem reverse_kl_decomposition V N w S t : law N w -> (forall i, (i < V)%nat -> 0 <= t i) ->
  surely N w (fun o => forall i, (i < V)%nat -> 0 <= S o i) -> surely N w (fun o => supported V (S o) t) ->
  expectation N w (fun o => divergence V (S o) t)
  = divergence V (mean N w S) t + expectation N w (fun o => divergence V (S o) (mean N w S)).
Proof.
  intros L Lt LS H; unfold divergence; rewrite !expectation_sum, <- sum_plus; apply sum_ext; intros i Hi.
  set (m := mean N w S i); assert (Tn := Lt i Hi).
  assert (Pos : forall o, (o < N)%nat -> 0 <= w o * S o i).
  { intros o Ho; destruct (proj1 L o Ho) as [A|<-]; [apply Rmult_le_pos; [lra|apply LS; assumption]|lra]. }
  assert (E : expectation N w (fun o => term (S o i) (t i)) - expectation N w (fun o => term (S o i) m)
    = sum N (fun o => w o * S o i * ln (m / t i))).
  { unfold expectation; rewrite <- sum_minus; apply sum_ext; intros o Ho; unfold term.
    assert (Y := Pos o Ho); destruct (Req_dec (w o * S o i) 0) as [Z|Nz].
    - replace (w o * (S o i * ln (S o i / t i)) - w o * (S o i * ln (S o i / m))) with (w o * S o i * (ln (S o i / t i) - ln (S o i / m))) by ring.
      rewrite Z; ring.
    - assert (Pw : 0 < w o) by (destruct (proj1 L o Ho) as [A|A]; [exact A|rewrite <- A in Nz; lra]).
      assert (Ps : 0 < S o i) by (destruct (LS o Ho Pw i Hi) as [A|A]; [exact A|rewrite <- A in Nz; lra]).
      assert (Pm : 0 < m) by (apply (sum_pos N (fun o => w o * S o i) o Pos Ho); lra).
      assert (Pt : 0 < t i) by (destruct Tn as [A|A]; [exact A|assert (B := H o Ho Pw i Hi (eq_sym A)); lra]).
      rewrite !ln_div by assumption; ring. }
  rewrite sum_scal_r in E; change (sum N (fun o => w o * S o i)) with m in E; unfold term at 2; lra.
Qed.

(** The reverse identity holds for every operator F whose output here is positive. *)
(* claim: bv:operator-agnostic (reverse KL) *)
Theorem operator_agnostic_reverse (F : R -> (nat -> R) -> nat -> R) T p V N w S : law N w ->
  surely N w (fun o => positive V (S o)) -> positive V (F T p) ->
  expectation N w (fun o => divergence V (S o) (F T p))
  = divergence V (mean N w S) (F T p) + expectation N w (fun o => divergence V (S o) (mean N w S)).
Proof.
  intros L P Pt; apply reverse_kl_decomposition; [exact L|apply positive_nonneg, Pt| |].
  - intros o Ho Po; apply positive_nonneg, P; assumption.
  - intros o Ho Po; apply positive_supported, Pt.
Qed.

(** The KL identity holds for every operator F whose output here is a positive law. *)
(* claim: bv:operator-agnostic (KL) *)
Theorem operator_agnostic_kl (F : R -> (nat -> R) -> nat -> R) T p V N w S : law N w ->
  surely N w (fun o => positive V (S o)) -> sum V (F T p) = 1 -> positive V (F T p) ->
  expectation N w (fun o => divergence V (F T p) (S o))
  = divergence V (F T p) (centre V N w S) + expectation N w (fun o => divergence V (centre V N w S) (S o)).
Proof. intros L P E Pt; apply kl_decomposition; [exact L|split; [apply positive_nonneg, Pt|exact E]|exact P]. Qed.

(** The triple point.  Excess risks: dense s2 d/(n-d-1), direct sparse r + (s2+r) s/(n-s-1), distilled
    r + s2 s/(n-d-1).  Distilled beats dense, iff direct beats distilled, iff r/s2 < (d-s)/(n-d-1). *)
(* claim: bv:triple-point *)
Theorem triple_point n d s r s2 :
  0 < s -> s <= d -> 0 < n - d - 1 -> 0 < s2 ->
  let dense := s2 * d / (n - d - 1) in
  let direct := r + (s2 + r) * s / (n - s - 1) in
  let distilled := r + s2 * s / (n - d - 1) in
  (distilled < dense <-> r / s2 < (d - s) / (n - d - 1)) /\
  (direct < distilled <-> r / s2 < (d - s) / (n - d - 1)) /\
  (r / s2 = (d - s) / (n - d - 1) -> direct = distilled /\ distilled = dense).
Proof.
  intros Hs Hd Hn H2 dense direct distilled.
  set (b := n - d - 1) in *; assert (Hc : 0 < n - s - 1) by (unfold b in Hn; lra).
  assert (Ea : dense - distilled = s2 * ((d - s) / b - r / s2)) by (unfold dense, distilled; field; lra).
  assert (Eb : distilled - direct = s2 * (s / (n - s - 1)) * ((d - s) / b - r / s2)).
  { unfold distilled, direct; replace (d - s) with (n - s - 1 - b) by (unfold b; ring); field; repeat split; lra. }
  assert (Pc : 0 < s2 * (s / (n - s - 1))) by (apply Rmult_lt_0_compat; [exact H2|apply Rdiv_lt_0_compat; assumption]).
  set (g := (d - s) / b) in *; set (h := r / s2) in *; set (c := s2 * (s / (n - s - 1))) in *.
  split; [|split].
  - split; intros X; [apply Rnot_le_lt; intros Y; assert (s2 * (g - h) <= 0) by nra; lra|assert (0 < s2 * (g - h)) by nra; lra].
  - split; intros X; [apply Rnot_le_lt; intros Y; assert (c * (g - h) <= 0) by nra; lra|assert (0 < c * (g - h)) by nra; lra].
  - intros X; rewrite X in *; split; nra.
Qed.
