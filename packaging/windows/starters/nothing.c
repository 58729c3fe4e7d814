/* The entry of a DLL that only forwards to another. */
int __stdcall DllMain(void *module, unsigned long reason, void *reserved)
{
    return 1;
}
