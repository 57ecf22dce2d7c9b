"""Ledger: the sourced record, on any date, as known on any date. Knows no economics."""
