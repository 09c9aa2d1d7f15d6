#!/usr/bin/env bats
# Files of the source that come, go, move and are split, and their translations.

load helper

# Two pages and their translations, which keep the source beside them; we are there.
project() {
	mkdir -p en zh
	file en/start.md <<-'E'
		# Start

		Press the green button at the front of the machine and wait.

		## Stop

		Pull the red lever down until the motor comes to a halt.

		Never open the lid of the machine while the motor is turning.
	E
	file en/care.md <<-'E'
		# Care

		Clean the filter once a week with warm water and a soft brush.

		Oil the hinges of the door every three months, not more often than that.

		Ask a trained person to look at the motor once in every year.
	E
	file zh/start.md <<-'E'
		# 启动

		按下机器正面的绿色按钮并等待。

		## 停止

		向下拉红色拉杆，直到电机停止。

		电机转动时切勿打开机器的盖子。
	E
	file zh/care.md <<-'E'
		# 保养

		每周用温水和软刷清洁一次过滤器。

		每三个月给门的铰链上一次油，不要更频繁。

		每年请受过培训的人员检查一次电机。
	E
	for page in start care; do cp en/$page.md zh/${page}_origin.md; done
	printf '[amts]\n\tsource = ../en\n[target "zh"]\n\tsnapshot = {dir}/{name}_origin{ext}\n' >zh/.amts
	(cd en && commit write)
	(cd zh && commit translate)
	cd zh
}

configure() { # configure KEY=VALUE...
	printf '\t%s\n' "$@" >>.amts
	commit configure
}

in_english() { # in_english COMMAND...
	(cd ../en && "$@" && commit "$*")
}

review() { # what is at PATH on the review branch
	git show "amts/zh:$1"
}

@test "a renamed source: translation, snapshot and record move with it" {
	project
	in_english git mv care.md service.md
	amts sync
	exits 0
	says 'care.md -> service.md'
	[ "$(git ls-tree --name-only amts/zh | tr '\n' ' ')" = \
		'.amts service.md service_origin.md start.md start_origin.md ' ]
	[ "$(review service.md)" = "$(cat care.md)" ]
	git log -1 --format=%b amts/zh | grep -q '^Renamed from care.md, as its source was\.$'
}

@test "a source renamed and half rewritten at once is known by what it still says" {
	project
	in_english sh -c 'git mv care.md service.md &&
		sed -i "1s/.*/# Service and repair of the whole machine/" service.md &&
		for i in 1 2 3 4 5 6; do
			printf "\nParagraph %s says something that was nowhere to be read before.\n" $i
		done >>service.md'
	amts sync
	exits 0
	says 'care.md -> service.md'
	review service.md | grep -q '每周用温水和软刷清洁一次过滤器。'
	run_apart review care.md
	exits 128
}

@test "a deleted source: the translation stays and is told about, unless configured" {
	project
	in_english git rm -q care.md
	amts status
	says 'Deleted in the source:'
	amts sync
	exits 0
	says 'nothing to do'
	configure deletedFiles=remove
	amts sync
	exits 0
	says 'care.md: removed, its source is gone'
	[ "$(git ls-tree --name-only amts/zh | tr '\n' ' ')" = '.amts start.md start_origin.md ' ]
	[ "$(git log -1 --format=%s amts/zh | cut -d' ' -f1-6)" = 'Remove care.md which is not in' ]
	amts sync
	says 'nothing to do'
}

@test "a new source file: nothing, or its text as pending" {
	project
	printf '# Warranty\n\nTwo years.\n' >../en/warranty.md
	in_english true
	amts sync
	says 'nothing to do'
	configure newFiles=source
	amts sync
	exits 0
	says 'warranty.md: 2 insert; 2 left to people'
	[ "$(review warranty.md)" = "$(cat ../en/warranty.md)" ]
	[ "$(review warranty_origin.md)" = "$(cat ../en/warranty.md)" ]
	review .amts-record | grep -q '^warranty.md	'
	amts status
	says 'warranty.md  (2 pending)'
}

@test "a new page that changes before anybody translates it stays pending" {
	project
	configure newFiles=source
	printf '# Warranty\n\nTwo years.\n' >../en/warranty.md
	in_english true
	amts sync
	in_english sed -i 's/Two/Three/' warranty.md
	amts sync
	exits 0
	says 'warranty.md: 2 insert; 2 left to people'
	amts status
	says 'warranty.md  (2 pending)'
	[ "$(review warranty.md)" = "$(cat ../en/warranty.md)" ]
}

@test "a page that was split: what people wrote goes where its source went" {
	project
	configure newFiles=source
	in_english sh -c 'sed -n "/^## Stop/,\$p" start.md >stop.md && sed -i "/^## Stop/,\$d" start.md'
	amts sync
	exits 0
	review stop.md | grep -q '向下拉红色拉杆，直到电机停止。'
	review stop.md | grep -q '电机转动时切勿打开机器的盖子。'
	[ "$(review start.md)" = '# 启动

按下机器正面的绿色按钮并等待。' ]
}

@test "two pages that became one" {
	project
	configure deletedFiles=remove
	in_english sh -c 'printf "\n" >>start.md && cat care.md >>start.md && git rm -qf care.md'
	amts sync
	exits 0
	review start.md | grep -q '每年请受过培训的人员检查一次电机。'
	run_apart review care.md
	exits 128
}

@test "what is named like a page and is none is left alone" {
	project
	printf '\0\1\2' >../en/care.md
	in_english true
	amts sync
	exits 1
	says 'care.md: left alone'
	complains 'care.md: its source is binary, not text'
	[ -z "$(git branch --list amts/zh)" ]
}

@test "what is not UTF-8 is left alone, and the others are done" {
	project
	printf 'latin \351\n' >>care.md
	git commit -qam latin
	in_english sed -i 's/$/ /; s/the/The/' care.md
	in_english sh -c 'printf "\n    new code\n" >>start.md'
	amts sync
	exits 1
	says 'care.md: left alone'
	complains 'care.md: it is not UTF-8 in line'
	review start.md | grep -q 'new code'
}

@test "keys that are none of the words" {
	project
	configure newFiles=all
	amts status
	exits 128
	complains "neither 'source' nor 'none': 'all'"
}

@test "a translation that was emptied is not done, and goes on when it is back" {
	project
	cp care.md ../care.md
	: >care.md
	git commit -qam slip
	in_english sed -i 's/brush/brush, or with compressed air/' care.md
	amts sync
	exits 1
	says 'care.md: left alone'
	complains 'care.md: it is empty: bring it back'
	amts status
	says '1 stale'
	cp ../care.md care.md
	git commit -qam back
	amts sync
	does_not_say 'care.md: left alone'
}
