/* allocator.c: see allocator.h. Invariant: a block carries its size and a mark in front of it, so that a wrong size or
 * a block of somebody else's is seen when it comes back. */
#include "allocator.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

static struct {
    bool armed, for_good, struck;
    long count, nth, live, own, mistakes;
} fault;

static bool fails_now(void)
{
    if (!fault.armed)
        return false;
    fault.count++;
    bool fails = fault.count == fault.nth || (fault.for_good && fault.count > fault.nth);
    fault.struck = fault.struck || fails;
    if (fails)
        errno = ENOMEM; /* as malloc does */
    return fails;
}

#ifdef FAULT_INTERPOSE

/* glibc lets a program replace these four, and finds its own under these names. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void __libc_free(void *memory);

#define raw_malloc __libc_malloc
#define raw_free __libc_free

void *malloc(size_t size)
{
    void *memory = fails_now() ? NULL : __libc_malloc(size);
    fault.live += memory != NULL;
    return memory;
}

void *calloc(size_t count, size_t size)
{
    void *memory = fails_now() ? NULL : __libc_calloc(count, size);
    fault.live += memory != NULL;
    return memory;
}

void *realloc(void *memory, size_t size)
{
    if (fails_now())
        return NULL;
    void *moved = __libc_realloc(memory, size);
    fault.live += (memory == NULL && moved != NULL) - (memory != NULL && size == 0);
    return moved;
}

void free(void *memory)
{
    fault.live -= memory != NULL;
    __libc_free(memory);
}

void fault_start(void)
{
}

#else

#define raw_malloc malloc
#define raw_free free

static void *dependency_malloc(size_t size)
{
    void *memory = fails_now() ? NULL : malloc(size);
    fault.live += memory != NULL;
    return memory;
}

static void dependency_free(void *memory)
{
    fault.live -= memory != NULL;
    free(memory);
}

void fault_start(void)
{
    json_set_alloc_funcs(dependency_malloc, dependency_free);
}

#endif

/* In front of each block; 16 bytes keep the alignment. */
typedef struct front {
    uint64_t size;
    uint64_t mark;
} front;

static const uint64_t MARK = UINT64_C(0x7661786469720a01);

static void *allocate(size_t size, void *user)
{
    (void)user;
    if (size == 0)
        fault.mistakes++;
    front *block = fails_now() ? NULL : raw_malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    *block = (front){size, MARK};
    memset(block + 1, 0xA5, size); /* so that nobody relies on zeros */
    fault.live++;
    fault.own++;
    return block + 1;
}

static void release(void *memory, size_t size, void *user)
{
    (void)user;
    if (memory == NULL) {
        fault.mistakes++;
        return;
    }
    front *block = (front *)memory - 1;
    if (block->mark != MARK || block->size != size) {
        fault.mistakes++;
        return;
    }
    block->mark = 0;
    memset(memory, 0x5A, size);
    raw_free(block);
    fault.live--;
    fault.own--;
}

static void *reallocate(void *memory, size_t old_size, size_t new_size, void *user)
{
    void *moved = allocate(new_size, user);
    if (moved == NULL)
        return NULL;
    memcpy(moved, memory, old_size < new_size ? old_size : new_size);
    release(memory, old_size, user);
    return moved;
}

vaxdir_context_options fault_options(void)
{
    vaxdir_context_options options = VAXDIR_CONTEXT_OPTIONS_INIT;
    options.allocate = allocate;
    options.reallocate = reallocate;
    options.free = release;
    return options;
}

void fault_arm(long nth, bool for_good)
{
    fault.count = 0;
    fault.nth = nth;
    fault.for_good = for_good;
    fault.struck = false;
    fault.armed = true;
}

/* The linker sends calls of GEOS_init_r here. It lets std::bad_alloc out, which ends the process and which no caller in
 * C can prevent (docs/areas.md): so it is not made to fail. All else of GEOS is. */
void *__real_GEOS_init_r(void);
void *__wrap_GEOS_init_r(void);

void *__wrap_GEOS_init_r(void)
{
    bool armed = fault.armed;
    fault.armed = false;
    void *handle = __real_GEOS_init_r();
    fault.armed = armed;
    return handle;
}

bool fault_disarm(void)
{
    fault.armed = false;
    return fault.struck;
}

long fault_count(void)
{
    return fault.count;
}

long fault_live(void)
{
    return fault.live;
}

long fault_own(void)
{
    return fault.own;
}

void fault_forgive(long live)
{
    fault.live = live;
}

long fault_mistakes(void)
{
    return fault.mistakes;
}
