#ifndef EVAL_TOKENS_H
#define EVAL_TOKENS_H
/* Tokenizers: regular expressions of the originals as passes over a line. */
#include "amts/score.h"
#include "eval/chars.h"

struct eval_pass;

struct eval_tokenizer {
	const struct eval_pass *passes;
	int lowercase;
	struct eval_classes classes;
	struct eval_chars line, spare;
	struct amts_buf lower;
};

void eval_tokenizer_init(struct eval_tokenizer *t, const struct amts_score_opts *opts);
void eval_tokenizer_release(struct eval_tokenizer *t);

/* t->line is s with white space between its tokens; for chrF s as it is, punctuation
 * marked. */
AMTS_MUST_CHECK int eval_tokenize(
	struct eval_tokenizer *t, struct amts_str s, struct amts_error *err);

#endif
