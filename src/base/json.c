#include "base/json.h"

#include <cjson/cJSON.h>

static const cJSON *as_cjson(const struct amts_json *value)
{
	return (const cJSON *)value;
}

static const struct amts_json *as_json(const cJSON *value)
{
	return (const struct amts_json *)value;
}

int amts_json_parse(struct amts_json **out, struct amts_str text, const char *what,
	struct amts_error *err)
{
	const char *end = NULL;
	cJSON *root = text.n ? cJSON_ParseWithLengthOpts(text.p, text.n, &end, 0) : NULL;

	*out = NULL;
	if (root && amts_str_trim(amts_str_sub(text, (size_t)(end - text.p), text.n)).n) {
		cJSON_Delete(root);
		root = NULL;
	}
	if (!root)
		return amts_fail(err, AMTS_EPARSE, "%s: bad JSON at byte %zu", what,
			end ? (size_t)(end - text.p) : 0);
	*out = (struct amts_json *)root;
	return AMTS_OK;
}

void amts_json_free(struct amts_json *root)
{
	cJSON_Delete((cJSON *)root);
}

const struct amts_json *amts_json_get(const struct amts_json *object, const char *name)
{
	return as_json(cJSON_GetObjectItemCaseSensitive(as_cjson(object), name));
}

const char *amts_json_string(const struct amts_json *object, const char *name)
{
	return amts_json_value(amts_json_get(object, name));
}

int amts_json_number(double *out, const struct amts_json *object, const char *name)
{
	const cJSON *v = as_cjson(amts_json_get(object, name));

	if (!cJSON_IsNumber(v))
		return 0;
	*out = v->valuedouble;
	return 1;
}

int amts_json_true(const struct amts_json *object, const char *name)
{
	return cJSON_IsTrue(as_cjson(amts_json_get(object, name)));
}

const struct amts_json *amts_json_first(const struct amts_json *value)
{
	return value ? as_json(as_cjson(value)->child) : NULL;
}

const struct amts_json *amts_json_next(const struct amts_json *element)
{
	return as_json(as_cjson(element)->next);
}

const char *amts_json_value(const struct amts_json *value)
{
	return cJSON_GetStringValue(as_cjson(value));
}
