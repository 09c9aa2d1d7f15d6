#include "amts/base.h"
#include "base/chars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct amts_str amts_str_z(const char *zstr)
{
	return (struct amts_str){ zstr, zstr ? strlen(zstr) : 0 };
}

int amts_str_eq(struct amts_str a, struct amts_str b)
{
	return a.n == b.n && (!a.n || !memcmp(a.p, b.p, a.n));
}

int amts_str_cmp(struct amts_str a, struct amts_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

int amts_str_starts(struct amts_str s, struct amts_str prefix)
{
	return amts_str_eq(amts_str_sub(s, 0, prefix.n), prefix);
}

int amts_str_ends(struct amts_str s, struct amts_str suffix)
{
	return s.n >= suffix.n &&
	       amts_str_eq(amts_str_sub(s, s.n - suffix.n, s.n), suffix);
}

struct amts_str amts_str_sub(struct amts_str s, size_t beg, size_t end)
{
	if (end > s.n)
		end = s.n;
	if (beg > end)
		beg = end;
	return (struct amts_str){ s.p ? s.p + beg : NULL, end - beg };
}

static const char *skip_digits(const char *p)
{
	while (*p >= '0' && *p <= '9')
		p++;
	return p;
}

int amts_str_number(double *out, const char *zstr)
{
	const char *beg = zstr + (*zstr == '-' || *zstr == '+'), *p = skip_digits(beg);

	if (*p == '.')
		p = skip_digits(p + 1);
	if (p == beg || (p == beg + 1 && *beg == '.'))
		return 0;
	if (*p == 'e' || *p == 'E') {
		beg = p + 1 + (p[1] == '-' || p[1] == '+');
		p = skip_digits(beg);
	}
	if (p == beg || *p)
		return 0;
	*out = strtod(zstr, NULL);
	return isfinite(*out);
}

struct amts_str amts_str_trim(struct amts_str s)
{
	size_t beg = 0, end = s.n;

	while (beg < end && amts_is_space(s.p[beg]))
		beg++;
	while (end > beg && amts_is_space(s.p[end - 1]))
		end--;
	return amts_str_sub(s, beg, end);
}

size_t amts_str_find(struct amts_str s, struct amts_str needle, size_t from)
{
	if (!needle.n)
		return from < s.n ? from : s.n;
	while (from + needle.n <= s.n) {
		const char *p =
			memchr(s.p + from, needle.p[0], s.n - from - needle.n + 1);

		if (!p)
			break;
		if (!memcmp(p, needle.p, needle.n))
			return (size_t)(p - s.p);
		from = (size_t)(p - s.p) + 1;
	}
	return s.n;
}

uint64_t amts_str_hash(struct amts_str s, uint64_t seed)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		seed = amts_hash_byte(seed, (unsigned char)s.p[i]);
	return seed;
}

int amts_str_is_binary(struct amts_str s)
{
	size_t n = s.n < 8000 ? s.n : 8000;

	return n && memchr(s.p, '\0', n) != NULL;
}
