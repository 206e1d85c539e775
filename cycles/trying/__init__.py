"""Experiments ("something we are trying") and conditions ("what is in our way")."""
