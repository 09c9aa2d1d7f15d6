#!/usr/bin/env bats
# git amts-sync memory: files in and out, look-up, forgetting.

load helper

doors() { # a repository with a file to import
	git init -q .
	cat >doors.tmx <<-'EOF'
	<?xml version="1.0" encoding="UTF-8"?>
	<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence"
	o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>
	<tu><tuv xml:lang="en"><seg>Open the old door &amp; wait.</seg></tuv>
	<tuv xml:lang="zh" changedate="20230405T060708Z"><prop type="file">a.md</prop>
	<prop type="x-commit">0123456789abcdef</prop><prop type="x-score">0.9731</prop>
	<prop type="prev">Before it.</prop><seg>打开旧门，等待。</seg></tuv>
	<tuv xml:lang="tr"><prop type="file">b.md</prop><prop type="x-draft">yes</prop>
	<seg>Eski kapıyı aç ve bekle.</seg></tuv></tu>
	<tu><tuv xml:lang="en"><seg>Use <ph x="1">&lt;x id="1"/></ph> now.</seg></tuv>
	<tuv xml:lang="zh"><seg>现在用 <ph x="1">&lt;x id="1"/></ph>。</seg></tuv></tu>
	</body></tmx>
	EOF
}

@test "what was imported is exported, and imported again it is the same" {
	doors
	amts memory import doors.tmx
	exits 0
	says '3 pairs read, 3 of them new; the memory holds 3'
	git-amts-sync memory export >one.tmx
	git-amts-sync memory export --format jsonl >one.jsonl
	git-amts-sync memory --memory other.db import one.tmx >/dev/null
	git-amts-sync memory --memory other.db export >two.tmx
	cmp one.tmx two.tmx
	git-amts-sync memory --memory third.db import one.jsonl >/dev/null
	git-amts-sync memory --memory third.db export >three.tmx
	cmp one.tmx three.tmx
	amts memory import one.tmx
	says '3 pairs read, 0 of them new; the memory holds 3'
	grep -q 'changedate="20230405T060708Z"' one.tmx
	grep -q '<prop type="x-score">0.9731</prop>' one.tmx
}

@test "pairs of a project answer as its own documents do, in any format" {
	git init -q en
	git init -q zh
	printf '[target "zh"]\n\turl = ../zh\n\tsnapshot = {dir}/{name}_origin{ext}\n' | file en/.amts
	printf '# Tea\n\nRun `brew` now, see [the book](a.md) for $x$.\n\nUse `a` before `b`.\n' | file en/tea.md
	printf '# 茶\n\n现在运行 `brew`，$x$ 见[书](a.md)。\n\n在 `b` 之前用 `a`。\n' | file zh/tea.md
	cp en/tea.md zh/tea_origin.md
	(cd en && commit)
	(cd zh && commit)
	cd en
	ask() { # what two sentences have in a memory
		git-amts-sync memory "$@" lookup --tgt-lang zh 'Run `brew` now, see [the book](a.md) for $x$.'
		git-amts-sync memory "$@" lookup --tgt-lang zh 'Use `x` before `y`.'
	}
	git-amts-sync pairs --format tmx >tea.tmx
	ask | grep '^ *100\|x id' >own
	grep -q '在 <x id="2"/> 之前用 <x id="1"/>。' own
	for format in tsv csv tmx jsonl; do
		git-amts-sync pairs --format $format >tea.$format
		git-amts-sync memory --memory $format.db import --src-lang en --tgt-lang zh tea.$format >/dev/null
		ask --memory $format.db | grep '^ *100\|x id' >read
		cmp own read || _differs "$format: $(cat read)"
	done
}

@test "exported TMX is valid" {
	doors
	command -v xmllint >/dev/null || skip 'no xmllint'
	git-amts-sync memory import doors.tmx >/dev/null
	git-amts-sync memory export >out.tmx
	xmllint --noout --nonet --dtdvalid "$BATS_TEST_DIRNAME/data/tmx14.dtd" out.tmx
	git-amts-sync memory export --profile amazon >amazon.tmx 2>log
	xmllint --noout --nonet --dtdvalid "$BATS_TEST_DIRNAME/data/tmx14.dtd" amazon.tmx
	[ ! -s log ]
}

@test "translate-toolkit reads it" {
	doors
	for python in python3 /usr/bin/python3; do
		"$python" -c 'import translate.storage.tmx' 2>/dev/null && break
		python=
	done
	[ -n "$python" ] || skip 'no translate-toolkit'
	git-amts-sync memory import doors.tmx >/dev/null
	git-amts-sync memory export --tgt-lang zh >zh.tmx
	"$python" -c '
from translate.storage import tmx
for u in tmx.tmxfile.parsefile("zh.tmx").units:
    print(u.source, "|", u.target)' >out
	grep -qx 'Open the old door & wait. | 打开旧门，等待。' out || _differs "$(cat out)"
}

@test "CSV and TSV with a row of languages, several targets in one file" {
	doors
	git-amts-sync memory import doors.tmx >/dev/null
	git-amts-sync memory export --format csv --profile amazon >a.csv 2>/dev/null
	[ "$(cat a.csv)" = "$(printf 'en,tr,zh\nOpen the old door & wait.,Eski kapıyı aç ve bekle.,打开旧门，等待。\nUse x1 now.,,现在用 x1。\n')" ] || _differs "$(cat a.csv)"
	git-amts-sync memory --memory b.db import a.csv >/dev/null
	git-amts-sync memory --memory b.db export --format tsv --tgt-lang zh >zh.tsv
	[ "$(head -n 1 zh.tsv)" = $'Open the old door & wait.\t打开旧门，等待。' ] || _differs "$(cat zh.tsv)"
	amts memory import zh.tsv
	exits 129
	complains 'say which languages it holds'
	amts memory import --src-lang en --tgt-lang zh zh.tsv
	exits 0
}

@test "lookup says how similar and where from" {
	doors
	git-amts-sync memory import doors.tmx >/dev/null
	amts memory lookup --tgt-lang zh 'open the old door & WAIT.'
	exits 0
	says ' 99  Open the old door & wait.'
	says 'a.md@0123456789, 2023-04-05'
	amts memory lookup --tgt-lang tr 'Open the old door and wait.'
	says 'b.md, draft'
	amts memory lookup --tgt-lang zh --json 'Open the old door & wait.'
	says '"score":100'
}

@test "what is forgotten is gone, from the file too" {
	doors
	git-amts-sync memory import doors.tmx >/dev/null
	amts memory forget
	exits 129
	amts memory forget --path 'b.*'
	says '1 pair forgotten'
	! grep -aq bekle .git/amts/memory.db
	amts memory forget --tgt-lang zh
	says '2 pairs forgotten'
	! grep -aq 打开旧门 .git/amts/memory.db*
	git-amts-sync memory import doors.tmx >/dev/null
	amts memory forget --drafts
	says '1 pair forgotten'
	amts memory forget --all
	says '2 pairs forgotten'
	amts memory stats
	does_not_say pairs
}

@test "errors" {
	doors
	amts memory
	exits 129
	amts memory frobnicate
	exits 129
	amts memory stats
	exits 128
	complains 'no translation memory at'
	printf 'x' >a.txt
	amts memory import a.txt
	exits 129
	complains "say which with '--format'"
	printf '<tmx><body><tu>' >bad.tmx
	amts memory import bad.tmx
	exits 128
	complains 'bad.tmx:1: '
	amts memory --memory a.txt import doors.tmx
	exits 128
	complains "'a.txt' is no translation memory"
}
