#include "eval.h"
#include "project.h"

#include "amts/replay.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdio.h>
#include <time.h>

/* ---- figures ---- */

static double percent(double part, double whole)
{
	return whole > 0 ? 100 * part / whole : 0;
}

static double saved(size_t left, size_t all)
{
	return all ? 100 * (1 - (double)left / (double)all) : 0;
}

static int year_of(int64_t date)
{
	time_t t = (time_t)date;
	struct tm tm;

	return gmtime_r(&t, &tm) ? tm.tm_year + 1900 : 0;
}

/* Sums of the revisions of one year; 0 cases when there is none. */
static struct amts_replay_sums in_year(const struct amts_replay *r, int year)
{
	struct amts_replay_sums s = { 0 };
	size_t i;

	for (i = 0; i < r->n; i++)
		if (year_of(r->v[i].date) == year)
			amts_replay_add(&s, &r->v[i].sums);
	return s;
}

/* Calls fn for each year that has a case, in order. */
static void each_year(const struct amts_replay *r,
	void (*fn)(void *payload, int year, const struct amts_replay_sums *s),
	void *payload)
{
	struct amts_replay_sums s;
	int year = INT_MIN, next = 0;
	size_t i;

	for (;; year = next) {
		int some = 0;

		for (i = 0; i < r->n; i++) {
			int at = year_of(r->v[i].date);

			if (at > year && (!some || at < next)) {
				some = 1;
				next = at;
			}
		}
		if (!some)
			return;
		s = in_year(r, next);
		fn(payload, next, &s);
	}
}

/* ---- tables ---- */

/* Cells of a table in text or in Markdown. */
static void put_row(int markdown, const char *name, const struct amts_replay_sums *s)
{
	printf(markdown ? "| %s | %zu | %.1f%% | %zu | %.1f%% | %.1f%% | %.1f%% | %.2f | "
			  "%.1f%% "
			  "| %.1f%% |\n"
			: "%-10s %6zu %6.1f%% %8zu %6.1f%% %6.1f%% %6.1f%% %6.2f %6.1f%% "
			  "%6.1f%%\n",
		name, s->cases, percent((double)s->exact, (double)s->cases), s->lines,
		saved(s->left, s->lines), saved(s->chars_left, s->chars),
		s->edits > 0 ? 100 * (1 - s->edits_left / s->edits) : 0,
		s->kept ? 1000 * (double)s->harm / (double)s->kept : 0,
		percent((double)s->found, (double)s->places),
		percent((double)s->idle, (double)s->named));
}

static void put_head(int markdown)
{
	if (markdown)
		puts("| | syncs | exact | lines edited | lines saved | characters saved "
		     "| "
		     "words saved | harm / 1000 | found | false |\n"
		     "|---|---|---|---|---|---|---|---|---|---|");
	else
		printf("%-10s %6s %7s %8s %7s %7s %7s %6s %7s %7s\n", "", "syncs",
			"exact", "lines", "saved", "chars", "words", "harm", "found",
			"false");
}

static void put_year(void *payload, int year, const struct amts_replay_sums *s)
{
	char name[16];

	snprintf(name, sizeof(name), "%d", year);
	put_row(*(int *)payload, name, s);
}

static void put_classes(int markdown, const struct amts_replay_sums *s)
{
	size_t i;

	puts(markdown ? "\n| lines of | edited | saved |\n|---|---|---|" : "");
	for (i = 0; i < AMTS_REPLAY_CLASSES; i++)
		if (s->class_lines[i])
			printf(markdown ? "| %s | %zu | %.1f%% |\n"
					: "  %-8s %8zu lines edited, %6.1f%% saved\n",
				amts_replay_class_name((enum amts_replay_class)i),
				s->class_lines[i],
				saved(s->class_left[i], s->class_lines[i]));
}

static void put_table(const struct amts_replay *r, int markdown)
{
	put_head(markdown);
	put_row(markdown, r->lang, &r->total);
	each_year(r, put_year, &markdown);
	put_classes(markdown, &r->total);
	if (r->total.failed)
		printf("\n%zu syncs could not be replayed\n", r->total.failed);
}

static void explain(void)
{
	puts("\n"
	     "syncs  pages that people brought from one version of their source to "
	     "another\n"
	     "exact  what the program makes is what they committed\n"
	     "lines  removed or added by people; saved: no longer to be edited after the "
	     "program\n"
	     "chars  the same in characters; words: in edits of words within these "
	     "lines\n"
	     "harm   of 1000 lines that people left alone, so many the program changed\n"
	     "found  of the places people changed, those the program names\n"
	     "false  of the places the program leaves to people, those they left alone");
}

/* ---- json ---- */

