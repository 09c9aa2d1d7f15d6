/* Git's configuration syntax and patterns, compared with git. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/gitconf.h"
#include "base/wildmatch.h"
#include "gitbox.h"

static int list(const struct amts_gitconf_entry *e, void *payload, struct amts_error *err)
{
	(void)err;
	amts_buf_addf(payload, e->value ? "%s\n%s%c" : "%s%s%c", e->key,
		e->value ? e->value : "", '\0');
	return AMTS_OK;
}

static int parse(struct amts_buf *out, const char *text, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	int rc = amts_gitconf_parse(arena, amts_str_z(text), ".amts", list, out, err);

	amts_arena_free(arena);
	return rc;
}

static const char *const files[] = {
	"",
	"[amts]\n\tsourceLanguage = en\n\tinclude = **/*.md\n",
	("[target \"zh\"]\n\turl = ../d2l-zh\n"
	 "[target \"pt-BR\"]\n\tPath={dir}/{name}_origin{ext}\n"),
	"\xef\xbb\xbf[a]\nb=c",
	"[a]b = c\n[a] ; comment\n# comment\n\n  d\n",
	"[a]\r\n\tb = c\r\n\td = e ; f\r\n",
	"[a]\n\tb = \"  quoted # ; \" and not  # comment\n",
	"[a]\n\tb = x\\ty\\nz\\\"q\\\\\n",
	"[a]\n\tb = one \\\n   two\n\tc = after\n",
	"[a]\n\tb =\n\tc = \"\"\n\td\n\te=  \n",
	"[a.B.c]\n\td = 1\n[X-y \"Sub \\\"q\\\" \\\\ s\"]\n\tKey-1 = v\n",
	"[a]\n\tb = \xe4\xb8\xad\xe6\x96\x87 \xff bytes\n",
	"[a]\n\tb = c\n\tb = d\n[include]\n\tpath = nowhere\n",
	"[a]\n\tb = unfinished at the end \\",
};

static void reads_what_git_reads(void **state)
{
	const char *const git_list[] = { "git", "config", "-z", "--no-includes", "-f",
		"f", "--list", NULL };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct amts_buf got = AMTS_BUF_INIT, want = AMTS_BUF_INIT,
				msg = AMTS_BUF_INIT;
		int status;

		put("f", files[i]);
		ok(amts_process_run(&status, &want, &msg, git_list, err));
		assert_int_equal(status, 0);
		ok(parse(&got, files[i], err));
		if (got.n != want.n || memcmp(got.p, want.p, got.n))
			fail_msg("file %zu: \"%s\", git: \"%s\"", i, got.p, want.p);
		amts_buf_release(&got);
		amts_buf_release(&want);
		amts_buf_release(&msg);
	}
}

static void refuses_what_git_refuses(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "[a]\n\n=b\n", ".amts:3: bad line" },
		{ "[a]\n1b = c\n", ".amts:2: bad line" },
		{ "[a]\nb c\n", ".amts:2: '=' missing" },
		{ "[a]\nb_c = d\n", ".amts:2: '=' missing" },
		{ "[a\n", ".amts:1: bad section name" },
		{ "[]\n", ".amts:1: bad section name" },
		{ "[a \"b]\n", ".amts:1: unfinished section name" },
		{ "[a \"b\" ]\n", ".amts:1: ']' missing" },
		{ "[a]\nb = \"c\n", ".amts:2: unfinished quote" },
		{ "[a]\nb = \\x\n", ".amts:2: bad escape" },
		{ "[a]\nb = \"c", ".amts:2: unfinished quote" },
	};
	const char *const git_list[] = { "git", "config", "-f", "f", "--list", NULL };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct amts_buf got = AMTS_BUF_INIT, msg = AMTS_BUF_INIT;
		int status;

		put("f", bad[i].text);
		ok(amts_process_run(&status, &got, &msg, git_list, err));
		if (!status)
			fail_msg("git takes: %s", bad[i].text);
		fails(parse(&got, bad[i].text, err), AMTS_EPARSE, bad[i].says);
		amts_buf_release(&got);
		amts_buf_release(&msg);
	}
	fails(parse(NULL, "a = b\n", err), AMTS_EPARSE,
		".amts:1: key outside of a section");
}

static void refuses_nul_and_survives_any_bytes(void **state)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf got = AMTS_BUF_INIT;
	struct amts_error ignored;
	char noise[64];
	unsigned seed = 1;
	size_t i, k;

	(void)state;
	fails(amts_gitconf_parse(arena, (struct amts_str){ "[a]\nb=\0c", 8 }, ".amts",
		      list, &got, err),
		AMTS_EPARSE, ".amts:2: NUL byte");
	for (i = 0; i < 20000; i++) {
		for (k = 0; k < sizeof(noise); k++)
			noise[k] = "[]\"\\=#;\n\r\t aB.-1"
				[(seed = seed * 1103515245 + 12345) >> 16 & 15];
		(void)!amts_gitconf_parse(arena,
			(struct amts_str){ noise, 1 + i % sizeof(noise) }, "f", list,
			&got, &ignored);
	}
	amts_buf_release(&got);
	amts_arena_free(arena);
}

