# For tests of git amts-sync against the local server of tests/support.

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

# ask WHAT [JSON]: the server's own entrance.  Asked so often that no program is started for it.
ask() {
	local method=GET body=${2-} line status
	[ -z "$body" ] || method=POST
	exec 8<>"/dev/tcp/127.0.0.1/$port"
	printf '%s /_double/%s HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s' \
		$method "$1" ${#body} "$body" >&8 # bytes: LC_ALL is C
	read -r status <&8
	while read -r line && [ "$line" != $'\r' ]; do :; done <&8
	cat <&8
	exec 8>&-
	case $status in *' 200 '*) ;; *) echo "$status" >&2 && return 1 ;; esac
}

# A Chinese translation of one page, configured for a bucket; we are in it.
translation() {
	mkdir -p en zh
	printf '# Start\n\nPress the button.\n\nRead the rest.\n' >en/start.md
	printf '# 开始\n\n按下按钮。\n\n请读其余部分。\n' >zh/start.md
	printf '# More\n\nThere is more.\n' >en/more.md
	printf '# 更多\n\n还有更多。\n' >zh/more.md
	cp en/start.md zh/start_origin.md
	cp en/more.md zh/more_origin.md
	(cd en && commit write)
	(cd zh && commit translate)
	cd zh || return 1
	git-amts-sync init --source ../en --lang zh --yes >/dev/null
	commit configure
	git config --global amts.amazon.bucket amts-test
	git config --global amts.amazon.roleArn arn:aws:iam::123456789012:role/translator
	git config --global amts.amazon.pollSeconds 0
}

change() { # change LINE...: appended to the English, each a paragraph
	printf '\n%s\n' "$@" >>../en/start.md
	(cd ../en && commit change)
}

many() { # many N: so many new paragraphs
	local i
	for ((i = 0; i < $1; i++)); do
		printf '\nNew sentence number %d.\n' "$i"
	done >>../en/start.md
	(cd ../en && commit change)
}
