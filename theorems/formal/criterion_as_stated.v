(** The stated "student beats teacher" criterion is false: one exact witness.

    Truth t = [90, 7, 3]/100, power at T = 3, q = power_3 t.  Student: q + [1,-1,0]/100 plus or minus
    [5,-5,0]/100, each with weight 1/2, so variance 1/200.  Teacher: t with weight 821/921, class i alone with
    weight 100/921 t_i; it is unbiased with variance 2/100.  Both live on the same eight outcomes, independently: outcome
    o has the student's outcome o mod 2 and the teacher's o / 2. *)
From Coq Require Import Reals Lra Lia List.
From Overproof Require Import pure_interval sums divergence softening bias_variance.
Import ListNotations.
Open Scope R_scope.

Definition truth (i : nat) : R := match i with O => 9/10 | 1%nat => 7/100 | _ => 3/100 end.
Definition target : nat -> R := power 3 3 truth.
Definition shift (i : nat) : R := match i with O => 1 | 1%nat => -1 | _ => 0 end.
Definition student_at (o i : nat) : R := target i + shift i / 100 + (if Nat.eqb o 0 then 1 else -1) * shift i / 20.
Definition teacher_at (o i : nat) : R :=
  match o with O => truth i | S k => if Nat.eqb k i then 1 else 0 end.
Definition teacher_weight (o : nat) : R :=
  match o with O => 821/921 | S k => 100/921 * truth k end.
Definition student (o : nat) : nat -> R := student_at (o mod 2).
Definition teacher (o : nat) : nat -> R := teacher_at (o / 2).
Definition weight (o : nat) : R := 1 / 2 * teacher_weight (o / 2).

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

Lemma weight_law : law 8 weight.
Proof.
  split; [|unfold weight, teacher_weight, truth; simpl; lra].
  intros o Ho; unfold weight, teacher_weight, truth; destruct o as [|[|[|[|[|[|[|[|o]]]]]]]]; simpl; try lra; lia.
Qed.

Lemma mean_student i : mean 8 weight student i = target i + shift i / 100.
Proof. unfold mean, expectation, weight, student, student_at; simpl; unfold truth; field. Qed.

Lemma mean_teacher i : (i < 3)%nat -> mean 8 weight teacher i = truth i.
Proof.
  intros Hi; destruct i as [|[|[|i]]]; try lia; unfold mean, expectation, weight, teacher, teacher_at, truth; simpl; unfold truth; field.
Qed.

(** Var T - Var S > Bias^2(S to q) - Bias^2(T to truth), q the softened mean of the teacher, and yet the student's risk
    exceeds the teacher's. *)
(* refutes: bv:criterion-as-stated *)
Theorem criterion_as_stated_false :
  law 3 truth /\ positive 3 truth /\ law 8 weight /\ (forall o, (o < 8)%nat -> law 3 (student o) /\ law 3 (teacher o)) /\
  (forall i, (i < 3)%nat -> mean 8 weight teacher i = truth i) /\
  variance 8 3 weight teacher - variance 8 3 weight student
  > squared 3 (mean 8 weight student) (power 3 3 (mean 8 weight teacher)) - squared 3 (mean 8 weight teacher) truth /\
  risk 8 3 weight student truth > 15/100 /\
  risk 8 3 weight teacher truth = 2/100.
Proof.
  destruct target_value as [A [B C]]; assert (E := proj2 target_law); simpl in E.
  repeat match goal with |- _ /\ _ => split end.
  - split; [intros [|[|[|i]]] Hi; unfold truth; try lra; lia|unfold truth; simpl; lra].
  - intros [|[|[|i]]] Hi; unfold truth; try lra; lia.
  - exact weight_law.
  - assert (S : forall o, law 3 (student_at o)).
    { intros o; split; [intros i Hi; unfold student_at, shift; destruct i as [|[|[|i]]]; try lia; destruct (Nat.eqb o 0); lra|].
      unfold student_at, shift; destruct (Nat.eqb o 0); simpl; lra. }
    assert (K : forall o, (o < 4)%nat -> law 3 (teacher_at o)).
    { intros o Ho; split.
      - intros i Hi; unfold teacher_at, truth; destruct o as [|k]; [destruct i as [|[|[|i]]]; try lia; lra|].
        destruct (Nat.eqb k i); lra.
      - unfold teacher_at, truth; destruct o as [|[|[|[|o]]]]; simpl; try lia; lra. }
    intros o Ho; split; [apply S|apply K, Nat.div_lt_upper_bound; lia].
  - exact mean_teacher.
  - assert (Q : forall i, (i < 3)%nat -> power 3 3 (mean 8 weight teacher) i = target i).
    { intros i Hi; apply normalise_ext; [exact Hi|]; intros j Hj; rewrite mean_teacher by exact Hj; reflexivity. }
    unfold squared at 1 2; unfold variance, risk, expectation, squared; simpl; rewrite !mean_student, !mean_teacher, !Q by lia.
    unfold weight, student, teacher, student_at, teacher_at, teacher_weight, shift; simpl.
    change (truth 0) with (9/10); change (truth 1) with (7/100); change (truth 2) with (3/100); lra.
  - rewrite (squared_decomposition 8 3 weight student truth weight_law).
    assert (V0 : 0 <= variance 8 3 weight student).
    { apply sum_nonneg; intros o Ho; apply Rmult_le_pos; [apply weight_law, Ho|apply sum_nonneg; intros; apply pow2_ge_0]. }
    assert (X : squared 3 (mean 8 weight student) truth > 15/100); [|lra].
    unfold squared; simpl; rewrite !mean_student; unfold shift, truth; nra.
  - unfold risk, expectation, squared, weight, teacher, teacher_at, teacher_weight, truth; simpl; unfold truth; field.
Qed.
