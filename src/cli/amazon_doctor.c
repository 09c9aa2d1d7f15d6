/* git amts-sync amazon doctor: what is there to translate with, and what to do next. */
#include "amazon.h"

#include "amts/s3.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#define SERVICE "translate.amazonaws.com"
#define PROBE "doctor: this may be deleted\n"
#define PROBE_MAX 4096 /* an answer that refuses it is longer */
#define HELP "see contrib/aws"

enum state { FINE, MISSING, UNKNOWN };
static const char *const states[] = { "ok", "missing", "unknown" };

struct finding {
	const char *what;
	enum state state;
	const char *text;
	const char *next; /* what to do about it; NULL: nothing */
};

#define MOST_FINDINGS 16

struct doctor {
	struct cli *cli;
	struct amts_aws *aws;
	const struct amazon_opts *o;
	const char *who; /* identity */
	struct finding v[MOST_FINDINGS];
	size_t n;
};

static void add(struct doctor *d, const char *what, enum state state, const char *text,
	const char *next)
{
	d->v[d->n++] = (struct finding){ what, state,
		amts_arena_z(d->cli->arena, amts_str_z(text)),
		state == FINE ? NULL : next };
}

/* FINE when rc says so, else MISSING with the error's message. */
static int tell(struct doctor *d, const char *what, int rc, const char *value,
	const struct amts_error *err, const char *next)
{
	add(d, what, rc ? MISSING : FINE, rc ? err->msg : value, next);
	return rc;
}

/* ---- who we are ---- */

static const char *identity_hint(const struct amts_error *err)
{
	if (strstr(err->msg, "SignatureDoesNotMatch"))
		return "the secret key is not that of the access key: set both again";
	if (strstr(err->msg, "ExpiredToken"))
		return "the session is over: log in again";
	if (strstr(err->msg, "InvalidClientTokenId") ||
		strstr(err->msg, "UnrecognizedClient"))
		return "the access key is unknown: make a new one, or take another "
		       "profile";
	if (strstr(err->msg, "valid region"))
		return "set a region that there is, such as us-east-1";
	return "is the network there, and a proxy where one is needed?";
}

static int check_login(struct doctor *d)
{
	struct amts_error err = AMTS_ERROR_INIT;
	const char *value = NULL;
	int rc = amts_aws_region(&value, d->aws, &err), missing;

	missing = tell(d, "region", rc, value, &err,
		"set AWS_REGION, or git config amts.amazon.region");
	rc = amts_aws_login(&value, d->aws, &err);
	missing |= tell(d, "credentials", rc, value, &err,
		"aws configure, aws sso login, or set AWS_ACCESS_KEY_ID and "
		"AWS_SECRET_ACCESS_KEY");
	if (missing) /* no service would say more */
		return missing;
	rc = amts_aws_identity(&d->who, d->aws, d->cli->arena, &err);
	return tell(d, "identity", rc, d->who, &err, identity_hint(&err));
}

/* ---- the service ---- */

static void check_service(struct doctor *d)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_parallel_data *v;
	size_t n;
	int rc = amts_parallel_data_list(&v, &n, d->aws, d->cli->arena, &err);

	tell(d, "translate", rc,
		amts_arena_fmt(
			d->cli->arena, "can be used, %zu parallel data resources", n)
			.p,
		&err,
		rc == AMTS_EAUTH
			? "allow what caller-policy.json lists; " HELP
			: "does this region have batch translation with parallel data?");
}

/* ---- the bucket ---- */

static const char *bucket_hint(int rc)
{
	if (rc == AMTS_ENOTFOUND)
		return "create it in the service's region, or set git config "
		       "amts.amazon.bucket to one that there is";
	if (rc == AMTS_EAUTH)
		return "allow what caller-policy.json lists; " HELP;
	return "the bucket must be in the service's region";
}

/* Put, read and delete an object; it is not left behind when something fails. */
static int probe(struct doctor *d, struct amts_s3 *s3, struct amts_error *err)
{
	struct amts_error other = AMTS_ERROR_INIT;
	struct amts_arena *arena = d->cli->arena;
	const char *prefix = d->o->prefix ? d->o->prefix : "amts";
	const char *key = amts_arena_fmt(arena, "%s/doctor.txt", prefix).p;
	struct amts_str body;
	int rc = amts_s3_put(s3, key, "text/plain", AMTS_STR(PROBE), err), gone;

	if (rc)
		return rc;
	rc = amts_s3_get(&body, s3, arena, key, PROBE_MAX, err);
	if (!rc && !amts_str_eq(body, AMTS_STR(PROBE)))
		rc = amts_fail(err, AMTS_EFAIL, "'%s' is not what was put there", key);
	gone = amts_s3_delete(s3, &key, 1, &other);
	if (!rc && gone)
		*err = other;
	return rc ? rc : gone;
}

static void check_bucket(struct doctor *d)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_s3_entry *list;
	struct amts_s3 *s3 = NULL;
	size_t n;
	int rc;

	if (!d->o->bucket) {
		add(d, "bucket", MISSING, "none is configured",
			"git config amts.amazon.bucket <name>; jobs need one, engine "
			"amazon-realtime does not");
		return;
	}
	rc = amts_s3_open(&s3, d->aws, d->o->bucket, NULL, &err);
	/* A prefix that nothing has: the answer tells as much as a full list. */
	if (!rc)
		rc = amts_s3_list(
			&list, &n, s3, d->cli->arena, "amts-doctor/", 1000, &err);
	tell(d, "bucket", rc,
		amts_arena_fmt(d->cli->arena, "%s can be listed", d->o->bucket).p, &err,
		bucket_hint(rc));
	if (!rc) {
		rc = probe(d, s3, &err);
		tell(d, "objects", rc, "can be put, read and deleted", &err,
			bucket_hint(rc));
	}
	amts_s3_free(s3);
}

