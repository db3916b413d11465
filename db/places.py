"""Where a live database must not lie: network folders and folders that a service synchronises.

Programs keep out of each other's way by locks on the file. Network file systems often do not pass locks on, and a
synchroniser copies files that are half written. This module is the one place that knows such folders.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

MOUNT_TABLE = Path("/proc/self/mountinfo")

_NETWORK = {
    "nfs": "NFS",
    "nfs4": "NFS",
    "cifs": "SMB",
    "smb3": "SMB",
    "smbfs": "SMB",
    "afs": "AFS",
    "afpfs": "AFP",
    "ncpfs": "NCP",
    "9p": "9P",
    "virtiofs": "virtiofs",
    "vboxsf": "VirtualBox",
    "prl_fs": "Parallels",
    "vmhgfs": "VMware",
    "fuse.vmhgfs-fuse": "VMware",
    "ceph": "Ceph",
    "fuse.ceph": "Ceph",
    "fuse.ceph-fuse": "Ceph",
    "fuse.glusterfs": "GlusterFS",
    "glusterfs": "GlusterFS",
    "lustre": "Lustre",
    "gpfs": "GPFS",
    "beegfs": "BeeGFS",
    "ocfs2": "OCFS2",
    "gfs2": "GFS2",
    "davfs": "WebDAV",
    "webdav": "WebDAV",
    "fuse.davfs": "WebDAV",
    "fuse.davfs2": "WebDAV",
    "fuse.sshfs": "SSHFS",
    "sshfs": "SSHFS",
    "fuse.rclone": "rclone",
    "fuse.s3fs": "S3",
    "fuse.goofys": "S3",
    "fuse.gcsfuse": "Google Cloud Storage",
    "fuse.gvfsd-fuse": "GVfs",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.smbnetfs": "SMB",
    "fuse.curlftpfs": "FTP",
    "fuse.pcloud": "pCloud",
}
_OWN_ROOT = frozenset({"9p", "virtiofs"})
"""A virtual machine may have its whole disk over such a channel; nobody else has that open."""

_MARKERS = (
    (".stfolder", "Syncthing"),
    (".stversions", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".sync_*.db", "Nextcloud or ownCloud"),
    ("._sync_*.db", "Nextcloud or ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".megaignore", "MEGA"),
    (".seafile-data", "Seafile"),
)
"""What services leave in the folder that they synchronise, by name or pattern."""

_NAMES = (
    (re.compile(r"OneDrive( - .+)?"), "OneDrive"),
    (re.compile(r"iCloud ?Drive"), "iCloud"),
    (re.compile(r"com~apple~CloudDocs"), "iCloud"),
)
"""Folders that are called so wherever they lie."""

_PAIRS = {("Library", "Mobile Documents"): "iCloud", ("Library", "CloudStorage"): "a cloud service"}
_AT_HOME = {
    "Dropbox": "Dropbox",
    "Google Drive": "Google Drive",
    "GoogleDrive": "Google Drive",
    "Nextcloud": "Nextcloud",
    "ownCloud": "ownCloud",
    "MEGA": "MEGA",
    "pCloudDrive": "pCloud",
    "Box Sync": "Box",
    "Seafile": "Seafile",
}
"""Names that say so only directly in a home folder."""


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of the mount table."""

    point: Path
    kind: str


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A folder in which no live database may lie. `network` tells a network folder from a synchronised one."""

    service: str
    folder: Path
    network: bool

    @property
    def words(self) -> str:
        """What is the matter, in words."""
        what = "a network folder" if self.network else "a folder that is synchronised"
        return f"{what} ({self.service}, {self.folder})"


def shared_place(path: Path, mounts: Sequence[Mount] | None = None, home: Path | None = None) -> SharedPlace | None:
    """The network or synchronised folder that a file lies in or would lie in, or None.

    `mounts` is the mount table, by default this machine's; `home` the user's folder. Links are followed: what counts is
    where the file really lies. What cannot be read is taken as harmless: this is a guard against a mistake, no proof.
    """
    try:
        place = path.resolve()
    except (OSError, RuntimeError):
        return None
    mount = _mount_of(place, mount_table() if mounts is None else mounts)
    if str(place).startswith(("\\\\", "//")):
        return SharedPlace("a network address", place.parent, network=True)
    if (
        mount is not None
        and mount.kind in _NETWORK
        and not (mount.point == Path(mount.point.anchor) and mount.kind in _OWN_ROOT)
    ):
        return SharedPlace(_NETWORK[mount.kind], mount.point, network=True)
    return _synchronised(place, home or _home())


def mount_table() -> list[Mount]:
    """What is mounted where on this machine; empty where the system does not say."""
    if sys.platform == "darwin":
        import subprocess

        with suppress(OSError, subprocess.SubprocessError):
            said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
            return parse_mount_command(said)
        return []
    try:
        return parse_mountinfo(MOUNT_TABLE.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return []


def parse_mountinfo(text: str) -> list[Mount]:
    """Linux's table; see proc_pid_mountinfo(5): the mount point is field 5, the type stands behind a lone dash."""
    found = []
    for row in text.splitlines():
        before, dash, after = row.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) >= 5:
            found.append(Mount(Path(_unescaped(fields[4])), after.split(" ", 1)[0]))
    return found


def parse_mount_command(text: str) -> list[Mount]:
    """What mount(8) prints on macOS: `SOURCE on POINT (TYPE, options)`."""
    rows = re.findall(r"^.+? on (.+) \((\w+)[,)]", text, re.MULTILINE)
    return [Mount(Path(point), kind) for point, kind in rows]


def _unescaped(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), field)


def _mount_of(place: Path, mounts: Iterable[Mount]) -> Mount | None:
    """The mount that a path lies on: the deepest, of several on one point the last."""
    inside = [mount for mount in mounts if place.is_relative_to(mount.point)]
    return max(enumerate(inside), key=lambda one: (len(one[1].point.parts), one[0]))[1] if inside else None


def _synchronised(place: Path, home: Path | None) -> SharedPlace | None:
    for folder in place.parents:
        service = _named(folder, home) or _marked(folder)
        if service:
            return SharedPlace(service, folder, network=False)
    return None


def _named(folder: Path, home: Path | None) -> str:
    for pattern, service in _NAMES:
        if pattern.fullmatch(folder.name):
            return service
    if home is not None and folder.parent == home and folder.name in _AT_HOME:
        return _AT_HOME[folder.name]
    return _PAIRS.get((folder.parent.name, folder.name), "")


def _marked(folder: Path) -> str:
    try:
        names = [entry.name for entry in folder.iterdir() if entry.name.startswith(".")]
    except OSError:
        return ""
    for pattern, service in _MARKERS:
        if any(fnmatchcase(name, pattern) for name in names):
            # Dropbox keeps its own settings in a folder of this name beside the one that it synchronises.
            if pattern == ".dropbox" and (folder / ".dropbox").is_dir():
                continue
            return service
    return ""


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except (OSError, RuntimeError):
        return None
