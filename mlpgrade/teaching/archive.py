"""What is in an archive or below a folder, listed so that nothing in it can do harm: bombs, paths that lead out, links."""

import contextlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from mlpgrade.course import CourseError
from mlpgrade.teaching.handed import Entry

DRIVE = re.compile(r"[A-Za-z]:")
MAX_FILES = 50_000
MAX_FILE = 100_000_000
MAX_ALL = 20_000_000_000
RUBBISH = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems leave behind. So are all names that begin with `._`, and what is in these folders:"""
FOLDERS_OF_RUBBISH = frozenset({"__MACOSX", ".ipynb_checkpoints", "__pycache__", ".git"})


def entries(path: Path) -> list[Entry]:
    """Return the files in an archive or below a folder, by path. Raises CourseError where it can be neither."""
    if path.is_dir():
        found = list(_in_folder(path))
    elif zipfile.is_zipfile(path):
        found = list(_in_archive(str(path), lambda: zipfile.ZipFile(path)))
    elif path.is_file():
        found = [_plain(path, path.name)]
    else:
        raise CourseError(f"there is no file or folder {path}.")
    return sorted((one for one in found if not _is_rubbish(one.path)), key=lambda one: one.path)


def _is_rubbish(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and (
        parts[-1] in RUBBISH or parts[-1].startswith("._") or not FOLDERS_OF_RUBBISH.isdisjoint(parts[:-1])
    )


def inside(entry: Entry) -> list[Entry]:
    """Return the files in an archive that is itself a file of an archive or folder."""
    content = entry.read()
    found = list(_in_archive(entry.path, lambda: zipfile.ZipFile(io.BytesIO(content))))
    return sorted((one for one in found if not _is_rubbish(one.path)), key=lambda one: one.path)


def _in_archive(name: str, opened: Callable[[], zipfile.ZipFile]) -> Iterator[Entry]:
    try:
        with opened() as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CourseError(f"{name} is an archive that cannot be read ({error}); download it again.") from None
    size = sum(info.file_size for info in infos)
    if len(infos) > MAX_FILES or size > MAX_ALL:
        raise CourseError(f"{name} is refused: it would unpack to {len(infos)} files of {size / 1e9:.0f} GB.")
    seen: set[str] = set()
    for info in infos:
        path = _name_of(info)
        refused = "its path is there twice" if path in seen else _problem(info, path)
        seen.add(path)
        yield Entry(path, info.file_size, _reader(opened, info), refused)


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return an entry's name. Some programs write UTF-8 without saying so, which then was read as CP437."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _problem(info: zipfile.ZipInfo, name: str) -> str:
    """Return why an entry is refused, or nothing."""
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or DRIVE.match(name) or "\0" in name:
        return "its path leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a symbolic link, which is not followed"
    if info.flag_bits & 0x1:
        return "it is locked by a password"
    if info.file_size > MAX_FILE:
        return f"it unpacks to {info.file_size / 1e6:.0f} MB, more than {MAX_FILE / 1e6:.0f}"
    return ""


def _reader(opened: Callable[[], zipfile.ZipFile], info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with opened() as archive, archive.open(info) as file:
                content = file.read(MAX_FILE + 1)
        except Exception as error:  # damaged archives fail in ways of their own
            raise Refusal(f"it cannot be unpacked ({type(error).__name__})") from None
        if len(content) > MAX_FILE:  # the archive had said less
            raise Refusal(f"it unpacks to more than {MAX_FILE / 1e6:.0f} MB")
        return content

    return read


class Refusal(Exception):
    """Why a file that was listed cannot be taken after all."""


def _in_folder(top: Path) -> Iterator[Entry]:
    count = 0
    for folder, folders, names in os.walk(top, followlinks=False):
        here = Path(folder)
        for name in list(folders):
            if (here / name).is_symlink():
                yield Entry(
                    (here / name).relative_to(top).as_posix(), 0, bytes, "it is a symbolic link, which is not followed"
                )
        folders[:] = [name for name in folders if name not in FOLDERS_OF_RUBBISH]
        for name in names:
            count += 1
            if count > MAX_FILES:
                raise CourseError(f"{top} is refused: it holds more than {MAX_FILES} files.")
            yield _plain(here / name, (here / name).relative_to(top).as_posix())


def _plain(path: Path, name: str) -> Entry:
    about = path.lstat()
    refused = ""
    if stat.S_ISLNK(about.st_mode):
        refused = "it is a symbolic link, which is not followed"
    elif not stat.S_ISREG(about.st_mode):
        refused = "it is no file"
    elif about.st_size > MAX_FILE:
        refused = f"it has {about.st_size / 1e6:.0f} MB, more than {MAX_FILE / 1e6:.0f}"
    return Entry(name, about.st_size, path.read_bytes, refused)
