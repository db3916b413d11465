"""The command line: every verb of the services, for people at a prompt, for scripts and for measurements."""
