"""Sub-claims: the statements that a sentence makes besides the one it makes as a whole."""

from workbench.splitting.subclaims.suggest import Statement, statements

__all__ = ["Statement", "statements"]
