/** Actions that a REST service lists, and the reports of their runs. */
package io.actionscheduler.source.rest;
