/* git amts-sync amazon: what is kept at Amazon Web Services. */
#include "amazon.h"
#include "net.h"

#include "amts/config.h"

#include <string.h>

static const struct cli_opt options[] = {
	{ CLI_STR, 0, "profile", "name",
		"the AWS profile, rather than AWS_PROFILE or the environment's keys",
		offsetof(struct amazon_opts, profile) },
	{ CLI_STR, 0, "region", "region", "the AWS region, rather than AWS_REGION",
		offsetof(struct amazon_opts, region) },
	{ CLI_STR, 0, "bucket", "name", "the S3 bucket, rather than amts.amazon.bucket",
		offsetof(struct amazon_opts, bucket) },
	{ CLI_STR, 0, "role", "arn",
		"the role that the service reads and writes the bucket with",
		offsetof(struct amazon_opts, role) },
	{ CLI_STR, 0, "tgt-lang", "lang",
		"language of the glossary's translations (zh, pt-BR)",
		offsetof(struct amazon_opts, tgt_lang) },
	{ CLI_STR, 0, "src-lang", "lang", "language of its terms; en",
		offsetof(struct amazon_opts, src_lang) },
	{ CLI_FLAG, 0, "resume", NULL, "jobs: finish them, and keep what they bring",
		offsetof(struct amazon_opts, resume) },
	{ CLI_FLAG, 0, "json", NULL, "doctor, jobs: one JSON object",
		offsetof(struct amazon_opts, json) },
	{ 0 },
};

static const struct {
	const char *name;
	amazon_action *run;
} actions[] = {
	{ "doctor", amazon_doctor },
	{ "parallel-data", amazon_parallel_data },
	{ "terminology", amazon_terminology },
	{ "jobs", amazon_jobs },
	{ "stop", amazon_stop },
};

static const char *either(
	const char *given, const struct amts_config *cfg, const char *key)
{
	return given ? given : amts_config_get(cfg, key);
}

/* What is not given, from git's configuration, where there is a repository. */
static int read_config(struct amazon_opts *o, struct cli *cli, struct amts_error *err)
{
	struct amts_error none = AMTS_ERROR_INIT;
	struct amts_config cfg = { 0 };
	struct amts_env env;
	struct amts_repo *repo;
	int rc = cli_env(&env, cli->arena, err);

	if (rc)
		return rc;
	if (!amts_repo_open_at(&repo, ".", &env.place, &none)) {
		rc = amts_config_load_user(&cfg, cli->arena, repo, &env, err);
		amts_repo_free(repo);
	}
	o->region = either(o->region, &cfg, "amts.amazon.region");
	o->bucket = either(o->bucket, &cfg, "amts.amazon.bucket");
	o->prefix = either(o->prefix, &cfg, "amts.amazon.prefix");
	o->role = either(o->role, &cfg, "amts.amazon.rolearn");
	return rc;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	struct amazon_opts o = *(const struct amazon_opts *)opts;
	amazon_action *action = NULL;
	struct amts_http *http;
	struct amts_aws *aws;
	size_t i;
	int rc;

	for (i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (!strcmp(argv[0], actions[i].name))
			action = actions[i].run;
	if (!action)
		return amts_fail(err, AMTS_EUSAGE, "unknown action '%s'", argv[0]);
	rc = read_config(&o, cli, err);
	if (!rc)
		rc = cli_aws_open(&aws, &http, cli, o.profile, o.region, err);
	if (rc)
		return rc;
	rc = action(cli, aws, &o, argc - 1, argv + 1, err);
	amts_aws_free(aws);
	amts_http_free(http);
	return rc;
}

const struct cli_command cmd_amazon = {
	.name = "amazon",
	.group = CLI_DATA,
	.summary = "look after what is kept at Amazon Web Services",
	.usage = "doctor [--profile <name>] [--region <region>] [--bucket <name>] "
		 "[--role <arn>] [--json]\n"
		 "parallel-data list | get <name> | delete <name>\n"
		 "parallel-data create | update --bucket <name> <name> <file>.tmx\n"
		 "terminology list | get <name> | delete <name>\n"
		 "terminology import --tgt-lang <lang> <name> <glossary>\n"
		 "jobs [--resume] [--json]\n"
		 "stop [<job>]",
	.about = "doctor: says what of region, credentials, service, bucket and role is "
		 "there, what is\n"
		 "missing, and what to do about it; exits with 1 when something is.\n"
		 "parallel-data: the pairs that customise translation; create and update "
		 "wait until\n"
		 "they are in use, and say which the service did not take.\n"
		 "terminology: how terms are to be translated; import sends a glossary "
		 "where the\n"
		 "service has other terms.\n"
		 "jobs: what sync has begun and not collected; --resume waits for it.\n"
		 "stop: stops a job, or all, and removes what it has in S3.",
	.examples = "  git amts-sync amazon doctor --bucket my-translations\n"
		    "  git amts-sync pairs --format tmx >pairs.tmx\n"
		    "  git amts-sync amazon parallel-data create --bucket "
		    "my-translations handbook pairs.tmx\n"
		    "  git amts-sync amazon terminology import --tgt-lang zh "
		    "handbook-zh TERMINOLOGY.md",
	.opts = options,
	.opts_size = sizeof(struct amazon_opts),
	.min_args = 1,
	.max_args = 4,
	.run = run,
};
