#include "text/lang.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amts/text.h"
#include "base/alloc.h"
#include <unicode/uversion.h>

/* Primary subtags (BCP 47), blank on both sides. */
static const char bigram_langs[] = " zh yue wuu nan hak gan cmn lzh ja ";
static const char dict_langs[] = " th km lo my ";
static const char nonlatin_langs[] =
	" zh yue wuu nan hak gan cmn lzh ja ko th km lo my ru uk be bg mk sr el ar fa ur "
	"he yi hi "
	"mr ne sa bn as pa gu or ta te kn ml si ka hy am ti bo dz mn kk ky tg ug ps sd ";
/* A number before a full stop is an ordinal in these ("3. Oktober", "19. yüzyıl"). */
static const char ordinal_langs[] =
	" de da nb nn no fi et hu cs sk sl hr bs sr pl tr lv lt is ";

const char *amts_text_version(void)
{
	return "ICU " U_ICU_VERSION;
}

static int listed(const char *list, const char *primary)
{
	size_t n = strlen(primary);
	const char *p = n ? strstr(list, primary) : NULL;

	while (p && (p == list || p[-1] != ' ' || p[n] != ' '))
		p = strstr(p + 1, primary);
	return p != NULL;
}

static void primary_subtag(char out[9], const char *lang)
{
	size_t n = 0;
	for (; lang && lang[n] && lang[n] != '-' && lang[n] != '_' && n < 8; n++)
		out[n] =
			(char)(lang[n] >= 'A' && lang[n] <= 'Z' ? lang[n] + 32 : lang[n]);
	out[n] = '\0';
}

static enum amts_script_class token_class(const char *primary)
{
	if (listed(bigram_langs, primary))
		return AMTS_TOKENS_BIGRAM;
	if (strcmp(primary, "ko") == 0)
		return AMTS_TOKENS_SYLLABLE;
	return listed(dict_langs, primary) ? AMTS_TOKENS_DICT : AMTS_TOKENS_PREFIX;
}

enum amts_script_class amts_lang_tokens(const char *lang)
{
	char primary[9];
	primary_subtag(primary, lang);
	return token_class(primary);
}

int amts_lang_unspaced(const char *lang)
{
	enum amts_script_class c = amts_lang_tokens(lang);
	return c == AMTS_TOKENS_BIGRAM || c == AMTS_TOKENS_DICT;
}

/*
 * Opening an iterator costs up to a millisecond, using one for a sentence a microsecond,
 * and an iterator is for one thread at a time.  So each thread keeps those of the
 * languages it used last; they go when the thread ends.
 */
#define SLOTS 4
struct cache {
	struct text_lang v[SLOTS];
	unsigned next; /* slot to be given up */
};

static pthread_key_t cache_key;
static pthread_once_t cache_once = PTHREAD_ONCE_INIT;

static void close_lang(struct text_lang *l)
{
	if (l->sentence)
		ubrk_close(l->sentence);
	if (l->word)
		ubrk_close(l->word);
	memset(l, 0, sizeof(*l));
}

static void free_cache(void *p)
{
	struct cache *c = p;
	for (size_t i = 0; i < SLOTS; i++)
		close_lang(&c->v[i]);
	free(c);
}

/* exit(3) runs no destructors of the thread that calls it. */
static void free_cache_at_exit(void)
{
	struct cache *c = pthread_getspecific(cache_key);
	pthread_setspecific(cache_key, NULL);
	if (c)
		free_cache(c);
}

static void make_key(void)
{
	if (pthread_key_create(&cache_key, free_cache) != 0)
		abort(); /* 1024 keys in use: nothing sensible can run */
	atexit(free_cache_at_exit);
}

struct text_lang *text_lang_get(const char *lang)
{
	if (!lang || !*lang)
		lang = "und";
	pthread_once(&cache_once, make_key);
	struct cache *c = pthread_getspecific(cache_key);
	if (!c) {
		c = amts_calloc(1, sizeof(*c));
		pthread_setspecific(cache_key, c);
	}
	for (size_t i = 0; i < SLOTS; i++)
		if (strncmp(c->v[i].tag, lang, TEXT_LANG_MAX - 1) == 0)
			return &c->v[i];

	struct text_lang *l = &c->v[c->next++ % SLOTS];
	close_lang(l);
	snprintf(l->tag, sizeof(l->tag), "%s", lang);
	primary_subtag(l->primary, lang);
	l->tokens = token_class(l->primary);
	l->latin = !listed(nonlatin_langs, l->primary);
	l->ordinal_dot = listed(ordinal_langs, l->primary);
	return l;
}

static UBreakIterator *set(UBreakIterator **it, const struct text_lang *l,
	UBreakIteratorType type, const UChar *text, size_t n, struct amts_error *err)
{
	char locale[TEXT_LANG_MAX];
	UErrorCode e = U_ZERO_ERROR;

	if (!*it) {
		memcpy(locale, l->tag, sizeof(locale));
		for (char *p = locale; *p; p++)
			if (*p == '-')
				*p = '_';
		*it = ubrk_open(type, locale, NULL, 0, &e);
	}
	if (U_SUCCESS(e))
		ubrk_setText(*it, text, (int32_t)n, &e);
	if (U_SUCCESS(e))
		return *it;
	amts_fail(err, AMTS_EFAIL, "ICU has no text boundaries for '%s': %s", l->tag,
		u_errorName(e));
	return NULL;
}

UBreakIterator *text_lang_sentences(
	struct text_lang *l, const UChar *text, size_t n, struct amts_error *err)
{
	return set(&l->sentence, l, UBRK_SENTENCE, text, n, err);
}

UBreakIterator *text_lang_words(
	struct text_lang *l, const UChar *text, size_t n, struct amts_error *err)
{
	return set(&l->word, l, UBRK_WORD, text, n, err);
}
