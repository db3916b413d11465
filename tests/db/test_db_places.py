"""Network and synchronised folders are seen, other folders are left alone; a live database is refused in the former."""

from pathlib import Path

import pytest
from db_builders import actor

from db import places, store
from db.errors import SharedFolder
from db.places import Mount, parse_mount_command, parse_mountinfo, shared_place
from db.store import Store

TABLE = r"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
40 27 0:41 / /mnt/news\040desk rw,relatime shared:7 master:2 - nfs4 server.example:/desk rw,vers=4.2
41 40 0:42 / /mnt/news\040desk/scratch rw - ext4 /dev/vdb rw
42 27 0:43 / /mnt/win rw - cifs //server.example/win rw
43 27 0:44 / /home/ada/remote rw - fuse.sshfs ada@server.example: rw
44 27 0:45 / /mnt/c rw - 9p drvfs rw
45 27 0:46 / /mnt/over rw - nfs server.example:/over rw
46 27 0:47 / /mnt/over rw - ext4 /dev/vdc rw
a broken row
"""


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/mnt/news desk/case.db", "NFS"),
        ("/mnt/news desk/deep/er/case.db", "NFS"),
        ("/mnt/news desk/scratch/case.db", None),
        ("/mnt/win/case.db", "SMB"),
        ("/home/ada/remote/case.db", "SSHFS"),
        ("/home/ada/case.db", None),
        ("/mnt/c/Users/ada/case.db", "9P"),
        ("/mnt/over/case.db", None),
        ("/mnt/windows/case.db", None),
    ],
)
def test_the_mount_table_tells_network_folders(path: str, service: str | None) -> None:
    """The deepest mount decides, and of several on one point the one on top."""
    found = shared_place(Path(path), parse_mountinfo(TABLE), home=Path("/home/ada"))
    assert (found.service if found else None) == service
    assert found is None or found.network


def test_the_whole_disk_of_a_virtual_machine_is_its_own() -> None:
    """Nobody else has a root open that comes over 9P; a root on NFS is shared all the same."""
    assert shared_place(Path("/srv/case.db"), [Mount(Path("/"), "9p")]) is None
    assert shared_place(Path("/srv/case.db"), [Mount(Path("/"), "nfs")]) is not None


def test_the_mount_command_of_macos_is_read() -> None:
    """Its rows name the point before the type, and points may hold spaces and parentheses."""
    said = (
        "/dev/disk3s1 on / (apfs, sealed, local)\n"
        "//ada@server.example/desk on /Volumes/News (desk) (smbfs, nodev, mounted by ada)\n"
    )
    assert parse_mount_command(said) == [
        Mount(Path("/"), "apfs"),
        Mount(Path("/Volumes/News (desk)"), "smbfs"),
    ]


@pytest.mark.parametrize(
    ("inside", "marker", "service"),
    [
        ("box/cases", "box/.dropbox", "Dropbox"),
        ("box/cases", "box/.dropbox.cache/", "Dropbox"),
        ("sync", "sync/.stfolder/", "Syncthing"),
        ("a/b/c", "a/.stfolder", "Syncthing"),
        ("cloud/x", "cloud/.sync_0a1b2c3d.db", "Nextcloud"),
        ("cloud/x", "cloud/._sync_0a1b2c3d.db", "Nextcloud"),
        ("drive", "drive/.tmp.driveupload/", "Google Drive"),
        ("OneDrive/x", None, "OneDrive"),
        ("OneDrive - The Skerry Post/x", None, "OneDrive"),
        ("iCloudDrive", None, "iCloud"),
        ("Library/Mobile Documents/x", None, "iCloud"),
        ("Library/CloudStorage/Box-Box", None, "a cloud service"),
        ("Dropbox/x", None, "Dropbox"),
        ("Nextcloud", None, "Nextcloud"),
        ("cases", ".dropbox/", None),
        ("cases/Dropbox", None, None),
        ("cases", "beside/.stfolder/", None),
        ("OneDriver", None, None),
        ("plain", None, None),
    ],
)
def test_what_services_leave_behind_tells_their_folders(
    tmp_path: Path, inside: str, marker: str | None, service: str | None
) -> None:
    """Markers count for everything below them; names only where they mean it."""
    (tmp_path / inside).mkdir(parents=True)
    if marker is not None:
        place = tmp_path / marker
        place.parent.mkdir(parents=True, exist_ok=True)
        if marker.endswith("/"):
            place.mkdir()
        else:
            place.touch()
    found = shared_place(tmp_path / inside / "case.db", [], home=tmp_path)
    if service is None:
        assert found is None
    else:
        assert found is not None
        assert service in found.service
        assert not found.network


def test_links_are_followed(tmp_path: Path) -> None:
    """A harmless path that leads into a synchronised folder is seen."""
    (tmp_path / "sync" / ".stfolder").mkdir(parents=True)
    (tmp_path / "work").symlink_to(tmp_path / "sync")
    found = shared_place(tmp_path / "work" / "case.db", [])
    assert found is not None
    assert found.folder == tmp_path / "sync"


def test_a_live_database_is_refused_there_and_nothing_is_made(tmp_path: Path) -> None:
    """Neither made nor opened, also read-only; whoever insists may."""
    sync = tmp_path / "sync"
    (sync / ".stfolder").mkdir(parents=True)
    path = sync / "case.db"
    with pytest.raises(SharedFolder, match=r"Syncthing") as refused:
        Store.open(path, actor("Ada"), create=True)
    assert "share pack" in refused.value.hint
    assert sorted(entry.name for entry in sync.iterdir()) == [".stfolder"]
    Store.open(path, actor("Ada"), create=True, even_shared_folder=True).close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(SharedFolder):
            Store.open(path, actor("Ada"), read_only=read_only)
    assert path.read_bytes() == before


def test_a_network_folder_is_refused_by_the_mount_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of this machine is what opening goes by."""
    table = tmp_path / "mountinfo"
    table.write_text(f"1 0 254:0 / / rw - ext4 /dev/vda rw\n2 1 0:9 / {tmp_path} rw - cifs //s.example/x rw\n")
    monkeypatch.setattr(places, "MOUNT_TABLE", table)
    monkeypatch.setattr(places.sys, "platform", "linux")
    with pytest.raises(SharedFolder, match="SMB"):
        store.Store.open(tmp_path / "case.db", actor("Ada"), create=True)
