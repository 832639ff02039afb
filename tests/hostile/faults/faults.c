/* Fails the n-th change of the disk below one folder, or for a negative number that one and all that follow. Built and preloaded by tests/hostile/test_hostile_disk.py.

   A change is a write, a new file or folder, a truncation, a reservation, a rename, a sync, or the close of a
   file that was written. Everything else is handed on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long seen, failing;

void faults_begin(const char *below, long number) {
    strncpy(folder, below, PATH_MAX - 1);
    seen = 0;
    failing = number;
}
long faults_seen(void) { return seen; }
void faults_end(void) { folder[0] = 0; }

static int fails(int error) {
    seen++;
    if (failing >= 0 ? seen != failing : seen < -failing) return 0;
    errno = error;
    return 1;
}
static int inside(const char *path) {
    return folder[0] && path && strncmp(path, folder, strlen(folder)) == 0;
}
static int written(int file) {
    char name[64], path[PATH_MAX];
    if (!folder[0]) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t length = readlink(name, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return inside(path) && (fcntl(file, F_GETFL) & O_ACCMODE) != O_RDONLY;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define ON_FILE(result, name, error, arguments, given) \
    result name arguments { REAL(name); if (written(file) && fails(error)) return -1; return real given; }
#define ON_PATH(result, name, error, arguments, given) \
    result name arguments { REAL(name); if (inside(path) && fails(error)) return -1; return real given; }
#define OPENED(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \
        REAL(name); if ((flags & O_CREAT) && inside(path) && fails(ENOSPC)) return -1; \
        return real(path, flags, mode); }

ON_FILE(ssize_t, write, ENOSPC, (int file, const void *data, size_t size), (file, data, size))
ON_FILE(ssize_t, pwrite, ENOSPC, (int file, const void *data, size_t size, off_t at), (file, data, size, at))
ON_FILE(ssize_t, pwrite64, ENOSPC, (int file, const void *data, size_t size, off64_t at), (file, data, size, at))
ON_FILE(ssize_t, writev, ENOSPC, (int file, const struct iovec *parts, int count), (file, parts, count))
ON_FILE(int, ftruncate, ENOSPC, (int file, off_t size), (file, size))
ON_FILE(int, ftruncate64, ENOSPC, (int file, off64_t size), (file, size))
ON_FILE(int, fsync, EIO, (int file), (file))
ON_FILE(int, fdatasync, EIO, (int file), (file))
ON_PATH(int, rename, ENOSPC, (const char *path, const char *target), (path, target))
ON_PATH(int, mkdir, ENOSPC, (const char *path, mode_t mode), (path, mode))
OPENED(open)
OPENED(open64)

int posix_fallocate(int file, off_t at, off_t size) {
    REAL(posix_fallocate);
    return written(file) && fails(ENOSPC) ? ENOSPC : real(file, at, size);
}
int posix_fallocate64(int file, off64_t at, off64_t size) {
    REAL(posix_fallocate64);
    return written(file) && fails(ENOSPC) ? ENOSPC : real(file, at, size);
}
int close(int file) {
    REAL(close);
    int failed = written(file) && fails(EIO);
    int result = real(file);
    if (!failed) return result;
    errno = EIO;
    return -1;
}
