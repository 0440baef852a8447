/* What the terminal owner needs of ncurses, as plain functions: no macro, no global and no variadic
   function of curses is seen from Swift. */
#ifndef HOLDSHORT_CNCURSES_SHIM_H
#define HOLDSHORT_CNCURSES_SHIM_H

#define NCURSES_WIDECHAR 1
#define NCURSES_OPAQUE 1
#define NCURSES_NOMACROS 1

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <ncursesw/ncurses.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "guard.h"

/* One open terminal. */
typedef struct {
    void *_Nullable screen;
    /* A pad to read from: reading from a window would also repaint it. */
    void *_Nullable keys;
    void *_Nullable in;
    void *_Nullable out;
    /* The terminal again, and a file in memory. While ncurses draws, the file stands in the
       terminal's place: what it would write is taken from there, and no write of its can block. */
    int tty;
    int caught;
} hs_screen;

/* One cell of a row to paint; width 0 is the right half of a wide character and is skipped. */
typedef struct {
    uint32_t text[3];
    int32_t pair;
    uint8_t attributes;
    uint8_t width;
} hs_cell;

enum {
    HS_BOLD = 1,
    HS_DIM = 2,
    HS_UNDERLINE = 4,
    HS_REVERSE = 8,
};

typedef enum : int32_t { HS_READ_NONE, HS_READ_SCALAR, HS_READ_KEY } hs_read_kind;

typedef enum : uint32_t {
    HS_KEY_UNKNOWN,
    HS_KEY_UP,
    HS_KEY_DOWN,
    HS_KEY_LEFT,
    HS_KEY_RIGHT,
    HS_KEY_PAGE_UP,
    HS_KEY_PAGE_DOWN,
    HS_KEY_HOME,
    HS_KEY_END,
    HS_KEY_ENTER,
    HS_KEY_BACK_TAB,
    HS_KEY_BACKSPACE,
    HS_KEY_DELETE,
    HS_KEY_RESIZE,
    HS_KEY_PASTE_BEGINS,
    HS_KEY_PASTE_ENDS,
    HS_KEY_FOCUS_IN,
    HS_KEY_FOCUS_OUT,
    /* From here on: the function keys, F0 first. */
    HS_KEY_FUNCTION = 100,
} hs_key;

typedef struct {
    hs_read_kind kind;
    /* A scalar, or an hs_key. */
    uint32_t value;
} hs_read_result;

/* The codes that bracketed paste and focus reports are given; above all that ncurses uses. */
enum { HS_CODE_PASTE_BEGINS = 5001, HS_CODE_PASTE_ENDS, HS_CODE_FOCUS_IN, HS_CODE_FOCUS_OUT };

/* Takes over the locale of the environment for characters only: numbers keep their point. */
static inline void hs_use_locale(void) { setlocale(LC_CTYPE, ""); }

static inline int hs_locale_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

static inline void hs_close(hs_screen *_Nonnull it) {
    if (it->keys != NULL) delwin((WINDOW *)it->keys);
    if (it->screen != NULL) delscreen((SCREEN *)it->screen);
    if (it->in != NULL) fclose((FILE *)it->in);
    if (it->out != NULL) fclose((FILE *)it->out);
    if (it->tty >= 0) close(it->tty);
    if (it->caught >= 0) close(it->caught);
    memset(it, 0, sizeof *it);
    it->tty = it->caught = -1;
}

static inline FILE *_Nullable hs_stream(int descriptor, const char *_Nonnull mode) {
    int own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (own < 0) return NULL;
    FILE *stream = fdopen(own, mode);
    if (stream == NULL) close(own);
    return stream;
}

