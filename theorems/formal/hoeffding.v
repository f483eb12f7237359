(** Hoeffding's lemma, the divergence of two softmax laws, and Pinsker's inequality. *)
From Coq Require Import Reals Lra Lia.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Coquelicot.
From Overproof Require Import sums divergence softening.
Open Scope R_scope.

(** A function with derivative >= 0 on [0, x] does not fall there. *)
Lemma nonneg_derivative f df x :
  0 <= x -> (forall t, is_derive f t (df t)) -> (forall t, 0 <= t -> t <= x -> 0 <= df t) -> f 0 <= f x.
Proof.
  intros Hx D P; destruct Hx as [Hx|<-]; [|lra].
  destruct (MVT_gen f 0 x df) as [c [Hc E]].
  - intros t _; apply D.
  - intros t _; apply continuity_pt_filterlim, (ex_derive_continuous f); exists (df t); apply D.
  - rewrite Rmin_left, Rmax_right in Hc by lra.
    assert (X := P c (proj1 Hc) (proj2 Hc)); nra.
Qed.

Section Binary.
Variable g : R.
Hypothesis Hg : 0 <= g <= 1.

Lemma denominator_positive t : 0 < 1 - g + g * exp t.
Proof.
  assert (E := exp_pos t); destruct (Req_dec g 0) as [->|N]; [lra|].
  assert (0 < g * exp t) by (apply Rmult_lt_0_compat; lra); lra.
Qed.

Definition tilt (t : R) : R := g * exp t / (1 - g + g * exp t).

Lemma tilt_derivative t : is_derive tilt t (tilt t * (1 - tilt t)).
Proof.
  assert (P := denominator_positive t); unfold tilt; auto_derive; [lra|field; lra].
Qed.

Lemma tilt_slope h : 0 <= h -> tilt h - g <= h / 4.
Proof.
  intros Hh; assert (X := nonneg_derivative (fun t => t / 4 - tilt t) (fun t => 1 / 4 - tilt t * (1 - tilt t)) h Hh).
  assert (Z : tilt 0 = g) by (unfold tilt; rewrite exp_0; field; lra).
  simpl in X; rewrite Z in X; assert (0 / 4 - g <= h / 4 - tilt h); [apply X|lra].
  - intros t; apply (is_derive_minus (fun t => t / 4) tilt t (1 / 4)); [auto_derive; [exact I|field]|apply tilt_derivative].
  - intros t _ _; assert (Q := pow2_ge_0 (tilt t - 1 / 2)); simpl in Q; simpl; lra.
Qed.

(** log(1 - g + g e^h) - g h <= h^2/8. *)
Lemma binary_hoeffding h : 0 <= h -> ln (1 - g + g * exp h) - g * h <= h^2 / 8.
Proof.
  intros Hh.
  assert (X := nonneg_derivative (fun t => t^2 / 8 + g * t - ln (1 - g + g * exp t)) (fun t => t / 4 + g - tilt t) h Hh).
  assert (Y : 0^2 / 8 + g * 0 - ln (1 - g + g * exp 0) <= h^2 / 8 + g * h - ln (1 - g + g * exp h)).
  { apply X; [|intros t Ht _; assert (Z := tilt_slope t Ht); lra].
    intros t; assert (P := denominator_positive t); unfold tilt; auto_derive; [exact P|field; lra]. }
  rewrite exp_0 in Y; replace (1 - g + g * 1) with 1 in Y by ring; rewrite ln_1 in Y; lra.
Qed.
End Binary.

(** The exponential lies under its chord. *)
Lemma exp_tangent x y : exp y * (1 + (x - y)) <= exp x.
Proof.
  replace (exp x) with (exp y * exp (x - y)) by (rewrite <- exp_plus; f_equal; ring).
  apply Rmult_le_compat_l; [apply Rlt_le, exp_pos|apply exp_ineq1_le].
Qed.

