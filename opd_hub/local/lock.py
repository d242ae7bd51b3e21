"""bin/lock: requirements*.txt, written anew from requirements*.in with a hash for every file."""

import subprocess
import sys
from collections.abc import Sequence

from opd_hub.local.folders import ROOT


def main(arguments: Sequence[str]) -> int:
    """uv's exit code; `arguments` (such as --upgrade) go to it."""
    for name in ("requirements", "requirements-dev"):
        # --no-header, --no-emit-index-url: no command line and no registry of this machine.
        flags = ["--universal", "--generate-hashes", "--no-header", "--no-emit-index-url"]
        files = [f"{name}.in", "--output-file", f"{name}.txt"]
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *flags, *files]
        ended = subprocess.run([*command, *arguments], cwd=ROOT, check=False)
        if ended.returncode:
            return ended.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
