#!/usr/bin/env bats
# git amts-sync eval: what the program would have saved a project.

load helper

# A page with code, translated with a snapshot beside it; then people follow two changes of the
# source: one of code, one of text.
project() {
	mkdir -p en zh
	page 'Press the button to begin with it.' 'run --fast' >en/start.md
	page '按下按钮开始。' 'run --fast' >zh/start.md
	cp en/start.md zh/start_origin.md
	(cd en && commit write)
	(cd zh && commit translate)
	page 'Press the button to begin with it.' 'run --slow' >en/start.md
	page '按下按钮开始。' 'run --slow' >zh/start.md
	cp en/start.md zh/start_origin.md
	(cd en && commit slower)
	(cd zh && commit 'follow the code')
	page 'Pull the lever down and hold it there.' 'run --slow' >en/start.md
	page '把拉杆拉下来并按住。' 'run --slow' >zh/start.md
	cp en/start.md zh/start_origin.md
	(cd en && commit lever)
	(cd zh && commit 'follow the text')
	cd zh || return 1
	amts init --source ../en --lang zh --yes
	exits 0
}

page() { # TEXT CODE
	printf '# Start\n\n%s\n\n```sh\n%s\n```\n\n' "$1" "$2"
}

@test "eval replay counts what each sync of the history would have saved" {
	project
	amts eval replay --format json
	exits 0
	is_quiet
	json '@{$j->{targets}[0]{cases}} == 2'
	json '$j->{targets}[0]{total}{syncs} == 2 && $j->{targets}[0]{total}{exact} == 1'
	json '$j->{targets}[0]{total}{lines} == 4 && $j->{targets}[0]{total}{lines_left} == 2'
	json '$j->{targets}[0]{cases}[0]{lines_left} == 0'
	json '$j->{targets}[0]{total}{classes}{code}{lines} == 2'
	json '$j->{targets}[0]{years}[0]{year} == 2023'
}

@test "eval replay as a table for people and for a page" {
	project
	amts eval replay
	exits 0
	says 'zh              2   50.0%        4   50.0%'
	says 'code            2 lines edited,  100.0% saved'
	amts eval replay --format markdown
	says '| zh | 2 | 50.0% | 4 | 50.0% |'
	amts eval replay nowhere.md
	says 'zh: nobody has brought a page to a newer source yet'
}

@test "eval replay leaves out first translations and snapshots alone" {
	project
	cp start.md other.md
	printf '\nMore.\n' >>start_origin.md
	commit 'a snapshot alone'
	amts eval replay --format json
	json '@{$j->{targets}[0]{cases}} == 2'
}

@test "an evaluation nobody knows" {
	project
	amts eval nothing
	exits 129
	complains "unknown evaluation 'nothing'"
}

@test "eval pairs tells how good a file of pairs is" {
	{
		printf 'Press the red button now.\tDrücken Sie den roten Knopf jetzt.\n'
		printf 'Press the red button now.\tDrücken Sie den roten Knopf jetzt.\n'
		printf 'Wait for the second light.\tWait for the second light.\n'
	} >x.tsv
	amts eval pairs --src-lang en --tgt-lang de --sample 1 x.tsv
	exits 0
	is_quiet
	says 'pairs               3'
	says '  different         2'
	says 'duplicate         1'
	says 'untranslated      1'
	does_not_say confidence
	amts eval pairs --src-lang en --tgt-lang de --format json x.tsv
	json '$j->{corpora}[0]{unique} == 2 && @{$j->{corpora}[0]{sample}} == 3'
	json '!exists $j->{corpora}[0]{scores}'
	printf '{"src_lang":"en","tgt_lang":"de","src":"a b","tgt":"c d","score":0.55}\n' >x.jsonl
	amts eval pairs --format json x.jsonl
	json '$j->{corpora}[0]{scores}[5] == 1'
	amts eval pairs --format markdown x.jsonl
	exits 129
	amts eval pairs x.txt
	exits 129
}
