/* Links and cross-references that lead somewhere in the source and nowhere here. */
#include "check/check.h"

#include <string.h>

static int is_external(struct amts_str s)
{
	size_t i;

	if (!s.n || s.p[0] == '/') /* from the site's root: only the generator knows */
		return 1;
	for (i = 0; i < s.n && s.p[i] != '/' && s.p[i] != '#' && s.p[i] != '?'; i++)
		if (s.p[i] == ':')
			return 1;
	return 0;
}

struct amts_str check_link_target(struct amts_str s)
{
	size_t beg = amts_str_find(s, AMTS_STR("]("), 0), end;

	if (beg == s.n)
		beg = amts_str_find(s, AMTS_STR("]:"), 0);
	if (beg == s.n)
		return AMTS_STR("");
	beg += 2;
	while (beg < s.n && (s.p[beg] == ' ' || s.p[beg] == '<'))
		beg++;
	for (end = beg; end < s.n && !strchr(") >\n\t\"", s.p[end]);)
		end++;
	return amts_str_sub(s, beg, end);
}

/* folder of `page` + target, "." and ".." resolved; 0 when it leaves the tree. */
static int resolve(struct amts_str *out, struct amts_arena *arena, struct amts_str page,
	struct amts_str target)
{
	size_t folder = page.n, beg, end, n;
	struct amts_str all;
	char *p;

	while (folder && page.p[folder - 1] != '/')
		folder--;
	all = amts_arena_fmt(arena, AMTS_STR_FMT AMTS_STR_FMT,
		AMTS_STR_ARG(amts_str_sub(page, 0, folder)), AMTS_STR_ARG(target));
	p = AMTS_NEW(arena, char, all.n + 1);
	for (n = beg = 0; beg < all.n; beg = end + 1) {
		struct amts_str part;

		end = amts_str_find(all, AMTS_STR("/"), beg);
		part = amts_str_sub(all, beg, end);
		if (!part.n || amts_str_eq(part, AMTS_STR(".")))
			continue;
		if (amts_str_eq(part, AMTS_STR(".."))) {
			if (!n)
				return 0;
			while (n && p[--n] != '/')
				;
			continue;
		}
		if (n)
			p[n++] = '/';
		memcpy(p + n, part.p, part.n);
		n += part.n;
	}
	*out = (struct amts_str){ p, n };
	return 1;
}

static struct amts_str before(struct amts_str s, const char *any)
{
	size_t i;

	for (i = 0; i < s.n && !strchr(any, s.p[i]);)
		i++;
	return amts_str_sub(s, 0, i);
}

/* "title-1" is the second heading of that name. */
static struct amts_str without_number(struct amts_str s)
{
	size_t n = s.n;

	while (n && s.p[n - 1] >= '0' && s.p[n - 1] <= '9')
		n--;
	return n && n < s.n && s.p[n - 1] == '-' ? amts_str_sub(s, 0, n - 1) : s;
}

static int has_anchor(
	const struct amts_check_site *site, struct amts_str path, struct amts_str name)
{
	return check_site_has(site, SITE_ANCHOR, path, name) ||
	       check_site_has(site, SITE_ANCHOR, path, without_number(name));
}

static void check_file(
	struct check *c, struct amts_str path, struct amts_str link, size_t at)
{
	const struct amts_check_page *p = c->page;
	struct amts_str here, there;

	if (!resolve(&here, c->arena, p->tgt_path, path) ||
		check_site_has(p->tgt_site, SITE_FILE, AMTS_STR(""), here))
		return;
	if (resolve(&there, c->arena, p->src_path, path) &&
		check_site_has(p->src_site, SITE_FILE, AMTS_STR(""), there))
		check_add(c, AMTS_CHECK_LINK, check_line(&c->tgt_lines, at), 0,
			"no file '" AMTS_STR_FMT "' for the link '" AMTS_STR_FMT "'",
			AMTS_STR_ARG(here), AMTS_STR_ARG(link));
}

static void check_anchor(
	struct check *c, struct amts_str path, struct amts_str name, size_t at)
{
	const struct amts_check_page *p = c->page;
	struct amts_str here = p->tgt_path, there = p->src_path;

	if (path.n && (!resolve(&here, c->arena, p->tgt_path, path) ||
			      !resolve(&there, c->arena, p->src_path, path)))
		return;
	if (!has_anchor(p->tgt_site, here, name) && has_anchor(p->src_site, there, name))
		check_add(c, AMTS_CHECK_ANCHOR, check_line(&c->tgt_lines, at), 0,
			"no anchor '#" AMTS_STR_FMT "' in '" AMTS_STR_FMT "'",
			AMTS_STR_ARG(name), AMTS_STR_ARG(here));
}

static void check_link(struct check *c, struct amts_str link, size_t at)
{
	struct amts_str path = before(link, "#?"), rest;

	if (is_external(link))
		return;
	rest = amts_str_sub(link, amts_str_find(link, AMTS_STR("#"), 0), link.n);
	if (path.n)
		check_file(c, path, link, at);
	if (rest.n > 1)
		check_anchor(c, path, amts_str_sub(rest, 1, rest.n), at);
}

/* :numref:`x`, {ref}`text <x>`: the x of roles that refer to labels, else empty. */
static struct amts_str label_in(struct amts_str s)
{
	static const char *const roles[] = { ":numref:", ":ref:", ":eqref:", "{numref}",
		"{ref}", "{eq}" };
	size_t i, beg = amts_str_find(s, AMTS_STR("`"), 0), end = s.n;

	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (amts_str_eq(amts_str_sub(s, 0, beg), amts_str_z(roles[i])))
			break;
	if (i == sizeof(roles) / sizeof(roles[0]) || beg + 1 >= s.n)
		return AMTS_STR("");
	end = amts_str_find(s, AMTS_STR("`"), beg + 1);
	s = amts_str_sub(s, beg + 1, end);
	beg = amts_str_find(s, AMTS_STR("<"), 0);
	return amts_str_trim(beg < s.n ? before(amts_str_sub(s, beg + 1, s.n), ">") : s);
}

static void check_label(struct check *c, struct amts_str name, size_t at)
{
	const struct amts_check_page *p = c->page;

	if (name.n && !check_site_has(p->tgt_site, SITE_LABEL, AMTS_STR(""), name) &&
		check_site_has(p->src_site, SITE_LABEL, AMTS_STR(""), name))
		check_add(c, AMTS_CHECK_LABEL, check_line(&c->tgt_lines, at), 0,
			"no label '" AMTS_STR_FMT "' in the translation",
			AMTS_STR_ARG(name));
}

void check_links(struct check *c)
{
	const struct amts_segments *s = c->page->tgt;
	size_t i, k;

	for (i = 0; i < s->n; i++)
		for (k = 0; k < s->v[i].ninl; k++) {
			const struct amts_inline *in = &s->v[i].inl[k];
			struct amts_str bytes = amts_doc_bytes(c->tgt, in->at);

			if (in->kind == AMTS_INLINE_LINK || in->kind == AMTS_INLINE_IMAGE)
				check_link(c, check_link_target(bytes), in->at.beg);
			else if (in->kind == AMTS_INLINE_ROLE)
				check_label(c, label_in(bytes), in->at.beg);
		}
	for (i = 0; i < c->tgt->n; i++)
		if (c->tgt->v[i].kind == AMTS_BLOCK_LINK_DEF)
			check_link(c,
				check_link_target(
					amts_doc_bytes(c->tgt, c->tgt->v[i].all)),
				c->tgt->v[i].all.beg);
}
