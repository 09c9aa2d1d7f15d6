/*
 * libcurl, opened when something first calls it.  It comes with two dozen libraries
 * (TLS, Kerberos, LDAP...), and loading them takes half the start of a program that
 * mostly needs no network: hooks, merges, a status.  So the program is linked with the
 * functions below, which hand on to the library; to their callers nothing is different.
 */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>

#undef curl_easy_setopt /* curl.h has macros of these names */
#undef curl_easy_getinfo

#ifdef __APPLE__
#define LIBRARY "libcurl.4.dylib"
#else
#define LIBRARY "libcurl.so.4" /* since 2006 */
#endif

#define FUNCTIONS(F)                                                                     \
	F(curl_easy_cleanup)                                                             \
	F(curl_easy_getinfo)                                                             \
	F(curl_easy_init)                                                                \
	F(curl_easy_reset)                                                               \
	F(curl_easy_setopt)                                                              \
	F(curl_easy_strerror)                                                            \
	F(curl_getdate)                                                                  \
	F(curl_global_init)                                                              \
	F(curl_multi_add_handle)                                                         \
	F(curl_multi_cleanup)                                                            \
	F(curl_multi_info_read)                                                          \
	F(curl_multi_init)                                                               \
	F(curl_multi_perform)                                                            \
	F(curl_multi_poll)                                                               \
	F(curl_multi_remove_handle)                                                      \
	F(curl_slist_append)                                                             \
	F(curl_slist_free_all)

static struct {
#define MEMBER(name) __typeof__(name) *name;
	FUNCTIONS(MEMBER)
} lib;
static int is_complete;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_library(void)
{
	void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);

	is_complete = handle != NULL;
#define FIND(name)                                                                       \
	*(void **)&lib.name = handle ? dlsym(handle, #name) : NULL;                      \
	is_complete = is_complete && lib.name;
	FUNCTIONS(FIND)
}

static int is_open(void)
{
	pthread_once(&once, open_library);
	return is_complete;
}

#define HAND_ON(type, missing, name, params, args)                                       \
	type name params                                                                 \
	{                                                                                \
		return is_open() ? lib.name args : (missing);                            \
	}
#define HAND_ON_VOID(name, params, args)                                                 \
	void name params                                                                 \
	{                                                                                \
		if (is_open())                                                           \
			lib.name args;                                                   \
	}

HAND_ON(CURLcode, CURLE_FAILED_INIT, curl_global_init, (long flags), (flags))
HAND_ON(time_t, -1, curl_getdate, (const char *date, const time_t *unused),
	(date, unused))
HAND_ON(struct curl_slist *, NULL, curl_slist_append,
	(struct curl_slist * list, const char *line), (list, line))
HAND_ON_VOID(curl_slist_free_all, (struct curl_slist * list), (list))

HAND_ON(CURL *, NULL, curl_easy_init, (void), ())
HAND_ON_VOID(curl_easy_cleanup, (CURL * easy), (easy))
HAND_ON_VOID(curl_easy_reset, (CURL * easy), (easy))
HAND_ON(const char *, "libcurl is missing", curl_easy_strerror, (CURLcode code), (code))

HAND_ON(CURLM *, NULL, curl_multi_init, (void), ())
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_cleanup, (CURLM * multi), (multi))
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_add_handle,
	(CURLM * multi, CURL *easy), (multi, easy))
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_remove_handle,
	(CURLM * multi, CURL *easy), (multi, easy))
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_perform,
	(CURLM * multi, int *running), (multi, running))
HAND_ON(CURLMcode, CURLM_INTERNAL_ERROR, curl_multi_poll,
	(CURLM * multi, struct curl_waitfd fds[], unsigned nfds, int ms, int *n),
	(multi, fds, nfds, ms, n))
HAND_ON(CURLMsg *, NULL, curl_multi_info_read, (CURLM * multi, int *left), (multi, left))

/* The option's number says what the argument is (curl.h, CURLOPTTYPE_...). */
CURLcode curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
	CURLcode rc = CURLE_FAILED_INIT;
	va_list ap;

	va_start(ap, option);
	if (!is_open())
		;
	else if (option < CURLOPTTYPE_OBJECTPOINT)
		rc = lib.curl_easy_setopt(easy, option, va_arg(ap, long));
	else if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_BLOB)
		rc = lib.curl_easy_setopt(easy, option, va_arg(ap, curl_off_t));
	else if (option >= CURLOPTTYPE_FUNCTIONPOINT && option < CURLOPTTYPE_OFF_T)
		rc = lib.curl_easy_setopt(easy, option, va_arg(ap, void (*)(void)));
	else
		rc = lib.curl_easy_setopt(easy, option, va_arg(ap, void *));
	va_end(ap);
	return rc;
}

CURLcode curl_easy_getinfo(CURL *easy, CURLINFO info, ...)
{
	CURLcode rc = CURLE_FAILED_INIT;
	va_list ap;

	va_start(ap, info);
	if (is_open())
		rc = lib.curl_easy_getinfo(easy, info, va_arg(ap, void *));
	va_end(ap);
	return rc;
}
