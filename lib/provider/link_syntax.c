/* link_syntax.c: the last look at a URL before it leaves the library, by a parser that is not ours. Invariant: what it
 * lets through is strict RFC 3986 with exactly the host that was judged, no user and no port. */
#include <stdint.h>
#include <string.h>
#include <uriparser/Uri.h>

#include "parts.h"

enum { ALIGNMENT = 16 };

/* uriparser keeps a list of path segments; it gets its memory from one run of bytes that is used again and again. */
static void *arena_allocate(UriMemoryManager *manager, size_t size)
{
    vaxdir_buffer *arena = manager->userData;
    size_t needed = ALIGNMENT + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > arena->capacity || arena->capacity - arena->length < needed)
        return NULL;
    unsigned char *block = arena->bytes + arena->length;
    memcpy(block, &size, sizeof size); /* realloc has to know how much to move */
    arena->length += needed;
    return block + ALIGNMENT;
}

static void *arena_allocate_zeroed(UriMemoryManager *manager, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    void *block = arena_allocate(manager, count * size);
    if (block != NULL)
        memset(block, 0, count * size);
    return block;
}

static void *arena_reallocate(UriMemoryManager *manager, void *old, size_t size)
{
    void *block = arena_allocate(manager, size);
    if (old != NULL && block != NULL) {
        size_t old_size;
        memcpy(&old_size, (unsigned char *)old - ALIGNMENT, sizeof old_size);
        memcpy(block, old, old_size < size ? old_size : size);
    }
    return block;
}

static void *arena_reallocate_array(UriMemoryManager *manager, void *old, size_t count, size_t size)
{
    return size != 0 && count > SIZE_MAX / size ? NULL : arena_reallocate(manager, old, count * size);
}

static void arena_free(UriMemoryManager *manager, void *block)
{
    (void)manager;
    (void)block;
}

static bool is_range(UriTextRangeA range, vaxdir_slice text)
{
    size_t length = range.first == NULL ? 0 : (size_t)(range.afterLast - range.first);
    return vaxdir_slice_equal((vaxdir_slice){range.first, length}, text);
}

bool vaxdir_syntax_good(vaxdir_slice url, vaxdir_slice host, vaxdir_buffer *arena, bool *ret_memory_ok)
{
    size_t segments = 4; /* and what else it may want */
    const char *end = url.bytes + url.length;
    for (const char *at = url.bytes; at < end && (at = memchr(at, '/', (size_t)(end - at))) != NULL; at++)
        segments++;
    arena->length = 0;
    *ret_memory_ok = vaxdir_buffer_reserve(arena, segments * (sizeof(UriPathSegmentA) + 2 * ALIGNMENT));
    if (!*ret_memory_ok)
        return false;
    UriMemoryManager manager = {
        arena_allocate, arena_allocate_zeroed, arena_reallocate, arena_reallocate_array, arena_free, arena};
    UriUriA uri;
    const char *wrong;
    int result = uriParseSingleUriExMmA(&uri, url.bytes, url.bytes + url.length, &wrong, &manager);
    if (result == URI_ERROR_MALLOC)
        *ret_memory_ok = false;
    if (result != URI_SUCCESS)
        return false;
    bool web = is_range(uri.scheme, vaxdir_slice_of("https")) || is_range(uri.scheme, vaxdir_slice_of("http"));
    return web && uri.userInfo.first == NULL && uri.portText.first == NULL && uri.hostData.ip4 == NULL &&
           uri.hostData.ip6 == NULL && uri.hostData.ipFuture.first == NULL && is_range(uri.hostText, host);
}
