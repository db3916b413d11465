"""The commands, one module per thing they are about; each is imported only when it is called."""
