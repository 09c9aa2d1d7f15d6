# For tests of review branches: a source with its translation, a hub, and GitHub's double.

# The folders en and de become a source and its translation, which is configured; we are in it.
configure() {
	[ -e en/.git ] || (cd en && commit write)
	(cd de && commit translate)
	cd de || return 1
	amts init --source ../en --lang de --yes
	exits 0
	commit configure
}

# Push it to ../hub.git.
publish() {
	git init -q --bare ../hub.git
	git remote add origin ../hub.git
	git push -q origin main
}

# The services' double runs as long as the test; it stands for GitHub, with its repository ada/book.
forge() {
	coproc DOUBLE { exec python3 -B "$BATS_TEST_DIRNAME/../support/aws_double.py" 3>&-; }
	read -r port <&"${DOUBLE[0]}"
	double="http://127.0.0.1:$port"
	export GITHUB_API_URL="$double/github/" GITHUB_TOKEN=t0ken
	git config --global amts.forge github
	git config --global amts.forgeRepository ada/book
}

teardown() {
	local pid
	for pid in "$DOUBLE_PID" "$SERVER_PID"; do
		[ -z "$pid" ] || kill "$pid"
	done
}

# state EXPRESSION: true of the double's state, $j.
state() {
	perl -MHTTP::Tiny -MJSON::PP -e '
		my $r = HTTP::Tiny->new->get("$ARGV[0]/_double/state");
		my $j = decode_json($r->{content}); exit !(eval $ARGV[1]);' "$double" "$1"
}

# The branches of the open pull requests.  The double knows nothing of the hub: after a person's
# merge `pulls close` closes them.
pulls() {
	perl -MHTTP::Tiny -MJSON::PP -e '
		my ($double, $close) = @ARGV;
		my %close = (content => q({"state":"closed"}), headers => {
			authorization => "Bearer t0ken", accept => "x", "x-github-api-version" => "1" });
		my $j = decode_json(HTTP::Tiny->new->get("$double/_double/state")->{content});
		my @open = grep { $_->{state} eq "open" } @{$j->{github}{pulls}};
		$close and HTTP::Tiny->new->request("PATCH",
			"$double/github/repos/ada/book/pulls/$_->{number}", \%close) for @open;
		print join(" ", map { $_->{head}{ref} } @open), "\n";' "$double" "$@"
}
