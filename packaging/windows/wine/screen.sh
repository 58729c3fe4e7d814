# Source this to watch what stands on the screen of a trial and to take pictures of it. It needs environment.sh, a screen
# in DISPLAY, the folder of the pictures in $pictures, and `bad`, which ends the trial with a sentence.

# What has to be filled before a picture of it is worth anything, for 100 % and 150 % alike: the list of what is to be done
# and the rings of the areas on the first page; the middle of the questions of the first start.
FIRST_PAGE="330x400+220+280 600x150+690+240"
QUESTIONS="450x300+450+250"

# Set the magnification of the screen in points per inch, for what is started from now on: 96 is 100 %, 144 is 150 %.
magnify() { W reg add 'HKCU\Control Panel\Desktop' /v LogPixels /t REG_DWORD /d "$1" /f > /dev/null; }

# Start a program of Windows and go on.
begin() { (LANG=$WINE_LANGUAGE.UTF-8 LC_ALL=$WINE_LANGUAGE.UTF-8 wine "$@" >/dev/null 2>&1 </dev/null &); }

# End the window that stands there.
end_window() {
    W taskkill /IM zhengui.exe /F > /dev/null || true
    sleep 2
}

# Until each of these regions of the screen holds something: a page that is still to be filled has one colour or two.
filled() { # WIDTHxHEIGHT+X+Y ...
    local region colours
    for region in "$@"; do
        for _ in $(seq 600); do
            colours=$(import -window root -depth 8 png:- | convert png:- -crop "$region" +repage -format %k info:-)
            [ "$colours" -gt 30 ] && break
            sleep 0.5
        done
        [ "$colours" -gt 30 ] || bad "nothing appeared at $region"
    done
}

# Until nothing on the screen has changed for three seconds.
still() {
    local before
    for _ in $(seq 60); do
        before=$(import -window root -depth 8 rgb:- | sha256sum)
        sleep 3
        [ "$before" = "$(import -window root -depth 8 rgb:- | sha256sum)" ] && break
    done
}

window() { # the title to wait for, the picture to take, the regions that have to be filled first
    local title=$1 picture=$2
    shift 2
    for _ in $(seq 600); do
        xdotool search --name "$title" >/dev/null 2>&1 && break
        sleep 0.3
    done
    xdotool search --name "$title" >/dev/null 2>&1 || bad "no window called $title"
    filled "$@"
    still
    import -window root "$picture"
}

page_title='^政规.*(安装|卸载|解除)'
# The pages of an installer or uninstaller: a picture of each, Enter for what it proposes, until its window is gone.
pages() { # the program, the beginning of the pictures' names, how many pages at most
    local page id=""
    begin "$1"
    for _ in $(seq 200); do
        xdotool search --name "$page_title" >/dev/null 2>&1 && break
        sleep 0.3
    done
    still
    for page in $(seq "$3"); do
        id=$(xdotool search --name "$page_title" 2>/dev/null | tail -1) || true
        [ -n "$id" ] || break
        import -window root "$pictures/$2-$page.png"
        xdotool windowfocus "$id" key --window "$id" Return 2>/dev/null || true
        # The page that unpacks goes on by itself.
        still
    done
}

# Keys of an X server hold no Chinese, so it is pasted.
paste() {
    printf %s "$1" > "$pictures/clipboard.txt"
    wpython "Z:$here/wine/clipboard.py" "Z:$pictures/clipboard.txt" || bad "nothing went to the clipboard"
    xdotool key ctrl+v
}

# The four steps of the first start, which stand there already: each is filled in, photographed and left.
first_steps() {
    paste 云岭镇
    still
    import -window root "$pictures/first-start-1.png"
    xdotool key Return
    still
    paste $'白沙村\n清溪村\n云岭社区'
    still
    import -window root "$pictures/first-start-2.png"
    # Enter belongs to the box of villages: over the reading of a sheet and the way back to the way on.
    xdotool key Tab Tab Tab Return
    still
    import -window root "$pictures/first-start-3.png"
    xdotool key Return
    still
    paste 王小明
    still
    import -window root "$pictures/first-start-4.png"
    xdotool key Return
    window 云岭镇 "$pictures/first-day.png" "$QUESTIONS"
}
