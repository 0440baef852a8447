#ifndef HOLD_FAULT_DISK_H
#define HOLD_FAULT_DISK_H

#include "fault_vfs.h"

#include <stdbool.h>
#include <stddef.h>

/* What a disk holds: every file as it is now, as it is for certain, and all that lies between. */

enum { sector_size = 512, kinds = 10 };

/* One sector as a write left it, not yet certain. */
typedef struct {
    uint64_t seq;
    uint32_t sector;
    /* A sync has failed on it: no later one makes it certain. */
    bool is_lost;
    uint8_t bytes[sector_size];
} version;

/* A length that a file had, not yet certain. */
typedef struct {
    uint64_t seq;
    size_t size;
} length;

typedef struct {
    uint8_t *bytes;
    size_t size;
    size_t capacity;
} image;

typedef struct node {
    char *path;
    struct node *next;
    int opened;
    /* The database itself, beside which the index of its log lies. */
    bool is_main;
    bool exists;
    /* Made since the directory was last synced: its name is not certain. */
    bool is_fresh;
    image now;
    bool is_certain;
    image certain;
    version *versions;
    size_t version_count, version_capacity;
    length *lengths;
    size_t length_count, length_capacity;
} node;

struct fault_disk {
    char *directory;
    size_t directory_length;
    struct fault_disk *next;
    node *nodes;
    uint64_t seq;
    uint64_t counts[kinds];
    uint32_t planned;
    fault_way way;
    uint64_t until, left;
    bool is_endless, is_planned, is_off;
    uint64_t failures;
};

/* Counts a call; true when it is to fail, as disk->way says. */
bool disk_fails(fault_disk *disk, uint32_t call);

/* The file of this path, read from the real one when it is new here; NULL: out of memory. */
node *disk_node(fault_disk *disk, const char *path);

bool node_written(fault_disk *disk, node *file, const void *bytes, size_t count, size_t offset);
bool node_truncated(fault_disk *disk, node *file, size_t size);
void node_made(node *file);
void node_removed(node *file);
/* What was removed stays so. (A new file's name is synced with its first content.) */
void directory_synced(fault_disk *disk);
bool node_synced(node *file);
void node_sync_failed(node *file);

void disk_clear(fault_disk *disk);
bool disk_is_open(const fault_disk *disk);
int disk_restore(fault_disk *disk, fault_rest rest, uint64_t seed);

#endif
