/* Terminologies of Amazon Translate ("Customizing your translations with custom
 * terminology" in its Developer Guide). */
#include "amts/bitext.h"
#include "amts/glossary.h"
#include "base/alloc.h"
#include "base/json.h"
#include "mt/amazon.h"
#include "net/crypto.h"

#include <stdlib.h>
#include <string.h>

/* "Guidelines and quotas" there. */
#define MOST_BYTES ((size_t)10485760)
#define MOST_TERM_BYTES 200

static void read_properties(void *to, const struct amts_json *p, struct amts_arena *arena)
{
	struct amts_terminology *out = to;
	const struct amts_json *targets = amts_json_get(p, "TargetLanguageCodes");
	const struct amts_json *first = amts_json_first(targets);

	*out = (struct amts_terminology){ .name = amts_amazon_string(p, "Name", arena),
		.src = amts_amazon_string(p, "SourceLanguageCode", arena),
		.tgt = amts_arena_z(
			arena, amts_str_z(first ? amts_json_value(first) : NULL)),
		.terms = amts_amazon_count(p, "TermCount"),
		.skipped = amts_amazon_count(p, "SkippedTermCount"),
		.bytes = amts_amazon_count(p, "SizeBytes"),
		.description = amts_amazon_string(p, "Description", arena),
		.message = amts_amazon_string(p, "Message", arena) };
}

int amts_terminology_get(struct amts_terminology *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, struct amts_error *err)
{
	struct amts_json *json;
	int rc = amts_amazon_call_named(&json, aws, "GetTerminology", name, err);

	if (!rc)
		read_properties(out, amts_json_get(json, "TerminologyProperties"), arena);
	amts_json_free(json);
	return rc;
}

int amts_terminology_list(struct amts_terminology **out, size_t *n, struct amts_aws *aws,
	struct amts_arena *arena, struct amts_error *err)
{
	void *v;
	int rc = amts_amazon_list(&v, n, sizeof(**out), read_properties, arena, aws,
		"ListTerminologies", "TerminologyPropertiesList", err);

	*out = v;
	return rc;
}

int amts_terminology_delete(
	struct amts_aws *aws, const char *name, struct amts_error *err)
{
	return amts_amazon_do_named(aws, "DeleteTerminology", name, err);
}

/* ---- importing ---- */

static size_t pick_terms(struct amts_pair *pairs, struct amts_terminology_counts *counts,
	const struct amts_term *terms, size_t nterms)
{
	size_t i, n = 0;

	for (i = 0; i < nterms; i++) {
		const struct amts_term *t = &terms[i];

		if (!t->ntgt)
			counts->no_term++;
		else if (t->src.n > MOST_TERM_BYTES || t->tgt[0].n > MOST_TERM_BYTES)
			counts->too_long++;
		else
			pairs[n++] = (struct amts_pair){
				.src = t->src, .tgt = t->tgt[0], .score = 1
			};
	}
	return n;
}

static int write_file(struct amts_buf *out, struct amts_terminology_counts *counts,
	const struct amts_glossary *glossary, const char *src_lang, const char *tgt_lang,
	struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_bitext_counts written = { 0 };
	size_t nterms;
	const struct amts_term *terms = amts_glossary_terms(glossary, &nterms);
	struct amts_pair *pairs = AMTS_NEW(arena, struct amts_pair, nterms + 1);
	struct amts_bitext bitext = { src_lang, tgt_lang, pairs,
		pick_terms(pairs, counts, terms, nterms) };
	int rc = amts_bitext_write(
		out, &written, AMTS_BITEXT_TMX, AMTS_BITEXT_AMAZON, &bitext, 1, err);

	counts->sent = written.written;
	if (!rc && !written.written)
		rc = amts_fail(
			err, AMTS_ENOTFOUND, "no term of the glossary has a translation");
	if (!rc && out->n > MOST_BYTES)
		rc = amts_fail(err, AMTS_ETOOBIG,
			"the glossary makes %zu bytes, the service takes %zu", out->n,
			MOST_BYTES);
	amts_arena_free(arena);
	return rc;
}

