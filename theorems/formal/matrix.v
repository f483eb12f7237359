(** The axioms and properties of a family of softenings as statements about it, and the whole matrix of power and of mixing. *)
From Coq Require Import Reals Lra Lia List Permutation.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Coquelicot.
From Overproof Require Import sums divergence majorisation softening power mixing limits holder operators continuity cold_limit affine.
Import ListNotations.
Open Scope R_scope.

(** F V T p is the law p on V classes at temperature T, for T in the domain. *)
Definition family : Type := nat -> R -> (nat -> R) -> nat -> R.

Section Properties.
Variables (domain : R -> Prop) (F : family).

Definition gives_laws : Prop := forall V T p, domain T -> law V p -> law V (F V T p).
Definition keeps_ranking : Prop := forall V T p i j, domain T -> law V p -> (i < V)%nat -> (j < V)%nat -> p j < p i -> F V T p j < F V T p i.
Definition is_continuous : Prop := forall V, jointly_continuous V domain (F V).
Definition majorises : Prop := forall V T T' p, domain T -> domain T' -> T < T' -> law V p -> majorised V (F V T' p) (F V T p).
Definition raises_entropy : Prop := forall V T T' p, domain T -> domain T' -> T < T' -> law V p -> entropy V (F V T p) <= entropy V (F V T' p).
Definition is_identity_at_1 : Prop := forall V p i, law V p -> (i < V)%nat -> F V 1 p i = p i.
Definition flattens_inside : Prop := forall V p i, law V p -> positive V p -> (i < V)%nat -> is_lim (fun T => F V T p i) p_infty (/ INR V).
Definition flattens : Prop := forall V p i, law V p -> (i < V)%nat -> is_lim (fun T => F V T p i) p_infty (/ INR V).
Definition sharpens : Prop := forall V p i, law V p -> (i < V)%nat -> filterlim (fun T => F V T p i) (at_right 0) (locally (top V p i / sum V (top V p))).
Definition composes : Prop := forall V T T' p i, domain T -> domain T' -> domain (T * T') -> law V p -> (i < V)%nat -> F V T' (F V T p) i = F V (T * T') p i.
Definition is_equivariant : Prop := forall V T p s i, domain T -> law V p -> Permutation s (seq 0 V) -> (i < V)%nat ->
  F V T (fun j => p (along s j)) i = F V T p (along s i).
Definition is_lipschitz : Prop := forall V T, domain T -> exists C, forall p q, law V p -> law V q -> l1 V (F V T p) (F V T q) <= C * l1 V p q.
Definition does_not_increase_kl : Prop := forall V T p q, domain T -> law V p -> law V q -> Rbar_le (KL V (F V T p) (F V T q)) (KL V p q).
(** The classes listed in s are kept, and the kept mass is put back to 1. *)
Definition commutes_with_restriction : Prop := forall V T p s i, domain T -> law V p -> NoDup s -> (forall j, In j s -> (j < V)%nat) ->
  0 < sum (length s) (fun j => p (along s j)) -> (i < length s)%nat ->
  F (length s) T (normalise (length s) (fun j => p (along s j))) i = normalise (length s) (fun j => F V T p (along s j)) i.
Definition is_affine : Prop := forall V T p q a i, domain T -> law V p -> law V q -> 0 <= a <= 1 -> (i < V)%nat ->
  F V T (fun j => (1 - a) * p j + a * q j) i = (1 - a) * F V T p i + a * F V T q i.
End Properties.

Lemma along_below_all V s i : (forall j, In j s -> (j < V)%nat) -> (i < length s)%nat -> (along s i < V)%nat.
Proof. intros H Hi; apply H, nth_In, Hi. Qed.

Lemma power_commutes : commutes_with_restriction (fun T => 0 < T) power.
Proof.
  intros V T p s i HT L _ Hs Hm Hi; unfold power; set (m := sum (length s) (fun j => p (along s j))) in *.
  assert (W := power_sum_positive V T p L); set (u := sum V (fun j => pow0 (p j) (/ T))) in *.
  transitivity (normalise (length s) (fun j => pow0 (p (along s j)) (/ T)) i).
  - transitivity (normalise (length s) (fun j => pow0 (/ m) (/ T) * pow0 (p (along s j)) (/ T)) i).
    + apply normalise_ext; [exact Hi|]; intros j Hj; unfold normalise; fold m; unfold Rdiv.
      rewrite pow0_mult, Rmult_comm; [reflexivity|apply L, along_below_all; assumption|apply Rlt_le, Rinv_0_lt_compat, Hm].
    + apply normalise_scal, Rgt_not_eq, pow0_positive, Rinv_0_lt_compat, Hm.
  - rewrite <- (normalise_scal (length s) (/ u)) by (apply Rgt_not_eq, Rinv_0_lt_compat, W).
    apply normalise_ext; [exact Hi|]; intros j _; unfold normalise at 1; fold u; unfold Rdiv; ring.
Qed.

(** The axioms and properties of power on T > 0: which hold, and which do not. *)
(* claim: op:power *)
Theorem power_matrix : let domain := fun T => 0 < T in
  gives_laws domain power /\ keeps_ranking domain power /\ is_continuous domain power /\ majorises domain power /\
  raises_entropy domain power /\ is_identity_at_1 power /\ flattens_inside power /\ ~ flattens power /\ sharpens power /\
  composes domain power /\ is_equivariant domain power /\ ~ is_lipschitz domain power /\ ~ does_not_increase_kl domain power /\
  commutes_with_restriction domain power /\ ~ is_affine domain power.
Proof.
  intros domain; repeat match goal with |- _ /\ _ => split end.
  - intros V T p _ L; apply power_simplex, L.
  - intros V T p i j HT L Hi Hj; apply power_ranking; assumption.
  - intros V; apply power_continuous.
  - intros V T T' p HT _ H L; apply power_majorisation; [exact HT|lra|exact L].
  - intros V T T' p HT _ H L; apply power_entropy; [exact HT|lra|exact L].
  - intros V p i L Hi; apply power_identity; assumption.
  - intros V p i L P Hi; apply power_hot; assumption.
  - intros H; destruct power_hot_face_fails as [L Z]; set (p := fun i : nat => _) in *; assert (X := H 3%nat p 2%nat L ltac:(lia)).
    assert (Y : is_lim (fun T => power 3 T p 2) p_infty 0) by (apply is_lim_ext with (fun _ => 0); [intros T; symmetry; apply Z|apply is_lim_const]).
    apply is_lim_unique in X; apply is_lim_unique in Y; rewrite X in Y; injection Y as Y.
    assert (P : 0 < / INR 3) by (apply Rinv_0_lt_compat; simpl; lra); simpl in *; lra.
  - intros V p i L Hi; apply power_cold; assumption.
  - intros V T T' p i HT HT' _ L Hi; apply power_semigroup; assumption.
  - intros V T p s i _ _ P _; apply power_equivariance, P.
  - intros H; destruct (H 2%nat 2 ltac:(unfold domain; lra)) as [C B]; destruct (power_exponent_best 2 1 C ltac:(lra) ltac:(lra)) as [p [q [Lp [Lq X]]]].
    rewrite pow0_1 in X by (apply sum_nonneg; intros; apply Rabs_pos); assert (Y := B p q Lp Lq); lra.
  - intros H; destruct power_expands_kl as [Lp [Lq [P X]]]; set (p := fun i : nat => _) in *; set (q := fun i : nat => _) in X, P, Lq.
    assert (Y := H 2%nat 2 p q ltac:(unfold domain; lra) Lp Lq).
    assert (Q : positive 2 q) by (intros [|i] _; unfold q; lra).
    assert (Q' : positive 2 (power 2 2 q)) by (intros i Hi; apply power_positive; [exact Lq|apply Q, Hi]).
    rewrite (KL_finite 2 p q), (KL_finite 2 (power 2 2 p) (power 2 2 q)) in Y by (apply positive_supported; assumption).
    change (divergence 2 (power 2 2 p) (power 2 2 q) <= divergence 2 p q) in Y; lra.
  - apply power_commutes.
  - intros H; apply (power_not_affine 2); [lra|lra|]; apply H; [unfold domain; lra|apply vertex_law; lia|apply vertex_law; lia|lra|lia].
Qed.

Lemma mixing_hot V p i : is_lim (fun T => mixing V T p i) p_infty (/ INR V).
Proof.
  unfold mixing; apply is_lim_ext with (fun T => (p i - / INR V) * / T + / INR V); [intros T; unfold Rdiv; ring|].
  replace (Finite (/ INR V)) with (Rbar_plus (Finite 0) (Finite (/ INR V))) by (simpl; f_equal; ring).
  apply (is_lim_plus _ _ p_infty (Finite 0) (Finite (/ INR V))); [|apply is_lim_const|reflexivity].
  replace (Finite 0) with (Rbar_mult (p i - / INR V) 0) by (simpl; f_equal; ring); apply is_lim_scal_l, inverse_limit.
Qed.

Lemma mixing_supported V T p q : 1 <= T -> law V p -> law V q -> supported V p q -> supported V (mixing V T p) (mixing V T q).
Proof.
  intros HT Lp Lq S i Hi E; assert (PV : 0 < INR V) by (apply lt_0_INR; lia); assert (I := inverse_below_1 T HT).
  assert (Q := proj1 Lq i Hi); unfold mixing in *.
  assert (A : 0 <= q i / T) by (apply Rmult_le_pos; lra).
  assert (B : 0 <= (1 - / T) / INR V) by (apply Rmult_le_pos; [lra|apply Rlt_le, Rinv_0_lt_compat, PV]).
  assert (Z : q i = 0).
  { assert (X : q i / T * T = 0) by (replace (q i / T) with 0 by lra; ring).
    unfold Rdiv in X; rewrite Rmult_assoc, Rinv_l, Rmult_1_r in X by lra; exact X. }
  rewrite (S i Hi Z); unfold Rdiv in *; lra.
Qed.

(** The axioms and properties of mixing on T >= 1; no temperature of the domain tends to 0. *)
(* claim: op:mixing *)
Theorem mixing_matrix : let domain := fun T => 1 <= T in
  gives_laws domain mixing /\ keeps_ranking domain mixing /\ is_continuous domain mixing /\ majorises domain mixing /\
  raises_entropy domain mixing /\ is_identity_at_1 mixing /\ flattens_inside mixing /\ flattens mixing /\ (forall T, domain T -> 1 <= T) /\
  composes domain mixing /\ is_equivariant domain mixing /\ is_lipschitz domain mixing /\ does_not_increase_kl domain mixing /\
  ~ commutes_with_restriction domain mixing /\ is_affine domain mixing.
Proof.
  intros domain; repeat match goal with |- _ /\ _ => split end.
  - intros V T p HT L; apply mixing_simplex; assumption.
  - intros V T p i j HT _ _ _; apply mixing_ranking; unfold domain in HT; lra.
  - intros V; apply mixing_continuous.
  - intros V T T' p HT _ H L; apply mixing_majorisation; [exact HT|lra|exact L].
  - intros V T T' p HT _ H L; apply mixing_entropy; [exact HT|lra|exact L].
  - intros V p i _ _; apply mixing_identity.
  - intros V p i _ _ _; apply mixing_hot.
  - intros V p i _ _; apply mixing_hot.
  - trivial.
  - intros V T T' p i HT HT' _ _ Hi; unfold domain in *; apply mixing_semigroup; [lia|lra|lra].
  - intros V T p s i _ _ _ _; reflexivity.
  - intros V T HT; exists (/ T); intros p q _ _; rewrite mixing_l1 by (unfold domain in HT; lra); lra.
  - intros V T p q HT Lp Lq; unfold KL at 2; destruct (escapes V p q) eqn:S; [destruct (KL V _ _); exact I|].
    apply escapes_false in S; rewrite KL_finite by (apply mixing_supported; assumption); simpl.
    assert (K := mixing_kl V T p q HT Lp Lq S); assert (G := divergence_nonneg V p q Lp Lq S); assert (X := inverse_below_1 T HT); nra.
  - intros H; assert (L : law 3 (fun i => match i with O => 1/2 | _ => 1/4 end)) by (split; [intros [|i] _; lra|simpl; lra]).
    assert (X := H 3%nat 2 _ [0%nat; 1%nat] 0%nat ltac:(unfold domain; lra) L); unfold normalise, mixing, along in X; simpl in X.
    assert (N : NoDup [0%nat; 1%nat]) by (repeat constructor; simpl; lia).
    specialize (X N ltac:(intros j [<-|[<-|[]]]; lia) ltac:(lra) ltac:(lia)); lra.
  - intros V T p q a i _ _ _ _ _; apply mixing_affine.
Qed.
