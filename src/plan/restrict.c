/* Some steps of a plan only. */
#include "plan/plan.h"

static void mark_drafts(char *keep, const struct amts_plan *p, const char *wanted)
{
	size_t i;

	for (i = 0; i < p->nrequests; i++)
		keep[p->requests[i].step] = wanted[p->requests[i].step];
}

/* Steps move to the front; now[i] is where step i is then. */
static void keep_steps(size_t *now, struct amts_plan *p, const char *keep)
{
	size_t i, n = 0;

	for (i = 0; i < p->nsteps; i++) {
		now[i] = n;
		if (keep[i])
			p->steps[n++] = p->steps[i];
	}
	p->nsteps = n;
}

static void keep_requests(
	size_t *now, struct amts_plan *p, const char *keep, const size_t *step_now)
{
	size_t i, n = 0;

	for (i = 0; i < p->nrequests; i++) {
		now[i] = n;
		if (!keep[p->requests[i].step])
			continue;
		p->requests[n] = p->requests[i];
		p->requests[n].step = step_now[p->requests[i].step];
		p->mt[n++] = p->mt[i];
	}
	p->nrequests = n;
}

void amts_plan_restrict(struct amts_plan *p, const char *wanted)
{
	char *keep = AMTS_NEW(p->arena, char, p->nsteps + 1);
	size_t *step_now = AMTS_NEW(p->arena, size_t, p->nsteps + 1);
	size_t *request_now = AMTS_NEW(p->arena, size_t, p->nrequests + 1);
	size_t i, k, n = 0;

	mark_drafts(keep, p, wanted);
	keep_steps(step_now, p, keep);
	keep_requests(request_now, p, keep, step_now);
	for (i = 0; i < p->npatches; i++) {
		struct patch c = p->patches[i];

		if (!keep[c.step])
			continue;
		c.step = step_now[c.step];
		for (k = 0; k < c.nparts; k++)
			if (c.parts[k].request != NONE)
				c.parts[k].request = request_now[c.parts[k].request];
		p->patches[n++] = c;
	}
	p->npatches = n;
}
