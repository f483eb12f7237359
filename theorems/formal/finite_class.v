(** Sample bounds for a finite class: the union bound, (1-e)^n <= exp(-n e), and Hoeffding's tail.

    Inputs are the indices below [M] with weights [w]; a sample is a list of [n] independent inputs, and
    [samples n F] is the expectation of [F] over it.  [miss j x]: does hypothesis [j < g] err on input [x]? *)
From Coq Require Import Reals Lra Lia List Bool.
From Overproof Require Import sums divergence hoeffding draws.
Import ListNotations.
Open Scope R_scope.

Section FiniteClass.
Variables (M g : nat) (w : nat -> R) (miss : nat -> nat -> bool).
Hypothesis Hw : law M w.

Fixpoint samples (n : nat) (F : list nat -> R) : R :=
  match n with O => F [] | S m => sum M (fun x => w x * samples m (fun l => F (x :: l))) end.
Definition probability (n : nat) (A : list nat -> bool) : R := samples n (fun l => if A l then 1 else 0).
Definition indicator (b : bool) : R := if b then 1 else 0.
Definition error (j : nat) : R := sum M (fun x => w x * indicator (miss j x)).
Definition mistakes (j : nat) (l : list nat) : R := fold_right (fun x a => indicator (miss j x) + a) 0 l.
Definition consistent (j : nat) (l : list nat) : bool := forallb (fun x => negb (miss j x)) l.
Definition above (a b : R) : bool := if Rlt_dec b a then true else false.

Lemma samples_le n F G : (forall l, length l = n -> F l <= G l) -> samples n F <= samples n G.
Proof.
  revert F G; induction n as [|n IH]; simpl; intros F G H; [apply H; reflexivity|].
  apply sum_le; intros x Hx; apply Rmult_le_compat_l; [apply Hw, Hx|].
  apply IH; intros l Hl; apply H; simpl; rewrite Hl; reflexivity.
Qed.

Lemma samples_sum n k (F : nat -> list nat -> R) :
  samples n (fun l => sum k (fun j => F j l)) = sum k (fun j => samples n (F j)).
Proof.
  revert F; induction n as [|n IH]; simpl; intros F; [reflexivity|].
  rewrite <- sum_exchange; apply sum_ext; intros x _; rewrite (IH (fun j l => F j (x :: l))), sum_scal; reflexivity.
Qed.

Lemma samples_scal n c F : samples n (fun l => c * F l) = c * samples n F.
Proof.
  revert F; induction n as [|n IH]; simpl; intros F; [reflexivity|].
  rewrite <- sum_scal; apply sum_ext; intros x _; rewrite (IH (fun l => F (x :: l))); ring.
Qed.

Lemma samples_product n phi :
  samples n (fun l => fold_right (fun x a => phi x * a) 1 l) = (sum M (fun x => w x * phi x))^n.
Proof.
  induction n as [|n IH]; simpl; [reflexivity|].
  rewrite <- sum_scal_r; apply sum_ext; intros x _.
  rewrite (samples_scal n (phi x) (fun l => fold_right (fun x a => phi x * a) 1 l)), IH; ring.
Qed.

Lemma consistent_product j l :
  (if consistent j l then 1 else 0) = fold_right (fun x a => (1 - indicator (miss j x)) * a) 1 l.
Proof.
  induction l as [|x l IH]; simpl; [reflexivity|]; rewrite <- IH; unfold indicator.
  destruct (miss j x); simpl; [ring|]; fold (consistent j l); destruct (consistent j l); ring.
Qed.

Lemma probability_consistent n j : probability n (consistent j) = (1 - error j)^n.
Proof.
  unfold probability; transitivity (samples n (fun l => fold_right (fun x a => (1 - indicator (miss j x)) * a) 1 l)).
  - apply Rle_antisym; apply samples_le; intros l _; rewrite consistent_product; right; reflexivity.
  - rewrite samples_product; f_equal; unfold error.
    rewrite (sum_ext M _ (fun x => w x - w x * indicator (miss j x))) by (intros; ring).
    rewrite sum_minus, (proj2 Hw); reflexivity.
Qed.

Lemma union_bound n k (A : nat -> list nat -> bool) :
  probability n (fun l => existsb (fun j => A j l) (seq 0 k)) <= sum k (fun j => probability n (A j)).
