/* git amts-sync amazon: what is kept at Amazon Web Services. */
#include "cli.h"
#include "net.h"

#include "amts/amazon.h"
#include "amts/s3.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct amazon_opts {
	const char *profile, *region, *bucket;
};

static const struct cli_opt options[] = {
	{ CLI_STR, 0, "profile", "name",
		"the AWS profile, rather than AWS_PROFILE or the environment's keys",
		offsetof(struct amazon_opts, profile) },
	{ CLI_STR, 0, "region", "region", "the AWS region, rather than AWS_REGION",
		offsetof(struct amazon_opts, region) },
	{ CLI_STR, 0, "bucket", "name", "the S3 bucket",
		offsetof(struct amazon_opts, bucket) },
	{ 0 },
};

/* ---- doctor ---- */

/* One line; 1 when something is missing. */
static int tell(const char *what, int rc, const char *value, const struct amts_error *err)
{
	printf("%-12s", what);
	if (rc)
		printf("missing: ");
	cli_put_text(amts_str_z(rc ? err->msg : value));
	putchar('\n');
	return rc != 0;
}

static int check_bucket(
	struct amts_aws *aws, struct amts_arena *arena, const char *bucket)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_s3_entry *list;
	struct amts_s3 *s3 = NULL;
	size_t n;
	int rc = amts_s3_open(&s3, aws, bucket, NULL, &err);

	/* A prefix that nothing has: the answer tells as much as a full list. */
	if (!rc)
		rc = amts_s3_list(&list, &n, s3, arena, "amts-doctor/", 1000, &err);
	amts_s3_free(s3);
	return tell(
		"bucket", rc, amts_arena_fmt(arena, "%s can be listed", bucket).p, &err);
}

static int doctor(struct cli *cli, struct amts_aws *aws, const char *bucket)
{
	struct amts_error err = AMTS_ERROR_INIT;
	const char *value = NULL;
	int rc = amts_aws_region(&value, aws, &err), missing;

	missing = tell("region", rc, value, &err);
	rc = amts_aws_login(&value, aws, &err);
	missing += tell("credentials", rc, value, &err);
	/* Without them no service would say more. */
	if (missing)
		return 1;
	rc = amts_aws_identity(&value, aws, cli->arena, &err);
	missing += tell("identity", rc, value, &err);
	if (bucket)
		missing += check_bucket(aws, cli->arena, bucket);
	return missing != 0;
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

static int list_data(struct cli *cli, struct amts_aws *aws, struct amts_error *err)
{
	struct amts_parallel_data *v;
	size_t n, i;
	int rc = amts_parallel_data_list(&v, &n, aws, cli->arena, err);

	for (i = 0; !rc && i < n; i++)
		put_data(&v[i]);
	return rc;
}

static int put_file(struct cli *cli, struct amts_aws *aws, const struct amazon_opts *o,
	char **argv, struct amts_error *err)
{
	struct amts_amazon_options how = { .bucket = o->bucket };
	struct amts_parallel_data data;
	struct amts_str tmx;
	int rc;

	if (!o->bucket)
		return amts_fail(err, AMTS_EUSAGE, "--bucket is needed");
	rc = cli_read(&tmx, cli->arena, argv[1], err);
	if (!rc)
		rc = amts_parallel_data_put(
			&data, aws, cli->arena, argv[0], tmx, &how, err);
	if (!rc)
		put_data(&data);
	return rc;
}

/* argv: an action and what it needs. */
static int parallel_data(struct cli *cli, struct amts_aws *aws,
	const struct amazon_opts *o, int argc, char **argv, struct amts_error *err)
{
	struct amts_parallel_data data;
	int rc;

	if (argc == 1 && !strcmp(argv[0], "list"))
		return list_data(cli, aws, err);
	if (argc == 3 && !strcmp(argv[0], "put"))
		return put_file(cli, aws, o, argv + 1, err);
	if (argc == 2 && !strcmp(argv[0], "delete"))
		return amts_parallel_data_delete(aws, argv[1], err);
	if (argc != 2 || strcmp(argv[0], "get") != 0)
		return amts_fail(err, AMTS_EUSAGE,
			"parallel-data takes list, get <name>, put <name> <file> or "
			"delete "
			"<name>");
	rc = amts_parallel_data_get(&data, aws, cli->arena, argv[1], err);
	if (!rc)
		put_data(&data);
	return rc;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct amazon_opts *o = opts;
	int is_doctor = argc == 1 && !strcmp(argv[0], "doctor"), rc;
	struct amts_http *http;
	struct amts_aws *aws;

	if (!is_doctor && (argc < 2 || strcmp(argv[0], "parallel-data") != 0))
		return amts_fail(err, AMTS_EUSAGE, "unknown action '%s'", argv[0]);
	rc = cli_aws_open(&aws, &http, cli, o->profile, o->region, err);
	if (rc)
		return rc;
	rc = is_doctor ? doctor(cli, aws, o->bucket)
		       : parallel_data(cli, aws, o, argc - 1, argv + 1, err);
	amts_aws_free(aws);
	amts_http_free(http);
	return rc;
}

const struct cli_command cmd_amazon = {
	.name = "amazon",
	.group = CLI_DATA,
	.summary = "look after what is kept at Amazon Web Services",
	.usage = "doctor [--profile <name>] [--region <region>] [--bucket <name>]\n"
		 "parallel-data list | get <name> | delete <name>\n"
		 "parallel-data put --bucket <name> <name> <file>.tmx",
	.about =
		"doctor: says what of region, credentials, identity and bucket is there, "
		"and what is\n"
		"missing; exits with 1 when something is.\n"
		"parallel-data: the pairs that customise translation; put creates or "
		"replaces\n"
		"them and waits until they are in use.",
	.examples = "  git amts-sync amazon doctor --bucket my-translations\n"
		    "  git amts-sync pairs --format tmx >pairs.tmx\n"
		    "  git amts-sync amazon parallel-data put --bucket my-translations "
		    "handbook "
		    "pairs.tmx",
	.opts = options,
	.opts_size = sizeof(struct amazon_opts),
	.min_args = 1,
	.max_args = 4,
	.run = run,
};
