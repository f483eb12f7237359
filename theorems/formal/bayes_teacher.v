(** Hard labels against Bayes-teacher labels: the variance that soft labels save, for one example and for the mean of many.

    An input [x] has weight [p x]; given it the label has law [eta x]; the loss of class y at x is [loss x y]. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence bias_variance draws.
Open Scope R_scope.

Definition label_mean (V : nat) (eta loss : nat -> nat -> R) (x : nat) : R := expectation V (eta x) (loss x).
Definition label_variance (V : nat) (eta loss : nat -> nat -> R) (x : nat) : R :=
  expectation V (eta x) (fun y => (loss x y - label_mean V eta loss x)^2).

(** Var(hard) - Var(Bayes teacher) = E Var(loss given x) >= 0, for one example. *)
(* claim: bv:bayes-teacher (one example) *)
Theorem bayes_teacher N V w eta loss : law N w -> (forall x, (x < N)%nat -> law V (eta x)) ->
  let m := expectation N w (label_mean V eta loss) in
  expectation N w (fun x => expectation V (eta x) (fun y => (loss x y - m)^2)) - expectation N w (fun x => (label_mean V eta loss x - m)^2)
  = expectation N w (label_variance V eta loss)
  /\ 0 <= expectation N w (label_variance V eta loss).
Proof.
  intros Hw He m; split.
  - rewrite <- expectation_minus; apply expectation_ext; intros x Hx.
    rewrite (scalar_decomposition V (eta x) (loss x) m (He x Hx)); unfold label_variance, label_mean; ring.
  - apply sum_nonneg; intros x Hx; apply Rmult_le_pos; [apply Hw, Hx|].
    apply sum_nonneg; intros y Hy; apply Rmult_le_pos; [apply (He x Hx), Hy|apply pow2_ge_0].
Qed.

(** Draws with mean c whose deviations are uncorrelated with variance v: their mean has variance v/n. *)
Lemma variance_of_mean N w n X c v : law N w -> (0 < n)%nat ->
  (forall k, (k < n)%nat -> expectation N w (X k) = c) ->
  (forall k m, (k < n)%nat -> (m < n)%nat -> expectation N w (fun o => (X k o - c) * (X m o - c)) = if Nat.eq_dec k m then v else 0) ->
  let average := fun o => sum n (fun k => X k o) / INR n in
  expectation N w (fun o => (average o - expectation N w average)^2) = v / INR n.
Proof.
  intros L Hn H1 H2 average; assert (P : 0 < INR n) by (apply lt_0_INR, Hn).
  assert (M : expectation N w average = c).
  { unfold average; rewrite (expectation_ext N w _ (fun o => / INR n * sum n (fun k => X k o))) by (intros; unfold Rdiv; ring).
    rewrite expectation_scal, expectation_sum, (sum_ext n _ (fun _ => c)) by exact H1; rewrite sum_const; field; lra. }
  rewrite M, <- (mean_square_error N w L n X c v Hn H1).
  - apply expectation_ext; intros o _; unfold average; ring.
  - intros k m Hk Hm; rewrite (expectation_ext N w _ (fun o => (X k o - c) * (X m o - c) + c * X k o + c * X m o - c^2)) by (intros; ring).
    rewrite expectation_minus, !expectation_plus, !expectation_scal, expectation_const, H2, !H1 by assumption; ring.
Qed.

(** n examples with uncorrelated losses, hard ones H and Bayes-teacher ones B with the first two moments of an example:
    Var of the mean of H less Var of the mean of B is E Var(loss given x)/n >= 0. *)
(* claim: bv:bayes-teacher *)
Theorem bayes_teacher_mean N w n A V p eta loss (H B : nat -> nat -> R) :
  law N w -> (0 < n)%nat -> (forall x, (x < A)%nat -> 0 <= p x) -> (forall x, (x < A)%nat -> law V (eta x)) ->
  let c := expectation A p (label_mean V eta loss) in
  let hard := expectation A p (fun x => expectation V (eta x) (fun y => (loss x y)^2)) - c^2 in
  let soft := expectation A p (fun x => (label_mean V eta loss x)^2) - c^2 in
  (forall k, (k < n)%nat -> expectation N w (H k) = c) ->
  (forall k m, (k < n)%nat -> (m < n)%nat -> expectation N w (fun o => (H k o - c) * (H m o - c)) = if Nat.eq_dec k m then hard else 0) ->
  (forall k, (k < n)%nat -> expectation N w (B k) = c) ->
  (forall k m, (k < n)%nat -> (m < n)%nat -> expectation N w (fun o => (B k o - c) * (B m o - c)) = if Nat.eq_dec k m then soft else 0) ->
  let hards := fun o => sum n (fun k => H k o) / INR n in
  let softs := fun o => sum n (fun k => B k o) / INR n in
  let saved := expectation N w (fun o => (hards o - expectation N w hards)^2) - expectation N w (fun o => (softs o - expectation N w softs)^2) in
  saved = expectation A p (label_variance V eta loss) / INR n /\ 0 <= saved.
Proof.
  intros L Hn Hp He c hard soft H1 H2 B1 B2 hards softs saved; assert (P : 0 < INR n) by (apply lt_0_INR, Hn).
  assert (E : saved = expectation A p (label_variance V eta loss) / INR n).
  { unfold saved, hards, softs; rewrite (variance_of_mean N w n H c hard L Hn H1 H2), (variance_of_mean N w n B c soft L Hn B1 B2).
    replace (expectation A p (label_variance V eta loss)) with (hard - soft); [field; lra|].
    unfold hard, soft; match goal with |- ?a - ?k - (?b - ?k) = _ => replace (a - k - (b - k)) with (a - b) by ring end.
    rewrite <- expectation_minus; apply expectation_ext; intros x Hx; unfold label_variance.
    rewrite (expectation_ext V (eta x) (fun y => (loss x y)^2) (fun y => (loss x y - 0)^2)) by (intros; ring).
    rewrite (scalar_decomposition V (eta x) (loss x) 0 (He x Hx)); unfold label_mean; ring. }
  split; [exact E|]; rewrite E; apply Rmult_le_pos; [|apply Rlt_le, Rinv_0_lt_compat, P].
  apply sum_nonneg; intros x Hx; apply Rmult_le_pos; [apply Hp, Hx|].
  apply sum_nonneg; intros y Hy; apply Rmult_le_pos; [apply (He x Hx), Hy|apply pow2_ge_0].
Qed.
