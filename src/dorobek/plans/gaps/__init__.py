"""What a goal asks for and what of it the person has (DP-3).

shapes      the picture: frozen data, no Django
rules       how a line stands, from what speaks for it and against it; pure
enums       kinds of targets, weights, states of lines, with labels
asked       what a target asks for, from its source and the person's own changes
holding     what the person has to show
further     what later rooms add: stories, results of tests, decisions of commissions
queries     `picture_of(target)`
snapshots   the picture over time
"""
