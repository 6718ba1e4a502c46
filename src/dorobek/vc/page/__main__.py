"""`python -m dorobek.vc.page FILE` writes the page that verifies without a server."""

import sys
from pathlib import Path

from dorobek.vc.page import build

Path(sys.argv[1]).write_text(build(), encoding="utf-8")
