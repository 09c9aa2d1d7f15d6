#!/usr/bin/env bats
# git amts-sync eval articles: what parallel data is worth.

load helper
load amazon

# Three pages and their translations, with snapshots.  The last sentence of three.md is planted:
# it is nearly one of one.md.
project() {
	mkdir -p en zh
	page one 'Press the red button to begin the work.' 'Keep the lid of the box closed at night.' \
		>en/one.md
	page 一 '按下红色按钮开始工作。' '夜里请把箱子的盖子关好。' >zh/one.md
	page two 'Pull the lever and wait for the bell.' 'Keep the lid of every box open in summer.' \
		>en/two.md
	page 二 '拉下拉杆然后等待铃声。' '夏天请把每个盒盖都打开。' >zh/two.md
	page three 'Never open this door without a key.' 'Press the green button to begin the work.' \
		>en/three.md
	page 三 '没有钥匙不要打开这扇门。' '想要干活的话先按绿色的那个。' >zh/three.md
	for page in one two three; do cp en/$page.md zh/${page}_origin.md; done
	(cd en && commit write)
	(cd zh && commit translate)
	cd zh || return 1
	amts init --source ../en --lang zh --yes
	exits 0
}

page() { # TITLE SENTENCE SENTENCE
	printf '# %s\n\n%s\n\n%s\n' "$@"
}

@test "eval articles scores articles that are held out" {
	project
	amts eval articles --article one.md --format json
	exits 0
	json '@{$j->{articles}} == 2 && $j->{articles}[0]{path} eq "one.md"'
	json '$j->{articles}[0]{sentences} == 3'
	json '$j->{articles}[0]{systems}{plain}{translated} == 0'
	json '$j->{parallel_data}{sentences}{held_out} == 3'
	json '$j->{signatures}{bleu} =~ /tok:zh/'
	amts eval articles --article one.md --reverse --format json
	json '$j->{src_lang} eq "zh" && $j->{signatures}{bleu} =~ /tok:13a/'
}

@test "eval articles catches a planted leak" {
	project
	amts eval articles --article one.md --format json
	json '$j->{parallel_data}{sentences}{leaks} == 1'
	json '$j->{parallel_data}{paragraphs}{leaks} == 1'
	json '$j->{articles}[0]{systems}{sentences}{translated} == 0'
	amts eval articles --article two.md --format json
	json '$j->{parallel_data}{sentences}{leaks} == 0'
	json '$j->{parallel_data}{sentences}{held_out} == 3'
}

@test "eval articles holds out what an article was called before" {
	project
	git -C . mv one.md start.md
	git mv one_origin.md start_origin.md
	(cd ../en && git mv one.md start.md && commit rename)
	sed -i 's/夜里/半夜/' start.md
	commit rename
	amts eval articles --article start.md --format json
	exits 0
	json '$j->{parallel_data}{sentences}{held_out} >= 3'
	json '$j->{parallel_data}{sentences}{leaks} == 1'
}

@test "eval articles in other forms" {
	project
	amts eval articles --article one.md --html ../report.html
	exits 0
	says 'one.md, 3 sentences'
	says '1 leaks'
	says 'sentences against plain: BLEU'
	grep -q '<svg' ../report.html
	! grep -q 'http' ../report.html
	amts eval articles --article one.md --format csv
	says 'article,system,sentences,translated,bleu,chrf,ter'
	says '"one.md",plain,3,0,'
	amts eval articles --article one.md --format markdown
	says '| all | sentences | 3 |'
}

@test "eval articles without articles, or with some nobody has" {
	project
	amts eval articles
	exits 129
	amts eval articles --article nowhere.md
	exits 128
	complains "'nowhere.md' is no article"
	amts eval articles --article one.md --preset d2l
	exits 129
}

# ---- with a service ----

configured() {
	git config amts.amazon.bucket amts-test
	git config amts.amazon.roleArn arn:aws:iam::123456789012:role/translator
	git config amts.amazon.pollSeconds 0
}

# of the service: jobs it has done, what is left there
jobs_are() {
	state=$(ask state)
	[[ $state == *'"jobs": '$1,* ]]
	[[ $state == *'"objects": {}'* && $state == *'"data": {}'* ]]
}

# what does not depend on how much of it was kept
scores() {
	python3 -c 'import json, sys; print(json.load(sys.stdin)["articles"])' <<<"$stdout"
}

@test "eval articles with Amazon: a job a system, with parallel data of its own, which is removed" {
	serve
	with_keys
	project
	configured
	git config amts.amazon.pricePerMillion 15
	amts eval articles --article two.md --engine amazon --format json
	exits 0
	json '$j->{articles}[0]{systems}{plain}{translated} == 3'
	json '$j->{parallel_data}{sentences}{characters} == $j->{parallel_data}{paragraphs}{characters}'
	json '$j->{parallel_data}{sentences}{characters} > 50'
	jobs_are 3
	amts eval articles --article two.md --engine amazon
	exits 0
	does_not_say 'sent:'
	jobs_are 3
}

@test "eval articles with Amazon: parallel data makes another translation" {
	serve
	with_keys
	project
	printf '\n## The end\n' | tee -a ../en/one.md ../en/two.md one_origin.md >>two_origin.md
	printf '\n## 到此全部结束\n' >>one.md
	printf '\n## 全部结束\n' >>two.md
	(cd ../en && commit more)
	commit more
	configured
	amts eval articles --article two.md --engine amazon --format json
	exits 0
	json '$j->{articles}[0]{systems}{plain}{chrf} < $j->{articles}[0]{systems}{sentences}{chrf}'
}

@test "eval articles with Amazon, killed at any request: it goes on, and pays once" {
	serve
	with_keys
	project
	configured
	amts eval articles --article two.md --engine amazon --format json
	whole=$(scores)
	for at in 0 2 4 6 8 11 14 17 20 23; do
		ask reset '{}' >/dev/null
		rm -rf .git/amts
		# the service does its work, and its answer does not come before the kill
		ask fault "{\"match\": \"*:*\", \"skip\": $at, \"after\": true, \"delay\": 9}" >/dev/null
		timeout -s KILL 0.7 git-amts-sync eval articles --article two.md --engine amazon \
			>/dev/null 2>&1 3>&- || true
		amts eval articles --article two.md --engine amazon --format json
		exits 0
		[ "$(scores)" = "$whole" ]
		jobs_are 3
	done
}

@test "eval articles with Amazon and a limit of cost" {
	serve
	with_keys
	project
	configured
	amts eval articles --article two.md --engine amazon --max-cost 1
	exits 128
	complains 'fatal: no price is known'
	git config amts.amazon.pricePerMillion 15000000
	amts eval articles --article two.md --engine amazon --max-cost 1
	exits 128
	complains 'more than 1.00'
	jobs_are 0
}
