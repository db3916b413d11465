"""The verbs: one method is one transaction, one undo step, one command. The only layer that opens units of work."""
