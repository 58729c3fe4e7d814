/* python.exe of the assembled Python: nothing but a call of Py_Main. */
#include <wchar.h>

extern int Py_Main(int, wchar_t **);

int wmain(int argc, wchar_t **argv)
{
    return Py_Main(argc, argv);
}
