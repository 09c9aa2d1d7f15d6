#ifndef EVAL_TER_H
#define EVAL_TER_H
/* Work space of TER. */
struct eval_ter;
void eval_ter_free(struct eval_ter *ter); /* NULL is allowed */
#endif
