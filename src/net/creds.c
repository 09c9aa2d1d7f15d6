/* The order in which credentials are looked for. */
#include "net/aws.h"

#include <string.h>

#define MOST_PROFILES 8 /* in a chain of source_profile */

static int profile_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	const char *profile, int depth, struct amts_error *err);

/* credential_source: where the keys to assume a role with come from. */
static int source_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	const char *profile, const char *source, struct amts_error *err)
{
	int rc;

	if (!strcmp(source, "Environment"))
		rc = amts_aws_environment(out, aws, err);
	else if (!strcmp(source, "Ec2InstanceMetadata"))
		rc = amts_aws_instance(out, aws, err);
	else if (!strcmp(source, "EcsContainer"))
		rc = amts_aws_container(out, aws, err);
	else
		return amts_fail(err, AMTS_EAUTH,
			"profile '%s': unknown credential_source '%s'", profile, source);
	if (rc == AMTS_ENOTFOUND)
		rc = amts_fail(err, AMTS_EAUTH,
			"profile '%s': credential_source '%s' has no credentials",
			profile, source);
	return rc;
}

static int role_keys(struct amts_aws_keys *out, struct amts_aws *aws, const char *profile,
	int depth, struct amts_error *err)
{
	const char *from = amts_aws_setting(aws, profile, "source_profile");
	const char *source = amts_aws_setting(aws, profile, "credential_source");
	struct amts_aws_keys *with = AMTS_NEW(aws->arena, struct amts_aws_keys, 1);
	int rc;

	if (!amts_aws_setting(aws, profile, "role_arn") || (!from && !source))
		return AMTS_ENOTFOUND;
	if (depth >= MOST_PROFILES)
		return amts_fail(err, AMTS_EAUTH,
			"profile '%s': source_profile goes in circles", profile);
	if (amts_aws_setting(aws, profile, "mfa_serial"))
		return amts_fail(err, AMTS_EAUTH,
			"profile '%s' asks for a device's code (mfa_serial); use "
			"credential_process or keys in the environment",
			profile);
	if (!from)
		rc = source_keys(with, aws, profile, source, err);
	else if (!strcmp(from, profile))
		rc = amts_aws_file_keys(with, aws, &aws->credentials, NULL, profile,
			"the shared credentials file", err);
	else
		rc = profile_keys(with, aws, from, depth + 1, err);
	if (rc == AMTS_ENOTFOUND)
		rc = amts_fail(err, AMTS_EAUTH,
			"profile '%s': source_profile '%s' has no credentials", profile,
			from);
	return rc ? rc : amts_aws_assume_role(out, aws, profile, with, err);
}

/* What a profile says by itself, and not the machine it is used on. */
static int profile_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	const char *profile, int depth, struct amts_error *err)
{
	int rc = role_keys(out, aws, profile, depth, err);

	if (rc == AMTS_ENOTFOUND)
		rc = amts_aws_web_identity(out, aws, profile, err);
	if (rc == AMTS_ENOTFOUND)
		rc = amts_aws_sso(out, aws, profile, err);
	if (rc == AMTS_ENOTFOUND)
		rc = amts_aws_file_keys(out, aws, &aws->credentials, NULL, profile,
			"the shared credentials file", err);
	if (rc == AMTS_ENOTFOUND)
		rc = amts_aws_process(out, aws, profile, err);
	if (rc == AMTS_ENOTFOUND)
		rc = amts_aws_file_keys(out, aws, &aws->config, "profile", profile,
			"the configuration file", err);
	if (rc == AMTS_ENOTFOUND && !strcmp(profile, "default"))
		rc = amts_aws_file_keys(out, aws, &aws->config, NULL, profile,
			"the configuration file", err);
	return rc;
}

static int has_profile(const struct amts_aws *aws, const char *profile)
{
	const char *const kinds[] = { NULL, "profile" };
	size_t i, k;

	for (k = 0; k < 2; k++) {
		const struct amts_awsconf *conf = k ? &aws->config : &aws->credentials;

		for (i = 0; i < conf->n; i++)
			if (amts_awsconf_get(conf, kinds[k], profile, conf->v[i].key))
				return 1;
	}
	return !strcmp(profile, "default");
}

int amts_aws_find_keys(
	struct amts_aws_keys *out, struct amts_aws *aws, struct amts_error *err)
{
	int rc = aws->o.profile ? AMTS_ENOTFOUND : amts_aws_environment(out, aws, err);

	if (rc == AMTS_ENOTFOUND && !has_profile(aws, aws->profile))
		return amts_fail(
			err, AMTS_EAUTH, "there is no AWS profile '%s'", aws->profile);
	if (rc == AMTS_ENOTFOUND)
		rc = profile_keys(out, aws, aws->profile, 0, err);
	if (rc == AMTS_ENOTFOUND)
		rc = amts_aws_container(out, aws, err);
	if (rc == AMTS_ENOTFOUND)
		rc = amts_aws_instance(out, aws, err);
	if (rc == AMTS_ENOTFOUND)
		rc = amts_fail(err, AMTS_EAUTH,
			"no AWS credentials in the environment, in profile '%s', from a "
			"container or an instance",
			aws->profile);
	return rc;
}
