#include "base/alloc.h"
#include "base/json.h"
#include "base/map.h"
#include "mt/amazon.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST_PAGES 1000 /* of a list: an account has less */

int amts_amazon_call(struct amts_json **out, struct amts_aws *aws, const char *operation,
	struct amts_str body, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_http_request request;
	struct amts_http_reply reply;
	int rc = amts_aws_json_request(&request, aws, arena, "translate",
		amts_arena_fmt(arena, AMAZON_TARGET "%s", operation).p, body, 1, err);

	*out = NULL;
	if (!rc)
		rc = amts_http_send(&reply, amts_aws_http(aws), arena, &request, err);
	if (!rc)
		rc = amts_aws_check(aws, &request, &reply, err);
	if (!rc)
		rc = amts_json_parse(out, reply.body, operation, err);
	amts_arena_free(arena);
	return rc ? amts_error_prefix(err, "%s", operation) : AMTS_OK;
}

int amts_amazon_call_named(struct amts_json **out, struct amts_aws *aws,
	const char *operation, const char *name, struct amts_error *err)
{
	struct amts_buf b = AMTS_BUF_INIT;
	int rc;

	amts_buf_addz(&b, "{\"Name\":");
	amts_json_quote(&b, amts_str_z(name));
	amts_buf_addc(&b, '}');
	rc = amts_amazon_call(out, aws, operation, amts_buf_str(&b), err);
	amts_buf_release(&b);
	return rc;
}

int amts_amazon_do_named(struct amts_aws *aws, const char *operation, const char *name,
	struct amts_error *err)
{
	struct amts_json *json;
	int rc = amts_amazon_call_named(&json, aws, operation, name, err);

	amts_json_free(json);
	return rc;
}

/* What asks for the next page; 0 after the last. */
static int put_next(struct amts_buf *body, const struct amts_json *json)
{
	const char *token = amts_json_string(json, "NextToken");

	if (!token || !*token)
		return 0;
	amts_buf_addz(body, "{\"NextToken\":");
	amts_json_quote(body, amts_str_z(token));
	amts_buf_addc(body, '}');
	return 1;
}

/* Any bytes of a list's entries. */
struct entries {
	char *v; /* heap */
	size_t n, cap, size;
};

static void read_page(struct entries *all, const struct amts_json *list,
	amts_amazon_read_fn *read, struct amts_arena *arena)
{
	const struct amts_json *e;

	for (e = amts_json_first(list); e; e = amts_json_next(e)) {
		if (all->n == all->cap) {
			all->cap = all->cap ? 2 * all->cap : 16;
			all->v = amts_realloc(all->v, all->cap * all->size);
		}
		read(all->v + all->n++ * all->size, e, arena);
	}
}

static int read_pages(struct entries *all, amts_amazon_read_fn *read,
	struct amts_arena *arena, struct amts_aws *aws, const char *operation,
	const char *list, struct amts_error *err)
{
	struct amts_buf body = AMTS_BUF_INIT, next;
	struct amts_map asked = { NULL, 0, 0 };
	int rc, more;

	amts_buf_addz(&body, "{}");
	do {
		struct amts_json *json;

		rc = amts_amazon_call(&json, aws, operation, amts_buf_str(&body), err);
		read_page(all, amts_json_get(json, list), read, arena);
		next = (struct amts_buf)AMTS_BUF_INIT;
		more = !rc && put_next(&next, json);
		if (more && !amts_map_is_new(&asked,
				    amts_str_hash(amts_buf_str(&next), 0), MOST_PAGES))
			rc = amts_fail(err, AMTS_EFAIL,
				"%s: the service's list never ends", operation);
		amts_json_free(json);
		amts_buf_release(&body);
		body = next;
	} while (!rc && more);
	amts_map_release(&asked);
	amts_buf_release(&body);
	return rc;
}

int amts_amazon_list(void **out, size_t *n, size_t size, amts_amazon_read_fn *read,
	struct amts_arena *arena, struct amts_aws *aws, const char *operation,
	const char *list, struct amts_error *err)
{
	struct entries all = { .size = size };
	int rc = read_pages(&all, read, arena, aws, operation, list, err);

	*n = all.n;
	*out = amts_arena_alloc(arena, (all.n + 1) * size);
	if (all.n)
		memcpy(*out, all.v, all.n * size);
	free(all.v);
	return rc;
}

uint64_t amts_amazon_count(const struct amts_json *object, const char *name)
{
	double n = 0;

	return amts_json_number(&n, object, name) && n > 0 && n < 1e15 ? (uint64_t)n : 0;
}

const char *amts_amazon_string(
	const struct amts_json *object, const char *name, struct amts_arena *arena)
{
	return amts_arena_z(arena, amts_str_z(amts_json_string(object, name)));
}

void amts_amazon_pause(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&t, NULL);
}
