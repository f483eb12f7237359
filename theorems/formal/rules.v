(** What stands behind rules of the suite's kernel of proofs: the mean value theorem, the fundamental theorem of calculus, monotone expectation,
    induction over the integers. *)
From Coq Require Import Reals Lra Lia ZArith.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Coquelicot.
From Overproof Require Import sums divergence bias_variance citations.
Open Scope R_scope.

(** The mean value theorem: continuity on [a, b], seen from within, and a derivative strictly between the ends. *)
(* claim: lemma:mean-value *)
Theorem mean_value (f df : R -> R) a b :
  a < b ->
  (forall x e, a <= x -> x <= b -> 0 < e -> exists d, 0 < d /\
    forall y, a <= y -> y <= b -> y < x + d -> x - d < y -> f y < f x + e /\ f x - e < f y) ->
  (forall x, a < x -> x < b -> derivable_pt_lim f x (df x)) ->
  exists c, a < c /\ c < b /\ f b - f a = df c * (b - a).
Proof.
  intros Hab C D; set (g := fun x => f (clamp a b x)).
  assert (K : forall x, a <= x <= b -> continuity_pt g x).
  { intros x Hx e He; destruct (C x e (proj1 Hx) (proj2 Hx) He) as [d [Hd B]]; exists d; split; [exact Hd|].
    intros y [_ N]; simpl in N |- *; unfold R_dist in *; apply (clamp_near a b) in N; [|lra].
    rewrite (clamp_id a b x Hx) in N; apply Rabs_def2 in N; assert (I := clamp_in a b y ltac:(lra)).
    destruct (B (clamp a b y)) as [L U]; try lra; unfold g; rewrite (clamp_id a b x Hx); apply Rabs_def1; lra. }
  assert (G : forall x, a < x < b -> derivable_pt_lim g x (df x)).
  { intros x Hx e He; destruct (D x (proj1 Hx) (proj2 Hx) e He) as [d B].
    assert (P : 0 < Rmin d (Rmin (x - a) (b - x))) by (apply Rmin_glb_lt; [apply cond_pos|apply Rmin_glb_lt; lra]).
    exists (mkposreal _ P); simpl; intros h Nh Hh.
    assert (M1 := Rmin_l d (Rmin (x - a) (b - x))); assert (M2 := Rmin_r d (Rmin (x - a) (b - x))).
    assert (M3 := Rmin_l (x - a) (b - x)); assert (M4 := Rmin_r (x - a) (b - x)).
    assert (Hh' := Hh); apply Rabs_def2 in Hh'; unfold g; rewrite !clamp_id by lra; apply B; [exact Nh|lra]. }
  set (pr := fun c (H : a < c < b) => exist (fun l => derivable_pt_abs g c l) (df c) (G c H) : derivable_pt g c).
  destruct (MVT g id a b pr (fun c _ => derivable_pt_id c) Hab K (fun c _ => derivable_continuous_pt _ _ (derivable_pt_id c))) as [c [P E]].
  exists c; split; [apply P|split; [apply P|]].
  rewrite derive_pt_id in E; unfold id, g in E; rewrite !clamp_id in E by lra.
  assert (X : derive_pt (fun x => f (clamp a b x)) c (pr c P) = df c) by reflexivity.
  rewrite X in E; lra.
Qed.

(** Hence the sign of a derivative between two ends orders the values there: 0 <= df gives f a <= f b and 0 < df gives f a < f b; for the
    other order take - f. *)
(* claim: lemma:mean-value (order) *)
Theorem monotone_slope (f df : R -> R) a b :
  (forall x e, a <= x -> x <= b -> 0 < e -> exists d, 0 < d /\
    forall y, a <= y -> y <= b -> y < x + d -> x - d < y -> f y < f x + e /\ f x - e < f y) ->
  (forall x, a < x -> x < b -> derivable_pt_lim f x (df x)) ->
  (a <= b -> (forall x, a < x -> x < b -> 0 <= df x) -> f a <= f b) /\
  (a < b -> (forall x, a < x -> x < b -> 0 < df x) -> f a < f b).
Proof.
  intros C D; split; intros H S; [destruct H as [H|<-]; [|lra]|]; destruct (mean_value f df a b H C D) as [c [A [B E]]]; assert (X := S c A B).
  - assert (0 <= df c * (b - a)) by (apply Rmult_le_pos; lra); lra.
  - assert (0 < df c * (b - a)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.

(** The fundamental theorem of calculus: a continuous derivative on [a, b] integrates to the difference at the ends. *)
(* claim: lemma:fundamental-theorem *)
Theorem fundamental_theorem (f df : R -> R) a b :
  a <= b -> (forall x, a <= x <= b -> is_derive f x (df x)) -> (forall x, a <= x <= b -> continuous df x) ->
  is_RInt df a b (f b - f a).
Proof.
  intros H D C; apply (is_RInt_derive f df a b); intros x Hx; rewrite Rmin_left, Rmax_right in Hx by exact H; [apply D|apply C]; exact Hx.
Qed.

(** Expectation is monotone: what holds at every outcome of positive probability holds of the means, strictly where it is strict. *)
(* claim: lemma:expectation-monotone *)
Theorem expectation_monotone N w f g : law N w ->
  ((forall o, (o < N)%nat -> 0 < w o -> f o <= g o) -> expectation N w f <= expectation N w g) /\
  ((forall o, (o < N)%nat -> 0 < w o -> f o < g o) -> expectation N w f < expectation N w g) /\
  ((forall o, (o < N)%nat -> 0 < w o -> f o = g o) -> expectation N w f = expectation N w g).
Proof.
  intros [P S]; assert (A : (forall o, (o < N)%nat -> 0 < w o -> f o <= g o) -> forall o, (o < N)%nat -> 0 <= w o * (g o - f o)).
  { intros H o Ho; destruct (P o Ho) as [Q|<-]; [assert (X := H o Ho Q); apply Rmult_le_pos; lra|lra]. }
  assert (E : expectation N w g - expectation N w f = sum N (fun o => w o * (g o - f o))).
  { unfold expectation; rewrite <- sum_minus; apply sum_ext; intros; ring. }
  split; [|split]; intros H.
  - assert (X := sum_nonneg N _ (A H)); lra.
  - destruct (sum_pos_term N w ltac:(lra)) as [o [Ho Q]].
    assert (X := sum_pos N _ o (A (fun u Hu Pu => Rlt_le _ _ (H u Hu Pu))) Ho ltac:(apply Rmult_lt_0_compat; [exact Q|assert (Y := H o Ho Q); lra])).
    lra.
  - apply sum_ext; intros o Ho; destruct (P o Ho) as [Q|<-]; [rewrite (H o Ho Q); reflexivity|ring].
Qed.

(** Induction over the integers from any start. *)
(* claim: lemma:induction *)
Theorem induction (P : Z -> Prop) a :
  P a -> (forall n, (a <= n)%Z -> P n -> P (n + 1)%Z) -> forall n, (a <= n)%Z -> P n.
Proof.
  intros B H n Hn; replace n with (a + Z.of_nat (Z.to_nat (n - a)))%Z by lia.
  induction (Z.to_nat (n - a)) as [|k IH]; [rewrite Z.add_0_r; exact B|].
  replace (a + Z.of_nat (S k))%Z with (a + Z.of_nat k + 1)%Z by lia; apply H; [lia|exact IH].
Qed.
