"""From gaps to a plan (DP-4): the best choice of courses, exams, validations and micro-credentials, and its proof.

Pure Python and numpy over plain data; no database, no Django. The solver is CBC as PuLP ships it, run as a process of
its own. The room's later parts use it like this:

1. A query builds a `Problem`: gaps from the goal, options from the offer's editions (places, dates, prices, hours), the
   register's exams and validations, limits from the person and the voucher's terms. Only gaps of this goal: an
   option's `closes` is cut down to them. What can begin any day becomes several editions of one course.
2. `faults(problem)` names everything wrong with stable codes, for messages beside the fields; planning raises
   `NotPlannable` with the same list.
3. `quick(problem)`: three routes by greedy for the page itself.
4. `plan_all(problem)`, in a job or a request that htmx waits for: three routes with their proofs within five seconds.
   `answer.proven`; otherwise `answer.far_from_best` is the wish, and how much better any route could be at most.
5. `slid(problem, own_money=...)` and `plan(...)` again when a slider moves.
6. `check(problem, codes)` after a change by hand: a list of `Broken`, each with rule, options and by how much;
   `measure`, `payments` and `risks` say what such a choice comes to.
7. A plan that is kept stores the codes, the sum and the payments, not the problem. When the offer changed since, build
   the problem again and `check` the codes: a vanished edition is `unknown`, a passed one `started`.

problem     the frozen data; money in grosze, shares in percent
validation  faults of input
rules       every rule, for any choice; written apart from the solver, and used to check it
measuring   what a choice closes and costs, and who pays what
risks       what may go wrong
narrowing   options that cannot matter are left out
packing     what is left, as tables of limits
greedy      a route at once, and exchanges that make it better
levels      the wishes of the three routes, in order
reaching    the part that decides whether the goal is reached
model, cbc  rows for the solver; its process, time limit and bound
timetable   other dates for the same things
solving     one wish: the smallest figure or the earliest end, with its bound
exact       the wishes of a route, one after another
planning    the doors
"""

from dorobek.plans.routes.cbc import SolverFailed
from dorobek.plans.routes.exact import Found
from dorobek.plans.routes.levels import Level, Route
from dorobek.plans.routes.measuring import Payment, Sum, measure, payments
from dorobek.plans.routes.planning import Answer, answer, plan, plan_all, quick, slid
from dorobek.plans.routes.problem import (
    REMOTE,
    Engagement,
    Gap,
    Kind,
    Meeting,
    Need,
    Option,
    Person,
    Problem,
    Slot,
    Step,
    Travel,
    Voucher,
    Weight,
    weekly,
)
from dorobek.plans.routes.risks import Risk, Worry, risks
from dorobek.plans.routes.rules import Broken, check
from dorobek.plans.routes.validation import Fault, NotPlannable, faults

__all__ = [
    "REMOTE",
    "Answer",
    "Broken",
    "Engagement",
    "Fault",
    "Found",
    "Gap",
    "Kind",
    "Level",
    "Meeting",
    "Need",
    "NotPlannable",
    "Option",
    "Payment",
    "Person",
    "Problem",
    "Risk",
    "Route",
    "Slot",
    "SolverFailed",
    "Step",
    "Sum",
    "Travel",
    "Voucher",
    "Weight",
    "Worry",
    "answer",
    "check",
    "faults",
    "measure",
    "payments",
    "plan",
    "plan_all",
    "quick",
    "risks",
    "slid",
    "weekly",
]
