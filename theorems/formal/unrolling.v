(** Decision trees run in sequence on the bits of a state, unrolled into one tree.

    A tree queries bits; a step writes the answer of its tree into one bit; a programme is a list of steps.
    Along a branch of the unrolled tree every bit written so far is known, so it is never queried again. *)
From Coq Require Import Arith Lia List Bool.
Import ListNotations.

Inductive tree (A : Type) : Type := Leaf : A -> tree A | Node : nat -> tree A -> tree A -> tree A.
Arguments Leaf {A} _. Arguments Node {A} _ _ _.

(** Answer of a tree on a state; number of leaves; depth. *)
Fixpoint answer {A} (t : tree A) (x : nat -> bool) : A :=
  match t with Leaf a => a | Node i l r => if x i then answer r x else answer l x end.
Fixpoint leaves {A} (t : tree A) : nat := match t with Leaf _ => 1 | Node _ l r => leaves l + leaves r end.
Fixpoint depth {A} (t : tree A) : nat := match t with Leaf _ => 0 | Node _ l r => S (max (depth l) (depth r)) end.

Definition step : Type := nat * tree bool.
Definition write (i : nat) (b : bool) (x : nat -> bool) (j : nat) : bool := if Nat.eqb j i then b else x j.
(** The list of written bits, newest first, laid over a state. *)
Fixpoint overlay (known : list (nat * bool)) (x : nat -> bool) : nat -> bool :=
  match known with [] => x | (i, b) :: rest => write i b (overlay rest x) end.
Fixpoint run (program : list step) (x : nat -> bool) : nat -> bool :=
  match program with [] => x | (i, t) :: rest => run rest (write i (answer t x) x) end.

Fixpoint lookup (known : list (nat * bool)) (j : nat) : option bool :=
  match known with [] => None | (i, b) :: rest => if Nat.eqb j i then Some b else lookup rest j end.

Section Graft.
Variables (B : Type) (known : list (nat * bool)).
(** Follow [t] on the known bits, query the others, and continue with [k] at each leaf. *)
Fixpoint graft (t : tree bool) (k : bool -> tree B) : tree B :=
  match t with
  | Leaf b => k b
  | Node i l r => match lookup known i with
                  | Some true => graft r k | Some false => graft l k
                  | None => Node i (graft l k) (graft r k) end
  end.
End Graft.

Fixpoint unroll (program : list step) (known : list (nat * bool)) : tree (list (nat * bool)) :=
  match program with
  | [] => Leaf known
  | (i, t) :: rest => graft _ known t (fun b => unroll rest ((i, b) :: known))
  end.

Lemma lookup_overlay known j x :
  overlay known x j = match lookup known j with Some b => b | None => x j end.
Proof.
  induction known as [|[i b] rest IH]; simpl; [reflexivity|]; unfold write.
  destruct (Nat.eqb j i); [reflexivity|exact IH].
Qed.

Lemma graft_answer B known t (k : bool -> tree B) x :
  answer (graft B known t k) x = answer (k (answer t (overlay known x))) x.
Proof.
  induction t as [b|i l IHl r IHr]; simpl; [reflexivity|]; rewrite lookup_overlay.
  destruct (lookup known i) as [[|]|]; [exact IHr|exact IHl|]; simpl; destruct (x i); assumption.
Qed.

Lemma graft_leaves B known t (k : bool -> tree B) m :
  (forall b, leaves (k b) <= m) -> leaves (graft B known t k) <= leaves t * m.
Proof.
  intros H; induction t as [b|i l IHl r IHr]; simpl; [rewrite Nat.add_0_r; apply H|].
  destruct (lookup known i) as [[|]|]; simpl; lia.
Qed.

Lemma graft_depth B known t (k : bool -> tree B) m :
  (forall b, depth (k b) <= m) -> depth (graft B known t k) <= depth t + m.
Proof.
  intros H; induction t as [b|i l IHl r IHr]; simpl; [apply H|].
  destruct (lookup known i) as [[|]|]; simpl; lia.
Qed.

Lemma run_ext program x y : (forall j, x j = y j) -> forall j, run program x j = run program y j.
Proof.
  revert x y; induction program as [|[i t] rest IH]; simpl; intros x y H j; [apply H|].
  assert (E : answer t x = answer t y) by (induction t as [|k l IHl r IHr]; simpl; [reflexivity|rewrite H, IHl, IHr; reflexivity]).
  apply IH; intros q; unfold write; rewrite E, H; reflexivity.
