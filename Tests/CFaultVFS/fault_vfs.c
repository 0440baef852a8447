#include "fault_vfs.h"

#include "fault_disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* One lock for everything: the calls under it never wait for each other's. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static fault_disk *disks;
static sqlite3_vfs *usual;
static sqlite3_vfs shim;

/* An open file on a fault disk; the usual VFS's own follows it in memory. */
typedef struct {
    sqlite3_file base;
    fault_disk *disk;
    node *node;
    sqlite3_file *real;
    /* The usual VFS syncs the directory with a log's or a journal's first sync. */
    bool syncs_directory;
} fault_file;

static fault_disk *disk_of(const char *path) {
    if (!path) return NULL;
    for (fault_disk *disk = disks; disk; disk = disk->next) {
        if (strncmp(path, disk->directory, disk->directory_length) == 0 &&
            path[disk->directory_length] == '/') return disk;
    }
    return NULL;
}

/* Files. */

static int file_close(sqlite3_file *base) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code = file->real->pMethods->xClose(file->real);
    file->node->opened--;
    pthread_mutex_unlock(&gate);
    return code;
}

static int file_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code = disk_fails(file->disk, FAULT_READ)
                   ? SQLITE_IOERR_READ
                   : file->real->pMethods->xRead(file->real, bytes, count, offset);
    pthread_mutex_unlock(&gate);
    return code;
}

/* Writes to the real file and notes it. */
static int put(fault_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    int code = file->real->pMethods->xWrite(file->real, bytes, count, offset);
    if (code != SQLITE_OK) return code;
    bool good = node_written(file->disk, file->node, bytes, (size_t)count, (size_t)offset);
    return good ? SQLITE_OK : SQLITE_FULL;
}

static int file_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code = SQLITE_OK;
    bool was_off = file->disk->is_off;
    if (!disk_fails(file->disk, FAULT_WRITE)) {
        code = put(file, bytes, count, offset);
    } else {
        switch (file->disk->way) {
            case FAULT_FULL: code = SQLITE_FULL; break;
            case FAULT_SHORT:
                put(file, bytes, count / 2, offset);
                code = SQLITE_FULL;
                break;
            case FAULT_POWER:
                /* It was under way: any part of it may be there. */
                if (!was_off) put(file, bytes, count, offset);
                code = SQLITE_IOERR_WRITE;
                break;
            case FAULT_EIO:
            case FAULT_READ_ONLY: code = SQLITE_IOERR_WRITE; break;
        }
    }
    pthread_mutex_unlock(&gate);
    return code;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code = SQLITE_IOERR_TRUNCATE;
    if (!disk_fails(file->disk, FAULT_TRUNCATE)) {
        code = file->real->pMethods->xTruncate(file->real, size);
        if (code == SQLITE_OK && !node_truncated(file->disk, file->node, (size_t)size)) {
            code = SQLITE_FULL;
        }
    }
    pthread_mutex_unlock(&gate);
    return code;
}

static int file_sync(sqlite3_file *base, int flags) {
    fault_file *file = (fault_file *)base;
    (void)flags;
    pthread_mutex_lock(&gate);
    int code = SQLITE_OK;
    bool was_off = file->disk->is_off;
    if (disk_fails(file->disk, FAULT_SYNC)) {
        /* A sync that the power cut short leaves what it found: anything may be there. */
        if (!was_off && file->disk->way != FAULT_POWER) node_sync_failed(file->node);
        code = SQLITE_IOERR_FSYNC;
    } else if (!node_synced(file->node)) {
        code = SQLITE_IOERR_NOMEM;
    } else if (file->syncs_directory) {
        directory_synced(file->disk);
        file->syncs_directory = false;
    }
    pthread_mutex_unlock(&gate);
    return code;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code = disk_fails(file->disk, FAULT_SIZE)
                   ? SQLITE_IOERR_FSTAT
                   : file->real->pMethods->xFileSize(file->real, size);
    pthread_mutex_unlock(&gate);
    return code;
}

static int file_lock(sqlite3_file *base, int level) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code = disk_fails(file->disk, FAULT_LOCK)
                   ? SQLITE_IOERR_LOCK
                   : file->real->pMethods->xLock(file->real, level);
    pthread_mutex_unlock(&gate);
    return code;
}

static int file_unlock(sqlite3_file *base, int level) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code = file->real->pMethods->xUnlock(file->real, level);
    pthread_mutex_unlock(&gate);
    return code;
}