static int send(struct amts_terminology *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, const char *description,
	struct amts_str tmx, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_json *json;
	int rc;

	amts_buf_addz(&b, "{\"Name\":");
	amts_json_quote(&b, amts_str_z(name));
	amts_buf_addz(&b, ",\"MergeStrategy\":\"OVERWRITE\",\"Description\":");
	amts_json_quote(&b, amts_str_z(description));
	amts_buf_addz(&b, ",\"TerminologyData\":{\"Format\":\"TMX\","
			  "\"Directionality\":\"UNI\",\"File\":\"");
	amts_base64(&b, (const unsigned char *)tmx.p, tmx.n);
	amts_buf_addz(&b, "\"}}");
	rc = amts_amazon_call(&json, aws, "ImportTerminology", amts_buf_str(&b), err);
	amts_buf_release(&b);
	if (!rc)
		read_properties(out, amts_json_get(json, "TerminologyProperties"), arena);
	amts_json_free(json);
	return rc;
}

/* AMTS_OK also when there is none of that name. */
static int is_there(int *yes, struct amts_terminology *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, const char *description,
	struct amts_error *err)
{
	struct amts_error failure = AMTS_ERROR_INIT;
	int rc = amts_terminology_get(out, aws, arena, name, &failure);

	*yes = !rc && !strcmp(out->description, description);
	if (!rc || rc == AMTS_ENOTFOUND)
		return AMTS_OK;
	*err = failure;
	return rc;
}

static const char *describe(struct amts_arena *arena, struct amts_str tmx)
{
	char hash[AMTS_SHA256_HEX];

	amts_sha256_hex(hash, tmx);
	return amts_arena_fmt(arena, "git amts-sync %s", hash).p;
}

static int import(struct amts_terminology *out, int *unchanged, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, struct amts_str tmx,
	struct amts_error *err)
{
	const char *description = describe(arena, tmx);
	int rc = is_there(unchanged, out, aws, arena, name, description, err);

	return rc || *unchanged ? rc : send(out, aws, arena, name, description, tmx, err);
}

int amts_terminology_import(struct amts_terminology *out,
	struct amts_terminology_counts *counts, struct amts_aws *aws,
	struct amts_arena *arena, const char *name, const struct amts_glossary *glossary,
	const char *src_lang, const char *tgt_lang, struct amts_error *err)
{
	struct amts_buf tmx = AMTS_BUF_INIT;
	int rc;

	*counts = (struct amts_terminology_counts){ 0 };
	rc = write_file(&tmx, counts, glossary, src_lang, tgt_lang, err);
	if (!rc)
		rc = import(out, &counts->unchanged, aws, arena, name, amts_buf_str(&tmx),
			err);
	amts_buf_release(&tmx);
	return rc;
}

/* ---- of an engine ---- */

int amazon_has_terms(const struct amts_glossary *glossary)
{
	size_t n = 0, i;
	const struct amts_term *v = glossary ? amts_glossary_terms(glossary, &n) : NULL;

	for (i = 0; i < n; i++)
		if (v[i].ntgt && v[i].src.n <= MOST_TERM_BYTES &&
			v[i].tgt[0].n <= MOST_TERM_BYTES)
			return 1;
	return 0;
}

int amazon_terms_export(
	struct amts_buf *tmx, const struct amts_amazon *a, struct amts_error *err)
{
	struct amts_terminology_counts counts = { 0 };

	return write_file(tmx, &counts, a->o.glossary, a->o.src_lang, a->o.tgt_lang, err);
}

int amazon_terms_ensure(struct amts_aws *aws, const char *name, struct amts_str tmx,
	struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_terminology now;
	int unchanged, rc = import(&now, &unchanged, aws, arena, name, tmx, err);

	amts_arena_free(arena);
	return rc;
}
