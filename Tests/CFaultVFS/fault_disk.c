#include "fault_disk.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Larger files and more unsynced sectors than a test needs: then the disk is full. */
enum { bytes_max = 64 << 20, versions_max = 128 << 10 };

/* Counting and failing. */

bool disk_fails(fault_disk *disk, uint32_t call) {
    for (int kind = 0; kind < kinds; kind++) {
        if (call == 1u << kind) disk->counts[kind]++;
    }
    if (disk->is_off) {
        disk->failures++;
        return true;
    }
    if (!disk->is_planned || (disk->planned & call) == 0) return false;
    bool concerns = true;
    const uint32_t writing =
        FAULT_WRITE | FAULT_TRUNCATE | FAULT_SYNC | FAULT_SHM | FAULT_OPEN | FAULT_DELETE;
    if (disk->way == FAULT_FULL || disk->way == FAULT_SHORT) {
        concerns = (call & (FAULT_WRITE | FAULT_TRUNCATE | FAULT_SYNC | FAULT_SHM)) != 0;
    } else if (disk->way == FAULT_READ_ONLY) {
        concerns = (call & (writing & ~(FAULT_SYNC | FAULT_SHM))) != 0;
    }
    if (!concerns) return false;
    if (disk->until > 1) {
        disk->until--;
        return false;
    }
    if (!disk->is_endless) {
        if (disk->left == 0) return false;
        disk->left--;
    }
    if (disk->way == FAULT_POWER) disk->is_off = true;
    disk->failures++;
    return true;
}

/* Images. */

static bool image_reserve(image *image, size_t size) {
    if (size <= image->capacity) return true;
    if (size > bytes_max) return false;
    size_t capacity = image->capacity ? image->capacity : 64 << 10;
    while (capacity < size) capacity *= 2;
    uint8_t *bytes = realloc(image->bytes, capacity);
    if (!bytes) return false;
    memset(bytes + image->capacity, 0, capacity - image->capacity);
    image->bytes = bytes;
    image->capacity = capacity;
    return true;
}

static bool image_resize(image *image, size_t size) {
    if (!image_reserve(image, size)) return false;
    if (size < image->size) memset(image->bytes + size, 0, image->size - size);
    image->size = size;
    return true;
}

static bool image_copy(image *to, const image *from) {
    if (!image_resize(to, 0) || !image_reserve(to, from->size)) return false;
    if (from->size) memcpy(to->bytes, from->bytes, from->size);
    to->size = from->size;
    return true;
}

static bool image_put(image *image, uint32_t sector, const uint8_t *bytes) {
    size_t start = (size_t)sector * sector_size;
    if (!image_reserve(image, start + sector_size)) return false;
    memcpy(image->bytes + start, bytes, sector_size);
    return true;
}

static bool image_load(image *image, const char *path, bool *exists) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    *exists = descriptor >= 0;
    if (descriptor < 0) return true;
    struct stat status;
    bool good = fstat(descriptor, &status) == 0 && image_resize(image, (size_t)status.st_size);
    size_t done = 0;
    while (good && done < image->size) {
        ssize_t count = pread(descriptor, image->bytes + done, image->size - done, (off_t)done);
        good = count > 0;
        if (good) done += (size_t)count;
    }
    close(descriptor);
    return good;
}

static bool image_store(const image *image, const char *path) {
    int descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return false;
    size_t done = 0;
    bool good = true;
    while (good && done < image->size) {
        ssize_t count = pwrite(descriptor, image->bytes + done, image->size - done, (off_t)done);
        good = count > 0;
        if (good) done += (size_t)count;
    }
    close(descriptor);
    return good;
}

/* Files. */

node *disk_node(fault_disk *disk, const char *path) {
    for (node *file = disk->nodes; file; file = file->next) {
        if (strcmp(file->path, path) == 0) return file;
    }
    node *file = calloc(1, sizeof *file);
    if (!file) return NULL;
    file->path = strdup(path);
    bool good = file->path && image_load(&file->certain, path, &file->is_certain) &&
                image_copy(&file->now, &file->certain);
    if (!good) {
        free(file->path);
        free(file->certain.bytes);
        free(file->now.bytes);
        free(file);
        return NULL;
    }
    file->exists = file->is_certain;
    file->next = disk->nodes;
    disk->nodes = file;
    return file;
}

