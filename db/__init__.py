"""The shared evidence database: what is stored, how it is found, shared and kept safe. Knows nothing of the application."""
