/* Loaded before the C library: a program's time of day is off by the seconds that a file names. Timers stay right. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long offset_seconds(void) {
  char text[32] = "";
  int file = open(getenv("CLOCK_OFFSET_FILE"), O_RDONLY);
  if (file < 0) return 0;
  if (read(file, text, sizeof text - 1) < 0) text[0] = 0;
  close(file);
  return atol(text);
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone) {
  struct timespec now;
  (void)zone;
  /* The system itself: Redis' memory allocator reads the clock before this library could find the C library's. */
  syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
  tv->tv_sec = now.tv_sec + offset_seconds();
  tv->tv_usec = now.tv_nsec / 1000;
  return 0;
}
