/* git amts-sync eval pairs: how good a file of parallel data is. */
#include "eval.h"

#include "amts/corpus.h"

#include <cjson/cJSON.h>
#include <stdio.h>

#define SAMPLE 10
#define BAR 40 /* characters of the longest bar of a histogram */

struct report {
	const struct amts_corpus *corpus;
	struct amts_quality q;
	size_t *sample, nsample;
};

/* ---- text ---- */

static void put_bars(const struct amts_quality *q)
{
	size_t i, k, most = 1;

	for (i = 0; i < AMTS_QUALITY_BINS; i++)
		if (q->scores[i] > most)
			most = q->scores[i];
	puts("\nconfidence");
	for (i = 0; i < AMTS_QUALITY_BINS; i++) {
		printf("  %.1f %8zu ", (double)i / AMTS_QUALITY_BINS, q->scores[i]);
		for (k = q->scores[i] * BAR / most; k; k--)
			putchar('#');
		putchar('\n');
	}
}

static void put_drops(const struct amts_quality *q)
{
	int why;

	printf("\nof use       %8zu\n", q->why[AMTS_DROP_NONE]);
	for (why = 1; why < AMTS_DROPS; why++)
		if (q->why[why])
			printf("  %-12s %6zu\n", amts_drop_name((enum amts_drop)why),
				q->why[why]);
}

static void put_sample(const struct report *r)
{
	size_t i;

	for (i = 0; i < r->nsample; i++) {
		const struct amts_corpus_pair *p = &r->corpus->v[r->sample[i]];

		printf("\n[%zu] ", r->sample[i] + 1);
		cli_put_text(p->path);
		if (r->q.scored)
			printf(" %.2f", p->score);
		fputs("\n  ", stdout);
		cli_put_text(p->src);
		fputs("\n  ", stdout);
		cli_put_text(p->tgt);
		putchar('\n');
	}
}

static void put_text(const struct report *r)
{
	const struct amts_quality *q = &r->q;

	printf("%s to %s\n\n", r->corpus->src_lang, r->corpus->tgt_lang);
	printf("pairs        %8zu\n", q->pairs);
	printf("  different  %8zu\n", q->unique);
	printf("  sources    %8zu\n", q->sources);
	printf("  targets    %8zu\n", q->targets);
	printf("documents    %8zu\n", q->documents);
	printf("characters   %8.1f to %.1f\n", q->src_chars, q->tgt_chars);
	printf("length ratio %8.2f +- %.2f, %zu outliers\n", q->ratio, q->deviation,
		q->outliers);
	put_drops(q);
	if (q->scored)
		put_bars(q);
	put_sample(r);
}

/* ---- json ---- */

static void add_counts(cJSON *o, const struct amts_quality *q)
{
	cJSON *drops;
	int why;

	cli_json_int(o, "pairs", q->pairs);
	cli_json_int(o, "unique", q->unique);
	cli_json_int(o, "sources", q->sources);
	cli_json_int(o, "targets", q->targets);
	cli_json_int(o, "documents", q->documents);
	cJSON_AddNumberToObject(o, "src_chars", q->src_chars);
	cJSON_AddNumberToObject(o, "tgt_chars", q->tgt_chars);
	cJSON_AddNumberToObject(o, "ratio", q->ratio);
	cJSON_AddNumberToObject(o, "ratio_deviation", q->deviation);
	cli_json_int(o, "outliers", q->outliers);
	cli_json_int(o, "useful", q->why[AMTS_DROP_NONE]);
	drops = cJSON_AddObjectToObject(o, "useless");
	for (why = 1; why < AMTS_DROPS; why++)
		cli_json_int(drops, amts_drop_name((enum amts_drop)why), q->why[why]);
}

static void add_report(cJSON *list, const struct report *r)
{
	cJSON *o = cJSON_CreateObject(), *a;
	size_t i;

	cJSON_AddItemToArray(list, o);
	cJSON_AddStringToObject(o, "src_lang", r->corpus->src_lang);
	cJSON_AddStringToObject(o, "tgt_lang", r->corpus->tgt_lang);
	add_counts(o, &r->q);
	if (r->q.scored) {
		a = cJSON_AddArrayToObject(o, "scores");
		for (i = 0; i < AMTS_QUALITY_BINS; i++)
			cJSON_AddItemToArray(
				a, cJSON_CreateNumber((double)r->q.scores[i]));
	}
	a = cJSON_AddArrayToObject(o, "sample");
	for (i = 0; i < r->nsample; i++) {
		const struct amts_corpus_pair *p = &r->corpus->v[r->sample[i]];
		cJSON *s = cJSON_CreateObject();

		cJSON_AddItemToArray(a, s);
		cli_json_int(s, "pair", r->sample[i] + 1);
		cli_json_str(s, "path", p->path);
		cJSON_AddNumberToObject(s, "score", p->score);
		cli_json_str(s, "src", p->src);
		cli_json_str(s, "tgt", p->tgt);
	}
}

/* ---- */

static int read_pairs(struct amts_corpus **out, size_t *n, struct cli *cli,
	const struct eval_opts *o, const char *file, struct amts_error *err)
{
	int format = amts_bitext_format_of(amts_str_z(file));
	struct amts_str bytes;
	int rc;

	if (format < 0)
		return amts_fail(err, AMTS_EUSAGE,
			"'%s' does not end in .tsv, .csv, .tmx or .jsonl", file);
	rc = cli_read(&bytes, cli->arena, file, err);
	return rc ? rc
		  : amts_corpus_read(out, n, cli->arena, bytes, file,
			    (enum amts_bitext_format)format, o->src_lang, o->tgt_lang,
			    err);
}

static int evaluate(struct cli *cli, const struct eval_opts *o,
	const struct amts_corpus *corpus, cJSON *list, struct amts_error *err)
{
	size_t want = o->sample ? (size_t)o->sample : SAMPLE;
	struct report r = { .corpus = corpus };
	int rc = amts_corpus_quality(&r.q, corpus, err);

	if (rc)
		return rc;
	if (want > corpus->n)
		want = corpus->n;
	r.sample = AMTS_NEW(cli->arena, size_t, want + 1);
	r.nsample = amts_sample(r.sample, want, corpus->n, (uint64_t)o->seed);
	if (list)
		add_report(list, &r);
	else
		put_text(&r);
	return AMTS_OK;
}

int eval_pairs(struct cli *cli, const struct eval_opts *o, int argc, char **argv,
	struct amts_error *err)
{
	struct amts_corpus *v;
	cJSON *json = NULL, *list = NULL;
	size_t i, n;
	int rc;

	if (argc != 1)
		return amts_fail(err, AMTS_EUSAGE, "'eval pairs' takes one file");
	if (o->format > EVAL_JSON)
		return amts_fail(
			err, AMTS_EUSAGE, "'eval pairs' prints as text or json only");
	if ((rc = read_pairs(&v, &n, cli, o, argv[0], err)))
		return rc;
	if (o->format == EVAL_JSON) {
		json = cli_json_object();
		list = cJSON_AddArrayToObject(json, "corpora");
	}
	for (i = 0; !rc && i < n; i++) {
		if (i && !json)
			putchar('\n');
		rc = evaluate(cli, o, &v[i], list, err);
	}
	if (!rc && json)
		return cli_json_print(json, err);
	cJSON_Delete(json);
	return rc;
}