static void reads_what_git_hands_over(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "'amts.engine'='mock'", "amts.engine\nmock;" },
		{ "'amts.engine=mock'", "amts.engine\nmock;" },
		{ "'AMTS.Zh-TW.URL'='../x y' 'a.b'", "amts.Zh-TW.url\n../x y;a.b;" },
		{ "'a.b'=  'a.c'=''", "a.b;a.c\n;" },
		{ "'a.b'='it'\\''s'", "a.b\nit's;" },
		{ "'a.b'='x'\\!'=y'", "a.b\nx!=y;" },
	};
	static const char *const bad[] = { "a.b=c", "'a.b", "'a.b'='c", "'a.b'=c",
		"'ab'='c'", "'a.1'='c'", "'.b'='c'", "'a!.b'='c'" };
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf got = AMTS_BUF_INIT;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		amts_buf_reset(&got);
		ok(amts_gitconf_parameters(arena, cases[i].text, list, &got, err));
		for (k = 0; k < got.n; k++)
			if (!got.p[k])
				got.p[k] = ';';
		assert_string_equal(got.p, cases[i].want);
	}
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct amts_error e = AMTS_ERROR_INIT;

		assert_true(amts_gitconf_parameters(arena, bad[i], list, &got, &e) < 0);
	}
	amts_buf_release(&got);
	amts_arena_free(arena);
}

static void reads_what_git_really_sets(void **state)
{
	const char *const show[] = { "git", "-c", "amts.zh.url=../it's here", "-c",
		"amts.flag", "-c", "amts.empty=", "-c",
		"alias.p=!printenv GIT_CONFIG_PARAMETERS", "p", NULL };
	struct amts_arena *arena = amts_arena_new();
	struct amts_buf got = AMTS_BUF_INIT;
	size_t k;

	(void)state;
	ok(amts_gitconf_parameters(arena, box_run(show), list, &got, err));
	for (k = 0; k < got.n; k++)
		if (!got.p[k])
			got.p[k] = ';';
	assert_string_equal(got.p, "amts.zh.url\n../it's here;amts.flag;amts.empty\n;"
				   "alias.p\n!printenv GIT_CONFIG_PARAMETERS;");
	amts_buf_release(&got);
	amts_arena_free(arena);
}

static void patterns_match_as_gitignore_does(void **state)
{
	static const char *const patterns[] = { "*.md", "**/*.md", "/README.md",
		"README.md", "docs/", "docs", "docs/*.md", "docs/**", "docs/**/x.md",
		"**/x.md", "a?c.md", "[a-c]x.md", "[!a-c]x.md", "[[:digit:]]*", "a\\*b",
		"**", "*", "d*/x.md", "a**c.md", "[]-]x.md", "[^[:alpha:]]x.md",
		"**/sub/", "docs/sub/**/", "x[/]y" };
	static const char *const paths[] = { "README.md", "docs/README.md", "docs/x.md",
		"docs/sub/x.md", "docs/sub/deep/x.md", "abc.md", "ax.md", "dx.md",
		"1.txt", "a*b", "axb", "other/docs/y", "a/c.md", "-x.md", "]x.md", "x/y",
		".hidden/x.md" };
	size_t i, k;

	(void)state;
	make_repo("r");
	for (i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		ok(amts_wildmatch_check(amts_str_z(patterns[i]), err));
		put("r/.git/info/exclude", patterns[i]);
		for (k = 0; k < sizeof(paths) / sizeof(*paths); k++) {
			const char *const ask[] = { "git", "-C", "r", "check-ignore",
				"-q", "--no-index", "--", paths[k], NULL };
			struct amts_buf out = AMTS_BUF_INIT;
			int status = -1;

			ok(amts_process_run(&status, &out, &out, ask, err));
			if (amts_wildmatch(amts_str_z(patterns[i]),
				    amts_str_z(paths[k])) != !status)
				fail_msg("'%s' on '%s': git says %s", patterns[i],
					paths[k], status ? "no" : "yes");
			amts_buf_release(&out);
		}
	}
}

static void patterns_that_are_none_are_refused(void **state)
{
	static const char *const bad[] = { "", "/", "!x", "[a", "x[!", "x\\",
		"[[:alpha:", "[" };
	char stars[1024], text[2048];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		fails(amts_wildmatch_check(amts_str_z(bad[i]), err), AMTS_EUSAGE,
			"pattern");
	memset(text, 'a', sizeof(text));
	fails(amts_wildmatch_check((struct amts_str){ text, sizeof(text) }, err),
		AMTS_EUSAGE, "over 1024 bytes");
	for (i = 0; i < sizeof(stars); i += 2)
		memcpy(stars + i, "*a", 2);
	stars[1023] = 'b'; /* exponential for a matcher that backtracks */
	assert_false(amts_wildmatch((struct amts_str){ stars, sizeof(stars) },
		(struct amts_str){ text, sizeof(text) }));
}

#define T(f) cmocka_unit_test_setup_teardown(f, box_open, box_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(reads_what_git_reads),
		T(refuses_what_git_refuses),
		T(refuses_nul_and_survives_any_bytes),
		T(reads_what_git_hands_over),
		T(reads_what_git_really_sets),
		T(patterns_match_as_gitignore_does),
		T(patterns_that_are_none_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
