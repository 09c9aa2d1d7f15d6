#ifndef NET_HTTP_H
#define NET_HTTP_H
/* Inside of the HTTP client: handles, one transfer, when to try again. */
#include "amts/http.h"

#include <curl/curl.h>

struct amts_http {
	struct amts_arena *arena; /* strings of the options */
	struct amts_http_options o;
	CURLM *multi;
	char **secrets; /* heap */
	size_t nsecrets, secrets_cap;
};

/* One request under way, with what is kept between its attempts. */
struct transfer {
	struct amts_http *h;
	struct amts_http_job *job; /* NULL: the slot is free */
	struct amts_arena *arena;
	CURL *easy;
	struct curl_slist *headers;
	struct amts_buf head, body; /* what has come of this attempt's reply */
	uint64_t size;		    /* bytes of body so far */
	const char *url;	    /* after redirections */
	int redirects, again;
	int write_errno; /* the file could not be written */
	int running;	 /* curl has it; else it waits until `due` */
	int64_t due;	 /* milliseconds, amts_http_clock */
	long waited;
	char message[CURL_ERROR_SIZE];
};

int64_t amts_http_clock(void); /* milliseconds, monotonic */

/* ---- transfer.c ---- */

/* Give the request to curl.  Fails for what can never be sent. */
AMTS_MUST_CHECK int amts_transfer_start(struct transfer *t, struct amts_error *err);
/* Sent twice, it does what it does when it is sent once. */
int amts_transfer_may_repeat(const struct amts_http_request *r);
/* The reply of a finished attempt, into the job. */
void amts_transfer_reply(struct transfer *t);
/* What curl's failure means; *retry: it may go away by itself; *sent: the server may have
 * seen the request. */
int amts_transfer_failure(
	int *retry, int *sent, struct transfer *t, CURLcode code, struct amts_error *err);

/* ---- retry.c ---- */

/* Milliseconds before attempt `attempt` (from 1, the first repetition); random is any 64
 * bits. */
long amts_retry_wait(const struct amts_http_options *o, int attempt, uint64_t random);
/* Retry-After in milliseconds at the time `now` (seconds since 1970): seconds or a date;
 * 0 for none and for nonsense. */
long amts_retry_after(const char *value, int64_t now);

#endif
