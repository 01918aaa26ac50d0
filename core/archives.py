"""Zip archives from outside: workbooks and office documents are such."""

import zipfile
import zlib

# What `zipfile` raises, besides `ValueError`, on an archive that is damaged, cut off, encrypted or made to harm.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
