/* What AWS Identity and Access Management tells of roles and permissions (IAM API
 * Reference, 2010-05-08). */
#include "net/aws.h"
#include "net/url.h"
#include "net/xml.h"

#include <string.h>

/* The answer to a form; the document is the caller's to free. */
static int ask(struct amts_xml **out, struct amts_aws *aws, struct amts_arena *arena,
	const struct amts_buf *form, struct amts_error *err)
{
	struct amts_http_reply reply;
	int rc = amts_aws_send_form(&reply, aws, amts_aws_http(aws), arena, "iam",
		amts_buf_str(form), NULL, 1, err);

	return rc ? rc : amts_xml_parse(out, reply.body, "answer of IAM", err);
}

int amts_aws_role_trust(struct amts_str *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *role_arn, struct amts_error *err)
{
	const char *slash = strrchr(role_arn, '/');
	struct amts_buf form = AMTS_BUF_INIT, text = AMTS_BUF_INIT;
	const struct amts_xml_element *role;
	struct amts_xml *doc;
	int rc;

	amts_buf_addz(&form, "Action=GetRole&Version=2010-05-08");
	amts_aws_add_field(&form, "RoleName", slash ? slash + 1 : role_arn);
	rc = ask(&doc, aws, arena, &form, err);
	amts_buf_release(&form);
	if (rc)
		return rc;
	role = amts_xml_child(
		amts_xml_child(amts_xml_root(doc), "GetRoleResult"), "Role");
	amts_url_decode(&text,
		amts_str_z(amts_xml_text(role, "AssumeRolePolicyDocument", arena)));
	*out = amts_arena_str(arena, amts_buf_str(&text));
	amts_buf_release(&text);
	amts_xml_free(doc);
	return AMTS_OK;
}

/* Of a session ("arn:aws:sts::1:assumed-role/NAME/SESSION") the role has the policies. */
static const char *principal(struct amts_arena *arena, const char *who)
{
	static const char session[] = ":assumed-role/";
	const char *at = strstr(who, session), *sts = strstr(who, ":sts:");
	const char *name = at ? at + sizeof(session) - 1 : NULL;

	if (!at || !sts || sts > at)
		return who;
	return amts_arena_fmt(arena, "%.*s:iam:%.*s:role/%.*s", (int)(sts - who), who,
		(int)(at - sts - 5), sts + 5, (int)strcspn(name, "/"), name)
		.p;
}

int amts_aws_may_pass_role(int *out, struct amts_aws *aws, struct amts_arena *arena,
	const char *who, const char *role_arn, const char *service,
	struct amts_error *err)
{
	const struct amts_xml_element *e;
	struct amts_buf form = AMTS_BUF_INIT;
	struct amts_xml *doc;
	int rc;

	amts_buf_addz(&form, "Action=SimulatePrincipalPolicy&Version=2010-05-08");
	amts_aws_add_field(&form, "PolicySourceArn", principal(arena, who));
	amts_aws_add_field(&form, "ActionNames.member.1", "iam:PassRole");
	amts_aws_add_field(&form, "ResourceArns.member.1", role_arn);
	amts_aws_add_field(
		&form, "ContextEntries.member.1.ContextKeyName", "iam:PassedToService");
	amts_aws_add_field(&form, "ContextEntries.member.1.ContextKeyType", "string");
	amts_aws_add_field(
		&form, "ContextEntries.member.1.ContextKeyValues.member.1", service);
	rc = ask(&doc, aws, arena, &form, err);
	amts_buf_release(&form);
	if (rc)
		return rc;
	e = amts_xml_child(amts_xml_root(doc), "SimulatePrincipalPolicyResult");
	e = amts_xml_child(amts_xml_child(e, "EvaluationResults"), "member");
	*out = !strcmp(amts_xml_text(e, "EvalDecision", arena), "allowed");
	amts_xml_free(doc);
	return AMTS_OK;
}