Qed.

(** The unrolled tree ends in exactly the state that the programme reaches. *)
(* claim: dp:unrolling (exact) *)
Theorem unroll_exact program x : forall j, overlay (answer (unroll program []) x) x j = run program x j.
Proof.
  assert (H : forall known j, overlay (answer (unroll program known) x) x j = run program (overlay known x) j).
  { induction program as [|[i t] rest IH]; intros known j; simpl; [reflexivity|].
    rewrite graft_answer, IH; simpl; reflexivity. }
  intros j; apply (H [] j).
Qed.

(** m steps with trees of at most s leaves and depth at most r unroll into at most s^m leaves and depth m r. *)
(* claim: dp:unrolling (bound) *)
Theorem unroll_size program s r :
  (forall i t, In (i, t) program -> leaves t <= s /\ depth t <= r) ->
  leaves (unroll program []) <= s ^ length program /\ depth (unroll program []) <= length program * r.
Proof.
  generalize (@nil (nat * bool)) as known; induction program as [|[i t] rest IH]; intros known H; [simpl; lia|].
  assert (Ht := H i t (or_introl eq_refl)).
  assert (IH' : forall b, leaves (unroll rest ((i, b) :: known)) <= s ^ length rest /\ depth (unroll rest ((i, b) :: known)) <= length rest * r).
  { intros b; apply IH; intros i' t' Hin; apply (H i' t'); right; exact Hin. }
  simpl; split.
  - apply Nat.le_trans with (leaves t * s ^ length rest); [apply graft_leaves; intros b; apply IH'|].
    apply Nat.mul_le_mono_r, Ht.
  - apply Nat.le_trans with (depth t + length rest * r); [apply graft_depth; intros b; apply IH'|]; lia.
Qed.

(** Does the tree query bit [j]? *)
Fixpoint asks {A} (t : tree A) (j : nat) : Prop :=
  match t with Leaf _ => False | Node i l r => i = j \/ asks l j \/ asks r j end.

Lemma graft_exact B known t (k : bool -> tree B) m d :
  (forall j, asks t j -> lookup known j = None) -> (forall b, leaves (k b) = m /\ depth (k b) = d) ->
  leaves (graft B known t k) = leaves t * m /\ depth (graft B known t k) = depth t + d.
Proof.
  intros Q H; induction t as [b|i l IHl r IHr]; simpl; [rewrite Nat.add_0_r; apply H|].
  rewrite (Q i) by (left; reflexivity); simpl.
  destruct IHl as [Ll Dl]; [intros j A; apply Q; right; left; exact A|].
  destruct IHr as [Lr Dr]; [intros j A; apply Q; right; right; exact A|].
  rewrite Ll, Dl, Lr, Dr; split; [lia|]; rewrite <- Nat.add_max_distr_r; reflexivity.
Qed.

(** Where no tree queries a written bit, s leaves and depth r a step unroll into exactly s^m leaves and depth m r. *)
(* claim: dp:unrolling (attained) *)
Theorem unroll_size_attained program s r :
  (forall i t j u, In (i, t) program -> In (j, u) program -> ~ asks u i) ->
  (forall i t, In (i, t) program -> leaves t = s /\ depth t = r) ->
  leaves (unroll program []) = s ^ length program /\ depth (unroll program []) = length program * r.
Proof.
  intros Q H; assert (K : forall j u i, In (j, u) program -> asks u i -> lookup [] i = None) by reflexivity.
  revert K; generalize (@nil (nat * bool)) as known; induction program as [|[i t] rest IH]; intros known K; [split; reflexivity|].
  destruct (H i t (or_introl eq_refl)) as [Lt Dt]; simpl; rewrite <- Lt at 1; rewrite <- Dt at 1.
  apply graft_exact; [intros j A; apply (K i t j); [left; reflexivity|exact A]|].
  intros b; apply IH.
  - intros a v j u Hv Hu; apply (Q a v j u); right; assumption.
  - intros a v Hv; apply (H a); right; exact Hv.
  - intros j u a Hu A; simpl; destruct (Nat.eqb a i) eqn:E; [|apply (K j u a); [right; exact Hu|exact A]].
    apply Nat.eqb_eq in E; subst a; exfalso; apply (Q i t j u); [left; reflexivity|right; exact Hu|exact A].
Qed.
