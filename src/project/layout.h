#ifndef PROJECT_LAYOUT_H
#define PROJECT_LAYOUT_H
/*
 * Layouts: where the file for a document lies, as a template.  A document is named by its
 * path ("guide/intro.md") whatever repository or folder it lies in;
 *
 *	{path}  all of it           {dir}   "guide", empty at the top (the '/' after it
 *goes too) {name}  "intro"             {ext}   ".md", the last dot and what follows
 *	{lang}  the language
 *
 * "content/{lang}/{path}" and "{dir}/{name}.{lang}{ext}" are layouts.
 */
#include "amts/mem.h"

/* AMTS_EUSAGE unless s is a path that stays inside a repository: relative, no empty, "."
 * or
 * ".." or ".git" part, no control character. */
AMTS_MUST_CHECK int amts_path_check(struct amts_str path, struct amts_error *err);

/* AMTS_EUSAGE unless the layout is such a path, knows its variables, and tells documents
 * apart: by {path}, or by {dir} and {name} and {ext}. */
AMTS_MUST_CHECK int amts_layout_check(const char *layout, struct amts_error *err);

/* The file of a document. */
struct amts_str amts_layout_expand(struct amts_arena *arena, const char *layout,
	const char *lang, struct amts_str document);

/* The document of a file; 0 when the file does not fit the layout. */
int amts_layout_match(struct amts_str *document, struct amts_arena *arena,
	const char *layout, const char *lang, struct amts_str file);

#endif
