/* Blocks of generated CommonMark against cmark, the reference implementation. */
#include "amts/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmark.h>
#include <cmocka.h>
#include <string.h>

enum leaf_kind { NO_LEAF, PARAGRAPH, HEADING, CODE, HTML, RULE };

struct leaf {
	enum leaf_kind kind;
	unsigned level, depth, quotes;
	size_t first, last; /* lines */
};

#define LEAVES_MAX 1000

static enum leaf_kind kind_of_node(cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		return PARAGRAPH;
	case CMARK_NODE_HEADING:
		return HEADING;
	case CMARK_NODE_CODE_BLOCK:
		return CODE;
	case CMARK_NODE_HTML_BLOCK:
		return HTML;
	case CMARK_NODE_THEMATIC_BREAK:
		return RULE;
	default:
		return NO_LEAF;
	}
}

static enum leaf_kind kind_of_block(const struct amts_block *b)
{
	switch (b->kind) {
	case AMTS_BLOCK_PARAGRAPH:
	case AMTS_BLOCK_LIST_ITEM:
		return PARAGRAPH;
	case AMTS_BLOCK_HEADING:
		return HEADING;
	case AMTS_BLOCK_CODE:
		return CODE;
	case AMTS_BLOCK_HTML:
	case AMTS_BLOCK_COMMENT:
		return HTML;
	case AMTS_BLOCK_RULE:
		return RULE;
	default: /* link definitions and empty items: cmark has no leaf for them */
		return NO_LEAF;
	}
}

static size_t leaves_of_cmark(struct leaf *v, struct amts_str s)
{
	cmark_node *root = cmark_parse_document(s.p, s.n, CMARK_OPT_DEFAULT);
	cmark_iter *it = cmark_iter_new(root);
	struct leaf at = { 0 };
	cmark_event_type event;
	size_t n = 0;

	while ((event = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(it);
		cmark_node_type type = cmark_node_get_type(node);
		unsigned step = event == CMARK_EVENT_ENTER ? 1 : ~0u;

		at.depth += type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM
				    ? step
				    : 0;
		at.quotes += type == CMARK_NODE_BLOCK_QUOTE ? step : 0;
		at.kind = kind_of_node(node);
		if (event != CMARK_EVENT_ENTER || !at.kind)
			continue;
		at.level = (unsigned)cmark_node_get_heading_level(node);
		at.first = (size_t)cmark_node_get_start_line(node);
		at.last = (size_t)cmark_node_get_end_line(node);
		v[n++] = at;
	}
	cmark_iter_free(it);
	cmark_node_free(root);
	return n;
}

static size_t leaves_of_doc(struct leaf *v, struct amts_str s)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;
	size_t i, j, n = 0;

	if (amts_doc_parse(&doc, arena, s, &err))
		fail_msg("%s", err.msg);
	for (i = 0; i < doc->n; i++) {
		const struct amts_block *b = &doc->v[i];
		struct leaf leaf = { kind_of_block(b), b->level, b->depth, b->quotes,
			b->line, b->line - 1 };

		for (j = b->all.beg; j < b->all.end; j++)
			leaf.last += s.p[j] == '\n' || j + 1 == s.n;
		if (leaf.kind)
			v[n++] = leaf;
	}
	amts_arena_free(arena);
	return n;
}

/* Lines are compared where cmark gives them right: not for setext headings, HTML that
 * ends on its first line, and code that is not closed. */
static int same_leaf(const struct leaf *cm, const struct leaf *b)
{
	return cm->kind == b->kind && cm->level == b->level && cm->depth == b->depth &&
	       cm->quotes == b->quotes && cm->first <= b->last &&
	       (cm->last >= b->first || cm->last + 1 == cm->first) &&
	       (cm->kind != PARAGRAPH || cm->last == b->last);
}

static void assert_same_leaves(struct amts_str s)
{
	static struct leaf cm[LEAVES_MAX], doc[LEAVES_MAX];
	size_t ncm = leaves_of_cmark(cm, s), ndoc = leaves_of_doc(doc, s), i;

	for (i = 0; i < ncm && i < ndoc && same_leaf(&cm[i], &doc[i]); i++)
		;
	if (i < ncm || i < ndoc)
		fail_msg("block %zu of %zu (cmark: %zu) differs in:\n" AMTS_STR_FMT, i,
			ndoc, ncm, AMTS_STR_ARG(s));
}

/* Xorshift (Marsaglia 2003); the same documents in every run. */
static unsigned next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (unsigned)(*state >> 32);
}

/* Link definitions are left out: cmark takes an item that holds nothing else for an empty
 * one. */
static const char *const pieces[] = { "\n", "\n", "\n", "\n\n", " ", "  ", "    ", "\t",
	"> ", ">", "- ", "-", "* ", "+ ", "1. ", "2. ", "10) ", "a", "b", "foo ", "# ",
	"## ", "#", "===", "---", "***", "_", "```", "~~~", "````", "<div>", "</div>",
	"<!--", "-->", "<a>", "<a href='x'>", "<pre>", "</pre>", "<?", "?>", "<!X", ">",
	"\"t\"", "]", "\\", "<script>", "</script>", "=", "`", "~", "<u", "<![CDATA[",
	"]]>", "-\n", "*\n", "1.\n" };

static void generated_documents(void **state)
{
	uint64_t seed = 88172645463325252ULL;
	struct amts_buf in = AMTS_BUF_INIT;
	unsigned i, left;

	(void)state;
	for (i = 0; i < 20000; i++) {
		amts_buf_reset(&in);
		for (left = 3 + next_random(&seed) % 25; left; left--)
			amts_buf_addz(&in, pieces[next_random(&seed) %
						   (sizeof(pieces) / sizeof(*pieces))]);
		assert_same_leaves(amts_buf_str(&in));
	}
	amts_buf_release(&in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(generated_documents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
