"""The workbench's own colours: blue and orange, so that no pair of states depends on telling red from green."""

from textual.theme import Theme

DARK, LIGHT, CONTRAST = "workbench-dark", "workbench-light", "workbench-contrast"

_DARK_TONES = {
    "tone-todo": "#c3ccd6",
    "tone-work": "#e6c46a",
    "tone-supported": "#6cb8ff",
    "tone-refuted": "#ffa155",
    "tone-mixed": "#e6c46a",
    "tone-unproven": "#c4b0f0",
    "tone-neutral": "#b9c4cf",
    "tone-conflict": "#ff8fa8",
    "tone-aside": "#8f9baa",
    "quiet": "#95a1ae",
    "current": "#2a4a6b",
}
_LIGHT_TONES = {
    "tone-todo": "#3c4651",
    "tone-work": "#7a5c00",
    "tone-supported": "#0b5cad",
    "tone-refuted": "#a84300",
    "tone-mixed": "#7a5c00",
    "tone-unproven": "#5f3fae",
    "tone-neutral": "#4a5560",
    "tone-conflict": "#a8123f",
    "tone-aside": "#58636e",
    "quiet": "#5a6570",
    "current": "#cfe3f8",
}
_CONTRAST_TONES = {
    "tone-todo": "#ffffff",
    "tone-work": "#ffff00",
    "tone-supported": "#7fd0ff",
    "tone-refuted": "#ffb000",
    "tone-mixed": "#ffff00",
    "tone-unproven": "#e0ccff",
    "tone-neutral": "#ffffff",
    "tone-conflict": "#ff9fbf",
    "tone-aside": "#d0d0d0",
    "quiet": "#e0e0e0",
    "current": "#003f8f",
}
_CURSOR_DARK = {
    "block-cursor-background": "#2a4a6b",
    "block-cursor-foreground": "#ffffff",
    "block-cursor-text-style": "bold",
    "block-cursor-blurred-background": "#232c36",
    "block-cursor-blurred-foreground": "#e2e8ee",
    "input-selection-background": "#2f6db0",
    "footer-key-foreground": "#ffa155",
}
_CURSOR_LIGHT = {
    "block-cursor-background": "#0b5cad",
    "block-cursor-foreground": "#ffffff",
    "block-cursor-text-style": "bold",
    "block-cursor-blurred-background": "#d5dee7",
    "block-cursor-blurred-foreground": "#1b2229",
    "input-selection-background": "#9cc6f2",
    "footer-key-foreground": "#a84300",
}
_CURSOR_CONTRAST = {
    "block-cursor-background": "#ffff00",
    "block-cursor-foreground": "#000000",
    "block-cursor-text-style": "bold",
    "block-cursor-blurred-background": "#003f8f",
    "block-cursor-blurred-foreground": "#ffffff",
    "input-selection-background": "#0060df",
    "footer-key-foreground": "#ffff00",
}

THEMES = (
    Theme(
        name=DARK,
        primary="#4aa3ff",
        secondary="#7fb4e0",
        accent="#ffa155",
        warning="#e6c46a",
        error="#ffa155",
        success="#6cb8ff",
        foreground="#e2e8ee",
        background="#11161c",
        surface="#161d25",
        panel="#1f2831",
        variables={**_DARK_TONES, **_CURSOR_DARK},
    ),
    Theme(
        name=LIGHT,
        primary="#0b5cad",
        secondary="#2f6f9f",
        accent="#a84300",
        warning="#7a5c00",
        error="#a84300",
        success="#0b5cad",
        foreground="#1b2229",
        background="#fbfaf6",
        surface="#f3f1ea",
        panel="#e6e3da",
        dark=False,
        variables={**_LIGHT_TONES, **_CURSOR_LIGHT},
    ),
    Theme(
        name=CONTRAST,
        primary="#7fd0ff",
        secondary="#ffffff",
        accent="#ffff00",
        warning="#ffff00",
        error="#ffb000",
        success="#7fd0ff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        text_alpha=1.0,
        variables={**_CONTRAST_TONES, **_CURSOR_CONTRAST},
    ),
)


def tones(dark: bool) -> dict[str, str]:
    """The tones for a theme that does not bring its own."""
    return dict(_DARK_TONES if dark else _LIGHT_TONES)
