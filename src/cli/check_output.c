#include "check_output.h"
#include "project.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

struct check_output {
	struct cli *cli;
	enum check_format format;
	cJSON *root, *list; /* json, sarif */
};

static const char *level(const struct amts_fault *f)
{
	return amts_check_is_error(f->rule) ? "error" : "warning";
}

/* ---- text ---- */

static void put_text(
	const struct cli *cli, struct amts_str path, const struct amts_fault *f)
{
	fputs(cli_color(cli, CLI_BOLD), stdout);
	cli_put_path(path);
	printf(":%zu:%s %s%s:%s ", f->line, cli_color(cli, CLI_RESET),
		cli_color(cli, amts_check_is_error(f->rule) ? CLI_RED : CLI_YELLOW),
		level(f), cli_color(cli, CLI_RESET));
	cli_put_text(f->message);
	if (f->src_line)
		printf(" (source line %zu)", f->src_line);
	printf(" [%s]\n", amts_check_rule_name(f->rule));
}

/* ---- github ---- */

/* Workflow commands are lines: %, CR and LF are escaped, and in properties ':' and ','.
 */
static void put_escaped(struct amts_str s, int property)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (strchr("%\r\n", s.p[i]) || (property && strchr(":,", s.p[i])))
			printf("%%%02X", (unsigned)(unsigned char)s.p[i]);
		else
			putchar(s.p[i]);
}

static void put_github(struct amts_str path, const struct amts_fault *f)
{
	printf("::%s file=", level(f));
	put_escaped(path, 1);
	printf(",line=%zu,title=", f->line);
	put_escaped(amts_str_z(amts_check_rule_name(f->rule)), 1);
	fputs("::", stdout);
	put_escaped(f->message, 0);
	putchar('\n');
}

/* ---- json ---- */

static void add_json(cJSON *list, struct amts_str path, const struct amts_fault *f)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddItemToArray(list, o);
	cli_json_str(o, "path", path);
	cli_json_int(o, "line", f->line);
	cli_json_int(o, "source_line", f->src_line);
	cJSON_AddStringToObject(o, "level", level(f));
	cJSON_AddStringToObject(o, "rule", amts_check_rule_name(f->rule));
	cli_json_str(o, "message", f->message);
}

/* ---- sarif ---- */

/* A relative reference of RFC 3986: what is not a plain character of a path is escaped.
 */
static void add_uri(cJSON *to, struct cli *cli, struct amts_str path)
{
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i;

	for (i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || (c && strchr("-._~/", c)))
			amts_buf_addc(&b, (char)c);
		else
			amts_buf_addf(&b, "%%%02X", (unsigned)c);
	}
	cli_json_str(to, "uri", amts_arena_str(cli->arena, amts_buf_str(&b)));
	amts_buf_release(&b);
}

static void add_rules(cJSON *driver)
{
	cJSON *rules = cJSON_AddArrayToObject(driver, "rules");
	int i;

	for (i = 0; i < AMTS_CHECK_RULES; i++) {
		cJSON *r = cJSON_CreateObject();

		cJSON_AddItemToArray(rules, r);
		cJSON_AddStringToObject(
			r, "id", amts_check_rule_name((enum amts_check_rule)i));
		cJSON_AddStringToObject(cJSON_AddObjectToObject(r, "shortDescription"),
			"text", amts_check_rule_about((enum amts_check_rule)i));
		cJSON_AddStringToObject(
			cJSON_AddObjectToObject(r, "defaultConfiguration"), "level",
			amts_check_is_error((enum amts_check_rule)i) ? "error"
								     : "warning");
	}
}

static void start_sarif(struct check_output *out)
{
	cJSON *run = cJSON_CreateObject(), *driver;

	cJSON_AddStringToObject(
		out->root, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	cJSON_AddStringToObject(out->root, "version", "2.1.0");
	cJSON_AddItemToArray(cJSON_AddArrayToObject(out->root, "runs"), run);
	driver = cJSON_AddObjectToObject(cJSON_AddObjectToObject(run, "tool"), "driver");
	cJSON_AddStringToObject(driver, "name", "git-amts-sync");
	cJSON_AddStringToObject(driver, "semanticVersion", AMTS_VERSION);
	add_rules(driver);
	out->list = cJSON_AddArrayToObject(run, "results");
}

static void add_sarif(
	struct check_output *out, struct amts_str path, const struct amts_fault *f)
{
	cJSON *r = cJSON_CreateObject(), *l = cJSON_CreateObject(), *place;

	cJSON_AddItemToArray(out->list, r);
	cJSON_AddStringToObject(r, "ruleId", amts_check_rule_name(f->rule));
	cli_json_int(r, "ruleIndex", (size_t)f->rule);
	cJSON_AddStringToObject(r, "level", level(f));
	cli_json_str(cJSON_AddObjectToObject(r, "message"), "text", f->message);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(r, "locations"), l);
	place = cJSON_AddObjectToObject(l, "physicalLocation");
	add_uri(cJSON_AddObjectToObject(place, "artifactLocation"), out->cli, path);
	cli_json_int(cJSON_AddObjectToObject(place, "region"), "startLine", f->line);
}

/* ---- */

struct check_output *check_output_new(struct cli *cli, enum check_format format)
{
	struct check_output *out = AMTS_NEW(cli->arena, struct check_output, 1);

	out->cli = cli;
	out->format = format;
	if (format == CHECK_JSON) {
		out->root = cli_json_object();
		out->list = cJSON_AddArrayToObject(out->root, "faults");
	} else if (format == CHECK_SARIF) {
		out->root = cJSON_CreateObject();
		start_sarif(out);
	}
	return out;
}

void check_output_add(
	struct check_output *out, struct amts_str path, const struct amts_fault *fault)
{
	switch (out->format) {
	case CHECK_TEXT:
		put_text(out->cli, path, fault);
		break;
	case CHECK_JSON:
		add_json(out->list, path, fault);
		break;
	case CHECK_SARIF:
		add_sarif(out, path, fault);
		break;
	case CHECK_GITHUB:
		put_github(path, fault);
		break;
	}
}

int check_output_end(struct check_output *out, struct amts_error *err)
{
	return out->root ? cli_json_print(out->root, err) : AMTS_OK;
}

void check_output_drop(struct check_output *out)
{
	cJSON_Delete(out->root);
}
