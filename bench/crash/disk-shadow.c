/*
 * Preloaded into a process, it keeps beside a folder what a disk would hold of it if the power went now: of each file
 * what it held when it was synced last, of each folder the names that it held then. `lose-power.ts` reads that back.
 *
 *   DISK_ROOT      folder that is watched
 *   DISK_SHADOW    folder that is written: files/KEY, names/PATH, lock
 *   DISK_SYNC_MS   milliseconds that each sync takes besides, for a slow disk
 *   DISK_LIES      set: syncs are told to be done and nothing is kept, to see that a test notices
 *
 * A file's key is its inode and the time it was made: numbers of removed files are used again. Syncing a file also keeps
 * the name that it has then, as ext4 and XFS do; a rename or removal counts when its folder was synced.
 * Written with O_DSYNC, only those bytes are kept. Nothing is kept of msync and sync_file_range: what writes through a
 * map is lost here.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MOST_FDS 65536
static unsigned char is_dsync[MOST_FDS];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off_t);

__attribute__((constructor)) static void find_real(void) {
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_open = dlsym(RTLD_NEXT, "open");
  real_openat = dlsym(RTLD_NEXT, "openat");
  real_close = dlsym(RTLD_NEXT, "close");
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_pwritev = dlsym(RTLD_NEXT, "pwritev64");
}

/* Other processes of the server write the same shadow. */
static int lock_shadow(void) {
  char path[PATH_MAX];
  pthread_mutex_lock(&mutex);
  snprintf(path, sizeof path, "%s/lock", getenv("DISK_SHADOW"));
  int lock = real_open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (lock >= 0) flock(lock, LOCK_EX);
  return lock;
}

static void unlock_shadow(int lock) {
  if (lock >= 0) real_close(lock);
  pthread_mutex_unlock(&mutex);
}

/* Path below the root of what a descriptor stands for; 0 when it is none of ours or removed. */
static int path_of(int fd, char *relative, size_t size) {
  const char *root = getenv("DISK_ROOT");
  if (!root || !getenv("DISK_SHADOW")) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  size_t prefix = strlen(root);
  if (strncmp(path, root, prefix) != 0 || (path[prefix] != '/' && path[prefix] != 0)) return 0;
  if (strstr(path, " (deleted)")) return 0;
  snprintf(relative, size, "%s", path[prefix] ? path + prefix + 1 : "");
  return 1;
}

static int key_of(int directory, const char *name, int flags, char *key, size_t size, mode_t *mode) {
  struct statx found;
  if (statx(directory, name, flags, STATX_INO | STATX_BTIME | STATX_MODE, &found) != 0) return 0;
  *mode = found.stx_mode;
  snprintf(key, size, "%llu-%lld-%u", (unsigned long long)found.stx_ino, (long long)found.stx_btime.tv_sec,
           found.stx_btime.tv_nsec);
  return 1;
}

/* One file of names a folder; the root's is called @, a slash becomes a colon. */
static void names_path(const char *folder, char *path, size_t size) {
  char flat[PATH_MAX];
  snprintf(flat, sizeof flat, "%s", *folder ? folder : "@");
  for (char *at = flat; *at; at++)
    if (*at == '/') *at = ':';
  snprintf(path, size, "%s/names/%s", getenv("DISK_SHADOW"), flat);
}