/* ---- the role ---- */

/* The account in "arn:aws:iam::123456789012:role/x"; NULL for what is no ARN of its kind.
 */
static struct amts_str account_of(const char *arn)
{
	const char *p = arn;
	int colons;

	for (colons = 0; p && colons < 4; colons++) {
		p = strchr(p, ':');
		p = p ? p + 1 : NULL;
	}
	return p ? (struct amts_str){ p, strcspn(p, ":") } : (struct amts_str){ 0 };
}

/* 1: it is an ARN of a role in our account. */
static int check_arn(struct doctor *d, const char *role)
{
	if (!role)
		add(d, "role", MISSING, "none is configured",
			"git config amts.amazon.roleArn <arn>; jobs need one, " HELP);
	else if (strncmp(role, "arn:aws", 7) != 0 || !strstr(role, ":role/") ||
		 account_of(role).n != 12)
		add(d, "role", MISSING,
			amts_arena_fmt(d->cli->arena, "'%s' is no role's ARN", role).p,
			"it looks like arn:aws:iam::123456789012:role/NAME");
	else if (!amts_str_eq(account_of(role), account_of(d->who)))
		add(d, "role", MISSING,
			amts_arena_fmt(d->cli->arena, "%s is of another account than %s",
				role, d->who)
				.p,
			"take a role of the account that the credentials are of");
	else
		return 1;
	return 0;
}

/* 0: there is no such role. */
static int check_trust(struct doctor *d, const char *role)
{
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_str trust;
	int rc = amts_aws_role_trust(&trust, d->aws, d->cli->arena, role, &err);

	if (rc == AMTS_EAUTH)
		add(d, "role", UNKNOWN,
			"these credentials may not look at it (iam:GetRole); the first "
			"job will tell",
			NULL);
	else if (rc)
		add(d, "role", MISSING, err.msg,
			"create it with role-trust.json and role-policy.json; " HELP);
	else if (amts_str_find(trust, AMTS_STR(SERVICE), 0) == trust.n)
		add(d, "role", MISSING, "it does not trust " SERVICE,
			"give it the trust policy of role-trust.json; " HELP);
	else
		add(d, "role", FINE, "trusts " SERVICE, NULL);
	return rc != AMTS_ENOTFOUND;
}

static void check_pass(struct doctor *d, const char *role)
{
	struct amts_error err = AMTS_ERROR_INIT;
	int yes = 0;
	int rc = amts_aws_may_pass_role(
		&yes, d->aws, d->cli->arena, d->who, role, SERVICE, &err);

	if (rc)
		add(d, "pass role", UNKNOWN,
			rc == AMTS_EAUTH ? "these credentials may not ask "
					   "(iam:SimulatePrincipalPolicy); the first job "
					   "will tell"
					 : err.msg,
			NULL);
	else if (yes)
		add(d, "pass role", FINE, "the role may be handed to the service", NULL);
	else
		add(d, "pass role", MISSING,
			"the role may not be handed to the service (iam:PassRole)",
			"allow what caller-policy.json lists; " HELP);
}

static void check_role(struct doctor *d)
{
	const char *role = d->o->role;

	if (check_arn(d, role) && check_trust(d, role))
		check_pass(d, role);
}

/* ---- findings ---- */

static void put_text(const struct doctor *d)
{
	size_t i;

	for (i = 0; i < d->n; i++) {
		const struct finding *f = &d->v[i];

		printf("%-12s", f->what);
		if (f->state != FINE)
			printf("%s: ", states[f->state]);
		cli_put_text(amts_str_z(f->text));
		putchar('\n');
		if (f->next)
			printf("%-12s  %s\n", "", f->next);
	}
}

static int put_json(const struct doctor *d, struct amts_error *err)
{
	cJSON *json = cli_json_object();
	cJSON *list = cJSON_AddArrayToObject(json, "findings");
	size_t i;

	for (i = 0; i < d->n; i++) {
		const struct finding *f = &d->v[i];
		cJSON *o = cJSON_CreateObject();

		cJSON_AddItemToArray(list, o);
		cJSON_AddStringToObject(o, "what", f->what);
		cJSON_AddStringToObject(o, "state", states[f->state]);
		cli_json_str(o, "text", amts_str_z(f->text));
		if (f->next)
			cJSON_AddStringToObject(o, "next", f->next);
	}
	return cli_json_print(json, err);
}

int amazon_doctor(struct cli *cli, struct amts_aws *aws, const struct amazon_opts *o,
	int argc, char **argv, struct amts_error *err)
{
	struct doctor d = { .cli = cli, .aws = aws, .o = o };
	int rc = AMTS_OK, missing = 0;
	size_t i;

	(void)argv;
	if (argc)
		return amts_fail(err, AMTS_EUSAGE, "doctor takes no arguments");
	if (!check_login(&d)) {
		check_service(&d);
		check_bucket(&d);
		check_role(&d);
	}
	for (i = 0; i < d.n; i++)
		missing |= d.v[i].state == MISSING;
	if (o->json)
		rc = put_json(&d, err);
	else
		put_text(&d);
	return rc ? rc : missing;
}
