#!/usr/bin/env bats
# Properties of merging on real pages: the reference data when it is there, else pages of our
# own.  Every tenth page by default; AMTS_EVERY=1 takes them all.

load helper

# pages LANG: lines "SOURCE <tab> TRANSLATION" of pages with the source they were made from
pages() {
	local every=${AMTS_EVERY:-10}

	if [ -e "$DATA/repos/d2l-$1.bundle" ]; then
		[ -d "$1" ] || reference "d2l-$1" "$1"
		find "$1" -name '*_origin.md' | LC_ALL=C sort | awk -v n="$every" 'NR % n == 1 || n == 1' |
			sed 's/^\(.*\)_origin\.md$/\1_origin.md\t\1.md/'
	else
		printf '# Guide\n\nRead the manual.\n\n- one thing\n- another\n' >source.md
		printf '# 指南\n\n请阅读手册。\n\n- 一件事\n- 另一件\n' >target.md
		printf 'source.md\ttarget.md\n'
	fi
}

inserting_at_the_top() {
	local lang=$1 src tgt n=0

	while IFS=$'\t' read -r src tgt; do
		[ -f "$tgt" ] || continue
		{ printf '# A heading\n\nAnd a new paragraph under it.\n\n'; cat "$src"; } >head.md
		git-amts-sync merge-file --tgt-lang "$lang" -p "$src" head.md "$tgt" >out.md 2>log ||
			[ $? -eq 1 ] || { cat log; return 1; }
		tail -c "$(wc -c <"$tgt")" out.md | cmp - "$tgt" ||
			{ echo "$tgt: changed below what was put in"; return 1; }
		[ "$(wc -c <out.md)" -gt "$(wc -c <"$tgt")" ] ||
			{ echo "$tgt: nothing was put in"; return 1; }
		n=$((n + 1))
	done < <(pages "$lang")
	[ "$n" -gt 0 ]
}

@test "a heading and a paragraph at the top change nothing else: Chinese" {
	inserting_at_the_top zh
}

@test "a heading and a paragraph at the top change nothing else: Turkish" {
	inserting_at_the_top tr
}

@test "merging a page with a source that did not change gives the page" {
	local src tgt

	while IFS=$'\t' read -r src tgt; do
		[ -f "$tgt" ] || continue
		git-amts-sync merge-file --tgt-lang zh -p "$src" "$src" "$tgt" | cmp - "$tgt"
	done < <(pages zh)
}

@test "merging again what was merged changes nothing" {
	local dir lang found=0

	for dir in "$DATA"/replay/*/*/; do
		[ -f "$dir/meta.json" ] || continue
		found=$((found + 1))
		[ $((found % ${AMTS_EVERY:-10})) -eq 0 ] || continue
		lang=$(sed -n 's/^ *"lang": "\(.*\)",*$/\1/p' "$dir/meta.json")
		git-amts-sync merge-file --tgt-lang "${lang:-zh}" -p "$dir/en_old.md" "$dir/en_new.md" \
			"$dir/tr_old.md" >once.md 2>/dev/null || [ $? -eq 1 ]
		git-amts-sync merge-file --tgt-lang "${lang:-zh}" -p "$dir/en_old.md" "$dir/en_new.md" \
			once.md >twice.md 2>/dev/null || [ $? -eq 1 ]
		cmp once.md twice.md || { echo "$dir"; return 1; }
	done
	[ "$found" -gt 0 ] || skip 'no reference data'
}

# units a person is told of as left to people: table rows are left cell by cell, and the marker
# and the id around a heading's or an item's words follow
changed_pending() {
	python3 - "$1" <<-'EOF'
		import json, sys
		for u in json.load(open(sys.argv[1]))["units"]:
		    if u["action"] == "pending" and u["tgt_change"] and \
		       u["kind"] not in ("table-row", "heading", "list-item"):
		        sys.exit("line %d: %s: %s" % (u["tgt_line"], u["reason"], u["tgt_change"]))
	EOF
}

@test "what is left to people stays as it is" {
	local dir lang found=0

	for dir in "$DATA"/replay/*/*/; do
		[ -f "$dir/meta.json" ] || continue
		found=$((found + 1))
		[ $((found % ${AMTS_EVERY:-10})) -eq 0 ] || continue
		lang=$(sed -n 's/^ *"lang": "\(.*\)",*$/\1/p' "$dir/meta.json")
		git-amts-sync merge-file --tgt-lang "${lang:-zh}" -p --report report.json "$dir/en_old.md" \
			"$dir/en_new.md" "$dir/tr_old.md" >/dev/null 2>&1 || [ $? -eq 1 ]
		changed_pending report.json || { echo "$dir"; return 1; }
	done
	[ "$found" -gt 0 ] || skip 'no reference data'
}