Lemma exp_chord g x y : 0 <= g <= 1 -> exp ((1 - g) * x + g * y) <= (1 - g) * exp x + g * exp y.
Proof.
  intros Hg; set (c := (1 - g) * x + g * y).
  assert (A := exp_tangent x c); assert (B := exp_tangent y c).
  assert (A' : (1 - g) * (exp c * (1 + (x - c))) <= (1 - g) * exp x) by (apply Rmult_le_compat_l; lra).
  assert (B' : g * (exp c * (1 + (y - c))) <= g * exp y) by (apply Rmult_le_compat_l; lra).
  replace (exp c) with ((1 - g) * (exp c * (1 + (x - c))) + g * (exp c * (1 + (y - c)))); [lra|].
  unfold c; ring.
Qed.

Lemma mean_exp_positive V p d : law V p -> 0 < sum V (fun i => p i * exp (d i)).
Proof.
  intros L; destruct (sum_pos_term V p ltac:(rewrite (proj2 L); lra)) as [i [Hi P]].
  apply (sum_pos V _ i); [|exact Hi|apply Rmult_lt_0_compat; [exact P|apply exp_pos]].
  intros j Hj; apply Rmult_le_pos; [apply L, Hj|apply Rlt_le, exp_pos].
Qed.

(** Hoeffding's lemma: log E e^d - E d <= (b - a)^2/8 when a <= d <= b. *)
(* claim: lemma:hoeffding *)
Theorem hoeffding_lemma V p d a b :
  law V p -> (forall i, (i < V)%nat -> a <= d i <= b) ->
  ln (sum V (fun i => p i * exp (d i))) - sum V (fun i => p i * d i) <= (b - a)^2 / 8.
Proof.
  intros L H; assert (M := mean_exp_positive V p d L); set (m := sum V (fun i => p i * d i)).
  assert (Bm : a <= m <= b).
  { unfold m; split.
    - replace a with (sum V (fun i => p i * a)) by (rewrite sum_scal_r, (proj2 L); ring).
      apply sum_le; intros i Hi; apply Rmult_le_compat_l; [apply L, Hi|apply H, Hi].
    - replace b with (sum V (fun i => p i * b)) by (rewrite sum_scal_r, (proj2 L); ring).
      apply sum_le; intros i Hi; apply Rmult_le_compat_l; [apply L, Hi|apply H, Hi]. }
  destruct (Req_dec a b) as [E|N].
  - assert (X : sum V (fun i => p i * exp (d i)) = exp m).
    { replace m with a by lra; replace (exp a) with (sum V (fun i => p i * exp a)) by (rewrite sum_scal_r, (proj2 L); ring).
      apply sum_ext; intros i Hi; assert (Y := H i Hi); replace (d i) with a by lra; reflexivity. }
    rewrite X, ln_exp; assert (0 <= (b - a)^2) by apply pow2_ge_0; lra.
  - assert (Hab : 0 < b - a) by lra; set (g := (m - a) / (b - a)).
    assert (Hg : 0 <= g <= 1).
    { unfold g; split; [apply Rmult_le_pos; [lra|apply Rlt_le, Rinv_0_lt_compat, Hab]|].
      apply Rmult_le_reg_r with (b - a); [exact Hab|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
    assert (C : sum V (fun i => p i * exp (d i)) <= (1 - g) * exp a + g * exp b).
    { apply Rle_trans with (sum V (fun i => p i * exp a + (p i * d i - p i * a) / (b - a) * (exp b - exp a))).
      - apply sum_le; intros i Hi; assert (Y := H i Hi); assert (P := proj1 L i Hi).
        set (l := (d i - a) / (b - a)).
        assert (Hl : 0 <= l <= 1).
        { unfold l; split; [apply Rmult_le_pos; [lra|apply Rlt_le, Rinv_0_lt_compat, Hab]|].
          apply Rmult_le_reg_r with (b - a); [exact Hab|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; lra. }
        assert (Z := exp_chord l a b Hl); replace ((1 - l) * a + l * b) with (d i) in Z by (unfold l; field; lra).
        replace (p i * exp a + (p i * d i - p i * a) / (b - a) * (exp b - exp a)) with (p i * ((1 - l) * exp a + l * exp b)) by (unfold l; field; lra).
        apply Rmult_le_compat_l; assumption.
      - right; rewrite sum_plus, !sum_scal_r, sum_div, sum_minus, !sum_scal_r, (proj2 L); fold m.
        unfold g; field; lra. }
    assert (Hb : ln ((1 - g) * exp a + g * exp b) = a + ln (1 - g + g * exp (b - a))).
    { replace (exp b) with (exp a * exp (b - a)) by (rewrite <- exp_plus; f_equal; ring).
      replace ((1 - g) * exp a + g * (exp a * exp (b - a))) with (exp a * (1 - g + g * exp (b - a))) by ring.
      rewrite ln_mult, ln_exp by (try apply exp_pos; apply denominator_positive, Hg); reflexivity. }
    assert (K := binary_hoeffding g Hg (b - a) ltac:(lra)).
    assert (Em : g * (b - a) = m - a) by (unfold g; field; lra).
    assert (Hl : ln (sum V (fun i => p i * exp (d i))) <= ln ((1 - g) * exp a + g * exp b)).
    { destruct C as [C|C]; [left; apply ln_increasing; assumption|right; rewrite C; reflexivity]. }
    lra.
Qed.

Lemma softmax_positive V z i : (i < V)%nat -> 0 < softmax V z i.
Proof.
  intros Hi; apply Rdiv_lt_0_compat; [apply exp_pos|].
  apply sum_all_pos; [lia|intros; apply exp_pos].
Qed.

Lemma softmax_law V z : (0 < V)%nat -> law V (softmax V z).
Proof.
  intros H; apply normalise_law; [intros; apply Rlt_le, exp_pos|].
  apply sum_all_pos; [exact H|intros; apply exp_pos].
Qed.

(** The divergence of two softmax laws is a cumulant: log E e^d - E d with d = z' - z. *)
Lemma softmax_divergence V z z' : (0 < V)%nat ->
  divergence V (softmax V z) (softmax V z')
  = ln (sum V (fun i => softmax V z i * exp (z' i - z i))) - sum V (fun i => softmax V z i * (z' i - z i)).
Proof.
  intros HV; assert (L := softmax_law V z HV).
  set (Z := sum V (fun i => exp (z i))); set (Z' := sum V (fun i => exp (z' i))).
  assert (PZ : 0 < Z) by (apply sum_all_pos; [exact HV|intros; apply exp_pos]).
  assert (PZ' : 0 < Z') by (apply sum_all_pos; [exact HV|intros; apply exp_pos]).
  assert (E : sum V (fun i => softmax V z i * exp (z' i - z i)) = Z' / Z).
  { unfold Z' at 1; rewrite <- sum_div; apply sum_ext; intros i _; unfold softmax, normalise; fold Z.
    replace (exp (z' i)) with (exp (z i) * exp (z' i - z i)) by (rewrite <- exp_plus; f_equal; ring).
    field; lra. }
  rewrite E, ln_div by assumption; unfold divergence.
  replace (ln Z' - ln Z) with (sum V (fun i => softmax V z i * (ln Z' - ln Z))) by (rewrite sum_scal_r, (proj2 L); ring).
  rewrite <- sum_minus; apply sum_ext; intros i Hi; unfold term.
  replace (softmax V z i / softmax V z' i) with (exp (z i - z' i) * (Z' / Z)).
  - rewrite ln_mult, ln_exp, ln_div by (try apply exp_pos; try apply Rdiv_lt_0_compat; assumption); ring.
  - unfold softmax, normalise; fold Z; fold Z'.
    replace (exp (z i)) with (exp (z' i) * exp (z i - z' i)) by (rewrite <- exp_plus; f_equal; ring).
    field; repeat split; try lra; apply Rgt_not_eq, exp_pos.
Qed.

(** KL of two softmax laws is at most an eighth of the squared spread of the logit difference. *)
(* claim: path:hoeffding (range) *)
Theorem softmax_kl_bound V z z' : (0 < V)%nat ->
  divergence V (softmax V z) (softmax V z') <= (range V (fun i => z i - z' i))^2 / 8.
Proof.
  intros HV; rewrite softmax_divergence by exact HV.
  rewrite <- (range_opp V (fun i => z i - z' i)), (range_ext V (fun i => - (z i - z' i)) (fun i => z' i - z i)) by (intros; ring).
  destruct V as [|n]; [lia|]; unfold range.
  apply (hoeffding_lemma (S n)); [apply softmax_law; lia|].
  intros i Hi; split; [apply (minimum_le n (fun i => z' i - z i)); lia|apply (le_maximum n (fun i => z' i - z i)); lia].
Qed.

(** sinh x >= x for x >= 0, hence cosh h >= 1 + h^2/2. *)
Lemma sinh_ge x : 0 <= x -> 2 * x <= exp x - exp (- x).
Proof.
  intros Hx; assert (X := nonneg_derivative (fun t => exp t - exp (- t) - 2 * t) (fun t => exp t + exp (- t) - 2) x Hx).
  assert (Y : exp 0 - exp (- 0) - 2 * 0 <= exp x - exp (- x) - 2 * x).
  { apply X; [intros t; auto_derive; [exact I|ring]|].
    intros t _ _; assert (A := exp_ineq1_le t); assert (B := exp_ineq1_le (- t)); lra. }
  rewrite Ropp_0 in Y; lra.
Qed.

(** No constant below 1/8 will do: two classes, logits (0,0) against (h,-h). *)
(* claim: path:hoeffding (tight) *)
Theorem softmax_kl_tight c : c < 1 / 8 ->
  exists z z', c * (range 2 (fun i => z i - z' i))^2 < divergence 2 (softmax 2 z) (softmax 2 z').
Proof.
  intros Hc.
  assert (exists h, 0 < h /\ (4 * c) * (2 + h^2) < 1) as [h [Hh B]].
  { destruct (Rle_dec c 0) as [N|P]; [exists 1; split; [lra|nra]|].
    set (h := 1 - 8 * c); exists h; unfold h; split; [lra|].
    assert (c < 1 / 8) by exact Hc; assert (0 < c) by lra. nra. }
  exists (fun _ => 0), (fun i => match i with O => h | _ => - h end).
  rewrite softmax_divergence by lia; unfold range; simpl.
  unfold softmax, normalise; simpl; rewrite exp_0, !Rplus_0_l.
  replace (0 - h) with (- h) by ring; replace (0 - - h) with h by ring.
  replace (Rmax (- h) h) with h by (unfold Rmax; destruct (Rle_dec (- h) h); lra).
  replace (Rmin (- h) h) with (- h) by (unfold Rmin; destruct (Rle_dec (- h) h); lra).
  replace (h - 0) with h by ring; replace (- h - 0) with (- h) by ring.
  replace (1 / (1 + 1) * h + 1 / (1 + 1) * - h) with 0 by field; rewrite Rminus_0_r.
  set (y := 1 / (1 + 1) * exp h + 1 / (1 + 1) * exp (- h)).
  assert (S : 1 + h^2 / 2 <= y).
  { assert (X := sinh_ge (h / 2) ltac:(lra)); set (e := exp (h / 2)) in *.
    assert (Pe : 0 < e) by apply exp_pos.
    assert (E1 : exp h = e * e) by (unfold e; rewrite <- exp_plus; f_equal; field).
    assert (E2 : exp (- h) = / e * / e) by (unfold e; rewrite <- exp_Ropp, <- exp_plus; f_equal; field).
    rewrite exp_Ropp in X; fold e in X; unfold y; rewrite E1, E2.
    assert (h * h <= (e - / e) * (e - / e)) by (apply Rmult_le_compat; lra).
    replace ((e - / e) * (e - / e)) with (e * e + / e * / e - 2) in H by (field; lra). lra. }
  assert (Py : 0 < y) by (assert (0 <= h^2) by apply pow2_ge_0; lra).
  assert (T : 1 - / y <= ln y).
  { assert (X := ln_le_minus_1 (/ y) (Rinv_0_lt_compat y Py)); rewrite ln_Rinv in X by exact Py; lra. }
  assert (U : / y <= / (1 + h^2 / 2)) by (apply Rinv_le_contravar; [assert (0 <= h^2) by apply pow2_ge_0; lra|exact S]).
  assert (W : 1 - / (1 + h^2 / 2) = h^2 / (2 + h^2)) by (field; assert (0 <= h^2) by apply pow2_ge_0; lra).
  assert (Q : c * (4 * h^2) < h^2 / (2 + h^2)).
  { assert (P2 : 0 < h^2) by (apply pow_lt, Hh).
    apply Rmult_lt_reg_r with (2 + h^2); [lra|].
    replace (h^2 / (2 + h^2) * (2 + h^2)) with (h^2) by (field; lra).
    replace (c * (4 * h^2) * (2 + h^2)) with (h^2 * (4 * c * (2 + h^2))) by ring. nra. }
  simpl in *; lra.
Qed.

(** Pinsker's inequality, with the sharp constant: |p - q|_1^2 / 2 <= KL(p,q), that is 2 TV^2 <= KL. *)
(* claim: lemma:pinsker *)
Theorem pinsker V p q :
  law V p -> law V q -> supported V p q -> 2 * (TV V p q)^2 <= divergence V p q.
Proof.
  intros Lp Lq S; set (D := l1 V p q).
  set (d := fun i => D * (if Rle_dec (q i) (p i) then 1 else -1)).
  assert (PD : 0 <= D) by (apply sum_nonneg; intros; apply Rabs_pos).
  assert (M := mean_exp_positive V q d Lq); set (m := sum V (fun i => q i * exp (d i))) in *.
  assert (H : ln m - sum V (fun i => q i * d i) <= (D - - D)^2 / 8).
  { apply hoeffding_lemma; [exact Lq|]; intros i _; unfold d; destruct (Rle_dec (q i) (p i)); lra. }
  assert (G : sum V (fun i => p i * (d i - ln m)) <= divergence V p q).
  { assert (X : sum V p - sum V (fun i => q i * exp (d i) / m) <= sum V (fun i => term (p i) (q i * exp (d i) / m))).
    { assert (P : forall i, 0 < exp (d i) / m) by (intros; apply Rdiv_lt_0_compat; [apply exp_pos|exact M]).
      apply term_ge_difference.
      - apply Lp.
      - intros i Hi; unfold Rdiv; rewrite Rmult_assoc; apply Rmult_le_pos; [apply Lq, Hi|apply Rlt_le, P].
      - intros i Hi E; apply S; [exact Hi|]; unfold Rdiv in E; rewrite Rmult_assoc in E.
        apply Rmult_integral in E; destruct E as [E|E]; [exact E|assert (Y := P i); unfold Rdiv in Y; lra]. }
    rewrite sum_div, (proj2 Lp) in X; fold m in X; replace (m / m) with 1 in X by (field; lra).
    assert (Y : sum V (fun i => term (p i) (q i * exp (d i) / m)) = divergence V p q - sum V (fun i => p i * (d i - ln m))); [|lra].
    unfold divergence; rewrite <- sum_minus; apply sum_ext; intros i Hi; unfold term.
    destruct (proj1 Lp i Hi) as [Pp|<-]; [|ring].
    assert (Pq : 0 < q i) by (destruct (proj1 Lq i Hi) as [Y|Y]; [exact Y|assert (Z := S i Hi (eq_sym Y)); lra]).
    rewrite !ln_div by (try apply Rdiv_lt_0_compat; try apply Rmult_lt_0_compat; try apply exp_pos; assumption).
    rewrite ln_mult, ln_exp by (try apply exp_pos; assumption); ring. }
  assert (E : sum V (fun i => p i * (d i - ln m)) = D * D + sum V (fun i => q i * d i) - ln m).
  { replace (D * D) with (sum V (fun i => (p i - q i) * d i)).
    - assert (Y : sum V (fun i => p i * ln m) = ln m) by (rewrite sum_scal_r, (proj2 Lp); ring).
      assert (A : sum V (fun i => p i * (d i - ln m)) = sum V (fun i => p i * d i) - sum V (fun i => p i * ln m)).
      { rewrite <- sum_minus; apply sum_ext; intros; ring. }
      assert (B : sum V (fun i => (p i - q i) * d i) = sum V (fun i => p i * d i) - sum V (fun i => q i * d i)).
      { rewrite <- sum_minus; apply sum_ext; intros; ring. }
      lra.
    - unfold D at 2; unfold l1; rewrite <- sum_scal; apply sum_ext; intros i _; unfold d, Rabs.
      destruct (Rle_dec (q i) (p i)); destruct (Rcase_abs (p i - q i)); try lra. }
  unfold TV; fold D; lra.
Qed.
