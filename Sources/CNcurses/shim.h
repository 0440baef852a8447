#ifndef HOLDSHORT_CNCURSES_H
#define HOLDSHORT_CNCURSES_H
#define NCURSES_WIDECHAR 1
#include <ncursesw/ncurses.h>
#endif
