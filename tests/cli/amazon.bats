#!/usr/bin/env bats
# git amts-sync amazon, against the local server of tests/support.

load helper

# The server runs as long as the test; it is at $double.
serve() {
	coproc DOUBLE { exec python3 -B "$BATS_TEST_DIRNAME/../support/aws_double.py" 3>&-; }
	read -r port <&"${DOUBLE[0]}"
	double="http://127.0.0.1:$port"
	export AWS_ENDPOINT_URL="$double" AWS_EC2_METADATA_DISABLED=true
	unset AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
	unset AWS_SESSION_TOKEN AWS_ROLE_ARN ACTIONS_ID_TOKEN_REQUEST_URL http_proxy no_proxy
}

with_keys() {
	export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=AKIDEXAMPLE
	export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY
}

@test "doctor says what is there" {
	serve
	with_keys
	amts amazon doctor --bucket amts-test
	exits 0
	is_quiet
	prints "region      us-east-1
credentials the environment
identity    arn:aws:iam::123456789012:user/tester
bucket      amts-test can be listed"
}

@test "doctor says what is missing" {
	serve
	amts amazon doctor
	exits 1
	prints "region      missing: no AWS region: set AWS_REGION, or region in profile 'default'
credentials missing: no AWS credentials in the environment, in profile 'default', from a container or an instance"
	with_keys
	amts amazon doctor --bucket not-there
	exits 1
	says "bucket      missing: GET $double/not-there: 404: NoSuchBucket"
	AWS_SECRET_ACCESS_KEY=wrong-secret amts amazon doctor
	exits 1
	says "identity    missing: POST $double/: 403: SignatureDoesNotMatch"
	amts amazon doctor --profile none
	exits 1
	says "credentials missing: there is no AWS profile 'none'"
	amts amazon doctor --region mars
	exits 1
	says "identity    missing: POST $double/: 403: InvalidSignatureException: Credential should be scoped to a valid region"
}

@test "a profile is taken from the user's files" {
	serve
	mkdir -p "$HOME/.aws"
	printf '%s\n' '[profile dev]' 'region = us-east-1' 'aws_access_key_id = AKIDEXAMPLE' \
		'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' >"$HOME/.aws/config"
	amts amazon doctor --profile dev
	exits 0
	says "credentials the configuration file, profile 'dev'"
	printf 'nonsense\n' >"$HOME/.aws/config"
	amts amazon doctor
	exits 128
	complains "fatal: $HOME/.aws/config:1: no setting"
}

@test "the trace goes where AMTS_TRACE_CURL says, without secrets" {
	serve
	with_keys
	AMTS_TRACE_CURL=1 amts amazon doctor
	exits 0
	complains '=> Send header: POST / HTTP/1.1'
	complains '=> Send header: Authorization: <redacted>'
	complains '<= Recv header: HTTP/1.1 200 OK'
	case $stderr in *wJalr* | *Signature=*) _differs "a secret" ;; esac
	AMTS_TRACE_CURL="$PWD/trace" amts amazon doctor
	is_quiet
	grep -q '^[0-9:.]* => Send header: Host: 127.0.0.1' trace
	! grep -q 'wJalr\|Signature=' trace
	AMTS_TRACE_CURL=0 amts amazon doctor
	is_quiet
	AMTS_TRACE_CURL=nowhere amts amazon doctor
	exits 0
	complains "warning: AMTS_TRACE_CURL: 'nowhere' is neither a descriptor nor an absolute path"
}

@test "proxies of the environment are asked" {
	serve
	with_keys
	AWS_ENDPOINT_URL=http://sts.far.example http_proxy="$double" amts amazon doctor
	exits 0
	says 'identity    arn:aws:iam::123456789012:user/tester'
	AWS_ENDPOINT_URL="$double" http_proxy=http://127.0.0.1:1 no_proxy=127.0.0.1 amts amazon doctor
	exits 0
}

@test "an action that there is not" {
	amts amazon cure
	exits 129
	complains "error: unknown action 'cure'"
}
