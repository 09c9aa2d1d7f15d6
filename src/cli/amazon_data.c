/* git amts-sync amazon parallel-data, terminology. */
#include "amazon.h"

#include "amts/glossary.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SHOWN_FAULTS 20

static int is_call(int argc, char **argv, const char *action, int n)
{
	return argc == n && !strcmp(argv[0], action);
}

/* ---- parallel data ---- */

static void put_data(const struct amts_parallel_data *d)
{
	printf("%s: %s, %s to %s, %" PRIu64 " records", d->name, d->status, d->src,
		d->tgt, d->records);
	if (d->failed || d->skipped)
		printf(", %" PRIu64 " failed, %" PRIu64 " skipped", d->failed,
			d->skipped);
	putchar('\n');
}

/* What the service did not take, in its own words. */
static int put_faults(struct cli *cli, struct amts_aws *aws,
	const struct amts_parallel_data *d, struct amts_error *err)
{
	struct amts_parallel_data_fault *v;
	size_t n, i;
	int rc;

	if (!d->failed && !d->skipped)
		return AMTS_OK;
	rc = amts_parallel_data_faults(&v, &n, aws, cli->arena, d->name, err);
	for (i = 0; !rc && i < n && i < SHOWN_FAULTS; i++) {
		fputs("  ", stdout);
		cli_put_text(amts_str_z(v[i].where));
		fputs(": ", stdout);
		cli_put_text(amts_str_z(v[i].why));
		putchar('\n');
	}
	if (!rc && i < n)
		printf("  and %zu more\n", n - i);
	return rc;
}

static int list_data(struct cli *cli, struct amts_aws *aws, struct amts_error *err)
{
	struct amts_parallel_data *v;
	size_t n, i;
	int rc = amts_parallel_data_list(&v, &n, aws, cli->arena, err);

	for (i = 0; !rc && i < n; i++)
		put_data(&v[i]);
	return rc;
}

static int get_data(
	struct cli *cli, struct amts_aws *aws, const char *name, struct amts_error *err)
{
	struct amts_parallel_data data;
	int rc = amts_parallel_data_get(&data, aws, cli->arena, name, err);

	if (rc)
		return rc;
	put_data(&data);
	return put_faults(cli, aws, &data, err);
}

static int fill_data(struct cli *cli, struct amts_aws *aws, const struct amazon_opts *o,
	enum amts_parallel_data_how how, char **argv, struct amts_error *err)
{
	struct amts_amazon_options options = { .bucket = o->bucket, .prefix = o->prefix };
	struct amts_parallel_data data;
	struct amts_str tmx;
	int rc;

	if (!o->bucket)
		return amts_fail(err, AMTS_EUSAGE,
			"--bucket or git config amts.amazon.bucket is needed");
	rc = cli_read(&tmx, cli->arena, argv[1], err);
	if (!rc)
		rc = amts_parallel_data_put(
			&data, aws, cli->arena, argv[0], tmx, how, &options, err);
	if (rc)
		return rc;
	put_data(&data);
	return put_faults(cli, aws, &data, err);
}

int amazon_parallel_data(struct cli *cli, struct amts_aws *aws,
	const struct amazon_opts *o, int argc, char **argv, struct amts_error *err)
{
	if (is_call(argc, argv, "list", 1))
		return list_data(cli, aws, err);
	if (is_call(argc, argv, "get", 2))
		return get_data(cli, aws, argv[1], err);
	if (is_call(argc, argv, "create", 3))
		return fill_data(cli, aws, o, AMTS_PARALLEL_DATA_CREATE, argv + 1, err);
	if (is_call(argc, argv, "update", 3))
		return fill_data(cli, aws, o, AMTS_PARALLEL_DATA_UPDATE, argv + 1, err);
	if (is_call(argc, argv, "delete", 2))
		return amts_parallel_data_delete(aws, argv[1], err);
	return amts_fail(err, AMTS_EUSAGE,
		"parallel-data takes list, get <name>, create <name> <file>, update "
		"<name> <file> or delete <name>");
}

/* ---- terminologies ---- */

static void put_terms(const struct amts_terminology *t)
{
	printf("%s: %s to %s, %" PRIu64 " terms", t->name, t->src, t->tgt, t->terms);
	if (t->skipped)
		printf(", %" PRIu64 " skipped", t->skipped);
	if (*t->message) {
		fputs(": ", stdout);
		cli_put_text(amts_str_z(t->message));
	}
	putchar('\n');
}

static int list_terms(struct cli *cli, struct amts_aws *aws, struct amts_error *err)
{
	struct amts_terminology *v;
	size_t n, i;
	int rc = amts_terminology_list(&v, &n, aws, cli->arena, err);

	for (i = 0; !rc && i < n; i++)
		put_terms(&v[i]);
	return rc;
}

static void put_import(
	const struct amts_terminology *t, const struct amts_terminology_counts *c)
{
	put_terms(t);
	if (c->unchanged)
		puts("unchanged, nothing was sent");
	if (c->no_term || c->too_long)
		printf("left out: %zu without a translation, %zu over 200 bytes\n",
			c->no_term, c->too_long);
}

/* argv: the resource's name and the glossary's file. */
static int import_terms(struct cli *cli, struct amts_aws *aws,
	const struct amazon_opts *o, char **argv, struct amts_error *err)
{
	const char *src_lang = o->src_lang ? o->src_lang : "en";
	struct amts_terminology_counts counts;
	struct amts_glossary *glossary = NULL;
	struct amts_terminology t;
	struct amts_str bytes;
	int rc;

	if (!o->tgt_lang)
		return amts_fail(err, AMTS_EUSAGE, "option 'tgt-lang' is required");
	rc = cli_check_lang(o->tgt_lang, err);
	if (!rc)
		rc = cli_check_lang(src_lang, err);
	if (!rc)
		rc = cli_read(&bytes, cli->arena, argv[1], err);
	if (!rc)
		rc = amts_glossary_parse(
			&glossary, bytes, argv[1], src_lang, o->tgt_lang, err);
	if (!rc)
		rc = amts_terminology_import(&t, &counts, aws, cli->arena, argv[0],
			glossary, src_lang, o->tgt_lang, err);
	if (!rc)
		put_import(&t, &counts);
	amts_glossary_free(glossary);
	return rc;
}

int amazon_terminology(struct cli *cli, struct amts_aws *aws, const struct amazon_opts *o,
	int argc, char **argv, struct amts_error *err)
{
	struct amts_terminology t;
	int rc;

	if (is_call(argc, argv, "list", 1))
		return list_terms(cli, aws, err);
	if (is_call(argc, argv, "import", 3))
		return import_terms(cli, aws, o, argv + 1, err);
	if (is_call(argc, argv, "delete", 2))
		return amts_terminology_delete(aws, argv[1], err);
	if (!is_call(argc, argv, "get", 2))
		return amts_fail(err, AMTS_EUSAGE,
			"terminology takes list, get <name>, import <name> <glossary> or "
			"delete <name>");
	rc = amts_terminology_get(&t, aws, cli->arena, argv[1], err);
	if (!rc)
		put_terms(&t);
	return rc;
}
