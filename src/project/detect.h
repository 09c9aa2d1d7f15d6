#ifndef PROJECT_DETECT_H
#define PROJECT_DETECT_H
/* Finding out how a project is laid out; see amts_detect. */
#include "project/project.h"

/* How translations lie beside their sources. */
struct detected_layout {
	struct amts_str source_path, path; /* layouts */
	size_t pairs; /* source files that have a translation in it */
};

/* Markdown files of a tree. */
int amts_detect_is_markdown(struct amts_str path);

/* Two repositories: the folders that, taken off both sides, make most paths the same. */
void amts_detect_folders(struct detected_layout *out, struct amts_arena *arena,
	const struct amts_tree *src, const struct amts_tree *tgt, const char *src_lang,
	const char *lang);

/* One repository: languages with files in folders or with suffixes of their own, most
 * files first. */
struct detected_lang {
	const char *lang;
	struct detected_layout layout;
	struct amts_str tried; /* folder looked at last */
};
struct detected_langs {
	struct detected_lang *v;
	size_t n;
};
void amts_detect_langs(struct detected_langs *out, struct amts_arena *arena,
	const struct amts_tree *tree, const char *src_lang);

/* The language a repository is named after ("d2l-zh", "zh-hans.example.org", config.ini
 * of D2L); NULL when nothing says. */
const char *amts_detect_lang_of(struct amts_arena *arena, struct amts_repo *repo,
	const struct amts_tree *tree, const char *name, const char *source_name,
	const char *src_lang);

#endif
