#!/usr/bin/env bats
# git amts-sync amazon doctor: each thing there and missing.

load helper
load amazon

role=arn:aws:iam::123456789012:role/translator

# All is there but for what a test takes away.
well() {
	serve
	with_keys
}

doctor() {
	amts amazon doctor --bucket amts-test --role "$role" "$@"
}

@test "all is there" {
	well
	doctor
	exits 0
	is_quiet
	prints 'region      us-east-1
credentials the environment
identity    arn:aws:iam::123456789012:user/tester
translate   can be used, 0 parallel data resources
bucket      amts-test can be listed
objects     can be put, read and deleted
role        trusts translate.amazonaws.com
pass role   the role may be handed to the service'
	[[ $(ask state) == *'"objects": {}'* ]]
	! ask log | grep -q 'TranslateText\|Start'
}

@test "settings are those of git's configuration" {
	serve
	with_keys
	unset AWS_REGION
	git init -q
	git config amts.amazon.region us-east-1
	git config amts.amazon.bucket amts-test
	git config amts.amazon.roleArn $role
	amts amazon doctor
	exits 0
	says 'bucket      amts-test can be listed'
	says 'pass role   the role may be handed to the service'
}

@test "as JSON" {
	well
	doctor --json
	exits 0
	[ "$(python3 -c 'import json, sys
d = json.load(sys.stdin)
print(d["version"], {f["state"] for f in d["findings"]}, len(d["findings"]))' <<<"$stdout")" = "1 {'ok'} 8" ]
	ask set '{"s3_buckets": []}' >/dev/null
	doctor --json
	exits 1
	says '"state":"missing"'
	says '"next":"create it in'
}

@test "no region, no credentials" {
	serve
	amts amazon doctor
	exits 1
	prints "region      missing: no AWS region: set AWS_REGION, or region in profile 'default'
              set AWS_REGION, or git config amts.amazon.region
credentials missing: no AWS credentials in the environment, in profile 'default', from a container or an instance
              aws configure, aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
	with_keys
	amts amazon doctor --profile none
	exits 1
	says "credentials missing: there is no AWS profile 'none'"
}

@test "credentials that are not good" {
	well
	AWS_SECRET_ACCESS_KEY=wrong-secret doctor
	exits 1
	says "identity    missing: POST $double/: 403: SignatureDoesNotMatch"
	says '              the secret key is not that of the access key: set both again'
	AWS_ACCESS_KEY_ID=AKIDUNKNOWN doctor
	exits 1
	says '              the access key is unknown'
	doctor --region mars
	exits 1
	says "identity    missing: POST $double/: 403: InvalidSignatureException: Credential should be scoped to a valid region"
	says '              set a region that there is, such as us-east-1'
	ask fault '{"match": "sts:*", "times": -1, "error": "ExpiredToken", "status": 403}' >/dev/null
	doctor
	exits 1
	says '              the session is over: log in again'
}

@test "a service that may not be used" {
	well
	ask fault '{"match": "translate:*", "times": -1, "error": "AccessDeniedException"}' >/dev/null
	doctor
	exits 1
	says 'translate   missing: ListParallelData: '
	says 'AccessDeniedException'
	says '              allow what caller-policy.json lists'
	says 'bucket      amts-test can be listed'
}

@test "a service that is not in the region" {
	well
	AWS_ENDPOINT_URL_TRANSLATE=http://127.0.0.1:1 doctor
	exits 1
	says 'translate   missing: '
	says '              does this region have batch translation'
}

@test "no bucket, another bucket" {
	well
	amts amazon doctor --role $role
	exits 1
	says 'bucket      missing: none is configured'
	says '              git config amts.amazon.bucket <name>'
	amts amazon doctor --role $role --bucket not-there
	exits 1
	says "bucket      missing: GET $double/not-there: 404: NoSuchBucket"
	says '              create it in'
	amts amazon doctor --role $role --bucket 'No Bucket'
	exits 1
	says "bucket      missing: "
}

@test "a bucket that may not be listed, written, read or cleared" {
	well
	ask fault '{"match": "s3:List*", "error": "AccessDenied", "status": 403}' >/dev/null
	doctor
	exits 1
	says 'bucket      missing: '
	for what in Put Get Delete; do
		ask fault "{\"match\": \"s3:$what*\", \"error\": \"AccessDenied\", \"status\": 403}" >/dev/null
		doctor
		exits 1
		says 'objects     missing: '
		says 'AccessDenied'
		says '              allow what caller-policy.json lists'
		[ $what = Delete ] || [[ $(ask state) == *'"objects": {}'* ]]
	done
}

@test "a role that is not one" {
	well
	amts amazon doctor --bucket amts-test
	exits 1
	says 'role        missing: none is configured'
	role=translator doctor
	exits 1
	says "role        missing: 'translator' is no role's ARN"
	role=arn:aws:iam::999999999999:role/translator doctor
	exits 1
	says 'role        missing: arn:aws:iam::999999999999:role/translator is of another account'
	role=arn:aws:iam::123456789012:role/other doctor
	exits 1
	says 'role        missing: '
	says 'NoSuchEntity'
	says '              create it with role-trust.json'
	case $stdout in *'pass role'*) _differs "a look at handing it over" ;; esac
}

@test "a role that does not trust the service, or may not be handed over" {
	well
	ask set '{"iam_trust": "ec2.amazonaws.com", "iam_pass": "implicitDeny"}' >/dev/null
	doctor
	exits 1
	says 'role        missing: it does not trust translate.amazonaws.com'
	says 'pass role   missing: the role may not be handed to the service (iam:PassRole)'
}

@test "what may not be asked is not missing" {
	well
	ask set '{"iam_denied": ["GetRole", "SimulatePrincipalPolicy"]}' >/dev/null
	doctor
	exits 0
	says 'role        unknown: these credentials may not look at it (iam:GetRole)'
	says 'pass role   unknown: these credentials may not ask (iam:SimulatePrincipalPolicy)'
}

@test "a session is asked for as its role" {
	well
	mkdir -p "$HOME/.aws"
	printf '%s\n' '[profile work]' 'region = us-east-1' "role_arn = arn:aws:iam::123456789012:role/worker" \
		'credential_source = Environment' >"$HOME/.aws/config"
	doctor --profile work
	exits 0
	says 'identity    arn:aws:sts::123456789012:assumed-role/worker/git-amts-sync'
	says 'pass role   the role may be handed to the service'
}
