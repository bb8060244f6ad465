/* registry_new.h: how a registry comes into being, from bytes of any origin. */
#ifndef VAXDIR_REGISTRY_REGISTRY_NEW_H
#define VAXDIR_REGISTRY_REGISTRY_NEW_H

#include "registry.h"

/* Makes a registry over the bytes of a file, which it owns from here on, also when this fails: mapped ones are
 * unmapped, others go back to the context's allocator. */
vaxdir_status vaxdir_registry_new(vaxdir_context *context, unsigned char *bytes, size_t size, bool mapped,
                                  vaxdir_registry **ret_registry);

#endif
