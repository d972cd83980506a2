package io.actionscheduler.cluster;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import java.nio.charset.StandardCharsets;

/**
 * To which shard an action belongs: the same arithmetic in Java and in SQL, so that a process can
 * ask a database for the rows of its shards only. It uses no hash of a database and none of text,
 * because those differ between databases and versions.
 *
 * @param count how many shards there are, 1 to 10,000; stored, and the same in all processes
 * @param version of the arithmetic; only {@link #VERSION} is known
 */
public record Shards(int count, int version) {
  /** The version of the arithmetic in this class. */
  public static final int VERSION = 1;

  /**
   * A number that shares evenly: up to 13 processes, each has at least 0.91 of the share of the
   * most loaded one.
   */
  public static final int STANDARD_COUNT = 60;

  private static final int MOST = 10_000;

  // A prime, so that ids with a common step spread over all shards; and less than 2^31, so that a
  // product of two remainders fits a long, in Java as in both databases.
  private static final long PRIME = 2_147_483_647L;
  private static final long FACTOR = 1_583_458_089L;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when the count is out of range or the version unknown
   */
  public Shards {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(count + " shards; allowed: 1 to " + MOST);
    }
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the arithmetic of shards has version "
              + version
              + ", and this program knows only version "
              + VERSION
              + "; start the version of the program that stored it");
    }
  }

  public static Shards standard() {
    return new Shards(STANDARD_COUNT, VERSION);
  }

  /**
   * The shard of an action, from 0: that of its number for a row of the table, that of its source
   * for any other, since a source that is no table is read whole.
   */
  public int of(ActionId action) {
    requireNonNull(action, "action is null");
    if (action.number().isPresent()) {
      return of(action.number().getAsLong());
    }
    int colon = action.text().indexOf(':');
    return ofSource(colon < 0 ? action.text() : action.text().substring(0, colon));
  }

  /** The shard of the row with this id. */
  public int of(long id) {
    return (int) (Math.floorMod(id, PRIME) * FACTOR % PRIME % count);
  }

  /** The shard of all that the source with this name lists. */
  public int ofSource(String name) {
    long number = 0;
    for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
      number = (number * 257 + (one & 0xff) + 1) % PRIME;
    }
    return of(number);
  }

  /**
   * The shard of a row as an expression of SQL, with the same result in PostgreSQL and SQLite. An
   * index can be made on it. No step of it exceeds 64 bits: a remainder is less than 2^31. In both
   * databases, {@code %} has the sign of the dividend, hence the second one.
   *
   * @param column an integer of 64 bits or fewer
   */
  public String sql(String column) {
    String id = "CAST(" + column + " AS bigint)";
    return "(((%s %% %d + %d) %% %d) * %d %% %d %% %d)"
        .formatted(id, PRIME, PRIME, PRIME, FACTOR, PRIME, count);
  }
}
