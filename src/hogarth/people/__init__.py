"""Accounts and names."""
