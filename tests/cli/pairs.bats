#!/usr/bin/env bats
# git amts-sync pairs: what corresponds in documents and their translations.

load helper

two_files() {
	file en.md <<'END'
# Tea

Boil `500 ml` of water, see [the kettle](kettle.md). Pour it over the leaves.

| Leaf | Minutes |
|-----|---------|
| green | 2 |
END
	file zh.md <<'END'
# 茶

烧开 `500 ml` 水，参见[水壶](kettle.md)。把水倒在茶叶上。

| 叶 | 分钟 |
|----|------|
| 绿茶 | 2 |
END
}

@test "sentences of two files" {
	two_files
	amts pairs --tgt-lang zh en.md zh.md
	exits 0
	is_quiet
	prints 'Tea	茶
Boil `500 ml` of water, see [the kettle](kettle.md).	烧开 `500 ml` 水，参见[水壶](kettle.md)。
Pour it over the leaves.	把水倒在茶叶上。
Leaf	叶
Minutes	分钟
green	绿茶'
}

@test "paragraphs, and rows of tables" {
	two_files
	amts pairs --tgt-lang zh --unit paragraph --format tsv en.md zh.md
	exits 0
	says 'leaves.	烧开'
	says 'green | 2	绿茶 | 2'
}

@test "plain text" {
	printf 'The cat sleeps.\nIt snores.\n' >en.txt
	printf '猫在睡觉。\n它打呼噜。\n' >zh.txt
	amts pairs --plain --tgt-lang zh en.txt zh.txt
	exits 0
	prints 'The cat sleeps.	猫在睡觉。
It snores.	它打呼噜。'
}

@test "what is not sure enough is left out" {
	two_files
	amts pairs --tgt-lang zh --min-score 1 en.md zh.md
	exits 0
	does_not_say 'leaves'
}

@test "wrong arguments" {
	two_files
	amts pairs en.md zh.md
	exits 129
	complains "option 'tgt-lang' is required"
	for score in 1.1 high '' -1 .; do
		amts pairs --tgt-lang zh --min-score "$score" en.md zh.md
		exits 129
		complains 'a number from 0 to 1'
	done
	amts pairs --tgt-lang zh en.md
	exits 129
	amts pairs --tgt-lang zh en.md none.md
	exits 128
	complains 'none.md'
}

# A source and a target with two pages, the second of which is in review.
repositories() {
	mkdir en zh
	printf '# Tea\n\nPour it over the leaves.\n' | file en/tea.md
	printf '# Milk\n\nIt comes last of all.\n' | file en/milk.md
	printf '[target "zh"]\n\turl = ../zh\n\tsnapshot = {dir}/{name}_origin{ext}\n' | file en/.amts
	printf '# 茶\n\n把水倒在茶叶上。\n' | file zh/tea.md
	printf '# 牛奶\n\n最后才加。\n' | file zh/milk.md
	cp en/tea.md zh/tea_origin.md
	cp en/milk.md zh/milk_origin.md
	(cd en && commit)
	(cd zh && commit)
}

@test "all pages of a repository, in the order of their paths" {
	repositories
	cd en
	amts pairs
	exits 0
	is_quiet
	prints 'Milk	牛奶
It comes last of all.	最后才加。
Tea	茶
Pour it over the leaves.	把水倒在茶叶上。'
	amts pairs --lang zh --unit paragraph --offline
	exits 0
	says 'Tea	茶'
}

@test "what nobody reviewed, and what is pending, is no pair" {
	repositories
	cd en
	printf '# Milk\n\nIt comes before the tea, or not at all.\n' | file milk.md
	commit
	git-amts-sync sync
	amts pairs
	says 'It comes last of all.	最后才加。'
	git -C ../zh merge -q amts/zh
	amts pairs
	exits 0
	prints 'Milk	牛奶
It comes last of all.	最后才加。
Tea	茶
Pour it over the leaves.	把水倒在茶叶上。'
}

@test "wrong arguments in a repository" {
	repositories
	cd en
	printf '[target "tr"]\n\turl = ../zh\n' >>.amts
	amts pairs
	exits 129
	complains 'choose one with'
	amts pairs --lang pt
	exits 129
	amts pairs --lang zh --tgt-lang zh
	exits 129
	complains 'go with two files'
	cd ..
	amts pairs
	exits 128
}

