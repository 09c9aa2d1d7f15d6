/* The configuration and its layouts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "amts/config.h"
#include "gitbox.h"
#include "project/layout.h"
#include "project/project.h"

struct fixture {
	struct amts_arena *arena;
	struct amts_repo *repo;
	struct amts_config cfg;
};

static int setup(void **state)
{
	static struct fixture f;

	if (box_open(state))
		return -1;
	make_repo("r");
	f.arena = amts_arena_new();
	ok(amts_repo_open(&f.repo, "r", err));
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	amts_repo_free(f->repo);
	amts_arena_free(f->arena);
	return box_close(state);
}

static int load(struct fixture *f, const char *text, const char *parameters,
	struct amts_error *err)
{
	struct amts_env env = { .config_parameters = parameters, .config_system = "" };

	return amts_config_load(&f->cfg, f->arena, f->repo, amts_str_z(text), &env, err);
}

static const char example[] = "[amts]\n\tsourceLanguage = en\n\tinclude = **/*.md\n"
			      "\texclude = README.md\n"
			      "[target \"zh\"]\n\turl = ../d2l-zh\n\tbranch = master\n"
			      "\tpath = {path}\n\tsnapshot = {dir}/{name}_origin{ext}\n"
			      "\tengine = memory\n\tglossary = TERMINOLOGY.md\n"
			      "[target \"pt-BR\"]\n\tinclude = guide/\n";

static void reads_the_example_of_the_design(void **state)
{
	struct fixture *f = *state;
	const struct amts_target *zh;

	ok(load(f, example, NULL, err));
	assert_int_equal(f->cfg.n, 2);
	zh = amts_config_target(&f->cfg, "zh");
	assert_string_equal(zh->url, "../d2l-zh");
	assert_string_equal(zh->snapshot, "{dir}/{name}_origin{ext}");
	assert_string_equal(zh->engine, "memory");
	assert_string_equal(zh->glossary, "TERMINOLOGY.md");
	assert_true(amts_target_wants(zh, AMTS_STR("a/b.md")));
	assert_false(amts_target_wants(zh, AMTS_STR("a/README.md")));
	assert_false(amts_target_wants(zh, AMTS_STR("a/b.txt")));
	zh = amts_config_target(&f->cfg, "pt-BR");
	assert_null(zh->url);
	assert_string_equal(zh->path, "{path}");
	assert_null(amts_config_target(&f->cfg, "de"));
}

static void nothing_committed_gives_defaults(void **state)
{
	struct fixture *f = *state;

	ok(load(f, "[target \"de\"]\n\tpath = de/{path}\n", NULL, err));
	assert_string_equal(f->cfg.src_lang, "en");
	assert_string_equal(f->cfg.source_path, "{path}");
	assert_string_equal(f->cfg.targets[0].engine, "memory");
	assert_true(amts_target_wants(&f->cfg.targets[0], AMTS_STR("x/y.md")));
	assert_true(amts_target_wants(&f->cfg.targets[0], AMTS_STR("x/y.mdx")));
	assert_true(amts_target_wants(&f->cfg.targets[0], AMTS_STR("y.markdown")));
	assert_false(amts_target_wants(&f->cfg.targets[0], AMTS_STR("x/y.rst")));
}

static void hidden_folders_hold_no_pages_unless_named(void **state)
{
	static const struct {
		const char *text, *path;
		int wanted;
	} cases[] = {
		{ "", ".github/contributing.md", 0 },
		{ "", ".hidden.md", 1 },
		{ "", "guide/.vitepress/page.md", 1 },
		{ "[amts]\n\tinclude = **/*.md\n", ".github/a/b.md", 0 },
		{ "[amts]\n\tinclude = .github/*.md\n", ".github/b.md", 1 },
		{ "[amts]\n\tinclude = *.md\n\tinclude = /.github/\n", ".github/b.md",
			1 },
		{ "[amts]\n\tinclude = *.md\n\tinclude = /.github/\n", "b.md", 1 },
		{ "[amts]\n\tsourcePath = .docs/{path}\n", ".docs/b.md", 1 },
	};
	struct fixture *f = *state;
	char text[200];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		snprintf(text, sizeof(text), "%s[target \"de\"]\n\tpath = {path}\n",
			cases[i].text);
		ok(load(f, text, NULL, err));
		if (amts_target_wants(&f->cfg.targets[0], amts_str_z(cases[i].path)) !=
			cases[i].wanted)
			fail_msg("%s: %s", cases[i].path, cases[i].text);
	}
}

