#include "amts/mem.h"
#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char amts_buf_empty[1];

/* Room for n more bytes and the NUL; 0 when that passes the limit. */
static int room(struct amts_buf *b, size_t n)
{
	size_t max = b->max ? b->max : AMTS_BUF_MAX;

	if (b->over || n > max || b->n > max - n) {
		b->over = 1;
		return 0;
	}
	if (b->n + n + 1 > b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 64;

		if (cap < b->n + n + 1)
			cap = b->n + n + 1;
		b->p = amts_realloc(b->cap ? b->p : NULL, cap);
		b->cap = cap;
	}
	return 1;
}

void amts_buf_add(struct amts_buf *b, struct amts_str s)
{
	if (!s.n || !room(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
}

void amts_buf_addz(struct amts_buf *b, const char *zstr)
{
	amts_buf_add(b, amts_str_z(zstr));
}

void amts_buf_addc(struct amts_buf *b, char c)
{
	if (!room(b, 1))
		return;
	b->p[b->n++] = c;
	b->p[b->n] = '\0';
}

void amts_buf_add_html(struct amts_buf *b, struct amts_str s)
{
	size_t i, beg = 0;

	for (i = 0; i < s.n; i++) {
		const char *entity = s.p[i] == '&'   ? "&amp;"
				     : s.p[i] == '<' ? "&lt;"
				     : s.p[i] == '>' ? "&gt;"
						     : NULL;

		if (!entity)
			continue;
		amts_buf_add(b, amts_str_sub(s, beg, i));
		amts_buf_addz(b, entity);
		beg = i + 1;
	}
	amts_buf_add(b, amts_str_sub(s, beg, s.n));
}

void amts_buf_addf(struct amts_buf *b, const char *fmt, ...)
{
	va_list ap;
	char few[128];
	int n;

	va_start(ap, fmt);
	n = vsnprintf(few, sizeof(few), fmt, ap);
	va_end(ap);
	if (n <= 0 || !room(b, (size_t)n))
		return;
	if ((size_t)n < sizeof(few)) {
		memcpy(b->p + b->n, few, (size_t)n + 1);
	} else {
		va_start(ap, fmt);
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	b->n += (size_t)n;
}

int amts_buf_check(const struct amts_buf *b, const char *what, struct amts_error *err)
{
	if (!b->over)
		return AMTS_OK;
	return amts_fail(err, AMTS_ETOOBIG, "%s: over %zu bytes", what,
		b->max ? b->max : AMTS_BUF_MAX);
}

struct amts_str amts_buf_str(const struct amts_buf *b)
{
	return (struct amts_str){ b->p, b->n };
}

void amts_buf_reset(struct amts_buf *b)
{
	b->n = 0;
	b->over = 0;
	if (b->cap)
		b->p[0] = '\0';
}

void amts_buf_release(struct amts_buf *b)
{
	if (b->cap)
		free(b->p);
	b->p = amts_buf_empty;
	b->n = b->cap = 0;
	b->over = 0;
}

char *amts_buf_detach(struct amts_buf *b)
{
	char *p = b->cap ? b->p : amts_strdup("");

	b->p = amts_buf_empty;
	b->n = b->cap = 0;
	return p;
}
