(** Softening operators: normalised weights, the separable criterion for all V, power and mixing. *)
(* partial: op:separable-criterion the identity clause, and Schur-concave entropies other than Shannon, are not here *)
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

Lemma normalise_law V w : (forall i, (i < V)%nat -> 0 <= w i) -> 0 < sum V w -> law V (normalise V w).
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

(** Separable criterion: a strictly increasing weight keeps the ranking. *)
(* claim: op:separable-criterion (ranking) *)
Theorem separable_ranking V p w :
  law V p -> (forall x, 0 <= x <= 1 -> 0 <= w x) -> (forall x, 0 < x <= 1 -> 0 < w x) ->
  (forall x y, 0 <= x -> x < y -> y <= 1 -> w x < w y) ->
  forall i j, (i < V)%nat -> (j < V)%nat -> p j < p i ->
  normalise V (fun k => w (p k)) j < normalise V (fun k => w (p k)) i.
Proof.
  intros L N P M i j Hi Hj H; apply Rmult_lt_compat_r.
  - apply Rinv_0_lt_compat, weights_sum_positive; assumption.
  - apply M; [apply L, Hj|exact H|apply (law_le_1 V); assumption].
Qed.

(** Separable criterion: if v/w falls in x, softening by v is majorised by softening by w. *)
(* claim: op:separable-criterion (majorisation) *)
Theorem separable_majorisation V p w v :
  law V p ->
  (forall x, 0 <= x <= 1 -> 0 <= w x) -> (forall x, 0 < x <= 1 -> 0 < w x) ->
  (forall x, 0 <= x <= 1 -> 0 <= v x) -> (forall x, 0 < x <= 1 -> 0 < v x) ->
  (forall x y, 0 <= x -> x < y -> y <= 1 -> w x < w y) ->
  (forall x y, 0 <= x -> x <= y -> y <= 1 -> v x <= v y) ->
  (forall x y, 0 <= x -> x <= y -> y <= 1 -> v y * w x <= v x * w y) ->
  majorised V (normalise V (fun i => v (p i))) (normalise V (fun i => w (p i))).
Proof.
  intros L Nw Pw Nv Pv Mw Mv R.
  assert (U : forall i, (i < V)%nat -> 0 <= p i <= 1) by (intros i Hi; split; [apply L, Hi|apply (law_le_1 V); assumption]).
  apply ratio_majorisation.
  - intros i Hi; apply Nw, U, Hi.
  - intros i Hi; apply Nv, U, Hi.
  - apply weights_sum_positive; assumption.
  - apply weights_sum_positive; assumption.
  - intros i j Hi Hj H; assert (O : p j <= p i).
    { apply Rnot_lt_le; intros C; assert (X := Mw (p i) (p j) (proj1 (U i Hi)) C (proj2 (U j Hj))); lra. }
    split; [apply Mv|apply R]; try apply U; assumption.
Qed.

(** Separable criterion: if v/w falls in x, softening by v has at least the entropy of softening by w. *)
(* claim: op:separable-criterion (entropy) *)
Theorem separable_entropy V p w v :
  law V p ->
  (forall x, 0 <= x <= 1 -> 0 <= w x) -> (forall x, 0 < x <= 1 -> 0 < w x) ->
  (forall x, 0 <= x <= 1 -> 0 <= v x) -> (forall x, 0 < x <= 1 -> 0 < v x) ->
  (forall x y, 0 <= x -> x < y -> y <= 1 -> w x < w y) ->
  (forall x y, 0 <= x -> x <= y -> y <= 1 -> v x <= v y) ->
  (forall x y, 0 <= x -> x <= y -> y <= 1 -> v y * w x <= v x * w y) ->
  entropy V (normalise V (fun i => w (p i))) <= entropy V (normalise V (fun i => v (p i))).
Proof.
  intros; apply majorised_entropy; [apply separable_simplex; assumption|apply separable_simplex; assumption|].
  apply separable_majorisation; assumption.
Qed.
