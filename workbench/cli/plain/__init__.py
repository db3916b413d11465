"""Checking an article by numbered prompts, for screen readers: linear, without decoration, one question at a time."""
