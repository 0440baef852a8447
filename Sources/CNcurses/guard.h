/* Gives the terminal back on every way out that can be handled, and turns signals into flags.

   Only async-signal-safe calls stand in the handlers. The functions are copied into every object
   file that uses them; the state is weak, so that the linker keeps one for all of them. */
#ifndef HOLDSHORT_CNCURSES_GUARD_H
#define HOLDSHORT_CNCURSES_GUARD_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Ends everything that we or ncurses may have switched on: synchronised output, bracketed paste,
   focus and mouse reports, colours, cursor keys, hidden cursor, alternate screen, title. */
#define HS_RESTORE                                                                        \
    "\033[?2026l\033[?2004l\033[?1004l\033[?1006l\033[?1002l\033[?1000l\033[0m\033[?1l\033>" \
    "\033[?25h\033[?1049l\033[23;0;0t"

/* As <sys/mman.h> declares it, but for GNU sources only. */
extern int memfd_create(const char *_Nonnull name, unsigned int flags);
enum { HS_MEMFD_CLOEXEC = 1 };

enum { HS_REPLAY_MAX = 65536, HS_CRASH_STACK = 65536 };

enum { HS_SIGNAL_TERMINATE = 1, HS_SIGNAL_STOP = 2, HS_SIGNAL_CONTINUE = 4 };

typedef struct {
    volatile sig_atomic_t armed;
    volatile sig_atomic_t terminated;
    volatile sig_atomic_t stopped;
    volatile sig_atomic_t continued;
    int installed;
    int at_exit;
    int tty;
    /* Where the way back is written: the terminal, opened once more so that no write blocks, or
       the terminal itself. */
    int out;
    /* Where frames are written. Other threads still run while one crashes: from the first moment on
       what they draw goes to `nowhere`, so that no frame comes after the way back. */
    int frames;
    int nowhere;
    /* Whoever was there before us is told of a crash: only when somebody asked for that, since the
       language's own reporter takes its time, and the terminal, for a backtrace. */
    int chains;
    int wake;
    int real_stderr;
    int held_stderr;
    struct termios termios;
    unsigned char caught[65];
    struct sigaction before[65];
} hs_guard_state;

__attribute__((weak, visibility("hidden"))) hs_guard_state hs_guard = {
    .tty = -1, .out = -1, .frames = -1, .nowhere = -1, .wake = -1, .real_stderr = -1, .held_stderr = -1};

static const int hs_crash_signals[] = {
    SIGSEGV, SIGILL, SIGBUS, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGXCPU, SIGXFSZ};
/* Nothing of ours sends these; whoever does wants the process to end, and so it does. */
static const int hs_stray_signals[] = {
    SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSTKFLT};
