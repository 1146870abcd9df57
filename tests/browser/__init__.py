"""Checks of the pages from outside, in real browsers."""