static void strangers_may_not_set_everything(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "[amts]\n\tamazon = x\n", ".amts:2: unknown key, or one for your own" },
		{ "[amts \"amazon\"]\n\tbucket = x\n",
			".amts:2: unknown key, or one for your own" },
		{ "[amts \"engine.x\"]\n\tcommand = rm -rf /\n", ".amts:2: unknown key" },
		{ "[core]\n\tpager = sh\n", ".amts:2: unknown key: 'core.pager'" },
		{ "[include]\n\tpath = /etc/passwd\n",
			".amts:2: unknown key: 'include.path'" },
		{ "[target]\n\turl = x\n", ".amts:2: unknown key" },
		{ "[target \"zh\"]\n\n\tcommand = x\n", ".amts:3: unknown key" },
		{ "[target \"zh\"]\n\turl = ext::sh -c id\n",
			".amts:2: transport not allowed" },
		{ "[target \"zh\"]\n\turl = --upload-pack=id\n",
			".amts:2: not a repository" },
		{ "[target \"zh\"]\n\turl = /home/me/zh\n",
			".amts:2: 'target.zh.url': an absolute path is for your own git "
			"configuration only" },
		{ "[amts]\n\tsource = ~me/en\n", ".amts:2: 'amts.source': an absolute" },
		{ "[amts]\n\tsource = file:///home/me/en\n", "a file url" },
		{ "[amts]\n\tsource = ../../../me/en\n", "a path that far away" },
		{ "[amts]\n\tsource = ../en/../../../me/en\n", "a path that far away" },
		{ "[amts]\n\tsource = en/../../../..\n", "a path that far away" },
		{ "[amts]\n\tsource = https://me:secret@example.org/en\n",
			".amts:2: 'amts.source': a url with a password" },
		{ "[amts]\n\tsource = ssh://me:p@ss/w@example.org/en\n", "password" },
		{ "[target \"zh\"]\n\turl\n", ".amts:2: missing value for 'url'" },
		{ "[target \"../x\"]\n\turl = x\n", ".amts:2: not a language: '../x'" },
		{ "[target \"-x\"]\n\turl = x\n", ".amts:2: not a language" },
		{ "[target \"zh\"]\n\tpath = ../{path}\n", ".amts:2: not a path inside" },
		{ "[target \"zh\"]\n\tpath = /{path}\n", ".amts:2: not a path inside" },
		{ "[target \"zh\"]\n\tpath = .git/{path}\n",
			".amts:2: not a path inside" },
		{ "[target \"zh\"]\n\tpath = x.md\n", ".amts:2: layout 'x.md' needs" },
		{ "[target \"zh\"]\n\tpath = {name}{ext}\n", "needs {path}" },
		{ "[target \"zh\"]\n\tpath = {path}{foo}\n", "unknown variable" },
		{ "[target \"zh\"]\n\tpath = {path}/{path}\n", "twice" },
		{ "[target \"zh\"]\n\tglossary = ../../secret\n",
			".amts:2: not a path inside" },
		{ "[target \"zh\"]\n\tengine = ./run me\n",
			".amts:2: not the name of an engine" },
		{ "[target \"zh\"]\n\tbranch = a..b\n", ".amts:2: not a branch" },
		{ "[target \"zh\"]\n\tbranch = -f\n", ".amts:2: not a branch" },
		{ "[amts]\n\tinclude = [a\n", ".amts:2: unfinished pattern" },
		{ "[amts]\n\tinclude = !a\n", ".amts:2: not a pattern" },
	};
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		fails(load(f, bad[i].text, NULL, err), AMTS_EPARSE, bad[i].says);
	fails(load(f, "[target \"zh\"\n", NULL, err), AMTS_EPARSE,
		".amts:1: ']' missing");
}

static void other_repositories_are_named_as_in_submodules(void **state)
{
	static const char *const fine[] = { "../d2l-en", "../../org/d2l-en",
		"../en/docs.git", "modules/en", "upstream", "https://example.org/en",
		"https://example.org:8443/en", "http://example.org/~me/en",
		"ssh://git@example.org:22/en", "git@example.org:org/en.git",
		"git://example.org/en", "https://me@example.org/a:b@c" };
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < sizeof(fine) / sizeof(*fine); i++) {
		ok(load(f, amts_arena_fmt(f->arena, "[amts]\n\tsource = %s\n", fine[i]).p,
			NULL, err));
		assert_string_equal(f->cfg.source, fine[i]);
	}
	ok(load(f, example, "'amts.source'='/home/me/en' 'amts.zh.url'='file:///zh'",
		err)); /* of one's own */
	assert_string_equal(f->cfg.source, "/home/me/en");
}

