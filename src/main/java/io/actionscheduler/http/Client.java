package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.http.HttpSettings.Right;
import java.util.Set;

/**
 * The client of a request.
 *
 * @param name of its key; {@code anonymous} for a client that needs none
 * @param signedIn whether it is the session of a browser
 */
public record Client(String name, Set<Right> rights, boolean signedIn) {
  /** An unknown client, without any right. */
  public static final Client NOBODY = new Client("anonymous", Set.of(), false);

  public Client {
    requireNonNull(name, "name is null");
    rights = Set.copyOf(rights);
  }

  public boolean may(Right right) {
    return rights.contains(right);
  }

  /**
   * Refuses a client that lacks {@code right}.
   *
   * @throws Problem 403 when it lacks the right; the message names those that it has
   */
  public void require(Right right) throws Problem {
    if (!may(right)) {
      throw Problem.of(
          403, "key \"" + name + "\" lacks the right \"" + right + "\"; it has " + rights);
    }
  }
}
