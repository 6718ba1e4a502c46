"""Make this checkout importable in the environment that runs this file, without a network or a build.

Writes a path file that names `src/`, and the `dorobek` command beside the interpreter.
"""

import sys
import sysconfig
from pathlib import Path

root = Path(__file__).resolve().parent.parent
Path(sysconfig.get_path("purelib"), "dorobek.pth").write_text(f"{root / 'src'}\n")
command = Path(sys.executable).parent / "dorobek"
command.write_text(f"#!{sys.executable}\nfrom dorobek.cli.main import main\n\nraise SystemExit(main())\n")
command.chmod(0o755)
