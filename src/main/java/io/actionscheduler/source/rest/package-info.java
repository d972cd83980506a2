/** Actions that a REST service lists, and what it is told of their runs. */
package io.actionscheduler.source.rest;
