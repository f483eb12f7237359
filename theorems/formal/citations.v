(** Textbook lemmas that derivations cite: the intermediate value theorem and Cauchy's functional equation. *)
From Coq Require Import Reals Lra Lia.
Open Scope R_scope.

(** The nearest point of [a, b]. *)
Definition clamp (a b x : R) : R := Rmax a (Rmin b x).

Lemma clamp_in a b x : a <= b -> a <= clamp a b x <= b.
Proof. intros H; unfold clamp, Rmax, Rmin; destruct (Rle_dec b x); destruct (Rle_dec a _); lra. Qed.

Lemma clamp_id a b x : a <= x <= b -> clamp a b x = x.
Proof. intros H; unfold clamp, Rmax, Rmin; destruct (Rle_dec b x); destruct (Rle_dec a _); lra. Qed.

Lemma clamp_near a b x y d : a <= b -> Rabs (y - x) < d -> Rabs (clamp a b y - clamp a b x) < d.
Proof.
  intros H D; apply Rabs_def2 in D; apply Rabs_def1; unfold clamp, Rmax, Rmin;
    destruct (Rle_dec b x), (Rle_dec b y); repeat destruct (Rle_dec a _); lra.
Qed.

(** A function that is continuous on [a, b], seen from within, and falls through s there takes the value s. *)
(* claim: lemma:intermediate-value *)
Theorem intermediate_value (f : R -> R) a b s :
  a <= b ->
  (forall x e, a <= x -> x <= b -> 0 < e -> exists d, 0 < d /\
    forall y, a <= y -> y <= b -> y < x + d -> x - d < y -> f y < f x + e /\ f x - e < f y) ->
  s <= f a -> f b <= s -> exists x, (a <= x /\ x <= b) /\ f x = s.
Proof.
  intros Hab C Ha Hb; destruct Ha as [Ha|Ha]; [|exists a; split; [lra|symmetry; exact Ha]].
  destruct Hb as [Hb|Hb]; [|exists b; split; [lra|exact Hb]].
  destruct Hab as [Hab|Hab]; [|subst; lra].
  set (g := fun x => s - f (clamp a b x)).
  assert (K : continuity g).
  { intros x e He; destruct (C (clamp a b x) e) as [d [Hd B]]; [apply clamp_in; lra..|exact He|].
    exists d; split; [exact Hd|]; intros y [_ D]; simpl in D |- *; unfold R_dist in *.
    apply (clamp_near a b) in D; [|lra]; apply Rabs_def2 in D.
    destruct (B (clamp a b y)) as [L U]; try lra; try (apply clamp_in; lra).
    unfold g; apply Rabs_def1; lra. }
  destruct (IVT g a b K Hab) as [x [Hx E]].
  - unfold g; rewrite clamp_id; lra.
  - unfold g; rewrite clamp_id; lra.
  - exists x; split; [lra|]; unfold g in E; rewrite clamp_id in E by exact Hx; lra.
Qed.

Section Additive.
Variable g : R -> R.
Hypothesis additive : forall x y, g (x + y) = g x + g y.
Hypothesis increasing : forall x, 0 < x -> 0 < g x.

Lemma additive_zero : g 0 = 0.
Proof. assert (X := additive 0 0); rewrite Rplus_0_r in X; lra. Qed.

Lemma additive_opp x : g (- x) = - g x.
Proof. assert (X := additive x (- x)); rewrite Rplus_opp_r, additive_zero in X; lra. Qed.

Lemma additive_multiple n x : g (INR n * x) = INR n * g x.
Proof.
  induction n as [|n IH]; [simpl; rewrite !Rmult_0_l; apply additive_zero|].
  rewrite S_INR, !Rmult_plus_distr_r, !Rmult_1_l, additive, IH; reflexivity.
Qed.

Lemma additive_monotone x y : x <= y -> g x <= g y.
Proof.
  intros [H|<-]; [|lra]; assert (P := increasing (y - x) ltac:(lra)).
  replace y with (x + (y - x)) by ring; rewrite additive; lra.
Qed.

Lemma whole_below x : 0 <= x -> exists n, INR n <= x /\ x < INR n + 1.
Proof.
  intros Hx; destruct (archimed x) as [A B]; assert (P : (0 < up x)%Z) by (apply lt_IZR; lra).
  exists (Z.to_nat (up x - 1)); rewrite INR_IZR_INZ, Z2Nat.id, minus_IZR by lia; lra.
Qed.

Lemma additive_near x n : 0 <= x -> Rabs (INR n * (g x - x * g 1)) <= g 1.
Proof.
  intros Hx; assert (P := increasing 1 Rlt_0_1).
  destruct (whole_below (INR n * x) ltac:(apply Rmult_le_pos; [apply pos_INR|exact Hx])) as [k [L U]].
  assert (A := additive_monotone _ _ L); assert (B := additive_monotone _ _ (Rlt_le _ _ U)).
  assert (K : g (INR k) = INR k * g 1) by (rewrite <- additive_multiple; f_equal; ring).
  rewrite additive in B; rewrite additive_multiple, K in A, B.
  assert (L' : INR k * g 1 <= INR n * x * g 1) by (apply Rmult_le_compat_r; lra).
  assert (U' : INR n * x * g 1 <= (INR k + 1) * g 1) by (apply Rmult_le_compat_r; lra).
  apply Rabs_le; lra.
Qed.

Lemma additive_linear_nonneg x : 0 <= x -> g x = x * g 1.
Proof.
  intros Hx; assert (P := increasing 1 Rlt_0_1).
  destruct (Req_dec (g x - x * g 1) 0) as [E|N]; [lra|exfalso].
  assert (A := Rabs_pos_lt _ N); set (d := Rabs (g x - x * g 1)) in *.
  destruct (archimed_cor1 (d / (2 * g 1)) ltac:(apply Rdiv_lt_0_compat; lra)) as [n [Hn Pn]].
  assert (I : 0 < INR n) by (apply lt_0_INR, Pn); assert (B := additive_near x n Hx).
  rewrite Rabs_mult, (Rabs_right (INR n)) in B by lra; fold d in B.
  apply (Rmult_lt_compat_r (2 * g 1 * INR n)) in Hn; [|apply Rmult_lt_0_compat; lra].
  replace (/ INR n * (2 * g 1 * INR n)) with (2 * g 1) in Hn by (field; lra).
  replace (d / (2 * g 1) * (2 * g 1 * INR n)) with (INR n * d) in Hn by (field; lra); lra.
Qed.
End Additive.

(** An additive function that is positive on the positive numbers is a multiple of its argument. *)
(* claim: lemma:cauchy-equation *)
Theorem cauchy_equation (g : R -> R) :
  (forall x y, g (x + y) = g x + g y) -> (forall x, 0 < x -> 0 < g x) -> forall x, g x = x * g 1.
Proof.
  intros A P x; destruct (Rle_dec 0 x) as [H|H]; [apply additive_linear_nonneg; assumption|].
  assert (X := additive_linear_nonneg g A P (- x) ltac:(lra)); rewrite (additive_opp g A) in X; lra.
Qed.
