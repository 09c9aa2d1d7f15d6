#include "amts/text.h"

#include <string.h>
#include <strings.h>
#include <unicode/uloc.h>

static int is_letters(struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((s.p[i] | 32) < 'a' || (s.p[i] | 32) > 'z')
			return 0;
	return 1;
}

/* What may follow the language: a region, or a script that languages are told apart by.
 */
static int is_subtag(struct amts_str s)
{
	static const char *const scripts[] = { "hans", "hant", "latn", "cyrl", "arab" };
	size_t i;

	if (s.n == 2)
		return is_letters(s);
	if (s.n == 3)
		return amts_str_eq(s, AMTS_STR("419")); /* Latin America */
	for (i = 0; i < sizeof(scripts) / sizeof(*scripts); i++)
		if (s.n == 4 && !strncasecmp(s.p, scripts[i], 4))
			return 1;
	return 0;
}

int amts_lang_is_known(struct amts_str tag)
{
	const char *const *lang;
	char two[3] = "";
	size_t i;

	if (tag.n < 2 || (tag.n > 2 && tag.p[2] != '-' && tag.p[2] != '_'))
		return 0;
	for (i = 0; i < 2; i++)
		two[i] = (char)(tag.p[i] >= 'A' && tag.p[i] <= 'Z' ? tag.p[i] + 32
								   : tag.p[i]);
	if (tag.n > 2 && !is_subtag(amts_str_sub(tag, 3, tag.n)))
		return 0;
	for (lang = uloc_getISOLanguages(); *lang; lang++)
		if (!strcmp(*lang, two))
			return 1;
	return 0;
}
