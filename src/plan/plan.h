#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H
/*
 * Inside of the planner.  The way of one document:
 *
 *   plan.c      parse base, head, target; edits base..head; beads base x target
 *   level.c     has the target nothing of head yet?
 *   ahead.c     what it has of head already: beads head x target
 *   group.c     groups: blocks of the three documents that belong together
 *   prose.c     a changed group of text, sentence by sentence (units.c, reorder.c,
 *                layout.c); inside a sentence change.c, carry.c, marks.c, spans.c, marked.c
 *   opaque.c    a changed code, math, directive… block (merge3.c: lines, then tokens, cut
 *                by pieces.c; comment_edits.c: small edits of comments)
 *   table.c     rows of tables whose columns changed
 *   place.c     inserted, deleted and moved groups (cursor.c, fresh.c, leave.c)
 *   items.c    new items in the form of their list
 *   label.c    labels that became items of their own
 *   containers.c  kept groups in other lists and quotes
 *   quoted.c   source quoted in comments of the translation
 *   rewritten.c   removed and new paragraphs that are one to a reader
 *   directives.c  pairs of directives leave together, with what they enclose
 *   restrict.c  some steps only
 *   drafts.c    what an engine made of it (there.c: what the target says already)
 *   hold.c      what moved to a place that waits stays
 *   apply.c     patches into splices, splices into bytes
 *   steps.c     what all of them make steps, patches and requests with
 *   recall.c    what the document's own translation says already
 *   conflict.c  what is left to people as conflict markers
 */
#include "amts/plan.h"
#include "amts/text.h"

enum { BASE, HEAD, TGT, SIDES };

#define NONE ((size_t)-1)

/* Beads below this are guesses: nothing is changed on their word (posteriors; see the
 * precision table of the alignment tests). */
#define SURE 0.5
/* What takes human text away wants more.  Of the beads of six hand-aligned sections of
 * d2l-zh, each aligned by itself, 99 % are right from .8 on, 80 % from .7 to .8, 45 %
 * below. */
#define CERTAIN 0.7
/* Opaque blocks repeat (a tab a framework), which lowers posteriors; their own lines say
 * whether a merge fits. */
#define CERTAIN_OPAQUE 0.6

/* Blocks [beg, end) of each document that correspond; ranges may be empty. */
struct group {
	size_t beg[SIDES], end[SIDES];
	double score; /* of the bead base x target; 1 where nothing is uncertain */
	int changed;  /* the source differs between base and head */
	int moved;    /* stands elsewhere in head than in base */
};

/* A piece of new text: literal bytes, or the draft of a request with a fall-back. */
struct part {
	struct amts_str text; /* literal, or what to use when there is no draft */
	size_t request;	      /* NONE: literal */
	struct amts_str src;  /* of known words: as the source says it */
};

static inline struct part plan_literal(struct amts_str text)
{
	return (struct part){ .text = text, .request = NONE };
}

/* Bytes to put in place of a span of the target, once drafts are known. */
struct patch {
	struct amts_span at;
	struct part *parts;
	size_t nparts;
	size_t step;
	size_t seq;   /* order of patches at one place */
	int keep_old; /* a missing draft drops the whole patch: the old text stays */
	int frame;    /* a marker or an id around the words: follows even where those are
			 left to people */
	int whole;    /* new blocks: they stand before what is put into the next one */
};

struct request {
	const struct amts_segment *seg; /* of head */
	size_t step;
};

