#include "net/http.h"

#include <limits.h>
#include <stdlib.h>

long amts_retry_wait(const struct amts_http_options *o, int attempt, uint64_t random)
{
	long most = o->retry_base_ms;

	while (attempt-- > 0 && most < o->retry_cap_ms)
		most *= 2;
	if (most > o->retry_cap_ms)
		most = o->retry_cap_ms;
	return (long)(random % ((uint64_t)most + 1));
}

long amts_retry_after(const char *value, int64_t now)
{
	char *end;
	long seconds;
	time_t date;

	if (!value || !*value)
		return 0;
	seconds = strtol(value, &end, 10);
	if (*end) {
		date = curl_getdate(value, NULL);
		if (date == (time_t)-1 || date <= now)
			return 0;
		seconds = (int64_t)date - now > LONG_MAX / 1000 ? LONG_MAX / 1000
								: (long)(date - now);
	}
	if (seconds <= 0)
		return 0;
	return seconds > LONG_MAX / 1000 ? LONG_MAX : seconds * 1000;
}
