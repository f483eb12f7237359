(** Softening operators: normalised weights, the separable criterion for all V, power and mixing. *)
From Coq Require Import Reals Lra Lia List Permutation.
From Overproof Require Import sums divergence majorisation.
Open Scope R_scope.

(** Weights divided by their sum. *)
Definition normalise (V : nat) (w : nat -> R) (i : nat) : R := w i / sum V w.

(** x^a with 0^a = 0, for a > 0. *)
Definition pow0 (x a : R) : R := if Rlt_dec 0 x then exp (a * ln x) else 0.

(** power_T(p)_i proportional to p_i^(1/T); mixing_T(p)_i = p_i/T + (1 - 1/T)/V; softmax. *)
Definition power (V : nat) (T : R) (p : nat -> R) : nat -> R := normalise V (fun i => pow0 (p i) (/ T)).
Definition mixing (V : nat) (T : R) (p : nat -> R) (i : nat) : R := p i / T + (1 - / T) / INR V.
Definition softmax (V : nat) (z : nat -> R) : nat -> R := normalise V (fun i => exp (z i)).

(** Non-negative weights with a positive sum, divided by it, are a law. *)
(* claim: lemma:simplex *)
Theorem normalise_law V w : (forall i, (i < V)%nat -> 0 <= w i) -> 0 < sum V w -> law V (normalise V w).
Proof.
  intros H P; split; unfold normalise.
  - intros i Hi; apply Rmult_le_pos; [apply H, Hi|apply Rlt_le, Rinv_0_lt_compat, P].
  - rewrite sum_div; field; lra.
Qed.

Lemma normalise_ext V w v i : (i < V)%nat -> (forall j, (j < V)%nat -> w j = v j) -> normalise V w i = normalise V v i.
Proof. intros Hi H; unfold normalise; rewrite (H i Hi), (sum_ext V w v H); reflexivity. Qed.

Lemma normalise_scal V c w i : c <> 0 -> normalise V (fun j => c * w j) i = normalise V w i.
Proof.
  intros Hc; unfold normalise; rewrite sum_scal.
  destruct (Req_dec (sum V w) 0) as [->|N]; [rewrite Rmult_0_r; unfold Rdiv; rewrite Rinv_0; ring|field; split; assumption].
Qed.

Lemma normalise_of_law V p i : law V p -> normalise V p i = p i.
Proof. intros [_ E]; unfold normalise; rewrite E; field. Qed.

Lemma pow0_pos x a : 0 < x -> pow0 x a = exp (a * ln x).
Proof. intros H; unfold pow0; destruct (Rlt_dec 0 x); [reflexivity|contradiction]. Qed.

Lemma pow0_zero a : pow0 0 a = 0.
Proof. unfold pow0; destruct (Rlt_dec 0 0); [lra|reflexivity]. Qed.

Lemma pow0_nonneg x a : 0 <= pow0 x a.
Proof. unfold pow0; destruct (Rlt_dec 0 x); [apply Rlt_le, exp_pos|lra]. Qed.

Lemma pow0_positive x a : 0 < x -> 0 < pow0 x a.
Proof. intros H; rewrite pow0_pos by exact H; apply exp_pos. Qed.

Lemma pow0_1 x : 0 <= x -> pow0 x 1 = x.
Proof. intros [H|<-]; [rewrite pow0_pos, Rmult_1_l, exp_ln by exact H; reflexivity|apply pow0_zero]. Qed.

Lemma pow0_increasing x y a : 0 < a -> 0 <= x -> x < y -> pow0 x a < pow0 y a.
Proof.
  intros Ha [Hx|<-] H; [|rewrite pow0_zero; apply pow0_positive, H].
  rewrite !pow0_pos by lra; apply exp_increasing, Rmult_lt_compat_l; [exact Ha|apply ln_increasing; assumption].
Qed.

Lemma pow0_le x y a : 0 < a -> 0 <= x -> x <= y -> pow0 x a <= pow0 y a.
Proof. intros Ha Hx [H|<-]; [apply Rlt_le, pow0_increasing; assumption|lra]. Qed.

