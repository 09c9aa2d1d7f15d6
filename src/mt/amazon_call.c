#include "base/json.h"
#include "mt/amazon.h"

#include <time.h>

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

void amts_amazon_pause(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&t, NULL);
}
