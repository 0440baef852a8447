/* Runs the tasks of the language on two threads of our own. Its usual pool wakes once a second to look
   after itself, whether there is anything to do or not; a console that is open for a week must not.

   The hooks are the runtime's own, made for this. The functions are copied into every object file that
   uses them; the state is weak, so that the linker keeps one for all of them. */
#ifndef HOLDSHORT_CNCURSES_JOBS_H
#define HOLDSHORT_CNCURSES_JOBS_H

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#define HS_SWIFT __attribute__((swiftcall))

extern void(HS_SWIFT *_Nullable swift_task_enqueueGlobal_hook)(
    void *_Nonnull job, void *_Nonnull original);
extern void(HS_SWIFT *_Nullable swift_task_enqueueGlobalWithDelay_hook)(
    unsigned long long delay, void *_Nonnull job, void *_Nonnull original);
extern void(HS_SWIFT *_Nullable swift_task_enqueueGlobalWithDeadline_hook)(
    long long seconds, long long nanoseconds, long long leeway_seconds,
    long long leeway_nanoseconds, int clock, void *_Nonnull job, void *_Nonnull original);
extern HS_SWIFT void swift_job_run(
    void *_Nonnull job, void *_Nullable executor, uintptr_t implementation);

enum { HS_WORKERS = 2, HS_WORKER_STACK = 1024 * 1024 };

typedef struct hs_job {
    void *_Nonnull job;
    /* When it may run, on the monotonic clock in nanoseconds; 0 at once. */
    int64_t due;
    struct hs_job *_Nullable next;
} hs_job;

typedef struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    /* In the order in which they run. */
    hs_job *_Nullable first;
    int idle;
    int started;
} hs_jobs_state;

__attribute__((weak, visibility("hidden"))) hs_jobs_state hs_jobs = {
    .mutex = PTHREAD_MUTEX_INITIALIZER};

static inline int64_t hs_jobs_now(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void hs_jobs_add(void *_Nonnull job, int64_t due) {
    hs_job *added = malloc(sizeof *added);
    if (added == NULL) abort();
    added->job = job;
    added->due = due;
    pthread_mutex_lock(&hs_jobs.mutex);
    hs_job **place = &hs_jobs.first;
    while (*place != NULL && (*place)->due <= due) place = &(*place)->next;
    added->next = *place;
    *place = added;
    if (hs_jobs.idle > 0) pthread_cond_signal(&hs_jobs.changed);
    pthread_mutex_unlock(&hs_jobs.mutex);
}

static HS_SWIFT void hs_jobs_enqueue(void *_Nonnull job, void *_Nonnull original) {
    (void)original;
    hs_jobs_add(job, 0);
}

/* Sums saturate: a task may sleep for ever. */
static inline int64_t hs_jobs_after(int64_t delay) {
    int64_t due;
    if (delay <= 0) return 0;
    return __builtin_add_overflow(hs_jobs_now(CLOCK_MONOTONIC), delay, &due) ? INT64_MAX : due;
}

static HS_SWIFT void hs_jobs_enqueue_after(
    unsigned long long delay, void *_Nonnull job, void *_Nonnull original) {
    (void)original;
    hs_jobs_add(job, hs_jobs_after(delay > INT64_MAX ? INT64_MAX : (int64_t)delay));
}

static HS_SWIFT void hs_jobs_enqueue_at(
    long long seconds, long long nanoseconds, long long leeway_seconds,
    long long leeway_nanoseconds, int clock, void *_Nonnull job, void *_Nonnull original) {
    (void)leeway_seconds;
    (void)leeway_nanoseconds;
    (void)original;
    /* The continuous clock is 1, the suspending one 2. */
    int64_t now = hs_jobs_now(clock == 2 ? CLOCK_MONOTONIC : CLOCK_BOOTTIME);
    int64_t at, delay;
    if (__builtin_mul_overflow(seconds, 1000000000LL, &at)
        || __builtin_add_overflow(at, nanoseconds, &at)
        || __builtin_sub_overflow(at, now, &delay))
        delay = INT64_MAX;
    hs_jobs_add(job, hs_jobs_after(delay));
}

static void *_Nullable hs_jobs_work(void *_Nullable unused) {
    (void)unused;
    pthread_mutex_lock(&hs_jobs.mutex);
    for (;;) {
        hs_job *next = hs_jobs.first;
        int64_t due = next == NULL ? INT64_MAX : next->due;
        if (next != NULL && (due == 0 || due <= hs_jobs_now(CLOCK_MONOTONIC))) {
            hs_jobs.first = next->next;
            pthread_mutex_unlock(&hs_jobs.mutex);
            swift_job_run(next->job, NULL, 0);
            free(next);
            pthread_mutex_lock(&hs_jobs.mutex);
            continue;
        }
        hs_jobs.idle++;
        if (due == INT64_MAX) {
            pthread_cond_wait(&hs_jobs.changed, &hs_jobs.mutex);
        } else {
            struct timespec until = {.tv_sec = due / 1000000000, .tv_nsec = due % 1000000000};
            pthread_cond_timedwait(&hs_jobs.changed, &hs_jobs.mutex, &until);
        }
        hs_jobs.idle--;
    }
    return NULL;
}

/* Takes every task from here on. Returns 0, or -1 when there is no thread to be had: then all is as
   it was. */
static inline int hs_jobs_take_over(void) {
    if (hs_jobs.started) return 0;
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&hs_jobs.changed, &clock);
    pthread_condattr_destroy(&clock);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, HS_WORKER_STACK);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    for (int index = 0; index < HS_WORKERS; index++) {
        pthread_t thread;
        if (pthread_create(&thread, &attributes, hs_jobs_work, NULL) == 0) hs_jobs.started++;
    }
    pthread_attr_destroy(&attributes);
    if (!hs_jobs.started) return -1;
    swift_task_enqueueGlobalWithDelay_hook = hs_jobs_enqueue_after;
    swift_task_enqueueGlobalWithDeadline_hook = hs_jobs_enqueue_at;
    swift_task_enqueueGlobal_hook = hs_jobs_enqueue;
    return 0;
}

#endif
