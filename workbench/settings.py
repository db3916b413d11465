"""Settings: each with its meaning, its value, and where the value comes from."""

import contextlib
import os
import re
import tomllib
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from workbench import paths
from workbench.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as they are in force. The `help` of each field is what `workbench settings` shows."""

    name: str = field(default="", metadata={"help": "Who you are on this desk: signs your decisions and is shared."})
    desk: str = field(default="", metadata={"help": "What your desk is called in shares."})
    scale: str = field(default="prepublication", metadata={"help": "The rating scale that verdict forms open with."})
    theme: str = field(
        default="", metadata={"help": "The colours: workbench-dark, workbench-light or workbench-contrast."}
    )
    ascii: bool = field(default=False, metadata={"help": "Status marks in plain ASCII."})
    encoder: bool = field(default=True, metadata={"help": "Match by meaning too; without it by words only."})
    model: str = field(
        default="",
        metadata={
            "help": "Folder of another sentence-transformers model, such as a multilingual one; empty: the bundled one."
        },
    )
    nli: str = field(
        default="",
        metadata={
            "help": "Folder of an NLI cross-encoder whose suggestions are shown beside matches; empty: none are made."
        },
    )
    weight: int = field(
        default=-1, metadata={"help": "Share of meaning in the ranking in percent, -1 for the measured default."}
    )
    private_network: bool = field(
        default=False, metadata={"help": "Let addresses of your own network, and other ports, be fetched too."}
    )
    helper_url: str = field(
        default="",
        metadata={
            "name": "helper.url",
            "help": "Address of an OpenAI-compatible server that may propose sub-claims; empty: off, nothing is sent.",
        },
    )
    helper_model: str = field(default="", metadata={"name": "helper.model", "help": "The model that is asked there."})
    helper_key: str = field(
        default="",
        metadata={
            "name": "helper.key",
            "help": "The environment variable that holds the key for it; the key itself is stored nowhere.",
        },
    )
    keys: dict[str, str] = field(
        default_factory=dict, metadata={"help": "Other keys for commands: command id = key, comma-separated."}
    )
    origins: dict[str, str] = field(default_factory=dict, compare=False, metadata={"internal": True})

    def value_of(self, name: str) -> Any:
        """The value of a setting by the name that people know it by."""
        return getattr(self, _fields()[name])

    def source_of(self, name: str) -> str:
        """Where a value comes from: the default, the settings file, or an environment variable."""
        return self.origins.get(name, "default")


THEMES = ("workbench-dark", "workbench-light", "workbench-contrast")
"""The workbench's own colours."""
VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}")
"""The names of environment variables that can hold a key; keys themselves do not look like one."""

_FORMS: dict[type, str] = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    dict: "a table of texts",
}
_ENVIRONMENT = {"name": "CLAIM_WORKBENCH_NAME", "encoder": "CLAIM_WORKBENCH_ENCODER", "theme": "CLAIM_WORKBENCH_THEME"}


def _fields() -> dict[str, str]:
    """From the name of a setting to its field; a dot in a name stands for a table of the settings file."""
    return {item.metadata.get("name", item.name): item.name for item in fields(Settings) if "help" in item.metadata}


def described() -> dict[str, str]:
    """Every setting with its meaning."""
    return {
        item.metadata.get("name", item.name): item.metadata["help"]
        for item in fields(Settings)
        if "help" in item.metadata
    }


