(** Joint continuity in the law and the temperature, faces included: power for T > 0, mixing for T >= 1. *)
From Coq Require Import Reals Lra Lia.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Coquelicot.
From Overproof Require Import sums divergence softening power.
Open Scope R_scope.

(** Entries of F_T(p) move by less than eps when entries of the law and the temperature move by less than some d. *)
Definition jointly_continuous (V : nat) (domain : R -> Prop) (F : R -> (nat -> R) -> nat -> R) : Prop :=
  forall T p, domain T -> law V p -> forall i, (i < V)%nat -> forall eps, 0 < eps -> exists d, 0 < d /\
  forall T' p', domain T' -> law V p' -> Rabs (T' - T) < d -> (forall j, (j < V)%nat -> Rabs (p' j - p j) < d) ->
  Rabs (F T' p' i - F T p i) < eps.

Section Near.
Variables (V : nat) (domain : R -> Prop) (T : R) (p : nat -> R).

(** What holds for all laws and temperatures close to [p] and [T]. *)
Definition near (A : R * (nat -> R) -> Prop) : Prop := exists d, 0 < d /\
  forall T' p', domain T' -> law V p' -> Rabs (T' - T) < d -> (forall j, (j < V)%nat -> Rabs (p' j - p j) < d) -> A (T', p').

Global Instance near_filter : Filter near.
Proof.
  split.
  - exists 1; split; [lra|trivial].
  - intros A B [a [Ha HA]] [b [Hb HB]]; exists (Rmin a b); split; [apply Rmin_pos; assumption|].
    intros T' p' D L HT Hp; assert (X := Rmin_l a b); assert (Y := Rmin_r a b).
    split; [apply HA|apply HB]; try assumption; try lra; intros j Hj; assert (Z := Hp j Hj); lra.
  - intros A B H [a [Ha HA]]; exists a; split; [exact Ha|]; intros; apply H, HA; assumption.
Qed.

Lemma near_domain : near (fun z => domain (fst z) /\ law V (snd z)).
Proof. exists 1; split; [lra|]; simpl; auto. Qed.

Lemma near_temperature : filterlim fst near (locally T).
Proof.
  apply filterlim_locally; intros e; exists e; split; [apply cond_pos|]; intros T' p' _ _ H _; exact H.
Qed.

Lemma near_entry j : (j < V)%nat -> filterlim (fun z => snd z j) near (locally (p j)).
Proof.
  intros Hj; apply filterlim_locally; intros e; exists e; split; [apply cond_pos|]; intros T' p' _ _ _ H; exact (H j Hj).
Qed.

Lemma near_plus f g a b : filterlim f near (locally a) -> filterlim g near (locally b) -> filterlim (fun z => f z + g z) near (locally (a + b)).
Proof. intros F G; apply (filterlim_comp_2 f g Rplus F G), (filterlim_plus a b). Qed.

Lemma near_mult f g a b : filterlim f near (locally a) -> filterlim g near (locally b) -> filterlim (fun z => f z * g z) near (locally (a * b)).
Proof. intros F G; apply (filterlim_comp_2 f g Rmult F G), (filterlim_mult a b). Qed.

Lemma near_inverse f a : a <> 0 -> filterlim f near (locally a) -> filterlim (fun z => / f z) near (locally (/ a)).
Proof. intros N F; apply (filterlim_comp _ R R f Rinv near (locally a) (locally (/ a)) F), (continuous_Rinv a N). Qed.

Lemma near_constant (c : R) : filterlim (fun _ : R * (nat -> R) => c) near (locally (c : R)).
Proof. apply filterlim_const. Qed.

Lemma near_sum n f l : (forall i, (i < n)%nat -> filterlim (f i) near (locally (l i))) ->
  filterlim (fun z => sum n (fun i => f i z)) near (locally (sum n l)).
Proof.
  induction n as [|n IH]; intros H; simpl; [apply near_constant|].
  apply near_plus; [apply IH; intros; apply H; lia|apply H; lia].
Qed.
End Near.

Lemma continuous_where_near V (domain : R -> Prop) (F : R -> (nat -> R) -> nat -> R) :
  (forall T p i, domain T -> law V p -> (i < V)%nat -> filterlim (fun z => F (fst z) (snd z) i) (near V domain T p) (locally (F T p i))) ->
  jointly_continuous V domain F.
Proof.
  intros H T p D L i Hi eps He.
  destruct (proj1 (filterlim_locally _ _) (H T p i D L Hi) (mkposreal eps He)) as [d [Hd B]].
  exists d; split; [exact Hd|]; intros T' p' D' L' HT Hp; exact (B T' p' D' L' HT Hp).
Qed.

(** x^(1/T) with 0^(1/T) = 0 is continuous in x >= 0 and T > 0 together. *)
Lemma near_weight V T p j : 0 < T -> law V p -> (j < V)%nat ->
  filterlim (fun z => pow0 (snd z j) (/ fst z)) (near V (fun S => 0 < S) T p) (locally (pow0 (p j) (/ T))).
