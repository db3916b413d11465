"""Reading documents of strangers in a child process that has little memory, little time and no network."""

from workbench.intake.sandbox.limits import Limits
from workbench.intake.sandbox.process import Sandbox

__all__ = ["Limits", "Sandbox"]
