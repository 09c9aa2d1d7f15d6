#!/usr/bin/env bats
# Secrets that were planted are nowhere: not in what is printed or traced, not in what is kept.

load helper
load amazon

# nowhere SECRET...: in the last output, the work tree, git's folder or the user's files
nowhere() {
	local secret
	for secret; do
		[ -n "$secret" ]
		case $stdout$stderr in *"$secret"*) _differs "shows $secret" ;; esac
		! grep -rqaF -e "$secret" . "$HOME" || _differs "keeps $secret"
	done
}

@test "keys of a session and what they were fetched with are not shown or kept" {
	local proof=CONTAINER-PROOF-0123456789 key=PLANTED+SECRET/0123456789 token=PLANTED-TOKEN-0123456789
	serve
	export AWS_REGION=us-east-1
	translation
	change 'Something new.'
	ask key "{\"id\": \"AKIDPLANTED\", \"secret\": \"$key\", \"token\": \"$token\"}" >/dev/null
	export AWS_ACCESS_KEY_ID=AKIDPLANTED AWS_SECRET_ACCESS_KEY=$key AWS_SESSION_TOKEN=$token
	# a service that says in its message what it was sent
	ask fault "{\"match\": \"translate:Start*\", \"status\": 400, \"body\":
		\"{\\\"__type\\\": \\\"InvalidRequestException\\\", \\\"message\\\": \\\"no: $token $key\\\"}\"}" >/dev/null
	AMTS_TRACE_CURL=1 amts sync --engine amazon
	[ "$status" != 0 ]
	complains 'no: '
	complains 'X-Amz-Security-Token: <redacted>'
	nowhere "$key" "$token"
	ask set '{"translate_polls": 9}' >/dev/null
	AMTS_TRACE_CURL=1 amts sync --engine amazon --no-wait
	exits 2
	ls .git/amts/amazon-jobs/*.job
	nowhere "$key" "$token" # in the journal

	unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
	ask set "{\"translate_polls\": 1, \"container_token\": \"$proof\"}" >/dev/null
	export AWS_CONTAINER_CREDENTIALS_FULL_URI="$double/v2/credentials"
	AWS_CONTAINER_AUTHORIZATION_TOKEN=$proof AMTS_TRACE_CURL=1 amts amazon jobs --resume
	exits 0
	complains 'Authorization: <redacted>'
	nowhere "$proof" "$key" "$token"
}
