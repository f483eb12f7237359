(** The stated "student beats teacher" criterion is false: one exact witness.

    Truth t = [90, 7, 3]/100, power at T = 3, q = power_3 t.  Student: q + [1,-1,0]/100 plus or minus
    [5,-5,0]/100, each with weight 1/2, so variance 1/200.  Teacher: t with weight 821/921, class i alone with
    weight 100/921 t_i; it is unbiased with variance 2/100. *)
From Coq Require Import Reals Lra Lia List.
From Overproof Require Import pure_interval sums divergence softening bias_variance.
Import ListNotations.
Open Scope R_scope.

Definition truth (i : nat) : R := match i with O => 9/10 | 1%nat => 7/100 | _ => 3/100 end.
Definition target : nat -> R := power 3 3 truth.
Definition shift (i : nat) : R := match i with O => 1 | 1%nat => -1 | _ => 0 end.
Definition student (o i : nat) : R := target i + shift i / 100 + (if Nat.eqb o 0 then 1 else -1) * shift i / 20.
Definition student_weight (o : nat) : R := 1 / 2.
Definition teacher (o i : nat) : R :=
  match o with O => truth i | S k => if Nat.eqb k i then 1 else 0 end.
Definition teacher_weight (o : nat) : R :=
  match o with O => 821/921 | S k => 100/921 * truth k end.

Lemma target_value : 571/1000 <= target 0 <= 573/1000 /\ 243/1000 <= target 1 <= 245/1000 /\ 183/1000 <= target 2 <= 185/1000.
Proof.
  unfold target, power, normalise; simpl sum; unfold truth; rewrite !pow0_pos by lra.
  repeat split; pure_interval (@nil R) 0%nat.
Qed.

Lemma target_law : law 3 target.
Proof.
  destruct target_value as [A [B C]]; split; [intros [|[|[|i]]] Hi; try lra; lia|].
  unfold target, power, normalise; rewrite sum_div; apply Rinv_r.
  simpl sum; unfold truth; rewrite !pow0_pos by lra.
  assert (X := exp_pos (/ 3 * ln (9/10))); assert (Y := exp_pos (/ 3 * ln (7/100))); assert (Z := exp_pos (/ 3 * ln (3/100))); lra.
Qed.

(** Var T - Var S > Bias^2(S to q) - Bias^2(T to truth), and yet the student's risk exceeds the teacher's. *)
(* refutes: bv:criterion-as-stated *)
Theorem criterion_as_stated_false :
  law 3 truth /\ law 2 student_weight /\ law 4 teacher_weight /\
  (forall o, (o < 2)%nat -> law 3 (student o)) /\ (forall o, (o < 4)%nat -> law 3 (teacher o)) /\
  (forall i, (i < 3)%nat -> mean 4 teacher_weight teacher i = truth i) /\
  variance 4 3 teacher_weight teacher - variance 2 3 student_weight student
  > squared 3 (mean 2 student_weight student) (power 3 3 truth) - squared 3 (mean 4 teacher_weight teacher) truth /\
  risk 2 3 student_weight student truth > 15/100 /\
  risk 4 3 teacher_weight teacher truth = 2/100.
Proof.
  destruct target_value as [A [B C]]; assert (E := proj2 target_law); simpl in E.
  assert (M : forall i, mean 2 student_weight student i = target i + shift i / 100).
  { intros i; unfold mean, expectation, student_weight, student; simpl; field. }
  assert (K : forall i, (i < 3)%nat -> mean 4 teacher_weight teacher i = truth i).
  { intros [|[|[|i]]] Hi; try lia; unfold mean, expectation, teacher_weight, teacher, truth; simpl; field. }
  repeat match goal with |- _ /\ _ => split end.
  - split; [intros [|[|[|i]]] Hi; unfold truth; try lra; lia|unfold truth; simpl; lra].
  - split; [intros; unfold student_weight; lra|unfold student_weight; simpl; lra].
  - split; [intros [|[|[|[|i]]]] Hi; unfold teacher_weight, truth; try lra; lia|unfold teacher_weight, truth; simpl; lra].
  - intros o Ho; split.
    + intros i Hi; unfold student, shift; destruct i as [|[|[|i]]]; try lia; destruct o as [|[|o]]; simpl; try lia; lra.
    + unfold student, shift; destruct o as [|[|o]]; simpl; try lia; lra.
  - intros o Ho; split.
    + intros i Hi; unfold teacher, truth; destruct o as [|k]; [destruct i as [|[|[|i]]]; try lia; lra|].
      destruct (Nat.eqb k i); lra.
    + unfold teacher, truth; destruct o as [|[|[|[|o]]]]; simpl; try lia; lra.
  - exact K.
  - unfold variance, risk, expectation, squared; simpl; rewrite !M, !K by lia.
    unfold student_weight, teacher_weight, student, teacher, truth, shift; simpl.
    set (q := power 3 3 _) in *; change (target 0) with (q 0%nat); change (target 1) with (q 1%nat); change (target 2) with (q 2%nat); lra.
  - unfold risk, expectation, squared; simpl.
    unfold student_weight, student, truth, shift; simpl; nra.
  - unfold risk, expectation, squared; simpl; unfold teacher_weight, teacher, truth; simpl; field.
Qed.