struct amts_plan {
	struct amts_arena *arena;
	struct amts_plan_input in;
	struct amts_doc *doc[SIDES];
	struct amts_segments segs[SIDES];
	struct amts_edits edits;
	const struct amts_aligner *aligner;	 /* while the plan is made */
	struct amts_aligner *own;		 /* … of this document alone, or NULL */
	int learnt;				 /* … which has a lexicon for certain */
	struct amts_alignment blocks, sentences; /* base x target */
	size_t *tgt_sentence_bead;		 /* bead of each target segment */
	size_t *base_sentence_bead;
	struct amts_alignment ahead, ahead_sentences; /* head x target */
	size_t *ahead_bead; /* of each target segment; NULL: it has nothing of head */
	char *adopt;	    /* of target blocks: head explains them, not base (ahead.c) */
	size_t *head_of_tgt; /* of target blocks: first head block of their bead, or NONE
			      */
	char *reworked;	   /* of base blocks: it went, and came back reworked elsewhere */
	size_t *came_from; /* of head blocks: the base block that it was, or NONE */
	char *bound;	   /* of target blocks: what is nested behind it stays so */
	char *gone;	   /* of target blocks: it leaves its place (leave.c) */
	size_t *gone_step; /* … and the step that makes it leave */
	struct group *groups;
	size_t ngroups;
	size_t *group_of[SIDES]; /* of each block */
	struct amts_step *steps;
	size_t nsteps, csteps;
	struct patch *patches;
	size_t npatches, cpatches;
	struct request *requests;
	struct amts_mt_request *mt;
	size_t nrequests, crequests, cmt;
	struct amts_plan_pair *pairs;
	size_t npairs;
	struct columns *columns; /* of the table that was planned last, or NULL */
	struct recall *recall;
};

/* Bytes of a span of one of the documents. */
struct amts_str plan_bytes(const struct amts_plan *p, int side, struct amts_span at);
/* Bytes of head with the target's line endings. */
struct amts_str plan_head_text(const struct amts_plan *p, struct amts_span at);
/* Whole lines of blocks [beg, end) of a document, gaps between them included. */
struct amts_span plan_blocks_span(
	const struct amts_plan *p, int side, size_t beg, size_t end);

/* A new step for a group (spans and lines filled in); returns its index. */
size_t plan_step(struct amts_plan *p, const struct group *g, enum amts_action action,
	const char *reason);
/* A patch with one literal part. */
void plan_patch(
	struct amts_plan *p, size_t step, struct amts_span at, struct amts_str text);
void plan_patch_parts(struct amts_plan *p, size_t step, struct amts_span at,
	struct part *parts, size_t nparts, int keep_old);
/* Ask for a draft of a head segment; old: what the target says now (may be empty). */
size_t plan_request(struct amts_plan *p, size_t step, const struct amts_segment *seg,
	struct amts_str old_src, struct amts_str old_tgt);

/* --- group.c --- */
/* Hashes of the words of a text, in lower case; out has room for s.n / 2 + 1. */
size_t plan_words(uint64_t *out, struct amts_str s);
/* --- level.c --- */
/* Nothing but base is needed to explain the target at and around the edits; bead: of each
 * base block. */
int plan_is_level(
	const struct amts_plan *p, const size_t *bead, const unsigned char *focus);
/* Of each base block: is it at or around an edit? */
unsigned char *plan_focus(const struct amts_plan *p);

/* --- ahead.c --- */
struct ahead {
	size_t nbase, nhead, ntgt;
	size_t *base_of, *head_of; /* of each target unit, or NONE */
	/* … and it has the same bytes; NULL when that tells nothing */
	const char *base_same, *head_same;
	/* … how sure its bead is; NULL: nobody knows */
	const double *base_score, *head_score;
	const size_t *to_head; /* of each base unit: what it became, or NONE */
	char *adopt; /* out, of each target unit: head_of holds, base_of does not */
};
void ahead_judge(struct ahead *a, struct amts_arena *arena);
/* Fill in head_of as what base_of became: the target has nothing of head. */
void ahead_follow(struct ahead *a);
void ahead_blocks(struct amts_plan *p);

/* --- twins.c --- */
/* Trust counterparts that their own lines confirm. */
void plan_twins_judge(struct amts_plan *p);
/* Code that only the translation has follows its like beside it. */
void plan_twins_follow(struct amts_plan *p);

