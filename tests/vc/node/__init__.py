"""The reference implementation in Node, asked from Python."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("reference.mjs")
FOLDER = os.environ.get("DOROBEK_NODE_REFERENCE", "")
NEEDED = "@digitalbazaar/eddsa-rdfc-2022-cryptosuite"


def missing() -> str:
    """Why the reference cannot be asked; "" when it can."""
    if shutil.which("node") is None:
        return "no Node on this machine"
    if not FOLDER:
        return (
            "DOROBEK_NODE_REFERENCE does not name a folder with @digitalbazaar/vc, data-integrity, ed25519-multikey and "
            "eddsa-rdfc-2022-cryptosuite (npm install them outside this repository)"
        )
    if not (Path(FOLDER) / "node_modules" / NEEDED).is_dir():
        return f"{FOLDER} holds no {NEEDED}"
    return ""


def ask(**request: Any) -> dict[str, Any]:
    """The reference's answer; see `reference.mjs` for both shapes."""
    command = ["node", "--input-type=module", "-e", SCRIPT.read_text(encoding="utf-8")]
    done = subprocess.run(
        command, input=json.dumps(request), cwd=FOLDER, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the reference failed: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
