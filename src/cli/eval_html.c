/* An experiment as a page that opens in any browser without a network. */
#include "eval.h"

#include "amts/experiment.h"

#define WIDTH 400 /* pixels of the longest bar */
#define HIGH 16	  /* of a bar */

static const char *const metrics[] = { "BLEU", "chrF2", "TER" };
static const char *const colors[AMTS_SYSTEMS] = { "#9aa5b1", "#5b9bd5", "#2e7d5b" };

/* Experiments with a memory are of 1 BLEU, those with a service of 50: bars compare the
 * systems of one. */
static double longest_bar(const struct amts_experiment *x)
{
	double most = 1;
	size_t i;
	int k;

	for (i = 0; i < x->n; i++)
		for (k = 0; k < AMTS_SYSTEMS; k++)
			if (x->v[i].score[k][AMTS_BY_BLEU] > most)
				most = x->v[i].score[k][AMTS_BY_BLEU];
	return most;
}

static void add_name(struct amts_buf *out, const struct amts_experiment_article *a)
{
	amts_buf_add_html(out, a->path.n ? a->path : AMTS_STR("all"));
}

static void add_row(struct amts_buf *out, const struct amts_experiment_article *a)
{
	int k;

	for (k = 0; k < AMTS_SYSTEMS; k++) {
		amts_buf_addz(out, "<tr><td>");
		if (!k)
			add_name(out, a);
		amts_buf_addf(out,
			"</td><td "
			"class=\"of\">%s</td><td>%zu</td><td>%zu</td><td>%.2f</td>"
			"<td>%.2f</td><td>%.2f</td></tr>\n",
			amts_system_name((enum amts_system)k), a->sentences,
			a->translated[k], a->score[k][AMTS_BY_BLEU],
			a->score[k][AMTS_BY_CHRF], a->score[k][AMTS_BY_TER]);
	}
}

/* The BLEU of each system as a bar, with its number. */
static void add_bars(
	struct amts_buf *out, const struct amts_experiment_article *a, double most)
{
	int k, length;

	amts_buf_addz(out, "<figure><figcaption>");
	add_name(out, a);
	amts_buf_addf(out,
		"</figcaption>\n<svg width=\"%d\" height=\"%d\" role=\"img\">\n",
		WIDTH + 160, AMTS_SYSTEMS * (HIGH + 4));
	for (k = 0; k < AMTS_SYSTEMS; k++) {
		length = (int)(a->score[k][AMTS_BY_BLEU] * WIDTH / most);
		amts_buf_addf(out,
			"<text x=\"0\" y=\"%d\">%s</text><rect x=\"90\" y=\"%d\" "
			"width=\"%d\" height=\"%d\" fill=\"%s\"/><text x=\"%d\" "
			"y=\"%d\">%.2f</text>\n",
			k * (HIGH + 4) + 13, amts_system_name((enum amts_system)k),
			k * (HIGH + 4), length, HIGH, colors[k], 96 + length,
			k * (HIGH + 4) + 13, a->score[k][AMTS_BY_BLEU]);
	}
	amts_buf_addz(out, "</svg></figure>\n");
}

static void add_data(struct amts_buf *out, const struct amts_experiment *x)
{
	int k;

	amts_buf_addz(out,
		"<h2>Parallel data</h2>\n<table><tr><th></th><th>pairs</th><th>held "
		"out</th><th>useless</th><th>leaks</th><th>BLEU against plain</th>"
		"<th>95 %</th><th>p</th></tr>\n");
	for (k = AMTS_SYSTEM_PARAGRAPHS; k < AMTS_SYSTEMS; k++)
		amts_buf_addf(out,
			"<tr><td>%s</td><td>%zu</td><td>%zu</td><td>%zu</td><td>%zu</td>"
			"<td>%+.2f</td><td>%.2f to %.2f</td><td>%.4f</td></tr>\n",
			amts_system_name((enum amts_system)k), x->data[k].pairs,
			x->data[k].held, x->data[k].useless, x->data[k].leaks,
			x->test[k].difference, x->test[k].low, x->test[k].high,
			x->test[k].p_bootstrap);
	amts_buf_addz(out, "</table>\n");
}

void eval_html(struct amts_buf *out, const struct amts_experiment *x)
{
	size_t i;

	amts_buf_addz(out,
		"<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n"
		"<title>Articles held out</title>\n<style>body{font:14px/1.5 "
		"sans-serif;max-width:60em;margin:2em auto}table{border-collapse:"
		"collapse}td,th{padding:2px 10px;text-align:right;border-bottom:1px "
		"solid "
		"#ddd}td:first-child,th:first-child,.of{text-align:left}figure{margin:"
		"1em 0}svg text{font-size:12px}</style>\n<h1>Articles held out: ");
	amts_buf_add_html(out, amts_str_z(x->src_lang));
	amts_buf_addz(out, " to ");
	amts_buf_add_html(out, amts_str_z(x->tgt_lang));
	amts_buf_addz(out,
		"</h1>\n<p>Articles translated without parallel data (plain), with "
		"pairs of paragraphs and with pairs of sentences, none of which has "
		"anything of them, and compared with people's translation, without "
		"code, formulas, addresses and references. More BLEU and chrF2, and "
		"less TER, are better.</p>\n<table><tr><th>article</th><th "
		"class=\"of\">parallel data</th>"
		"<th>sentences</th><th>translated</th><th>BLEU</th><th>chrF2</th>"
		"<th>TER</th></tr>\n");
	for (i = 0; i < x->n; i++)
		add_row(out, &x->v[i]);
	add_row(out, &x->total);
	amts_buf_addz(out, "</table>\n");
	add_data(out, x);
	amts_buf_addz(out, "<h2>BLEU</h2>\n");
	for (i = 0; i < x->n; i++)
		add_bars(out, &x->v[i], longest_bar(x));
	add_bars(out, &x->total, longest_bar(x));
	for (i = 0; i < AMTS_EXPERIMENT_METRICS; i++) {
		amts_buf_addf(out, "<p>%s <code>", metrics[i]);
		amts_buf_add_html(out, x->signature[i]);
		amts_buf_addz(out, "</code></p>\n");
	}
	amts_buf_addz(out, "</html>\n");
}
