"""Screens of training vouchers."""
