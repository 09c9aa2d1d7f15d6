#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H
#include "amts/base.h"

int amts_is_folder(const char *path);

/* Make this folder and those above it, as mkdir -p does; "" is the current one. */
AMTS_MUST_CHECK int amts_make_folders(struct amts_str path, struct amts_error *err);

#endif
