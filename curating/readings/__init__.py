"""Readings: whose they are, how their authors are named, and how they stand side by side."""