static const int hs_asked_signals[] = {SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

/* A terminal that takes nothing for so long keeps nobody from ending; in milliseconds. */
enum { HS_PATIENCE = 500 };

static inline void hs_guard_write(int descriptor, const char *_Nonnull bytes, size_t count) {
    while (count > 0) {
        struct pollfd room = {.fd = descriptor, .events = POLLOUT};
        int ready = poll(&room, 1, HS_PATIENCE);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return;
        /* In pieces: where a write blocks until all of it is taken, little is left to take. */
        ssize_t written = write(descriptor, bytes, count < 256 ? count : 256);
        if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

/* Lets what was written to stderr meanwhile go where it was meant to go. */
static inline void hs_guard_release_stderr(void) {
    int real = hs_guard.real_stderr, held = hs_guard.held_stderr;
    if (real < 0 || held < 0) return;
    hs_guard.real_stderr = -1;
    hs_guard.held_stderr = -1;
    dup2(real, STDERR_FILENO);
    off_t end = lseek(held, 0, SEEK_END);
    off_t at = end > HS_REPLAY_MAX ? end - HS_REPLAY_MAX : 0;
    char buffer[1024];
    ssize_t count;
    while ((count = pread(held, buffer, sizeof buffer, at)) > 0) {
        hs_guard_write(real, buffer, (size_t)count);
        at += count;
    }
    close(real);
    close(held);
}

/* Holds back what anybody writes to stderr: on the screen it would tear the picture, and with the
   screen it would be lost. Only when stderr is a terminal; a file is left alone. */
static inline void hs_guard_hold_stderr(void) {
    if (hs_guard.real_stderr >= 0 || !isatty(STDERR_FILENO)) return;
    int held = memfd_create("holdshort-stderr", HS_MEMFD_CLOEXEC);
    if (held < 0) return;
    int real = dup(STDERR_FILENO);
    if (real < 0 || dup2(held, STDERR_FILENO) < 0) {
        if (real >= 0) close(real);
        close(held);
        return;
    }
    hs_guard.held_stderr = held;
    hs_guard.real_stderr = real;
}

static inline void hs_guard_write_restore(int descriptor) {
    hs_guard_write(descriptor, HS_RESTORE, sizeof HS_RESTORE - 1);
}

/* Sets the line as it was. Not by ncurses, which would also write, and wait where nobody reads; and
   not TCSADRAIN: a terminal that was stopped with Ctrl-S must not keep us from ending. */
static inline void hs_guard_set_line(void) {
    tcsetattr(hs_guard.tty, TCSANOW, &hs_guard.termios);
}

/* Gives the terminal back; async-signal-safe, and does nothing the second time. */
static inline void hs_guard_restore(void) {
    if (!hs_guard.armed) return;
    hs_guard.armed = 0;
    if (hs_guard.frames >= 0 && hs_guard.nowhere >= 0) dup2(hs_guard.nowhere, hs_guard.frames);
    hs_guard_write_restore(hs_guard.out >= 0 ? hs_guard.out : hs_guard.tty);
    hs_guard_set_line();
    hs_guard_release_stderr();
}

static void hs_guard_at_exit(void) { hs_guard_restore(); }

static void hs_guard_crashed(int number) {
    hs_guard_restore();
    struct sigaction before = hs_guard.before[number];
    if (before.sa_handler == SIG_IGN || !hs_guard.chains) {
        memset(&before, 0, sizeof before);
        before.sa_handler = SIG_DFL;
    }
    sigaction(number, &before, NULL);
    /* Blocked until the handler returns; then it ends the process as if nobody had caught it. */
    raise(number);
}

static void hs_guard_asked(int number) {
    int error = errno;
    switch (number) {
    case SIGTSTP: hs_guard.stopped = 1; break;
    case SIGCONT: hs_guard.continued = 1; break;
    default: hs_guard.terminated = 1; break;
    }
    uint64_t one = 1;
    ssize_t ignored = write(hs_guard.wake, &one, sizeof one);
    (void)ignored;
    errno = error;
}

static inline void hs_guard_catch(
    int number, void (*_Nonnull handler)(int), int flags, struct sigaction *_Nullable before) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigfillset(&action.sa_mask);
    sigaction(number, &action, before);
}

/* Remembers how the terminal was. Returns 0, or -1 with errno. */
static inline int hs_guard_remember(int tty) {
    if (tcgetattr(tty, &hs_guard.termios) != 0) return -1;
    hs_guard.tty = tty;
    return 0;
}

static void hs_guard_deaf(int number) { (void)number; }

/* Catches a signal that nobody else has taken or ignores. */
static inline void hs_guard_catch_free(int number, void (*_Nonnull handler)(int)) {
    struct sigaction *before = &hs_guard.before[number];
    if (sigaction(number, NULL, before) != 0 || before->sa_handler != SIG_DFL) return;
    hs_guard_catch(number, handler, SA_ONSTACK, before);
    hs_guard.caught[number] = 1;
}

/* Catches every signal that would end or stop the process; `wake` is an event descriptor. */
static inline void hs_guard_install(int wake) {
    if (hs_guard.installed) return;
    hs_guard.installed = 1;
    hs_guard.wake = wake;
    hs_guard.chains = getenv("SWIFT_BACKTRACE") != NULL;
    if (hs_guard.nowhere < 0) hs_guard.nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    hs_guard.terminated = hs_guard.stopped = hs_guard.continued = 0;
    if (!hs_guard.at_exit) {
        hs_guard.at_exit = 1;
        atexit(hs_guard_at_exit);
        /* Never freed: a handler may be on it until the very end. */
        stack_t stack = {.ss_sp = malloc(HS_CRASH_STACK), .ss_size = HS_CRASH_STACK};
        if (stack.ss_sp != NULL) sigaltstack(&stack, NULL);
    }
    for (size_t index = 0; index < sizeof hs_crash_signals / sizeof(int); index++) {
        int number = hs_crash_signals[index];
        hs_guard_catch(number, hs_guard_crashed, SA_ONSTACK, &hs_guard.before[number]);
    }
    for (size_t index = 0; index < sizeof hs_asked_signals / sizeof(int); index++) {
        int number = hs_asked_signals[index];
        hs_guard_catch(number, hs_guard_asked, SA_ONSTACK, &hs_guard.before[number]);
    }
    for (size_t index = 0; index < sizeof hs_stray_signals / sizeof(int); index++)
        hs_guard_catch_free(hs_stray_signals[index], hs_guard_crashed);
    for (int number = SIGRTMIN; number <= SIGRTMAX && number < 65; number++)
        hs_guard_catch_free(number, hs_guard_crashed);
    /* A reader that went away is told by the write. */
    hs_guard_catch_free(SIGPIPE, hs_guard_deaf);
}

/* Where frames are written from now on; the way back takes the same way, by a descriptor of its
   own. */
static inline void hs_guard_write_to(int descriptor) {
    hs_guard.out = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    hs_guard.frames = descriptor;
}

static inline void hs_guard_catch_stop(void) {
    hs_guard_catch(SIGTSTP, hs_guard_asked, SA_ONSTACK, NULL);
}

static inline void hs_guard_uninstall(void) {
    if (!hs_guard.installed) return;
    hs_guard.installed = 0;
    for (size_t index = 0; index < sizeof hs_crash_signals / sizeof(int); index++)
        sigaction(hs_crash_signals[index], &hs_guard.before[hs_crash_signals[index]], NULL);
    for (size_t index = 0; index < sizeof hs_asked_signals / sizeof(int); index++)
        sigaction(hs_asked_signals[index], &hs_guard.before[hs_asked_signals[index]], NULL);
    for (int number = 1; number < 65; number++) {
        struct sigaction now;
        int is_ours = hs_guard.caught[number] && sigaction(number, NULL, &now) == 0
            && (now.sa_handler == hs_guard_crashed || now.sa_handler == hs_guard_deaf);
        if (is_ours) sigaction(number, &hs_guard.before[number], NULL);
        hs_guard.caught[number] = 0;
    }
    if (hs_guard.out >= 0) close(hs_guard.out);
    hs_guard.wake = hs_guard.out = hs_guard.frames = -1;
}

/* From here on a crash gives the terminal back. */
static inline void hs_guard_arm(void) {
    hs_guard_hold_stderr();
    hs_guard.armed = 1;
}

/* The terminal was given back in the regular way. */
static inline void hs_guard_disarm(void) {
    hs_guard.armed = 0;
    hs_guard_release_stderr();
}

/* Tells which kinds of signals came since the last time. */
static inline int hs_guard_take_signals(void) {
    int taken = 0;
    if (hs_guard.terminated) taken |= HS_SIGNAL_TERMINATE;
    if (hs_guard.stopped) taken |= HS_SIGNAL_STOP;
    if (hs_guard.continued) taken |= HS_SIGNAL_CONTINUE;
    hs_guard.terminated = hs_guard.stopped = hs_guard.continued = 0;
    return taken;
}

static inline void hs_guard_forget_continue(void) { hs_guard.continued = 0; }

/* Stops the whole process group, as Ctrl-Z in the shell's own hands would. */
static inline void hs_guard_stop_group(void) {
    struct sigaction before;
    hs_guard_catch(SIGTSTP, SIG_DFL, 0, &before);
    hs_guard.continued = 0;
    kill(0, SIGTSTP);
    /* With several threads the stop may come a moment late; it must not find the screen back.
       An orphaned group never stops, so there is an end to the waiting. */
    for (int turn = 0; turn < 20 && !hs_guard.continued; turn++) poll(NULL, 0, 5);
    sigaction(SIGTSTP, &before, NULL);
}

/* Lets the keyboard's signals reach a program that has the terminal, and not us. Not by ignoring
   them: the program would inherit that. */
static inline void hs_guard_lend(int lent) {
    void (*asked)(int) = lent ? hs_guard_deaf : hs_guard_asked;
    hs_guard_catch(SIGINT, asked, SA_ONSTACK, NULL);
    hs_guard_catch(SIGQUIT, asked, SA_ONSTACK, NULL);
    hs_guard_catch(SIGTSTP, lent ? SIG_DFL : hs_guard_asked, SA_ONSTACK, NULL);
}

#endif
