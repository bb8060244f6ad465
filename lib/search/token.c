/* token.c: "v1", then in lower-case hexadecimal the fingerprint of the registry (32 digits), the row (8) and XXH3-64 of
 * all that stands before it (16). Invariant: every token that is read is the one that would be written; nothing of a
 * position or a person is in it. */
#include "token.h"

#include <math.h>
#include <string.h>

#include <xxhash.h>

enum { VERSION = 2, FINGERPRINT = 32, ROW = 8, CHECK = 16, LENGTH = VERSION + FINGERPRINT + ROW + CHECK };

static char *add_hex(char *at, const unsigned char *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        *at++ = digits[bytes[i] >> 4];
        *at++ = digits[bytes[i] & 15];
    }
    return at;
}

void vaxdir_token_write(const vaxdir_registry *registry, uint32_t row, char *token)
{
    const unsigned char number[4] = {(unsigned char)(row >> 24), (unsigned char)(row >> 16), (unsigned char)(row >> 8),
                                     (unsigned char)row};
    memcpy(token, "v1", VERSION);
    char *at = add_hex(token + VERSION, registry->fingerprint, sizeof registry->fingerprint);
    at = add_hex(at, number, sizeof number);
    XXH64_canonical_t check;
    XXH64_canonicalFromHash(&check, XXH3_64bits(token, (size_t)(at - token)));
    at = add_hex(at, check.digest, sizeof check.digest);
    *at = '\0';
}

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A version that is not ours: "v", and digits that do not begin with 0. */
static bool is_newer(vaxdir_slice token)
{
    return token.length >= VERSION && token.bytes[0] == 'v' && token.bytes[1] >= '2' && token.bytes[1] <= '9';
}

/* The row, if the token is whole; what it is of does not matter yet. */
static bool take_row(vaxdir_slice token, uint32_t *ret_row)
{
    uint32_t row = 0;
    if (token.length != LENGTH || memcmp(token.bytes, "v1", VERSION) != 0)
        return false;
    char check[CHECK];
    XXH64_canonical_t canonical;
    XXH64_canonicalFromHash(&canonical, XXH3_64bits(token.bytes, LENGTH - CHECK));
    (void)add_hex(check, canonical.digest, sizeof canonical.digest);
    if (memcmp(token.bytes + LENGTH - CHECK, check, CHECK) != 0)
        return false;
    for (int i = 0; i < FINGERPRINT + ROW; i++) {
        int digit = digit_of(token.bytes[VERSION + i]);
        if (digit < 0)
            return false;
        row = row << 4 | (uint32_t)digit; /* the last eight digits are what is left in it */
    }
    *ret_row = row;
    return true;
}

vaxdir_status vaxdir_token_read(vaxdir_context *context, const vaxdir_registry *registry, vaxdir_slice token,
                                uint32_t *ret_row)
{
    uint32_t row;
    char expected[VAXDIR_TOKEN_SIZE];
    if (is_newer(token))
        return vaxdir_context_fail(context, VAXDIR_ERROR_NEWER,
                                   "the token is of a version that only a newer library reads: begin without it");
    if (!take_row(token, &row))
        return vaxdir_context_fail(context, VAXDIR_ERROR_DATA, "the token is damaged or is none: begin without it");
    vaxdir_token_write(registry, row, expected);
    if (memcmp(token.bytes, expected, LENGTH) != 0)
        return vaxdir_context_fail(context, VAXDIR_ERROR_STALE,
                                   "the token is of other records than these: begin again without it");
    if (row != VAXDIR_NO_ROW && (row >= registry->count || isnan(registry->numbers[VAXDIR_FIELD_LATITUDE][row])))
        return vaxdir_context_fail(context, VAXDIR_ERROR_DATA,
                                   "the token names a centre that no search can have given: begin without it");
    *ret_row = row;
    return VAXDIR_OK;
}

vaxdir_status vaxdir_token(vaxdir_context *context, const vaxdir_edition *edition, uint32_t row, char *token)
{
    vaxdir_status status = vaxdir_context_enter(context);
    if (status != VAXDIR_OK)
        return status;
    if (edition == NULL)
        return vaxdir_context_fail_null(context, "edition");
    if (token == NULL)
        return vaxdir_context_fail_null(context, "token");
    const vaxdir_registry *registry = vaxdir_edition_registry(edition);
    if (row != VAXDIR_NO_ROW && (row >= registry->count || isnan(registry->numbers[VAXDIR_FIELD_LATITUDE][row])))
        return vaxdir_context_fail(context, VAXDIR_ERROR_ARGUMENT,
                                   "row %lu is none of the registry or has no position: give one that a search found",
                                   (unsigned long)row);
    vaxdir_token_write(registry, row, token);
    return VAXDIR_OK;
}
