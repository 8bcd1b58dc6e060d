"""Takes the files that an engine needs out of a wheel: extract.py <wheel> <folder> <pattern> ..."""

import fnmatch
import os
import shutil
import sys
import zipfile


def main(wheel: str, folder: str, *patterns: str) -> None:
    count = 0
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            name = member.filename
            if member.is_dir() or not any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns):
                continue
            target = os.path.join(folder, *name.split("/"))
            if not os.path.realpath(target).startswith(os.path.realpath(folder) + os.sep):
                sys.exit(f"{name} would leave the folder")
            os.makedirs(os.path.dirname(target), exist_ok=True)
            # In pieces: the library alone is a gigabyte. Reading to the end checks the member's CRC.
            with archive.open(member) as source, open(target, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            mode = member.external_attr >> 16 & 0o777
            if mode:
                os.chmod(target, mode | 0o600)
            count += 1
    if count == 0:
        sys.exit(f"nothing in {os.path.basename(wheel)} matches {' '.join(patterns)}")


main(*sys.argv[1:])