void plan_groups(struct amts_plan *p);
void plan_prose(struct amts_plan *p, const struct group *g);
void plan_opaque(struct amts_plan *p, const struct group *g);
/* 0 when the columns are the same as before: then it is text like any other. */
int plan_table_row(struct amts_plan *p, const struct group *g);
void plan_places(struct amts_plan *p);
/* Of each head block: the target block whose source it was rewritten from, or NONE. */
size_t *plan_rewritten(struct amts_plan *p);
/* What stands before the text of a block on its first line and on its others. */
struct marks {
	struct amts_str first, rest;
	unsigned depth;
};
struct marks plan_marks_of(const struct amts_plan *p, int side, size_t i);
/* What a block in item i begins its lines with. */
struct amts_str plan_indent(const struct amts_plan *p, int side, size_t i);
void plan_containers(struct amts_plan *p);
/* An unchanged block with other marks in head than in base, as the target is to have it;
 * 0 when they are as they were. */
int plan_remarked(struct amts_str *out, const struct amts_plan *p, const struct group *g);
/* Find out which blocks of the target have to stay in their lists. */
void plan_bind_items(struct amts_plan *p);
/* Would target block tgt leave its list with the marks of head, and has to stay? */
int plan_is_bound(const struct amts_plan *p, size_t head, size_t tgt);
extern const char plan_bound_why[];
/* The blank line that an item needs before it when it becomes a paragraph. */
struct amts_str plan_parting(const struct amts_plan *p, size_t head, size_t tgt);
/* --- items.c --- */
/* The marks of head's new item j, and those it has in the list of the target; 0 when that
 * is not known. */
int plan_item_marks(struct marks *from, struct marks *to, struct amts_plan *p, size_t j);
/* … of head's block j that is new in an item: the indentation. */
int plan_inner_marks(struct marks *from, struct marks *to, struct amts_plan *p, size_t j);
/* Put other marks before the lines of new text. */
void plan_fit_marks(struct amts_plan *p, struct part *v, size_t n,
	const struct marks *from, const struct marks *to);
/* --- label.c --- */
/* Is head's new item j the label that the item of the target behind it begins with?  Then
 * where it stands there. */
int plan_label(struct amts_span *at, const struct amts_plan *p, size_t j);
/* --- quoted.c --- when p->gone is known, before what is gone is taken out */
void plan_quoted(struct amts_plan *p);
void plan_pairs(struct amts_plan *p);
/* --- directives.c --- */
/* Of each block: the other end of the container that it opens or closes, or NONE; the
 * line that opens the container it stands in, or NONE. */
struct containers {
	size_t *other, *around;
};
struct containers *plan_containers_of(struct amts_plan *p, int side);
/* Containers of blocks that came reworked from elsewhere came with them. */
void plan_containers_came(struct amts_plan *p);
/* gone: of each target block.  The two ends of a container stay while something stands
 * between them that the source never had there, or that stays for another reason. */
void plan_keep_directives(struct amts_plan *p, const struct containers *c, char *gone);

/* --- drafts.c: of each request, bytes for the target, or p == NULL.  Steps that have to
 * wait for a person, because a draft is missing or there already, are made pending. ---
 */
const struct amts_str *plan_take_drafts(
	struct amts_plan *p, const struct amts_mt_result *results);
/* --- hold.c: steps that take away what stands nowhere else are made pending --- */
void plan_hold(struct amts_plan *p);
/* --- there.c --- */
struct there *there_open(const struct amts_plan *p);
void there_free(struct there *t);
/* The target block that says the draft of a head segment already, where the target says
 * it as often as head does; else NONE. */
size_t there_find(
	const struct there *t, const struct amts_segment *seg, struct amts_str draft);

/* White space folded to one space, ends trimmed. */
uint64_t plan_fold_hash(struct amts_str s);
/* White space left out: what is equal differs in spacing and line breaks only. */
uint64_t plan_letters_hash(struct amts_str s);

