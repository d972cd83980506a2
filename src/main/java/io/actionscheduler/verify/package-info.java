/** Compares the ledger with the schedules. */
package io.actionscheduler.verify;
