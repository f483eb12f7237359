(** Verified interval arithmetic over Coq's own binary integers.

    The stock [interval] tactic computes with 63-bit machine integers, whose specification enters as axioms.
    Here the same verified algorithms run on [Z], so an enclosure rests on the kernel alone. *)
From Coq Require Import Reals List.
From Interval.Float Require Import Specific_stdz Specific_ops.
From Interval.Interval Require Import Float_full.
From Interval.Tactics Require Import Interval_helper.
Open Scope R_scope.

Module BinaryFloat := SpecificFloat StdZRadix2.
Module BinaryInterval := FloatIntervalFull BinaryFloat.
Module PureTactic := IntervalTacticAux BinaryInterval.

(** Settle the goal by bisection along the listed variables, at most [depth] times each, at 40 bits. *)
Tactic Notation "pure_interval" constr(variables) constr(depth) :=
  PureTactic.do_interval (@None R) variables (BinaryFloat.PtoP 40%positive) 10%nat depth false false itm_naive.
