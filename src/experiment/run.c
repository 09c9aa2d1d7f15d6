#include "experiment/experiment.h"

const char *amts_system_name(enum amts_system system)
{
	static const char *const names[] = { "plain", "paragraphs", "sentences" };

	return names[system];
}

int amts_experiment_run(struct amts_experiment *out, struct amts_arena *arena,
	struct amts_sync *sync, const struct amts_experiment_options *opt,
	struct amts_error *err)
{
	struct experiment x = { .sync = sync, .arena = arena, .opt = opt, .out = out };
	int rc;

	*out = (struct amts_experiment){ .n = 0 };
	rc = experiment_prepare(&x, err);
	if (!rc && !x.test.n)
		return amts_fail(err, AMTS_ENOTFOUND,
			"the articles have no sentences that correspond");
	return rc ? rc : experiment_measure(&x, err);
}
