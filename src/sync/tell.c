/* What became of a document, for the message of its commit. */
#include "amts/align.h"
#include "sync/work.h"

/* So many steps that take or bring no words are told; the rest is counted. */
#define TOLD_STEPS 40
/* Bytes of an excerpt, and of what is left around a change. */
#define EXCERPT 160
#define AROUND 24

/* Not inside a character. */
static size_t boundary(struct amts_str s, size_t at)
{
	while (at && at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* Line endings would end the line of the message. */
static void put_line(struct amts_buf *out, struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		amts_buf_addc(out, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
}

/* The ends of what stayed: the changes before and after it are near. */
static void put_same(struct amts_buf *out, struct amts_str s, int first, int last)
{
	if (s.n <= 2 * AROUND) {
		put_line(out, s);
		return;
	}
	if (!first)
		put_line(out, amts_str_sub(s, 0, boundary(s, AROUND)));
	amts_buf_addz(out, "…");
	if (!last)
		put_line(out, amts_str_sub(s, boundary(s, s.n - AROUND), s.n));
}

static void put_part(
	struct amts_buf *out, struct amts_str s, const char *open, const char *close)
{
	size_t end = boundary(s, EXCERPT / 2);

	amts_buf_addz(out, open);
	put_line(out, amts_str_sub(s, 0, end));
	amts_buf_addf(out, "%s%s", end < s.n ? "…" : "", close);
}

/* The first changes of the source at one place, as git's --word-diff=plain has them. */
static void tell_change(struct amts_buf *out, struct amts_arena *arena,
	enum amts_block_kind kind, struct amts_str old, struct amts_str new)
{
	int lines = amts_block_kind_has_lines(kind);
	struct amts_diff_part *v;
	size_t i, beg = out->n,
		  n = lines ? amts_diff_lines(&v, arena, old, new)
			    : amts_diff_words(&v, arena, old, new);

	for (i = 0; i < n && out->n - beg < EXCERPT; i++) {
		if (v[i].op != AMTS_DIFF_SAME)
			put_part(out, lines ? amts_str_trim(v[i].text) : v[i].text,
				v[i].op == AMTS_DIFF_GONE ? "[-" : "{+",
				v[i].op == AMTS_DIFF_GONE ? "-]" : "+}");
		else if (!lines)
			put_same(out, v[i].text, !i, i + 1 == n);
	}
	if (i < n)
		amts_buf_addz(out, "…");
}

/* Words that people wrote are not there any more, or others are there: see told.h. */
static int is_always_told(const struct amts_step *s)
{
	return s->action == AMTS_ACTION_DELETE || s->from.n ||
	       (s->action == AMTS_ACTION_DRAFT && !s->pending);
}

static void tell_step(struct amts_buf *b, struct work *w, const struct amts_step *s)
{
	struct amts_str old = amts_str_sub(w->base, s->base.beg, s->base.end),
			new = amts_str_sub(w->head, s->head.beg, s->head.end);

	amts_buf_addz(b, "  ");
	if (s->action == AMTS_ACTION_DELETE && s->lines > 1)
		amts_buf_addf(b, "were lines %zu to %zu: ", s->tgt_line,
			s->tgt_line + s->lines - 1);
	else if (s->action == AMTS_ACTION_DELETE)
		amts_buf_addf(b, "was line %zu: ", s->tgt_line);
	else if (s->out_line)
		amts_buf_addf(b, "line %zu: ", s->out_line);
	else if (s->src_line)
		amts_buf_addf(b, "line %zu of the source: ", s->src_line);
	if (s->pending && s->action != AMTS_ACTION_PENDING)
		amts_buf_addz(b, "pending ");
	amts_buf_addf(b, "%s: %s", amts_action_name(s->action), s->reason);
	if (s->from.n)
		amts_buf_addf(b, "; from " AMTS_STR_FMT, AMTS_STR_ARG(s->from));
	if (s->score < 1)
		amts_buf_addf(b, " (%.0f %% sure)", s->score * 100);
	amts_buf_addc(b, '\n');
	if (!amts_str_eq(old, new) && s->action != AMTS_ACTION_MOVE) {
		amts_buf_addz(b, "    ");
		tell_change(b, w->arena, s->kind, old, new);
		amts_buf_addc(b, '\n');
	}
	if (s->pending && s->hint.n) {
		amts_buf_addz(b, "    ");
		put_line(b, s->hint);
		amts_buf_addc(b, '\n');
	}
}

void amts_work_tell(struct work *w, const struct amts_step *steps, size_t n)
{
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i, others = 0;

	if (w->conflicts)
		amts_buf_addf(&b, "  committed conflicts: our side of %zu taken\n",
			w->conflicts);
	for (i = 0; i < n; i++)
		if (is_always_told(&steps[i]))
			tell_step(&b, w, &steps[i]);
	for (i = 0; i < n; i++)
		if (!is_always_told(&steps[i]) && others++ < TOLD_STEPS)
			tell_step(&b, w, &steps[i]);
	if (others > TOLD_STEPS)
		amts_buf_addf(&b, "  and %zu more\n", others - TOLD_STEPS);
	w->steps = amts_arena_str(w->arena, amts_buf_str(&b));
	amts_buf_release(&b);
}
