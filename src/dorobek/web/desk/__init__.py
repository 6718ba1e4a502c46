"""The adviser's desk, the list of cases, the calendar, supervision and figures."""