static int file_check_lock(sqlite3_file *base, int *result) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code = disk_fails(file->disk, FAULT_LOCK)
                   ? SQLITE_IOERR_CHECKRESERVEDLOCK
                   : file->real->pMethods->xCheckReservedLock(file->real, result);
    pthread_mutex_unlock(&gate);
    return code;
}

static int file_control(sqlite3_file *base, int operation, void *argument) {
    fault_file *file = (fault_file *)base;
    /* Hints would write past the books. */
    if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE) {
        return SQLITE_OK;
    }
    return file->real->pMethods->xFileControl(file->real, operation, argument);
}

static int file_sector_size(sqlite3_file *base) {
    (void)base;
    return sector_size;
}

static int file_characteristics(sqlite3_file *base) {
    fault_file *file = (fault_file *)base;
    return file->real->pMethods->xDeviceCharacteristics(file->real);
}

static int file_shm_map(
    sqlite3_file *base, int region, int size, int extend, void volatile **pages
) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code;
    if (disk_fails(file->disk, FAULT_SHM)) {
        bool is_full = file->disk->way == FAULT_FULL || file->disk->way == FAULT_SHORT;
        code = is_full ? SQLITE_IOERR_SHMSIZE : SQLITE_IOERR_SHMMAP;
    } else {
        code = file->real->pMethods->xShmMap(file->real, region, size, extend, pages);
    }
    pthread_mutex_unlock(&gate);
    return code;
}

static int file_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    bool fails = (flags & SQLITE_SHM_LOCK) != 0 && disk_fails(file->disk, FAULT_LOCK);
    int code = fails ? SQLITE_IOERR_SHMLOCK
                     : file->real->pMethods->xShmLock(file->real, offset, count, flags);
    pthread_mutex_unlock(&gate);
    return code;
}

static void file_shm_barrier(sqlite3_file *base) {
    fault_file *file = (fault_file *)base;
    file->real->pMethods->xShmBarrier(file->real);
}

static int file_shm_unmap(sqlite3_file *base, int remove) {
    fault_file *file = (fault_file *)base;
    pthread_mutex_lock(&gate);
    int code = file->real->pMethods->xShmUnmap(file->real, file->disk->is_off ? 0 : remove);
    pthread_mutex_unlock(&gate);
    return code;
}

/* Version 2: the log's index, but no mapping of the file, which would bypass the books. */
static const sqlite3_io_methods methods = {
    2,
    file_close,
    file_read,
    file_write,
    file_truncate,
    file_sync,
    file_size,
    file_lock,
    file_unlock,
    file_check_lock,
    file_control,
    file_sector_size,
    file_characteristics,
    file_shm_map,
    file_shm_lock,
    file_shm_barrier,
    file_shm_unmap,
    NULL,
    NULL,
};

/* The VFS. */

static int open_on(
    fault_disk *disk, const char *path, fault_file *file, int flags, int *out_flags
) {
    bool fails = disk_fails(disk, FAULT_OPEN);
    if (fails && disk->way != FAULT_READ_ONLY) return SQLITE_CANTOPEN;
    if (fails) flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    file->disk = disk;
    file->real = (sqlite3_file *)(file + 1);
    file->node = disk_node(disk, path);
    if (!file->node) return SQLITE_NOMEM;
    bool existed = file->node->exists;
    int code = usual->xOpen(usual, path, file->real, flags, out_flags);
    if (code != SQLITE_OK) {
        if (file->real->pMethods) file->real->pMethods->xClose(file->real);
        return code;
    }
    if (!existed) node_made(file->node);
    file->node->opened++;
    file->node->is_main = file->node->is_main || (flags & SQLITE_OPEN_MAIN_DB) != 0;
    const int journals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    file->syncs_directory = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & journals) != 0;
    file->base.pMethods = &methods;
    return SQLITE_OK;
}