static void copy_file(const char *from, const char *to) {
  char part[PATH_MAX + 8], bytes[65536];
  snprintf(part, sizeof part, "%s.part", to);
  int in = real_open(from, O_RDONLY | O_CLOEXEC);
  if (in < 0) return;
  int out = real_open(part, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (out >= 0) {
    ssize_t got;
    while ((got = read(in, bytes, sizeof bytes)) > 0)
      if (real_write(out, bytes, (size_t)got) != got) abort();
    real_close(out);
    /* Whole or not: the process may be killed in the middle, before it has told anybody. */
    rename(part, to);
  }
  real_close(in);
}

static void keep_file(int fd, const char *relative, const char *key) {
  char link[64], to[PATH_MAX], names[2 * PATH_MAX], folder[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  snprintf(to, sizeof to, "%s/files/%s", getenv("DISK_SHADOW"), key);
  copy_file(link, to);
  snprintf(folder, sizeof folder, "%s", relative);
  char *slash = strrchr(folder, '/');
  const char *name = slash ? slash + 1 : relative;
  if (slash) *slash = 0;
  names_path(slash ? folder : "", names, sizeof names);
  FILE *list = fopen(names, "ae");
  if (!list) return;
  fprintf(list, "%s\t%s\n", key, name);
  fclose(list);
}

static void keep_names(int fd, const char *relative) {
  char link[64], path[2 * PATH_MAX], part[2 * PATH_MAX + 8], key[128];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  names_path(relative, path, sizeof path);
  snprintf(part, sizeof part, "%s.part", path);
  DIR *folder = opendir(link);
  if (!folder) return;
  FILE *list = fopen(part, "we");
  if (list) {
    struct dirent *entry;
    mode_t mode;
    while ((entry = readdir(folder)))
      if (key_of(dirfd(folder), entry->d_name, AT_SYMLINK_NOFOLLOW, key, sizeof key, &mode) && S_ISREG(mode))
        fprintf(list, "%s\t%s\n", key, entry->d_name);
    fclose(list);
    rename(part, path);
  }
  closedir(folder);
}

static void synced(int fd) {
  char relative[PATH_MAX], key[128];
  mode_t mode;
  int saved = errno;
  if (!getenv("DISK_LIES") && path_of(fd, relative, sizeof relative)) {
    const char *slow = getenv("DISK_SYNC_MS");
    if (slow) {
      long ms = atol(slow);
      struct timespec delay = {ms / 1000, (ms % 1000) * 1000000};
      nanosleep(&delay, NULL);
    }
    if (key_of(fd, "", AT_EMPTY_PATH, key, sizeof key, &mode)) {
      int lock = lock_shadow();
      if (S_ISDIR(mode)) keep_names(fd, relative);
      else if (S_ISREG(mode)) keep_file(fd, relative, key);
      unlock_shadow(lock);
    }
  }
  errno = saved;
}

int fsync(int fd) {
  int result = real_fsync(fd);
  if (result == 0) synced(fd);
  return result;
}

int fdatasync(int fd) {
  int result = real_fdatasync(fd);
  if (result == 0) synced(fd);
  return result;
}

/* Bytes of a descriptor whose every write is a sync of itself alone. */
static void wrote(int fd, const void *bytes, ssize_t count, off_t at) {
  if (count <= 0 || fd < 0 || fd >= MOST_FDS || !is_dsync[fd]) return;
  char relative[PATH_MAX], key[128], to[PATH_MAX];
  mode_t mode;
  int saved = errno;
  if (!getenv("DISK_LIES") && path_of(fd, relative, sizeof relative) &&
      key_of(fd, "", AT_EMPTY_PATH, key, sizeof key, &mode)) {
    int lock = lock_shadow();
    snprintf(to, sizeof to, "%s/files/%s", getenv("DISK_SHADOW"), key);
    int out = real_open(to, O_WRONLY | O_CLOEXEC);
    if (out >= 0) {
      if (real_pwrite(out, bytes, (size_t)count, at) != count) abort();
      real_close(out);
    } else keep_file(fd, relative, key);
    unlock_shadow(lock);
  }
  errno = saved;
}

ssize_t write(int fd, const void *bytes, size_t size) {
  ssize_t result = real_write(fd, bytes, size);
  if (result > 0 && fd >= 0 && fd < MOST_FDS && is_dsync[fd]) wrote(fd, bytes, result, lseek(fd, 0, SEEK_CUR) - result);
  return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
  ssize_t result = real_pwrite(fd, bytes, size, at);
  wrote(fd, bytes, result, at);
  return result;
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) { return pwrite(fd, bytes, size, at); }

static void wrote_parts(int fd, const struct iovec *parts, int count, ssize_t left, off_t at) {
  for (int part = 0; part < count && left > 0; part++) {
    ssize_t here = (ssize_t)parts[part].iov_len < left ? (ssize_t)parts[part].iov_len : left;
    wrote(fd, parts[part].iov_base, here, at);
    at += here;
    left -= here;
  }
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  ssize_t result = real_writev(fd, parts, count);
  if (result > 0 && fd >= 0 && fd < MOST_FDS && is_dsync[fd])
    wrote_parts(fd, parts, count, result, lseek(fd, 0, SEEK_CUR) - result);
  return result;
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  ssize_t result = real_pwritev(fd, parts, count, at);
  if (fd >= 0 && fd < MOST_FDS && is_dsync[fd]) wrote_parts(fd, parts, count, result, at);
  return result;
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return pwritev(fd, parts, count, at); }

static int opened(int fd, int flags) {
  /* O_SYNC holds the bit of O_DSYNC. */
  if (fd >= 0 && fd < MOST_FDS) is_dsync[fd] = (flags & O_DSYNC) != 0;
  return fd;
}

static mode_t mode_from(int flags, va_list rest) {
  return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(rest, mode_t) : 0;
}

#define OPEN(name)                                                                                                     \
  int name(const char *path, int flags, ...) {                                                                         \
    va_list rest;                                                                                                      \
    va_start(rest, flags);                                                                                             \
    mode_t mode = mode_from(flags, rest);                                                                              \
    va_end(rest);                                                                                                      \
    return opened(real_open(path, flags, mode), flags);                                                                \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                                   \
  int name(int directory, const char *path, int flags, ...) {                                                          \
    va_list rest;                                                                                                      \
    va_start(rest, flags);                                                                                             \
    mode_t mode = mode_from(flags, rest);                                                                              \
    va_end(rest);                                                                                                      \
    return opened(real_openat(directory, path, flags, mode), flags);                                                   \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  if (fd >= 0 && fd < MOST_FDS) is_dsync[fd] = 0;
  return real_close(fd);
}
