/* Dates of services, ISO 8601. */
#include "net/aws.h"

#include <string.h>

/* n digits at *p, which moves behind them; -1 when they are not there. */
static int64_t digits(const char **p, int n)
{
	int64_t value = 0;

	for (; n > 0; n--, ++*p) {
		if (**p < '0' || **p > '9')
			return -1;
		value = value * 10 + (**p - '0');
	}
	return value;
}

static int skip(const char **p, const char *set)
{
	if (!**p || !strchr(set, **p))
		return 0;
	++*p;
	return 1;
}

/* Of the proleptic Gregorian calendar, since 1970; years begin in March. */
static int64_t days_of(int64_t y, int64_t m, int64_t d)
{
	y -= m <= 2;
	return 365 * y + y / 4 - y / 100 + y / 400 + ((m + 9) % 12 * 306 + 5) / 10 + d -
	       1 - 719468;
}

/* "Z", "UTC", "+01:00": seconds ahead of UTC; 0 for what is no zone. */
static int read_zone(int64_t *seconds, const char *p)
{
	int64_t sign = *p == '-' ? -1 : 1, h, m;

	*seconds = 0;
	if (!strcmp(p, "Z") || !strcmp(p, "z") || !strcmp(p, "UTC"))
		return 1;
	if (!skip(&p, "+-"))
		return 0;
	h = digits(&p, 2);
	m = h < 0 || !skip(&p, ":") ? -1 : digits(&p, 2);
	*seconds = sign * (h * 3600 + m * 60);
	return m >= 0 && !*p;
}

int64_t amts_iso_time(const char *text)
{
	static const char *const after[] = { "-", "-", "Tt ", ":", ":" };
	int64_t v[6], zone;
	size_t i;

	for (i = 0; text && i < 6; i++) {
		v[i] = digits(&text, i ? 2 : 4);
		if (v[i] < 0 || (i < 5 && !skip(&text, after[i])))
			return 0;
	}
	if (!text)
		return 0;
	if (*text == '.')
		text += 1 + strspn(text + 1, "0123456789");
	if (v[0] < 1970 || v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > 31 || v[3] > 24 ||
		v[4] > 59 || v[5] > 60 || !read_zone(&zone, text))
		return 0;
	return days_of(v[0], v[1], v[2]) * 86400 + v[3] * 3600 + v[4] * 60 + v[5] - zone;
}
