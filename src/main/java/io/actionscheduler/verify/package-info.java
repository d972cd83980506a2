/** Holds the ledger against the schedules. */
package io.actionscheduler.verify;