static void paths_are_written_in_the_shortest_way(void **state)
{
	static const struct {
		const char *url, *want;
	} cases[] = {
		{ "/home/me/en", "../en" },
		{ "/home/me/zh/../en/", "../en" },
		{ "guide/../../en", "../en" },
		{ "./en", "en" },
		{ "../../org//en", "../../org/en" },
		{ "/home/me/zh/modules/en", "modules/en" },
		{ "/home/me/zh-en", "../zh-en" },
		{ "/srv/en", "/srv/en" },
		{ "upstream", "upstream" },
		{ "https://example.org/a/../b", "https://example.org/a/../b" },
		{ "git@example.org:a/b", "git@example.org:a/b" },
	};
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(
			amts_url_relative(f->arena, "/home/me/zh/", cases[i].url),
			cases[i].want);
}

static void keys_that_mean_nothing_are_found(void **state)
{
	struct fixture *f = *state;

	ok(load(f, example,
		"'amts.nosuch'='1' 'amts.zh.brnach'='x' 'amts.xx.url'='y' "
		"'amts.remote'='origin' 'amts.amazon.bucket'='b' 'amts.engine'='none'",
		err));
	assert_int_equal(f->cfg.nodd, 2);
	assert_string_equal(f->cfg.odd[0], "amts.nosuch");
	assert_string_equal(f->cfg.odd[1], "amts.zh.brnach");
}

static void the_user_wins_over_the_file_and_git_c_over_both(void **state)
{
	struct fixture *f = *state;
	const struct amts_target *zh;

	git("r", "config", "amts.zh.branch", "mine", NULL);
	git("r", "config", "amts.zh.url", "../other", NULL);
	git("r", "config", "amts.amazon.region", "eu-west-1", NULL);
	git("r", "config", "amts.hook.mode", "off", NULL);
	ok(load(f, example, "'amts.zh.url'='../third' 'amts.engine'='none'", err));
	zh = amts_config_target(&f->cfg, "zh");
	assert_string_equal(zh->url, "../third");
	assert_string_equal(zh->branch, "mine");
	assert_string_equal(zh->engine, "none"); /* git -c is stronger than the file */
	assert_string_equal(amts_config_get(&f->cfg, "amts.amazon.Region"), "eu-west-1");
	assert_null(amts_config_get(&f->cfg, "amts.amazon.bucket"));
	ok(load(f, example, "'amts.engine'='none' 'amts.zh.engine'='memory'", err));
	assert_string_equal(amts_config_target(&f->cfg, "zh")->engine, "memory");
	assert_string_equal(amts_config_target(&f->cfg, "pt-BR")->engine, "none");
	fails(load(f, example, "'amts.zh.path'='x'", err), AMTS_EPARSE,
		"git config 'amts.zh.path'");
	fails(load(f, example, "'amts.zh.path", err), AMTS_EPARSE,
		"GIT_CONFIG_PARAMETERS");
}

static void booleans_are_git_s(void **state)
{
	static const struct {
		const char *value;
		int is;
	} table[] = { { "true", 1 }, { "YES", 1 }, { "on", 1 }, { "1", 1 }, { "-2", 1 },
		{ "010", 1 }, { "false", 0 }, { "No", 0 }, { "off", 0 }, { "0", 0 },
		{ "", 0 }, { "+0", 0 }, { "maybe", -1 }, { "1x", -1 }, { "-", -1 } };
	struct fixture *f = *state;
	size_t i;
	int is;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		assert_int_equal(amts_config_is_true(table[i].value), table[i].is);
	ok(load(f, example, "'amts.draft' 'amts.labels'='x'", err));
	ok(amts_config_bool(&is, &f->cfg, "amts.draft", err));
	assert_int_equal(is, 1);
	ok(amts_config_bool(&is, &f->cfg, "amts.nothing", err));
	assert_int_equal(is, 0);
	fails(amts_config_bool(&is, &f->cfg, "amts.labels", err), AMTS_EUSAGE,
		"bad boolean config value 'x' for 'amts.labels'");
}

