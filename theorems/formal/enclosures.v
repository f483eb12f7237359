(** The three reference enclosures of the bench, by verified interval arithmetic over binary integers. *)
From Coq Require Import Reals Lra Lia List.
From Overproof Require Import pure_interval sums divergence softening.
Import ListNotations.
Open Scope R_scope.

Definition pair (p : R) (i : nat) : R := match i with O => p | _ => 1 - p end.

(** x log x <= -9/100 on [1/10, 9/10]. *)
(* claim: bench:x-log-x *)
Theorem x_log_x x : 1/10 <= x <= 9/10 -> x * ln x <= -9/100.
Proof. intros H; pure_interval [x] 15%nat. Qed.

Lemma power_pair p T : 0 < p < 1 -> 0 < T -> power 2 T (pair p) 0 = 1 / (1 + exp ((ln (1 - p) - ln p) / T)).
Proof.
  intros Hp HT; unfold power, normalise; simpl; rewrite !pow0_pos by lra.
  assert (A := exp_pos (/ T * ln p)); assert (B := exp_pos (/ T * ln (1 - p))).
  replace ((ln (1 - p) - ln p) / T) with (/ T * ln (1 - p) + - (/ T * ln p)) by (field; lra).
  rewrite exp_plus, exp_Ropp; field; lra.
Qed.

(** Two-class power softening lowers the top probability by at least 1/1000 for p in [6/10, 9/10] and
    T in [11/10, 4]. *)
(* claim: bench:power-lowers-top *)
Theorem power_lowers_top p T : 6/10 <= p <= 9/10 -> 11/10 <= T <= 4 -> power 2 T (pair p) 0 <= p - 1/1000.
Proof.
  intros Hp HT; rewrite power_pair by lra.
  assert (H : 1/1000 <= p - 1 / (1 + exp ((ln (1 - p) - ln p) / T))); [|lra].
  pure_interval [p; T] 15%nat.
Qed.

(** Binary entropy rises by at least 1/1000 from T = 1 to T = 2 for p in [6/10, 99/100]. *)
(* claim: bench:entropy-gain *)
Theorem entropy_gain p : 6/10 <= p <= 99/100 ->
  1/1000 <= entropy 2 (power 2 2 (pair p)) - entropy 2 (pair p).
Proof.
  intros Hp; unfold entropy; simpl; rewrite power_pair by lra.
  assert (E : power 2 2 (pair p) 1 = 1 - 1 / (1 + exp ((ln (1 - p) - ln p) / 2))).
  { rewrite <- power_pair by lra; unfold power, normalise; simpl; rewrite !pow0_pos by lra; field.
    assert (A := exp_pos (/ 2 * ln p)); assert (B := exp_pos (/ 2 * ln (1 - p))); lra. }
  rewrite E; unfold pair.
  pure_interval [p] 15%nat.
Qed.
