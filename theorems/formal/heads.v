(** Truncation to the first k classes, in plain sums: the head keeps its classes, the tail is cut or spread evenly. *)
From Coq Require Import Reals Lra Lia.
Set Warnings "-ambiguous-paths".
From Coquelicot Require Import Rbar.
From Overproof Require Import sums divergence majorisation softening power access.
Open Scope R_scope.

(** The first k classes. *)
Definition head (k i : nat) : bool := Nat.ltb i k.

Lemma head_in k i : (i < k)%nat -> head k i = true.
Proof. apply Nat.ltb_lt. Qed.

Lemma head_out k i : (k <= i)%nat -> head k i = false.
Proof. apply Nat.ltb_ge. Qed.

Lemma sum_head V k f : (k <= V)%nat -> sum V (on (head k) f) = sum k f.
Proof.
  intros H; rewrite (sum_split V k (on (head k) f) H), (sum_zero (V - k)), Rplus_0_r.
  - apply sum_ext; intros i Hi; unfold on; rewrite head_in by exact Hi; reflexivity.
  - intros i _; unfold on; rewrite head_out by lia; reflexivity.
Qed.

Lemma sum_tail V k f : (k <= V)%nat -> sum V (off (head k) f) = sum (V - k) (fun i => f (k + i)%nat).
Proof.
  intros H; assert (A := sum_on_off V (head k) f); rewrite sum_head in A by exact H; rewrite (sum_split V k f H) in A; lra.
Qed.

Lemma restrict_head V k p q rho : law V p -> (k <= V)%nat -> rho = sum (V - k) (fun i => p (k + i)%nat) ->
  (forall i, (i < k)%nat -> q i = p i / (1 - rho)) -> (forall i, (k <= i)%nat -> (i < V)%nat -> q i = 0) ->
  tail_mass V (head k) p = rho /\ forall i, (i < V)%nat -> q i = restrict V (head k) p i.
Proof.
  intros L Hk Hr H1 H2; assert (E : tail_mass V (head k) p = rho) by (unfold tail_mass; rewrite sum_tail by exact Hk; symmetry; exact Hr).
  split; [exact E|]; intros i Hi; unfold restrict, normalise; rewrite head_mass, E by exact L; unfold on.
  destruct (Nat.lt_ge_cases i k) as [A|A]; [rewrite head_in by exact A; apply H1, A|].
  rewrite head_out by exact A; unfold Rdiv; rewrite Rmult_0_l; apply H2; assumption.
Qed.

(** Truncation to the first k classes moves the law by TV = rho; KL(truncated, whole) = -log(1 - rho); whole against truncated is infinite once
    rho > 0, as some class has mass that the truncation takes away. *)
(* claim: access:topk *)
Theorem truncation V k p q rho :
  (1 <= k)%nat -> (k <= V)%nat -> law V p -> rho = sum (V - k) (fun i => p (k + i)%nat) -> rho < 1 ->
  (forall i, (i < k)%nat -> q i = p i / (1 - rho)) -> (forall i, (k <= i)%nat -> (i < V)%nat -> q i = 0) ->
  sum V (fun i => Rabs (p i - q i)) / 2 = rho /\
  ((forall i, (i < k)%nat -> 0 < p i) -> sum k (fun i => (ln (q i) - ln (p i)) * q i) = - ln (1 - rho)) /\
  (0 < rho -> exists i, (k <= i)%nat /\ (i < V)%nat /\ 0 < p i /\ q i = 0).
Proof.
  intros Hk HV L Hr H1 Q1 Q2; destruct (restrict_head V k p q rho L HV Hr Q1 Q2) as [E Q]; split; [|split].
  - rewrite <- E at 1; rewrite <- truncation_tv by (try exact L; lra); unfold TV, l1; f_equal.
    apply sum_ext; intros i Hi; rewrite Q by exact Hi; reflexivity.
  - intros P; rewrite (sum_ext k _ (fun i => - ln (1 - rho) / (1 - rho) * p i)).
    + rewrite sum_scal; assert (X := proj2 L); rewrite (sum_split V k p HV), <- Hr in X.
      replace (sum k p) with (1 - rho) by lra; field; lra.
    + intros i Hi; rewrite Q1, ln_div by (try exact Hi; try lra; apply P, Hi); field; lra.
  - intros P; rewrite Hr in P; destruct (sum_pos_term _ _ P) as [i [Hi Pi]]; exists (k + i)%nat.
    split; [lia|split; [lia|split; [exact Pi|apply Q2; lia]]].