static bool note_sector(fault_disk *disk, node *file, uint32_t sector) {
    if (file->version_count == file->version_capacity) {
        size_t capacity = file->version_capacity ? file->version_capacity * 2 : 64;
        if (capacity > versions_max) return false;
        version *versions = realloc(file->versions, capacity * sizeof *versions);
        if (!versions) return false;
        file->versions = versions;
        file->version_capacity = capacity;
    }
    size_t start = (size_t)sector * sector_size;
    if (!image_reserve(&file->now, start + sector_size)) return false;
    version *noted = &file->versions[file->version_count++];
    noted->seq = disk->seq;
    noted->sector = sector;
    noted->is_lost = false;
    memcpy(noted->bytes, file->now.bytes + start, sector_size);
    return true;
}

static bool note_length(fault_disk *disk, node *file) {
    if (file->length_count == file->length_capacity) {
        size_t capacity = file->length_capacity ? file->length_capacity * 2 : 16;
        length *lengths = realloc(file->lengths, capacity * sizeof *lengths);
        if (!lengths) return false;
        file->lengths = lengths;
        file->length_capacity = capacity;
    }
    file->lengths[file->length_count++] = (length){disk->seq, file->now.size};
    return true;
}

bool node_written(fault_disk *disk, node *file, const void *bytes, size_t count, size_t offset) {
    if (count == 0) return true;
    disk->seq++;
    size_t end = offset + count;
    if (end > bytes_max || !image_reserve(&file->now, end)) return false;
    memcpy(file->now.bytes + offset, bytes, count);
    if (end > file->now.size) {
        file->now.size = end;
        if (!note_length(disk, file)) return false;
    }
    for (size_t sector = offset / sector_size; sector <= (end - 1) / sector_size; sector++) {
        if (!note_sector(disk, file, (uint32_t)sector)) return false;
    }
    return true;
}

bool node_truncated(fault_disk *disk, node *file, size_t size) {
    disk->seq++;
    size_t before = file->now.size;
    if (!image_resize(&file->now, size) || !note_length(disk, file)) return false;
    for (size_t sector = size / sector_size; sector * sector_size < before; sector++) {
        if (!note_sector(disk, file, (uint32_t)sector)) return false;
    }
    return true;
}

static void forget_versions(node *file) {
    file->version_count = 0;
    file->length_count = 0;
}

void node_made(node *file) {
    forget_versions(file);
    image_resize(&file->now, 0);
    file->exists = true;
    file->is_fresh = true;
}

void node_removed(node *file) {
    file->exists = false;
    file->is_fresh = false;
    forget_versions(file);
    image_resize(&file->now, 0);
}

void directory_synced(fault_disk *disk) {
    for (node *file = disk->nodes; file; file = file->next) {
        if (file->exists) continue;
        file->is_certain = false;
        image_resize(&file->certain, 0);
    }
}

bool node_synced(node *file) {
    if (file->is_fresh) {
        file->is_fresh = false;
        file->is_certain = true;
        image_resize(&file->certain, 0);
    }
    size_t sectors = file->now.capacity / sector_size + 1;
    uint8_t *is_done = calloc(sectors, 1);
    if (!is_done) return false;
    size_t kept = file->version_count;
    bool good = true;
    /* Newest first; what stays moves to the end. */
    for (size_t place = file->version_count; good && place-- > 0;) {
        version *noted = &file->versions[place];
        if (is_done[noted->sector]) continue;
        if (noted->is_lost) {
            file->versions[--kept] = *noted;
            continue;
        }
        is_done[noted->sector] = 1;
        good = image_put(&file->certain, noted->sector, noted->bytes);
    }
    free(is_done);
    size_t left = file->version_count - kept;
    memmove(file->versions, file->versions + kept, left * sizeof *file->versions);
    file->version_count = left;
    file->length_count = 0;
    return good && image_resize(&file->certain, file->now.size);
}

