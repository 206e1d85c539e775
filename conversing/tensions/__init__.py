"""How a tension is begun with, drawn, and offered for an agenda."""