Lemma pow0_mult x y a : 0 <= x -> 0 <= y -> pow0 (x * y) a = pow0 x a * pow0 y a.
Proof.
  intros [Hx|<-] [Hy|<-]; rewrite ?Rmult_0_l, ?Rmult_0_r, ?pow0_zero; try ring.
  rewrite !pow0_pos, ln_mult by (try apply Rmult_lt_0_compat; assumption).
  rewrite <- exp_plus; f_equal; ring.
Qed.

Lemma pow0_pow0 x a b : pow0 (pow0 x a) b = pow0 x (a * b).
Proof.
  unfold pow0 at 2 3; destruct (Rlt_dec 0 x) as [H|H]; [|apply pow0_zero].
  rewrite pow0_pos by apply exp_pos; rewrite ln_exp; f_equal; ring.
Qed.

Lemma weights_sum_positive V p w :
  law V p -> (forall x, 0 <= x <= 1 -> 0 <= w x) -> (forall x, 0 < x <= 1 -> 0 < w x) -> 0 < sum V (fun i => w (p i)).
Proof.
  intros L N P; destruct (sum_pos_term V p ltac:(rewrite (proj2 L); lra)) as [i [Hi Hp]].
  apply (sum_pos V (fun j => w (p j)) i); [|exact Hi|apply P; split; [exact Hp|apply (law_le_1 V); assumption]].
  intros j Hj; apply N; split; [apply L, Hj|apply (law_le_1 V); assumption].
Qed.

(** Separable criterion: a non-negative weight, positive on (0,1], gives a law, for every V. *)
(* claim: op:separable-criterion (simplex) *)
Theorem separable_simplex V p w :
  law V p -> (forall x, 0 <= x <= 1 -> 0 <= w x) -> (forall x, 0 < x <= 1 -> 0 < w x) ->
  law V (normalise V (fun i => w (p i))).
Proof.
  intros L N P; apply normalise_law; [|apply weights_sum_positive; assumption].
  intros i Hi; apply N; split; [apply L, Hi|apply (law_le_1 V); assumption].
Qed.

(** Separable criterion: a weight that is positive on (0,1] takes a law with positive entries to one, whatever it is at 0. *)
(* claim: op:separable-criterion (simplex, interior) *)
Theorem separable_interior V p w :
  law V p -> positive V p -> (forall x, 0 < x <= 1 -> 0 < w x) ->
  law V (normalise V (fun i => w (p i))) /\ positive V (normalise V (fun i => w (p i))).
Proof.
  intros L P W.
  assert (Q : forall i, (i < V)%nat -> 0 < w (p i)) by (intros i Hi; apply W; split; [apply P, Hi|apply (law_le_1 V); assumption]).
  assert (S : 0 < sum V (fun i => w (p i))) by (apply sum_all_pos; [apply (law_not_empty V p L)|exact Q]).
  split; [apply normalise_law; [intros i Hi; apply Rlt_le, Q, Hi|exact S]|].
  intros i Hi; apply Rdiv_lt_0_compat; [apply Q, Hi|exact S].
Qed.

(** Separable criterion: a strictly increasing weight with a positive sum keeps the ranking. *)
(* claim: op:separable-criterion (ranking) *)
Theorem separable_ranking V p w :
  law V p -> 0 < sum V (fun k => w (p k)) -> (forall x y, 0 <= x -> x < y -> y <= 1 -> w x < w y) ->
  forall i j, (i < V)%nat -> (j < V)%nat -> p j < p i ->
  normalise V (fun k => w (p k)) j < normalise V (fun k => w (p k)) i.
Proof.
  intros L S M i j Hi Hj H; apply Rmult_lt_compat_r; [apply Rinv_0_lt_compat, S|].
  apply M; [apply L, Hj|exact H|apply (law_le_1 V); assumption].
Qed.

