package io.actionscheduler.callback.webhook;

import java.net.URI;
import java.net.http.HttpHeaders;

/**
 * What a server answered. Its status decides over the fire, so that it counts as soon as it is
 * there.
 *
 * @param text the body, as much of it as came and is kept
 */
record Reply(URI address, int status, HttpHeaders headers, String text) {}