def load(path: Path | None = None) -> Settings:
    """The settings in force. Raises InputRefused for a file that is not TOML or holds a value of the wrong type."""
    file = path or paths.settings_file()
    values: dict[str, Any] = {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        values = {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputRefused(f"The settings in {file} cannot be read: {error}.", "Mend or delete the file.") from error
    origins = {}
    known = _fields()
    values = _flat(values, known)
    for key, value in values.items():
        if key not in known:
            raise InputRefused(f"{file} sets {key}, which is no setting.", f"There are: {', '.join(known)}.")
        _check_type(key, value, file)
        origins[key] = str(file)
    for key, variable in _ENVIRONMENT.items():
        if os.environ.get(variable):
            given = os.environ[variable]
            values[key] = given.lower() not in ("off", "0", "no", "false") if key == "encoder" else given
            origins[key] = variable
    settings = Settings(**{known[key]: value for key, value in values.items()}, origins=origins)
    return settings if settings.name else replace(settings, name=_login())


def _flat(values: dict[str, Any], known: Collection[str]) -> dict[str, Any]:
    """The values by the names of settings: those of a table that stands for dotted names one by one."""
    tables = {name.partition(".")[0] for name in known if "." in name}
    flat: dict[str, Any] = {}
    for key, value in values.items():
        if key in tables and isinstance(value, dict):
            flat.update({f"{key}.{inner}": item for inner, item in value.items()})
        else:
            flat[key] = value
    return flat


def _check_type(key: str, value: Any, where: Path | str) -> None:
    default = Settings().value_of(key)
    right = isinstance(value, type(default)) and not (isinstance(value, bool) and not isinstance(default, bool))
    if right and isinstance(value, dict):
        right = all(isinstance(item, str) for item in value.values())
    if not right:
        form = _FORMS[type(default)]
        hint = (
            'Under [keys], put command names in quotes, as in "desk.cite" = "k".'
            if key == "keys"
            else "Mend the value."
        )
        raise InputRefused(f"{key} in {where} must be {form}, not {value!r}.", hint)


def _login() -> str:
    for variable in ("LOGNAME", "USER", "USERNAME"):
        if os.environ.get(variable):
            return os.environ[variable]
    return "checker"


def store(key: str, text: str, path: Path | None = None) -> None:
    """Set one setting in the file, leaving the others. Raises InputRefused for an unknown setting or value."""
    file = path or paths.settings_file()
    names = described()
    if key not in names or key == "keys":
        raise InputRefused(
            f"{key} cannot be set like this.", f"There are: {', '.join(name for name in names if name != 'keys')}."
        )
    value = _read_value(key, text)
    values = _in_file(file)
    table, dot, inner = key.partition(".")
    if not dot:
        values[key] = value
    elif isinstance(values.setdefault(table, {}), dict):
        values[table][inner] = value
    else:
        raise InputRefused(f"{file} sets {table}, which is no setting.", f"Delete it there, then set {key}.")
    _write(file, values)


def _read_value(key: str, text: str) -> Any:
    """The value that a text gives a setting. Raises InputRefused for one that it cannot have."""
    default = Settings().value_of(key)
    value: Any = text
    if key == "scale":
        from workbench.verdicts import scale

        value = scale(text).id
    elif key == "theme" and text not in ("", *THEMES):
        raise InputRefused(f"There is no theme {text!r}.", f"There are: {', '.join(THEMES)}.")
    elif key == "helper.key" and text and not VARIABLE.fullmatch(text):
        raise InputRefused(
            "helper.key names an environment variable, in capitals; the key itself is never stored.",
            "Put the key into a variable such as HELPER_KEY, then set helper.key HELPER_KEY.",
        )
    elif isinstance(default, bool):
        if text.lower() not in ("on", "off", "true", "false", "yes", "no"):
            raise InputRefused(f"{key} is on or off, not {text!r}.")
        value = text.lower() in ("on", "true", "yes")
    elif isinstance(default, int):
        try:
            value = int(text)
        except ValueError as error:
            raise InputRefused(f"{key} is a whole number, not {text!r}.") from error
        if key == "weight" and not -1 <= value <= 100:
            raise InputRefused(f"{key} is -1 or a percentage from 0 to 100, not {value}.")
    return value


def unset(key: str, path: Path | None = None) -> None:
    """Take a setting out of the file, so that its default holds again. Raises InputRefused for an unknown one."""
    file = path or paths.settings_file()
    if key not in described():
        raise InputRefused(f"There is no setting “{key}”.", f"There are: {', '.join(described())}.")
    values = _in_file(file)
    table, dot, inner = key.partition(".")
    if not dot:
        values.pop(key, None)
    elif isinstance(values.get(table), dict):
        values[table].pop(inner, None)
    _write(file, values)


def store_key(command: str, keys: str | None, path: Path | None = None) -> None:
    """Give a command other keys in the file, or with None its own again. Whether they are free is for the caller to know."""
    file = path or paths.settings_file()
    values = _in_file(file)
    table = values.setdefault("keys", {})
    if not isinstance(table, dict):
        raise InputRefused(f"keys in {file} is no table.", "Delete it there, then try again.")
    if keys is None:
        table.pop(command, None)
    else:
        table[command] = keys
    _write(file, values)


def _in_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputRefused(f"The settings in {file} cannot be read: {error}.", "Mend or delete the file.") from error


def _write(file: Path, values: dict[str, Any]) -> None:
    """Write the file anew, whole or not at all."""
    part = file.with_name(file.name + ".part")
    text = "".join(_toml(name, item) for name, item in _tables_last(values) if item != {})
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    except OSError as error:
        raise InputRefused(f"{file} cannot be written: {error.strerror}.", "Check the folder.") from error


def _tables_last(values: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(values.items(), key=lambda pair: (isinstance(pair[1], dict), pair[0]))


def _toml(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"\n[{name}]\n" + "".join(_toml(_quoted(key), item) for key, item in sorted(value.items()))
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}\n"
    return f"{name} = {value if isinstance(value, int) else _quoted(value)}\n"


def _quoted(text: str) -> str:
    escaped = "".join(
        {"\\": "\\\\", '"': '\\"'}.get(letter, letter if letter.isprintable() else f"\\U{ord(letter):08X}")
        for letter in text
    )
    return f'"{escaped}"'


def device() -> str:
    """This device's identifier, made on first use. Raises InputRefused where it can be neither read nor made."""
    file = paths.device_file()
    try:
        with contextlib.suppress(FileNotFoundError):
            return str(uuid.UUID(file.read_text(encoding="ascii").strip()))
        file.parent.mkdir(parents=True, exist_ok=True)
        identity = str(uuid.uuid4())
        part = file.with_name(f"{file.name}.{os.getpid()}.part")
        part.write_text(identity + "\n", encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(part, file)
        part.unlink()
        return str(uuid.UUID(file.read_text(encoding="ascii").strip()))
    except (OSError, ValueError) as error:
        raise InputRefused(
            f"This device's identity in {file} cannot be read or made: {error}.",
            "Check the folder, or delete the file.",
        ) from error
