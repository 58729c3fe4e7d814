/* pythonw.exe of the assembled Python: the same without a console. */
#include <windows.h>
#include <stdlib.h>

extern int Py_Main(int, wchar_t **);

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR line, int show)
{
    return Py_Main(__argc, __wargv);
}
