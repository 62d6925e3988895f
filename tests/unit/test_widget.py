"""The committed script is what its sources give; found without Node, which nobody needs to run Naast."""

import hashlib
from pathlib import Path

WIDGET = Path(__file__).resolve().parents[2] / "widget"


def test_the_built_script_was_built_from_these_sources():
    digest = hashlib.sha256()
    others = [WIDGET / "package.json", WIDGET / "build.mjs", *sorted((WIDGET.parent / "guidance").glob("*/widget.yml"))]
    for path in [*sorted((WIDGET / "src").iterdir()), *others]:
        digest.update(path.read_bytes())
    built = (WIDGET / "dist" / "naast.js").read_text(encoding="utf-8").splitlines()[0]
    assert built == f"// sources {digest.hexdigest()}", "run `make widget` and commit widget/dist/naast.js"