(** Separable criterion: if v/w falls in x, softening a sorted law by v has the smaller partial sums. *)
(* claim: op:separable-criterion (partial sums) *)
Theorem separable_partial_sums V p w v k :
  law V p -> decreasing V p -> 0 < sum V (fun i => w (p i)) -> 0 < sum V (fun i => v (p i)) ->
  (forall x y, 0 <= x -> x <= y -> y <= 1 -> v y * w x <= v x * w y) -> (k <= V)%nat ->
  sum k (normalise V (fun i => v (p i))) <= sum k (normalise V (fun i => w (p i))).
Proof.
  intros L D Sw Sv R Hk; unfold normalise; rewrite !sum_div.
  apply ratio_lemma; [exact Sw|exact Sv| |exact Hk]; intros i j Hij Hj.
  apply R; [apply L; lia|apply D; assumption|apply (law_le_1 V); [exact L|lia]].
Qed.

(** Separable criterion: if v/w falls in x, softening by v is majorised by softening by w, in whatever order the law comes. *)
(* claim: op:separable-criterion (majorisation) *)
Theorem separable_majorisation V p w v :
  law V p -> 0 < sum V (fun i => w (p i)) -> 0 < sum V (fun i => v (p i)) ->
  (forall x y, 0 <= x -> x < y -> y <= 1 -> w x < w y) ->
  (forall x y, 0 <= x -> x <= y -> y <= 1 -> v x <= v y) ->
  (forall x y, 0 <= x -> x <= y -> y <= 1 -> v y * w x <= v x * w y) ->
  majorised V (normalise V (fun i => v (p i))) (normalise V (fun i => w (p i))).
Proof.
  intros L Sw Sv Mw Mv R.
  assert (U : forall i, (i < V)%nat -> 0 <= p i <= 1) by (intros i Hi; split; [apply L, Hi|apply (law_le_1 V); assumption]).
  apply ratio_majorisation; [exact Sw|exact Sv|].
  intros i j Hi Hj H; assert (O : p j <= p i).
  { apply Rnot_lt_le; intros C; assert (X := Mw (p i) (p j) (proj1 (U i Hi)) C (proj2 (U j Hj))); lra. }
  split; [apply Mv|apply R]; try apply U; assumption.
Qed.

(** Separable criterion: if v rises and v/w falls in x, softening by v has at least the entropy of softening by w. *)
(* claim: op:separable-criterion (entropy) *)
Theorem separable_entropy V p w v :
  law V p -> (forall i, (i < V)%nat -> 0 <= w (p i)) -> (forall i, (i < V)%nat -> 0 <= v (p i)) ->
  0 < sum V (fun i => w (p i)) -> 0 < sum V (fun i => v (p i)) ->
  (forall x y, 0 <= x -> x <= y -> y <= 1 -> v x <= v y) ->
  (forall x y, 0 <= x -> x <= y -> y <= 1 -> v y * w x <= v x * w y) ->
  entropy V (normalise V (fun i => w (p i))) <= entropy V (normalise V (fun i => v (p i))).
Proof.
  intros L Nw Nv Sw Sv Mv R.
  set (s := order V p); assert (P : Permutation s (seq 0 V)) by apply order_permutation.
  assert (D := order_decreasing V p); fold s in D; set (q := fun i => p (along s i)) in *.
  assert (Lq : law V q) by (apply law_permutation; assumption).
  assert (B := fun i => along_below V s i P).
  assert (Ew : sum V (fun i => w (q i)) = sum V (fun i => w (p i))) by apply (sum_permutation V s (fun i => w (p i)) P).
  assert (Ev : sum V (fun i => v (q i)) = sum V (fun i => v (p i))) by apply (sum_permutation V s (fun i => v (p i)) P).
  assert (H : forall u, sum V (fun i => u (q i)) = sum V (fun i => u (p i)) ->
    entropy V (normalise V (fun i => u (p i))) = entropy V (normalise V (fun i => u (q i)))).
  { intros u E; unfold entropy, normalise; rewrite E; f_equal; symmetry.
    apply (sum_permutation V s (fun i => u (p i) / sum V (fun j => u (p j)) * ln (u (p i) / sum V (fun j => u (p j)))) P). }
  rewrite (H w Ew), (H v Ev); apply sorted_entropy.
  - apply normalise_law; [intros i Hi; apply Nv, B, Hi|rewrite Ev; exact Sv].
  - apply normalise_law; [intros i Hi; apply Nw, B, Hi|rewrite Ew; exact Sw].
  - intros i j Hij Hj; apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; rewrite Ev; exact Sv|].
    apply Mv; [apply Lq, Hj|apply D; assumption|apply (law_le_1 V); [exact Lq|lia]].
  - intros k Hk; apply separable_partial_sums; try assumption; [rewrite Ew|rewrite Ev]; assumption.
