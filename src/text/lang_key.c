#include "amts/text.h"

#include <stdio.h>
#include <string.h>

static size_t subtag(char *out, size_t size, const char **tag)
{
	size_t n = 0;

	while (**tag && **tag != '-' && **tag != '_') {
		char c = *(*tag)++;

		if (n + 1 < size)
			out[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
	}
	out[n] = '\0';
	if (**tag)
		(*tag)++;
	return n;
}

/* Chinese is written in two scripts, which most tags only imply by the region. */
static int is_traditional(const char *part)
{
	return !strcmp(part, "hant") || !strcmp(part, "tw") || !strcmp(part, "hk") ||
	       !strcmp(part, "mo");
}

void amts_lang_key(char *out, size_t size, const char *tag)
{
	char lang[16], part[16], script[16] = "";

	subtag(lang, sizeof(lang), &tag);
	while (*tag) {
		size_t n = subtag(part, sizeof(part), &tag);

		if (!strcmp(lang, "zh") ? is_traditional(part) : n == 4 && part[0] > '9')
			snprintf(script, sizeof(script), "%s",
				strcmp(lang, "zh") ? part : "hant");
	}
	snprintf(out, size, "%s%s%s", lang, *script ? "-" : "", script);
}
