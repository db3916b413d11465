"""Widgets: they draw what they are given and post what happened; none of them reads the store."""
