(** Partial access: top-k truncation, filling, softened truncation, privacy of power. *)
From Coq Require Import Reals Lra Lia List Permutation.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Rbar.
From Overproof Require Import sums divergence majorisation softening power.
Open Scope R_scope.

(** Mass outside the kept set K. *)
Definition tail_mass (V : nat) (K : nat -> bool) (p : nat -> R) : R := sum V (off K p).

Lemma head_mass V K p : law V p -> sum V (on K p) = 1 - tail_mass V K p.
Proof. intros [_ E]; rewrite (sum_on_off V K p) in E; unfold tail_mass; lra. Qed.

Lemma on_nonneg V K p : law V p -> forall i, (i < V)%nat -> 0 <= on K p i.
Proof. intros L i Hi; unfold on; destruct (K i); [apply L, Hi|lra]. Qed.

Lemma off_nonneg V K p : law V p -> forall i, (i < V)%nat -> 0 <= off K p i.
Proof. intros L i Hi; unfold off; destruct (K i); [lra|apply L, Hi]. Qed.

Lemma tail_mass_nonneg V K p : law V p -> 0 <= tail_mass V K p.
Proof. intros L; apply sum_nonneg, off_nonneg, L. Qed.

Lemma restrict_law V K p : law V p -> tail_mass V K p < 1 -> law V (restrict V K p).
Proof. intros L H; apply normalise_law; [apply on_nonneg, L|rewrite head_mass by exact L; lra]. Qed.

(** TV(p, p~) = rho: the distance to the renormalised top-k law is the mass outside. *)
(* claim: access:topk (TV) *)
Theorem truncation_tv V K p : law V p -> tail_mass V K p < 1 -> TV V p (restrict V K p) = tail_mass V K p.
Proof.
  intros L H; set (r := tail_mass V K p) in *; assert (R0 : 0 <= r) by apply tail_mass_nonneg, L.
  assert (HM := head_mass V K p L); fold r in HM.
  unfold TV, l1; rewrite (sum_ext V _ (fun i => r / (1 - r) * on K p i + off K p i)).
  - rewrite sum_plus, sum_scal, HM; fold (tail_mass V K p); fold r; field; lra.
  - intros i Hi; assert (P := proj1 L i Hi); unfold restrict, normalise; rewrite HM; unfold on, off; destruct (K i).
    + replace (p i - p i / (1 - r)) with (- (r / (1 - r) * p i)) by (field; lra).
      rewrite Rabs_Ropp, Rabs_right; [ring|]; apply Rle_ge, Rmult_le_pos; [|exact P].
      apply Rmult_le_pos; [exact R0|apply Rlt_le, Rinv_0_lt_compat; lra].
    + replace (p i - 0 / (1 - r)) with (p i) by (field; lra); rewrite Rabs_right by lra; ring.
Qed.

(** KL(p~, p) = - log(1 - rho). *)
(* claim: access:topk (KL) *)
Theorem truncation_kl V K p : law V p -> tail_mass V K p < 1 ->
  KL V (restrict V K p) p = Finite (- ln (1 - tail_mass V K p)).
Proof.
  intros L H; set (r := tail_mass V K p) in *; assert (HM := head_mass V K p L); fold r in HM.
  assert (Lr := restrict_law V K p L H).
  rewrite KL_finite.
  - f_equal; unfold divergence; rewrite (sum_ext V _ (fun i => restrict V K p i * - ln (1 - r))).
    + rewrite sum_scal_r, (proj2 Lr); ring.
    + intros i Hi; unfold restrict, normalise; rewrite HM; unfold term, on; destruct (K i).
      * destruct (proj1 L i Hi) as [P|<-]; [|unfold Rdiv; ring].
        rewrite <- ln_Rinv by lra; do 2 f_equal; field; lra.
      * unfold Rdiv; ring.
  - intros i Hi E; unfold restrict, normalise, on; rewrite E; destruct (K i); unfold Rdiv; ring.
Qed.

(** KL(p, p~) is infinite as soon as some mass is cut. *)
(* claim: access:topk (reverse) *)
Theorem truncation_kl_infinite V K p : law V p -> 0 < tail_mass V K p -> KL V p (restrict V K p) = p_infty.
Proof.
  intros L H; destruct (sum_pos_term V (off K p) H) as [i [Hi P]].
  apply (KL_infinite V _ _ i Hi); unfold off in P.
  - unfold restrict, normalise, on; destruct (K i); [lra|unfold Rdiv; ring].
  - destruct (K i); lra.