static void add_sums(cJSON *o, const struct amts_replay_sums *s)
{
	cJSON *classes;
	size_t i;

	cli_json_int(o, "syncs", s->cases);
	cli_json_int(o, "failed", s->failed);
	cli_json_int(o, "exact", s->exact);
	cli_json_int(o, "lines", s->lines);
	cli_json_int(o, "lines_left", s->left);
	cli_json_int(o, "chars", s->chars);
	cli_json_int(o, "chars_left", s->chars_left);
	cJSON_AddNumberToObject(o, "word_edits", s->edits);
	cJSON_AddNumberToObject(o, "word_edits_left", s->edits_left);
	cli_json_int(o, "kept", s->kept);
	cli_json_int(o, "harm", s->harm);
	cli_json_int(o, "places", s->places);
	cli_json_int(o, "found", s->found);
	cli_json_int(o, "named", s->named);
	cli_json_int(o, "false", s->idle);
	classes = cJSON_AddObjectToObject(o, "classes");
	for (i = 0; i < AMTS_REPLAY_CLASSES; i++) {
		cJSON *c = cJSON_AddObjectToObject(
			classes, amts_replay_class_name((enum amts_replay_class)i));

		cli_json_int(c, "lines", s->class_lines[i]);
		cli_json_int(c, "lines_left", s->class_left[i]);
	}
}

static void add_year(void *payload, int year, const struct amts_replay_sums *s)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddItemToArray(payload, o);
	cJSON_AddNumberToObject(o, "year", year);
	add_sums(o, s);
}

static void add_language(cJSON *list, const struct amts_replay *r)
{
	cJSON *o = cJSON_CreateObject(), *cases;
	size_t i;

	cJSON_AddItemToArray(list, o);
	cJSON_AddStringToObject(o, "lang", r->lang);
	add_sums(cJSON_AddObjectToObject(o, "total"), &r->total);
	each_year(r, add_year, cJSON_AddArrayToObject(o, "years"));
	cases = cJSON_AddArrayToObject(o, "cases");
	for (i = 0; i < r->n; i++) {
		cJSON *c = cJSON_CreateObject();

		cJSON_AddItemToArray(cases, c);
		cli_json_str(c, "path", r->v[i].path);
		cJSON_AddStringToObject(c, "commit", r->v[i].commit.hex);
		cJSON_AddNumberToObject(c, "date", (double)r->v[i].date);
		add_sums(c, &r->v[i].sums);
	}
}

/* ---- */

static int replay_lang(struct cli *cli, const struct eval_opts *o,
	struct amts_project *project, const char *lang, const struct cli_list *paths,
	cJSON *list, struct amts_error *err)
{
	struct cli_meter m = { .cli = cli };
	struct amts_progress progress = { cli_meter_step, &m };
	struct amts_replay_options opt = {
		.paths = paths->v, .npaths = paths->n, .progress = &progress
	};
	unsigned flags = AMTS_SYNC_REVIEWED | (o->offline ? AMTS_SYNC_OFFLINE : 0);
	struct amts_replay r;
	struct amts_sync *sync;
	int rc = amts_sync_open(&sync, project, lang, flags, err);

	if (rc)
		return rc;
	rc = amts_replay_run(&r, cli->arena, sync, &opt, err);
	cli_progress_stop(m.p);
	if (!rc && list)
		add_language(list, &r);
	else if (!rc && !r.n)
		printf("%s: nobody has brought a page to a newer source yet\n", r.lang);
	else if (!rc)
		put_table(&r, o->format == EVAL_MARKDOWN);
	amts_sync_free(sync);
	return rc;
}

int eval_replay(struct cli *cli, const struct eval_opts *o, int argc, char **argv,
	struct amts_error *err)
{
	struct amts_project *project;
	struct cli_list langs, paths;
	cJSON *json = NULL, *list = NULL;
	size_t i;
	int rc;

	if (o->format == EVAL_CSV)
		return amts_fail(err, AMTS_EUSAGE, "'eval replay' does not print csv");
	if ((rc = cli_project_open(&project, cli, err)))
		return rc;
	rc = cli_project_langs(&langs, cli, project, &o->langs, err);
	if (!rc)
		rc = cli_project_paths(&paths, cli, project, argc, argv, err);
	if (o->format == EVAL_JSON) {
		json = cli_json_object();
		list = cJSON_AddArrayToObject(json, "targets");
	}
	for (i = 0; !rc && i < langs.n; i++) {
		if (i && !json)
			putchar('\n');
		rc = replay_lang(cli, o, project, langs.v[i], &paths, list, err);
	}
	amts_project_free(project);
	if (!rc && json)
		return cli_json_print(json, err);
	cJSON_Delete(json);
	if (!rc && o->format == EVAL_TEXT)
		explain();
	return rc;
}
