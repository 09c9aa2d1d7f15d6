#include "net/http.h"

#include "base/alloc.h"
#include "net/url.h"

#include <string.h>
#include <strings.h>

#define HIDDEN "<redacted>"
#define SHORTEST 6 /* of a secret that is looked for */

/* Headers that authenticate; what follows the colon goes, up to the end of the line. */
static const char *const headers[] = { "authorization", "cookie", "x-amz-security-token",
	"x-amz-sso_bearer_token", "x-aws-ec2-metadata-token", "private-token",
	"x-api-key", "api-key", "x-auth-token", "ocp-apim-subscription-key" };

/* Fields of queries and forms that sign or authenticate. */
static const char *const fields[] = { "x-amz-signature", "x-amz-credential",
	"x-amz-security-token", "signature", "awsaccesskeyid", "webidentitytoken",
	"token", "access_token", "private_token", "refresh_token", "id_token",
	"client_secret", "password", "api_key", "apikey", "auth_key", "key", "sig" };

static int is_name(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Length of the name of `names` that stands at s[i], with `then` after it; 0 for none. */
static size_t name_at(
	struct amts_str s, size_t i, const char *const *names, size_t n, char then)
{
	size_t k;

	for (k = 0; k < n; k++) {
		size_t len = strlen(names[k]);

		if (i + len < s.n && s.p[i + len] == then &&
			!strncasecmp(s.p + i, names[k], len))
			return len + 1;
	}
	return 0;
}

/* Proxy-Authorization and Set-Cookie end like their shorter sisters. */
static size_t header_at(struct amts_str s, size_t i)
{
	return name_at(s, i, headers, sizeof(headers) / sizeof(*headers), ':');
}

static size_t field_at(struct amts_str s, size_t i)
{
	if (i && is_name(s.p[i - 1]))
		return 0;
	return name_at(s, i, fields, sizeof(fields) / sizeof(*fields), '=');
}

static size_t skip_until(struct amts_str s, size_t i, const char *ends)
{
	while (i < s.n && (!s.p[i] || !strchr(ends, s.p[i])))
		i++;
	return i;
}

/* Length of "name:password@" at s[i], which follows "://"; 0 for none. */
static size_t user_at(struct amts_str s, size_t i)
{
	size_t end = skip_until(s, i, "/?# \t\r\n\"'"), at = end;

	while (at > i && s.p[at - 1] != '@')
		at--;
	return at - i;
}

static size_t secret_at(const struct amts_http *h, struct amts_str s, size_t i)
{
	size_t k, best = 0;

	for (k = 0; h && k < h->nsecrets; k++) {
		size_t n = strlen(h->secrets[k]);

		if (n > best && n <= s.n - i && !memcmp(s.p + i, h->secrets[k], n))
			best = n;
	}
	return best;
}

void amts_http_redact(
	struct amts_buf *out, const struct amts_http *h, struct amts_str text)
{
	const struct amts_str s = text;
	size_t i = 0, n;

	while (i < s.n) {
		if ((n = secret_at(h, s, i))) {
			amts_buf_addz(out, HIDDEN);
			i += n;
		} else if ((n = header_at(s, i))) {
			amts_buf_add(out, amts_str_sub(s, i, i + n));
			amts_buf_addz(out, " " HIDDEN);
			i = skip_until(s, i + n, "\r\n");
		} else if ((n = field_at(s, i))) {
			amts_buf_add(out, amts_str_sub(s, i, i + n));
			amts_buf_addz(out, HIDDEN);
			i = skip_until(s, i + n, "& \t\r\n\"'<>");
		} else if (s.p[i] == ':' && s.n - i > 3 && !memcmp(s.p + i, "://", 3)) {
			amts_buf_addz(out, "://");
			n = user_at(s, i + 3);
			if (n)
				amts_buf_addz(out, HIDDEN "@");
			i += 3 + n;
		} else {
			amts_buf_addc(out, s.p[i++]);
		}
	}
}

static void remember(struct amts_http *h, struct amts_str value)
{
	size_t k;

	for (k = 0; k < h->nsecrets; k++)
		if (amts_str_eq(amts_str_z(h->secrets[k]), value))
			return;
	AMTS_VEC_ROOM(h->secrets, h->nsecrets, h->secrets_cap, 1);
	h->secrets[h->nsecrets] = amts_malloc(value.n + 1);
	memcpy(h->secrets[h->nsecrets], value.p, value.n);
	h->secrets[h->nsecrets++][value.n] = '\0';
}

void amts_http_secret(struct amts_http *h, struct amts_str value)
{
	struct amts_buf encoded = AMTS_BUF_INIT;

	if (value.n < SHORTEST || memchr(value.p, '\0', value.n))
		return;
	remember(h, value);
	amts_url_encode(&encoded, value, "");
	remember(h, amts_buf_str(&encoded));
	amts_buf_release(&encoded);
}
