/**
 * Time zone data: reads them from the system, from the library in the jar and from the JDK, and
 * activates the newest for the whole process.
 */
package io.actionscheduler.zone;
