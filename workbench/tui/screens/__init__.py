"""Screens: one per pane of the workbench."""
