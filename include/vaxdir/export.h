/* export.h: the only compiler macros of the public headers. */
#ifndef VAXDIR_EXPORT_H
#define VAXDIR_EXPORT_H

#if defined(VAXDIR_CFFI)
#define VAXDIR_API
#elif defined(__GNUC__)
#define VAXDIR_API __attribute__((visibility("default")))
#else
#define VAXDIR_API
#endif

#endif
