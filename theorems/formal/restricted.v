(** Restricted weights, in the form in which the ledger states them: the first k entries over a positive number, zeros behind. *)
From Coq Require Import Reals Lra Lia.
From Overproof Require Import sums.
Open Scope R_scope.

Section Restricted.
Variables (V k : nat) (a b : nat -> R) (c : R).
Hypothesis Hk : (1 <= k)%nat.
Hypothesis HV : (k <= V)%nat.
Hypothesis Ha : 0 < sum k a.
Hypothesis Hc : 0 < c.
Hypothesis Hb : forall i, (i < k)%nat -> b i = a i / c.
Hypothesis Hz : forall i, (k <= i)%nat -> (i < V)%nat -> b i = 0.

Lemma restricted_sum : sum V b = sum k a / c.
Proof.
  rewrite (sum_split V k b HV), (sum_zero (V - k)) by (intros; apply Hz; lia); rewrite (sum_ext k b _ Hb), sum_div; ring.
Qed.

(** Restricted weights have a positive sum. *)
(* claim: lemma:restricted-total *)
Theorem restricted_total : 0 < sum V b.
Proof. rewrite restricted_sum; apply Rdiv_lt_0_compat; assumption. Qed.

(** Normalising and restricting commute. *)
(* claim: lemma:normalised-restriction *)
Theorem normalised_restriction : 0 < sum V a ->
  (forall i, (i < k)%nat -> b i / sum V b = a i / (sum k (fun l => a l / sum V a) * sum V a)) /\
  (forall i, (k <= i)%nat -> (i < V)%nat -> b i / sum V b = 0).
Proof.
  intros S; rewrite restricted_sum, sum_div; split; intros i Hi; [rewrite Hb by exact Hi; field; repeat split; lra|].
  intros Hi'; rewrite Hz by assumption; unfold Rdiv; ring.
Qed.
End Restricted.
