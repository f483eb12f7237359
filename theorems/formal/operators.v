(** Single facts about operators: power is not KL-non-expansive, and is no reparametrisation of mixing. *)
From Coq Require Import Reals Lra Lia List.
From Overproof Require Import pure_interval sums divergence softening power mixing.
Import ListNotations.
Open Scope R_scope.

(** Power at T = 2 more than doubles KL at p = [99, 1]/100, q = [999, 1]/1000. *)
(* refutes: op:power-kl *)
Theorem power_expands_kl :
  let p := fun i => match i with O => 99/100 | _ => 1/100 end in
  let q := fun i => match i with O => 999/1000 | _ => 1/1000 end in
  law 2 p /\ law 2 q /\ 0 < divergence 2 p q /\ 2 * divergence 2 p q < divergence 2 (power 2 2 p) (power 2 2 q).
Proof.
  intros p q; repeat match goal with |- _ /\ _ => split end.
  - split; [intros [|i] _; unfold p; lra|unfold p; simpl; lra].
  - split; [intros [|i] _; unfold q; lra|unfold q; simpl; lra].
  - unfold divergence, term; simpl; unfold p, q; pure_interval (@nil R) 0%nat.
  - unfold divergence, term, power, normalise; simpl; unfold p, q; rewrite !pow0_pos by lra.
    apply Rminus_gt_0_lt; pure_interval (@nil R) 0%nat.
Qed.

(** Power and mixing are legal for V = 3 and no reparametrisations of each other: at [4, 2, 1]/7 no power
    equals a mixing with T' > 1. *)
(* claim: op:non-uniqueness *)
Theorem power_is_not_mixing :
  let p := fun i => match i with O => 4/7 | 1%nat => 2/7 | _ => 1/7 end in
  law 3 p /\ forall T T', 0 < T -> 1 < T' -> ~ (forall i, (i < 3)%nat -> power 3 T p i = mixing 3 T' p i).
Proof.
  intros p; assert (L : law 3 p) by (split; [intros [|[|i]] _; unfold p; lra|unfold p; simpl; lra]).
  split; [exact L|]; intros T T' HT HT' H.
  assert (H0 := H 0%nat ltac:(lia)); assert (H1 := H 1%nat ltac:(lia)); assert (H2 := H 2%nat ltac:(lia)).
  assert (Z := power_sum_positive 3 T p L); unfold power, normalise in H0, H1, H2.
  set (s := sum 3 (fun j => pow0 (p j) (/ T))) in *; unfold mixing, p in H0, H1, H2; simpl in H0, H1, H2.
  set (c := pow0 (1/7) (/ T)) in *; set (x := pow0 2 (/ T)); assert (Pc : 0 < c) by (apply pow0_positive; lra).
  assert (E1 : pow0 (2/7) (/ T) = x * c) by (unfold x, c; rewrite <- pow0_mult by lra; f_equal; field).
  assert (E0 : pow0 (4/7) (/ T) = x * (x * c)) by (rewrite <- E1; unfold x; rewrite <- pow0_mult by lra; f_equal; field).
  rewrite E0 in H0; rewrite E1 in H1.
  assert (I : 0 < / T') by (apply Rinv_0_lt_compat; lra).
  assert (D1 : x * c / s - c / s = / T' / 7) by (rewrite H1, H2; field; lra).
  assert (D0 : x * (x * c) / s - x * c / s = 2 * (/ T' / 7)) by (rewrite H0, H1; field; lra).
  assert (X : x = 2).
  { assert (Y : x * (/ T' / 7) = 2 * (/ T' / 7)) by (rewrite <- D0, <- D1; unfold Rdiv; ring); nra. }
  assert (Es : s = 7 * c).
  { unfold s; simpl; unfold p; fold c; rewrite E0, E1, X; ring. }
  rewrite X, Es in D1; replace (2 * c / (7 * c) - c / (7 * c)) with (1 / 7) in D1 by (field; lra).
  assert (/ T' < 1) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra); lra.
Qed.
