/* Windows 10 has icuuc.dll, wine 8 and 10 have not, and QtCore imports it. This one knows no converter, so Qt
   falls back to its own. It goes into the prefix of the test alone and is never shipped. */
typedef int Status;
#define OUT __declspec(dllexport)
#define UNKNOWN 4

OUT void *ucnv_open(const char *name, Status *status) { if (status) *status = UNKNOWN; return 0; }
OUT void ucnv_close(void *converter) {}
OUT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
OUT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
OUT void ucnv_reset(void *converter) {}
OUT signed char ucnv_getMaxCharSize(void *converter) { return 4; }
OUT const char *ucnv_getName(void *converter, Status *status) { return ""; }
OUT void ucnv_getToUCallBack(void *converter, void **action, void **context) {}
OUT void ucnv_setToUCallBack(void *c, void *a, void *b, void *d, void *e, Status *f) {}
OUT void ucnv_getFromUCallBack(void *converter, void **action, void **context) {}
OUT void ucnv_setFromUCallBack(void *c, void *a, void *b, void *d, void *e, Status *f) {}
OUT void ucnv_cbToUWriteUChars(void *a, void *b, int c, int d, Status *e) {}
OUT void ucnv_cbFromUWriteUChars(void *a, void *b, void *c, int d, Status *e) {}
OUT void ucnv_toUnicode(void *a, void *b, void *c, void *d, void *e, void *f, char g, Status *h) {}
OUT void ucnv_fromUnicode(void *a, void *b, void *c, void *d, void *e, void *f, char g, Status *h) {}
OUT int ucnv_toUCountPending(void *a, Status *b) { return 0; }
OUT int ucnv_fromUCountPending(void *a, Status *b) { return 0; }
OUT const char *ucnv_getStandardName(const char *a, const char *b, Status *c) { if (c) *c = UNKNOWN; return 0; }
OUT const char *ucnv_getAvailableName(int number) { return 0; }
OUT int ucnv_countAvailable(void) { return 0; }

int __stdcall DllMain(void *module, unsigned long reason, void *reserved) { return 1; }
