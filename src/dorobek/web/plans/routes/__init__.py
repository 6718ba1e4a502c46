"""Screens of routes to a goal, and of a plan on its way: limits, three routes, own changes, versions, calendar."""
