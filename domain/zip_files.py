"""What can be wrong with a ZIP file, as the standard library tells it."""

import zipfile
import zlib

# A packing that nobody uses in documents and tables has ways of failing of its own.
PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# NotImplementedError is said of versions of the format that there are not, RuntimeError of
# what is encrypted, and ValueError of names and texts that are none.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