void node_sync_failed(node *file) {
    for (size_t place = 0; place < file->version_count; place++) {
        file->versions[place].is_lost = true;
    }
}

/* Power. */

static uint64_t draw(uint64_t *seed) {
    uint64_t mixed = *seed += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

static bool keeps(fault_rest rest, uint64_t seq, uint64_t cut, uint64_t *seed) {
    switch (rest) {
        case FAULT_KEEP_NONE: return false;
        case FAULT_KEEP_ALL: return true;
        case FAULT_KEEP_PREFIX: return seq <= cut;
        case FAULT_KEEP_ANY: return draw(seed) & 1;
    }
    return false;
}

static bool node_restored(node *file, fault_rest rest, uint64_t cut, uint64_t *seed) {
    image *left = &file->certain;
    if (file->is_fresh) {
        bool is_there = rest == FAULT_KEEP_ALL ||
                        (rest != FAULT_KEEP_NONE && (draw(seed) & 1));
        if (is_there) {
            file->is_certain = true;
            image_resize(left, 0);
        } else {
            forget_versions(file);
        }
    } else if (!file->exists && file->is_certain) {
        /* Its removal was not synced: it may come back. */
        bool is_gone = rest == FAULT_KEEP_ALL || (rest != FAULT_KEEP_NONE && (draw(seed) & 1));
        if (is_gone) file->is_certain = false;
    }
    size_t size = left->size;
    for (size_t place = 0; place < file->length_count; place++) {
        if (keeps(rest, file->lengths[place].seq, cut, seed)) size = file->lengths[place].size;
    }
    for (size_t place = 0; place < file->version_count; place++) {
        version *noted = &file->versions[place];
        if (!keeps(rest, noted->seq, cut, seed)) continue;
        if (!image_put(left, noted->sector, noted->bytes)) return false;
    }
    /* What lies behind the end is not of the file; a hole reads as zeros. */
    if (left->capacity > size) memset(left->bytes + size, 0, left->capacity - size);
    if (!image_reserve(left, size)) return false;
    left->size = size;
    forget_versions(file);
    file->is_fresh = false;
    file->exists = file->is_certain;
    if (!file->is_certain) {
        unlink(file->path);
        return image_resize(left, 0) && image_resize(&file->now, 0);
    }
    return image_copy(&file->now, left) && image_store(left, file->path);
}

int disk_restore(fault_disk *disk, fault_rest rest, uint64_t seed) {
    if (disk_is_open(disk)) return -1;
    uint64_t first = disk->seq;
    for (node *file = disk->nodes; file; file = file->next) {
        if (file->version_count && file->versions[0].seq < first) first = file->versions[0].seq;
        if (file->length_count && file->lengths[0].seq < first) first = file->lengths[0].seq;
    }
    uint64_t cut = first - 1 + draw(&seed) % (disk->seq - first + 2);
    for (node *file = disk->nodes; file; file = file->next) {
        if (!node_restored(file, rest, cut, &seed)) return -1;
        if (!file->is_main) continue;
        size_t count = strlen(file->path) + 5;
        char *index = malloc(count);
        if (!index) return -1;
        snprintf(index, count, "%s-shm", file->path);
        unlink(index);
        free(index);
    }
    disk->is_off = false;
    disk->is_planned = false;
    return 0;
}

bool disk_is_open(const fault_disk *disk) {
    for (node *file = disk->nodes; file; file = file->next) {
        if (file->opened > 0) return true;
    }
    return false;
}

void disk_clear(fault_disk *disk) {
    while (disk->nodes) {
        node *file = disk->nodes;
        disk->nodes = file->next;
        free(file->path);
        free(file->now.bytes);
        free(file->certain.bytes);
        free(file->versions);
        free(file->lengths);
        free(file);
    }
}
