(** The mixing operator p/T + (1 - 1/T) u on T >= 1: axioms, contractions and the privacy constant. *)
From Coq Require Import Reals Lra Lia List Permutation.
From Overproof Require Import sums divergence majorisation softening power.
Open Scope R_scope.

Lemma inverse_below_1 T : 1 <= T -> 0 < / T <= 1.
Proof. intros H; split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_le_contravar; lra]. Qed.

Lemma mixing_blend V T p i : mixing V T p i = (1 - (1 - / T)) * p i + (1 - / T) * uniform V i.
Proof. unfold mixing, uniform, Rdiv; ring. Qed.

(** Mixing maps the simplex to itself, for T >= 1. *)
(* claim: op:mixing (prop:simplex) *)
Theorem mixing_simplex V T p : 1 <= T -> law V p -> law V (mixing V T p).
Proof.
  intros HT L; assert (I := inverse_below_1 T HT); assert (HV := law_not_empty V p L).
  assert (M := mixture_law V (1 - / T) p (uniform V) ltac:(lra) L (uniform_law V HV)).
  split; [intros i Hi|]; [rewrite mixing_blend; apply M, Hi|].
  rewrite <- (proj2 M); apply sum_ext; intros; apply mixing_blend.
Qed.

(** Mixing leaves the simplex for every T in (0,1) and V >= 2: an entry is negative at a vertex. *)
(* refutes: op:mixing-below-one *)
Theorem mixing_below_one V T :
  (2 <= V)%nat -> 0 < T < 1 -> exists p i, law V p /\ (i < V)%nat /\ mixing V T p i < 0.
Proof.
  intros HV HT; exists (fun i => if Nat.eq_dec i 0 then 1 else 0), 1%nat; split; [|split; [lia|]].
  - split; [intros i _; destruct (Nat.eq_dec i 0); lra|apply sum_single; lia].
  - unfold mixing; simpl.
    assert (1 < / T) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra).
    assert (0 < INR V) by (apply lt_0_INR; lia).
    assert (0 < (/ T - 1) / INR V) by (apply Rdiv_lt_0_compat; lra).
    unfold Rdiv in *; lra.
Qed.

(** Mixing keeps strict order. *)
(* claim: op:mixing (ax:ranking) *)
Theorem mixing_ranking V T p i j : 0 < T -> p j < p i -> mixing V T p j < mixing V T p i.
Proof.
  intros HT H; unfold mixing, Rdiv; apply Rplus_lt_compat_r, Rmult_lt_compat_r; [apply Rinv_0_lt_compat, HT|exact H].
Qed.

(** Mixing at T = 1 is the identity. *)
(* claim: op:mixing (ax:identity) *)
Theorem mixing_identity V p i : mixing V 1 p i = p i.
Proof. unfold mixing; rewrite Rinv_1; unfold Rdiv; rewrite Rinv_1; ring. Qed.

(** mixing_T' after mixing_T is mixing_(T T'). *)
(* claim: op:mixing (prop:semigroup) *)
Theorem mixing_semigroup V T T' p i :
  (0 < V)%nat -> 0 < T -> 0 < T' -> mixing V T' (mixing V T p) i = mixing V (T * T') p i.
Proof.
  intros HV HT HT'; assert (0 < INR V) by (apply lt_0_INR, HV).
  unfold mixing; field; repeat split; lra.
Qed.

(** A hotter mixing is majorised by a colder one. *)
(* claim: op:mixing (prop:majorisation) *)
Theorem mixing_majorisation V T T' p :
  1 <= T -> T <= T' -> law V p -> majorised V (mixing V T' p) (mixing V T p).
