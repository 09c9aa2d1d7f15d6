#include "base/json.h"

#include <cjson/cJSON.h>

static const cJSON *as_cjson(const struct amts_json *value)
{
	return (const cJSON *)value;
}

static const struct amts_json *as_json(const cJSON *value)
{
	return (const struct amts_json *)value;
}

int amts_json_parse(struct amts_json **out, struct amts_str text, const char *what,
	struct amts_error *err)
{
	const char *end = NULL;
	cJSON *root = text.n ? cJSON_ParseWithLengthOpts(text.p, text.n, &end, 0) : NULL;

	*out = NULL;
	if (root && amts_str_trim(amts_str_sub(text, (size_t)(end - text.p), text.n)).n) {
		cJSON_Delete(root);
		root = NULL;
	}
	if (!root)
		return amts_fail(err, AMTS_EPARSE, "%s: bad JSON at byte %zu", what,
			end ? (size_t)(end - text.p) : 0);
	*out = (struct amts_json *)root;
	return AMTS_OK;
}

void amts_json_free(struct amts_json *root)
{
	cJSON_Delete((cJSON *)root);
}

const struct amts_json *amts_json_get(const struct amts_json *object, const char *name)
{
	return as_json(cJSON_GetObjectItemCaseSensitive(as_cjson(object), name));
}

const char *amts_json_string(const struct amts_json *object, const char *name)
{
	return amts_json_value(amts_json_get(object, name));
}

int amts_json_number(double *out, const struct amts_json *object, const char *name)
{
	const cJSON *v = as_cjson(amts_json_get(object, name));

	if (!cJSON_IsNumber(v))
		return 0;
	*out = v->valuedouble;
	return 1;
}

int amts_json_true(const struct amts_json *object, const char *name)
{
	return cJSON_IsTrue(as_cjson(amts_json_get(object, name)));
}

const struct amts_json *amts_json_first(const struct amts_json *value)
{
	return value ? as_json(as_cjson(value)->child) : NULL;
}

const struct amts_json *amts_json_next(const struct amts_json *element)
{
	return as_json(as_cjson(element)->next);
}

const char *amts_json_value(const struct amts_json *value)
{
	return cJSON_GetStringValue(as_cjson(value));
}

/* Length of the UTF-8 sequence at s.p[i] (RFC 3629), 0 when it is none. */
static size_t utf8_length(struct amts_str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	size_t n = p[0] < 0x80	     ? 1
		   : p[0] >> 5 == 6  ? 2
		   : p[0] >> 4 == 14 ? 3
		   : p[0] >> 3 == 30 ? 4
				     : 0,
	       k;
	uint32_t c;

	if (!n || i + n > s.n)
		return 0;
	c = n == 1 ? p[0] : p[0] & (0xffU >> (n + 1));
	for (k = 1; k < n; k++) {
		if ((p[k] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[k] & 0x3f);
	}
	if ((n == 2 && c < 0x80) || (n == 3 && c < 0x800) || (n == 4 && c < 0x10000) ||
		c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	return n;
}

void amts_json_quote(struct amts_buf *out, struct amts_str s)
{
	size_t i = 0, n;

	amts_buf_addc(out, '"');
	while (i < s.n) {
		n = utf8_length(s, i);
		if (!n)
			amts_buf_addz(out, "\xef\xbf\xbd");
		else if (s.p[i] == '"' || s.p[i] == '\\')
			amts_buf_addf(out, "\\%c", s.p[i]);
		else if ((unsigned char)s.p[i] < 0x20)
			amts_buf_addf(out, "\\u%04x", (unsigned)(unsigned char)s.p[i]);
		else
			amts_buf_add(out, amts_str_sub(s, i, i + n));
		i += n ? n : 1;
	}
	amts_buf_addc(out, '"');
}
