#ifndef AMTS_HTTP_H
#define AMTS_HTTP_H
/*
 * HTTP for engines, Amazon and forges: TLS is verified, every wait is limited, every
 * reply is capped, what fails for the moment is tried again, and no secret reaches a
 * message or a trace.
 */
#include "amts/mem.h"

struct amts_http_header {
	const char *name, *value;
};

struct amts_http_options {
	const char *user_agent; /* NULL: "git-amts-sync/VERSION" */
	/* Values of curl's variables http_proxy, https_proxy, all_proxy, no_proxy (either
	 * case; only the lower one for http_proxy); NULL: not set. */
	const char *http_proxy, *https_proxy, *all_proxy, *no_proxy;
	const char *ca_file; /* certificates to trust, PEM; NULL: the system's */
	long connect_ms;     /* 0: 10,000 */
	long total_ms;	     /* of one attempt; 0: 60,000 */
	int concurrency;     /* requests at once; 0: 8 */
	/*
	 * Waits between attempts are random in 0..min(retry_cap_ms, retry_base_ms ·
	 * 2^attempt) ("full jitter", AWS Architecture Blog, 2015-03-04), never below the
	 * server's Retry-After.  A wait that would pass budget_ms ends the attempts.
	 */
	int attempts;	    /* 0: 5 */
	long retry_base_ms; /* 0: 500 */
	long retry_cap_ms;  /* 0: 20,000 */
	long budget_ms;	    /* waits of one request, summed; 0: 120,000 */
	/* One line, without line end, of what goes over the wire ("=> Send header: ..."):
	 * headers and curl's remarks, never bodies, secrets taken out. */
	void (*trace)(void *payload, const char *line);
	void *trace_payload;
};

/* Connections and settings; one thread at a time. */
struct amts_http;

/* Strings of the options are copied. */
AMTS_MUST_CHECK int amts_http_open(struct amts_http **out,
	const struct amts_http_options *options, struct amts_error *err);
void amts_http_free(struct amts_http *h); /* NULL is allowed */

/* A value that may appear in no message or trace from now on.  Ones shorter than 6 bytes
 * are not looked for: they would blot out half a trace. */
void amts_http_secret(struct amts_http *h, struct amts_str value);

/*
 * Add text to out without what is secret: values of Authorization, Cookie and other
 * headers that authenticate, passwords in URLs, values of query fields that sign or
 * authenticate, values told to amts_http_secret.  h may be NULL.
 */
void amts_http_redact(
	struct amts_buf *out, const struct amts_http *h, struct amts_str text);

struct amts_http_reply {
	int status;			  /* 200; 0: there was no reply */
	struct amts_http_header *headers; /* of the last answer, names in lower case */
	size_t nheaders;
	struct amts_str body; /* empty when it went to a file */
	uint64_t size;	      /* bytes of the body, wherever they went */
	int attempts;	      /* how often it was sent */
};

/* The first value of a header; NULL when it is not there. */
const char *amts_http_header(const struct amts_http_reply *reply, const char *name);

enum amts_http_verdict {
	AMTS_HTTP_DONE,	 /* hand the reply to the caller, whatever its status */
	AMTS_HTTP_RETRY, /* for the moment only: wait and send again, if that is harmless
			  */
	AMTS_HTTP_LATER, /* it was not even looked at: wait and send again, whatever it is
			  */
	AMTS_HTTP_AGAIN	 /* something was corrected: send again at once (at most twice) */
};

struct amts_http_request {
	const char *method; /* "GET" */
	const char *url;    /* http or https, percent-encoded; sent as it is */
	const struct amts_http_header *headers;
	size_t nheaders;
	struct amts_str body;
	/* GET, HEAD, PUT, DELETE may be sent twice; others only when this says that it
	 * does no harm.  A request that never reached the server is always sent again. */
	unsigned repeatable : 1;
	unsigned
		direct : 1; /* through no proxy: addresses of this machine and its host */
	/* Follow redirections, at most 5, and to the same scheme, host and port only;
	 * elsewhere they are an error.  0: a redirection is a reply like any other. */
	unsigned follow : 1;
	int fd;		 /* a 2xx body goes to this file, from its start; 0: to memory */
	size_t max_body; /* more is AMTS_ETOOBIG; 0: 64 MiB */
	long connect_ms, total_ms; /* 0: as the options say */
	int attempts;		   /* 0: as the options say */

	/* More headers, made before each attempt (signatures age); strings in arena.
	 * NULL: none. */
	int (*sign)(void *payload, const struct amts_http_request *request,
		struct amts_http_header **headers, size_t *nheaders,
		struct amts_arena *arena, struct amts_error *err);
	/* What to make of a reply; NULL: 408, 429, 500, 502, 503 and 504 are tried again.
	 */
	enum amts_http_verdict (*judge)(void *payload,
		const struct amts_http_request *request,
		const struct amts_http_reply *reply);
	void *payload;
};

struct amts_http_job {
	struct amts_http_request request;
	struct amts_http_reply reply; /* in the arena of the call */
	int rc;			      /* AMTS_OK: there is a reply, of any status */
	struct amts_error err;
};

/*
 * Send one request and wait for the reply, which lives in arena.  A status over 399 is no
 * failure here (see amts_http_check), except that one that stayed temporary through all
 * attempts comes back as it is.  Without a reply: AMTS_ERETRY when connections fail or
 * time out, AMTS_ETOOBIG over max_body, AMTS_EAUTH when the certificate is not trusted,
 * AMTS_EUSAGE for what is no http or https URL, else AMTS_EFAIL.
 */
AMTS_MUST_CHECK int amts_http_send(struct amts_http_reply *reply, struct amts_http *h,
	struct amts_arena *arena, const struct amts_http_request *request,
	struct amts_error *err);

/* Send n requests, `concurrency` at once, and wait for all; each job has its result. */
void amts_http_run(struct amts_http *h, struct amts_arena *arena,
	struct amts_http_job *jobs, size_t n);

/*
 * AMTS_OK for 2xx, else a code for the status (401, 403 AMTS_EAUTH; 404, 410
 * AMTS_ENOTFOUND; 409, 412 AMTS_ECONFLICT; 413 AMTS_ETOOBIG; 408, 429, 5xx AMTS_ERETRY)
 * and "METHOD URL: STATUS: <detail>", secrets and query left out; detail may be empty.
 */
AMTS_MUST_CHECK int amts_http_check(const struct amts_http *h,
	const struct amts_http_request *request, const struct amts_http_reply *reply,
	struct amts_str detail, struct amts_error *err);

#endif