/* Takes the terminal over. Returns 0, or -1 when nobody knows a terminal of this name. */
static inline int hs_open(
    hs_screen *_Nonnull it, const char *_Nonnull name, int in, int out, int escape_delay) {
    memset(it, 0, sizeof *it);
    it->tty = it->caught = -1;
    it->in = hs_stream(in, "r");
    it->out = hs_stream(out, "w");
    /* LINES and COLUMNS in the environment would freeze the size. */
    use_env(FALSE);
    use_tioctl(TRUE);
    if (it->in != NULL && it->out != NULL)
        it->screen = newterm(name, (FILE *)it->out, (FILE *)it->in);
    if (it->screen == NULL) {
        hs_close(it);
        return -1;
    }
    raw();
    noecho();
    nonl();
    set_escdelay(escape_delay);
    it->keys = newpad(1, 1);
    keypad((WINDOW *)it->keys, TRUE);
    nodelay((WINDOW *)it->keys, TRUE);
    curs_set(0);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    /* Mouse reports are read as what they are, sequences: ncurses would leave half of each. */
    define_key(NULL, KEY_MOUSE);
    define_key("\033[200~", HS_CODE_PASTE_BEGINS);
    define_key("\033[201~", HS_CODE_PASTE_ENDS);
    define_key("\033[I", HS_CODE_FOCUS_IN);
    define_key("\033[O", HS_CODE_FOCUS_OUT);
    it->tty = fcntl(out, F_DUPFD_CLOEXEC, 0);
    if (it->tty >= 0) it->caught = memfd_create("holdshort-frame", HS_MEMFD_CLOEXEC);
    return 0;
}

/* What ncurses writes from here on is caught; the terminal's modes are out of its reach so long. */
static inline void hs_catch(hs_screen *_Nonnull it) {
    if (it->caught < 0) return;
    lseek(it->caught, 0, SEEK_SET);
    dup2(it->caught, fileno((FILE *)it->out));
}

/* Gives ncurses the terminal back. Returns how many bytes were caught. */
static inline size_t hs_caught(hs_screen *_Nonnull it) {
    if (it->caught < 0) return 0;
    int own = fileno((FILE *)it->out);
    dup2(it->tty, own);
    fcntl(own, F_SETFD, FD_CLOEXEC);
    off_t count = lseek(it->caught, 0, SEEK_CUR);
    return count > 0 ? (size_t)count : 0;
}

/* Copies what was caught; returns how many bytes. */
static inline size_t hs_take_caught(
    const hs_screen *_Nonnull it, void *_Nonnull bytes, size_t count) {
    ssize_t taken = pread(it->caught, bytes, count, 0);
    return taken > 0 ? (size_t)taken : 0;
}

/* Whether the terminal can put its cursor somewhere; without that no screen can be drawn. */
static inline int hs_moves_cursor(void) {
    const char *move = tigetstr("cup");
    return move != NULL && move != (const char *)-1 && *move != 0;
}

/* Whether leaving the alternate screen brings the title back. */
static inline int hs_keeps_title(void) {
    const char *enter = tigetstr("smcup");
    return enter != NULL && enter != (const char *)-1 && strstr(enter, "[22;") != NULL;
}

static inline int hs_colors(void) { return has_colors() ? COLORS : 0; }
static inline int hs_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }
static inline int hs_takes_direct(void) { return has_colors() && tigetflag("RGB") > 0; }
static inline int hs_rows(void) { return LINES; }
static inline int hs_columns(void) { return COLS; }

/* Defines a pair of colours; -1 is the terminal's own. Returns 0, or -1 when it has no more. */
static inline int hs_define_pair(int pair, int foreground, int background) {
    if (!has_colors()) return -1;
    return init_extended_pair(pair, foreground, background) == OK ? 0 : -1;
}

static inline attr_t hs_attributes(uint8_t attributes) {
    attr_t all = A_NORMAL;
    if (attributes & HS_BOLD) all |= A_BOLD;
    if (attributes & HS_DIM) all |= A_DIM;
    if (attributes & HS_UNDERLINE) all |= A_UNDERLINE;
    if (attributes & HS_REVERSE) all |= A_REVERSE;
    return all;
}

/* Puts one cell into a row to paint. What the C library measures otherwise than we do would shift
   the rest of the row; a reversed question mark stands for it. Returns how many entries it took. */
static inline int hs_compose(cchar_t *_Nonnull out, const hs_cell *_Nonnull cell) {
    wchar_t text[4] = {(wchar_t)cell->text[0], (wchar_t)cell->text[1], (wchar_t)cell->text[2], 0};
    int pair = cell->pair;
    attr_t attributes = hs_attributes(cell->attributes);
    /* Of printable ASCII, which most cells are, the width is known in every locale. */
    int width = text[0] >= 0x20 && text[0] < 0x7F ? 1 : wcwidth(text[0]);
    if (width == cell->width && setcchar(out, text, attributes, 0, &pair) == OK)
        return 1;
    for (int column = 0; column < cell->width; column++)
        setcchar(out + column, L"?", attributes ^ A_REVERSE, 0, &pair);
    return cell->width;
}

