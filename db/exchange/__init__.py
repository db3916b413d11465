"""Sharing a store: packing, inspecting, merging, backing up, checking."""