static int vfs_open(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out_flags
) {
    (void)vfs;
    pthread_mutex_lock(&gate);
    fault_disk *disk = disk_of(path);
    int code;
    if (disk) {
        memset(base, 0, (size_t)shim.szOsFile);
        code = open_on(disk, path, (fault_file *)base, flags, out_flags);
    } else {
        code = usual->xOpen(usual, path, base, flags, out_flags);
    }
    pthread_mutex_unlock(&gate);
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int is_synced) {
    (void)vfs;
    pthread_mutex_lock(&gate);
    fault_disk *disk = disk_of(path);
    int code;
    if (disk && disk_fails(disk, FAULT_DELETE)) {
        code = SQLITE_IOERR_DELETE;
    } else {
        node *file = disk ? disk_node(disk, path) : NULL;
        code = usual->xDelete(usual, path, is_synced);
        if (file && code == SQLITE_OK) {
            node_removed(file);
            if (is_synced) directory_synced(disk);
        }
    }
    pthread_mutex_unlock(&gate);
    return code;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
    (void)vfs;
    pthread_mutex_lock(&gate);
    fault_disk *disk = disk_of(path);
    int code = disk && disk_fails(disk, FAULT_ACCESS)
                   ? SQLITE_IOERR_ACCESS
                   : usual->xAccess(usual, path, flags, result);
    pthread_mutex_unlock(&gate);
    return code;
}

static int vfs_full_pathname(sqlite3_vfs *vfs, const char *path, int count, char *out) {
    (void)vfs;
    return usual->xFullPathname(usual, path, count, out);
}

int fault_vfs_register(void) {
    pthread_mutex_lock(&gate);
    int code = SQLITE_OK;
    if (!usual) {
        sqlite3_vfs *found = sqlite3_vfs_find(NULL);
        if (!found || found->iVersion < 2) {
            code = SQLITE_ERROR;
        } else {
            shim = *found;
            shim.pNext = NULL;
            shim.zName = "hold-fault";
            shim.szOsFile = (int)sizeof(fault_file) + found->szOsFile;
            shim.xOpen = vfs_open;
            shim.xDelete = vfs_delete;
            shim.xAccess = vfs_access;
            shim.xFullPathname = vfs_full_pathname;
            code = sqlite3_vfs_register(&shim, 1);
            if (code == SQLITE_OK) usual = found;
        }
    }
    pthread_mutex_unlock(&gate);
    return code == SQLITE_OK ? 0 : -1;
}

/* Disks. */

fault_disk *fault_disk_new(const char *directory) {
    fault_disk *disk = calloc(1, sizeof *disk);
    if (!disk) return NULL;
    disk->directory = strdup(directory);
    if (!disk->directory) {
        free(disk);
        return NULL;
    }
    disk->directory_length = strlen(directory);
    pthread_mutex_lock(&gate);
    disk->next = disks;
    disks = disk;
    pthread_mutex_unlock(&gate);
    return disk;
}

int fault_disk_free(fault_disk *disk) {
    pthread_mutex_lock(&gate);
    bool is_open = disk_is_open(disk);
    if (!is_open) {
        for (fault_disk **place = &disks; *place; place = &(*place)->next) {
            if (*place != disk) continue;
            *place = disk->next;
            break;
        }
    }
    pthread_mutex_unlock(&gate);
    if (is_open) return -1;
    disk_clear(disk);
    free(disk->directory);
    free(disk);
    return 0;
}

void fault_disk_plan(
    fault_disk *disk, uint32_t calls, fault_way way, uint64_t nth, uint64_t count
) {
    pthread_mutex_lock(&gate);
    disk->planned = calls;
    disk->way = way;
    disk->until = nth ? nth : 1;
    disk->left = count;
    disk->is_endless = count == 0;
    disk->is_planned = true;
    disk->failures = 0;
    pthread_mutex_unlock(&gate);
}

void fault_disk_heal(fault_disk *disk) {
    pthread_mutex_lock(&gate);
    disk->is_planned = false;
    pthread_mutex_unlock(&gate);
}

uint64_t fault_disk_calls(fault_disk *disk, uint32_t calls) {
    pthread_mutex_lock(&gate);
    uint64_t sum = 0;
    for (int kind = 0; kind < kinds; kind++) {
        if (calls & 1u << kind) sum += disk->counts[kind];
    }
    pthread_mutex_unlock(&gate);
    return sum;
}

uint64_t fault_disk_failures(fault_disk *disk) {
    pthread_mutex_lock(&gate);
    uint64_t failures = disk->failures;
    pthread_mutex_unlock(&gate);
    return failures;
}

int fault_disk_restore_power(fault_disk *disk, fault_rest rest, uint64_t seed) {
    pthread_mutex_lock(&gate);
    int code = disk_restore(disk, rest, seed);
    pthread_mutex_unlock(&gate);
    return code;
}
