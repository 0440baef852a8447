/* An event descriptor: a wake-up call that can be waited for together with the terminal. */
#ifndef HOLDSHORT_CNCURSES_EVENT_H
#define HOLDSHORT_CNCURSES_EVENT_H

#include <sys/eventfd.h>

static inline int hs_event_open(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

/* A full counter refuses the write; whoever waits wakes up all the same. */
static inline void hs_event_signal(int descriptor) { (void)eventfd_write(descriptor, 1); }

/* Takes all calls so far as one; tells whether there were any. */
static inline int hs_event_take(int descriptor) {
    eventfd_t count = 0;
    return eventfd_read(descriptor, &count) == 0;
}

#endif