Qed.

(** The tail spread evenly: KL(p, filled) = rho (log(V - k) - H(tail)) <= rho log(V - k). *)
(* claim: access:topk-fill *)
Theorem filling V k p q rho :
  (k + 1 <= V)%nat -> positive V p -> sum V p = 1 -> rho = sum (V - k) (fun i => p (k + i)%nat) ->
  (forall i, (i < k)%nat -> q i = p i) -> (forall i, (k <= i)%nat -> (i < V)%nat -> q i = rho / (INR V - INR k)) ->
  sum V (fun i => (ln (p i) - ln (q i)) * p i)
  = rho * (ln (INR V - INR k) + sum (V - k) (fun i => ln (p (k + i)%nat / rho) * p (k + i)%nat / rho)) /\
  sum V (fun i => (ln (p i) - ln (q i)) * p i) <= rho * ln (INR V - INR k).
Proof.
  intros HV P S Hr Q1 Q2; rewrite <- minus_INR in * by lia; assert (Pm : 0 < INR (V - k)) by (apply lt_0_INR; lia).
  assert (Pt : forall i, (i < V - k)%nat -> 0 < p (k + i)%nat) by (intros i Hi; apply P; lia).
  assert (Pr : 0 < rho) by (rewrite Hr; apply sum_all_pos; [lia|exact Pt]).
  assert (Lt : law (V - k) (fun i => p (k + i)%nat / rho)).
  { split; [intros i Hi; apply Rlt_le, Rdiv_lt_0_compat; [apply Pt, Hi|exact Pr]|rewrite sum_div, <- Hr; field; lra]. }
  assert (E : sum V (fun i => (ln (p i) - ln (q i)) * p i)
    = rho * (ln (INR (V - k)) + sum (V - k) (fun i => ln (p (k + i)%nat / rho) * p (k + i)%nat / rho))).
  { rewrite (sum_split V k) by lia; rewrite (sum_zero k) by (intros i Hi; rewrite Q1 by exact Hi; ring).
    rewrite (sum_ext (V - k) _ (fun i => ln (INR (V - k)) * p (k + i)%nat + rho * (ln (p (k + i)%nat / rho) * p (k + i)%nat / rho))).
    - rewrite sum_plus, !sum_scal, <- Hr; ring.
    - intros i Hi; rewrite Q2, !ln_div by (try lia; try exact Pm; try exact Pr; apply Pt, Hi); field; lra. }
  split; [exact E|]; rewrite E; apply Rmult_le_compat_l; [lra|].
  assert (B := proj1 (entropy_bounds _ _ Lt)); unfold entropy in B.
  rewrite (sum_ext _ _ (fun i => ln (p (k + i)%nat / rho) * p (k + i)%nat / rho)) in B by (intros; field; lra); lra.
Qed.

Lemma power_of_head V k T p q rho : law V p -> (k <= V)%nat -> rho = sum (V - k) (fun i => p (k + i)%nat) ->
  (forall i, (i < k)%nat -> q i = p i / (1 - rho)) -> (forall i, (k <= i)%nat -> (i < V)%nat -> q i = 0) ->
  forall i, (i < V)%nat -> power V T q i = power V T (restrict V (head k) p) i.
Proof.
  intros L HV Hr Q1 Q2 i Hi; destruct (restrict_head V k p q rho L HV Hr Q1 Q2) as [_ Q].
  apply normalise_ext; [exact Hi|]; intros j Hj; rewrite Q by exact Hj; reflexivity.
Qed.

(** Softened truncation: TV between the softened laws is the softened tail mass, which does not fall as T grows; for T >= 1 it is at most
    a/(a + (1 - rho)^(1/T)) with a = (V - k)^(1 - 1/T) rho^(1/T). *)
