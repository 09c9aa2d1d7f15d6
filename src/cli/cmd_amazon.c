/* git amts-sync amazon: what is kept at Amazon Web Services. */
#include "cli.h"
#include "net.h"

#include "amts/s3.h"

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
	{ CLI_STR, 0, "bucket", "name", "the S3 bucket to look at",
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

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct amazon_opts *o = opts;
	struct amts_http *http;
	struct amts_aws *aws;
	int rc;

	(void)argc;
	if (strcmp(argv[0], "doctor") != 0)
		return amts_fail(err, AMTS_EUSAGE, "unknown action '%s'", argv[0]);
	rc = cli_aws_open(&aws, &http, cli, o->profile, o->region, err);
	if (rc)
		return rc;
	rc = doctor(cli, aws, o->bucket);
	amts_aws_free(aws);
	amts_http_free(http);
	return rc;
}

const struct cli_command cmd_amazon = {
	.name = "amazon",
	.group = CLI_DATA,
	.summary = "look after what is kept at Amazon Web Services",
	.usage = "doctor [--profile <name>] [--region <region>] [--bucket <name>]",
	.about =
		"doctor: says what of region, credentials, identity and bucket is there, "
		"and what is\n"
		"missing; exits with 1 when something is.",
	.examples = "  git amts-sync amazon doctor --bucket my-translations",
	.opts = options,
	.opts_size = sizeof(struct amazon_opts),
	.min_args = 1,
	.max_args = 1,
	.run = run,
};