Qed.

(** Separable criterion: a weight that is linear at a temperature is the identity there. *)
(* claim: op:separable-criterion (identity) *)
Theorem separable_identity V p w c i : law V p -> 0 < c -> (forall x, 0 <= x <= 1 -> w x = c * x) -> (i < V)%nat ->
  normalise V (fun j => w (p j)) i = p i.
Proof.
  intros L Hc H Hi; rewrite (normalise_ext V _ (fun j => c * p j) i Hi).
  - rewrite normalise_scal by lra; apply normalise_of_law, L.
  - intros j Hj; apply H; split; [apply L, Hj|apply (law_le_1 V); assumption].
Qed.

(** Separable criterion, converse: for V >= 3 a weight that leaves every law with positive entries as it is, is linear on (0,1). *)
(* claim: op:separable-criterion (identity, only if) *)
Theorem separable_identity_only_if V w : (3 <= V)%nat ->
  (forall p, law V p -> positive V p -> forall i, (i < V)%nat -> normalise V (fun j => w (p j)) i = p i) ->
  forall x y, 0 < x < 1 -> 0 < y < 1 -> y * w x = x * w y.
Proof.
  intros HV H.
  assert (N : forall x y, 0 < x -> 0 < y -> x + y < 1 -> y * w x = x * w y).
  { intros x y Hx Hy Hxy; set (r := (1 - x - y) / INR (V - 2)).
    assert (PV : 0 < INR (V - 2)) by (apply lt_0_INR; lia).
    assert (Pr : 0 < r) by (apply Rdiv_lt_0_compat; lra).
    set (p := fun i : nat => match i with O => x | 1%nat => y | _ => r end).
    assert (P : positive V p) by (intros [|[|i]] _; assumption).
    assert (L : law V p).
    { split; [intros i Hi; apply Rlt_le, P, Hi|].
      rewrite (sum_split V 2 p) by lia; rewrite (sum_ext (V - 2) _ (fun _ => r)) by reflexivity; rewrite sum_const.
      simpl; unfold r; field; lra. }
    assert (A := H p L P 0%nat ltac:(lia)); assert (B := H p L P 1%nat ltac:(lia)); unfold normalise in A, B.
    set (s := sum V (fun j => w (p j))) in *; change (w x / s = x) in A; change (w y / s = y) in B.
    rewrite <- A at 2; rewrite <- B at 1; unfold Rdiv; ring. }
  intros x y Hx Hy; set (z := Rmin (1 - x) (1 - y) / 2).
  assert (Z : 0 < z /\ x + z < 1 /\ y + z < 1) by (unfold z, Rmin; destruct (Rle_dec (1 - x) (1 - y)); lra).
  assert (A := N x z (proj1 Hx) (proj1 Z) (proj1 (proj2 Z))); assert (B := N y z (proj1 Hy) (proj1 Z) (proj2 (proj2 Z))).
  apply Rmult_eq_reg_l with z; [|lra].
  replace (z * (y * w x)) with (y * (z * w x)) by ring; replace (z * (x * w y)) with (x * (z * w y)) by ring.
  rewrite A, B; ring.
Qed.
