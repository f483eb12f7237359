"""The console sessions of the README.  `python -m tests.readme` writes in what the program prints now."""

import contextlib
import io
import os
import re
import shlex
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
SESSION = re.compile(r"(?<=\$ )(overproof verify [^\n]*)\n(.*?)(?=```)", re.DOTALL)


def printed(command: str) -> str:
    """What `command` prints on 80 columns, without its timing."""
    from overproof.main import main

    out = io.StringIO()
    os.environ["COLUMNS"] = "80"
    with contextlib.redirect_stdout(out):
        main(shlex.split(command)[1:])
    return re.sub(r"   \([0-9.]+ s\)", "", out.getvalue()).rstrip() + "\n"


def updated(text: str) -> str:
    """`text` with every session as it is printed now."""
    return SESSION.sub(lambda match: f"{match[1]}\n{printed(match[1])}", text)


if __name__ == "__main__":
    README.write_text(updated(README.read_text(encoding="utf-8")), encoding="utf-8")