Proof.
  intros HT L Hj; assert (E := near_entry V (fun S => 0 < S) T p j Hj).
  assert (I := near_inverse V (fun S => 0 < S) T p _ T ltac:(lra) (near_temperature V (fun S => 0 < S) T p)).
  destruct (proj1 L j Hj) as [P|Z].
  - rewrite pow0_pos by exact P.
    apply (filterlim_ext_loc (fun z => exp (/ fst z * ln (snd z j)))).
    + exists (p j); split; [exact P|]; intros T' p' _ _ _ H; assert (X := H j Hj); apply Rabs_def2 in X; simpl; symmetry; apply pow0_pos; lra.
    + apply (filterlim_comp _ R R (fun z : R * (nat -> R) => / fst z * ln (snd z j)) exp _ (locally (/ T * ln (p j))) (locally (exp (/ T * ln (p j))))).
      * apply near_mult; [exact I|]; apply (filterlim_comp _ R R (fun z : R * (nat -> R) => snd z j) ln _ (locally (p j)) (locally (ln (p j))) E).
        apply (ex_derive_continuous ln); exists (/ p j); apply is_derive_Reals, derivable_pt_lim_ln, P.
      * apply (ex_derive_continuous exp); exists (exp (/ T * ln (p j))); apply is_derive_Reals, derivable_pt_lim_exp.
  - rewrite <- Z, pow0_zero; apply filterlim_locally; intros e.
    set (b := / (2 * T)); assert (Pb : 0 < b) by (apply Rinv_0_lt_compat; lra).
    set (x := Rmin (1 / 2) (pow0 e (/ b))).
    assert (Px : 0 < x) by (apply Rmin_pos; [lra|apply pow0_positive, cond_pos]).
    exists (Rmin x T); split; [apply Rmin_pos; assumption|]; intros T' p' HT' L' HT2 Hp.
    assert (X1 := Rmin_l x T); assert (X2 := Rmin_r x T); assert (Q := Hp j Hj); rewrite <- Z, Rminus_0_r in Q.
    assert (Y := proj1 L' j Hj); rewrite Rabs_right in Q by lra; apply Rabs_def2 in HT2.
    assert (Hx1 : x <= 1 / 2) by apply Rmin_l; assert (Hx2 : x <= pow0 e (/ b)) by apply Rmin_r.
    change (Rabs (pow0 (p' j) (/ T') - 0) < e); rewrite Rminus_0_r, Rabs_right by (apply Rle_ge, pow0_nonneg).
    assert (B : b <= / T') by (apply Rinv_le_contravar; lra).
    apply Rle_lt_trans with (pow0 (p' j) b).
    + destruct Y as [Y|Y]; [|rewrite <- Y, !pow0_zero; lra].
      rewrite !pow0_pos by exact Y; assert (N : ln (p' j) < 0) by (rewrite <- ln_1; apply ln_increasing; lra).
      assert (W : / T' * ln (p' j) <= b * ln (p' j)) by nra.
      destruct W as [W|W]; [left; apply exp_increasing, W|right; rewrite W; reflexivity].
    + apply Rlt_le_trans with (pow0 x b); [apply pow0_increasing; lra|].
      apply Rle_trans with (pow0 (pow0 e (/ b)) b); [apply pow0_le; lra|].
      rewrite pow0_pow0, Rinv_l by lra; rewrite pow0_1 by (apply Rlt_le, cond_pos); lra.
Qed.

(** Power is jointly continuous on the whole simplex and all T > 0. *)
(* claim: op:power (ax:continuity) *)
Theorem power_continuous V : jointly_continuous V (fun T => 0 < T) (power V).
Proof.
  apply continuous_where_near; intros T p i HT L Hi; unfold power, normalise, Rdiv.
  apply near_mult; [apply near_weight; assumption|].
  apply near_inverse; [apply Rgt_not_eq, power_sum_positive, L|].
  apply (near_sum V (fun S => 0 < S) T p V (fun j z => pow0 (snd z j) (/ fst z))); intros j Hj; apply near_weight; assumption.
Qed.

(** Mixing is jointly continuous on the whole simplex and all T >= 1. *)
(* claim: op:mixing (ax:continuity) *)
Theorem mixing_continuous V : jointly_continuous V (fun T => 1 <= T) (mixing V).
Proof.
  apply continuous_where_near; intros T p i HT L Hi; unfold mixing, Rdiv.
  assert (I := near_inverse V (fun S => 1 <= S) T p _ T ltac:(lra) (near_temperature V (fun S => 1 <= S) T p)).
  apply near_plus; apply near_mult; [apply near_entry, Hi|exact I| |apply near_constant].
  apply (near_plus V _ T p (fun _ => 1) (fun z => - / fst z)); [apply near_constant|].
  apply (filterlim_comp _ R R (fun z : R * (nat -> R) => / fst z) Ropp _ (locally (/ T)) (locally (- / T)) I), (filterlim_opp (/ T)).
Qed.
