"""The terminal that the screen is on: whether it is still there."""

import errno
import termios

STANDARD_INPUT = 0


def terminal_is_gone(descriptor: int = STANDARD_INPUT) -> bool:
    """Whether the terminal behind a descriptor was closed from the other side.

    A closed window or a broken connection does not always end the process, and reading from what is left of the terminal
    returns at once for ever. False where the descriptor never was a terminal.
    """
    try:
        termios.tcgetattr(descriptor)
    except termios.error as error:
        return bool(error.args[0] == errno.EIO)
    return False
