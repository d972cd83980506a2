/**
 * Time zone data: reads it from the system, from the library in the jar and from the JDK, and puts
 * the newest into force for the whole process.
 */
package io.actionscheduler.zone;