Proof.
  unfold probability; rewrite <- samples_sum; apply samples_le; intros l _.
  assert (P : forall j, (j < k)%nat -> 0 <= (if A j l then 1 else 0)) by (intros j _; destruct (A j l); lra).
  destruct (existsb (fun j => A j l) (seq 0 k)) eqn:E; [|apply sum_nonneg, P].
  apply existsb_exists in E; destruct E as [j [Hj E]]; apply in_seq in Hj.
  assert (X := term_le_sum k _ j P ltac:(lia)); simpl in X; rewrite E in X; exact X.
Qed.

Lemma probability_le n A B : (forall l, length l = n -> A l = true -> B l = true) -> probability n A <= probability n B.
Proof.
  intros H; apply samples_le; intros l Hl; assert (X := H l Hl); destruct (A l); [rewrite X by reflexivity; lra|].
  destruct (B l); lra.
Qed.

Lemma error_range j : 0 <= error j <= 1.
Proof.
  assert (I : forall x, 0 <= indicator (miss j x) <= 1) by (intros x; unfold indicator; destruct (miss j x); lra).
  unfold error; split.
  - apply sum_nonneg; intros x Hx; apply Rmult_le_pos; [apply Hw, Hx|apply I].
  - rewrite <- (proj2 Hw); apply sum_le; intros x Hx; assert (A := proj1 Hw x Hx); assert (B := I x); nra.
Qed.

(** Perfect case: with n >= (ln |G| + ln 1/delta)/eps the probability that some hypothesis of error above
    eps agrees with the whole sample is at most delta. *)
(* claim: tree:finite-class (perfect) *)
Theorem finite_class_perfect n eps delta :
  (0 < g)%nat -> 0 < eps -> 0 < delta -> (ln (INR g) + ln (1 / delta)) / eps <= INR n ->
  probability n (fun l => existsb (fun j => consistent j l && above (error j) eps) (seq 0 g)) <= delta.
Proof.
  intros Hg He Hd Hn; apply Rle_trans with (1 := union_bound n g (fun j l => consistent j l && above (error j) eps)).
  apply Rle_trans with (sum g (fun _ => delta / INR g)).
  - apply sum_le; intros j _; assert (PG : 0 < INR g) by (apply lt_0_INR, Hg).
    unfold above; destruct (Rlt_dec eps (error j)) as [B|B].
    + apply Rle_trans with (probability n (consistent j)); [apply probability_le; intros l _; rewrite andb_true_r; trivial|].
      rewrite probability_consistent; apply Rle_trans with (1 := power_below_exp (error j) n (proj2 (error_range j))).
      assert (X : ln (INR g) + ln (1 / delta) <= INR n * eps).
      { apply Rmult_le_reg_r with (/ eps); [apply Rinv_0_lt_compat, He|].
        replace (INR n * eps * / eps) with (INR n) by (field; lra); exact Hn. }
      assert (Y : - (INR n * error j) <= - (ln (INR g) + ln (1 / delta))) by (assert (Z := pos_INR n); nra).
      apply Rle_trans with (exp (- (ln (INR g) + ln (1 / delta)))).
      { destruct Y as [Y|Y]; [left; apply exp_increasing, Y|right; rewrite Y; reflexivity]. }
      rewrite exp_Ropp, exp_plus, !exp_ln by (try apply Rdiv_lt_0_compat; lra); right; field; split; lra.
    + unfold probability; apply Rle_trans with (samples n (fun l => 0 * 1)).
      * apply samples_le; intros l _; rewrite andb_false_r; lra.
      * rewrite samples_scal, Rmult_0_l; apply Rlt_le, Rdiv_lt_0_compat; assumption.
  - assert (PG : 0 < INR g) by (apply lt_0_INR, Hg); rewrite sum_const; right; field; lra.
Qed.

Lemma exp_mistakes s c j l : exp (s * (mistakes j l - INR (length l) * c)) =
  fold_right (fun x a => exp (s * (indicator (miss j x) - c)) * a) 1 l.
Proof.
  induction l as [|x l IH]; [simpl; rewrite Rmult_0_l, Rminus_0_r, Rmult_0_r; apply exp_0|].
  simpl fold_right; rewrite <- IH, <- exp_plus; f_equal.
  change (length (x :: l)) with (S (length l)); rewrite S_INR.
  change (mistakes j (x :: l)) with (indicator (miss j x) + mistakes j l); ring.
Qed.

