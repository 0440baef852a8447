/* Runs the tasks of the language on two threads of our own. Its usual pool wakes once a second to look
   after itself, whether there is anything to do or not; a console that is open for a week must not.

   The hook is the runtime's own, made for this; it has others for tasks that sleep, but a sleep of the
   language does not come by them, so what sleeps here does it otherwise. The functions are copied into every object file that
   uses them; the state is weak, so that the linker keeps one for all of them. */
#ifndef HOLDSHORT_CNCURSES_JOBS_H
#define HOLDSHORT_CNCURSES_JOBS_H

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#define HS_SWIFT __attribute__((swiftcall))

extern void(HS_SWIFT *_Nullable swift_task_enqueueGlobal_hook)(
    void *_Nonnull job, void *_Nonnull original);
extern HS_SWIFT void swift_job_run(
    void *_Nonnull job, void *_Nullable executor, uintptr_t implementation);

enum { HS_WORKERS = 2, HS_WORKER_STACK = 1024 * 1024 };

typedef struct hs_job {
    void *_Nonnull job;
    struct hs_job *_Nullable next;
} hs_job;

typedef struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    /* In the order in which they run. */
    hs_job *_Nullable first;
    hs_job *_Nullable last;
    int idle;
    int started;
} hs_jobs_state;

__attribute__((weak, visibility("hidden"))) hs_jobs_state hs_jobs = {
    .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static HS_SWIFT void hs_jobs_enqueue(void *_Nonnull job, void *_Nonnull original) {
    (void)original;
    hs_job *added = malloc(sizeof *added);
    if (added == NULL) abort();
    *added = (hs_job){.job = job, .next = NULL};
    pthread_mutex_lock(&hs_jobs.mutex);
    if (hs_jobs.first == NULL) {
        hs_jobs.first = added;
    } else {
        hs_jobs.last->next = added;
    }
    hs_jobs.last = added;
    if (hs_jobs.idle > 0) pthread_cond_signal(&hs_jobs.changed);
    pthread_mutex_unlock(&hs_jobs.mutex);
}

static void *_Nullable hs_jobs_work(void *_Nullable unused) {
    (void)unused;
    pthread_mutex_lock(&hs_jobs.mutex);
    for (;;) {
        hs_job *next = hs_jobs.first;
        if (next == NULL) {
            hs_jobs.idle++;
            pthread_cond_wait(&hs_jobs.changed, &hs_jobs.mutex);
            hs_jobs.idle--;
            continue;
        }
        hs_jobs.first = next->next;
        pthread_mutex_unlock(&hs_jobs.mutex);
        swift_job_run(next->job, NULL, 0);
        free(next);
        pthread_mutex_lock(&hs_jobs.mutex);
    }
    return NULL;
}

/* Takes every task from here on. Returns 0, or -1 when there is no thread to be had: then all is as
   it was. */
static inline int hs_jobs_take_over(void) {
    if (hs_jobs.started) return 0;
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
    swift_task_enqueueGlobal_hook = hs_jobs_enqueue;
    return 0;
}

#endif