@test "other formats" {
	printf 'The cat "sleeps".\nIt snores, loudly.\n' >en.txt
	printf '猫在睡觉。\n它打呼噜。\n' >zh.txt
	amts pairs --plain --tgt-lang zh --format csv en.txt zh.txt
	prints 'en,zh
"The cat ""sleeps"".",猫在睡觉。
"It snores, loudly.",它打呼噜。'
	amts pairs --plain --tgt-lang zh --format jsonl en.txt zh.txt
	says '{"src_lang":"en","tgt_lang":"zh","src":"The cat \"sleeps\".","tgt":"猫在睡觉。","path":"zh.txt"'
	git-amts-sync pairs --plain --tgt-lang zh --format tmx en.txt zh.txt >out.tmx
	git-amts-sync pairs --plain --tgt-lang zh --format tmx en.txt zh.txt | cmp - out.tmx
	grep -q '<prop type="file">zh.txt</prop>' out.tmx
	amts pairs out.tmx
	prints 'The cat "sleeps".	猫在睡觉。
It snores, loudly.	它打呼噜。'
	! command -v xmllint >/dev/null ||
		xmllint --noout --nonet --dtdvalid "$BATS_TEST_DIRNAME/data/tmx14.dtd" out.tmx
}

@test "the rules of Amazon's parallel data" {
	{
		printf 'en\tzh-CN\ttr\n'
		printf 'The old door is open.\t旧门开着。\tEski kapı açık.\n'
		printf -- '- The new door is closed.\t- 新门关着。\t- Yeni kapı kapalı.\n'
		printf 'The old door is open.\t那扇旧门开着。\t\n'
	} >all.tsv
	amts pairs all.tsv --format tsv --profile amazon
	exits 0
	prints 'en	zh	tr
The old door is open.	那扇旧门开着。	Eski kapı açık.'
	complains 'left out: 2 beginning with + - = or @, 1 with another wording taken'
	amts pairs all.tsv --format jsonl --profile amazon
	exits 129
}

@test "two folders of web pages" {
	mkdir -p en/a zh/a en/.hidden
	printf '<nav>Home</nav><main><h1>Tea</h1><p>Boil the water. Pour it over the <b>leaves</b>.</main>' |
		file en/a/tea.html
	printf '<nav>首页</nav><main><h1>茶</h1><p>烧开水。把水倒在<b>茶叶</b>上。</main>' |
		file zh/a/tea.html
	printf 'It comes last of all.\n\nAnd it is\ncold.\n' | file en/milk.en.txt
	printf '最后才加。\n\n而且是\n冷的。\n' | file zh/milk.zh.txt
	printf '# Only here\n' | file en/only.md
	printf '# Hidden\n' | file en/.hidden/x.md
	ln -s .. en/loop
	amts pairs --tgt-lang zh en zh
	exits 0
	prints 'Tea	茶
Boil the water.	烧开水。
Pour it over the leaves.	把水倒在茶叶上。
It comes last of all.	最后才加。
And it is cold.	而且是冷的。'
	amts pairs --tgt-lang zh --unit paragraph en zh
	says 'Boil the water. Pour it over the leaves.	烧开水。把水倒在茶叶上。'
	amts pairs --tgt-lang zh en zh/milk.zh.txt
	exits 129
	amts pairs --tgt-lang zh en/only.md zh/milk.zh.txt
	exits 129
	complains 'not both markdown'
	mkdir empty
	amts pairs --tgt-lang zh en empty
	exits 128
	complains 'no file of'
}

@test "several languages in one file" {
	repositories
	mkdir tr
	printf '# Çay\n\nYaprakların üzerine dök.\n' | file tr/tea.md
	cp en/tea.md tr/tea_origin.md
	(cd tr && commit)
	cd en
	printf '[target "tr"]\n\turl = ../tr\n\tsnapshot = {dir}/{name}_origin{ext}\n' >>.amts
	amts pairs --lang zh --lang tr --format csv
	exits 0
	says 'en,zh,tr'
	says 'Tea,茶,Çay'
	says 'It comes last of all.,最后才加。,'
}