Qed.

(** The tail spread evenly over the classes outside K. *)
Definition filled (V : nat) (K : nat -> bool) (p : nat -> R) (i : nat) : R :=
  if K i then p i else tail_mass V K p / INR (V - count V K).
(** Entropy of the renormalised tail. *)
Definition tail_entropy (V : nat) (K : nat -> bool) (p : nat -> R) : R := entropy V (normalise V (off K p)).

Lemma tail_law V K p : law V p -> 0 < tail_mass V K p -> law V (normalise V (off K p)).
Proof. intros L H; apply normalise_law; [apply off_nonneg, L|exact H]. Qed.

Lemma count_below V K i : (i < V)%nat -> K i = false -> (count V K < V)%nat.
Proof.
  induction V as [|n IH]; intros Hi E; [lia|]; simpl; assert (C := count_le n K).
  destruct (Nat.eq_dec i n) as [->|]; [rewrite E; lia|].
  assert (X := IH ltac:(lia) E); destruct (K n); lia.
Qed.

Lemma tail_count V K p : 0 < tail_mass V K p -> (count V K < V)%nat.
Proof.
  intros H; destruct (sum_pos_term V (off K p) H) as [i [Hi P]].
  apply (count_below V K i Hi); unfold off in P; destruct (K i); [lra|reflexivity].
Qed.

(** KL(p, p^) = rho (log(V - k) - H(tail)). *)
(* claim: access:topk-fill (any set) *)
Theorem fill_kl V K p : law V p -> 0 < tail_mass V K p ->
  KL V p (filled V K p) = Finite (tail_mass V K p * (ln (INR (V - count V K)) - tail_entropy V K p)).
Proof.
  intros L H; assert (Lt := tail_law V K p L H); assert (HM : sum V (off K p) = tail_mass V K p) by reflexivity.
  set (r := tail_mass V K p) in *; set (m := INR (V - count V K)).
  assert (Hm : 0 < m) by (apply lt_0_INR; assert (X := tail_count V K p H); lia).
  rewrite KL_finite.
  - f_equal; unfold divergence, tail_entropy, entropy.
    rewrite (sum_ext V _ (fun i => r * (normalise V (off K p) i * ln m) + r * (normalise V (off K p) i * ln (normalise V (off K p) i)))).
    + rewrite sum_plus, !sum_scal, sum_scal_r, (proj2 Lt); ring.
    + intros i Hi; unfold filled, normalise; rewrite HM; fold r; fold m; unfold off; destruct (K i).
      * rewrite term_same; unfold Rdiv; ring.
      * unfold term; destruct (proj1 L i Hi) as [P|<-]; [|unfold Rdiv; ring].
        rewrite !ln_div by (try apply Rdiv_lt_0_compat; assumption); field; lra.
  - intros i Hi; unfold filled; destruct (K i); [trivial|]; fold r; fold m; intros E.
    assert (0 < r / m) by (apply Rdiv_lt_0_compat; assumption); lra.
Qed.

(** hence KL(p, p^) <= rho log(V - k). *)
(* claim: access:topk-fill (bound) *)
Theorem fill_kl_bound V K p : law V p -> 0 < tail_mass V K p ->
  Rbar_le (KL V p (filled V K p)) (Finite (tail_mass V K p * ln (INR (V - count V K)))).
Proof.
  intros L H; rewrite fill_kl by assumption; simpl; apply Rmult_le_compat_l; [lra|].
  assert (B := proj1 (entropy_bounds V _ (tail_law V K p L H))); unfold tail_entropy; lra.
Qed.

Lemma tail_below_1 V T K p : law V p -> tail_mass V K p < 1 -> tail_mass V K (power V T p) < 1.
Proof.
  intros L H; assert (HM := head_mass V K p L).
  destruct (sum_pos_term V (on K p) ltac:(lra)) as [i [Hi P]].
  assert (LP := power_simplex V T p L); assert (HP := head_mass V K (power V T p) LP).
  assert (0 < sum V (on K (power V T p))); [|lra].
  apply (sum_pos V _ i); [apply on_nonneg, LP|exact Hi|].
  unfold on in *; destruct (K i); [apply power_positive; assumption|lra].
