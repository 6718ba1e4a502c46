"""Figures of the labour market: read from files, shown with their source, date and reliability, never computed (DP-7).

reading   a row of a table into a figure, or what is wrong with it; pure
queries   figures for what a goal leads to
words     a figure as a sentence
"""
