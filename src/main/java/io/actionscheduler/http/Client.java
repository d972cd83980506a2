package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.http.HttpSettings.Right;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name of the key; {@code anonymous} for whoever needs none
 * @param signedIn whether it came by a session in a browser
 */
public record Client(String name, Set<Right> rights, boolean signedIn) {
  /** Nobody in particular, who may do nothing in particular. */
  public static final Client NOBODY = new Client("anonymous", Set.of(), false);

  public Client {
    requireNonNull(name, "name is null");
    rights = Set.copyOf(rights);
  }

  public boolean may(Right right) {
    return rights.contains(right);
  }

  /**
   * Refuses whoever does not have {@code right}.
   *
   * @throws Problem 403
   */
  public void require(Right right) throws Problem {
    if (!may(right)) {
      throw Problem.of(
          403, "key \"" + name + "\" lacks the right \"" + right + "\"; it has " + rights);
    }
  }
}