Lemma moment_bound s j : sum M (fun x => w x * exp (s * (indicator (miss j x) - error j))) <= exp (s^2 / 8).
Proof.
  set (d := fun x => s * (indicator (miss j x) - error j)).
  assert (H : ln (sum M (fun x => w x * exp (d x))) - sum M (fun x => w x * d x) <= s^2 / 8).
  { assert (I : forall x, indicator (miss j x) = 0 \/ indicator (miss j x) = 1) by (intros x; unfold indicator; destruct (miss j x); auto).
    destruct (Rle_dec 0 s) as [P|P].
    - replace (s^2 / 8) with ((s * (1 - error j) - s * (0 - error j))^2 / 8) by field.
      apply hoeffding_lemma; [exact Hw|]; intros x _; unfold d; destruct (I x) as [E|E]; rewrite E; nra.
    - replace (s^2 / 8) with ((s * (0 - error j) - s * (1 - error j))^2 / 8) by field.
      apply hoeffding_lemma; [exact Hw|]; intros x _; unfold d; destruct (I x) as [E|E]; rewrite E; nra. }
  assert (Z : sum M (fun x => w x * d x) = 0).
  { rewrite (sum_ext M _ (fun x => s * (w x * indicator (miss j x)) - s * error j * w x)) by (intros; unfold d; ring).
    rewrite sum_minus, !sum_scal, (proj2 Hw); fold (error j); ring. }
  rewrite Z, Rminus_0_r in H; assert (P := mean_exp_positive M w d Hw).
  change (sum M (fun x => w x * exp (d x)) <= exp (s^2 / 8)).
  rewrite <- (exp_ln (sum M (fun x => w x * exp (d x)))) by exact P.
  destruct H as [H|H]; [left; apply exp_increasing, H|right; rewrite H; reflexivity].
Qed.

Lemma tail_bound n s t j (A : list nat -> bool) :
  (forall l, length l = n -> A l = true -> INR n * t <= s * (mistakes j l - INR n * error j)) ->
  probability n A <= exp (INR n * (s^2 / 8 - t)).
Proof.
  intros H; apply Rle_trans with (samples n (fun l => exp (- (INR n * t)) * exp (s * (mistakes j l - INR (length l) * error j)))).
  - apply samples_le; intros l Hl; rewrite Hl, <- exp_plus; destruct (A l) eqn:E; [|apply Rlt_le, exp_pos].
    assert (X := H l Hl E); apply Rle_trans with (2 := exp_ineq1_le _); lra.
  - rewrite samples_scal.
    assert (Y : samples n (fun l => exp (s * (mistakes j l - INR (length l) * error j))) <= (exp (s^2 / 8))^n).
    { apply Rle_trans with (samples n (fun l => fold_right (fun x a => exp (s * (indicator (miss j x) - error j)) * a) 1 l)).
      - apply samples_le; intros l _; rewrite exp_mistakes; right; reflexivity.
      - rewrite samples_product; apply pow_incr; split; [|apply moment_bound].
        apply sum_nonneg; intros x Hx; apply Rmult_le_pos; [apply Hw, Hx|apply Rlt_le, exp_pos]. }
    rewrite exp_power in Y; replace (INR n * (s^2 / 8 - t)) with (- (INR n * t) + INR n * (s^2 / 8)) by ring.
    rewrite exp_plus; apply Rmult_le_compat_l; [apply Rlt_le, exp_pos|exact Y].
Qed.

