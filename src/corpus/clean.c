#include "amts/text.h"
#include "corpus/bitext.h"

#include <string.h>

static const char replacement[] = "\xef\xbf\xbd"; /* U+FFFD */

/* Length of the white space or control character at s.p[i]; 0 for others. */
static size_t blank_len(struct amts_str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.p + i;
	size_t left = s.n - i;

	if (*p <= ' ' || *p == 0x7f)
		return 1;
	if (*p == 0xc2 && left > 1 && p[1] < 0xa0) /* C1, next line among them */
		return 2;
	if (*p == 0xe2 && left > 2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9))
		return 3; /* line and paragraph separator */
	return 0;
}

/* U+FFFE and U+FFFF, which XML 1.0 does not allow. */
static int is_no_character(struct amts_str s, size_t i)
{
	return s.n - i > 2 && !memcmp(s.p + i, "\xef\xbf", 2) &&
	       ((unsigned char)s.p[i + 2] | 1) == 0xbf;
}

static int is_clean(struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == ' ' ? i + 1 == s.n || !i || s.p[i - 1] == ' '
			     : blank_len(s, i) || is_no_character(s, i))
			return 0;
	}
	return amts_utf8_fault(s) == s.n;
}

/* Valid UTF-8 on one line; ends with a blank when s does. */
static void add_clean(struct amts_buf *out, struct amts_str s)
{
	size_t i = 0, len, from = 0;

	while (i < s.n) {
		if ((len = blank_len(s, i))) {
			amts_buf_add(out, amts_str_sub(s, from, i));
			if (out->n && out->p[out->n - 1] != ' ')
				amts_buf_addc(out, ' ');
			from = i += len;
		} else if (is_no_character(s, i)) {
			amts_buf_add(out, amts_str_sub(s, from, i));
			amts_buf_addz(out, replacement);
			from = i += 3;
		} else {
			i++;
		}
	}
	amts_buf_add(out, amts_str_sub(s, from, s.n));
}

struct amts_str bitext_clean(struct amts_arena *arena, struct amts_str text)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_str out;

	if (is_clean(text))
		return text;
	while (text.n) {
		size_t fault = amts_utf8_fault(text);

		add_clean(&b, amts_str_sub(text, 0, fault));
		if (fault < text.n)
			amts_buf_addz(&b, replacement);
		text = amts_str_sub(text, fault + 1, text.n);
	}
	out = amts_arena_str(arena, amts_str_trim(amts_buf_str(&b)));
	amts_buf_release(&b);
	return out;
}

size_t bitext_holder(struct amts_str s, size_t at, unsigned *id)
{
	static const char head[] = "<x id=\"";
	size_t n = sizeof(head) - 1, i = at + n;

	if (s.n - at < n || memcmp(s.p + at, head, n) != 0)
		return 0;
	for (*id = 0; i < s.n && i < at + n + 6 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		*id = *id * 10 + (unsigned)(s.p[i] - '0');
	if (i == at + n || s.n - i < 3 || memcmp(s.p + i, "\"/>", 3) != 0)
		return 0;
	return i + 3 - at;
}
