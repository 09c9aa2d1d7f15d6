#include "reviews.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Of Amazon's first system of this kind: the share of the work that translators are to be
 * spared. */
#define AIM 80

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static double percent(size_t part, size_t all)
{
	return all ? 100. * (double)part / (double)all : 0;
}

/* Share of the drafted words that nobody had to touch. */
static double spared(const struct amts_review_drafts *d)
{
	return d->edits < d->words ? percent(d->words - d->edits, d->words) : 0;
}

static void add(struct amts_review_drafts *to, const struct amts_review_drafts *d)
{
	to->drafts += d->drafts;
	to->as_is += d->as_is;
	to->edits += d->edits;
	to->words += d->words;
}

static void put_drafts(FILE *out, const struct amts_review_drafts *d)
{
	fprintf(out,
		"%zu draft%s, %zu taken as is (%.0f %%), %.1f edits a draft, %.0f %% of "
		"the "
		"words stayed",
		d->drafts, plural(d->drafts), d->as_is, percent(d->as_is, d->drafts),
		d->drafts ? (double)d->edits / (double)d->drafts : 0, spared(d));
}

/* "memory: 5 drafts, …; 2 left to people" */
static void put_review(FILE *out, const struct amts_review_outcome *o)
{
	size_t i;

	for (i = 0; i < o->n; i++) {
		fputs(i ? "; " : "", out);
		cli_put_text_to(out, o->v[i].engine);
		fputs(": ", out);
		put_drafts(out, &o->v[i]);
	}
	if (!o->n)
		fputs("no drafts", out);
	if (o->left)
		fprintf(out, "; %zu block%s left to people", o->left, plural(o->left));
}

/* "amts/zh at 1234567" */
static void put_name(FILE *out, const char *lang, const struct amts_review_outcome *o)
{
	fprintf(out, "amts/%s%s", lang, o->part.n ? "." : "");
	cli_put_text_to(out, o->part);
	fprintf(out, " at %.7s", o->tip.hex);
}

int cli_reviews_tell(
	struct cli *cli, struct amts_sync *sync, FILE *out, struct amts_error *err)
{
	const char *lang = amts_sync_info(sync)->lang;
	struct amts_review_outcome *v;
	size_t i, n;
	int rc = amts_review_outcomes(&v, &n, cli->arena, sync, 0, err);

	for (i = 0; !rc && out && i < n; i++) {
		if (!v[i].fresh || !v[i].n)
			continue;
		fprintf(out, "%s%s: merged ", out == stderr ? "amts: " : "", lang);
		put_name(out, lang, &v[i]);
		fputs(": ", out);
		put_review(out, &v[i]);
		putc('\n', out);
	}
	return rc;
}

/* ---- status --reviews ---- */

static void date_of(char out[16], int64_t when)
{
	time_t t = (time_t)when;
	struct tm tm;

	if (!gmtime_r(&t, &tm) || !strftime(out, 16, "%Y-%m-%d", &tm))
		out[0] = '\0';
}

/* By engine, over all reviews; their number. */
static size_t sum_up(struct amts_review_drafts *by, size_t max,
	const struct amts_review_outcome *v, size_t n)
{
	size_t i, k, j, some = 0;

	for (i = 0; i < n; i++)
		for (k = 0; k < v[i].n; k++) {
			for (j = 0; j < some; j++)
				if (amts_str_eq(by[j].engine, v[i].v[k].engine))
					break;
			if (j == max)
				continue;
			if (j == some)
				by[some++] = (struct amts_review_drafts){
					.engine = v[i].v[k].engine
				};
			add(&by[j], &v[i].v[k]);
		}
	return some;
}

#define ENGINES 16

static void put_all(
	struct cli *cli, const char *lang, const struct amts_review_outcome *v, size_t n)
{
	struct amts_review_drafts by[ENGINES], all = { .drafts = 0 };
	size_t i, some = sum_up(by, ENGINES, v, n);
	char date[16];

	printf("%s%s%s: %zu merged review%s\n", cli_color(cli, CLI_BOLD), lang,
		cli_color(cli, CLI_RESET), n, plural(n));
	for (i = 0; i < n; i++) {
		date_of(date, v[i].time);
		printf("  %s  ", date);
		put_name(stdout, lang, &v[i]);
		fputs("  ", stdout);
		put_review(stdout, &v[i]);
		putchar('\n');
	}
	for (i = 0; i < some; i++) {
		fputs("  all of ", stdout);
		cli_put_text(by[i].engine);
		fputs(": ", stdout);
		put_drafts(stdout, &by[i]);
		putchar('\n');
		add(&all, &by[i]);
	}
	if (all.drafts)
		printf("  the aim of %d %% is %smet: %.0f %% of what was drafted "
		       "stayed\n",
			AIM, spared(&all) >= AIM ? "" : "not ", spared(&all));
}

static void add_drafts(cJSON *to, const struct amts_review_drafts *d)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddItemToArray(to, o);
	cli_json_str(o, "engine", d->engine);
	cli_json_int(o, "drafts", d->drafts);
	cli_json_int(o, "as_is", d->as_is);
	cli_json_int(o, "edits", d->edits);
	cli_json_int(o, "words", d->words);
}

static void add_review(cJSON *reviews, const struct amts_review_outcome *o)
{
	cJSON *r = cJSON_CreateObject(), *engines;
	size_t i;

	cJSON_AddItemToArray(reviews, r);
	cli_json_str(r, "part", o->part);
	cJSON_AddStringToObject(r, "tip", o->tip.hex);
	cJSON_AddStringToObject(r, "landed", o->landed.hex);
	cJSON_AddNumberToObject(r, "time", (double)o->time);
	cli_json_str(r, "source", o->source);
	cli_json_int(r, "left", o->left);
	engines = cJSON_AddArrayToObject(r, "engines");
	for (i = 0; i < o->n; i++)
		add_drafts(engines, &o->v[i]);
}

int cli_reviews_show(
	struct cli *cli, struct amts_sync *sync, cJSON *json, struct amts_error *err)
{
	const char *lang = amts_sync_info(sync)->lang;
	struct amts_review_drafts by[ENGINES];
	struct amts_review_outcome *v;
	cJSON *array;
	size_t i, n, some;
	int rc = amts_review_outcomes(&v, &n, cli->arena, sync, AMTS_REVIEW_HISTORY, err);

	if (rc)
		return rc;
	if (!json) {
		put_all(cli, lang, v, n);
		return AMTS_OK;
	}
	cJSON_AddStringToObject(json, "lang", lang);
	array = cJSON_AddArrayToObject(json, "reviews");
	for (i = 0; i < n; i++)
		add_review(array, &v[i]);
	array = cJSON_AddArrayToObject(json, "engines");
	some = sum_up(by, ENGINES, v, n);
	for (i = 0; i < some; i++)
		add_drafts(array, &by[i]);
	return AMTS_OK;
}
