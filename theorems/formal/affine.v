(** Affine in the law: mixing is, power at T <> 1 is not. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums divergence softening power mixing.
Open Scope R_scope.

(** Mixing is affine in the law: it is a noisy channel. *)
(* claim: op:mixing (prop:affine) *)
Theorem mixing_affine V T p q a i : mixing V T (fun j => (1 - a) * p j + a * q j) i = (1 - a) * mixing V T p i + a * mixing V T q i.
Proof. unfold mixing, Rdiv; ring. Qed.

(** The vertex of class [k]. *)
Definition vertex (k i : nat) : R := if Nat.eqb i k then 1 else 0.

Lemma vertex_law k : (k < 2)%nat -> law 2 (vertex k).
Proof.
  intros H; split; [intros i _; unfold vertex; destruct (Nat.eqb i k); lra|].
  destruct k as [|[|k]]; [| |lia]; simpl; unfold vertex; simpl; ring.
Qed.

(** For every T > 0 but 1, power fails to be affine a quarter of the way between two vertices. *)
(* claim: op:power (not prop:affine) *)
Theorem power_not_affine T : 0 < T -> T <> 1 ->
  power 2 T (fun j => (1 - 1/4) * vertex 0 j + 1/4 * vertex 1 j) 0 <> (1 - 1/4) * power 2 T (vertex 0) 0 + 1/4 * power 2 T (vertex 1) 0.
Proof.
  intros HT N E; assert (I := Rinv_0_lt_compat T HT); unfold power, normalise, vertex in E; simpl in E.
  rewrite pow0_zero in E; replace ((1 - 1/4) * 1 + 1/4 * 0) with (3/4) in E by field; replace ((1 - 1/4) * 0 + 1/4 * 1) with (1/4) in E by field.
  assert (O : pow0 1 (/ T) = 1) by (rewrite pow0_pos, ln_1, Rmult_0_r, exp_0 by lra; reflexivity); rewrite O in E.
  set (x := pow0 (1/4) (/ T)) in *; set (y := pow0 3 (/ T)).
  assert (Px : 0 < x) by (apply pow0_positive; lra); assert (Py : 0 < y) by (apply pow0_positive; lra).
  assert (Ey : pow0 (3/4) (/ T) = y * x) by (unfold y, x; rewrite <- pow0_mult by lra; f_equal; field); rewrite Ey in E.
  replace (y * x / (0 + y * x + x)) with (y / (y + 1)) in E by (field; nra).
  replace ((1 - 1/4) * (1 / (0 + 1 + 0)) + 1/4 * (0 / (0 + 0 + 1))) with (3/4) in E by field.
  assert (Y : y = 3).
  { assert (Z : y / (y + 1) * (y + 1) = 3/4 * (y + 1)) by (rewrite E; reflexivity).
    unfold Rdiv in Z; rewrite Rmult_assoc, Rinv_l in Z by lra; lra. }
  assert (L3 : ln 3 <> 0) by (assert (H := ln_increasing 1 3 ltac:(lra) ltac:(lra)); rewrite ln_1 in H; lra).
  assert (K : / T * ln 3 = ln 3) by (rewrite <- Y at 2; unfold y; rewrite pow0_pos, ln_exp by lra; reflexivity).
  apply N; rewrite <- (Rinv_inv T); replace (/ T) with 1 by (apply Rmult_eq_reg_r with (ln 3); lra); apply Rinv_1.
Qed.
