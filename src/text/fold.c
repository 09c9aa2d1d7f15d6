#include "text/fold.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucasemap.h>
#include <unicode/unorm2.h>

#include "base/alloc.h"
#include "text/chars.h"

#define CHUNK ((size_t)1 << 20) /* bytes of text normalised at a time */

/* UTF-8 to UTF-16; invalid bytes become U+FFFD.  Returns units; out has room for s.n. */
static size_t to_utf16(UChar *out, struct amts_str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n;) {
		UChar32 c = (unsigned char)s.p[i];
		if (c < 0x80)
			i++;
		else
			c = text_next(s, &i);
		if (c > 0xffff) {
			out[n++] = U16_LEAD(c);
			out[n++] = U16_TRAIL(c);
		} else {
			out[n++] = (UChar)c;
		}
	}
	return n;
}

static int is_ascii(struct amts_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] & 0x80)
			return 0;
	return 1;
}

int text_fold(UChar **out, size_t *n, struct amts_str s, struct amts_error *err)
{
	UChar *raw = amts_malloc((s.n + 1) * sizeof(*raw));
	size_t len = to_utf16(raw, s);

	if (is_ascii(s)) {
		for (size_t i = 0; i < len; i++)
			if (raw[i] >= 'A' && raw[i] <= 'Z')
				raw[i] = (UChar)(raw[i] + 32);
		*out = raw;
		*n = len;
		return AMTS_OK;
	}

	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *norm = unorm2_getNFKCCasefoldInstance(&e);
	/* Up to 18 units for one (U+FDFA), so ask how many where the first guess was
	 * short. */
	int32_t cap = (int32_t)(len + len / 2 + 32);
	UChar *dst = amts_malloc((size_t)cap * sizeof(*dst));
	int32_t m = U_SUCCESS(e) ? unorm2_normalize(norm, raw, (int32_t)len, dst, cap, &e)
				 : 0;
	if (e == U_BUFFER_OVERFLOW_ERROR) {
		e = U_ZERO_ERROR;
		dst = amts_realloc(dst, ((size_t)m + 1) * sizeof(*dst));
		m = unorm2_normalize(norm, raw, (int32_t)len, dst, m + 1, &e);
	}
	free(raw);
	if (U_FAILURE(e)) {
		free(dst);
		return amts_fail(
			err, AMTS_EFAIL, "ICU cannot normalise text: %s", u_errorName(e));
	}
	*out = dst;
	*n = (size_t)m;
	return AMTS_OK;
}

size_t text_fold_chunk(struct amts_str s)
{
	if (s.n <= CHUNK)
		return s.n;
	size_t n = CHUNK;
	while (n > CHUNK / 2 && s.p[n] != ' ' && s.p[n] != '\n')
		n--;
	if (n == CHUNK / 2) {
		n = CHUNK;
		U8_SET_CP_START((const uint8_t *)s.p, 0, n);
	}
	return n;
}

static void add_letters(struct amts_buf *out, const UChar *u, size_t n)
{
	for (size_t i = 0; i < n;) {
		UChar32 c = text_next16(u, &i, n);
		char bytes[U8_MAX_LENGTH];
		if (c < 0x80 ? !u_isalnum(c)
			     : !(U_GET_GC_MASK(c) &
				       (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)))
			continue;
		amts_buf_add(out, (struct amts_str){ bytes, text_put(bytes, c) });
	}
}

int amts_text_fold(struct amts_buf *out, struct amts_str text, struct amts_error *err)
{
	for (size_t base = 0; base < text.n;) {
		struct amts_str rest = amts_str_sub(text, base, text.n);
		size_t len = text_fold_chunk(rest), n = 0;
		UChar *u = NULL;
		int rc = text_fold(&u, &n, amts_str_sub(rest, 0, len), err);
		if (rc != AMTS_OK)
			return rc;
		add_letters(out, u, n);
		free(u);
		base += len;
	}
	return amts_buf_check(out, "folded text", err);
}

static void add_lower_ascii(struct amts_buf *out, struct amts_str s)
{
	size_t at = out->n;

	amts_buf_add(out, s);
	for (; at < out->n; at++)
		if (out->p[at] >= 'A' && out->p[at] <= 'Z')
			out->p[at] = (char)(out->p[at] + 32);
}

int amts_text_lower(struct amts_buf *out, struct amts_str text, struct amts_error *err)
{
	UErrorCode e = U_ZERO_ERROR;

	if (is_ascii(text)) {
		add_lower_ascii(out, text);
		return amts_buf_check(out, "lower-cased text", err);
	}
	if (text.n > AMTS_BUF_MAX)
		return amts_fail(err, AMTS_ETOOBIG, "text of over 1 GiB");

	UCaseMap *map = ucasemap_open("", 0, &e);
	/* Some letters grow (U+0130 from two bytes to three): ask how much where needed.
	 */
	int32_t cap = (int32_t)(text.n + text.n / 8 + 16), n = 0;
	char *dst = amts_malloc((size_t)cap);
	if (U_SUCCESS(e))
		n = ucasemap_utf8ToLower(map, dst, cap, text.p, (int32_t)text.n, &e);
	if (e == U_BUFFER_OVERFLOW_ERROR) {
		e = U_ZERO_ERROR;
		dst = amts_realloc(dst, (size_t)n + 1);
		n = ucasemap_utf8ToLower(map, dst, n + 1, text.p, (int32_t)text.n, &e);
	}
	ucasemap_close(map);
	if (U_SUCCESS(e))
		amts_buf_add(out, (struct amts_str){ dst, (size_t)n });
	free(dst);
	if (U_FAILURE(e))
		return amts_fail(err, AMTS_EFAIL, "ICU cannot lower-case text: %s",
			u_errorName(e));
	return amts_buf_check(out, "lower-cased text", err);
}
