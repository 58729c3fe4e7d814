# Source this to run Windows programs: a prefix of its own in $BUILD, its language in $WINE_LANGUAGE (zh_CN or en_US).
: "${BUILD:?the build folder}"
export WINEPREFIX=$BUILD/prefix WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=;winemenubuilder.exe="
# The code page of a Chinese Windows (936) comes from the language of the host; without it wine is 1252.
export LOCPATH=$BUILD/locale PYTHONDONTWRITEBYTECODE=1
WINE_LANGUAGE=${WINE_LANGUAGE:-zh_CN}

# Wine with the chosen language. Its output goes through a pipe: on wine 8, Python cannot write to a file it is given.
W() {
    LANG=$WINE_LANGUAGE.UTF-8 LC_ALL=$WINE_LANGUAGE.UTF-8 wine "$@" 2>&1 </dev/null | cat
    return "${PIPESTATUS[0]}"
}

# The assembled Python, in UTF-8 as the frozen program is.
wpython() { PYTHONUTF8=1 W "$BUILD/python/python.exe" "$@"; }

# The first call starts services.exe, rpcss.exe and explorer.exe, which would hold the pipe of that call for ever.
wine_up() {
    wineserver -p </dev/null >/dev/null 2>&1 || true
    LANG=$WINE_LANGUAGE.UTF-8 LC_ALL=$WINE_LANGUAGE.UTF-8 wine cmd /c exit </dev/null >/dev/null 2>&1
    LANG=$WINE_LANGUAGE.UTF-8 LC_ALL=$WINE_LANGUAGE.UTF-8 wine net start rpcss </dev/null >/dev/null 2>&1 || true
    (LANG=$WINE_LANGUAGE.UTF-8 LC_ALL=$WINE_LANGUAGE.UTF-8 wine explorer /desktop </dev/null >/dev/null 2>&1 &)
}

wine_down() { wineserver -k </dev/null >/dev/null 2>&1 || true; }

# A prefix that calls itself Windows 10 and has the two libraries of Windows 10 that wine lacks.
wine_prefix() {
    local here name
    here=$1
    rm -rf "$WINEPREFIX"
    LANG=$WINE_LANGUAGE.UTF-8 LC_ALL=$WINE_LANGUAGE.UTF-8 wineboot -i </dev/null >/dev/null 2>&1
    for name in icuuc bcryptprimitives; do
        x86_64-w64-mingw32-gcc -shared -nostdlib -s -Wl,--entry,DllMain \
            -o "$WINEPREFIX/drive_c/windows/system32/$name.dll" "$here/wine/$name.c" -ladvapi32
    done
    wine_up
    W winecfg -v win10
    W regedit "Z:$here/wine/fonts.reg"
    # The face of the installer's pages, by the name that a file of code page 1252 cannot hold.
    W reg add 'HKCU\Software\Wine\Fonts\Replacements' /v 宋体 /d 'Noto Sans CJK SC' /f > /dev/null
}
