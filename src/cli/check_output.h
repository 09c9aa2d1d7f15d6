#ifndef CLI_CHECK_OUTPUT_H
#define CLI_CHECK_OUTPUT_H
/* Faults as people and programs want them. */
#include "cli.h"

#include "amts/check.h"

/* In the order of --format. */
enum check_format {
	CHECK_TEXT,  /* path:line: error: message [rule] */
	CHECK_JSON,  /* {"version":1,"faults":[...]} */
	CHECK_SARIF, /* Static Analysis Results Interchange Format 2.1.0 (OASIS) */
	CHECK_GITHUB /* workflow commands: ::error file=...,line=...::message */
};

struct check_output;
struct check_output *check_output_new(struct cli *cli, enum check_format format);
void check_output_add(
	struct check_output *out, struct amts_str path, const struct amts_fault *fault);
/* Print what was not yet; both free out. */
AMTS_MUST_CHECK int check_output_end(struct check_output *out, struct amts_error *err);
void check_output_drop(struct check_output *out);

#endif
