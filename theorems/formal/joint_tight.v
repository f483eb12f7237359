(** The joint bound is reached: two lines that fall on one another, for any weights and features in order. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence joint.
Open Scope R_scope.

Lemma apart_below a b : a <= b -> apart a b = b - a.
Proof. intros H; unfold apart; rewrite Rabs_left1 by lra; ring. Qed.

Lemma apart_above a b : b <= a -> apart a b = a - b.
Proof. intros H; unfold apart; rewrite Rabs_right by lra; ring. Qed.

Lemma apart_lines K a b C : 0 <= K -> apart (K * a) (K * b) <= K * apart a b /\ apart (C - K * a) (C - K * b) <= K * apart a b.
Proof.
  intros H; unfold apart; replace (K * a - K * b) with (K * (a - b)) by ring; replace (C - K * a - (C - K * b)) with (- (K * (a - b))) by ring.
  rewrite Rabs_Ropp, Rabs_mult, (Rabs_right K) by lra; lra.
Qed.

(** On the line, with h(x) = K x, k(x) = C - K x, labels g = K t + alpha and f = C - K s + gamma, features s <= t and room for alpha: the loss is
    symmetric with the triangle inequality, both heads are K-Lipschitz, the teacher errs by E alpha, k by E gamma and by E (C - 2 K t - alpha),
    the features are E (t - s) apart, and the student's error is the bound. *)
(* claim: joint:bound/tight *)
Theorem joint_bound_tight N p K C s t alpha gamma : 0 <= K ->
  (forall i, (i < N)%nat -> s i <= t i) -> (forall i, (i < N)%nat -> 0 <= alpha i) ->
  (forall i, (i < N)%nat -> alpha i <= C - 2 * K * t i) -> (forall i, (i < N)%nat -> 0 <= gamma i) ->
  let h := fun u => K * u in let k := fun u => C - K * u in
  let f := fun i : nat => C - K * s i + gamma i in let g := fun i : nat => K * t i + alpha i in
  let error := head_error N p R R apart in
  symmetric R apart /\ triangle R apart /\ lipschitz R R apart apart K h /\ lipschitz R R apart apart K k /\
  error t g h = sum N (fun i => p i * alpha i) /\ error s f k = sum N (fun i => p i * gamma i) /\
  error t g k = sum N (fun i => p i * (C - 2 * K * t i - alpha i)) /\
  feature_distance N p R apart s t = sum N (fun i => p i * (t i - s i)) /\
  error s f h = error t g h + (error s f k + error t g k) + 2 * K * feature_distance N p R apart s t.
Proof.
  intros HK O A Room G h k f g error.
  assert (Q : forall i, (i < N)%nat -> K * s i <= K * t i) by (intros i Hi; apply Rmult_le_compat_l; [exact HK|apply O, Hi]).
  assert (E1 : error t g h = sum N (fun i => p i * alpha i)).
  { apply sum_ext; intros i Hi; f_equal; unfold h, g; rewrite apart_below; [ring|assert (X := A i Hi); lra]. }
  assert (E2 : error s f k = sum N (fun i => p i * gamma i)).
  { apply sum_ext; intros i Hi; f_equal; unfold k, f; rewrite apart_below; [ring|assert (X := G i Hi); lra]. }
  assert (E3 : error t g k = sum N (fun i => p i * (C - 2 * K * t i - alpha i))).
  { apply sum_ext; intros i Hi; f_equal; unfold k, g; rewrite apart_above; [ring|assert (X := Room i Hi); lra]. }
  assert (E4 : feature_distance N p R apart s t = sum N (fun i => p i * (t i - s i))).
  { apply sum_ext; intros i Hi; f_equal; apply apart_below, O, Hi. }
  assert (E5 : error s f h = sum N (fun i => p i * (C - 2 * K * s i + gamma i))).
  { apply sum_ext; intros i Hi; f_equal; unfold h, f; rewrite apart_below; [ring|].
    assert (X := G i Hi); assert (Y := A i Hi); assert (Z := Room i Hi); assert (W := Q i Hi); lra. }
  repeat match goal with |- _ /\ _ => split end; try assumption.
  - apply apart_symmetric.
  - apply apart_triangle.
  - intros a b; apply (apart_lines K a b 0 HK).
  - intros a b; apply (apart_lines K a b C HK).
  - rewrite E1, E2, E3, E4, E5, <- sum_scal, <- !sum_plus; apply sum_ext; intros i _; ring.
Qed.
