/* git amts-sync amazon doctor. */
#include "amazon.h"

#include "amts/s3.h"

#include <stdio.h>

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

int amazon_doctor(struct cli *cli, struct amts_aws *aws, const struct amazon_opts *o,
	int argc, char **argv, struct amts_error *usage)
{
	struct amts_error err = AMTS_ERROR_INIT;
	const char *value = NULL;
	const char *bucket = o->bucket;
	int rc, missing;

	(void)argv;
	if (argc)
		return amts_fail(usage, AMTS_EUSAGE, "doctor takes no arguments");
	rc = amts_aws_region(&value, aws, &err);
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