(* claim: access:topk-softened *)
Theorem softened_head V k T p q rho :
  (1 <= k)%nat -> (k <= V)%nat -> law V p -> rho = sum (V - k) (fun i => p (k + i)%nat) -> rho < 1 ->
  (forall i, (i < k)%nat -> q i = p i / (1 - rho)) -> (forall i, (k <= i)%nat -> (i < V)%nat -> q i = 0) ->
  (forall i j, (i < k)%nat -> (k <= j)%nat -> (j < V)%nat -> p j <= p i) -> 0 < T ->
  let tail S := sum (V - k) (fun i => power V S p (k + i)%nat) in
  sum V (fun i => Rabs (power V T p i - power V T q i)) / 2 = tail T /\
  (forall T2, T <= T2 -> tail T <= tail T2) /\
  (1 <= T -> 0 < rho -> (k + 1 <= V)%nat ->
   let a := pow0 rho (/ T) * pow0 (INR V - INR k) (1 - / T) in tail T <= a / (a + pow0 (1 - rho) (/ T))).
Proof.
  intros Hk HV L Hr H1 Q1 Q2 O HT tail; destruct (restrict_head V k p q rho L HV Hr Q1 Q2) as [E Q].
  assert (M : forall S, tail_mass V (head k) (power V S p) = tail S) by (intros; apply sum_tail, HV).
  split; [|split].
  - rewrite <- M, <- softened_truncation by (try exact HT; try exact L; lra); unfold TV, l1; f_equal.
    apply sum_ext; intros i Hi; rewrite (power_of_head V k T p q rho L HV Hr Q1 Q2 i Hi); reflexivity.
  - intros T2 HT2; rewrite <- !M; apply softened_tail_monotone; [exact HT|exact HT2|exact L|].
    intros i j Hi Hj Ki Kj; apply O; [apply Nat.ltb_lt, Ki|apply Nat.ltb_ge, Kj|exact Hj].
  - intros T1 P Hk1 a; rewrite <- M; assert (B := softened_tail_bound V T (head k) p T1 L ltac:(lra) ltac:(lra)).
    cbv zeta in B; rewrite E in B; replace (INR (V - count V (head k))) with (INR V - INR k) in B; [unfold a; rewrite (Rmult_comm (pow0 rho (/ T))); exact B|].
    rewrite <- (Rmult_1_r (INR (V - count V (head k)))), <- sum_off_const, sum_tail, sum_const, minus_INR by exact HV; ring.
Qed.

(** Power commutes with truncation: it keeps the ratios of the head and gives the tail nothing. *)
(* claim: access:restriction *)
Theorem restriction_head V k T p q rho :
  (1 <= k)%nat -> (k <= V)%nat -> law V p -> rho = sum (V - k) (fun i => p (k + i)%nat) -> rho < 1 ->
  (forall i, (i < k)%nat -> q i = p i / (1 - rho)) -> (forall i, (k <= i)%nat -> (i < V)%nat -> q i = 0) -> 0 < T ->
  (forall i, (i < k)%nat -> power V T q i = power V T p i / sum k (power V T p)) /\
  (forall i, (k <= i)%nat -> (i < V)%nat -> power V T q i = 0).
Proof.
  intros Hk HV L Hr H1 Q1 Q2 HT; destruct (restrict_head V k p q rho L HV Hr Q1 Q2) as [E _].
  assert (C : forall i, (i < V)%nat -> power V T q i = restrict V (head k) (power V T p) i).
  { intros i Hi; rewrite (power_of_head V k T p q rho L HV Hr Q1 Q2 i Hi).
    apply power_commutes_with_restriction; [exact HT|exact L|lra|exact Hi]. }
  split; intros i Hi; [rewrite C by lia|intros Hj; rewrite C by exact Hj]; unfold restrict, normalise; unfold on at 1.
  - rewrite head_in, sum_head by assumption; reflexivity.
  - rewrite head_out by exact Hi; unfold Rdiv; ring.
Qed.
