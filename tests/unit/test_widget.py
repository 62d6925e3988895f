"""The committed script is what its sources give; found without Node, which nobody needs to run Naast."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

WIDGET = Path(__file__).resolve().parents[2] / "widget"
SCRIPT = WIDGET / "dist" / "naast.js"
BUILD_ANEW = "run `make widget` and commit widget/dist/naast.js"


def sha256(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def test_the_built_script_was_built_from_these_sources():
    guidance = WIDGET.parent / "guidance"
    others = [WIDGET / name for name in ("package.json", "package-lock.json", "build.mjs")]
    texts = [guidance / "contacts.yml", *sorted(guidance.glob("*/widget.yml"))]
    sources = [path.read_bytes() for path in [*sorted((WIDGET / "src").iterdir()), *others, *texts]]
    first, _, script = SCRIPT.read_bytes().partition(b"\n")
    assert first.decode() == f"// sources {sha256(*sources)} script {sha256(script)}", BUILD_ANEW


@pytest.mark.skipif(
    shutil.which("node") is None or not (WIDGET / "node_modules").is_dir(), reason="Node and `npm ci` in widget/"
)
def test_a_fresh_build_is_the_same(tmp_path):
    built = tmp_path / "naast.js"
    subprocess.run(["node", "build.mjs", str(built)], cwd=WIDGET, check=True, timeout=60)
    assert built.read_bytes() == SCRIPT.read_bytes(), BUILD_ANEW
