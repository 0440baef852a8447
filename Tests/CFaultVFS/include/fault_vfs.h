#ifndef HOLD_FAULT_VFS_H
#define HOLD_FAULT_VFS_H

#include <stdint.h>

/*
 * An SQLite VFS over the usual one, for tests: it counts what SQLite asks of a disk, lets any of it
 * fail, and takes the power away so that only what was synced is certain to remain.
 *
 * It becomes the process's default VFS and leaves alone every file that lies on no fault disk, so
 * that other tests in the same process notice nothing. Every call is safe from any thread.
 */

#pragma clang assume_nonnull begin

/* A directory whose database files are on a disk that can fail. */
typedef struct fault_disk fault_disk;

/* Kinds of calls, to be joined. */
enum {
    FAULT_OPEN = 1 << 0,
    FAULT_READ = 1 << 1,
    FAULT_WRITE = 1 << 2,
    FAULT_TRUNCATE = 1 << 3,
    FAULT_SYNC = 1 << 4,
    FAULT_SIZE = 1 << 5,
    FAULT_LOCK = 1 << 6,
    FAULT_SHM = 1 << 7,
    FAULT_DELETE = 1 << 8,
    FAULT_ACCESS = 1 << 9,
    FAULT_ANY = (1 << 10) - 1
};

/* How a call fails. */
typedef enum __attribute__((enum_extensibility(closed))) {
    /* The device fails. What a failed sync was to make durable stays uncertain until it is written
       again, as Linux has it. */
    FAULT_EIO,
    /* No space left; reading is not touched. */
    FAULT_FULL,
    /* Half of a write gets there; other calls fail as without space. */
    FAULT_SHORT,
    /* The file system was mounted anew without leave to write. */
    FAULT_READ_ONLY,
    /* The power goes: this call and all later ones fail until the power is restored. */
    FAULT_POWER
} fault_way;

/* What is left of writes that were never synced. */
typedef enum __attribute__((enum_extensibility(closed))) {
    /* Nothing. */
    FAULT_KEEP_NONE,
    /* Everything. */
    FAULT_KEEP_ALL,
    /* Those before some moment. */
    FAULT_KEEP_PREFIX,
    /* Any sectors, each as any of the writes left it. */
    FAULT_KEEP_ANY
} fault_rest;

/* Makes the VFS the default one, once; 0 when it is. */
int fault_vfs_register(void);

/* A healthy disk at this directory (absolute, without a slash at the end). NULL: out of memory. */
fault_disk *_Nullable fault_disk_new(const char *directory);

/* Forgets a disk. 0, or -1 while one of its files is open. */
int fault_disk_free(fault_disk *disk);

/*
 * From now on the nth call of these kinds fails (1: the next one), and so many after it; count 0: all
 * of them. Replaces what was planned before.
 */
void fault_disk_plan(fault_disk *disk, uint32_t calls, fault_way way, uint64_t nth, uint64_t count);

/* Nothing fails any more. Power that went stays away. */
void fault_disk_heal(fault_disk *disk);

/* How many calls of these kinds were made since the disk was made. */
uint64_t fault_disk_calls(fault_disk *disk, uint32_t calls);

/* How many calls failed as planned since the last plan. */
uint64_t fault_disk_failures(fault_disk *disk);

/*
 * Turns the power on again, with these files left. 0, or -1 while a file is open or when the real
 * files cannot be written.
 */
int fault_disk_restore_power(fault_disk *disk, fault_rest rest, uint64_t seed);

#pragma clang assume_nonnull end

#endif
