"""From what is stored to a problem that the solver can plan, and its answers in words (DP-3, DP-4).

shapes    what a problem is built from, and what came out beside it: left out options with the reason
closing   which gaps a service of the offer closes, from its own words
options   editions of the offer as options
places    powiats, neighbours, travel times as an operator imported them
money     what a voucher may pay, to the grosz and by the rules that vouchers really follow
building  all of it together: `basis_for`
words     faults, broken rules, risks and proofs as a person reads them
"""