static void all_of_it_is_what_git_lists(void **state)
{
	const char *const keys[] = { "Amts.zh.URL", "amts.flag" }, *const values[] = {
		"u", "1"
	};
	const char *const list[] = { "git", "-C", "r", "-c", "amts.zh.url=x", "-c",
		"amts.on", "config", "-z", "--list", NULL };
	struct amts_env env = { .config_parameters = "'amts.zh.url'='x' 'amts.on'=",
		.config_keys = keys,
		.config_values = values,
		.nconfig = 2,
		.config_system = "" };
	struct amts_buf got = AMTS_BUF_INIT, want = AMTS_BUF_INIT;
	struct fixture *f = *state;
	size_t i;
	int status;

	setenv("GIT_CONFIG_COUNT", "2", 1);
	setenv("GIT_CONFIG_KEY_0", keys[0], 1);
	setenv("GIT_CONFIG_VALUE_0", values[0], 1);
	setenv("GIT_CONFIG_KEY_1", keys[1], 1);
	setenv("GIT_CONFIG_VALUE_1", values[1], 1);
	ok(amts_process_run(&status, &want, &want, list, err));
	unsetenv("GIT_CONFIG_COUNT");
	ok(amts_config_load_user(&f->cfg, f->arena, f->repo, &env, err));
	for (i = 0; i < f->cfg.nall; i++) {
		const struct amts_setting *s = &f->cfg.all[i];

		amts_buf_addf(&got, s->value ? "%s\n%s%c" : "%s%s%c", s->key,
			s->value ? s->value : "", '\0');
	}
	if (got.n != want.n || memcmp(got.p, want.p, got.n))
		fail_msg("%zu and %zu bytes", got.n, want.n);
	amts_buf_release(&got);
	amts_buf_release(&want);
}

static void identity_comes_from_the_strongest_place(void **state)
{
	struct amts_env env = { .ident = { NULL, NULL, "From Env", "" },
		.config_system = "",
		.config_parameters = "'author.name'='From C'" };
	struct fixture *f = *state;
	struct amts_ident who;

	ok(amts_config_load(&f->cfg, f->arena, f->repo, AMTS_STR(""), &env, err));
	amts_config_ident(&who, &f->cfg, &env);
	assert_string_equal(who.author_name, "From C");
	assert_string_equal(who.author_email, "ada@example.org");
	assert_string_equal(who.committer_name, "From Env");
	assert_string_equal(who.committer_email, "ada@example.org");
}

static void layouts_go_both_ways(void **state)
{
	static const struct {
		const char *layout, *document, *file;
	} cases[] = {
		{ "{path}", "a/b.md", "a/b.md" },
		{ "content/{lang}/{path}", "a/b.md", "content/zh/a/b.md" },
		{ "{dir}/{name}_origin{ext}", "a/b.md", "a/b_origin.md" },
		{ "{dir}/{name}_origin{ext}", "b.md", "b_origin.md" },
		{ "{dir}/{name}.{lang}{ext}", "a.b/c.d.md", "a.b/c.d.zh.md" },
		{ "{dir}/{name}.{lang}{ext}", "x/.md", "x/.md.zh" },
		{ "{dir}/{lang}/{name}{ext}", "a/b/c.md", "a/b/zh/c.md" },
		{ "i18n/{lang}/{dir}/{name}{ext}", "README", "i18n/zh/README" },
		{ "{path}.{lang}", "zh.zh", "zh.zh.zh" },
		{ "{lang}/{lang}-{path}", "a", "zh/zh-a" },
	};
	struct fixture *f = *state;
	struct amts_str got;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		ok(amts_layout_check(cases[i].layout, err));
		got = amts_layout_expand(
			f->arena, cases[i].layout, "zh", amts_str_z(cases[i].document));
		assert_string_equal(got.p, cases[i].file);
		assert_true(amts_layout_match(&got, f->arena, cases[i].layout, "zh",
			amts_str_z(cases[i].file)));
		assert_string_equal(got.p, cases[i].document);
	}
}

static void files_of_other_layouts_do_not_match(void **state)
{
	static const struct {
		const char *layout, *file;
	} cases[] = { { "content/{lang}/{path}", "content/de/a.md" },
		{ "content/{lang}/{path}", "content/zh/" },
		{ "{dir}/{name}_origin{ext}", "a/b.md" },
		{ "{dir}/{name}.{lang}{ext}", "a/b.md" },
		{ "{dir}/{name}.{lang}{ext}", "a/b.de.md" }, { "x/{path}", "xy/a" } };
	struct fixture *f = *state;
	struct amts_str got;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (amts_layout_match(&got, f->arena, cases[i].layout, "zh",
			    amts_str_z(cases[i].file)))
			fail_msg("'%s' matches '%s'", cases[i].file, cases[i].layout);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(reads_the_example_of_the_design),
		T(nothing_committed_gives_defaults),
		T(hidden_folders_hold_no_pages_unless_named),
		T(strangers_may_not_set_everything),
		T(other_repositories_are_named_as_in_submodules),
		T(paths_are_written_in_the_shortest_way),
		T(keys_that_mean_nothing_are_found),
		T(the_user_wins_over_the_file_and_git_c_over_both),
		T(booleans_are_git_s),
		T(all_of_it_is_what_git_lists),
		T(identity_comes_from_the_strongest_place),
		T(layouts_go_both_ways),
		T(files_of_other_layouts_do_not_match),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
