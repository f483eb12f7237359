(** Sums over the equal stages of a path: quadratic cost, first-order cost, a floor per stage.

    [D s u] is the distance and [C s u] the cost between the points of the path at times [s <= u] of [0,1]. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums.
Open Scope R_scope.

(** The cost of [n] equal stages. *)
Definition staged (n : nat) (C : R -> R -> R) : R := sum n (fun k => C (INR k / INR n) (INR (S k) / INR n)).

Lemma stage_ends n k : (k < n)%nat ->
  0 <= INR k / INR n /\ INR k / INR n <= INR (S k) / INR n /\ INR (S k) / INR n <= 1
  /\ INR (S k) / INR n - INR k / INR n = / INR n.
Proof.
  intros Hk; assert (P : 0 < INR n) by (apply lt_0_INR; lia); assert (Q := Rinv_0_lt_compat _ P).
  assert (K0 := pos_INR k); assert (K1 : INR (S k) <= INR n) by (apply le_INR; lia).
  assert (D : INR (S k) / INR n - INR k / INR n = / INR n) by (rewrite S_INR; field; lra).
  split; [apply Rmult_le_pos; lra|split; [lra|split; [|exact D]]].
  apply Rmult_le_reg_r with (INR n); [exact P|]; unfold Rdiv; rewrite Rmult_assoc, Rinv_l; lra.
Qed.

(** A path with D(s,u) <= L (u - s) and cost <= c D^2: n equal stages cost at most L^2 c/n, and exactly that where both are equalities. *)
(* claim: path:quadratic-stages *)
Theorem quadratic_stages (D C : R -> R -> R) n c L :
  (0 < n)%nat -> 0 <= c ->
  (forall s u, 0 <= s -> s <= u -> u <= 1 -> 0 <= D s u /\ D s u <= L * (u - s)) ->
  (forall s u, 0 <= s -> s <= u -> u <= 1 -> C s u <= c * (D s u)^2) ->
  staged n C <= L^2 * c / INR n /\
  ((forall s u, 0 <= s -> s <= u -> u <= 1 -> D s u = L * (u - s)) ->
   (forall s u, 0 <= s -> s <= u -> u <= 1 -> C s u = c * (D s u)^2) -> staged n C = L^2 * c / INR n).
Proof.
  intros Hn Hc HD HC; assert (P : 0 < INR n) by (apply lt_0_INR, Hn).
  assert (E : L^2 * c / INR n = sum n (fun _ => c * (L * / INR n)^2)) by (rewrite sum_const; field; lra).
  split; [|intros ED EC]; rewrite E; [apply sum_le|apply sum_ext]; intros k Hk; destruct (stage_ends n k Hk) as [A [B [F G]]].
  - apply Rle_trans with (1 := HC _ _ A B F), Rmult_le_compat_l; [exact Hc|].
    apply pow_incr; rewrite <- G; apply HD; assumption.
  - rewrite EC, ED, G by assumption; reflexivity.
Qed.

Lemma path_triangle (D : R -> R -> R) n :
  (forall s u v, 0 <= s -> s <= u -> u <= v -> v <= 1 -> D s v <= D s u + D u v) ->
  (0 < n)%nat -> D 0 1 <= staged n D.
Proof.
  intros HD Hn; assert (P : 0 < INR n) by (apply lt_0_INR, Hn).
  assert (M : forall m, (m < n)%nat -> D 0 (INR (S m) / INR n) <= sum (S m) (fun k => D (INR k / INR n) (INR (S k) / INR n))).
  { induction m as [|m IH]; intros Hm.
    - assert (Z : INR 0 / INR n = 0) by (simpl; field; lra).
      cbv beta iota delta [sum]; rewrite Z, Rplus_0_l; apply Rle_refl.
    - destruct (stage_ends n (S m) Hm) as [A [B [F _]]].
      assert (T := HD 0 (INR (S m) / INR n) (INR (S (S m)) / INR n) (Rle_refl 0) A B F).
      assert (I := IH ltac:(lia)); rewrite (eq_refl : sum (S (S m)) _ = sum (S m) _ + _); lra. }
  destruct n as [|n]; [lia|]; assert (X := M n ltac:(lia)).
  replace (INR (S n) / INR (S n)) with 1 in X by (field; lra); exact X.
Qed.

(** Cost c D of a D with the triangle inequality along the path: no number of stages costs less than one; at constant speed all cost L c. *)
(* claim: path:first-order-stages *)
Theorem first_order_stages (D C : R -> R -> R) n c L :
  (0 < n)%nat -> 0 <= c ->
  (forall s u v, 0 <= s -> s <= u -> u <= v -> v <= 1 -> D s v <= D s u + D u v) ->
  (forall s u, 0 <= s -> s <= u -> u <= 1 -> C s u = c * D s u) ->
  C 0 1 <= staged n C /\
  ((forall s u, 0 <= s -> s <= u -> u <= 1 -> D s u = L * (u - s)) -> staged n C = L * c).
Proof.
  intros Hn Hc HD HC; assert (P : 0 < INR n) by (apply lt_0_INR, Hn).
  assert (E : staged n C = c * staged n D).
  { unfold staged; rewrite <- sum_scal; apply sum_ext; intros k Hk; destruct (stage_ends n k Hk) as [A [B [F _]]]; apply HC; assumption. }
  rewrite E; split.
  - rewrite HC by lra; apply Rmult_le_compat_l; [exact Hc|apply path_triangle; assumption].
  - intros ED; unfold staged; rewrite (sum_ext n _ (fun _ => L * / INR n)).
    + rewrite sum_const; field; lra.
    + intros k Hk; destruct (stage_ends n k Hk) as [A [B [F G]]]; rewrite ED, G by assumption; reflexivity.
Qed.

Lemma total_difference a delta x y : 0 < x -> 0 < y ->
  a / y + delta * y - (a / x + delta * x) = (y - x) * (delta * (x * y) - a) / (x * y).
Proof. intros Hx Hy; field; lra. Qed.

Lemma total_compare a delta x y : 0 < delta -> 0 < x -> 0 < y ->
  (0 <= (y - x) * (x * y - a / delta) -> a / x + delta * x <= a / y + delta * y) /\
  (0 < (y - x) * (x * y - a / delta) -> a / x + delta * x < a / y + delta * y).
Proof.
  intros Hd Hx Hy; assert (E := total_difference a delta x y Hx Hy).
  assert (F : (y - x) * (delta * (x * y) - a) / (x * y) = (y - x) * (x * y - a / delta) * (delta / (x * y))) by (field; lra).
  assert (P : 0 < delta / (x * y)) by (apply Rdiv_lt_0_compat; [exact Hd|apply Rmult_lt_0_compat; assumption]).
  split; intros H; [assert (0 <= (y - x) * (x * y - a / delta) * (delta / (x * y))) by (apply Rmult_le_pos; lra)
                   |assert (0 < (y - x) * (x * y - a / delta) * (delta / (x * y))) by (apply Rmult_lt_0_compat; lra)]; lra.
Qed.

(** With a floor delta per stage n stages cost at most L^2 c/n + delta n, never less than 2 L sqrt(c delta), which n = L sqrt(c/delta)
    attains; the best whole number m of stages is the one with m (m - 1) <= L^2 c/delta <= m (m + 1): before it another stage helps,
    after it another stage harms. *)
(* claim: path:floor *)
Theorem floor_stages (D C : R -> R -> R) n c L delta :
  (0 < n)%nat -> 0 < c -> 0 < L -> 0 < delta ->
  (forall s u, 0 <= s -> s <= u -> u <= 1 -> 0 <= D s u /\ D s u <= L * (u - s)) ->
  (forall s u, 0 <= s -> s <= u -> u <= 1 -> C s u <= c * (D s u)^2 + delta) ->
  staged n C <= L^2 * c / INR n + delta * INR n /\
  (forall v, 0 < v -> 2 * L * sqrt (c * delta) <= L^2 * c / v + delta * v) /\
  L * c / sqrt (c / delta) + L * delta * sqrt (c / delta) = 2 * L * sqrt (c * delta) /\
  (forall m v, 1 <= m -> L^2 * c / delta <= m * (m + 1) -> m + 1 <= v -> L^2 * c / m + delta * m <= L^2 * c / v + delta * v) /\
  (forall m v, 1 <= m -> m * (m - 1) <= L^2 * c / delta -> 0 < v -> v <= m - 1 -> L^2 * c / m + delta * m <= L^2 * c / v + delta * v) /\
  (forall m, 1 <= m -> m * (m + 1) < L^2 * c / delta -> L^2 * c / (m + 1) + delta * (m + 1) < L^2 * c / m + delta * m) /\
  (forall m, 1 <= m -> L^2 * c / delta < m * (m + 1) -> L^2 * c / m + delta * m < L^2 * c / (m + 1) + delta * (m + 1)).
Proof.
  intros Hn Hc HL Hd HD HC.
  assert (S1 := sqrt_lt_R0 c Hc); assert (S2 := sqrt_lt_R0 delta Hd).
  assert (E1 := sqrt_sqrt c ltac:(lra)); assert (E2 := sqrt_sqrt delta ltac:(lra)).
  split; [|split; [|split; [|split; [|split; [|split]]]]].
  - assert (X := proj1 (quadratic_stages D (fun s u => C s u - delta) n c L Hn ltac:(lra) HD
      (fun s u A B F => ltac:(assert (Y := HC s u A B F); lra)))).
    unfold staged in X |- *; rewrite sum_minus, sum_const in X; lra.
  - intros v Hv; rewrite sqrt_mult by lra; set (a := sqrt c) in *; set (b := sqrt delta) in *; rewrite <- E1, <- E2.
    replace (L^2 * (a * a) / v + b * b * v) with (2 * L * (a * b) + (a * L - v * b)^2 / v) by (field; lra).
    assert (0 <= (a * L - v * b)^2 / v) by (apply Rmult_le_pos; [apply pow2_ge_0|apply Rlt_le, Rinv_0_lt_compat, Hv]).
    lra.
  - rewrite sqrt_mult, sqrt_div by lra; set (a := sqrt c) in *; set (b := sqrt delta) in *; rewrite <- E1, <- E2; field; lra.
  - intros m v Hm H Hv; apply total_compare; [lra..|]; apply Rmult_le_pos; [lra|].
    assert (m * (m + 1) <= m * v) by (apply Rmult_le_compat_l; lra); lra.
  - intros m v Hm H Hv Hvm; apply total_compare; [lra..|].
    replace ((v - m) * (m * v - L^2 * c / delta)) with ((m - v) * (L^2 * c / delta - m * v)) by ring; apply Rmult_le_pos; [lra|].
    assert (m * v <= m * (m - 1)) by (apply Rmult_le_compat_l; lra); lra.
  - intros m Hm H; apply total_compare; [lra..|].
    replace ((m - (m + 1)) * ((m + 1) * m - L^2 * c / delta)) with (L^2 * c / delta - m * (m + 1)) by ring; lra.
  - intros m Hm H; apply total_compare; [lra..|].
    replace ((m + 1 - m) * (m * (m + 1) - L^2 * c / delta)) with (m * (m + 1) - L^2 * c / delta) by ring; lra.
Qed.
