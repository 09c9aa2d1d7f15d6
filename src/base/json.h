#ifndef BASE_JSON_H
#define BASE_JSON_H
/* Reading JSON from strangers.  Nesting is limited (1,000 deep). */
#include "amts/mem.h"

/* A value; all but the root are borrowed from it. */
struct amts_json;

/* AMTS_EPARSE naming `what` for anything but one value with white space around it. */
AMTS_MUST_CHECK int amts_json_parse(struct amts_json **out, struct amts_str text,
	const char *what, struct amts_error *err);
void amts_json_free(struct amts_json *root); /* NULL is allowed */

/* A member of an object, by exact name; NULL when there is none, or no object. */
const struct amts_json *amts_json_get(const struct amts_json *object, const char *name);
/* The same, and it is a string; NULL otherwise. */
const char *amts_json_string(const struct amts_json *object, const char *name);
/* The same, and it is a number: 1 and *out; 0 otherwise. */
int amts_json_number(double *out, const struct amts_json *object, const char *name);
/* The same, and it is true. */
int amts_json_true(const struct amts_json *object, const char *name);

/* Elements of an array, members of an object: the first, and the one after. */
const struct amts_json *amts_json_first(const struct amts_json *value);
const struct amts_json *amts_json_next(const struct amts_json *element);
const char *amts_json_value(const struct amts_json *value); /* of a string; else NULL */

/* Writing: a string in quotes; bytes that are not UTF-8 become U+FFFD. */
void amts_json_quote(struct amts_buf *out, struct amts_str s);

#endif
