/* git amts-sync eval articles: what parallel data is worth. */
#include "eval.h"
#include "project.h"

#include "amts/experiment.h"

#include <cjson/cJSON.h>
#include <stdio.h>

static const char *const d2l[] = {
	"chapter_natural-language-processing-pretraining/approx-training.md",
	"chapter_natural-language-processing-pretraining/bert-dataset.md",
	"chapter_recurrent-neural-networks/language-models-and-dataset.md",
	"chapter_recurrent-modern/machine-translation-and-dataset.md",
	"chapter_natural-language-processing-applications/"
	"sentiment-analysis-and-dataset.md",
};
#define D2L (sizeof(d2l) / sizeof(*d2l))

/* In the order of the option's words. */
static const char *const engines[] = { "memory", "amazon", "none" };

static const char *const metrics[AMTS_EXPERIMENT_METRICS] = { "bleu", "chrf", "ter" };

/* Calls fn for each article, then for all of them. */
static void each(const struct amts_experiment *x,
	void (*fn)(void *payload, const struct amts_experiment_article *a), void *payload)
{
	size_t i;

	for (i = 0; i < x->n; i++)
		fn(payload, &x->v[i]);
	fn(payload, &x->total);
}

/* ---- tables ---- */

static void put_name(const struct amts_experiment_article *a)
{
	if (a->path.n)
		cli_put_path(a->path);
	else
		fputs("all", stdout);
}

static void put_text_rows(void *payload, const struct amts_experiment_article *a)
{
	int k;

	(void)payload;
	putchar('\n');
	put_name(a);
	printf(", %zu sentences\n", a->sentences);
	for (k = 0; k < AMTS_SYSTEMS; k++)
		printf("  %-10s %11zu %7.2f %7.2f %7.2f\n",
			amts_system_name((enum amts_system)k), a->translated[k],
			a->score[k][AMTS_BY_BLEU], a->score[k][AMTS_BY_CHRF],
			a->score[k][AMTS_BY_TER]);
}

static void put_markdown_rows(void *payload, const struct amts_experiment_article *a)
{
	int k;

	(void)payload;
	for (k = 0; k < AMTS_SYSTEMS; k++) {
		fputs("| ", stdout);
		put_name(a);
		printf(" | %s | %zu | %zu | %.2f | %.2f | %.2f |\n",
			amts_system_name((enum amts_system)k), a->sentences,
			a->translated[k], a->score[k][AMTS_BY_BLEU],
			a->score[k][AMTS_BY_CHRF], a->score[k][AMTS_BY_TER]);
	}
}

/* RFC 4180. */
static void put_csv_field(struct amts_str s)
{
	size_t i;

	putchar('"');
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			putchar('"');
		cli_put_data(amts_str_sub(s, i, i + 1));
	}
	putchar('"');
}

static void put_csv_rows(void *payload, const struct amts_experiment_article *a)
{
	int k;

	(void)payload;
	for (k = 0; k < AMTS_SYSTEMS; k++) {
		put_csv_field(a->path.n ? a->path : AMTS_STR("all"));
		printf(",%s,%zu,%zu,%.6f,%.6f,%.6f\n",
			amts_system_name((enum amts_system)k), a->sentences,
			a->translated[k], a->score[k][AMTS_BY_BLEU],
			a->score[k][AMTS_BY_CHRF], a->score[k][AMTS_BY_TER]);
	}
}

static void put_data(const struct amts_experiment *x)
{
	int k;

	for (k = AMTS_SYSTEM_PARAGRAPHS; k < AMTS_SYSTEMS; k++) {
		const struct amts_experiment_data *d = &x->data[k];

		printf("%s: %zu pairs; left out: %zu of the articles' history, %zu "
		       "useless, %zu leaks\n",
			amts_system_name((enum amts_system)k), d->pairs, d->held,
			d->useless, d->leaks);
	}
	if (!x->data[AMTS_SYSTEM_PLAIN].characters)
		return;
	printf("sent: %zu characters without, %zu and %zu with them",
		x->data[AMTS_SYSTEM_PLAIN].characters,
		x->data[AMTS_SYSTEM_PARAGRAPHS].characters,
		x->data[AMTS_SYSTEM_SENTENCES].characters);
	if (x->cost > 0)
		printf(", %.2f by your rate", x->cost);
	putchar('\n');
}

static void put_tests(const struct amts_experiment *x)
{
	int k;

	for (k = AMTS_SYSTEM_PARAGRAPHS; k < AMTS_SYSTEMS; k++)
		printf("%s against plain: BLEU %+.2f [%.2f, %.2f], p = %.4f\n",
			amts_system_name((enum amts_system)k), x->test[k].difference,
			x->test[k].low, x->test[k].high, x->test[k].p_bootstrap);
}

static void put_signatures(const struct amts_experiment *x)
{
	int m;

	for (m = 0; m < AMTS_EXPERIMENT_METRICS; m++)
		printf("%s %s\n", metrics[m], x->signature[m].p);
}

static void put_text(const struct amts_experiment *x)
{
	printf("%s to %s  translated    BLEU   chrF2     TER\n", x->src_lang,
		x->tgt_lang);
	each(x, put_text_rows, NULL);
	putchar('\n');
	put_data(x);
	putchar('\n');
	put_tests(x);
	putchar('\n');
	put_signatures(x);
}

static void put_markdown(const struct amts_experiment *x)
{
	puts("| article | parallel data | sentences | translated | BLEU | chrF2 | TER "
	     "|\n"
	     "|---|---|---|---|---|---|---|");
	each(x, put_markdown_rows, NULL);
}

