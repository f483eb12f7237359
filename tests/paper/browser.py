"""A page of the report in a real headless Chromium: a script runs inside it and its value comes back.

The page is loaded from disk into a frame of the wanted width, with no network; console messages are collected.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
HARNESS = """<!DOCTYPE html><meta charset=utf-8><iframe id=frame src="{page}" style="width:{width}px;height:1000px;border:0"></iframe><pre id=result></pre>
<script>
const errors = [], frame = document.getElementById("frame");
frame.addEventListener("load", async () => {{
  const window = frame.contentWindow, document_ = window.document;
  window.addEventListener("error", event => errors.push(event.message));
  let value = null;
  try {{ value = await (async (window, document) => {{ {script} }})(window, document_); }} catch (error) {{ errors.push(String(error)); }}
  document.getElementById("result").textContent = JSON.stringify({{ value, errors }});
}});
</script>"""


@dataclass(frozen=True)
class Answer:
    value: Any
    errors: list[str]


def run(page: Path, script: str, folder: Path, *, width: int = 1200) -> Answer:
    """The value that `script` returns in the page (`window`, `document` are the page's), and every error on the console."""
    harness = folder / "harness.html"
    harness.write_text(HARNESS.format(page=page.resolve().as_uri(), width=width, script=script), encoding="utf-8")
    done = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--disable-web-security", "--disable-extensions",
         "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", "--v=0",
         "--window-size=1400,1100", "--virtual-time-budget=8000", "--dump-dom", harness.as_uri()],
        capture_output=True, text=True, timeout=900, check=False,
    )
    found = re.search(r'<pre id="result">(.*?)</pre>', done.stdout, re.DOTALL)
    if not found or not found[1]:
        raise AssertionError(f"no answer from {page.name}: {done.stderr[-800:]}")
    answer = json.loads(html.unescape(found[1]))
    console = re.findall(r'CONSOLE[:(]\d+\)?\] "(.*?)", source', done.stderr)
    return Answer(answer["value"], answer["errors"] + console)
