#include "text/abbrev.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/*
 * Abbreviations of technical prose.  English ones count in every language: documentation
 * keeps "e.g." and "Fig." untranslated.
 */
static const struct {
	const char *primary;
	const char *always,
		*number; /* blank on both sides of each; capitalised: only so */
} table[] = {
	{ "en",
		" e.g i.e eg ie cf vs viz approx resp ca dept univ assn w.r.t a.k.a Mr "
		"Mrs Ms Dr Prof St Jr "
		"Sr Rev Hon Capt Col Gen Gov Lt Sgt Sen Rep Mt Ph.D ",
		" fig figs eq eqs eqn eqns sec secs sect ch chap no nos vol vols pp p "
		"tab thm def prop "
		"lem cor app ver v al art para ex ed ref refs alg Jan Feb Mar Apr Jun "
		"Jul Aug Sep Sept Oct Nov Dec " },
	{ "de",
		" z.b bzw d.h u.a o.a evtl ggf ggfs inkl exkl einschl vgl sog u.u o.ä "
		"u.ä o.g i.d.r s.o "
		"s.u zzgl mind max min bspw z.t i.a Hr Fr hrsg entspr urspr allg insb ",
		" abb nr tab kap s bd gl absch art Jan Feb Apr Aug Okt Dez " },
	{ "fr", " p.ex ex c.-à-d M MM Mme Mlle env ", " fig éq n p chap art vol " },
	{ "es", " p.ej ej Sr Sra Srta Sres Ud Uds Dra aprox ",
		" fig figs núm pág cap ec art vol " },
	{ "pt", " p.ex ex Sr Sra Dra Profa aprox ",
		" fig núm pág cap eq art vol n séc " },
	{ "it", " es p.es Sig Dott Ing Avv ", " fig pag cap n art vol tav sez " },
	{ "nl", " bijv bv d.w.z o.a m.b.t i.p.v m.a.w Dhr Mevr ",
		" afb fig nr hfst blz " },
	{ "sv", " t.ex bl.a d.v.s m.a.o ", " fig nr kap " },
	{ "tr", " ör örn bkz Doç Yrd Sn ", " no şek böl s " },
	{ "ru", " т.е т.к т.н напр см ср проф ", " рис табл гл стр п разд " },
	{ "uk", " т.є т.к напр див пор ", " рис табл гл стор п " },
	{ "pl", " np tzn tj m.in ", " rys tab rozdz nr str " },
	{ "cs", " např tzn tj tzv ", " obr tab kap č str " },
	{ "vi", " vd Tp TP TS GS ", " h " },
};

static int listed(const char *list, const char *word)
{
	char key[TEXT_ABBREV_MAX + 2];
	snprintf(key, sizeof(key), " %s ", word);
	return strstr(list, key) != NULL;
}

static int in_table(const char *primary, const struct text_word *w, int number)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const char *list = number ? table[i].number : table[i].always;
		if (i != 0 && strcmp(table[i].primary, primary) != 0)
			continue;
		if (listed(list, w->own) || listed(list, w->lower))
			return 1;
	}
	return 0;
}

int text_abbrev_always(const char *primary, const struct text_word *w)
{
	return in_table(primary, w, 0);
}

int text_abbrev_number(const char *primary, const struct text_word *w)
{
	return in_table(primary, w, 1);
}

int text_is_starter(const char *word)
{
	static const char starters[] = " The This These That Those We It In If For As A "
				       "An When While However You Then But "
				       "And So Since To On At By With From Let Note Here "
				       "There Each Both Also Now Our Their "
				       "Its Is Are Can He She They What How Why I ";
	return listed(starters, word);
}