static void put_csv(const struct amts_experiment *x)
{
	puts("article,system,sentences,translated,bleu,chrf,ter");
	each(x, put_csv_rows, NULL);
}

/* ---- json ---- */

static void add_article(void *payload, const struct amts_experiment_article *a)
{
	cJSON *o = cJSON_CreateObject(), *systems;
	int k, m;

	cJSON_AddItemToArray(payload, o);
	cli_json_str(o, "path", a->path);
	cli_json_int(o, "sentences", a->sentences);
	systems = cJSON_AddObjectToObject(o, "systems");
	for (k = 0; k < AMTS_SYSTEMS; k++) {
		cJSON *s = cJSON_AddObjectToObject(
			systems, amts_system_name((enum amts_system)k));

		cli_json_int(s, "translated", a->translated[k]);
		for (m = 0; m < AMTS_EXPERIMENT_METRICS; m++)
			cJSON_AddNumberToObject(s, metrics[m], a->score[k][m]);
	}
}

static void add_data(cJSON *o, const struct amts_experiment *x, int k)
{
	const struct amts_experiment_data *d = &x->data[k];
	const struct amts_score_test *t = &x->test[k];
	cJSON *s = cJSON_AddObjectToObject(o, amts_system_name((enum amts_system)k));

	cli_json_int(s, "pairs", d->pairs);
	cli_json_int(s, "held_out", d->held);
	cli_json_int(s, "useless", d->useless);
	cli_json_int(s, "leaks", d->leaks);
	cli_json_int(s, "characters", d->characters);
	cJSON_AddNumberToObject(s, "bleu_difference", t->difference);
	cJSON_AddNumberToObject(s, "low", t->low);
	cJSON_AddNumberToObject(s, "high", t->high);
	cJSON_AddNumberToObject(s, "p", t->p_bootstrap);
}

static int put_json(const struct amts_experiment *x, struct amts_error *err)
{
	cJSON *json = cli_json_object(), *o;
	int k, m;

	cJSON_AddStringToObject(json, "src_lang", x->src_lang);
	cJSON_AddStringToObject(json, "tgt_lang", x->tgt_lang);
	/* the last one, without a path, is all of them */
	each(x, add_article, cJSON_AddArrayToObject(json, "articles"));
	o = cJSON_AddObjectToObject(json, "parallel_data");
	for (k = AMTS_SYSTEM_PARAGRAPHS; k < AMTS_SYSTEMS; k++)
		add_data(o, x, k);
	o = cJSON_AddObjectToObject(json, "signatures");
	for (m = 0; m < AMTS_EXPERIMENT_METRICS; m++)
		cli_json_str(o, metrics[m], x->signature[m]);
	return cli_json_print(json, err);
}

/* ---- */

static int write_html(
	const char *path, const struct amts_experiment *x, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	int rc;

	eval_html(&b, x);
	rc = amts_buf_check(&b, path, err);
	if (!rc)
		rc = cli_write(path, amts_buf_str(&b), err);
	amts_buf_release(&b);
	return rc;
}

static int put(const struct eval_opts *o, const struct amts_experiment *x,
	struct amts_error *err)
{
	int rc = o->html ? write_html(o->html, x, err) : AMTS_OK;

	if (rc)
		return rc;
	if (o->format == EVAL_JSON)
		return put_json(x, err);
	if (o->format == EVAL_MARKDOWN)
		put_markdown(x);
	else if (o->format == EVAL_CSV)
		put_csv(x);
	else
		put_text(x);
	return AMTS_OK;
}

static int experiment(struct amts_experiment *x, struct cli *cli,
	const struct eval_opts *o, struct amts_project *project, const char *lang,
	struct amts_error *err)
{
	struct cli_meter m = { .cli = cli };
	struct amts_progress progress = { cli_meter_step, &m };
	struct amts_experiment_options opt = { .articles = o->articles.v,
		.narticles = o->articles.n,
		.engine = engines[o->engine],
		.reverse = o->reverse,
		.progress = &progress };
	unsigned flags = AMTS_SYNC_REVIEWED | (o->offline ? AMTS_SYNC_OFFLINE : 0);
	struct amts_sync *sync;
	int rc = cli_price(&opt.max_cost, "--max-cost", o->max_cost, err);

	if (!rc)
		rc = amts_sync_open(&sync, project, lang, flags, err);
	if (rc)
		return rc;
	if (o->preset) {
		opt.articles = d2l;
		opt.narticles = D2L;
	}
	rc = amts_experiment_run(x, cli->arena, sync, &opt, err);
	cli_progress_stop(m.p);
	cli_warn_of_notes(sync);
	amts_sync_free(sync);
	return rc;
}

int eval_articles(struct cli *cli, const struct eval_opts *o, int argc, char **argv,
	struct amts_error *err)
{
	struct amts_project *project;
	struct amts_experiment x;
	struct cli_list langs;
	int rc;

	(void)argv;
	if (argc || !o->articles.n == !o->preset)
		return amts_fail(err, AMTS_EUSAGE,
			"'eval articles' takes either '--article' or '--preset'");
	if ((rc = cli_project_open(&project, cli, err)))
		return rc;
	rc = cli_project_langs(&langs, cli, project, &o->langs, err);
	if (!rc && langs.n != 1)
		rc = amts_fail(err, AMTS_EUSAGE, "choose one target with '--lang'");
	if (!rc)
		rc = experiment(&x, cli, o, project, langs.v[0], err);
	amts_project_free(project);
	return rc ? rc : put(o, &x, err);
}
