#!/usr/bin/env bats
# git amts-sync eval articles: what parallel data is worth.

load helper

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
