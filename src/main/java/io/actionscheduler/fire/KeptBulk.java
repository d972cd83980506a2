package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A change of many actions: each of its {@link Change}s names it as the request.
 *
 * @param state as a JSON object: as it was at its beginning, or at its end
 */
public record KeptBulk(String id, Instant begunAt, String state) {
  public KeptBulk {
    requireNonNull(id, "id is null");
    requireNonNull(begunAt, "begunAt is null");
    state = requireNonNull(state, "state is null").replace('\0', '\uFFFD');
  }
}
