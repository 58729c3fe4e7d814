/* Windows 10 has bcryptprimitives.dll, wine 8 has not, and libraries written in Rust take their random numbers
   there. It goes into the prefix of the test alone and is never shipped. */
#define OUT __declspec(dllexport)
#define MOST 0x10000000ull

extern unsigned char __stdcall SystemFunction036(void *, unsigned long);

OUT int __stdcall ProcessPrng(unsigned char *bytes, unsigned long long count)
{
    while (count) {
        unsigned long part = (unsigned long)(count > MOST ? MOST : count);
        if (!SystemFunction036(bytes, part))
            return 0;
        bytes += part;
        count -= part;
    }
    return 1;
}

int __stdcall DllMain(void *module, unsigned long reason, void *reserved) { return 1; }
