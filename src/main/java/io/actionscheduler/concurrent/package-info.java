/** Threads, and waits between attempts. Knows nothing of the rest of the program. */
package io.actionscheduler.concurrent;