/* Paints a part of a row. */
static inline void hs_put_cells(
    int row, int column, const hs_cell *_Nonnull cells, int count) {
    enum { columns_max = 1000 };
    cchar_t line[columns_max + 2];
    int used = 0;
    for (int index = 0; index < count && used < columns_max; index++) {
        if (cells[index].width == 1 || cells[index].width == 2)
            used += hs_compose(line + used, &cells[index]);
    }
    mvadd_wchnstr(row, column, line, used);
}

/* Sends what has changed; a negative row hides the cursor. */
static inline void hs_update(int row, int column) {
    curs_set(row >= 0 ? 1 : 0);
    if (row >= 0) move(row, column);
    wnoutrefresh(stdscr);
    doupdate();
}

/* Makes the next update paint everything. */
static inline void hs_clear(void) {
    erase();
    clearok(curscr, TRUE);
}

/* What ends curses' modes is written or caught; the guard then sets the line as it was. */
static inline void hs_leave(void) { endwin(); }

static inline void hs_keep_modes(void) { def_prog_mode(); }

/* Back again; the next update also switches to the alternate screen. */
static inline void hs_enter(void) {
    reset_prog_mode();
    hs_clear();
}

static inline void hs_flush_input(void) { flushinp(); }
static inline void hs_ring(void) { beep(); }

/* Follows the real size when the signal for it went to somebody else. Returns whether it changed. */
static inline int hs_follow_size(int descriptor) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return 0;
    if (size.ws_row == LINES && size.ws_col == COLS) return 0;
    /* Not resizeterm: that would also say so once more with a key. */
    resize_term(size.ws_row, size.ws_col);
    return 1;
}

/* How many bytes wait to be read; at the end of the input none, though it polls as readable. */
static inline int hs_waiting_bytes(int descriptor) {
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}

static inline uint32_t hs_key_of_code(wint_t code) {
    switch (code) {
    case KEY_UP: return HS_KEY_UP;
    case KEY_DOWN: return HS_KEY_DOWN;
    case KEY_LEFT: return HS_KEY_LEFT;
    case KEY_RIGHT: return HS_KEY_RIGHT;
    case KEY_PPAGE: return HS_KEY_PAGE_UP;
    case KEY_NPAGE: return HS_KEY_PAGE_DOWN;
    case KEY_HOME: return HS_KEY_HOME;
    case KEY_END: return HS_KEY_END;
    case KEY_ENTER: return HS_KEY_ENTER;
    case KEY_BTAB: return HS_KEY_BACK_TAB;
    case KEY_BACKSPACE: return HS_KEY_BACKSPACE;
    case KEY_DC: return HS_KEY_DELETE;
    case KEY_RESIZE: return HS_KEY_RESIZE;
    case HS_CODE_PASTE_BEGINS: return HS_KEY_PASTE_BEGINS;
    case HS_CODE_PASTE_ENDS: return HS_KEY_PASTE_ENDS;
    case HS_CODE_FOCUS_IN: return HS_KEY_FOCUS_IN;
    case HS_CODE_FOCUS_OUT: return HS_KEY_FOCUS_OUT;
    default: break;
    }
    if (code >= KEY_F0 && code <= KEY_F0 + 63) return HS_KEY_FUNCTION + (code - KEY_F0);
    return HS_KEY_UNKNOWN;
}

/* Reads one unit of input without waiting for more than the escape delay. */
static inline hs_read_result hs_read(const hs_screen *_Nonnull it) {
    wint_t value = 0;
    hs_read_result result = {HS_READ_NONE, 0};
    switch (wget_wch((WINDOW *)it->keys, &value)) {
    case OK:
        result.kind = HS_READ_SCALAR;
        result.value = value;
        break;
    case KEY_CODE_YES:
        result.kind = HS_READ_KEY;
        result.value = hs_key_of_code(value);
        break;
    default: break;
    }
    return result;
}

#endif
