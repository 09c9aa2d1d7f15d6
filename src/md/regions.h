#ifndef MD_REGIONS_H
#define MD_REGIONS_H
/* The recognisers behind md_region_at, by dialect.  Each returns 1 and fills *out, or 0.
 */
#include "md/ahead.h"

int md_region_math(struct md_region *out, const struct md_place *place, size_t *dead);
int md_region_env(struct md_region *out, const struct md_place *place, size_t *dead);

int md_region_myst_options(
	struct md_region *out, const struct md_place *place, size_t *dead);
int md_region_myst_target(struct md_region *out, const struct md_place *place);
int md_region_myst_break(struct md_region *out, const struct md_place *place);

int md_region_esm(struct md_region *out, const struct md_place *place, size_t *dead);
int md_region_jsx(struct md_region *out, const struct md_place *place, size_t *dead);
int md_region_mdx_comment(
	struct md_region *out, const struct md_place *place, size_t *dead);

#endif
