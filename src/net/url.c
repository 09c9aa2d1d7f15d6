#include "net/url.h"

#include <string.h>
#include <strings.h>

static int is_unreserved(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
}

void amts_url_encode(struct amts_buf *out, struct amts_str s, const char *keep)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t i;

	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		char escape[3] = { '%', digits[c >> 4], digits[c & 15] };

		if (is_unreserved(s.p[i]) || (c && strchr(keep, c)))
			amts_buf_addc(out, s.p[i]);
		else
			amts_buf_add(out, (struct amts_str){ escape, 3 });
	}
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void amts_url_decode(struct amts_buf *out, struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		int hi = s.p[i] == '%' && i + 2 < s.n ? hex_value(s.p[i + 1]) : -1;
		int lo = hi >= 0 ? hex_value(s.p[i + 2]) : -1;

		if (lo >= 0) {
			amts_buf_addc(out, (char)(hi * 16 + lo));
			i += 2;
		} else {
			amts_buf_addc(out, s.p[i]);
		}
	}
}

/* Offset of the first byte of `set` at or after from; s.n if none. */
static size_t find_any(struct amts_str s, const char *set, size_t from)
{
	while (from < s.n && (!s.p[from] || !strchr(set, s.p[from])))
		from++;
	return from;
}

static size_t find_last(struct amts_str s, char c)
{
	size_t i;

	for (i = s.n; i > 0; i--)
		if (s.p[i - 1] == c)
			return i - 1;
	return s.n;
}

static int has_bad_byte(struct amts_str url)
{
	size_t i;

	for (i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7f)
			return 1;
	return 0;
}

static void split_authority(struct amts_url *out, struct amts_str authority)
{
	size_t at = find_last(authority, '@'), colon, bracket;

	if (at < authority.n) {
		out->user = amts_str_sub(authority, 0, at);
		authority = amts_str_sub(authority, at + 1, authority.n);
	}
	bracket = find_last(authority, ']');
	colon = find_last(authority, ':');
	if (colon < authority.n && (bracket == authority.n || colon > bracket)) {
		out->port = amts_str_sub(authority, colon + 1, authority.n);
		authority = amts_str_sub(authority, 0, colon);
	}
	out->host = authority;
}

int amts_url_split(struct amts_url *out, struct amts_str url, struct amts_error *err)
{
	size_t colon = amts_str_find(url, AMTS_STR("://"), 0), beg, end, query, fragment;
	struct amts_arena *arena;

	*out = (struct amts_url){ .scheme = amts_str_sub(url, 0, colon) };
	beg = colon + 3;
	if (colon == url.n || has_bad_byte(url) ||
		(!amts_str_eq(out->scheme, AMTS_STR("http")) &&
			!amts_str_eq(out->scheme, AMTS_STR("https"))))
		goto bad;
	end = find_any(url, "/?#", beg);
	split_authority(out, amts_str_sub(url, beg, end));
	if (!out->host.n || find_any(out->port, "@/ ", 0) < out->port.n)
		goto bad;
	fragment = find_any(url, "#", end);
	query = find_any(amts_str_sub(url, 0, fragment), "?", end);
	out->path = amts_str_sub(url, end, query);
	if (query < fragment)
		out->query = amts_str_sub(url, query + 1, fragment);
	return AMTS_OK;
bad:
	arena = amts_arena_new();
	url = amts_url_plain(url, arena);
	amts_fail(err, AMTS_EUSAGE, "'" AMTS_STR_FMT "' is no http or https address",
		AMTS_STR_ARG(url));
	amts_arena_free(arena);
	return AMTS_EUSAGE;
}

static int is_default_port(const struct amts_url *url)
{
	return !url->port.n ||
	       amts_str_eq(url->port, amts_str_eq(url->scheme, AMTS_STR("https"))
					      ? AMTS_STR("443")
					      : AMTS_STR("80"));
}

struct amts_str amts_url_authority(const struct amts_url *url, struct amts_arena *arena)
{
	if (is_default_port(url))
		return amts_arena_str(arena, url->host);
	return amts_arena_fmt(arena, AMTS_STR_FMT ":" AMTS_STR_FMT,
		AMTS_STR_ARG(url->host), AMTS_STR_ARG(url->port));
}

int amts_url_same_origin(const struct amts_url *a, const struct amts_url *b)
{
	return amts_str_eq(a->scheme, b->scheme) && a->host.n == b->host.n &&
	       !strncasecmp(a->host.p, b->host.p, a->host.n) &&
	       (amts_str_eq(a->port, b->port) ||
		       (is_default_port(a) && is_default_port(b)));
}

struct amts_str amts_url_plain(struct amts_str url, struct amts_arena *arena)
{
	size_t colon = amts_str_find(url, AMTS_STR("://"), 0), end, at;

	url = amts_str_sub(url, 0, find_any(url, "?#", 0));
	if (colon + 3 > url.n)
		return amts_arena_str(arena, url);
	end = find_any(url, "/", colon + 3);
	at = find_last(amts_str_sub(url, 0, end), '@');
	if (at == end)
		return amts_arena_str(arena, url);
	return amts_arena_fmt(arena, AMTS_STR_FMT "://" AMTS_STR_FMT, (int)colon, url.p,
		(int)(url.n - at - 1), url.p + at + 1);
}
