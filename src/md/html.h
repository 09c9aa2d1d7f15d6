#ifndef MD_HTML_H
#define MD_HTML_H
#include "amts/base.h"

/* 1 if raw HTML has letters for people: outside of tags, comments, entities, {{ templates
 * }} and elements that hold no prose (script, style, pre, svg…). */
int md_html_has_text(struct amts_str html);

/*
 * After the JSX tag (opening with attributes, closing, or fragment) that starts with the
 * `<` at `at`; 0 if there is none or it is not complete in s.  Attributes may hold
 * strings, nested {expressions} and line endings.
 */
size_t md_jsx_tag(struct amts_str s, size_t at);

/* 1 if the tag at `at` is named like a component: "Note", "Foo.Bar"; or it is a fragment.
 */
int md_jsx_component(struct amts_str s, size_t at);

#endif
