#include "text/abbrev.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/*
 * Abbreviations of technical prose that ICU's suppressions (CLDR "segments") do not
 * have. English ones count in every language: documentation keeps "e.g." and "Fig."
 * untranslated.
 */
static const struct {
	const char *primary;
	const char *always, *number; /* blank on both sides of each */
} table[] = {
	{ "en",
		" e.g i.e eg ie cf vs viz approx resp ca dr mr mrs ms prof st jr sr rev "
		"dept univ w.r.t "
		"a.k.a ph.d ",
		" fig figs eq eqs eqn eqns sec secs sect ch chap no nos vol pp p tab thm "
		"def prop lem "
		"cor app ver v al art para ex ed ref refs alg " },
	{ "de",
		" z.b bzw d.h u.a o.a evtl ggf inkl exkl vgl sog u.u o.ä o.g i.d.r s.o "
		"s.u zzgl mind max "
		"min bspw z.t i.a u.ä ",
		" abb nr tab kap s bd gl absch " },
	{ "fr", " p.ex ex c.-à-d m mme mlle env ", " fig éq n p chap art vol " },
	{ "es", " p.ej ej sr sra ud uds aprox ", " fig núm pág cap ec art vol " },
	{ "pt", " p.ex ex sr sra aprox ", " fig núm pág cap eq art vol n " },
	{ "it", " es p.es sig dott ", " fig pag cap n art vol " },
	{ "nl", " bijv bv d.w.z o.a m.b.t i.p.v m.a.w dhr mevr ", " afb fig nr hfst " },
	{ "sv", " t.ex bl.a d.v.s m.a.o ", " fig nr kap " },
	{ "tr", " örn bkz doç yrd sn ", " no şek böl s " },
	{ "ru", " т.е т.к т.н напр см ср ", " рис табл гл стр п разд " },
	{ "uk", " т.є т.к напр див пор ", " рис табл гл стор п " },
	{ "pl", " np tzn tj m.in ", " rys tab rozdz nr str " },
	{ "cs", " např tzn tj tzv ", " obr tab kap č str " },
	{ "vi", " vd tp ts gs ", " h " },
};

static int listed(const char *list, const char *word)
{
	char key[48];
	if (snprintf(key, sizeof(key), " %s ", word) >= (int)sizeof(key))
		return 0;
	return strstr(list, key) != NULL;
}

static int in_table(const char *primary, const char *word, int number)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (i != 0 && strcmp(table[i].primary, primary) != 0)
			continue;
		if (listed(number ? table[i].number : table[i].always, word))
			return 1;
	}
	return 0;
}

int text_abbrev_always(const char *primary, const char *word)
{
	return in_table(primary, word, 0);
}

int text_abbrev_number(const char *primary, const char *word)
{
	return in_table(primary, word, 1);
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