Proof.
  intros HT H L; assert (HV := law_not_empty V p L); assert (PV : 0 < INR V) by (apply lt_0_INR, HV).
  assert (I := inverse_below_1 T HT); assert (I' := inverse_below_1 T' ltac:(lra)).
  assert (D : / T' <= / T) by (apply Rinv_le_contravar; lra).
  set (s := order V p); assert (P : Permutation s (seq 0 V)) by apply order_permutation.
  assert (O := order_decreasing V p); fold s in O.
  assert (Sp : sum V (fun i => p (along s i)) = 1) by (rewrite (sum_permutation V s p P); apply L).
  split; [rewrite (proj2 (mixing_simplex V T' p ltac:(lra) L)), (proj2 (mixing_simplex V T p HT L)); reflexivity|].
  exists s, s; split; [exact P|split; [exact P|split; [|split]]].
  - intros i j Hij Hj; assert (X := O i j Hij Hj); unfold mixing, Rdiv.
    apply Rplus_le_compat_r, Rmult_le_compat_r; lra.
  - intros i j Hij Hj; assert (X := O i j Hij Hj); unfold mixing, Rdiv.
    apply Rplus_le_compat_r, Rmult_le_compat_r; lra.
  - intros k Hk.
    assert (F : forall S, sum k (fun i => mixing V S p (along s i)) = / S * (sum k (fun i => p (along s i)) - INR k / INR V) + INR k / INR V).
    { intros S; unfold mixing; rewrite sum_plus, sum_div, sum_const; unfold Rdiv; ring. }
    rewrite !F; apply Rplus_le_compat_r, Rmult_le_compat_r; [|exact D].
    assert (R := ratio_lemma V (fun i => p (along s i)) (fun _ => 1) k); rewrite Sp, !sum_const in R.
    unfold Rdiv in R; rewrite Rinv_1, !Rmult_1_r in R.
    assert (X : INR k * / INR V <= sum k (fun i => p (along s i))); [|unfold Rdiv; lra].
    apply R; [lra|exact PV| |exact Hk].
    intros i j Hij Hj; assert (X := O i j Hij Hj); simpl in X; lra.
Qed.

(** A hotter mixing has at least the entropy of a colder one. *)
(* claim: op:mixing (ax:entropy) *)
Theorem mixing_entropy V T T' p :
  1 <= T -> T <= T' -> law V p -> entropy V (mixing V T p) <= entropy V (mixing V T' p).
Proof.
  intros HT H L; apply majorised_entropy; [apply mixing_simplex; [lra|exact L]|apply mixing_simplex; assumption|].
  apply mixing_majorisation; assumption.
Qed.

(** Mixing contracts the l1 distance by exactly 1/T. *)
(* claim: op:mixing-contraction (l1) *)
Theorem mixing_l1 V T p q : 0 < T -> l1 V (mixing V T p) (mixing V T q) = / T * l1 V p q.
Proof.
  intros HT; assert (I := Rinv_0_lt_compat T HT); unfold l1; rewrite <- sum_scal; apply sum_ext; intros i _.
  unfold mixing; replace (p i / T + (1 - / T) / INR V - (q i / T + (1 - / T) / INR V)) with (/ T * (p i - q i)) by (unfold Rdiv; ring).
  rewrite Rabs_mult, (Rabs_right (/ T)) by lra; reflexivity.
Qed.

(** KL(mixing_T p, mixing_T q) <= KL(p,q)/T. *)
(* claim: op:mixing-contraction (KL) *)
Theorem mixing_kl V T p q :
  1 <= T -> law V p -> law V q -> supported V p q ->
  divergence V (mixing V T p) (mixing V T q) <= / T * divergence V p q.
Proof.
  intros HT Lp Lq S; assert (I := inverse_below_1 T HT); assert (HV := law_not_empty V p Lp).
  assert (U := uniform_law V HV).
  assert (C := divergence_jointly_convex V (1 - / T) p (uniform V) q (uniform V) ltac:(lra) Lp U Lq U S ltac:(intros i _ E; exact E)).
  replace (divergence V (uniform V) (uniform V)) with 0 in C by (symmetry; apply sum_zero; intros; apply term_same).
  replace (divergence V (mixing V T p) (mixing V T q)) with
    (divergence V (fun i => (1 - (1 - / T)) * p i + (1 - / T) * uniform V i) (fun i => (1 - (1 - / T)) * q i + (1 - / T) * uniform V i)); [lra|].
  apply sum_ext; intros; rewrite !mixing_blend; reflexivity.
Qed.

(** Mixing moves a law by exactly (1 - 1/T) times its l1 distance to the uniform law. *)
(* claim: bv:softening-bias (mixing) *)
Theorem mixing_bias V T p : 1 <= T -> l1 V (mixing V T p) p = (1 - / T) * l1 V p (uniform V).
Proof.
  intros HT; assert (I := inverse_below_1 T HT); unfold l1; rewrite <- sum_scal; apply sum_ext; intros i _.
  rewrite mixing_blend, Rabs_minus_sym.
  replace (p i - ((1 - (1 - / T)) * p i + (1 - / T) * uniform V i)) with ((1 - / T) * (p i - uniform V i)) by ring.
  rewrite Rabs_mult, (Rabs_right (1 - / T)) by lra; reflexivity.
Qed.

(** One sample of mixing_T is log(1 + V/(T-1)) locally differentially private. *)
(* claim: access:privacy-mixing (ratio) *)
Theorem mixing_privacy V T p q i :
  1 < T -> law V p -> law V q -> (i < V)%nat -> ln (mixing V T p i / mixing V T q i) <= ln (1 + INR V / (T - 1)).
Proof.
  intros HT Lp Lq Hi; assert (PV : 0 < INR V) by (apply lt_0_INR; lia).
  assert (I : 0 < / T < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  set (u := (1 - / T) / INR V); assert (Pu : 0 < u) by (apply Rdiv_lt_0_compat; lra).
  assert (A : forall r, law V r -> u <= mixing V T r i <= / T + u).
  { intros r Lr; assert (R0 := proj1 Lr i Hi); assert (R1 := law_le_1 V r i Lr Hi).
    unfold mixing; fold u; unfold Rdiv; split; nra. }
  assert (Ap := A p Lp); assert (Aq := A q Lq).
  assert (E : 1 + INR V / (T - 1) = (/ T + u) / u) by (unfold u; field; repeat split; lra).
  assert (X : mixing V T p i / mixing V T q i <= (/ T + u) / u).
  { apply Rmult_le_compat; [lra|apply Rlt_le, Rinv_0_lt_compat; lra|lra|apply Rinv_le_contravar; lra]. }
  rewrite E; destruct X as [X|X]; [left; apply ln_increasing; [apply Rdiv_lt_0_compat; lra|exact X]|right; rewrite X; reflexivity].
Qed.

(** The privacy constant of mixing is attained at every pair of opposite vertices: wherever p_i = 1 and q_i = 0. *)
(* claim: access:privacy-mixing (tight) *)
Theorem mixing_privacy_tight V T p q i :
  1 < T -> (i < V)%nat -> p i = 1 -> q i = 0 -> ln (mixing V T p i) - ln (mixing V T q i) = ln (1 + INR V / (T - 1)).
Proof.
  intros HT Hi Ep Eq; assert (PV : 0 < INR V) by (apply lt_0_INR; lia).
  assert (I : 0 < / T < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  assert (U : 0 < (1 - / T) / INR V) by (apply Rdiv_lt_0_compat; lra).
  unfold mixing; rewrite Ep, Eq; rewrite <- ln_div by lra; f_equal; field; repeat split; lra.
Qed.

(** Both together: the privacy constant log(1 + V/(T-1)) of mixing, with equality at every pair of opposite vertices. *)
(* claim: access:privacy-mixing *)
Theorem mixing_privacy_constant V T p q :
  1 < T -> law V p -> law V q ->
  (forall i, (i < V)%nat -> ln (mixing V T p i) - ln (mixing V T q i) <= ln (INR V / (T - 1) + 1)) /\
  (forall i, (i < V)%nat -> p i = 1 -> q i = 0 -> ln (mixing V T p i) - ln (mixing V T q i) = ln (INR V / (T - 1) + 1)).
Proof.
  intros HT Lp Lq; rewrite Rplus_comm; split; intros i Hi; [|intros; apply mixing_privacy_tight; assumption].
  assert (PV : 0 < INR V) by (apply lt_0_INR; lia).
  assert (I : 0 < / T < 1) by (split; [apply Rinv_0_lt_compat; lra|rewrite <- Rinv_1; apply Rinv_lt_contravar; lra]).
  assert (P : forall r, law V r -> 0 < mixing V T r i).
  { intros r Lr; assert (R0 := proj1 Lr i Hi); assert (U : 0 < (1 - / T) / INR V) by (apply Rdiv_lt_0_compat; lra).
    unfold mixing; assert (0 <= r i / T) by (apply Rmult_le_pos; lra); lra. }
  rewrite <- ln_div by (apply P; assumption); apply mixing_privacy; assumption.
Qed.

(** Mixing does not commute with restriction: p = (1/2, 1/4, 1/4), the first two classes, T = 2. *)
(* claim: access:restriction (not mixing) *)
Theorem mixing_not_restriction :
  let p := fun i => match i with O => 1/2 | S O => 1/4 | _ => 1/4 end in
  let K := fun i => Nat.ltb i 2 in
  law 3 p /\ mixing 2 2 (restrict 3 K p) 0 <> restrict 3 K (mixing 3 2 p) 0.
Proof.
  simpl; split; [split; [intros [|[|i]] _; lra|simpl; lra]|].
  unfold restrict, normalise, mixing, on; simpl; lra.
Qed.