/* --- merge3.c: three-way merge of text in which the target was adapted --- */
struct merge3 {
	struct amts_str text; /* merged bytes, in the arena */
	size_t applied;	      /* source changes carried over */
	size_t conflicts;     /* source changes that could not be */
	size_t uneven;	      /* … and that put tokens in or take tokens away */
	size_t already;	      /* source changes the target has */
	unsigned small;	      /* kinds of small edits that comments need not follow */
};
/* p: for what the document says elsewhere; NULL: that is not known. */
void merge3_lines(struct merge3 *out, struct amts_arena *arena, struct amts_str base,
	struct amts_str head, struct amts_str tgt, const struct amts_plan *p);
void merge3_tokens(struct merge3 *out, struct amts_arena *arena, struct amts_str base,
	struct amts_str head, struct amts_str tgt);
/* --- comments.c --- */
enum line_kind { LINE_BLANK, LINE_CODE, LINE_COMMENT, LINE_DOCSTRING };
enum line_kind merge3_line_kind(struct amts_str line);
int merge3_is_comment(struct amts_str line);
/* Where in a line of code the comment behind it begins; its length: there is none. */
size_t merge3_comment_at(struct amts_str line);
/* What comment lines say, on one line. */
struct amts_str merge3_said(struct amts_arena *arena, struct amts_str lines);

/* --- attrs.c: one tag, attribute by attribute, with white space around it.  0 when they
 * are not tags of that kind. --- */
int merge3_tag(struct merge3 *out, struct amts_arena *arena, struct amts_str base,
	struct amts_str head, struct amts_str tgt);

/* Does a target line differ from its base line by translated words only: in a comment or
 * a string, or in letters that code is not made of? */
int merge3_is_translation(struct amts_str base, struct amts_str tgt);

/* --- recall.c: what the document's own translation says already --- */
void plan_recall_learn(struct amts_plan *p);
void plan_recall_free(struct recall *r);
/* A head segment in the words its twin in base was translated with; 0 when unknown. */
int plan_recall_segment(
	struct amts_str *out, const struct amts_plan *p, const struct amts_segment *seg);
/* Lines of code with the comments and strings that the document translates elsewhere; r
 * may be NULL. */
struct amts_str plan_recall_lines(const struct recall *r, struct amts_str s);

/* --- change.c, carry.c, marks.c, spans.c: what changed inside a sentence, and carrying
 * it over to the target without touching its words --- */
enum sentence_change {
	CHANGE_NONE,	/* same words, same tokens */
	CHANGE_SMALL,	/* punctuation, case, article, typo: nothing to translate */
	CHANGE_MARKS,	/* slide marks around words */
	CHANGE_TOKENS,	/* words the same; links, code, math… differ */
	CHANGE_NUMBERS, /* …and numbers, which may bend the words around them */
	CHANGE_WORDS
};
struct sentence {
	const struct amts_doc *doc;
	struct amts_span at;
	const struct amts_inline *inl; /* inside at */
	size_t ninl;
};
/* *small: where words stayed, in what they differ all the same (enum amts_small_edit);
 * with SMALL_UNSURE a typo may be another word (links_confirm_typos). */
#define SMALL_UNSURE (1U << 16)
enum sentence_change tokens_change(struct amts_arena *arena, const struct sentence *base,
	const struct sentence *head, unsigned *small);
/* "small edit of the source (punctuation, typo): nothing to translate" */
const char *small_edits_reason(struct amts_arena *arena, unsigned kinds);
enum tokens_result {
	TOKENS_DONE,	/* out holds the new target bytes */
	TOKENS_ALREADY, /* the target has it */
	TOKENS_FAILED	/* a token has no clear place */
};
enum tokens_result marks_carry(struct amts_str *out, struct amts_arena *arena,
	const struct sentence *base, const struct sentence *head,
	const struct sentence *tgt);
enum tokens_result tokens_carry(struct amts_str *out, struct amts_arena *arena,
	const struct sentence *base, const struct sentence *head,
	const struct sentence *tgt);
/* Slide marks, links, tags around a part of the sentence, placed by word links (spans.c,
 * marked.c). */
enum tokens_result spans_carry(struct amts_str *out, struct amts_plan *p,
	enum sentence_change change, const struct sentence *base,
	const struct sentence *head, const struct sentence *tgt);

#endif