Qed.

(** Softened truncation: TV(F_T p, F_T p~) = rho_T, the softened tail mass. *)
(* claim: access:topk-softened (any set) *)
Theorem softened_truncation V T K p : 0 < T -> law V p -> tail_mass V K p < 1 ->
  TV V (power V T p) (power V T (restrict V K p)) = tail_mass V K (power V T p).
Proof.
  intros HT L H; assert (HS := tail_below_1 V T K p L H); rewrite <- (truncation_tv V K (power V T p) (power_simplex V T p L) HS).
  unfold TV; f_equal; apply sum_ext; intros i Hi.
  rewrite power_restriction; [reflexivity|exact HT|exact L|rewrite head_mass by exact L; lra|exact Hi].
Qed.

(** The softened tail mass of a top set does not fall as T grows. *)
(* claim: access:topk-softened (monotone) *)
Theorem softened_tail_monotone V T T' K p : 0 < T -> T <= T' -> law V p ->
  (forall i j, (i < V)%nat -> (j < V)%nat -> K i = true -> K j = false -> p j <= p i) ->
  tail_mass V K (power V T p) <= tail_mass V K (power V T' p).
Proof.
  intros HT H L Top; assert (HT' : 0 < T') by lra.
  assert (I : / T' <= / T) by (apply Rinv_le_contravar; assumption); assert (P : 0 < / T') by (apply Rinv_0_lt_compat, HT').
  set (a := fun i => pow0 (p i) (/ T)); set (b := fun i => pow0 (p i) (/ T')).
  assert (Pa := power_sum_positive V T p L); fold a in Pa; assert (Pb := power_sum_positive V T' p L); fold b in Pb.
  assert (Ea : tail_mass V K (power V T p) = sum V (off K a) / sum V a).
  { unfold tail_mass; rewrite <- sum_div; apply sum_ext; intros i _; unfold off; destruct (K i); [unfold Rdiv; ring|reflexivity]. }
  assert (Eb : tail_mass V K (power V T' p) = sum V (off K b) / sum V b).
  { unfold tail_mass; rewrite <- sum_div; apply sum_ext; intros i _; unfold off; destruct (K i); [unfold Rdiv; ring|reflexivity]. }
  rewrite Ea, Eb; clear Ea Eb.
  assert (C : sum V (off K a) * sum V (on K b) <= sum V (off K b) * sum V (on K a)).
  { rewrite <- !sum_product; apply sum_le; intros j Hj; apply sum_le; intros i Hi; unfold on, off.
    destruct (K j) eqn:Kj, (K i) eqn:Ki; try lra.
    assert (X := pow0_ratio (/ T') (/ T) (p j) (p i) P I (proj1 L j Hj) (Top i j Hi Hj Ki Kj)); unfold a, b; lra. }
  rewrite (sum_on_off V K a) in Pa |- *; rewrite (sum_on_off V K b) in Pb |- *.
  apply Rmult_le_reg_r with ((sum V (on K a) + sum V (off K a)) * (sum V (on K b) + sum V (off K b))); [apply Rmult_lt_0_compat; assumption|].
  unfold Rdiv; field_simplify; lra.
Qed.

(** Powers with exponent <= 1: subadditive on the kept classes. *)
Lemma power_sum_lower V f b : 0 < b <= 1 -> (forall i, (i < V)%nat -> 0 <= f i) ->
  pow0 (sum V f) b <= sum V (fun i => pow0 (f i) b).
Proof.
  intros Hb H; set (s := sum V f); destruct (sum_nonneg V f H) as [P|Z]; [fold s in P|fold s in Z; rewrite <- Z, pow0_zero; apply sum_nonneg; intros; apply pow0_nonneg].
  assert (E : pow0 s b = sum V (fun i => pow0 s b * (f i / s))) by (rewrite sum_scal, sum_div; fold s; field; lra).
  rewrite E; apply sum_le; intros i Hi.
  replace (pow0 (f i) b) with (pow0 s b * pow0 (f i / s) b).
  - apply Rmult_le_compat_l; [apply pow0_nonneg|].
    assert (U : 0 <= f i / s <= 1).
    { split; [apply Rmult_le_pos; [apply H, Hi|apply Rlt_le, Rinv_0_lt_compat, P]|].
      apply Rmult_le_reg_r with s; [exact P|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra.
      assert (X := term_le_sum V f i H Hi); fold s in X; lra. }
    set (x := f i / s) in *; destruct (proj1 U) as [Px|<-]; [|rewrite pow0_zero; lra].
    rewrite pow0_pos by exact Px; rewrite <- (exp_ln x) at 1 by exact Px.
    assert (Lx : ln x <= 0) by (rewrite <- ln_1; destruct (proj2 U) as [A|A]; [left; apply ln_increasing; assumption|rewrite A; right; reflexivity]).
    assert (X : ln x <= b * ln x) by nra; destruct X as [X|X]; [left; apply exp_increasing, X|right; rewrite <- X; reflexivity].
  - rewrite <- pow0_mult by (first [lra|apply Rmult_le_pos; [apply H, Hi|apply Rlt_le, Rinv_0_lt_compat, P]]).
    f_equal; field; lra.
Qed.

(** and at most m^(1-b) (sum)^b on m classes (concavity, through the tangent at the mean). *)
Lemma pow0_tangent x c b : 0 < b <= 1 -> 0 <= x -> 0 < c -> pow0 x b <= pow0 c b * (1 + b * (x / c - 1)).
Proof.
  intros Hb [Px|<-] Hc.
  - assert (E : pow0 x b = pow0 c b * pow0 (x / c) b).
    { rewrite <- pow0_mult by (try lra; apply Rlt_le, Rdiv_lt_0_compat; assumption); f_equal; field; lra. }
    rewrite E; apply Rmult_le_compat_l; [apply pow0_nonneg|].
    assert (Py : 0 < x / c) by (apply Rdiv_lt_0_compat; assumption); set (y := x / c) in *; rewrite pow0_pos by exact Py.
    assert (T1 : exp (b * ln y) <= 1 - b + b * y).
    { assert (X : exp ((1 - b) * 0 + b * ln y) <= (1 - b) * exp 0 + b * exp (ln y)).
      { set (m := (1 - b) * 0 + b * ln y).
        assert (tangent : forall t, exp m * (1 + (t - m)) <= exp t).
        { intros t; replace (exp t) with (exp m * exp (t - m)) by (rewrite <- exp_plus; f_equal; ring).
          apply Rmult_le_compat_l; [apply Rlt_le, exp_pos|apply exp_ineq1_le]. }
        assert (A := tangent 0); assert (B := tangent (ln y)).
        replace (exp m) with ((1 - b) * (exp m * (1 + (0 - m))) + b * (exp m * (1 + (ln y - m)))) by (unfold m; ring).
        apply Rplus_le_compat; apply Rmult_le_compat_l; lra. }
      rewrite exp_0, exp_ln in X by exact Py; replace ((1 - b) * 0 + b * ln y) with (b * ln y) in X by ring; lra. }
    lra.
  - rewrite pow0_zero; apply Rmult_le_pos; [apply pow0_nonneg|unfold Rdiv; rewrite Rmult_0_l; lra].
Qed.

Lemma power_sum_upper V K p b : 0 < b <= 1 -> law V p -> 0 < tail_mass V K p ->
  sum V (off K (fun i => pow0 (p i) b)) <= pow0 (INR (V - count V K)) (1 - b) * pow0 (tail_mass V K p) b.
Proof.
  intros Hb L H; set (r := tail_mass V K p) in *; set (m := INR (V - count V K)).
  assert (Hm : 0 < m) by (apply lt_0_INR; assert (X := tail_count V K p H); lia).
  set (c := r / m); assert (Hc : 0 < c) by (apply Rdiv_lt_0_compat; assumption).
  apply Rle_trans with (sum V (fun i => off K (fun _ => pow0 c b * (1 - b)) i + pow0 c b * b / c * off K p i)).
  - apply sum_le; intros i Hi; unfold off; destruct (K i); [lra|].
    apply Rle_trans with (1 := pow0_tangent (p i) c b Hb (proj1 L i Hi) Hc); right; field; lra.
  - rewrite sum_plus, sum_off_const, sum_scal; fold (tail_mass V K p); fold r; fold m.
    assert (Er : r = c * m) by (unfold c; field; lra).
    replace (m * (pow0 c b * (1 - b)) + pow0 c b * b / c * r) with (m * pow0 c b) by (rewrite Er; field; lra).
    right; rewrite !pow0_pos by assumption; replace (ln c) with (ln r - ln m) by (symmetry; apply ln_div; assumption).
    rewrite <- (exp_ln m) at 1 by exact Hm; rewrite <- !exp_plus; f_equal; ring.
Qed.

(** rho_T <= a/(a + (1 - rho)^(1/T)) with a = (V-k)^(1-1/T) rho^(1/T), T >= 1. *)
(* claim: access:topk-softened (bound) *)
Theorem softened_tail_bound V T K p : 1 <= T -> law V p -> 0 < tail_mass V K p -> tail_mass V K p < 1 ->
  let a := pow0 (INR (V - count V K)) (1 - / T) * pow0 (tail_mass V K p) (/ T) in
  tail_mass V K (power V T p) <= a / (a + pow0 (1 - tail_mass V K p) (/ T)).
Proof.
  intros HT L H0 H1 a.
  assert (Hb : 0 < / T <= 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_le_contravar; lra]).
  set (f := fun i => pow0 (p i) (/ T)); set (u := sum V (off K f)); set (h := sum V (on K f)).
  assert (Hu : u <= a) by (apply power_sum_upper; assumption).
  assert (Hh : pow0 (1 - tail_mass V K p) (/ T) <= h).
  { rewrite <- (head_mass V K p L); apply Rle_trans with (1 := power_sum_lower V (on K p) (/ T) Hb (on_nonneg V K p L)).
    right; apply sum_ext; intros i _; unfold on, f; destruct (K i); [reflexivity|apply pow0_zero]. }
  set (g := pow0 (1 - tail_mass V K p) (/ T)) in *; assert (Pg : 0 < g) by (apply pow0_positive; lra).
  assert (Pu : 0 <= u) by (apply sum_nonneg; intros i _; unfold off, f; destruct (K i); [lra|apply pow0_nonneg]).
  assert (E : tail_mass V K (power V T p) = u / (u + h)).
  { unfold u at 2, h; rewrite Rplus_comm, <- (sum_on_off V K f); unfold tail_mass, u; rewrite <- sum_div; apply sum_ext.
    intros i _; unfold off; destruct (K i); [unfold Rdiv; ring|reflexivity]. }
  rewrite E; apply Rmult_le_reg_r with ((u + h) * (a + g)); [apply Rmult_lt_0_compat; lra|].
  replace (u / (u + h) * ((u + h) * (a + g))) with (u * (a + g)) by (field; lra).
  replace (a / (a + g) * ((u + h) * (a + g))) with (a * (u + h)) by (field; lra).
  assert (u * g <= a * h) by (apply Rmult_le_compat; lra). lra.
Qed.

Lemma classic_below V (p q : nat -> R) :
  (exists j, (j < V)%nat /\ p j <= q j) \/ (forall j, (j < V)%nat -> q j < p j).
Proof.
  induction V as [|n [[j [Hj H]]|IH]]; [right; intros; lia|left; exists j; split; [lia|exact H]|].
  destruct (Rle_dec (p n) (q n)) as [A|A]; [left; exists n; split; [lia|exact A]|right].
  intros j Hj; destruct (Nat.eq_dec j n) as [->|]; [lra|apply IH; lia].
Qed.

(** Two laws: the largest log ratio is between 0 and Hilbert's distance. *)
Lemma log_ratio_hilbert V p q i : law V p -> law V q -> positive V p -> positive V q -> (i < V)%nat ->
  ln (p i / q i) <= hilbert V p q.
Proof.
  intros Lp Lq Pp Pq Hi.
  assert (E : exists j, (j < V)%nat /\ p j <= q j).
  { destruct (classic_below V p q) as [E|N]; [exact E|].
    assert (X : 0 < sum V (fun k => p k - q k)) by (apply sum_all_pos; [lia|intros j Hj; assert (Y := N j Hj); lra]).
    rewrite sum_minus, (proj2 Lp), (proj2 Lq) in X; lra. }
  destruct E as [j [Hj Hle]].
  assert (X := le_range V (fun k => ln (p k / q k)) i j Hi Hj); unfold hilbert; simpl in X.
  assert (ln (p j / q j) <= 0); [|lra].
  rewrite ln_div by auto; destruct Hle as [Hlt|Heq]; [assert (Y := ln_increasing _ _ (Pp j Hj) Hlt); lra|rewrite Heq; lra].
Qed.

(** The max-divergence of power_T outputs is at most d_H(p, p')/T. *)
(* claim: access:privacy-power (Hilbert) *)
Theorem power_privacy V T p q i : 0 < T -> law V p -> law V q -> positive V p -> positive V q -> (i < V)%nat ->
  ln (power V T p i / power V T q i) <= hilbert V p q / T.
Proof.
  intros HT Lp Lq Pp Pq Hi.
  assert (H := log_ratio_hilbert V (power V T p) (power V T q) i (power_simplex V T p Lp) (power_simplex V T q Lq)
    (fun j Hj => power_positive V T p j Lp (Pp j Hj)) (fun j Hj => power_positive V T q j Lq (Pq j Hj)) Hi).
  rewrite power_hilbert in H by assumption; unfold Rdiv; lra.
Qed.

(** No finite constant over the whole simplex: at every T, two positive laws on two classes exceed any bound. *)
(* claim: access:privacy-power (no constant) *)
Theorem power_privacy_unbounded T C : 0 < T ->
  exists p q, law 2 p /\ law 2 q /\ positive 2 p /\ positive 2 q /\ C < ln (power 2 T p 0 / power 2 T q 0).
Proof.
  intros HT; set (D := Rmax C 0); assert (HC : C <= D) by apply Rmax_l; assert (H0 : 0 <= D) by apply Rmax_r.
  set (z := fun i : nat => match i with O => - (T * (D + 2)) | _ => 0 end).
  exists (uniform 2), (softmax 2 z).
  assert (Lu : law 2 (uniform 2)) by (apply uniform_law; lia).
  assert (Ls : law 2 (softmax 2 z)) by (apply normalise_law; [intros; apply Rlt_le, exp_pos|apply sum_all_pos; [lia|intros; apply exp_pos]]).
  split; [exact Lu|split; [exact Ls|split; [|split]]].
  - intros i _; apply Rinv_0_lt_compat, lt_0_INR; lia.
  - intros i Hi; apply Rdiv_lt_0_compat; [apply exp_pos|apply sum_all_pos; [lia|intros; apply exp_pos]].
  - rewrite softmax_power by (try lia; exact HT).
    assert (U : power 2 T (uniform 2) 0 = / 2).
    { unfold power, normalise, uniform; simpl; rewrite !pow0_pos by lra; field; apply Rgt_not_eq.
      assert (X := exp_pos (/ T * ln (/ (1 + 1)))); lra. }
    rewrite U; unfold softmax, normalise; simpl.
    replace (- (T * (D + 2)) / T) with (- (D + 2)) by (field; lra); replace (0 / T) with 0 by (field; lra).
    rewrite exp_0, Rplus_0_l; assert (Pe := exp_pos (- (D + 2))); set (e := exp (- (D + 2))) in *.
    replace (/ 2 / (e / (e + 1))) with ((e + 1) * / (2 * e)) by (field; lra).
    assert (E1 : / e = exp (D + 2)) by (unfold e; rewrite exp_Ropp, Rinv_inv; reflexivity).
    apply Rlt_le_trans with (ln (exp (D + 2) / 2)).
    + unfold Rdiv; rewrite ln_mult, ln_exp by (try apply exp_pos; lra).
      assert (X := ln_le_minus_1 2 ltac:(lra)); rewrite ln_Rinv by lra; lra.
    + assert (Y : exp (D + 2) / 2 < (e + 1) * / (2 * e)); [|left; apply ln_increasing; [assert (Z := exp_pos (D + 2)); lra|exact Y]].
      rewrite <- E1; replace ((e + 1) * / (2 * e)) with (/ e / 2 + / 2) by (field; lra); lra.
Qed.

(** Power commutes with every restriction of positive mass. *)
(* claim: access:restriction (power) *)
Theorem power_commutes_with_restriction V T K p i :
  0 < T -> law V p -> tail_mass V K p < 1 -> (i < V)%nat -> power V T (restrict V K p) i = restrict V K (power V T p) i.
Proof. intros HT L H Hi; apply power_restriction; [exact HT|exact L|rewrite head_mass by exact L; lra|exact Hi]. Qed.
