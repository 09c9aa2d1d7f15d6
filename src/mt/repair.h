#ifndef MT_REPAIR_H
#define MT_REPAIR_H
/* Make the translation of a similar segment fit: placeholders, numbers, names. */
#include "amts/mem.h"

/*
 * Out, in arena: tgt, which translates src, with the placeholders, numbers, names and the
 * closing stop of wanted.  1 if each placeholder of wanted is in it, as often, each number
 * and name that differs was found, and all other words of src and wanted are the same but
 * for case, articles, commas, contractions and spelling.  0 if it cannot be made to fit:
 * then it would say the wrong thing ("PyTorch" where the source says "TensorFlow", "the
 * set of integers" where it says "the set of positive integers").
 */
int mt_repair(struct amts_str *out, struct amts_arena *arena, struct amts_str wanted,
	struct amts_str src, struct amts_str tgt);

#endif
