"""Forms and panels: small screens over a pane."""