(** Hoeffding's tail, both sides: P(|mistakes - n error| >= n t) <= 2 exp(-2 n t^2). *)
(* claim: lemma:hoeffding-tail *)
Theorem hoeffding_tail n t j : 0 <= t ->
  probability n (fun l => negb (above (INR n * t) (Rabs (mistakes j l - INR n * error j)))) <= 2 * exp (- (2 * INR n * t^2)).
Proof.
  intros Ht.
  set (A := fun (k : nat) (l : list nat) => negb (above (INR n * t) ((if Nat.eqb k 0 then 1 else -1) * (mistakes j l - INR n * error j)))).
  apply Rle_trans with (probability n (fun l => existsb (fun k => A k l) (seq 0 2))).
  - apply probability_le; intros l _; unfold A, above; simpl.
    destruct (Rlt_dec _ (INR n * t)) as [B|B]; simpl; [discriminate|intros _].
    destruct (Rlt_dec (1 * _) (INR n * t)) as [C|C]; simpl; [|reflexivity].
    destruct (Rlt_dec (-1 * _) (INR n * t)) as [D|D]; simpl; [|reflexivity].
    destruct B; unfold Rabs; destruct (Rcase_abs _); lra.
  - apply Rle_trans with (1 := union_bound n 2 A); simpl.
    assert (X : forall k, probability n (A k) <= exp (- (2 * INR n * t^2))).
    { intros k; replace (- (2 * INR n * t^2)) with (INR n * ((4 * t * (if Nat.eqb k 0 then 1 else -1))^2 / 8 - 4 * t * t)) by (destruct (Nat.eqb k 0); field).
      apply (tail_bound n _ _ j); intros l _; unfold A, above.
      destruct (Rlt_dec _ (INR n * t)) as [B|B]; simpl; [discriminate|intros _].
      apply Rnot_lt_le in B; set (u := _ * (mistakes j l - INR n * error j)) in B.
      replace (4 * t * (if Nat.eqb k 0 then 1 else -1) * (mistakes j l - INR n * error j)) with (4 * t * u) by (unfold u; ring).
      assert (Z := pos_INR n); nra. }
    assert (X0 := X 0%nat); assert (X1 := X 1%nat); unfold A in *; simpl in *; lra.
Qed.

(** Agnostic case: with n >= (2/eps^2) ln(2|G|/delta) the probability that some empirical winner j against k
    has error above that of k by more than eps is at most delta. *)
(* claim: tree:finite-class (agnostic) *)
Theorem finite_class_agnostic n eps delta :
  (0 < g)%nat -> 0 < eps -> 0 < delta -> 2 / eps^2 * ln (2 * INR g / delta) <= INR n -> (0 < n)%nat ->
  probability n (fun l => existsb (fun j => existsb (fun k =>
    negb (above (mistakes j l) (mistakes k l)) && above (error j) (error k + eps)) (seq 0 g)) (seq 0 g)) <= delta.
Proof.
  intros Hg He Hd Hn Hn0; assert (PG : 0 < INR g) by (apply lt_0_INR, Hg); assert (Pn : 0 < INR n) by (apply lt_0_INR, Hn0).
  set (A := fun j l => negb (above (INR n * (eps / 2)) (Rabs (mistakes j l - INR n * error j)))).
  apply Rle_trans with (probability n (fun l => existsb (fun j => A j l) (seq 0 g))).
  - apply probability_le; intros l _ E; apply existsb_exists in E; destruct E as [j [Hj E]].
    apply existsb_exists in E; destruct E as [k [Hk E]]; apply andb_prop in E; destruct E as [E1 E2].
    unfold above in E1, E2; destruct (Rlt_dec (mistakes k l) (mistakes j l)) as [|N1]; [discriminate|].
    destruct (Rlt_dec (error k + eps) (error j)) as [N2|]; [|discriminate].
    destruct (A j l) eqn:Ej; [apply existsb_exists; exists j; split; assumption|].
    destruct (A k l) eqn:Ek; [apply existsb_exists; exists k; split; assumption|].
    exfalso; unfold A, above in Ej, Ek.
    destruct (Rlt_dec (Rabs (mistakes j l - INR n * error j)) (INR n * (eps / 2))) as [Bj|]; [|discriminate].
    destruct (Rlt_dec (Rabs (mistakes k l - INR n * error k)) (INR n * (eps / 2))) as [Bk|]; [|discriminate].
    apply Rabs_def2 in Bj; apply Rabs_def2 in Bk; assert (INR n * (error k + eps) < INR n * error j) by (apply Rmult_lt_compat_l; assumption); lra.
  - apply Rle_trans with (1 := union_bound n g A); apply Rle_trans with (sum g (fun _ => delta / INR g)); [|rewrite sum_const; right; field; lra].
    apply sum_le; intros j _; apply Rle_trans with (1 := hoeffding_tail n (eps / 2) j ltac:(lra)).
    assert (Pe : 0 < eps^2) by (apply pow_lt, He).
    assert (X : ln (2 * INR g / delta) <= INR n * eps^2 / 2).
    { apply Rmult_le_reg_l with (2 / eps^2); [apply Rdiv_lt_0_compat; lra|].
      replace (2 / eps^2 * (INR n * eps^2 / 2)) with (INR n) by (field; lra); exact Hn. }
    assert (Y : exp (- (2 * INR n * (eps / 2)^2)) <= / (2 * INR g / delta)).
    { assert (P2 : 0 < 2 * INR g / delta) by (apply Rdiv_lt_0_compat; lra).
      rewrite <- (exp_ln (2 * INR g / delta)) by exact P2; rewrite <- exp_Ropp.
      assert (W : - (2 * INR n * (eps / 2)^2) <= - ln (2 * INR g / delta)) by lra.
      destruct W as [W|W]; [left; apply exp_increasing, W|right; rewrite W; reflexivity]. }
    replace (/ (2 * INR g / delta)) with (delta / INR g / 2) in Y by (field; lra); lra.
Qed.
End FiniteClass.
