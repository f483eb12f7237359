(** The counts of an unrolled run as real numbers: what multiplies by s and grows by r at each update. *)
From Coq Require Import Reals Lra Lia.
Open Scope R_scope.

Lemma counts (L D : nat -> R) s r m : L O = 1 -> D O = 0 ->
  (forall k, (k < m)%nat -> L (S k) = s * L k) -> (forall k, (k < m)%nat -> D (S k) = D k + r) ->
  forall k, (k <= m)%nat -> L k = s^k /\ D k = INR k * r.
Proof.
  intros L0 D0 HL HD k; induction k as [|k IH]; intros Hk; [rewrite L0, D0; simpl; split; ring|].
  destruct IH as [El Ed]; [lia|]; rewrite HL, HD, El, Ed, S_INR by lia; simpl; split; ring.
Qed.

(** Leaves L and depth D before each of l n updates, n updates of nodes or l n of bits: s^n and n r, s^(l n) and l n r. *)
(* claim: dp:unrolling *)
Theorem unrolled_counts (L D : nat -> R) s r n l : (1 <= l)%nat -> L O = 1 -> D O = 0 ->
  (forall k, (k < l * n)%nat -> L (S k) = s * L k) -> (forall k, (k < l * n)%nat -> D (S k) = D k + r) ->
  L n = s^n /\ D n = INR n * r /\ L (l * n)%nat = s^(l * n) /\ D (l * n)%nat = INR (l * n) * r.
Proof.
  intros Hl L0 D0 HL HD; assert (Hn : (n <= l * n)%nat) by nia.
  destruct (counts L D s r (l * n) L0 D0 HL HD n Hn) as [A B].
  destruct (counts L D s r (l * n) L0 D0 HL HD (l * n)%nat (Nat.le_refl _)) as [C E]; auto.
Qed.
